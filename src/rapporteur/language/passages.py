"""Passages: what full-text search finds and an answer quotes, one sentence each."""

from __future__ import annotations

from collections.abc import Sequence

from rapporteur.language.sentences import paragraphs, sentences
from rapporteur.model.spans import Span

LONGEST = 2_000
"""Code points. What has no full stop for longer (tables, lists) is cut, so that a passage stays something a person can read."""


def passages(text: str, furniture: Sequence[Span] = ()) -> tuple[tuple[int, int], ...]:
    """Half-open code point ranges of the passages of ``text`` outside ``furniture`` (sorted spans), in text order."""
    found = (s for start, end in paragraphs(text, furniture) for s in sentences(text, start, end))
    return tuple((at, min(at + LONGEST, end)) for start, end in found for at in range(start, end, LONGEST))
