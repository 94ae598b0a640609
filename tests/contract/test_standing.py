"""What every store's standing must do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from rapporteur.model.account import Finding
from rapporteur.model.lineage import Derivation, Drift
from rapporteur.store.standing_base import StandingStore
from rapporteur.store.standing_records import WHOLE, Asked, Change, Changed, Linked, State, Told
from tests.contract.stores import LASTING, STORES


@pytest.fixture(params=STORES)
def standing(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[StandingStore]:
    with STORES[request.param](tmp_path) as opened:
        yield opened.standing()


def state(report: int = 1, judgement: int = 0) -> State:
    return State("v1", report, judgement, 3)


def finding(name: str, weight: float = 1.0, **other: object) -> Finding:
    base = Finding(name, "figure", f"Trucks at {name}", "single", (f"r{name[-1]}#f1",), (), 1, 0, weight=weight)
    return replace(base, **other)


def took(report: str, parent: str | None, score: float = 0.9) -> Derivation:
    return Derivation(report, parent, None if parent else "Norda", "rewrite", score, 0.8, ())


def change(standing: StandingStore, update: Change, scope: str = WHOLE) -> None:
    assert standing.change(scope, update, standing.state(scope))


def names(found: tuple[int, list[Finding]]) -> list[str]:
    return [f.id for f in found[1]]


def test_there_is_none_before_the_first(standing: StandingStore) -> None:
    assert standing.state() is None
    assert standing.findings(WHOLE, Asked(), 10) == (0, [])
    assert standing.told(WHOLE) == []
    assert standing.chain(WHOLE, "r1") == [Told("r1", (), ())]


def test_scopes_are_apart(standing: StandingStore) -> None:
    change(standing, Change(state(), findings=(finding("a1"),), parts={"x": b"1"}))
    change(standing, Change(state(2), findings=(finding("a2"),), parts={"x": b"2"}), "Lesk")
    assert (standing.state(), standing.state("Lesk")) == (state(), state(2))
    assert names(standing.findings("Lesk", Asked(), 10)) == ["a2"]
    assert standing.parts(WHOLE, ["x", "y"]) == {"x": b"1"}


@pytest.mark.parametrize("store", STORES)
def test_audiences_are_apart(store: str, tmp_path: Path) -> None:
    with STORES[store](tmp_path) as opened:
        change(opened.standing("some"), Change(state(), findings=(finding("a1"),), told=(Told("r2", (took("r2", "r1"),), ()),)))
        assert opened.standing().state() is None
        assert opened.standing().children(WHOLE, "r1") == []
        assert [d.report for d in opened.standing("some").children(WHOLE, "r1")] == ["r2"]
        assert names(opened.standing("some").findings(WHOLE, Asked(), 5)) == ["a1"]


def test_links_are_replaced_with_their_steps(standing: StandingStore) -> None:
    change(
        standing,
        Change(state(), linked=(Linked("r2", b"h2", b"p2", b"n2", ("r1", "r1")), Linked("r3", b"h3", b"p3", b"n3", ("r1",)))),
    )
    assert standing.takers(WHOLE, "r1") == ["r2", "r3"]
    change(standing, Change(state(), linked=(Linked("r3", b"h3", b"p3", b"new", ("r2",)),)))
    assert (standing.takers(WHOLE, "r1"), standing.takers(WHOLE, "r2")) == (["r2"], ["r3"])
    assert {r: found.node for r, found in standing.linked(WHOLE, ["r2", "r3", "r4"]).items()} == {"r2": b"n2", "r3": b"new"}


def test_of_a_link_the_profile_and_the_steps_stay_where_nothing_else_is_said(standing: StandingStore) -> None:
    change(standing, Change(state(), linked=(Linked("r2", b"h2", b"p2", b"n2", ("r1",)), Linked("r3", b"h3", b"p3", b"n3", ()))))
    change(standing, Change(state(), linked=(Linked("r2", b"head", None, b"node", None),)))
    assert standing.linked(WHOLE, ["r2"]) == {"r2": Linked("r2", b"head", b"p2", b"node", None)}
    assert standing.heads(WHOLE, ["r2", "r3", "r4"]) == {"r2": b"head", "r3": b"h3"}
    assert standing.takers(WHOLE, "r1") == ["r2"]


def test_a_chain_follows_the_likeliest_parents(standing: StandingStore) -> None:
    drift = Drift("bound", "r2#f1", "r3#f1", "at least 60 became about 60")
    told = (
        Told("r2", (took("r2", "r1"), took("r2", None)), ()),
        Told("r3", (took("r3", "r1", 0.5), took("r3", "r2")), (drift,)),
    )
    change(standing, Change(state(), told=told))
    assert [step.report for step in standing.chain(WHOLE, "r3")] == ["r3", "r2", "r1"]
    assert [d.report for d in standing.children(WHOLE, "r1")] == ["r2", "r3"]
    assert standing.told(WHOLE) == list(told)
    change(standing, Change(state(), told=(Told("r3", (), ()),)))
    assert standing.told(WHOLE, ["r3"]) == []
    assert [d.report for d in standing.children(WHOLE, "r1")] == ["r2"]


def test_findings_are_found_by_what_they_are(standing: StandingStore) -> None:
    found = (
        finding("a1", 3.0, as_of="2031-03-03", verdict="agree", origins=2),
        finding("a2", 2.0, as_of="2031-03-09", label="Buses, 50 % of them"),
        finding("a3", 2.0, kind="event", contradicts=("r7#e1",)),
    )
    change(standing, Change(state(), findings=found))
    assert standing.findings(WHOLE, Asked(), 2, 1) == (3, [found[1], found[2]])
    assert names(standing.findings(WHOLE, Asked(sort="date"), 10)) == ["a2", "a1", "a3"]
    assert names(standing.findings(WHOLE, Asked(kind="event"), 10)) == ["a3"]
    assert names(standing.findings(WHOLE, Asked(verdict="agree", origins=2), 10)) == ["a1"]
    assert names(standing.findings(WHOLE, Asked(text="50 %"), 10)) == ["a2"]
    assert names(standing.findings(WHOLE, Asked(report="r7"), 10)) == ["a3"]
    assert standing.some_findings(WHOLE, ["a2", "a9"]) == {"a2": found[1]}
    assert standing.findings_of(WHOLE, ["r7#e1", "r9#f1"]) == {"r7#e1": ["a3"], "r9#f1": []}
    assert standing.verdicts(WHOLE)["figure", "single"] == 1


def test_what_has_changed_since_a_moment(standing: StandingStore) -> None:
    one, two, three = finding("a1", 3.0), finding("a2", 2.0), finding("a3", 1.0)
    change(standing, Change(state(1), findings=(one, two, three)))
    louder = replace(one, weight=9.0)
    change(standing, Change(state(2), findings=(louder, two, finding("a4")), dropped=("a3",)))
    assert standing.changed(WHOLE, 2, 0, 10) == (0, [])
    total, found = standing.changed(WHOLE, 1, 0, 10)
    assert total == 3
    assert found == [Changed("changed", louder), Changed("dropped", three), Changed("new", finding("a4"))]
    assert standing.findings_of(WHOLE, ["r3#f1"]) == {"r3#f1": []}
    change(standing, Change(state(2, 1), dropped=("a2",)))
    assert standing.changed(WHOLE, 2, 0, 10) == (1, [Changed("dropped", two)])


def test_of_two_updates_from_one_state_the_second_changes_nothing(standing: StandingStore) -> None:
    assert standing.change(WHOLE, Change(state(1), findings=(finding("a1"),)), None)
    assert not standing.change(WHOLE, Change(state(2), findings=(finding("a2"),)), None)
    assert (standing.state(), names(standing.findings(WHOLE, Asked(), 5))) == (state(1), ["a1"])


def test_linking_anew_forgets_what_was_linked(standing: StandingStore) -> None:
    linked, told = (Linked("r2", b"h", b"p", b"n", ("r1",)),), (Told("r2", (took("r2", "r1"),), ()),)
    change(standing, Change(state(), linked, told, (finding("a1"),)))
    change(standing, Change(state(2), anew=True))
    assert standing.linked(WHOLE, ["r2"]) == {}
    assert (standing.takers(WHOLE, "r1"), standing.told(WHOLE), standing.children(WHOLE, "r1")) == ([], [], [])
    assert names(standing.findings(WHOLE, Asked(), 5)) == ["a1"]


@pytest.mark.parametrize("store", LASTING)
def test_it_lasts(store: str, tmp_path: Path) -> None:
    with LASTING[store](tmp_path) as opened:
        change(opened.standing(), Change(state(), findings=(finding("a1"),)))
    with LASTING[store](tmp_path) as opened:
        assert names(opened.standing().findings(WHOLE, Asked(), 5)) == ["a1"]
