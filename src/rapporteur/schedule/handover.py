"""From the board to the simulation: a record's ratings in place of a file's initial levels, traceable in the assumption sheet."""

from __future__ import annotations

from collections.abc import Sequence

from rapporteur.board.framework import ids
from rapporteur.board.initial import RatingRange, rating_ranges
from rapporteur.board.state import Board, board_of
from rapporteur.errors import ConfigurationError
from rapporteur.model.board import BoardEntry, entry_id
from rapporteur.schedule.scenario import BoardSource, Scenario
from rapporteur.schedule.standing import Standing, with_standings

LEVELS = 4
"""Levels of the scale that conditions of a schedule are on: 0 to 3."""


def with_ratings(scenario: Scenario, entries: Sequence[BoardEntry], as_of: str | None = None) -> Scenario:
    """The scenario with the levels that the record's board gives (as of a day, ISO 8601), those who rated being the basis.

    What nobody rated keeps what the file says. Where assessors dispute, or say "unknown", every level of the range is equally
    likely: none is chosen for them. ``ConfigurationError`` when the file does not say which ratings, or the framework does not
    fit; ``InputError`` when the record has no such framework.
    """
    source = scenario.board
    if source is None:
        raise ConfigurationError(
            f"{scenario.title}: the file does not say which ratings its initial levels come from; "
            "add 'board: {framework: ..., question: ...}', see docs/schedule.md"
        )
    board = board_of(entries, source.framework)
    _fits(board, source)
    ranges = rating_ranges(board, source.question, role=source.role, as_of=as_of)
    rated = {(r.condition, r.site): r for r in ranges if r.ratings}
    standings = []
    for row in scenario.initial:
        place = (source.conditions.get(row.condition, row.condition), source.sites.get(row.site, row.site))
        if place in rated:
            standings.append(_standing(board, source, (row.condition, row.site), rated[place]))
    return with_standings(scenario, standings)


def _fits(board: Board, source: BoardSource) -> None:
    framework, name = board.framework, board.framework.framework
    asked = {q.id for q in framework.questions}
    if source.question not in asked:
        raise ConfigurationError(f"board {name}: no question '{source.question}'; there are: {', '.join(sorted(asked))}")
    levels = len(framework.scale_of(source.question).levels)
    if levels != LEVELS:
        raise ConfigurationError(
            f"board {name}: '{source.question}' is answered on {levels} levels, conditions of a schedule are on {LEVELS}; "
            "rate them on a scale from 0 to 3"
        )
    for named, there in ((source.conditions, framework.conditions), (source.sites, framework.sites)):
        for ident in named.values():
            if ident not in {item.id for item in there}:
                raise ConfigurationError(f"board {name}: has no '{ident}'; there are: {ids(there)}")


def _standing(board: Board, source: BoardSource, cell: tuple[str, str], found: RatingRange) -> Standing:
    given: dict[str, dict[str, list[str]]] = {}
    span = f"{found.low}" if found.low == found.high else f"{found.low}-{found.high}"
    for rating in found.ratings:
        told = span if isinstance(rating.level, int) else rating.level
        given.setdefault(told, {}).setdefault(rating.as_of, []).append(rating.assessor)
    rated = "; ".join(
        f"rated {told} " + "; ".join(f"by {' and '.join(sorted(names))} on {day}" for day, names in sorted(days.items()))
        for told, days in sorted(given.items())
    )
    made = ", ".join(entry_id(rating) for rating in found.ratings)
    where = f"board {board.framework.framework}, version {board.framework.version}, question {source.question}"
    note = f"{found.note}: every level of the range equally likely" if found.level is None else ""
    label = "" if source.role == "analyst" else f" ({source.role})"
    last = max(rating.as_of for rating in found.ratings)
    return Standing(*cell, found.low, found.level, found.high, last, f"{rated}{label}; {where}; {made}", note)
