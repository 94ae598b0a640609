"""The account's tables: series, positions, commitments, incidents, open questions. Every row cites its claims."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from rapporteur.model.account import (
    CitedLine,
    CommitmentRow,
    Finding,
    PositionRow,
    Series,
    SeriesPoint,
)
from rapporteur.model.claims import (
    CommitmentClaim,
    FigureClaim,
    PositionClaim,
    StatementClaim,
)
from rapporteur.stages.write.doubts import (
    doubtful_commitment,
    doubtful_position,
)
from rapporteur.stages.write.guard import negations, words
from rapporteur.stages.write.numbers import stated_number
from rapporteur.stages.write.passages import Passage, Passages
from rapporteur.stages.write.stand_dates import day_of_stand
from rapporteur.stages.write.wording import ROW, attributed, phrase


def series_of(findings: Sequence[Finding], passages: Passages) -> tuple[Series, ...]:
    """One series per figure finding that has at least two readings, points by date, in the findings' order."""
    rows = []
    for finding in findings:
        if finding.kind != "figure":
            continue
        claims = tuple(dict.fromkeys((*finding.supports, *finding.contradicts, *finding.parts)))
        if finding.verdict == "sum":
            claims = tuple(dict.fromkeys((*finding.supports, *finding.contradicts)))
        points = [point_of(p, passages) for p in passages.known(claims) if isinstance(p.claim, FigureClaim)]
        if len(points) < 2:
            continue
        points.sort(key=lambda p: (p.date, p.value or p.low or 0.0, p.claim))
        figures = [p.claim.figure for p in passages.known(claims) if isinstance(p.claim, FigureClaim)]
        unit = next((f.unit for f in figures if f.unit), None)
        rows.append(Series(f"series:{finding.id}", finding.label, unit, tuple(points), finding.id))
    return tuple(rows)


def point_of(passage: Passage, passages: Passages) -> SeriesPoint:
    """The figure's stated number with the interval its bound allows (None: open on that side)."""
    assert isinstance(passage.claim, FigureClaim)
    figure = passage.claim.figure
    low, high = figure.low, figure.high
    if figure.value is not None:
        low = None if figure.bound in ("at-most", "less-than") else figure.value
        high = None if figure.bound in ("at-least", "more-than") else figure.value
    dated: Literal["as-of", "published", "placed"] | None = "as-of" if figure.as_of else "published" if passage.date else None
    return SeriesPoint(
        date=figure.as_of or passage.around,
        value=figure.value,
        low=low,
        high=high,
        bound=figure.bound,
        claim=passage.claim.id,
        said_by=passages.speaker_of(passage),
        dated=dated or ("placed" if passage.placed else None),
    )


def _all(passages: Passages, kind: type) -> list[Passage]:
    return [
        passages[c.id]
        for reading in passages.readings.values()
        for c in reading.claims
        if isinstance(c, kind) and passages[c.id].found
    ]


def positions_of(passages: Passages) -> list[PositionRow]:
    """Party, issue, stance and date with the words it rests on; the same words in several reports make one row."""
    rows: dict[tuple[str, str, str, str], PositionRow] = {}
    for passage in _all(passages, PositionClaim):
        claim = passage.claim
        assert isinstance(claim, PositionClaim)
        if doubtful_position(passage, claim):
            continue
        text = attributed(passage, passages, ROW)
        key = (claim.party.casefold(), claim.issue.casefold(), claim.stance, text)
        day = day_of_stand(passage, claim)
        row = rows.setdefault(
            key,
            {
                "party": claim.party,
                "issue": claim.issue,
                "stance": claim.stance,
                "stated": claim.stated,
                "date": day.value,
                "dated": day.dated,
                "text": text,
                "cites": [],
            },
        )
        row["cites"].append(claim.id)
    return sorted(rows.values(), key=lambda r: (r["party"].casefold(), r["date"] or "", r["issue"], r["text"]))


def commitments_of(passages: Passages, as_of: str | None) -> list[CommitmentRow]:
    """Who promised what by when. ``status`` is pending while the due date lies ahead of ``as_of``, else unknown: whether a
    promise was kept is for a later report to say, not for the calendar."""
    rows: dict[tuple[str, str], CommitmentRow] = {}
    for passage in _all(passages, CommitmentClaim):
        claim = passage.claim
        assert isinstance(claim, CommitmentClaim)
        if doubtful_commitment(passage, claim):
            continue
        due = claim.due.value if claim.due and passage.can_date(claim.due.value) else None
        text = attributed(passage, passages, ROW)
        day = day_of_stand(passage, claim)
        row = rows.setdefault(
            (claim.party.casefold(), text),
            {
                "party": claim.party,
                "action": claim.action,
                "due": due,
                "status": "pending" if due and as_of and due[: len(as_of)] > as_of[: len(due)] else "unknown",
                "date": day.value,
                "dated": day.dated,
                "text": text,
                "cites": [],
            },
        )
        row["cites"].append(claim.id)
    return sorted(rows.values(), key=lambda r: (r["due"] or "9999", r["party"].casefold(), r["text"]))


OPEN = re.compile(r"\b(?:if|unless|whether|should|(?:fail|refus|declin)(?:s|es|ed|ing)? to)\b", re.IGNORECASE)
"""What makes an act before which it stands one that did not or has yet to take place."""
SETTLED = frozenset(("killed", "wounded", "captured", "missing"))
"""States of which reports of two days tell the same number, once it is known."""


def questions_of(findings: Sequence[Finding], passages: Passages, most: int = 12) -> list[CitedLine]:
    """What the reports leave open, told only where they show it: figures that exclude each other with nothing to settle them."""
    lines: dict[str, CitedLine] = {}
    for finding in findings:
        if finding.verdict != "differ" or len(lines) >= most:
            continue
        one, other = passages.known(finding.supports), passages.known(finding.contradicts)
        if not one or not other or isinstance(one[0].claim, StatementClaim):
            continue
        figures = [p.claim.figure for p in (one[0], other[0]) if isinstance(p.claim, FigureClaim)]
        # "200 billion" and "more than 200 billion" exclude each other by the letter only.
        if figures and not any(f.counted or f.state for f in figures):
            continue  # two prices, two rates: of what, nobody knows
        if any(f.derived for f in figures) or (figures and len({stated_number(f) for f in figures}) == 1):
            continue
        first, second = one[0], other[0]
        if not figures and negations(words(first.text)) == negations(words(second.text)):
            continue  # neither denies what the other says
        if not figures and any(OPEN.search(p.text[: p.claim.span.start - p.sentence[0]]) for p in (first, second)):
            continue  # "if Ostria fails to agree" does not say that it does
        settled = any(f.state in SETTLED for f in figures) and not any(f.window for f in figures)
        if figures and first.date != second.date and not settled:
            continue  # a force of 5,000, or the dead of this year, may have grown to 6,000 by the next week
        if first.reading.report.id == second.reading.report.id:
            continue  # one report seldom leaves open what it tells itself: they are two things
        text = (
            f"No report here settles between: “{phrase(first)}” ({first.attribution}) and “{phrase(second)}” "
            f"({second.attribution})"
        )
        cites = (first.claim.id, second.claim.id)
        lines.setdefault(text, CitedLine(text, cites, finding.id, finding.verdict, finding.origins, finding.speakers))
    return list(lines.values())
