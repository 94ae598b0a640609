"""What a record's account holds beside findings: its boards, and its schedules compared."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from msgspec.structs import replace

from rapporteur.board.evidence import Evidence
from rapporteur.board.shown import board_data
from rapporteur.board.state import board_of, frameworks
from rapporteur.errors import RapporteurError
from rapporteur.model.account import Account
from rapporteur.model.board import BoardEntry, ScheduleText
from rapporteur.model.board_view import BoardData
from rapporteur.model.comparison import Comparison
from rapporteur.model.reading import Reading
from rapporteur.model.report import Issue
from rapporteur.schedule.compare import compare
from rapporteur.schedule.handover import with_ratings
from rapporteur.schedule.scenario import loads


def with_parts(account: Account, entries: Sequence[BoardEntry], readings: Sequence[Reading], as_of: str | None) -> Account:
    """``account`` with the boards that anybody has used and the schedules that are kept, as of a day.

    ``readings`` are those of the account. A schedule that cannot be compared is an issue of the account; the others are there.
    """
    evidence = Evidence(readings, account.findings)
    boards: list[BoardData] = []
    schedules: list[Comparison] = []
    issues = []
    for given in frameworks(entries).values():
        try:
            boards.append(board_data(board_of(entries, given.framework), evidence, as_of=as_of))
        except RapporteurError as error:
            issues.append(Issue("board", given.file, f"{error}; the account is without this board"))
    for kept in schedules_of(entries):
        try:
            schedules.append(compared(kept, entries, as_of))
        except RapporteurError as error:
            issues.append(Issue("schedule", kept.file, f"{error}; the account is without this schedule"))
    return replace(
        account,
        boards=tuple(data for data in boards if data.ratings or data.observations),
        schedules=tuple(schedules),
        issues=(*account.issues, *issues),
    )


def schedules_of(entries: Sequence[BoardEntry]) -> list[ScheduleText]:
    """The schedules that a record keeps: the last of each name, without those that were withdrawn."""
    last = {entry.schedule: entry for entry in entries if isinstance(entry, ScheduleText)}
    return [entry for entry in last.values() if entry.shown]


def compared(kept: ScheduleText, entries: Sequence[BoardEntry], as_of: str | None = None) -> Comparison:
    """A kept schedule compared, its initial levels from the record's board where its file asks for that (as of a day)."""
    rated = tuple(entry for entry in entries if not isinstance(entry, ScheduleText))
    return _compared(kept, rated, as_of)


@lru_cache(maxsize=8)
def _compared(kept: ScheduleText, entries: tuple[BoardEntry, ...], as_of: str | None) -> Comparison:
    """Remembered: 100,000 runs take a second and a half, and a desk shows the same account many times."""
    scenario = loads(kept.text, kept.file)
    if scenario.board is not None and scenario.board.framework in frameworks(entries):
        scenario = with_ratings(scenario, entries, as_of)
    return compare(scenario, runs=kept.runs, seed=kept.seed)
