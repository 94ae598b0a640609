from __future__ import annotations

import numpy as np
import pytest

from rapporteur.model.lineage import Derivation
from rapporteur.model.reading import Reading
from rapporteur.model.report import Report
from rapporteur.stages.link.graph import derivations
from rapporteur.stages.link.incremental import Added, link_one
from rapporteur.stages.link.index import STOP, KeySet, MemoryIndex, candidates, keys
from rapporteur.stages.link.profile import Profile, profile
from tests.link.invented import everything, hop, other, repost, rewrite, trim, wire


def key_set(*values: int) -> KeySet:
    return KeySet(np.array(values, np.uint64), np.full(len(values), 200, np.int64))


@pytest.mark.parametrize("at_once", [0, 3, 8])
def test_adding_later_is_the_same_as_at_once(at_once: int) -> None:
    sets = {f"r{i}": key_set(i, i + 1, 7, *range(100 * i, 100 * i + 20)) for i in range(9)}
    names = list(sets)
    index = MemoryIndex((n, sets[n].keys) for n in names[:at_once])
    for name in [*names[at_once:], names[0]]:
        index.add(name, sets[name].keys)
    whole = MemoryIndex((n, k.keys) for n, k in sets.items())
    assert len(index) == len(whole) == 9
    for name, asked in sets.items():
        assert candidates(asked, index, name) == candidates(asked, whole, name)
    assert "r4" in candidates(sets["r3"], index, "r3")


def test_many_additions_are_sorted_in() -> None:
    index = MemoryIndex()
    for i in range(300):
        index.add(f"r{i}", np.arange(1000 * i, 1000 * i + 1000, dtype=np.uint64))
    assert candidates(key_set(5000, 5001), index, "x") == ["r5"]


def test_a_key_that_all_have_is_passed_over() -> None:
    index = MemoryIndex((f"r{i}", np.array([1, 1000 + i], np.uint64)) for i in range(STOP + 1))
    assert candidates(key_set(1, 1003), index, "x") == ["r3"]
    index.add("late", np.array([1003], np.uint64))
    assert candidates(key_set(1, 1003), index, "x") == ["late", "r3"]


def test_an_empty_index_and_an_empty_question() -> None:
    assert candidates(key_set(1), MemoryIndex(), "x") == []
    assert candidates(key_set(), MemoryIndex([("a", np.array([1], np.uint64))]), "x") == []


def test_retellings_of_every_kind_come_up() -> None:
    made = {r.report.id: keys(profile(r)) for r in everything()}
    index = MemoryIndex((r, k.keys) for r, k in made.items())
    for retelling in ("repost", "trim", "rewrite", "hop", "update"):
        assert "wire" in candidates(made[retelling], index, retelling)


class Shelf:
    def __init__(self, *readings: Reading) -> None:
        self.index = MemoryIndex()
        self.reports: dict[str, Report] = {}
        self.profiles: dict[str, Profile] = {}
        self.found: dict[str, tuple[Derivation, ...]] = {}
        for reading in readings:
            self.add(reading)

    def profile(self, report: str) -> Profile:
        return self.profiles[report]

    def report(self, report: str) -> Report:
        return self.reports[report]

    def parent(self, report: str) -> str | None:
        return next((d.parent for d in sorted(self.found.get(report, ()), key=lambda d: -d.score) if d.parent), None)

    def add(self, reading: Reading) -> Added:
        made = profile(reading)
        self.reports[made.report], self.profiles[made.report] = reading.report, made
        added = link_one(reading.report, made, self.index, self)
        for name in (made.report, *added.changed):
            self.found[name] = tuple(d for d in added.derivations if d.report == name)
        return added

    def all(self) -> list[tuple[str, str | None, str | None]]:
        return sorted((d.report, d.parent, d.credited) for ds in self.found.values() for d in ds)


ORDERS = [
    [wire(), repost(), rewrite(), hop(), trim(), other()],
    [hop(), rewrite(), wire(), trim(), other(), repost()],
    [trim(), repost(), other(), hop(), wire(), rewrite()],
]


@pytest.mark.parametrize("readings", ORDERS, ids=["as told", "backwards", "mixed"])
def test_one_by_one_gives_what_the_whole_record_gives(readings: list[Reading]) -> None:
    whole, _ = derivations({r.report.id: r.report for r in readings}, {r.report.id: profile(r) for r in readings})
    assert Shelf(*readings).all() == sorted((d.report, d.parent, d.credited) for d in whole if d.relation != "common-origin")


def test_a_late_original_takes_its_place() -> None:
    shelf = Shelf(rewrite(), other())
    assert shelf.parent("rewrite") is None
    added = shelf.add(wire())
    assert added.changed == ("rewrite",)
    assert shelf.parent("rewrite") == "wire"
