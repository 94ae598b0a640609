"""The six stages, in the order in which a report passes them: acquire, clean, extract, link, reconcile, write."""
