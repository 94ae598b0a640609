"""The log of people killed, wounded, captured, missing or displaced: low and high with how many origins give them, and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from rapporteur.language.gazetteer import country_named
from rapporteur.model.account import Finding, IncidentRow
from rapporteur.model.claims import EventClaim, FigureClaim, Mention, Window
from rapporteur.model.spans import Span
from rapporteur.stages.write.doubts import BEGINNING, COMPARED
from rapporteur.stages.write.guard import negations, words
from rapporteur.stages.write.passages import Passage, Passages
from rapporteur.stages.write.people import counts_people
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
OF_SET = re.compile(r"\s+of (?:the|these|those|his|her|its|their) [a-z]")
"""What makes a number, right behind it, one of some that were counted before: "two of the hostages"."""
SUPPOSED = re.compile(r"\b(?:could|might|may|potential|potentially|hypothetical)\b[^,;:.]*$", re.IGNORECASE)
"""What makes those harmed only possible: "a pandemic with a potential toll of millions"."""
RATE = re.compile(r"[^.;,]{0,40}?\b(?:(?:every|each|a|per) (?:day|week|month|year)|daily|weekly|monthly)\b", re.IGNORECASE)
"""What makes a number of victims one for each day or month."""
COMPOUND = re.compile(r"-[A-Za-z]")
"""What makes a number a part of a word: "the 225-share index"."""
EITHER = re.compile(
    r"\b(?:killed|died|dead|wounded|injured|hurt|maimed|missing|captured|arrested) (?:and/or|or) "
    r"(?:killed|died|dead|wounded|injured|hurt|maimed|missing|captured|arrested)\b",
    re.IGNORECASE,
)
"""What leaves open how people were harmed: "injured or killed 36"."""
FURTHER = r"(?:also |all )?(?:an?|another|one|two|three|four|five|six|seven|eight|nine|ten|\d+)(?: other)? [A-Za-z]+"
ALSO = re.compile(rf"[^.;:,\"“”]{{0,40}}?(?:, {FURTHER}[^.;:,]{{0,40}}?){{0,3}},? and (?:{FURTHER}|(?:his|her|their) [a-z]+)")
"""What follows a number that is one of a list of those harmed: "six guards, a chief and a passer-by"."""
AND = re.compile(r"\band (?:at least |about |some |another )?$")
HARMED_BEFORE = re.compile(
    r"\b(?:killed|dead|died|wounded|injured|hurt|missing|captured|arrested),? and [^.;]{0,12}$", re.IGNORECASE
)
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
    r"\b(?:said|says|told|reported|reports|announced|added|confirmed|stated|admitted|acknowledged|conceded|according)\b[^,;.]{0,40}$|"
    r"\breport(?:ed)? on $",
    re.IGNORECASE,
)
"""What stands before the day on which something was only said."""
REACH = 160
"""Code points of a sentence over which a date still belongs to a figure."""
APART = re.compile(r"[;:—–]|--|\b(?:though|although|whereas|but|said|says|while(?! \w+ing))\b|, which\b", re.IGNORECASE)
"""What parts the clause of a figure from that of a date."""
YEARS = re.compile(r"\bfrom \d{4} to \d{4}\b", re.IGNORECASE)
"""Years over which people were harmed, of which none is the day."""
_REGION = "(?:town|city|village|suburb|district|province|region|state|island|port|capital|area)"
IN_PLACE = re.compile(
    r"\b(?:in|at|near|around|inside|across|throughout|within|off)\s(?:(?:the|an?|this|its|their)\s)?(?:[\w’'-]+\s){0,3}$|"
    rf"\b(?:in|at|near)\s(?:the|an?)\s(?:[\w’'-]+\s){{0,3}}{_REGION}\s(?:city\s)?of\s$",
    re.IGNORECASE,
)
"""What stands right before the place where something happened; "north of", "from", "the embassy of" lead elsewhere."""
BESIDE = re.compile(r"\b(?:of|from|to|for|against|with|by)\s[^,]*$", re.IGNORECASE)
INSIDE = re.compile(rf"{_REGION}\s(?:city\s)?of\s$", re.IGNORECASE)
ANOTHER = re.compile(
    r"\b(?:after|before|since|until|because|as|that|who|whom|which|although|though|whereas|whose)\b|"
    r"\bto (?!the\b|an?\b|[A-Z])[a-z]+",
)
"""What parts a place or day from those harmed that are told of behind it: "strikes in Orsk after a rocket killed two"."""
FOLLOWING = re.compile(r"\b(?:before|until|who|whom|which|whose|although|though|whereas)\b|\bto (?!the\b|an?\b|[A-Z])[a-z]+")
"""The same where it stands behind them; a clause with "when" or "after" tells then of what harmed them."""
NAMELESS_DAY = re.compile(r"\bon (?:(?:polling|election|voting|opening|independence|national) day|the (?:[a-z]+ )?day of)\b")
"""A day that the sentence names by what took place on it."""
FREED = re.compile(r"\b(?:free(?:d|ing|s)?|releas(?:e[ds]?|ing)|rescu(?:e[ds]?|ing)|liberat(?:e[ds]?|ing))\b", re.IGNORECASE)
STRETCH_BEGINS, STRETCH_ENDS = (
    re.compile(r"\b(?:from|between)\s$", re.IGNORECASE),
    re.compile(r"\s?(?:to|until|till|through|and|-|–)\s?\d"),
)
OF_DAY = re.compile(r",? when\b")
CONTRAST = re.compile(r"[;—–]|--|\b(?:though|although|whereas)\b", re.IGNORECASE)
"""What parts a time from a number so surely that the number is not of that time."""
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
        if best.claim.figure.derived and text.startswith("…"):
            continue  # a part of what was added up may have been cut away
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
    if not counts_people(claim.figure.counted, *right.split()[:1]):
        return False
    if ASKED.match(text[claim.span.end : high]) or PART.search(left) or OF_THEM.match(right) or EITHER.search(text[low:high]):
        return False
    if (
        SUPPOSED.search(left)
        or OF_SET.match(right)
        or COMPOUND.match(right)
        or RATE.match(right)
        or _is_one_of_list(passage, claim)
    ):
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
    left, right = text[passage.sentence[0] : claim.span.start], text[claim.figure.number.end : passage.sentence[1]]
    if right.startswith(" other") and AND.search(left) and not HARMED_BEFORE.search(left):
        return True  # "a medic and six other guests"
    after = ALSO.match(right)
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
    """The figure's places: of those that its sentence names, the ones that say where people were harmed."""
    text, at = passage.reading.report.text, claim.span.start
    kept: list[str] = []
    for place in claim.figure.places:
        spans = [Span.of(text, m.start(), m.end()) for m in re.finditer(rf"\b{re.escape(place)}\b", text[: around[1]])]
        spans = [s for s in spans if s.start >= around[0]]
        if (place not in passage.text and country_named(place)) or any(_is_where(text, (around[0], s), at, kept) for s in spans):
            kept.append(place)
    return kept


def _is_where(text: str, place: tuple[int, Span], at: int, before: Sequence[str]) -> bool:
    """Whether a place says where the people counted at ``at`` were harmed: a preposition of place leads to it, or a place before
    its comma to which one leads, and no other clause lies between. ``place``: where its stretch begins, and its span."""
    low, span = place
    left = text[low : span.start]
    chained = any(left.endswith((f"{b}, ", f"{b} in ", f"{b} and ")) for b in before)
    led = IN_PLACE.search(left)
    if not chained and (led is None or (BESIDE.search(led.group()) and not INSIDE.search(left))):
        return False
    between = _between(text, span, at)
    if span.end <= at:
        return bool(re.match(r", where\b", between)) or not (APART.search(between) or ANOTHER.search(between))
    return not (APART.search(between) or FOLLOWING.search(between))


def _when(passage: Passage, claim: FigureClaim, around: tuple[int, int]) -> tuple[str | None, Dated | None]:
    """When people were harmed, and what says so: the day the figure holds for, else the date its sentence names for what
    happened, else the day of the report. A toll over a window holds at the day of its report. Neither where the sentence gives
    an earlier time that cannot be tied to the number: the day of the report would belie it."""
    figure = claim.figure
    if figure.as_of and not _ahead(figure.as_of, passage):
        return figure.as_of, "as-of"
    freed = figure.state == "captured" and FREED.search(passage.text)
    named = None if freed or _counts_over(figure.window, passage) else _named(passage, claim, around)
    if named and passage.can_date(named) and not _ahead(named, passage):
        return named, "named"
    if freed or _of_another_time(passage, claim, around):
        return None, None
    if passage.date:
        return passage.date, "published"
    return (passage.placed, "placed") if passage.placed else (None, None)


def _ahead(day: str, passage: Passage) -> bool:
    """Whether a day lies after the report."""
    return passage.date is not None and day[: len(passage.date)] > passage.date[: len(day)]


def _of_another_time(passage: Passage, claim: FigureClaim, around: tuple[int, int]) -> bool:
    """Whether the figure's clause names a time other than the report's, which is no window that the figure counts over. A time
    ahead was misread: nobody has been harmed then."""
    published, text = passage.date, passage.reading.report.text
    if published is None or _counts_over(claim.figure.window, passage):
        return False
    if NAMELESS_DAY.search(text, *around):
        return True
    for mention in passage.reading.mentions:
        if not around[0] <= mention.span.start < around[1] or not _dates(mention) or mention.time is None:
            continue
        left = text[passage.sentence[0] : mention.span.start]
        since = BEGINNING.search(left) or COMPARED.search(left)
        if (since and not OF_DAY.match(text[mention.span.end :])) or SAID.search(left):
            continue
        elsewhen = (mention.time.end or "") < published[:10] or (mention.time.begin or "") > published[:10]
        if elsewhen and not CONTRAST.search(_between(text, mention.span, claim.span.start)):
            return True
    return False


def _counts_over(window: Window | None, passage: Passage) -> bool:
    """Whether a number is counted over a window that runs on; "since Monday when nine died" is none."""
    if window is None or _past(window, passage) or (window.begin and _ahead(window.begin, passage)):
        return False
    return not OF_DAY.match(passage.text.partition(window.text)[2])


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
        if low <= m.span.start < high and _dates(m) and not _said(passage, m) and _joined(text, m.span, at) and _is_a_day(text, m)
    ]
    if any(
        c.type == "casualties" and c.when is None and c.span.overlaps(claim.span)
        for c in reading.claims
        if isinstance(c, EventClaim)
    ):
        return None  # the parse ties the day to something else: "paid tribute on Tuesday to the nine killed"
    nearest = min(times, key=lambda m: abs(m.span.start - at), default=None)
    if nearest is None or nearest.time is None or (nearest.time.begin or "")[:10] in others:
        return None
    return nearest.time.value[:10]


def _joined(text: str, span: Span, at: int) -> bool:
    """Whether no clause ends between a span and the code point ``at``, and they are not far apart."""
    between = _between(text, span, at)
    if len(between) > REACH or APART.search(between):
        return False
    return not (span.end <= at and (LATER_ACT.search(between) or ANOTHER.search(between)))


def _is_a_day(text: str, mention: Mention) -> bool:
    """Whether a time is one, and not an end of a stretch ("from 1980 to 1988")."""
    left, right = text[max(0, mention.span.start - 20) : mention.span.start], text[mention.span.end : mention.span.end + 12]
    begun = STRETCH_BEGINS.search(left) or re.search(r"\b\d{4} (?:to|until|through|and) $", left)
    return not begun and not STRETCH_ENDS.match(right)


def _between(text: str, span: Span, at: int) -> str:
    return text[span.end : at] if span.end <= at else text[at : span.start]


def _dates(mention: Mention) -> bool:
    time = mention.time
    return mention.kind == "time" and time is not None and time.type in ("DATE", "TIME") and bool(time.begin) and bool(time.end)


def _said(passage: Passage, mention: Mention) -> bool:
    text = passage.reading.report.text
    before = text[passage.sentence[0] : mention.span.start]
    since = COMPARED.search(before) or BEGINNING.search(before)
    return bool(SAID.search(before) or (since and not OF_DAY.match(text[mention.span.end :])))
