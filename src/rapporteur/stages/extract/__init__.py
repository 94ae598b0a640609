"""Extract: a report's text to mentions and claims pinned to spans. The list below is the registry, in the order of running."""

from __future__ import annotations

from rapporteur.language.base import Parsed, Pipeline
from rapporteur.model.claims import Mention
from rapporteur.model.reading import SCHEMA, Reading
from rapporteur.model.report import Report
from rapporteur.stages.extract import commitments, events, figures, names, positions, statements, times
from rapporteur.stages.extract.base import Extractor, Sheet

EXTRACTORS: tuple[Extractor, ...] = (
    Extractor(times.NAME, times.extract, times.__doc__ or ""),
    Extractor(names.NAME, names.extract, names.__doc__ or ""),
    Extractor(statements.NAME, statements.extract, statements.__doc__ or ""),
    Extractor(figures.NAME, figures.extract, figures.__doc__ or ""),
    Extractor(events.NAME, events.extract, events.__doc__ or ""),
    Extractor(positions.NAME, positions.extract, positions.__doc__ or ""),
    Extractor(commitments.NAME, commitments.extract, commitments.__doc__ or ""),
)
FOR_LISTS = EXTRACTORS[:2]
"""Of a report that is a list: mentions, no claims (``stages/clean/form.py``)."""


def read(report: Report, pipeline: Pipeline) -> Reading:
    """One report to its reading. Furniture yields no mention and no claim."""
    return read_parsed(report, pipeline.parse(report.text, report.furniture))


def read_parsed(report: Report, parsed: Parsed) -> Reading:
    """As ``read``, from a parse made before (worker processes parse several reports at once)."""
    sheet = Sheet(report, parsed)
    for extractor in EXTRACTORS if report.form == "prose" else FOR_LISTS:
        for found in list(extractor.extract(sheet)):
            if isinstance(found, Mention):
                sheet.mentions.append(found)
            else:
                sheet.claims.append(found)
    return Reading(SCHEMA, report, tuple(sheet.mentions), tuple(sheet.claims))
