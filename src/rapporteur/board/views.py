"""What a board shows: counts per level, the minimum condition, the full matrix of assessors and conditions, agreement.

There is no mean and no index here. Levels are an order, not a measure: the distance from 0 to 1 is not that from 2 to 3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapporteur.board.agreement import Agreement, agreement
from rapporteur.board.disagreement import Disagreement, disagreements
from rapporteur.board.framework import WORDS_BESIDE, Framework
from rapporteur.board.state import Board, until
from rapporteur.model.board import Level, Rating

NEAREST = 1
"""Widest range of levels over which a median is stated; beyond it the board says that they dispute."""


@dataclass(frozen=True)
class Voice:
    """Who rates, as what, answering which question: only ratings of one voice are counted together."""

    assessor: str
    role: str
    question: str


@dataclass(frozen=True)
class Counts:
    """How often a voice gave each value: (name of the value, number), levels first, then unknown, not assessable, not rated."""

    voice: Voice
    scale: str
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Minimum:
    """The lowest level that a voice gave to core conditions, where; ``hidden`` places have no level and may lie lower."""

    voice: Voice
    level: str | None
    where: tuple[str, ...]
    hidden: tuple[str, ...]


@dataclass(frozen=True)
class Cell:
    """A condition at a site with the ratings that hold there. ``summary`` is "1 minimal", "median 1 to 2", "disputed: 1 v 3",
    "unknown" or "not rated"."""

    condition: str
    site: str
    kind: str
    ratings: tuple[Rating, ...]
    summary: str
    disagreements: tuple[Disagreement, ...]


@dataclass(frozen=True)
class Alpha:
    """Agreement among the assessors of one role on one question."""

    role: str
    question: str
    agreement: Agreement


@dataclass(frozen=True)
class BoardView:
    """All views on a board on a day. ``history`` has, per cell, every rating ever made, in order of the day it speaks of."""

    as_of: str | None
    known: str | None
    cells: tuple[Cell, ...]
    counts: tuple[Counts, ...]
    minima: tuple[Minimum, ...]
    alphas: tuple[Alpha, ...]
    history: tuple[tuple[str, Rating], ...]
    outdated: int


def view(board: Board, as_of: str | None = None, known: str | None = None) -> BoardView:
    """The views of a board as of a day (ISO 8601), from what was known by another; None: no bound."""
    standing = board.standing(as_of, known)
    voices = sorted({_voice(r) for r in standing}, key=lambda v: (v.question, v.role, v.assessor))
    history = [(ident, r) for ident, r in board.ratings.items() if until(r.as_of, as_of) and until(r.made, known)]
    return BoardView(
        as_of,
        known,
        tuple(_cell(board, c.id, s.id, c.kind, standing) for c, s in board.framework.cells),
        tuple(_counts(board.framework, voice, standing) for voice in voices),
        tuple(_minimum(board.framework, voice, standing) for voice in voices),
        tuple(_alphas(board.framework, standing)),
        tuple(sorted(history, key=lambda one: (one[1].as_of, one[1].made))),
        len(board.outdated),
    )


def _voice(rating: Rating) -> Voice:
    return Voice(rating.assessor, rating.role, rating.question)


def _cell(board: Board, condition: str, site: str, kind: str, standing: Sequence[Rating]) -> Cell:
    here = tuple(r for r in standing if (r.condition, r.site) == (condition, site))
    summary = summary_of(board.framework, here)
    return Cell(condition, site, kind, here, summary, disagreements(here, board.accepted()))


def summary_of(framework: Framework, ratings: Sequence[Rating]) -> str:
    """One cell in words. A median is stated only over one question, one role and a range of at most one level, and where it falls
    between two levels, it is both; everything else that differs is "disputed", lowest first."""
    known = sorted((r for r in ratings if isinstance(r.level, int)), key=lambda r: (_number(r.level), r.assessor))
    beside = [word for word in WORDS_BESIDE if any(r.level == word for r in ratings)]
    if not known:
        return ", ".join(beside) or "not rated"
    also = "".join(f"; {sum(r.level == word for r in ratings)} {word}" for word in beside)
    levels = [_number(r.level) for r in known]
    names = [framework.scale_of(r.question).name(r.level) for r in known]
    alike = len({(r.question, r.role) for r in known}) == 1
    if len(set(names)) == 1:
        return names[0] + also
    if alike and levels[-1] - levels[0] <= NEAREST:
        low, high = levels[(len(levels) - 1) // 2], levels[len(levels) // 2]
        return (f"median {low} to {high}" if low != high else f"median {low} ({levels[0]} to {levels[-1]})") + also
    if len({r.scale for r in known}) == 1:
        return "disputed: " + " v ".join(map(str, sorted(set(levels)))) + also
    return "disputed: " + " v ".join(dict.fromkeys(names)) + also


def _number(level: Level) -> int:
    assert isinstance(level, int), "only levels are ordered"
    return level


def _counts(framework: Framework, voice: Voice, standing: Sequence[Rating]) -> Counts:
    scale = framework.scale_of(voice.question)
    mine = [r for r in standing if _voice(r) == voice]
    asked = sum(voice.question in c.questions for c, _ in framework.cells)
    values: list[Level] = [*range(len(scale.levels)), *WORDS_BESIDE]
    counts = [(scale.name(v), sum(r.level == v for r in mine)) for v in values]
    return Counts(voice, scale.key, (*counts, ("not rated", asked - len(mine))))


def _minimum(framework: Framework, voice: Voice, standing: Sequence[Rating]) -> Minimum:
    scale = framework.scale_of(voice.question)
    given = {(r.condition, r.site): r.level for r in standing if _voice(r) == voice}
    core = [(c, s) for c, s in framework.cells if c.kind == "core" and voice.question in c.questions]
    levels = {f"{c.name}, {s.name}": given.get((c.id, s.id)) for c, s in core}
    known = {where: level for where, level in levels.items() if isinstance(level, int)}
    lowest = min(known.values(), default=None)
    return Minimum(
        voice,
        None if lowest is None else scale.name(lowest),
        tuple(where for where, level in known.items() if level == lowest),
        tuple(where for where in levels if where not in known),
    )


def _alphas(framework: Framework, standing: Sequence[Rating]) -> list[Alpha]:
    out = []
    for role, question in sorted({(r.role, r.question) for r in standing}):
        units: list[dict[str, int]] = []
        for condition, site in framework.cells:
            here = [r for r in standing if (r.condition, r.site, r.role, r.question) == (condition.id, site.id, role, question)]
            units.append({r.assessor: r.level for r in here if isinstance(r.level, int)})
        out.append(Alpha(role, question, agreement(units)))
    return out
