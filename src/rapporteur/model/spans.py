"""Spans: places in a text, after the W3C Web Annotation TextPosition and TextQuote selectors.

https://www.w3.org/TR/annotation-model/#text-position-selector
"""

from __future__ import annotations

from msgspec import Struct


class Span(Struct, frozen=True):
    """Half-open range [start, end) of Unicode code points in one report's text, with the characters that stand there."""

    start: int
    end: int
    exact: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """The span of ``text`` from ``start`` to ``end``; ValueError when the range is empty or outside the text."""
        if not 0 <= start < end <= len(text):
            raise ValueError(f"no span [{start}, {end}) in a text of {len(text)} characters")
        return cls(start, end, text[start:end])

    def stands_in(self, text: str) -> bool:
        """Whether ``exact`` is found at its place in ``text``."""
        return text[self.start : self.end] == self.exact

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one character (both into the same text)."""
        return self.start < other.end and other.start < self.end
