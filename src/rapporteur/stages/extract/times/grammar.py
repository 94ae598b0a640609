"""The grammar: one regular expression over class letters per rule, tried in this order at every place; the first that holds wins.

No quantifier is nested and none is open, so matching is linear. The letters stand in ``classes``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rapporteur.stages.extract.times import dates, durations, months, relative, years
from rapporteur.stages.extract.times.hit import Anchor, Found, Hit

_YEAR = r"(?:y|w-?w(?:-?w)?)"
_COUNT = r"(?:[nNy]F?|F|A?w(?:-?w){0,4}|A?fO?)"
_SPAN = rf"(?:{_COUNT}(?:&Ah)?(?:[-r]{_COUNT})?)"
_EDGE = r"(?:D?[mel]-?[O_]?|D?>[O-])?"
_DAY = r"(?:[MB][no](?:,?y)?|[W8],?(?:[MB][no](?:,?y)?)?|(?:[LT]P|z))"
_CLOCK = r"(?:[yN](?=@)|c[Z]?|[nN]Z|[nw]H(?:_DP)?|[mp]?p)@{0,2}t?"


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern over class letters and what it makes of a match (None: it was none after all)."""

    name: str
    pattern: re.Pattern[str]
    build: Callable[[Hit], Found | None]


def _clock_of_day(hit: Hit) -> Found | None:
    """10 p.m. Wednesday; noon Thursday; 5 p.m. EST, Nov. 6."""
    return _timed(hit, hit.find("MBW8z", 1))


def _day_of_clock(hit: Hit) -> Found | None:
    return _timed(hit, hit.first)


def _timed(hit: Hit, at: int) -> Found | None:
    day = hit.part(at, hit.last)
    letter = hit.anchor.letters[at]
    found = dates.near_day(day) if letter == "z" else months.month_day(day) if day.find("no") >= 0 else dates.weekday(day)
    return dates.clock(hit.part(hit.first, at), found.value) if found else None


_TABLE: tuple[tuple[str, str, Callable[[Hit], Found | None]], ...] = (
    ("iso", r"y-n-n", dates.iso),
    ("slashed", r"#", dates.slashed),
    ("clock of day", rf"{_CLOCK},?_?(?:[MB][no](?:,?y)?|[W8](?:,?[MB][no](?:,?y)?)?|z)", _clock_of_day),
    ("clock", _CLOCK, lambda hit: dates.clock(hit, None)),
    ("date", r"(?:[LXT]{0,2}[W8],?)?D?L?[MB](?:no?|o|w-o)(?:[-r]n(?![UuZnFN%]))?(?:,?y|O?D?[LXT]U)?", months.month_day),
    ("day month", r"(?:[W8],?)?D?(?:n|oO?)-?[MB](?:-?,?y)?", months.month_day),
    ("month of year", rf"{_EDGE}[MB],?[O_]?{_YEAR}", months.month),
    ("month of last year", rf"{_EDGE}[MB],?O?D?[LXT]U", months.month),
    ("month", rf"{_EDGE}[LXTRJ]{{0,2}}[MB]", months.month),
    ("weekday of week", r"[W8]O?D?[LXT]U", dates.weekday),
    ("weekday", rf"{_EDGE}D?[LXT]{{0,2}}W(?:[me]?P)?", dates.weekday),
    ("weekdays", r"7", dates.weekdays),
    ("day before yesterday", r"DU[ba]z", dates.near_day),
    ("part of yesterday", r"(?:m-?)?P(?:OD?)?z", dates.near_day),
    ("today", r"(?:[mel]-?)?zP?", dates.near_day),
    ("part of day", r"(?:[mel]-?)?(?:TL?|L|D)m?-?P|m-?P|V", dates.part_of_day),
    ("year-ago quarter", rf"[DA]?U-[ge](?:G?o-?Q|Q|d|{_COUNT}u)?", relative.year_ago),
    ("period last year", r"(?:DJ[dUQ]|DQ|Dd)(?:O?D?AUg|O?D?[LX]U|AU[eb])", relative.year_ago),
    ("quarter of last year", r"[LXT]Us?(?:G?o-?Qd?|Q)", relative.quarter),
    ("quarter", r"D?(?:[LXTC])?y?G?-?(?:G-?)?o-?(?:wq|[Qh])(?:(?:OD?|,)?(?:G?y|[LXT]G?U|GU?y))?", relative.quarter),
    ("half", r"D?[Lm]h(?:OD?(?:y|[LXT]U))", relative.quarter),
    ("quarter number", r"1(?:O?D?-?(?:y|2|[LXT]U))?", relative.quarter),
    ("year period", r"D?y[Qd]", relative.year_period),
    ("fiscal year", r"D?(?:GU?y|2)", relative.fiscal),
    ("days ago", rf"(?:{_SPAN}|A)j?[UuQq](?:&Ah)?(?:r~)?g", relative.ago),
    ("units ago", r"ug", relative.ago),
    ("days later", rf"(?:{_SPAN}|A|D)j?[UuQq](?:&Ah)?[elba]", relative.apart),
    ("past summers", rf"D?[LX]{_SPAN}S", durations.seasons),
    ("past months", rf"D?[LXT]{{1,2}}{_SPAN}(?:r{_SPAN})?j?[UuQq]", durations.stretch_of),
    ("every", rf"E[jo]?{_SPAN}?(?:[UuQqWMPS])", durations.every),
    ("recent years", r"D?(?:v|X|T)u(?:&u)?", relative.vague_units),
    ("last week", rf"{_EDGE}D?[LXTCK]{{1,2}}G?[UQ]|DKd", relative.unit),
    ("current", r"D?C", relative.current),
    ("same day", r"(?:DJ|R)[UQt]", relative.same),
    ("end of the year", r"D?>OD?[TLX]?j?G?U|Us?-?>|>-[TLX]?U", relative.end_of),
    ("decade", rf"D?{_EDGE}(?:s?0)", years.decade),
    ("century", r"D?m?-?o-?U", years.century),
    ("season", rf"{_EDGE}[LXTD]{{0,2}}S(?:,?O?D?{_YEAR}|OD?[LXT]U|D?[LXT]U)?", years.season),
    ("holiday", r"[LXT]?\*[WU]?", years.holiday),
    ("short year", r"sn(?![-a-zA-Z])", years.short_year),
    ("near term", r"D[+j]-?=", relative.term),
    ("spoken year", r"(?:DU)?w-?w(?:-?w)?(?![-wuU])", years.spoken_year),
    ("years", r"y-[yn](?![-UuQq])", years.years),
    ("age", rf"{_SPAN}-?[Uu]-?x", durations.age),
    ("half an hour", r"A?h-?A?-?U", durations.length),
    ("length", rf"D?(?:[oLK]){{0,1}}{_SPAN}-?j{{0,2}}G?[Uu](?!-?x)(?:&Ah)?", durations.length),
    ("year", rf"{_EDGE}y", years.year),
    ("consecutive quarters", rf"{_SPAN}jq", durations.length),
    ("a unit", r"A[jk]?U(?:&Ah)?", durations.length),
    ("units", r"u(?:[&r]u)?", durations.bare),
    ("the unit", r"D(?:j|G){0,1}[UQ]", relative.the_unit),
    ("often", r"i", durations.often),
    ("the past", r"DL", relative.the_past),
    ("vague", r"D?v", relative.vague),
)  # fmt: skip

RULES = tuple(Rule(name, re.compile(pattern), build) for name, pattern, build in _TABLE)
MASTER = re.compile("|".join(f"(?P<r{i}>{pattern})" for i, (_, pattern, _) in enumerate(_TABLE)))
"""All rules at once: finds the next place where any may hold, so that the words between cost next to nothing."""


def rule_at(m: re.Match[str]) -> int:
    """Index of the first rule that a match of ``MASTER`` holds for."""
    return int((m.lastgroup or "r0")[1:])


_ISLAND = re.compile(r"[^.]+")
_CORE = re.compile(r"[UuQqMBW87zPVS0y#cvi*12CpdZHtn=]|DL|w-?w|N@")


def islands(letters: str) -> Iterator[tuple[int, int]]:
    """Stretches of words with a class among which at least one could make a time expression, as half-open token ranges."""
    for m in _ISLAND.finditer(letters):
        start, end = m.span()
        if _CORE.search(letters, start, end):
            yield start, end


def apply(anchor: Anchor, place: int, first_rule: int) -> tuple[Rule, Hit, Found] | None:
    """The first rule from ``first_rule`` on that matches at ``place`` and makes something of it."""
    for rule in RULES[first_rule:]:
        m = rule.pattern.match(anchor.letters, place)
        if m and m.end() > place:
            hit = Hit(anchor, place, m.end())
            found = rule.build(hit)
            if found and found.value:
                return rule, hit, found
    return None
