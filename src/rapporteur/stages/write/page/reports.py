"""The reports at the end of the page: those cited in full with claims marked, the others as a list."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from rapporteur.model.account import Account, AccountReport
from rapporteur.model.reading import Reading
from rapporteur.stages.write.dates import spoken
from rapporteur.stages.write.page.cites import Citer
from rapporteur.stages.write.page.marked import Mark, marked_text
from rapporteur.stages.write.passages import Passages, outlet_of

LONGEST = 60_000
"""Code points of one report shown on the page; what lies beyond its last citation after that is left out, and said."""
MOST_LISTED = 3000


@dataclass(frozen=True, slots=True)
class ReportBlock:
    """One cited report: ``html`` its marked text, ``facts`` (name, value) pairs, ``cut`` code points left out."""

    anchor: str
    title: str
    outlet: str
    facts: tuple[tuple[str, str], ...]
    html: Markup
    cut: int


@dataclass(frozen=True, slots=True)
class ReportList:
    """``split`` names the citations whose passage is in pieces (the style sheet lights the pieces together)."""

    cited: tuple[ReportBlock, ...]
    others: tuple[str, ...]
    more: int
    split: tuple[str, ...]


def reports_of(account: Account, passages: Passages, citer: Citer) -> ReportList:
    """All reports of the account; call it last, when every citation has its number."""
    blocks: list[ReportBlock] = []
    others: list[str] = []
    split: list[str] = []
    for listed in account.reports:
        reading = passages.readings.get(listed.id)
        if reading is None:
            continue
        about = _about(listed, passages)
        if any(citer.given(c.id) for c in reading.claims):
            block, pieces = _block(reading, citer, len(blocks) + 1, about)
            blocks.append(block)
            split += pieces
        else:
            published = f", {spoken(listed.published.value)}" if listed.published else f", {about}" if about else ""
            others.append(f"{outlet_of(reading)}{published}: {listed.title or listed.path or listed.id}")
    more = max(0, len(others) - MOST_LISTED)
    return ReportList(tuple(blocks), tuple(others[:MOST_LISTED]), more, tuple(split))


def _block(reading: Reading, citer: Citer, number: int, about: str) -> tuple[ReportBlock, tuple[str, ...]]:
    report = reading.report
    marks = [Mark(f.start, f.end, "furniture") for f in report.furniture]
    last = 0
    for claim in reading.claims:
        if not claim.span.stands_in(report.text):
            continue
        cite = citer.given(claim.id)
        style = f"k k-{claim.__struct_config__.tag}"
        if cite:
            last = max(last, claim.span.end)
            marks.append(Mark(claim.span.start, claim.span.end, style, cite.anchor, cite.number))
        else:
            marks.append(Mark(claim.span.start, claim.span.end, style))
    shown = max(LONGEST, last)
    marked = marked_text(report.text[:shown], [m for m in marks if m.end <= shown])
    facts = [
        ("published", f"{spoken(report.published.value)} (from its {report.published.basis})" if report.published else ""),
        ("undated", about),
        ("dateline", _dateline(reading)),
        ("by", ", ".join(report.byline)),
        ("credits", "; ".join(dict.fromkeys(", ".join(c.names) for c in report.credits if c.names))),
        ("address", report.url or ""),
        ("file", report.path or ""),
    ]
    block = ReportBlock(
        anchor=f"r{number}",
        title=report.title or outlet_of(reading),
        outlet=outlet_of(reading),
        facts=tuple((name, value) for name, value in facts if value),
        html=marked.html,
        cut=max(0, len(report.text) - shown),
    )
    return block, marked.split


def _about(listed: AccountReport, passages: Passages) -> str:
    """ "about January 2024, from what it shares with UPI, 25 January 2024" for a report without a date that was placed."""
    if listed.placed is None or listed.published is not None:
        return ""
    near = passages.readings.get(listed.placed.by)
    published = near.report.published if near else None
    by = f"{outlet_of(near)}, {spoken(published.value)}" if near and published else listed.placed.by
    return f"about {spoken(listed.placed.value)}, from what it shares with {by}"


def _dateline(reading: Reading) -> str:
    dateline = reading.report.dateline
    if dateline is None:
        return ""
    return ", ".join(p for p in (dateline.place, spoken(dateline.date) if dateline.date else None, dateline.agency) if p)
