"""Quotations: which stretches of a text stand between quotation marks, also over several paragraphs.

Curly marks say by themselves whether they open or close. Straight marks ('"', "''") open when they follow a space or the start
of a paragraph and stand before a word; between two spaces, and wherever that contradicts what is open, they take turns. A
quotation never runs past its paragraph unless the next one begins with an opening mark again, as is the custom in English
for long quotations: then both are parts of one.
"""

from __future__ import annotations

from typing import NamedTuple

from rapporteur.language.base import Parsed
from rapporteur.stages.extract.statements.tree import Range

_OPEN = frozenset("“„«")
_CLOSE = frozenset("”»")
_DOUBLE = frozenset({'"', "''", "``", "“", "”", "„", "«", "»"})
_SINGLE = frozenset({"‘", "’", "'", "`"})


class Quotation(NamedTuple):
    """Tokens [first, last) with the marks; ``continues``: the next quotation is the next paragraph of the same one."""

    first: int
    last: int
    closed: bool
    continues: bool

    @property
    def inner(self) -> Range:
        """Token range between the marks."""
        return self.first + 1, self.last - 1 if self.closed else self.last


def quotations(parsed: Parsed) -> list[Quotation]:
    """All quotations in text order; quotations inside quotations are part of the outer one. Linear in the text."""
    words = parsed.words
    found: list[Quotation] = []
    for first, last in parsed.paragraphs:
        marks = [i for i in range(first, last) if words[i] in _DOUBLE]
        if not marks:
            found.extend(_paired(parsed, first, _single_marks(parsed, first, last), last))
        else:
            found.extend(_paired(parsed, first, marks, last))
    for k in range(len(found) - 1):
        here, after = found[k], found[k + 1]
        if not here.closed and _starts_paragraph(parsed, after.first):
            found[k] = here._replace(continues=True)
    return found


def _paired(parsed: Parsed, first: int, marks: list[int], last: int) -> list[Quotation]:
    found: list[Quotation] = []
    opened: int | None = None
    for mark in marks:
        side = _side(parsed, mark, first)
        if opened is None:
            if side != "close":
                opened = mark
        elif side != "open":
            if mark > opened + 1:
                found.append(Quotation(opened, mark + 1, closed=True, continues=False))
            opened = None
        else:  # opened again before it was closed: the earlier mark was stray
            opened = mark
    if opened is not None and opened + 1 < last:
        goes_on = last < len(parsed.words) and parsed.words[last] in _DOUBLE
        if _starts_paragraph(parsed, opened) or goes_on:
            found.append(Quotation(opened, last, closed=False, continues=False))
        else:  # a mark left open inside a paragraph: trust it only to the end of its sentence
            end = parsed.sentences[parsed.sentence_at[opened]][1]
            found.append(Quotation(opened, end, closed=False, continues=end == last))
    return found


def _side(parsed: Parsed, mark: int, first: int) -> str:
    word = parsed.words[mark]
    if word in _OPEN or word in ("``", "‘"):
        return "open"
    if word in _CLOSE:
        return "close"
    text, start, end = parsed.text, parsed.starts[mark], parsed.ends[mark]
    space_before = mark == first or start == 0 or text[start - 1].isspace() or text[start - 1] in "([—–-"
    space_after = end >= len(text) or text[end].isspace()
    if space_before == space_after:
        return "either"
    return "open" if space_before else "close"


def _single_marks(parsed: Parsed, first: int, last: int) -> list[int]:
    """Single marks that quote; apostrophes of genitives and contractions do not."""
    words, tags = parsed.words, parsed.tags
    return [i for i in range(first, last) if words[i] in _SINGLE and tags[i] != "POS"]


def _starts_paragraph(parsed: Parsed, token: int) -> bool:
    sentence = parsed.sentence_at[token]
    start = parsed.sentences[sentence][0]
    if token != start:
        return False
    before = parsed.ends[token - 1] if token else 0
    return token == 0 or "\n" in parsed.text[before : parsed.starts[token]]
