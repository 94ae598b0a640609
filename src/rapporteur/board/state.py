"""A board as it stands: one framework with its observations and ratings, folded from the entries that were added."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapporteur.board.framework import Framework
from rapporteur.board.load import loads
from rapporteur.errors import InputError
from rapporteur.model.board import BoardEntry, FrameworkText, Observation, Rating, ScheduleText, entry_id


@dataclass(frozen=True)
class Board:
    """``observations`` by id, the last decision on each; ``ratings`` by id, in the order in which they were made, those too that
    later ones superseded. ``outdated`` are ratings on what the framework no longer has: another scale version, a condition or
    site that is gone; they are told apart and never mixed with the others."""

    framework: Framework
    observations: Mapping[str, Observation]
    ratings: Mapping[str, Rating]
    outdated: Mapping[str, Rating]

    def accepted(self) -> dict[str, Observation]:
        """Observations that a person accepted."""
        return {ident: o for ident, o in self.observations.items() if o.decision == "accepted"}

    def standing(self, as_of: str | None = None, known: str | None = None) -> tuple[Rating, ...]:
        """Ratings that hold for the day ``as_of``, as far as they were made by ``known`` (both ISO 8601, a day, month or year;
        None: no bound): the last of each assessor in each role on each condition, site and question, without those superseded."""
        seen = {ident: r for ident, r in self.ratings.items() if until(r.as_of, as_of) and until(r.made, known)}
        superseded = {r.supersedes for r in seen.values()}
        last: dict[tuple[str, ...], Rating] = {}
        for ident, rating in seen.items():
            if ident in superseded:
                continue
            key = (rating.condition, rating.site, rating.question, rating.assessor, rating.role)
            before = last.get(key)
            if before is None or before.as_of <= rating.as_of:
                last[key] = rating
        return tuple(last.values())


def until(day: str, bound: str | None) -> bool:
    """Whether ``day`` (ISO 8601) lies no later than the end of ``bound``, which may be a day, a month or a year."""
    return bound is None or day[: len(bound)] <= bound


def frameworks(entries: Iterable[BoardEntry]) -> dict[str, FrameworkText]:
    """The last version of each framework of a record, by id."""
    return {e.framework: e for e in entries if isinstance(e, FrameworkText)}


def chosen(entries: Sequence[BoardEntry], name: str | None = None) -> FrameworkText:
    """The framework called ``name``, or the only one; ``InputError`` when there is none, or several to choose from."""
    there = frameworks(entries)
    if not there:
        raise InputError("board", "--record", "holds no framework", "add one: rapporteur board init FRAMEWORK --record FILE")
    if name is None and len(there) == 1:
        return next(iter(there.values()))
    if name is None or name not in there:
        reason = "several frameworks are in the record" if name is None else f"no framework '{name}' in the record"
        raise InputError("board", "--framework", reason, f"name one of: {', '.join(there)}")
    return there[name]


def board_of(entries: Sequence[BoardEntry], name: str | None = None) -> Board:
    """The board of the framework called ``name`` (None: the only one)."""
    given = chosen(entries, name)
    framework = loads(given.text, given.file)
    observations: dict[str, Observation] = {}
    ratings: dict[str, Rating] = {}
    outdated: dict[str, Rating] = {}
    places = {(c.id, s.id, q) for c, s in framework.cells for q in c.questions}
    scales = {q.id: framework.scale_of(q.id).key for q in framework.questions}
    for entry in entries:
        if isinstance(entry, ScheduleText) or entry.framework != framework.framework:
            continue
        if isinstance(entry, Observation):
            observations[entry_id(entry)] = entry
        elif isinstance(entry, Rating):
            fits = (entry.condition, entry.site, entry.question) in places and scales[entry.question] == entry.scale
            (ratings if fits else outdated)[entry_id(entry)] = entry
    return Board(framework, observations, ratings, outdated)
