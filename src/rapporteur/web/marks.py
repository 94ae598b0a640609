"""A report's text with its claims by kind, what it shares with the report beside it, changed facts, and the passage asked for."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from rapporteur.desk.reports import ReportView
from rapporteur.stages.write.page.marked import Mark, marked_text

LONGEST = 400_000
"""Code points of one report that a page shows: a book; a browser lays it out within a second."""


@dataclass(frozen=True, slots=True)
class Column:
    """One report's marked text; ``cut`` code points are left out; ``lit`` whether the passage asked for is among it."""

    html: Markup
    cut: int
    lit: bool


def column_of(view: ReportView, claim: str | None, *, own: bool) -> Column:
    """The report itself (``own``), or the one beside it."""
    reading = view.reading if own else view.beside
    assert reading is not None
    text = reading.report.text[:LONGEST]
    changed = {c for drift in view.drifts for c in (drift.source, drift.target)}
    if own:
        changed |= {row.claim.id for row in view.claims if row.drifts}
    marks = [Mark(f.start, f.end, "furniture") for f in reading.report.furniture]
    if view.between is not None:
        of_child = (view.between.report == view.reading.report.id) is own
        for evidence in view.between.evidence:
            span = evidence.report if of_child else evidence.parent
            if span is not None and evidence.kind in ("passage", "quotation"):
                marks.append(Mark(span.start, span.end, "shared"))
    lit = False
    for found in reading.claims:
        style = f"k k-{found.__struct_config__.tag}" + (" changed" if found.id in changed else "")
        asked = found.id == claim and found.span.end <= LONGEST
        lit = lit or asked
        marks.append(Mark(found.span.start, found.span.end, style + " lit" * asked, "cited" if asked else ""))
    return Column(marked_text(text, [m for m in marks if m.end <= LONGEST]).html, len(reading.report.text) - len(text), lit)
