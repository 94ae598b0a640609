"""The log of people killed, wounded, captured, missing or displaced: low and high with how many origins give them, and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from rapporteur.model.account import Finding, IncidentRow
from rapporteur.model.claims import EventClaim, FigureClaim, Mention, Window
from rapporteur.stages.write.doubts import COMPARED
from rapporteur.stages.write.guard import negations, words
from rapporteur.stages.write.passages import Passage, Passages
from rapporteur.stages.write.tables import point_of
from rapporteur.stages.write.wording import ROW, attributed, best_of, cites_of

HARM = frozenset(("killed", "wounded", "captured", "missing", "displaced"))
NEAR = 3
"""Words before a figure in which a negation turns it: "did not kill the seven men"."""
ASKED = re.compile(r"[^.!?]*\?")
PART = re.compile(
    r"\b(?:including|among (?:them|whom|those)|of (?:them|whom))\b(?:(?!\b(?:was|were|is|are|had|has|have)\b)[^.;])*$|"
    r"\bwith (?:at least |about |some )?$",
    re.IGNORECASE,
)
"""What stands before a figure that is a part of the one before it: "11 wounded, including two Germans and one Greek"."""
OF_THEM = re.compile(r"[^.;,]{0,30}?\bof (?:them|whom)\b", re.IGNORECASE)
ONE = re.compile(r"an?|one", re.IGNORECASE)
HARMFUL = frozenset(("casualties", "attack", "disaster", "accident", "arrest", "protest", "clash", "abduction"))
"""Types of events in which people are harmed."""
SAID = re.compile(
    r"\b(?:said|says|told|reported|reports|announced|added|confirmed|stated|according)\b[^,;.]{0,40}$|"
    r"\breport(?:ed)? on $",
    re.IGNORECASE,
)
"""What stands before the day on which something was only said."""

Dated = Literal["as-of", "named", "published", "placed"]


def incidents_of(findings: Sequence[Finding], passages: Passages, derived: frozenset[str]) -> list[IncidentRow]:
    """People killed, wounded, captured, missing or displaced: one row per finding, and one for findings that show the same words
    with the same numbers."""
    rows: dict[tuple[str, str | None, float | None, float | None], IncidentRow] = {}
    for finding in findings:
        if finding.kind != "figure":
            continue
        support = [p for p in passages.known(finding.supports) if isinstance(p.claim, FigureClaim)]
        harm = [p for p in support if _tells_harm(p)]
        if not harm:
            continue
        best = best_of(harm, derived)
        assert isinstance(best.claim, FigureClaim)
        against = [p for p in passages.known(finding.contradicts) if _tells_harm(p)]
        low, high = _range([*harm, *against], passages)
        date, dated = _when(best, best.claim)
        text = attributed(best, passages, ROW)
        row: IncidentRow = {
            "date": date,
            "dated": dated,
            "state": best.claim.figure.state,
            "places": list(best.claim.figure.places),
            "low": low,
            "high": high,
            "verdict": finding.verdict,
            "origins": finding.origins,
            "finding": finding.id,
            "text": text,
            "cites": list(cites_of(best, harm)),
        }
        rows.setdefault((text, row["state"], low, high), row)
    return sorted(rows.values(), key=lambda r: (str(r["date"] or ""), str(r["text"]), str(r["finding"])))


def _range(harm: Sequence[Passage], passages: Passages) -> tuple[float | None, float | None]:
    """Lowest and highest number that the passages allow; None where one of them leaves that side open ("at least 60")."""
    points = [point_of(p, passages) for p in harm]
    lows, highs = [p.low for p in points], [p.high for p in points]
    low = min((v for v in lows if v is not None), default=None) if None not in lows else None
    return low, max((v for v in highs if v is not None), default=None) if None not in highs else None


def _tells_harm(passage: Passage) -> bool:
    """Whether the passage itself gives the number of people harmed: not where victims were only named or described and then
    counted for it, not where it is a part of another number there, nor where it denies the harm ("no soldier was killed") or
    only asks. One captive who is only mentioned ("a suspect detained at the base") is no incident."""
    claim = passage.claim
    if not isinstance(claim, FigureClaim) or claim.figure.state not in HARM or claim.figure.derived == "persons":
        return False
    if claim.figure.state == "captured" and ONE.fullmatch(claim.figure.number.exact):
        return False
    text = passage.reading.report.text
    low, high = passage.sentence
    left, right = text[low : claim.span.start], text[claim.figure.number.end : high]
    if ASKED.match(text[claim.span.end : high]) or PART.search(left) or OF_THEM.match(right):
        return False
    return not negations((*words(left)[-NEAR:], *words(claim.span.exact)))


def _when(passage: Passage, claim: FigureClaim) -> tuple[str | None, Dated | None]:
    """When people were harmed, and what says so: the day the figure holds for, else the date its sentence names for what
    happened, else the day of the report. A toll over a window holds at the day of its report."""
    figure = claim.figure
    if figure.as_of:
        return figure.as_of, "as-of"
    named = None if figure.window and not _past(figure.window, passage) else _named(passage, claim)
    if named and passage.can_date(named) and not (passage.date and named[: len(passage.date)] > passage.date[: len(named)]):
        return named, "named"
    if passage.date:
        return passage.date, "published"
    return (passage.placed, "placed") if passage.placed else (None, None)


def _past(window: Window, passage: Passage) -> bool:
    """Whether a window was over before the report ("last month"), unlike one that runs on ("since October")."""
    return window.end is not None and passage.date is not None and window.end < passage.date[:10]


def _named(passage: Passage, claim: FigureClaim) -> str | None:
    """The date in the sentence nearest to the figure: of an event that took place, else any that is not when it was said."""
    low, high = passage.sentence
    reading, at = passage.reading, claim.span.start
    events = [
        c
        for c in reading.claims
        if isinstance(c, EventClaim)
        and low <= c.span.start < high
        and c.when is not None
        and c.when.precision != "vague"
        and c.type in HARMFUL
        and c.status == "asserted"
        and not COMPARED.search(reading.report.text[low : c.span.start])
    ]
    near = min(events, key=lambda c: abs(c.span.start - at), default=None)
    if near is not None and near.when is not None:
        return near.when.value
    times = [m for m in reading.mentions if low <= m.span.start < high and _dates(m) and not _said(passage, m)]
    nearest = min(times, key=lambda m: abs(m.span.start - at), default=None)
    return nearest.time.value if nearest is not None and nearest.time is not None else None


def _dates(mention: Mention) -> bool:
    time = mention.time
    return mention.kind == "time" and time is not None and time.type in ("DATE", "TIME") and bool(time.begin) and bool(time.end)


def _said(passage: Passage, mention: Mention) -> bool:
    before = passage.reading.report.text[passage.sentence[0] : mention.span.start]
    return bool(SAID.search(before) or COMPARED.search(before))
