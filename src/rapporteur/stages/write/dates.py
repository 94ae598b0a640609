"""Dates as a reader of English expects them, cut to what is known of them."""

from __future__ import annotations

import re

MONTHS = "January February March April May June July August September October November December".split()
WEEKDAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
"""A day of the week, for patterns."""
WHOLE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
"""A day, month or year: what a table can show as a date. A week ("last week") is no single day."""
SEASONS = {"SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter"}
PARTS = {"Q": ("first", "second", "third", "fourth"), "H": ("first", "second")}
COARSE = re.compile(r"(\d{4})-(?:(SP|SU|FA|WI)|W(\d\d?)(?:-WE)?|([QH])([1-4]))|(\d{3})X?|(\d{4})s")


def _coarse(value: str) -> str | None:
    """A TIMEX3 season, week, quarter, half or decade in words; None when it is none of these."""
    found = COARSE.fullmatch(value)
    if found is None:
        return None
    year, season, week, part, which, decade, decade_words = found.groups()
    if season:
        return f"{SEASONS[season]} {year}"
    if week:
        return f"week {int(week)} of {year}"
    if part:
        name = "quarter" if part == "Q" else "half"
        ordinals = PARTS[part]
        return f"{ordinals[int(which) - 1]} {name} of {year}" if int(which) <= len(ordinals) else None
    return f"{decade}0s" if decade else f"{decade_words}s"


def spoken(value: str | None) -> str:
    """ "2024-01-25" as "25 January 2024", "2024-01" as "January 2024", "2023-FA" as "autumn 2023"; else unchanged."""
    if not value:
        return "undated"
    coarse = _coarse(value)
    if coarse:
        return coarse
    parts = value.split("T")[0].split("-")
    if not all(p.isdigit() for p in parts) or len(parts[0]) != 4 or len(parts) > 3:
        return value
    if len(parts) == 1:
        return parts[0]
    month = int(parts[1])
    if not 1 <= month <= 12:
        return value
    day = f"{int(parts[2])} " if len(parts) == 3 else ""
    return f"{day}{MONTHS[month - 1]} {parts[0]}"


def short(value: str | None) -> str:
    """As ``spoken`` with the month cut to three letters, for tables and pictures."""
    words = spoken(value).split()
    return " ".join(w[:3] if w in MONTHS else w for w in words)


_MONTH = "|".join(f"{m[:3]}(?:{m[3:]}|t)?" if m == "September" else f"{m[:3]}(?:{m[3:]})?" for m in MONTHS)
NAMED_DAY = re.compile(rf"\b(?:({_MONTH})\.? (\d{{1,2}})(?!\d)|(\d{{1,2}}) ({_MONTH}))\b")
RELATIVE = re.compile(
    rf"\b(?:{WEEKDAY}|today|tonight|yesterday|tomorrow|later|earlier|before|after|previous|following)\b",
    re.IGNORECASE,
)


def contradicts(sentence: str, day: str) -> bool:
    """Whether ``sentence`` names days of months ("Nov. 11"), none of them the ISO ``day``, and nothing that could lead from one
    to the other ("the Friday after")."""
    named = [(m[1] or m[4], int(m[2] or m[3])) for m in NAMED_DAY.finditer(sentence)]
    if not named or RELATIVE.search(sentence):
        return False
    month, number = MONTHS[int(day[5:7]) - 1], int(day[8:10])
    return (month[:3], number) not in [(name[:3], n) for name, n in named]
