"""The record as somebody may see it who may not see one private process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from rapporteur.errors import InputError
from rapporteur.model.board import BoardEntry, FrameworkText, Observation, Rating
from rapporteur.model.judgement import Judgement, judgement_id
from rapporteur.model.process import FollowedProcess
from rapporteur.model.report import Issue
from rapporteur.model.spans import Span
from rapporteur.store.base import Kept, Moment, Snapshot, Store
from rapporteur.store.team_base import COMMON
from rapporteur.team.view import View
from tests.contract.samples import kept
from tests.contract.stores import STORES

HIDDEN = frozenset({"quiet"})
DAY = "2031-05-01T00:00:00Z"


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with STORES[request.param](tmp_path) as opened:
        yield opened


@pytest.fixture
def deeds() -> list[tuple[str, str, str]]:
    return []


def searchable(name: str, text: str) -> Kept:
    return replace(kept(name, keys=(7,), text=text), passages=((0, len(text)),))


def seen_by(store: Store, who: str, into: str = COMMON, deeds: list[tuple[str, str, str]] | None = None) -> View:
    hidden = frozenset[str]() if who == "Ida" else HIDDEN
    return View(store, who, hidden, lambda *deed: (deeds if deeds is not None else []).append(deed), into=into)


@pytest.fixture
def filled(store: Store) -> Store:
    ida = seen_by(store, "Ida")
    ida.put(searchable("r1", "A ferry left Ostrel."))
    seen_by(store, "Ida", "quiet").put(searchable("r2", "A secret ferry left."))
    seen_by(store, "Ida", "quiet").put(searchable("r3", "Another hidden ferry."))
    ida.put(searchable("r4", "The last ferry."))
    return store


def test_what_is_in_a_private_process_is_not_there(filled: Store) -> None:
    ole, ida = seen_by(filled, "Ole"), seen_by(filled, "Ida")
    for view, there in ((ole, ["r1", "r4"]), (ida, ["r1", "r2", "r3", "r4"])):
        assert [r.report.id for r in view.readings()] == there
        assert [c.report for c in view.captures()] == there
        assert sorted(h.report for h in view.search(["ferry"], 9)) == there
        assert sorted(view.some_readings(["r1", "r2", "r3", "r4", "r5"])) == there
        assert view.ids(sorted({number for number, _ in view.postings([7], 9)})) == there
    assert (ole.reading("r2"), ole.content("r2"), ole.find("r2.txt", kept("r2", text="A secret ferry left.").capture.sha256)) == (
        None,
        None,
        None,
    )
    assert len(ole.search(["ferry"], 2)) == 2, "hidden passages take nobody's place"


def test_who_adds_the_same_report_sees_it_from_then_on(filled: Store) -> None:
    ole = seen_by(filled, "Ole")
    assert ole.put(searchable("r2", "A secret ferry left."))
    assert [r.report.id for r in ole.readings()] == ["r1", "r2", "r4"]
    assert not ole.put(searchable("r2", "A secret ferry left."))
    assert not seen_by(filled, "Ida", "quiet").put(searchable("r1", "A ferry left Ostrel.")), "what is everybody's stays so"
    assert seen_by(filled, "Ole").reading("r1") is not None
    with pytest.raises(InputError, match="no such process"):
        seen_by(filled, "Ole", "quiet")


def test_an_id_that_is_taken_hides_nothing(filled: Store) -> None:
    other = replace(kept("r9"), reading=kept("r1").reading)
    with pytest.raises(Exception, match="give it a new id"):
        seen_by(filled, "Ida", "quiet").put(other)
    assert seen_by(filled, "Ole").reading("r1") is not None


def test_issues_met_in_a_private_process_are_hidden(filled: Store) -> None:
    seen_by(filled, "Ida", "quiet").note(Issue("empty", "secret.txt", "secret.txt: empty"))
    seen_by(filled, "Ida").note(Issue("empty", "open.txt", "open.txt: empty"))
    assert [i.input for i in seen_by(filled, "Ole").issues()] == ["open.txt"]
    assert [i.input for i in seen_by(filled, "Ida").issues()] == ["secret.txt", "open.txt"]


def test_judgements_on_what_is_hidden_are_hidden_and_everybody_signs_for_himself(
    filled: Store, deeds: list[tuple[str, str, str]]
) -> None:
    ida, ole = seen_by(filled, "Ida", deeds=deeds), seen_by(filled, "Ole", deeds=deeds)
    of_hidden = Judgement("reject", ("r2#f1",), "Ida", DAY, "a secret reason")
    derivation = Judgement("reject", ("r1@r3",), "Ida", DAY)
    undone = Judgement("undo", (judgement_id(of_hidden),), "Ida", DAY)
    public = Judgement("same", ("r1#a1", "r4#a1"), "Ole", DAY)
    for judgement in (of_hidden, derivation, undone):
        ida.judge(judgement)
    ole.judge(public)
    assert ole.judgements() == (public,)
    assert len(ida.judgements()) == 4
    with pytest.raises(InputError, match="sign with your own name"):
        ole.judge(replace(public, who="Ida"))
    assert deeds[-1] == ("judgement", judgement_id(public), "same")
    assert len(deeds) == 4, "what was refused is not in the log"


def board() -> tuple[BoardEntry, ...]:
    seen = Observation(
        "ford", "crossings", "tavoria", "r2#f1", "r2", Span(0, 4, "Text"), None, None, None, "claimed", 1, "accepted", "Ida", DAY
    )
    rating = Rating(
        "ford", "levels@1", "safe", "tavoria", "met", "Ida", "analyst", "2031-04-30", DAY, "Ida", 0, 0, 1, "low", "x", "y",
    )  # fmt: skip
    return (
        FrameworkText("ford", 1, "ford.yaml", "framework: ford\n", DAY),
        FrameworkText("quiet", 1, "quiet.yaml", "framework: quiet\n", DAY),
        seen,
        replace(seen, report="r1", claim="r1#f1"),
        replace(rating, observations=("o-0000000000",)),
        replace(rating, quotation="r3#s1"),
    )


def test_the_board_without_what_rests_on_hidden_reports(filled: Store) -> None:
    ida, ole = seen_by(filled, "Ida"), seen_by(filled, "Ole")
    entries = board()
    for entry in entries:
        ida.add_to_board(entry)
    assert ida.board() == entries
    assert ole.board() == (entries[0], entries[3], entries[4])
    rating = entries[4]
    assert isinstance(rating, Rating)
    with pytest.raises(InputError, match="sign with your own name"):
        ole.add_to_board(rating)
    with pytest.raises(InputError, match="sign with your own name"):
        ole.add_to_board(replace(rating, recorded_by="Ole"))
    ole.add_to_board(replace(rating, recorded_by="Ole", role="party-inferred", assessor="the union"))
    with pytest.raises(InputError, match="choose another"):
        ole.add_to_board(entries[1])


def test_processes_are_numbered_as_if_the_hidden_were_not_there(filled: Store) -> None:
    ida, ole = seen_by(filled, "Ida"), seen_by(filled, "Ole")
    processes = [FollowedProcess(name, name.title()) for name in ("open", "quiet", "other")]
    assert [ida.follow(p) for p in processes] == [1, 2, 3]
    assert ole.processes() == (processes[0], processes[2])
    assert ole.follow(processes[2]) == 2
    number = ole.keep(Snapshot("t", None, None, Moment(4, 0, 0), b"{}", process=2))
    kept_by_ida = ida.keep(Snapshot("t", None, None, Moment(4, 0, 0), b'{"secret": 1}', process=2))
    assert [(s.number, s.process) for s in ole.snapshots()] == [(number, 2)]
    assert [(s.number, s.process) for s in ida.snapshots()] == [(kept_by_ida, 2)]
    assert (ole.snapshot(kept_by_ida), ida.snapshot(number)) == (None, None)
    with pytest.raises(InputError, match="choose another"):
        ole.follow(processes[1])
