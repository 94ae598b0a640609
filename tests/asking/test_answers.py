"""Known answers on the example that ships with the package (src/rapporteur/examples/merrow-tavoria/README.md)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rapporteur import language
from rapporteur.accounts import last_account
from rapporteur.asking.desk import Desk, Reply
from rapporteur.engine import InProcess
from rapporteur.pipeline import Reader, gather
from rapporteur.store import open_store
from rapporteur.store.base import Store
from tests.cli.command import rapporteur
from tests.golden.digest import REPORTS


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(tmp_path_factory.mktemp("asked") / "r.rapporteur") as opened:
        for _ in gather([str(REPORTS)], opened, Reader(InProcess())):
            pass
        yield opened


@pytest.fixture(scope="module")
def desk(store: Store) -> Desk:
    return Desk.of(store, last_account(store), language.load())


def values(reply: Reply) -> set[float | None]:
    return {c.value for a in reply.answers for c in (*a.supports, *a.contradicts)}


def test_a_count_with_its_window(desk: Desk) -> None:
    reply = desk.ask("how many attacks since November?")
    assert {77.0, 79.0} <= values(reply)
    assert all(a.kind == "figure" for a in reply.answers)
    assert any(c.window and c.window.begin == "2030-11-01" for a in reply.answers for c in a.supports)
    assert 12.0 not in values(reply), "the twelve attacks of 2029 lie before"
    assert 12.0 in values(desk.ask("how many attacks in 2029?"))


def test_a_count_at_a_place_shows_both_sides(desk: Desk) -> None:
    reply = desk.ask("How many soldiers were wounded at Port Anselm?")
    best = reply.answers[0]
    assert best.verdict == "differ"
    assert ({c.value for c in best.supports}, {c.value for c in best.contradicts}) in (({4.0}, {5.0}), ({5.0}, {4.0}))


def test_who_and_when(desk: Desk) -> None:
    labels = " ".join(a.label for a in desk.ask("who demands a fixed date?").answers)
    assert "Venn" in labels
    signed = desk.ask("When was the Velm Accord signed?").answers[0]
    assert "2029-05-04" in {c.when for c in signed.supports}
    assert all(a.kind == "statement" for a in desk.ask("What did Korsk say about conditions?").answers)


def test_each_answer_is_cited_at_its_place(desk: Desk, store: Store) -> None:
    reply = desk.ask("how many Merrovian soldiers are in Tavoria?")
    assert 3400.0 in values(reply)
    for answer in reply.answers:
        for cited in answer.supports:
            reading = store.reading(cited.report)
            assert reading is not None
            assert reading.report.text[cited.start : cited.end] == cited.exact
            assert " ".join(cited.exact.split()) in cited.passage


@pytest.mark.parametrize(
    "text",
    [
        "how many dragons were seen in Tavoria?",
        "how many attacks in 2019?",
        "who demands a submarine base?",
        "how many?",
        "\x00\ud800",
    ],
)
def test_it_says_when_there_is_none(text: str, desk: Desk) -> None:
    reply = desk.ask(text)
    assert reply.answers == ()
    assert reply.none


def test_the_account_asked_is_kept_once(store: Store) -> None:
    assert last_account(store).number == last_account(store).number == 1


def test_the_command(tmp_path: Path) -> None:
    record = tmp_path / "r.rapporteur"
    rapporteur("read", REPORTS, "--record", record)
    told = rapporteur("ask", "how many attacks since November?", "--record", record)
    assert told.code == 0
    assert "79 (since November): “Merrow has counted 79 attacks" in told.out.decode()
    made = rapporteur("ask", "how many attacks since November?", "--record", record, "--format", "json").json
    assert (made["schema"], made["none"], made["account"]) == (1, None, 1)
    nothing = rapporteur("ask", "how many dragons?", "--record", record)
    assert (nothing.code, nothing.out.decode()[:10]) == (3, "No answer:")
    assert rapporteur("ask", "who?", "--record", tmp_path / "none").code == 2
