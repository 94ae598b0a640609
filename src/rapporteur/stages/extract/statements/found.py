"""What the readers of constructions hand on: one cue with its source and content, in tokens."""

from __future__ import annotations

from typing import NamedTuple

from rapporteur.stages.extract.statements.tree import Range


class Found(NamedTuple):
    """A cue with what it carries, in token ranges. ``head`` is the cue word; ``frame`` the construction (data/cues.txt)."""

    head: int
    cue: Range
    source: Range | None
    content: tuple[Range, ...]
    frame: str
