"""Publication dates with their precision and basis: given, the page's metadata, the dateline, lines near the headline,
the address.

A dateline without a year ("Jan. 25 (UPI)") is resolved only by other evidence: a full date beside it, in a caption above
it or in an address; it is then the first such day on or after that evidence. Without evidence it stays unresolved.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from rapporteur.model.report import Published
from rapporteur.stages.clean import dates
from rapporteur.stages.clean.credits import credited_addresses
from rapporteur.stages.clean.dateline import Found as FoundDateline
from rapporteur.stages.clean.lines import Layout, Line
from rapporteur.stages.clean.page import Page

HEAD_LINES = 14
POST_LINE_WORDS = 14  # a line that carries the date of publication is short; longer ones tell of events
_POSTED = re.compile(r"\b(?:posted|published|updated|filed|last modified|first published|created|date|issued|dated)\b", re.I)
BARS = re.compile(r"\s[|/·•~]\s")


class Dating(NamedTuple):
    """The publication date, the dateline's date completed (ISO 8601), and the line that carries the date."""

    published: Published | None
    dateline: str | None
    line: Line | None
    misread: str | None


def date_report(page: Page, layout: Layout, dateline: FoundDateline | None, before: int) -> Dating:
    """When the report was published, by the best evidence there is; ``before`` is the number of the body's first line."""
    stamp = dates.read_stamp(page.published) if page.published else None
    misread = page.published if page.published and stamp is None else None
    line, posted = _post_line(layout, before, dateline)
    from_address = dates.in_address(page.url or "")
    credited = next(filter(None, map(dates.in_address, credited_addresses(layout))), None)
    near = (stamp[0][:10] if stamp else None, posted.value if posted else None, from_address, credited)
    evidence = [value for value in near if value]
    said = dateline.date if dateline else None
    resolved = said.value if said else None
    if said is not None and said.year is None and said.day is not None:
        resolved = _resolve(said, evidence) or _after(said, _caption_dates(layout, before, said.start))
    if stamp is not None:
        return Dating(Published(stamp[0], stamp[1], page.basis), resolved, line, misread)
    if resolved is not None:
        return Dating(Published(resolved, "day" if len(resolved) == 10 else "month", "dateline"), resolved, line, misread)
    if posted is not None and posted.value is not None:
        return Dating(Published(posted.value, "day" if posted.day else "month", "text"), None, line, misread)
    if from_address is not None:
        return Dating(Published(from_address, "day", "metadata"), None, line, misread)
    if credited is not None:  # a copy is as old as what it was copied from, or a little younger
        return Dating(Published(credited, "day", "text"), None, line, misread)
    return Dating(None, None, line, misread)


def _post_line(layout: Layout, before: int, dateline: FoundDateline | None) -> tuple[Line | None, dates.Found | None]:
    """A short line near the headline with a full date: "Posted on November 26, 2006", "Jun 12, 2020", "The Leaf -
    December 2006".
    """
    best: tuple[Line, dates.Found] | None = None
    for line in layout.lines[: min(before, HEAD_LINES)]:
        if (dateline is not None and line is dateline.line) or line.words > POST_LINE_WORDS or line.prose:
            continue
        found = next((found for found in dates.find_dates(layout.text, line.start, line.end) if found.year is not None), None)
        if found is None:
            continue
        if _POSTED.search(line.text):
            return line, found
        # A headline may hold a date as well: the date must make up much of the line, or stand at one of its ends.
        if best is None and (
            found.end == line.end
            or found.start == line.start
            or BARS.search(line.text)
            or (found.end - found.start) * 2 > len(line.text)
        ):
            best = (line, found)
    return best if best is not None else (None, None)


def _resolve(said: dates.Found, evidence: list[str]) -> str | None:
    """The year of a day and month by the nearest full date: metadata lies within months of the dateline, in either
    direction.
    """
    for value in evidence:
        year = int(value[:4])
        if len(value) < 7:
            return None
        months = {year + step: abs((year + step - year) * 12 + said.month - int(value[5:7])) for step in (-1, 0, 1)}
        nearest = min(months, key=lambda candidate: months[candidate])
        if months[nearest] <= 2 and dates.exists(nearest, said.month, said.day or 1):
            return dates.iso(nearest, said.month, said.day)
    return None


def _caption_dates(layout: Layout, before: int, until: int) -> list[str]:
    """Full dates above the dateline: a caption's picture was taken before the report."""
    return [f.value for f in dates.find_dates(layout.text, 0, until) if f.value is not None and f.day is not None]


def _after(said: dates.Found, earlier: list[str]) -> str | None:
    """The first such day on or after the latest of the earlier dates."""
    if not earlier:
        return None
    latest = max(earlier)
    year = int(latest[:4])
    for candidate in (year, year + 1):
        value = dates.iso(candidate, said.month, said.day)
        if value >= latest and dates.exists(candidate, said.month, said.day or 1):
            return value
    return None
