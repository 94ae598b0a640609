"""The log of people killed, wounded, captured, missing or displaced: low and high with how many origins give them, and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from rapporteur.model.account import Finding, IncidentRow
from rapporteur.model.claims import EventClaim, FigureClaim, Mention, Window
from rapporteur.model.spans import Span
from rapporteur.stages.write.doubts import BEGINNING, COMPARED
from rapporteur.stages.write.guard import negations, words
from rapporteur.stages.write.passages import Passage, Passages
from rapporteur.stages.write.tables import point_of
from rapporteur.stages.write.wording import ROW, attributed, best_of, cites_of

HARM = frozenset(("killed", "wounded", "captured", "missing", "displaced"))
NEAR = 3
"""Words before a figure in which a negation turns it: "did not kill the seven men"."""
ASKED = re.compile(r"[^.!?]*\?")
PART = re.compile(
    r"\b(?:including|among (?:them|whom|those|the (?:dead|victims|killed|injured|wounded))|of (?:them|whom))\b"
    r"(?:(?!\b(?:was|were|is|had|has|have)\b)[^.;])*$|"
    r"\bwith (?:at least |about |some )?$",
    re.IGNORECASE,
)
"""What stands before a figure that is a part of the one before it: "11 wounded, including two Germans and one Greek"."""
OF_THEM = re.compile(
    r"[^.;,]{0,30}?\bof (?:them|whom|(?:the|these|those|its|their) (?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten)\b)",
    re.IGNORECASE,
)
RATE = re.compile(r"[^.;,]{0,40}?\b(?:(?:every|each|a|per) (?:day|week|month|year)|daily|weekly|monthly)\b", re.IGNORECASE)
"""What makes a number of victims one for each day or month."""
EITHER = re.compile(
    r"\b(?:killed|died|dead|wounded|injured|hurt|maimed|missing|captured|arrested) (?:and/or|or) "
    r"(?:killed|died|dead|wounded|injured|hurt|maimed|missing|captured|arrested)\b",
    re.IGNORECASE,
)
"""What leaves open how people were harmed: "injured or killed 36"."""
FURTHER = r"(?:also |all )?(?:an?|another|one|two|three|four|five|six|seven|eight|nine|ten|\d+)(?: other)? [a-z]+"
ALSO = re.compile(rf"[^.;:,\"“”]{{0,40}}?(?:, {FURTHER}[^.;:,]{{0,40}}?){{0,3}},? and {FURTHER}")
"""What follows a number that is one of a list of those harmed: "six guards, a chief and a passer-by"."""
LISTED = re.compile(r"[^.;:\"“”]{0,60}?(?:,|,? and)\s(?:at least |about |some |another |all )?$")
"""What stands between two numbers of such a list."""
ACTED = re.compile(r"\b(?:killed|dead|died|wounded|injured|hurt|missing|captured|left|leaving|while|when|after)\b", re.IGNORECASE)
OTHERWISE = re.compile(r"(?<!was )(?<!were )\b(?:killed|dead|wounded|injured|hurt|missing|captured|arrested)\b", re.IGNORECASE)
PHRASE = 30
"""Code points in which it is said of those after "and" that they were harmed in another way: "15 dead and 14 wounded"."""
ONE = re.compile(r"an?|one", re.IGNORECASE)
HARMFUL = frozenset(("casualties", "attack", "disaster", "accident", "arrest", "protest", "clash", "abduction"))
"""Types of events in which people are harmed."""
PEACEFUL = frozenset(("announcement", "agreement", "meeting", "visit", "vote", "appointment", "release", "arrest"))
"""Types of events whose date is not that of a harm told beside them."""
SAID = re.compile(
    r"\b(?:said|says|told|reported|reports|announced|added|confirmed|stated|according)\b[^,;.]{0,40}$|"
    r"\breport(?:ed)? on $",
    re.IGNORECASE,
)
"""What stands before the day on which something was only said."""
REACH = 160
"""Code points of a sentence over which a date still belongs to a figure."""
APART = re.compile(r"[;:—–]|--|\b(?:though|although|whereas|but|said|says|while(?! \w+ing))\b|, which\b", re.IGNORECASE)
"""What parts the clause of a figure from that of a date."""
YEARS = re.compile(r"\bfrom \d{4} to \d{4}\b")
"""Years over which people were harmed, of which none is the day."""
DESCRIBED = re.compile(r"[^.;,]{0,30}?\bwho\b")
"""What follows those whose harm is told of beside the news: "honored the two soldiers who died"."""
LATER_ACT = re.compile(r"\bwho\b|\bto (?!the\b|an?\b|[A-Z])[a-z]+")
"""What stands between the date of an act and those harmed at another time: "on Thursday honored soldiers who died"."""
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
        if any(_has_more(p) for p in harm):
            high = None  # "six guards, a chief and a passer-by": six at least
        around = _around(best, passages)
        date, dated = _when(best, best.claim, around)
        text = attributed(best, passages, ROW)
        row: IncidentRow = {
            "date": date,
            "dated": dated,
            "state": best.claim.figure.state,
            "places": _places(best, best.claim, around),
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
    if ASKED.match(text[claim.span.end : high]) or PART.search(left) or OF_THEM.match(right) or EITHER.search(text[low:high]):
        return False
    if RATE.match(right) or _is_one_of_list(passage, claim):
        return False
    return not negations((*words(left)[-NEAR:], *words(claim.span.exact)))


def _is_one_of_list(passage: Passage, claim: FigureClaim) -> bool:
    """Whether the number is added up with others in the sentence: by the reading, or as a later member of a list."""
    text = passage.reading.report.text
    for other in passage.reading.claims:
        if not isinstance(other, FigureClaim) or other.id == claim.id or other.figure.state not in (claim.figure.state, None):
            continue
        summed = other.figure.derived == "sum" and other.span.start <= claim.span.start and claim.span.end <= other.span.end
        if summed and claim.figure.derived is None:
            return True
        between = text[other.figure.number.end : claim.figure.number.start]
        if passage.sentence[0] <= other.span.start < claim.span.start and LISTED.fullmatch(between) and not ACTED.search(between):
            return True
    return False


def _has_more(passage: Passage) -> bool:
    """Whether others harmed alike are named right after the number, without being counted into it."""
    claim, text = passage.claim, passage.reading.report.text
    assert isinstance(claim, FigureClaim)
    after = ALSO.match(text[claim.figure.number.end : passage.sentence[1]])
    if after is None or claim.figure.derived is not None:
        return False
    end = claim.figure.number.end + after.end()
    return not OTHERWISE.search(text, text.rfind(" ", 0, end), end + PHRASE)


def _around(passage: Passage, passages: Passages) -> tuple[int, int]:
    """The code points in which place and day of a figure are sought: the speech that it stands in, else its sentence. What stands
    outside says where and when somebody spoke of it."""
    said, span = passages.statement_around(passage), passage.claim.span
    low, high = passage.sentence
    if said is None or not said.content:
        return low, high
    first, last = min(c.start for c in said.content), max(c.end for c in said.content)
    if not first <= span.start <= span.end <= last:
        return low, high
    told_by = [s.start for s in (said.cue, said.speaker.span if said.speaker else None) if s is not None]
    before, after = any(at < first for at in told_by), any(at >= last for at in told_by)
    return max(low, first) if before else low, min(high, last) if after else high


def _places(passage: Passage, claim: FigureClaim, around: tuple[int, int]) -> list[str]:
    """The figure's places, without those of its sentence that stand outside ``around``."""
    text, (low, high) = passage.reading.report.text, around
    named = {
        place: [Span.of(text, low + m.start(), low + m.end()) for m in re.finditer(re.escape(place), text[low:high])]
        for place in claim.figure.places
    }
    at = claim.span.start
    return [
        p for p, spans in named.items() if p not in passage.text or any(not APART.search(_between(text, s, at)) for s in spans)
    ]


def _when(passage: Passage, claim: FigureClaim, around: tuple[int, int]) -> tuple[str | None, Dated | None]:
    """When people were harmed, and what says so: the day the figure holds for, else the date its sentence names for what
    happened, else the day of the report. A toll over a window holds at the day of its report."""
    figure = claim.figure
    if figure.as_of:
        return figure.as_of, "as-of"
    named = None if figure.window and not _past(figure.window, passage) else _named(passage, claim, around)
    if named and passage.can_date(named) and not (passage.date and named[: len(passage.date)] > passage.date[: len(named)]):
        return named, "named"
    if passage.date:
        return passage.date, "published"
    return (passage.placed, "placed") if passage.placed else (None, None)


def _past(window: Window, passage: Passage) -> bool:
    """Whether a window was over before the report ("last month"), unlike one that runs on ("since October")."""
    return window.end is not None and passage.date is not None and window.end < passage.date[:10]


def _named(passage: Passage, claim: FigureClaim, around: tuple[int, int]) -> str | None:
    """The date in the figure's clause nearest to it: of an event that took place, else any that is neither when it was said nor
    that of some other act ("agreed Wednesday to mourn the drowned")."""
    low, high = around
    if DESCRIBED.match(passage.reading.report.text[claim.figure.number.end : high]):
        low = claim.figure.number.end  # what stands before is the day of something done about them
    reading, at, text = passage.reading, claim.span.start, passage.reading.report.text
    dated = [
        c
        for c in reading.claims
        if isinstance(c, EventClaim) and low <= c.span.start < high and c.when is not None and c.when.precision != "vague"
    ]
    events = [
        c
        for c in dated
        if c.type in HARMFUL
        and c.status == "asserted"
        and not YEARS.search(text[low:high])
        and not COMPARED.search(text[low : c.span.start])
        and _joined(text, c.span, at)
    ]
    near = min(events, key=lambda c: abs(c.span.start - at), default=None)
    if near is not None and near.when is not None:
        return near.when.value[:10]
    others = {c.when.value[:10] for c in dated if c.when is not None and c.type in PEACEFUL}
    times = [
        m
        for m in reading.mentions
        if low <= m.span.start < high and _dates(m) and not _said(passage, m) and _joined(text, m.span, at)
    ]
    nearest = min(times, key=lambda m: abs(m.span.start - at), default=None)
    if nearest is None or nearest.time is None or (nearest.time.begin or "")[:10] in others:
        return None
    return nearest.time.value[:10]


def _joined(text: str, span: Span, at: int) -> bool:
    """Whether no clause ends between a span and the code point ``at``, and they are not far apart."""
    between = _between(text, span, at)
    return len(between) <= REACH and not APART.search(between) and not (span.end <= at and LATER_ACT.search(between))


def _between(text: str, span: Span, at: int) -> str:
    return text[span.end : at] if span.end <= at else text[at : span.start]


def _dates(mention: Mention) -> bool:
    time = mention.time
    return mention.kind == "time" and time is not None and time.type in ("DATE", "TIME") and bool(time.begin) and bool(time.end)


def _said(passage: Passage, mention: Mention) -> bool:
    before = passage.reading.report.text[passage.sentence[0] : mention.span.start]
    return bool(SAID.search(before) or COMPARED.search(before) or BEGINNING.search(before))
