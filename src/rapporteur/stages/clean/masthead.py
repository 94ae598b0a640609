"""The outlet's own name where the page carries it: above the headline, in the post line, in the last line."""

from __future__ import annotations

import re

from rapporteur.stages.clean.dates import find_dates
from rapporteur.stages.clean.lines import Layout, Line
from rapporteur.stages.clean.outlets import known, looks_like_outlet

_SEPARATOR = re.compile(r"\s+(?:[|/»~·•*>-]|–|—)+\s+|\s*(?:\||»)\s*|,\s+(?=\d|[A-Z][a-z]+ \d)")
_PUBLISHED_IN = re.compile(r"^(?:published|posted|printed|appeared)\s+(?:in|at|on|by)\s+(?:the\s+)?", re.I)
_HOST = re.compile(r"(?:www\.)?[a-z0-9-]{2,40}(?:\.[a-z0-9-]{2,30}){1,3}$", re.I)
_ABBREVIATION = re.compile(r"\s*\(([A-Z]{2,8})\)$")
MASTHEAD_WORDS = 6


def find_outlet(layout: Layout, above: list[Line], below: list[Line]) -> tuple[str, Line] | None:
    """The outlet's name from furniture lines above the body and at the end; ``above`` holds no headline and no dateline."""
    for line in above:
        name = _name(line, first=line.number == 0)
        if name is not None:
            return name, line
    for line in reversed(below):
        name = _name(line, first=False)
        if name is not None and (_SEPARATOR.search(line.text) or line.number == layout.lines[-1].number):
            return name, line
    return None


def _name(line: Line, *, first: bool) -> str | None:
    if len(line.text) > 120 or line.sentence:
        return None
    words = _PUBLISHED_IN.sub("", line.text)
    part = _ABBREVIATION.sub("", _SEPARATOR.split(words)[0].strip(" |/»~·•*>-–—[]"))
    if not part or not part[0].isalnum() or len(part.split()) > MASTHEAD_WORDS:
        return None
    if find_dates(part) or part[:3].lower() == "by ":
        return None
    if _HOST.match(part):
        return part.lower().removeprefix("www.")
    if not _title_case(part):
        return None
    dated = _SEPARATOR.search(words) is not None and any(found.year for found in find_dates(words))
    if looks_like_outlet(part) or first or dated or len(words) < len(line.text):
        return _usual_case(part)
    return None


def _title_case(part: str) -> bool:
    """All words but the smallest begin with a capital, and at least one letter is there."""
    words = part.split()
    return any(c.isalpha() for c in part) and all(
        word[0].isupper() or word[0].isdigit() or word.lower() in ("of", "the", "and", "in", "for", "de", "del", "&")
        for word in words
    )


def _usual_case(part: str) -> str:
    """A masthead set in capitals as a name ("THE DAILY LEAF" -> "The Daily Leaf"); one word in capitals may be an
    abbreviation.
    """
    entry = known(part)
    if entry is not None:
        return entry.name
    words = part.split()
    if not part.isupper() or len(words) == 1:
        return part
    return " ".join(word.lower() if word in ("OF", "AND", "IN", "FOR") else word.capitalize() for word in words)
