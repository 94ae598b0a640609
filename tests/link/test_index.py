from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.model.lineage import Derivation
from rapporteur.model.reading import Reading
from rapporteur.model.report import Report
from rapporteur.stages.link.graph import Told, derivations, together, told
from rapporteur.stages.link.incremental import Meeting, link_one
from rapporteur.stages.link.index import STOP, TOP, Candidate, KeySet, MemoryIndex, candidates, floor, keys, met, nearest, order
from rapporteur.stages.link.nodes import MemoryNodes
from rapporteur.stages.link.profile import Profile, profile
from tests.link.invented import everything, other, rewrite, web, wire


def key_set(*values: int) -> KeySet:
    return KeySet(np.array(values, np.uint64), np.full(len(values), 200, np.int64))


def near(sets: dict[str, KeySet]) -> dict[str, list[str]]:
    """Candidates of each report among those before it in the dictionary."""
    return {report: [c.report for c in found] for report, found in candidates(sets, list(sets))}


def test_the_later_report_finds_the_earlier() -> None:
    sets = {f"r{i}": key_set(i, i + 1, 7, 8, 9, *range(100 * i + 100, 100 * i + 120)) for i in range(9)}
    found = near(sets)
    assert found["r0"] == []
    assert found["r4"] == ["r3", "r0", "r1", "r2"]


def test_what_comes_later_changes_nothing() -> None:
    sets = {f"r{i}": key_set(1, i % 7 + 10, i % 3 + 20) for i in range(2 * STOP)}
    some = dict(list(sets.items())[:STOP])
    everyone = near(sets)
    assert {r: everyone[r] for r in some} == near(some)


def test_a_key_that_all_have_is_passed_over() -> None:
    sets = {f"r{i}": key_set(1, 2, 1000 + i, 2000 + i) for i in range(STOP + 1)}
    assert len(near(sets)[f"r{STOP}"]) == 2 * TOP
    assert near(sets | {"late": key_set(1, 2, 1003, 2003)})["late"] == ["r3"]


def test_the_nearest_are_kept_one_by_one_as_at_once() -> None:
    dice = random.Random(5)
    met = [Candidate(dice.choice([170, 180, 190, 200]), f"r{i}", 0) for i in range(3 * TOP)]
    kept: tuple[Candidate, ...] = ()
    for one in met:
        kept = nearest([*kept, one])
    assert kept == nearest(met)
    assert TOP <= len(kept) <= 2 * TOP


def test_an_empty_record_and_an_empty_question() -> None:
    assert near({}) == {}
    assert near({"a": key_set(1), "b": key_set()})["b"] == []


def test_retellings_of_every_kind_come_up() -> None:
    made = {r.report.id: keys(profile(r)) for r in everything()}
    found = near({"wire": made.pop("wire"), **made})
    for retelling in ("repost", "trim", "rewrite", "hop", "update"):
        assert "wire" in found[retelling]


class Shelf:
    """A record in memory to which reports come one by one."""

    def __init__(self, *readings: Reading) -> None:
        self.nodes = MemoryNodes()
        self.reports: dict[str, Report] = {}
        self.profiles: dict[str, Profile] = {}
        self.found: dict[str, Told] = {}
        for reading in readings:
            self.add(reading)

    def meet(self, profile: Profile) -> list[Meeting]:
        own, others = keys(profile), [p for p in self.profiles.values() if p.report != profile.report]
        found = met(own, MemoryIndex(keys(other).keys for other in others).postings(own.keys, STOP))
        shared = map(Candidate, found.scores.tolist(), [others[n].report for n in found.reports], found.held.tolist())
        return [Meeting(c, order(self.profiles[c.report]) > order(profile), floor(self.nodes[c.report].near)) for c in shared]

    def add(self, reading: Reading) -> set[str]:
        made = profile(reading)
        self.reports[made.report], self.profiles[made.report] = reading.report, made
        touched = link_one(made, self)
        self.found.update({report: told(report, self.nodes, self.profiles, self.reports) for report in touched})
        return touched


def whole(readings: Sequence[Reading]) -> tuple[tuple[Derivation, ...], dict[str, float]]:
    return derivations({r.report.id: r.report for r in readings}, {r.report.id: profile(r) for r in readings})


@settings(max_examples=8, deadline=None)
@given(st.permutations(everything()))
def test_one_by_one_gives_what_the_whole_record_gives(readings: list[Reading]) -> None:
    assert together(Shelf(*readings).found) == whole(readings)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_web_of_retellings_comes_out_the_same_in_any_order(seed: int) -> None:
    """More retellings of one another than a look-up keeps, of half of which nobody knows the date."""
    readings = web(seed, 36)
    assert together(Shelf(*readings).found) == whole(readings)


def test_a_late_original_takes_its_place() -> None:
    shelf = Shelf(rewrite(), other())
    assert shelf.nodes["rewrite"].chosen is None
    assert shelf.add(wire()) == {"wire", "rewrite"}
    assert [d.parent for d in shelf.found["rewrite"].derivations] == ["wire"]
