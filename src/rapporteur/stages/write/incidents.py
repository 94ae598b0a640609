"""The log of people killed, wounded, captured, missing or displaced: low and high with how many origins give them, and when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapporteur.language.gazetteer import country_named, country_of_demonym
from rapporteur.model.account import Finding, IncidentRow
from rapporteur.model.claims import FigureClaim
from rapporteur.model.spans import Span
from rapporteur.stages.write.incident_dates import ANOTHER, APART, FOLLOWING, Dated, between, when
from rapporteur.stages.write.incident_harm import more_of, tells_harm
from rapporteur.stages.write.passages import Passage, Passages
from rapporteur.stages.write.tables import point_of
from rapporteur.stages.write.wording import MOST_CITES, ROW, attributed, best_of, cites_of

ANYONE = frozenset(("", "person", "people", "other", "victim"))
SURE = ("named", "as-of")
"""What makes a row's date that of the harm."""
_SIDE = "(?:(?:north|south|east|west|central)(?:[a-z-]*ern)?)"
_REGION = (
    "(?:town|city|village|suburb|district|province|region|state|island|port|capital|area|part|cent(?:er|re)|heart|outskirts)"
)
IN_PLACE = re.compile(
    r"\b(?:in|at|near|around|inside|across|throughout|within|off)\s(?:(?:the|an?|this|its|their)\s)?(?:[\w’'-]+\s){0,3}$|"
    rf"\b(?:in|at|near)\s(?:the|an?|[A-Z][\w-]*[’']s?)\s(?:[\w’'-]+\s){{0,3}}{_REGION}\s(?:city\s)?of\s(?:{_SIDE}\s)?$",
    re.IGNORECASE,
)
"""What stands right before the place where something happened; "north of", "from", "the embassy of" lead elsewhere."""
LISTED = re.compile(
    r"((?:, [A-Z][\w-]+)*,? and [A-Z][\w-]+) (?:regions|provinces|districts|states|towns|cities|villages|islands|counties)\b"
)
"""Further places of a list that its noun shows to be places: "in Orsk, Tarn and Vale provinces"."""
CAPITALS = re.compile(r"\b[A-Z][\w-]+(?: [A-Z][\w-]+)*")
_KIND = "(?:capital|city|town|village|island|province|district)"
OF_REGION, REGION_OF = re.compile(rf"\b{_KIND}(?: of)? ([A-Z][\w-]+)"), re.compile(rf"\b([A-Z][\w-]+(?: [A-Z][\w-]+)*) {_KIND}\b")
ATTRIBUTE = re.compile(r"(?:US|UK|UN|EU|U\.S\.|U\.K\.|U\.N\.)")
"""Short names that are mostly somebody's: "at the US base"."""
SPEAKER = re.compile(r"\bspokes(?:man|woman|person)\b")
NAME = re.compile(r"[A-Z][\w-]+")
BESIDE = re.compile(r"\b(?:of|from|to|for|against|with|by)\s[^,]*$", re.IGNORECASE)
INSIDE = re.compile(rf"{_REGION}\s(?:city\s)?of\s(?:{_SIDE}\s)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Told:
    """A row with the report of its passage and what is counted there."""

    report: str
    counted: str | None
    row: IncidentRow


def incidents_of(findings: Sequence[Finding], passages: Passages, derived: frozenset[str]) -> list[IncidentRow]:
    """People killed, wounded, captured, missing or displaced: one row per finding, and one for findings that show the same words
    with the same numbers or of which one report tells twice."""
    rows: dict[tuple[str, str | None, float | None, float | None], _Told] = {}
    for finding in findings:
        if finding.kind != "figure":
            continue
        support = [p for p in passages.known(finding.supports) if isinstance(p.claim, FigureClaim)]
        harm = [p for p in support if tells_harm(p)]
        if not harm:
            continue
        best = best_of(harm, derived)
        assert isinstance(best.claim, FigureClaim)
        against = [p for p in passages.known(finding.contradicts) if tells_harm(p)]
        # What one report tells apart from its own number is another thing.
        against = [p for p in against if p.reading.report.id != best.reading.report.id]
        alike = [p for p in harm if more_of(p) == more_of(best)]
        low, high = _range([*alike, *against], passages)
        around = _around(best, passages)
        date, dated = _dated(best, harm, passages)
        text = attributed(best, passages, ROW)
        if best.claim.figure.derived and text.startswith("…"):
            continue  # a part of what was added up may have been cut away
        row: IncidentRow = {
            "date": date,
            "dated": dated,
            "state": best.claim.figure.state,
            "places": _places(best, best.claim, around),
            "low": low,
            "high": high,
            "verdict": finding.verdict if against or finding.verdict != "differ" else "single",
            "origins": finding.origins,
            "finding": finding.id,
            "text": text,
            "cites": list(cites_of(best, harm)),
        }
        rows.setdefault((text, row["state"], low, high), _Told(best.reading.report.id, best.claim.figure.counted, row))
    return sorted(_told_once(list(rows.values())), key=lambda r: (str(r["date"] or ""), str(r["text"]), str(r["finding"])))


def _told_once(rows: Sequence[_Told]) -> list[IncidentRow]:
    """The rows, with one for what a report tells first in short and then at length: the same number of several people, at most
    one of the two dated by its sentence, and neither who they are nor their places a contradiction."""
    kept: list[_Told] = []
    for told in sorted(rows, key=lambda t: (t.row["dated"] not in SURE, str(t.row["text"]))):
        home = next((k.row for k in kept if _same(k, told)), None)
        if home is None:
            kept.append(told)
            continue
        home["cites"] = list(dict.fromkeys((*home["cites"], *told.row["cites"])))[:MOST_CITES]
        home["places"] = home["places"] or told.row["places"]
    return [told.row for told in kept]


def _same(first: _Told, second: _Told) -> bool:
    one, other = first.row, second.row
    if first.report != second.report or other["dated"] in SURE or not (one["low"] or 0) > 1:
        return False
    if one["dated"] in SURE and len(one["date"] or "") < len("2031-03-08"):
        return False  # "five women in 1888"
    if any(one[cell] != other[cell] for cell in ("state", "low", "high")):
        return False
    nouns = {(told.counted or "").casefold() for told in (first, second)} - ANYONE
    narrow = [{p for p in row["places"] if not country_named(p)} for row in (one, other)]
    return len(nouns) < 2 and (not all(narrow) or bool(narrow[0] & narrow[1]))


def _dated(best: Passage, harm: Sequence[Passage], passages: Passages) -> tuple[str | None, Dated | None]:
    """When the people of a row were harmed, by its own passage, else by the one day that others name."""
    told = [when(p, p.claim, _around(p, passages)) for p in (best, *harm) if isinstance(p.claim, FigureClaim)]
    sure = {date for date, dated in told if dated in SURE}
    own = told[0]
    return (sure.pop(), "named") if own[1] not in SURE and len(sure) == 1 else own


def _range(harm: Sequence[Passage], passages: Passages) -> tuple[float | None, float | None]:
    """Lowest and highest number that the passages allow; None where one of them leaves that side open ("at least 60")."""
    lows: list[float | None] = []
    highs: list[float | None] = []
    for passage in harm:
        point, (added, counted) = point_of(passage, passages), more_of(passage)
        lows.append(None if point.low is None else point.low + added)
        # "a guard and his family": one at least
        highs.append(None if point.high is None or not counted else point.high + added)
    low = min((v for v in lows if v is not None), default=None) if None not in lows else None
    return low, max((v for v in highs if v is not None), default=None) if None not in highs else None


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
    """The places of the sentence that say where people were harmed, those of the figure first."""
    text, at = passage.reading.report.text, claim.span.start
    kept: list[str] = []
    for place in _candidates(passage, claim, around):
        if any(place in known or known in place for known in kept):
            continue
        spans = [Span.of(text, m.start(), m.end()) for m in re.finditer(rf"\b{re.escape(place)}\b", text[: around[1]])]
        spans = [s for s in spans if s.start >= around[0]]
        if (place not in passage.text and country_named(place)) or any(_is_where(text, (around[0], s), at, kept) for s in spans):
            kept.append(place)
            listed = LISTED.match(text, spans[0].end) if spans else None
            kept += [name for name in NAME.findall(listed[1]) if name not in kept] if listed else []
    return kept


def _candidates(passage: Passage, claim: FigureClaim, around: tuple[int, int]) -> Iterable[str]:
    """What may be a place: those of the figure, names of places and countries, and the name behind "capital", "town of"."""
    words = passage.reading.report.text[slice(*around)]
    named = [m.span.exact for m in passage.reading.mentions if m.kind == "place" and around[0] <= m.span.start < around[1]]
    countries = [name for name in CAPITALS.findall(words) if country_named(name)]
    before = [name for name in REGION_OF.findall(words) if not country_of_demonym(name)]
    return dict.fromkeys((*claim.figure.places, *named, *countries, *OF_REGION.findall(words), *before))


def _is_where(text: str, place: tuple[int, Span], at: int, before: Sequence[str]) -> bool:
    """Whether a place says where the people counted at ``at`` were harmed: a preposition of place leads to it, or a place before
    its comma to which one leads, and no other clause lies between. ``place``: where its stretch begins, and its span."""
    low, span = place
    left = text[low : span.start]
    chained = any(re.search(rf"(?<!between )\b{re.escape(b)}(?:,| in| and)\s(?:{_SIDE}\s)?$", left) for b in before)
    gap = between(text, span, at)
    if (ATTRIBUTE.fullmatch(span.exact) and text[span.end : span.end + 1] == " ") or SPEAKER.search(gap):
        return False
    if span.end <= at and gap.startswith(", where ") and not APART.search(gap):
        return True
    led = IN_PLACE.search(left)
    if not chained and (led is None or (BESIDE.search(led.group()) and not INSIDE.search(left))):
        return False
    if span.end <= at:
        return not (APART.search(gap) or ANOTHER.search(gap))
    return not (APART.search(gap) or FOLLOWING.search(gap))
