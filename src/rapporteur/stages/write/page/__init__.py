"""What the page shows, worked out before the template sees it: marked texts, charts, the lineage picture, sections."""
