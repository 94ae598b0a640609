"""Datelines: the place, date and agency with which agency copy opens, on a line of their own or run in before the first
sentence.

    KINSHASA, April 9, 1997 (AFP) -        BAGHDAD (Reuters) -        Jan. 25 (UPI) --        TEHRAN –
    WASHINGTON, Jan 5 (IPS/GIN) -          SEOUL, Dec 14, 2006, 2006  Moscow, 5 March. /TASS/.   KARACHI, Dec 12 (NWIP):

A place in capitals needs a date, an agency or a dash after it; a place in small letters needs a date and a dash, or an agency.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from rapporteur.model.report import Dateline
from rapporteur.model.spans import Span
from rapporteur.stages.clean import dates
from rapporteur.stages.clean.lines import Layout, Line
from rapporteur.stages.clean.outlets import known, looks_like_outlet

# Unicode capitals without the cost of a regex library: Latin with marks is enough for place names in English reports.
_CAP = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪİĶŁŃŅŇŐŘŚŞŠŤŪŮŰŹŻŽ"
_CAPITAL_WORD = rf"[{_CAP}][{_CAP}'’.]*(?![a-zß-ÿ])"
_CAPITALS = re.compile(
    rf"{_CAPITAL_WORD}(?:(?:-|/| {{1,2}})(?:(?:de|la|del|da|do|al|el|an|ad|ed|of|on|upon)[ -])?{_CAPITAL_WORD}){{0,4}}"
)
_NAME = re.compile(rf"[{_CAP}][\w'’.-]{{1,24}}(?:[ -](?:(?:de|la|del|da|al|el|of|the|and)[ -])?[{_CAP}][\w'’.-]{{1,24}}){{0,3}}")
_REGION = re.compile(rf",\s*((?:[{_CAP}][\w.’'-]{{0,24}})(?:\s(?:(?:of|the|and)\s)*[{_CAP}][\w.’'-]{{1,24}}){{0,3}})")
_AGENCY = re.compile(r"[\s,.]*(?:\(([A-Za-z][\w .,&/'’+-]{0,60}?)\)|/([A-Z][A-Za-z -]{1,20})/)")
_DASH = re.compile(r"\s*(?:[-–—―−]{1,3}|\.\s*[-–—]{1,3}|::)(?:\s|(?=[\"“‘A-Z(]))")
_COLON = re.compile(r"\s*(?::|\.(?=\s))\s*")
_REPEATED_YEAR = re.compile(r",\s*(?:19|20)\d\d\b")
_GAP = re.compile(r"[\s,.]*")
# Labels in capitals that open lines as places do. Words of newsrooms and pages, not of geography.
LABELS = frozenset(
    """UPDATE UPDATED UPDATES WATCH EXCLUSIVE RELATED VIDEO PHOTOS PHOTO BREAKING URGENT LIVE ANALYSIS OPINION EDITORIAL
    CORRECTION RECAST ADVISORY FACTBOX TIMELINE INTERVIEW FEATURE ROUNDUP NEWSMAKER ALERT DEVELOPING MORE READ SEE ALSO
    NOTE EDITOR NEWS PREVIOUS NEXT SHARE ADVERTISEMENT CLICK SCROLL WARNING ATTENTION FLASH BULLETIN SUMMARY HIGHLIGHTS
    KEY""".split()
)
# Words in capitals that are no place when they stand alone, though places begin with some ("NEW YORK", "THE HAGUE").
NO_PLACES = LABELS | frozenset(
    """WORLD REPORT THE AN IN ON AT WHO WHAT WHY WHERE WHEN HOW BY FOR IT HE SHE WE THEY THIS THAT NEW UN US USA EU UK NATO OSCE
    IMF""".split()
)
TIMES = frozenset("GMT UTC EST EDT CET CEST BST MST PST IST AM PM".split())  # "(GMT)" is no agency
PLACE_WORDS = 3  # of a place with only a dash after it; headlines in capitals are longer
HEAD_LINES = 14  # lines searched: mastheads, share lines and captions stand above the dateline, rarely more than ten of them


class Found(NamedTuple):
    """A dateline, its line, the calendar date it holds (perhaps without a year), and where the text goes on."""

    dateline: Dateline
    line: Line
    date: dates.Found | None
    resumes: int


def find_dateline(layout: Layout) -> Found | None:
    """The first dateline among the opening lines: strict forms only, so that a line opening with a name is not taken for
    one.
    """
    for line in layout.lines[:HEAD_LINES]:
        found = _match(layout.text, line)
        if found is not None:
            return found
    return None


def _match(text: str, line: Line) -> Found | None:
    at = line.start
    place, capitals = None, False
    date = dates.match_date(text, at)
    if date is None:
        place_end, capitals = _place_end(text, line)
        if place_end > at:
            place = text[at:place_end]
            gap = _GAP.match(text, place_end)
            date = dates.match_date(text, gap.end()) if gap and gap.end() < line.end else None
            at = place_end
    if date is not None:
        at = date.end
        repeated = _REPEATED_YEAR.match(text, at, line.end)
        at = repeated.end() if repeated else at
    agency_match = _AGENCY.match(text, at, line.end)
    agency = _agency(agency_match) if agency_match else None
    if agency_match and agency:
        at = agency_match.end()
    end, resumes = _close(text, at, line, evidence=date is not None or agency is not None)
    if place is not None and looks_like_outlet(place):
        return None  # "HARBOUR PRESS (HP)" is a masthead
    if end is None or not _enough(place, date, agency, capitals=capitals, alone=end == line.end):
        return None
    value = date.value if date is not None else None
    dateline = Dateline(place.strip(" ,.") if place else None, value, agency, Span.of(text, line.start, end))
    return Found(dateline, line, date, resumes)


def _place_end(text: str, line: Line) -> tuple[int, bool]:
    """Where a place that opens the line ends (its start when there is none), and whether it stands in capitals."""
    for form, capitals in ((_CAPITALS, True), (_NAME, False)):
        match = form.match(text, line.start, line.end)
        if match is None or match.end() - match.start() < 3:
            continue
        name = match[0].rstrip(".") if capitals else match[0]
        if capitals and (name in NO_PLACES or name.split()[0] in LABELS or text[match.end() : match.end() + 1].isalnum()):
            continue
        end = line.start + len(name)
        for _ in range(2):  # "AL-ASAD AIR BASE, Anbar, Iraq"
            region = _REGION.match(text, end, line.end)
            if region is None or dates.match_date(text, region.start(1)) is not None:
                break
            end = region.end()
        return end, capitals
    return line.start, False


def _agency(match: re.Match[str]) -> str | None:
    name = (match[1] or match[2]).strip()
    # "(Reuters)", "(AFP/Xinhua)", "(NWIP)"; not "(30 miles)" or "(seven of them)".
    if known(name) is not None:
        return known(name).name  # type: ignore[union-attr]  # looked up on the line above
    if name in TIMES:
        return None
    first = re.split(r"[/,]", name)[0].strip()
    if known(first) is not None or (first.isupper() and 2 <= len(first) <= 8) or match[2]:
        return name
    words = name.split()
    return name if len(words) <= 5 and all(word[0].isupper() or word in ("of", "the", "&") for word in words) else None


def _close(text: str, at: int, line: Line, *, evidence: bool) -> tuple[int | None, int]:
    """End of the dateline and where the text goes on: at a dash, at a colon or full stop after a date or agency, at the
    line's end.
    """
    if not text[at : line.end].strip(" .,"):
        return (line.end, line.end) if evidence else (None, at)
    dash = _DASH.match(text, at, line.end)
    if dash:
        return _trimmed(text, at, dash.end()), dash.end()
    colon = _COLON.match(text, at, line.end) if evidence else None
    return (colon.end() - (colon.end() - len(text[: colon.end()].rstrip())), colon.end()) if colon else (None, at)


def _trimmed(text: str, at: int, end: int) -> int:
    while end > at and text[end - 1].isspace():
        end -= 1
    return end


def _enough(place: str | None, date: dates.Found | None, agency: str | None, *, capitals: bool, alone: bool) -> bool:
    if place is None:
        return agency is not None and date is not None  # "Jan. 25 (UPI) --"; a date alone is no dateline
    if capitals:
        return date is not None or agency is not None or len(place.partition(",")[0].split()) <= PLACE_WORDS
    if date is None:
        return agency is not None and known(agency) is not None
    return date.day is not None and (agency is not None or not alone)
