"""A standing brought up report by report is what linking and reconciling the whole record gives."""

from __future__ import annotations

import random
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from msgspec.structs import replace

from rapporteur.accounts import account_again, next_account
from rapporteur.engine import InProcess
from rapporteur.model.capture import make_capture
from rapporteur.model.judgement import Judgement, judgement_id
from rapporteur.model.process import FollowedProcess, Named
from rapporteur.model.reading import Reading
from rapporteur.pipeline import Reader, give_account, look_up_keys, read_all
from rapporteur.process.effects import belongs, with_parties
from rapporteur.stages.link import link, pool
from rapporteur.stages.link.pool import WIDTH
from rapporteur.stages.reconcile import findings, reconcile, sums
from rapporteur.stages.reconcile.judged import Decided
from rapporteur.stages.write import ComposeOptions, render
from rapporteur.standing import Present, bring_up, link_up, present, update
from rapporteur.store import open_store
from rapporteur.store.base import Kept, Store
from rapporteur.store.standing_records import WHOLE, Asked, State
from tests.link.invented import everything, web

PARTIES = (Named("Merrow", ("Merrow government",)), Named("Tavoria"))
PROCESS = FollowedProcess("merrow", "Withdrawal", parties=PARTIES, reports="named")


@pytest.fixture(scope="module")
def example() -> list[Reading]:
    folder = files("rapporteur") / "examples" / "merrow-tavoria" / "reports"
    return [met for met in read_all([str(folder)], Reader(InProcess())) if isinstance(met, Reading)]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "r.rapporteur") as opened:
        yield opened


def put(store: Store, reading: Reading) -> None:
    capture = make_capture(reading.report.id, reading.report.text.encode(), "text/plain")
    assert store.put(Kept(capture, reading, look_up_keys(reading)))


def anew(store: Store, process: FollowedProcess | None = None) -> Present:
    """Lineage and findings, made from the whole record."""
    decided = Decided.of(store.judgements())
    readings, _ = decided.read([r for r in store.readings() if process is None or belongs(r, process)])
    lineage = decided.lineage(link(readings, (*decided.judgements, *decided.pairs)))
    if process is not None:
        lineage = replace(lineage, actors=with_parties(lineage.actors, process))
    return Present(lineage, reconcile(readings, lineage, decided))


@pytest.mark.parametrize(("seed", "few", "width"), [(1, update.FEW, WIDTH), (2, 1e9, WIDTH), (3, 1e9, 3)])
def test_in_any_order_it_is_what_the_whole_record_gives(
    seed: int, few: float, width: int, example: list[Reading], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when all are brought up one by one, and when so few meet under a key that many are pushed out of reach."""
    monkeypatch.setattr(update, "FEW", few)
    for module in (pool, sums, findings):
        monkeypatch.setattr(module, "WIDTH", width)
    dice = random.Random(seed)
    readings = [*example, *everything(), *web(seed, 6)]
    dice.shuffle(readings)
    for number, reading in enumerate(readings):
        put(store, reading)
        if number > 4 and dice.random() < 0.7:
            dice.choice([link_up, bring_up])(store)
        if dice.random() < 0.15:
            assert present(store) == anew(store)
    assert present(store) == anew(store)


def test_it_follows_a_process(example: list[Reading], store: Store) -> None:
    for reading in [*example, *everything()]:
        put(store, reading)
        if reading is example[-3]:
            bring_up(store, PROCESS)
    assert present(store, PROCESS) == anew(store, PROCESS)
    counted = bring_up(store, PROCESS).reports
    assert 6 < counted <= len(example)
    wider = replace(PROCESS, reports="all")
    assert bring_up(store, wider).reports > counted
    assert present(store, wider) == anew(store, wider)


def test_judgements_change_what_they_name_and_can_be_undone(
    example: list[Reading], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for reading in example:
        put(store, reading)
    before = present(store)
    monkeypatch.setattr(update, "FEW", 1e9)
    child = next(d for d in before.lineage.derivations if d.parent and d.relation != "common-origin")
    drift = before.lineage.drifts[0]
    figure = next(f for f in before.findings if f.kind == "figure" and len(f.supports) > 1)
    one, other = [f for f in before.findings if f.kind == "event"][:2]
    judgements = [
        Judgement("same", (one.supports[0], other.supports[0]), "M. Editor", "2031-03-04T09:58:00Z", "one event"),
        Judgement("different", figure.supports[:2], "M. Editor", "2031-03-04T09:59:00Z", "two measures"),
        Judgement("reject", (f"{child.report}@{child.parent}",), "M. Editor", "2031-03-04T10:00:00Z", "another story"),
        Judgement("reject", (drift.target,), "M. Editor", "2031-03-04T10:01:00Z", "misread"),
        Judgement("correct", (figure.supports[0],), "M. Editor", "2031-03-04T10:02:00Z", "misprint", value="7"),
    ]
    for judgement in judgements:
        store.judge(judgement)
        assert present(store) == anew(store)
        assert present(store) != before
    for judgement in judgements:
        store.judge(Judgement("undo", (judgement_id(judgement),), "M. Editor", "2031-03-05T10:00:00Z", "no"))
        bring_up(store)
    assert present(store) == anew(store) == before


def test_a_report_that_comes_between_linking_and_finding_waits_for_its_parents(
    example: list[Reading], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    *first, last = example
    for reading in first:
        put(store, reading)
    late = [last]

    def interrupted(at: Store, process: FollowedProcess | None) -> State:
        state = link_up(at, process)
        if late:
            put(store, late.pop())
        return state

    monkeypatch.setattr(update, "link_up", interrupted)
    assert bring_up(store).reports == len(first)
    assert bring_up(store).reports == len(example)
    assert present(store) == anew(store)


def test_pages_show_what_stands(example: list[Reading], store: Store) -> None:
    for reading in example:
        put(store, reading)
    state = bring_up(store)
    made, kept = present(store), store.standing()
    assert (state.reports, kept.groups(WHOLE).origins()) == (len(example), len(made.lineage.origins))
    total, first = kept.findings(WHOLE, Asked(), 3)
    assert total == len(made.findings)
    assert first == sorted(made.findings, key=lambda f: (-f.weight, f.id))[:3]
    assert bring_up(store) == state


def test_an_account_of_now_is_that_made_anew_byte_for_byte(example: list[Reading], store: Store) -> None:
    options = ComposeOptions(made_at="2031-03-05")
    for reading in example[:6]:
        put(store, reading)
    told, number = next_account(store, options)
    whole = give_account(store, options)
    assert render(told.account, told.readings, "json") == render(whole.account, whole.readings, "json")
    for reading in example[6:]:
        put(store, reading)
    next_account(store, options)
    again = account_again(store, number)
    assert render(again.account, again.readings, "json") == render(told.account, told.readings, "json")
