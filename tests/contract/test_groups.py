"""What every store must keep of reconciling between runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rapporteur.store.groups_base import GroupStore, Key, Kin, Regrouped, Row
from rapporteur.store.standing_base import StandingStore
from rapporteur.store.standing_records import WHOLE, Change, State, Told
from tests.contract.stores import STORES
from tests.contract.test_standing import took

LARGE = (1 << 63) - 1


@pytest.fixture(params=STORES)
def standing(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[StandingStore]:
    with STORES[request.param](tmp_path) as opened:
        yield opened.standing()


def write(standing: StandingStore, grouped: Regrouped, scope: str = WHOLE) -> GroupStore:
    assert standing.change(scope, Change(State("v1", 1, 0, 3), grouped=grouped), standing.state(scope))
    return standing.groups(scope)


def row(number: int, report: str = "r1", leader: int | None = None) -> Row:
    return Row(number, report, number if leader is None else leader, 0.25, f"item {number}".encode())


def test_what_stands_around_a_place(standing: StandingStore) -> None:
    places = [(10, 7), (10, 8), (20, 1), (30, 5), (31, 6), (40, 2), (LARGE, LARGE)]
    groups = write(standing, Regrouped(keys=tuple(Key(k, place, n) for k in (3, LARGE) for place, n in places)))
    found = groups.stretches([(3, 30), (LARGE, 10), (4, 30)], 5, 2)
    # At least as many as asked for before and after; those that share the last place come together.
    assert found[3, 30] == places
    assert found[LARGE, 10] == places[:4]
    assert (4, 30) not in found


def test_of_many_keys_each_has_its_own(standing: StandingStore) -> None:
    lines = {k: list(range(k % 7)) for k in range(230)}
    groups = write(standing, Regrouped(keys=tuple(Key(k, place, place) for k, line in lines.items() for place in line)))
    found = groups.stretches([(k, 3) for k in lines], 1, 2)
    expected = {k: [*line[:3][-2:], *line[3:6]] for k, line in lines.items() if line}
    assert found == {(k, 3): [(n, n) for n in line] for k, line in expected.items()}


def test_items_are_found_by_number_report_and_group(standing: StandingStore) -> None:
    one, two, three = row(1), row(2, "r2", 1), row(3, "r2")
    groups = write(standing, Regrouped((one, two, three)))
    assert sorted(groups.rows([1, 3, 9]), key=lambda r: r.number) == [one, three]
    assert sorted(groups.rows_of(["r2"]), key=lambda r: r.number) == [two, three]
    assert sorted(groups.members([1]), key=lambda r: r.number) == [one, two]
    moved = row(2, "r2", 3)
    groups = write(standing, Regrouped((moved,), gone=(1,)))
    assert (groups.members([1]), groups.rows([1])) == ([], [])
    assert sorted(groups.members([3]), key=lambda r: r.number) == [moved, three]


def test_what_goes_takes_its_keys_along(standing: StandingStore) -> None:
    write(standing, Regrouped((row(1), row(2)), (Key(5, 10, 1), Key(5, 11, 2))))
    groups = write(standing, Regrouped(gone=(1,)))
    assert groups.stretches([(5, 10)], 5, 3) == {(5, 10): [(11, 2)]}
    groups = write(standing, Regrouped((row(1),), (Key(5, 12, 1),), gone=(1,)))
    assert groups.stretches([(5, 10)], 5, 3) == {(5, 10): [(11, 2), (12, 1)]}


def test_what_reports_lead_to(standing: StandingStore) -> None:
    one, two, three = Kin("r1", "o-1", b"1"), Kin("r2", None, b"2"), Kin("r3", "o-1", b"3")
    groups = write(standing, Regrouped(kin=(one, two, three)))
    assert groups.kin(["r2", "r9"]) == [two]
    assert groups.origins() == 1
    assert write(standing, Regrouped(kin=(Kin("r3", "o-3", b"4"),))).origins() == 2


def test_reports_told_anew_wait_for_the_next_update(standing: StandingStore) -> None:
    told = Change(State("v1", 1, 0, 3), told=(Told("r2", (took("r2", "r1"),), ()), Told("r3", (), ())))
    assert standing.change(WHOLE, told, None)
    assert standing.change(WHOLE, told, standing.state())
    assert standing.groups(WHOLE).waiting() == ["r2", "r3"]
    assert write(standing, Regrouped()).waiting() == []


def test_anew_forgets_what_was_kept_in_this_scope(standing: StandingStore) -> None:
    kept = Regrouped((row(1),), (Key(5, 10, 1),), kin=(Kin("r1", "o-1", b""),))
    write(standing, kept)
    write(standing, kept, "Lesk")
    groups = write(standing, Regrouped((row(2),), anew=True))
    assert [r.number for r in groups.rows([1, 2])] == [2]
    assert (groups.stretches([(5, 10)], 5, 3), groups.origins()) == ({}, 0)
    assert [r.number for r in standing.groups("Lesk").rows([1, 2])] == [1]
