"""Times: dates, times of day, durations and sets, as TIMEX3 (TimeML 1.2.1) with standard values.

Every word that can take part in a time expression has a class (month, weekday, unit, count word, "last", "ago" ...), and a
grammar of some fifty rules over these classes finds the expressions. Values are resolved against the report's own date, or
without one against the first full date in its text. A weekday or month without a year points back or ahead by the tense of
the verb that governs it: "met Thursday" is the last Thursday or today, "will meet Thursday" the coming one. "Two days later",
"the same day" and "a year earlier" count from the date mentioned before; after a reporting quarter, "a year earlier" is that
quarter of the year before. Precision is kept: "October" is 1997-10 and not a day; "recently" is PAST_REF. ``begin`` and ``end``
are the inclusive days covered, where they are known. What cannot be resolved keeps X in its value ("XXXX-10").
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rapporteur.model.claims import Mention, TimeValue
from rapporteur.stages.extract.base import Sheet
from rapporteur.stages.extract.times import calendar
from rapporteur.stages.extract.times.classes import letter
from rapporteur.stages.extract.times.dates import iso, slashed
from rapporteur.stages.extract.times.grammar import MASTER, RULES, apply, islands, rule_at
from rapporteur.stages.extract.times.hit import Anchor, Found, Hit
from rapporteur.stages.extract.times.months import month_day

NAME = "times"
_APPROXIMATE = frozenset("nearly almost about around roughly approximately over under some only barely exactly".split())
_COMPARED = frozenset(("year-ago quarter", "period last year", "days ago", "year period"))
"""Rules for what a period is compared with: not what later words refer to."""
_FULL_DATES = {"iso": iso, "slashed": slashed, "date": month_day, "day month": month_day}
_NEVER = -99
_HEAD_TOKENS = 400
"""A report without a date of its own is dated by the first full date among this many words."""


def extract(sheet: Sheet) -> Iterator[Mention]:
    """Time mentions of the report in text order."""
    parsed = sheet.parsed
    letters = "".join(map(letter, parsed.words))
    if not letters:
        return
    anchor = Anchor(parsed, list(map(str.lower, parsed.words)), letters, None)
    anchor.day = _stated_day(sheet) or _first_full_date(anchor)
    for number, (hit, found) in enumerate(_found(anchor), 1):
        first, last = _widened(hit)
        yield Mention(sheet.ident("t", number), "time", parsed.span(first, last), time=_time_value(found))


def _found(anchor: Anchor) -> Iterator[tuple[Hit, Found]]:
    for start, end in islands(anchor.letters):
        place = start
        while m := MASTER.search(anchor.letters, place, end):
            got = apply(anchor, m.start(), rule_at(m))
            if got is None:
                place = m.start() + 1
                continue
            rule, hit, found = got
            place = hit.last
            _remember(anchor, rule.name, hit, found)
            yield hit, found


def _remember(anchor: Anchor, rule: str, hit: Hit, found: Found) -> None:
    """Dates become what later words refer to; not those that only say what something is compared with."""
    if found.type == "DURATION":
        if rule == "length" and hit.letters[0] == "D" and hit.unit() == "M":
            anchor.quarter_at = _NEVER
            if anchor.day is not None:
                anchor.note(calendar.at(anchor.day, "Y"), hit.first)
    elif rule not in _COMPARED and not (rule == "days later" and hit.unit() == "Y"):
        anchor.note(found.value, hit.first)


def report_day(sheet: Sheet) -> date | None:
    """The day a report is resolved against: published, dateline, else the first full date among its first words."""
    stated = _stated_day(sheet)
    if stated is not None:
        return stated
    words = sheet.parsed.words[:_HEAD_TOKENS]
    return _first_full_date(Anchor(sheet.parsed, list(map(str.lower, words)), "".join(map(letter, words)), None))


def _stated_day(sheet: Sheet) -> date | None:
    report = sheet.report
    for value in (report.published and report.published.value, report.dateline and report.dateline.date):
        try:
            if value:
                return date.fromisoformat(value[:10])
        except ValueError:
            continue
    return None


def _first_full_date(anchor: Anchor) -> date | None:
    for start, end in islands(anchor.letters[:_HEAD_TOKENS]):
        place = start
        while m := MASTER.search(anchor.letters, place, end):
            build = _FULL_DATES.get(RULES[rule_at(m)].name)
            hit = Hit(anchor, m.start(), m.end())
            found = build(hit) if build and ("y" in hit.letters or "#" in hit.letters) else None
            covered = calendar.extent(found.value) if found else None
            if covered and covered[0] == covered[1]:
                return covered[0]
            place = m.end()
    return None


def _widened(hit: Hit) -> tuple[int, int]:
    """The mention with the word that makes it approximate: "nearly forty years", "more than four hours"."""
    first = hit.first
    if hit.before() in _APPROXIMATE:
        return first - 1, hit.last
    if first >= 2 and (hit.before(2), hit.before()) in {
        ("more", "than"),
        ("less", "than"),
        ("at", "least"),
        ("up", "to"),
        ("at", "most"),
        ("fewer", "than"),
    }:
        return first - 2, hit.last
    return first, hit.last


def _time_value(found: Found) -> TimeValue:
    begin, end = found.begin, found.end
    if begin is None and found.type in ("DATE", "TIME"):
        covered = calendar.extent(found.value)
        if covered:
            begin, end = covered
    return TimeValue(found.type, found.value, begin.isoformat() if begin else None, end.isoformat() if end else None)
