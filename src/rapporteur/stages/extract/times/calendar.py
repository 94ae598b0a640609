"""Calendar arithmetic on TIMEX3 values (TimeML 1.2.1): which days a value covers, and what lies some units away from it."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

SEASONS = {"WI": 12, "SP": 3, "SU": 6, "FA": 9}
"""First month of the meteorological season on the northern hemisphere; winter runs into the next year."""

_VALUE = re.compile(
    r"(?P<y>\d{4})(?:-(?:(?P<m>\d\d)(?:-(?P<d>\d\d))?|W(?P<w>\d\d)(?P<we>-WE)?|Q(?P<q>[1-4])|H(?P<h>[12])|(?P<s>WI|SP|SU|FA)))?(?:T.*)?$"
)


def iso_week(day: date) -> str:
    """``1998-W07``: year and week after ISO 8601."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def add_months(day: date, months: int) -> date | None:
    """``day`` moved by whole months, its day cut to the length of the month; None outside the years 1 to 9999."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_days(day: date, days: int) -> date | None:
    """``day`` moved by days; None outside the years 1 to 9999."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def move(day: date, amount: int, unit: str) -> date | None:
    """``day`` moved by ``amount`` units: D W M Q Y DE CE (a decade and a century, as TimeML writes them)."""
    if abs(amount) > 1_000_000:
        return None
    if unit in ("D", "W"):
        return add_days(day, amount * (7 if unit == "W" else 1))
    return add_months(day, amount * {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}[unit])


def at(day: date, unit: str) -> str:
    """The value of the unit that ``day`` lies in: ``1998-02-13``, ``1998-W07``, ``1998-02``, ``1998-Q1``, ``1998``, ``199``."""
    if unit == "D":
        return day.isoformat()
    if unit == "W":
        return iso_week(day)
    if unit == "M":
        return f"{day.year:04d}-{day.month:02d}"
    if unit == "Q":
        return f"{day.year:04d}-Q{(day.month + 2) // 3}"
    return f"{day.year:04d}"[: {"Y": 4, "DE": 3, "CE": 2}[unit]]


@lru_cache(4096)
def extent(value: str) -> tuple[date, date] | None:
    """First and last day covered by a date value; None when it is not fully resolved (``XXXX-10``, ``PRESENT_REF``, ``P3M``)."""
    try:
        if value.isdigit() and value.isascii() and len(value) < 4:
            unit = 10 ** (4 - len(value))
            first = int(value) * unit
            return date(max(first, 1), 1, 1), date(first + unit - 1, 12, 31)
        m = _VALUE.match(value)
        return _extent(m) if m else None
    except (ValueError, OverflowError):
        return None


def _extent(m: re.Match[str]) -> tuple[date, date]:
    year = int(m["y"])
    if m["d"]:
        day = date(year, int(m["m"]), int(m["d"]))
        return day, day
    if m["w"]:
        monday = date.fromisocalendar(year, int(m["w"]), 1)
        return monday + timedelta(days=5 if m["we"] else 0), monday + timedelta(days=6)
    first, months = 1, 12
    if m["m"]:
        first, months = int(m["m"]), 1
    elif m["q"]:
        first, months = int(m["q"]) * 3 - 2, 3
    elif m["h"]:
        first, months = int(m["h"]) * 6 - 5, 6
    elif m["s"]:
        first, months = SEASONS[m["s"]], 3
    begin = date(year, first, 1)
    after = add_months(begin, months)
    return begin, (after - timedelta(days=1)) if after else date(9999, 12, 31)


def unit_of(value: str) -> str | None:
    """The unit a date value is precise to: D W M Q Y DE CE; None when it is not resolved."""
    if extent(value) is None:
        return None
    head = value.partition("T")[0]
    if len(head) < 4:
        return "DE" if len(head) == 3 else "CE"
    if "Q" in head:
        return "Q"
    if "W" in head and "WI" not in head:
        return "W"
    return {4: "Y", 7: "M", 10: "D"}.get(len(head), "Q")


def shifted(value: str, amount: int, unit: str) -> str | None:
    """The value ``amount`` units away, at the coarser precision of the two ("a year before 1989-Q3" is a quarter)."""
    covered = extent(value)
    own = unit_of(value)
    if covered is None or own is None:
        return None
    day = move(covered[0], amount, unit)
    if day is None:
        return None
    head = value.partition("T")[0]
    if unit == "Y" and len(head) > 4:
        if own == "W":
            return at(day, "W")
        return f"{day.year:04d}{head[4:]}" if own != "D" else day.isoformat()
    order = "D W M Q Y DE CE".split()
    return at(day, max(own, unit, key=order.index))


def easter(year: int) -> date:
    """Western Easter Sunday (anonymous Gregorian computus)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    rest = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * rest) // 451
    month, day = divmod(h + rest - 7 * m + 114, 31)
    return date(year, month, day + 1)
