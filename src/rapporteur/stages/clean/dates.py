"""Dates as they stand in datelines, post lines and metadata: day, month and year, the first, or the first two.

Numbers alone are read day first when they hold dots (29.11.06) or when the first exceeds 12; ``03/04/2024`` may be read
two ways and is not read at all.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from rapporteur.model.report import Precision

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january,feb february febr,mar march,apr april,may,jun june,jul july,aug august,sep sept september,oct october,"
            "nov november,dec december"
        ).split(","),
        1,
    )
    for name in names.split()
}
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:r|ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?\s+)?"
_YEAR = r"(?:19|20)\d\d"
_FORMS = (
    rf"{_WEEKDAY}(?P<m1>{_MONTH})\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<y1>{_YEAR})\b)?",
    rf"{_WEEKDAY}(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-](?P<m2>{_MONTH})(?:[,\s-]\s*(?P<y2>{_YEAR})\b)?",
    r"(?P<y3>(?:19|20)\d\d)[-/](?P<m3>\d{1,2})[-/](?P<d3>\d{1,2})(?!\d)",
    r"(?P<d4>\d{1,2})\.\s?(?P<m4>\d{1,2})\.\s?(?P<y4>(?:19|20)?\d\d)(?!\d)",
    r"(?P<n5>\d{1,2})/(?P<o5>\d{1,2})/(?P<y5>(?:19|20)\d\d)(?!\d)",
    rf"(?P<m6>{_MONTH}),?\s+(?P<y6>{_YEAR})\b",
)
DATE = re.compile("(?<![\\w/.-])(?:" + "|".join(_FORMS) + ")", re.I)
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2}|[a-z]{3,9})[/-](\d{1,2})(?=[/-])", re.I)
_ISO_TIME = re.compile(r"((?:19|20)\d\d-\d\d-\d\d)[T ](\d\d)(?::(\d\d))?")
_CENTURY_SPLIT = 69  # POSIX: two-digit years 69-99 are 19xx, 00-68 are 20xx


class Found(NamedTuple):
    """A date in a text at code points [start, end): month, and year and day where they are said."""

    start: int
    end: int
    year: int | None
    month: int
    day: int | None

    @property
    def value(self) -> str | None:
        """ISO 8601 to the precision that is said; None without a year."""
        return None if self.year is None else iso(self.year, self.month, self.day)


def iso(year: int, month: int, day: int | None) -> str:
    """``2024-01-25`` or ``2024-01``."""
    return f"{year:04}-{month:02}" + (f"-{day:02}" if day is not None else "")


def find_dates(text: str, start: int = 0, end: int | None = None) -> list[Found]:
    """Calendar dates in text[start:end], left to right; impossible ones (31 June) are left out."""
    stop = len(text) if end is None else end
    return [found for match in DATE.finditer(text, start, stop) if (found := _read(match)) is not None]


def match_date(text: str, at: int) -> Found | None:
    """The date that begins exactly at ``at``."""
    match = DATE.match(text, at)
    return None if match is None else _read(match)


def _read(match: re.Match[str]) -> Found | None:
    get = match.groupdict()
    if get["n5"]:
        first, second = int(get["n5"]), int(get["o5"])
        if first <= 12 and second <= 12 and first != second:
            return None
        month, day = (second, first) if first > 12 else (first, second)
        return _checked(match, get["y5"], month, day)
    for form in "123456":
        named = get.get("m" + form)
        if named:
            month = int(named) if named.isdigit() else MONTHS.get(named.lower().rstrip("."), 0)
            digits = get.get("d" + form)
            return _checked(match, get["y" + form], month, int(digits) if digits else None)
    return None


def _checked(match: re.Match[str], digits: str | None, month: int, day: int | None) -> Found | None:
    year = int(digits) if digits else None
    if year is not None and year < 100:
        year += 1900 if year >= _CENTURY_SPLIT else 2000
    if not exists(year or 2000, month, day or 1):  # 2000 is a leap year: 29 February without a year is possible
        return None
    return Found(match.start(), match.end(), year, month, day)


def exists(year: int, month: int, day: int) -> bool:
    """Whether there is such a day."""
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def in_address(address: str) -> str | None:
    """The date that a path spells, ``/2024/01/25/`` or ``/2016/nov/28/``, as ISO 8601."""
    for match in _IN_ADDRESS.finditer(address):
        month = int(match[2]) if match[2].isdigit() else MONTHS.get(match[2].lower(), 0)
        if exists(int(match[1]), month, int(match[3])):
            return iso(int(match[1]), month, int(match[3]))
    return None


def read_stamp(stamp: str) -> tuple[str, Precision] | None:
    """A date given as data (a row, a page's metadata, a mail header) with its precision; None when it is not understood."""
    stamp = stamp.strip()
    timed = _ISO_TIME.match(stamp)
    if timed is not None and exists(*map(int, timed[1].split("-"))) and int(timed[2]) < 24 and int(timed[3] or 0) < 60:
        return (f"{timed[1]}T{timed[2]}:{timed[3]}", "minute") if timed[3] else (f"{timed[1]}T{timed[2]}", "hour")
    if re.fullmatch(_YEAR, stamp):
        return stamp, "year"
    if re.fullmatch(rf"{_YEAR}-(?:0[1-9]|1[0-2])", stamp):
        return stamp, "month"
    for found in find_dates(stamp[:100]):
        if found.value is not None:
            return found.value, "day" if found.day is not None else "month"
    return None
