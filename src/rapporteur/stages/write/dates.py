"""Dates as a reader of English expects them, cut to what is known of them."""

from __future__ import annotations

import re

MONTHS = "January February March April May June July August September October November December".split()


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
