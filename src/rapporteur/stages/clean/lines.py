"""A text as lines with the few features that tell body, headline and furniture apart, and where the body begins and ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

# A sentence's end, with closing quotes, brackets and a footnote mark or an agency tag after it.
_END = re.compile(r"[.!?…][\"”’'»)\]*]*(?:\s*\([A-Za-z/ .&-]{2,30}\))?\s*$")
_BULLET = re.compile(r"(?:[-–—•*◆▪●·‣+]|\d{1,2}[.)])\s+")
LONG = 160  # characters: no line of page furniture in the saved pages looked at was longer, but for legal notices
LEAD_IN = 8  # words before a colon: "Following are the results of ...:" opens a table, "Related stories:" a list of links
SHORT_SENTENCE = 6  # words: "Read more." and "All rights reserved." end like sentences


@dataclass(frozen=True, slots=True)
class Line:
    """One non-empty line: code points [start, end) without outer spaces; ``gap_before``: an empty line stands above it."""

    number: int
    start: int
    end: int
    text: str
    gap_before: bool
    gap_after: bool
    words: int
    sentence: bool
    bullet: bool

    @property
    def prose(self) -> bool:
        """Running text by its form: a sentence of some length, or too long for anything else."""
        if self.text[-1] == ":" and self.words >= LEAD_IN:
            return True
        return (self.sentence and self.words >= SHORT_SENTENCE) or len(self.text) >= LONG


@dataclass(frozen=True)
class Layout:
    """The lines of a text."""

    text: str
    lines: tuple[Line, ...]

    @cached_property
    def first_prose(self) -> int:
        """Number of the first line of running text; the number of lines when there is none."""
        return next((line.number for line in self.lines if line.prose), len(self.lines))


def lay_out(text: str) -> Layout:
    """The text cut into lines. Only \\n ends a line (readers have made it so)."""
    lines: list[Line] = []
    position, gap = 0, True
    raw = text.split("\n")
    for i, piece in enumerate(raw):
        stripped = piece.strip()
        if stripped:
            start = position + len(piece) - len(piece.lstrip())
            gap_after = i + 1 >= len(raw) or not raw[i + 1].strip()
            lines.append(_line(len(lines), start, stripped, (gap, gap_after)))
        gap = not stripped
        position += len(piece) + 1
    return Layout(text, tuple(lines))


def _line(number: int, start: int, stripped: str, gaps: tuple[bool, bool]) -> Line:
    # Beyond the length of any furniture the number of words is of no use to anyone.
    words = LONG if len(stripped) > 4 * LONG else len(stripped.split())
    return Line(
        number=number,
        start=start,
        end=start + len(stripped),
        text=stripped,
        gap_before=gaps[0],
        gap_after=gaps[1],
        words=words,
        sentence=_END.search(stripped, max(0, len(stripped) - 60)) is not None,
        bullet=_BULLET.match(stripped) is not None,
    )
