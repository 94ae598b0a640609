"""Dates as a reader of English expects them, cut to what is known of them."""

from __future__ import annotations

MONTHS = "January February March April May June July August September October November December".split()


def spoken(value: str | None) -> str:
    """ "2024-01-25" as "25 January 2024", "2024-01" as "January 2024", "2024-W04" and what is not a date unchanged."""
    if not value:
        return "undated"
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
