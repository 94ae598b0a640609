"""Bylines: "By Jane Doe and John Roe", "By JANE DOE, Staff Writer", "Posted by desk on ...", "Jane Doe reports"."""

from __future__ import annotations

import re

from rapporteur.stages.clean.lines import Layout, Line
from rapporteur.stages.clean.outlets import known

_NAME = r"(?:[A-ZÀ-Þ][\w.'’-]*|(?:de|del|van|von|der|den|al|el|bin|ibn|da|dos|la|le|ter)(?=\s))"
_PERSON = rf"{_NAME}(?:[ ]{_NAME}){{0,4}}"
_BYLINE = re.compile(
    rf"(?:(?:Written|Posted|Reported|Published|Submitted|Story)\s+)?[Bb](?:y|Y):?\s+({_PERSON}(?:(?:,\s+(?:and\s+)?|\s+and\s+|\s*&\s*){_PERSON}){{0,5}})"
)
_AUTHOR = re.compile(rf"(?:Author|Reporter|Writer|Correspondent)s?:\s*({_PERSON}(?:(?:,\s+|\s+and\s+){_PERSON}){{0,5}})")
_BETWEEN = re.compile(r",\s+and\s+|,\s+|\s+and\s+|\s*&\s*")
_ROLES = frozenset(
    """writer staff reporter correspondent editor contributor press news agency service bureau desk columnist analyst times post
    associated special team newsroom chief international foreign world senior political national programme program
    council organization organisation ministry committee""".split()
)
LONGEST = 140
HEAD_LINES = 14


def find_byline(layout: Layout, before: int) -> tuple[tuple[str, ...], Line] | None:
    """Names and their line, among the lines above line ``before``."""
    for line in layout.lines[: min(before, HEAD_LINES)]:
        if len(line.text) <= LONGEST and (names := read_byline(line.text)):
            return names, line
    return None


def read_byline(words: str) -> tuple[str, ...]:
    """The persons a byline names; roles, desks and outlets are left out."""
    match = _BYLINE.match(words) or _AUTHOR.match(words)
    if match is None:
        return ()
    # What follows the names must be apart from them: an end, a comma, a bar, a date. "By Friday the troops had ..." is a
    # sentence.
    rest = words[match.end() :].lstrip()
    if rest and not rest.startswith((",", "|", "·", "•", "-", "–", "—", "(", "/", ";", "on ", "at ", "for ")):
        return ()
    return tuple(name for name in _BETWEEN.split(match[1]) if is_person(name))


def is_person(name: str) -> bool:
    """Two words or more, none of them an office, an outlet, or an abbreviation among words in small letters ("UN Food
    Programme").
    """
    words = name.replace(".", "").split()
    if len(words) < 2 or any(word.lower() in _ROLES for word in words) or known(name) is not None:
        return False
    return name.isupper() or not any(len(word) > 1 and word.isupper() for word in words)
