"""What somebody who adds a report is told, before an account of it is made."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Event

import pytest

from rapporteur.desk import Record, Standings, Viewer, adding, making, news, reports
from rapporteur.desk.adding import Pasted, add, captures
from rapporteur.desk.news import placed
from rapporteur.engine import InProcess
from rapporteur.pipeline import Reader, take
from rapporteur.stages.acquire import AcquireOptions
from rapporteur.standing import behind, bring_up, update
from rapporteur.store import open_store

VIEWER = Viewer("ann", "analyst")


def test_in_a_large_record_it_is_told_what_a_report_has_brought_and_the_account_follows(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adding, "LARGE", 5)
    with open_store(copy) as store:
        record = Record(store)
        before = record.stand(VIEWER).number
        source = record.reading(VIEWER, "front-confirms").report
        assert source.published is not None
        again = Pasted(source.text, outlet="The Lesk Mirror", published=source.published.value)
        steps = list(add(record, VIEWER, [again], Reader(InProcess())))
        assert [s.kind for s in steps] == ["read", "linking", "found", "done"]
        found, done = steps[2:]
        assert found.report is not None
        assert "shares its origin with “" in found.words
        assert "facts, 0 that no other report has" in found.words
        assert (done.account, record.stand(VIEWER).number) == (None, before)
        view = reports.report(record, VIEWER, found.report)
        assert view.listed is None
        assert "front-confirms" in {link.other for link in (*view.parents, *view.children)}
        told = [row.finding for row in view.claims]
        assert told and all(f is not None and len({c.split("#")[0] for c in f.supports + f.parts}) > 1 for f in told)
        after = record.refreshed(VIEWER)
        assert after is not None and reports.report(record, VIEWER, found.report).listed is not None


@pytest.mark.parametrize("why", ["many wait", "made by other rules"])
def test_what_takes_long_is_left_to_the_process_that_makes_the_account(
    why: str, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (adding, news):
        monkeypatch.setattr(module, "LARGE", 5)
    monkeypatch.setattr(news, "AT_ONCE", 1)
    reader, texts = Reader(InProcess()), ("Norda said 40 trucks left Lesk on Monday.", "Two soldiers were wounded at Lesk.")
    with open_store(copy) as store:
        bring_up(store)
        if why == "many wait":
            list(add(Record(store), VIEWER, [Pasted(texts[0])], reader, reconcile=False))
            assert behind(store) == 1
        else:
            monkeypatch.setattr(update, "_rules", lambda: "older")
            assert behind(store) is None
        before = store.standing().state()
        steps = list(add(Record(store), VIEWER, [Pasted(texts[1])], reader))
        assert [s.kind for s in steps] == ["read", "linking", "done"]
        assert steps[-1].words.endswith("the account follows")
        assert store.standing().state() == before
        bring_up(store)
        assert behind(store) == 0


def test_a_report_that_the_standing_does_not_count_yet_is_shown_as_it_was_read(copy: Path) -> None:
    with open_store(copy) as store:
        record = Record(store)
        adding_ = add(record, VIEWER, [Pasted("Norda said 40 trucks left Lesk on Monday.")], Reader(InProcess()), reconcile=False)
        added = next(s.report for s in adding_ if s.report)
        assert placed(store, added) is None
        view = reports.report(record, VIEWER, added)
        assert (view.parents, view.listed) == ((), None)
        assert all(row.finding is None for row in view.claims)


def test_the_account_of_a_large_record_is_made_once_and_in_a_process_of_its_own(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "LARGE", 5)
    standings = Standings()
    with open_store(copy) as store:
        list(take(captures([Pasted("Norda said 40 trucks left Lesk on Monday.")], AcquireOptions()), store, Reader(InProcess())))
        spent = []
        for _ in range(2):
            before = os.times().children_user
            making.make_accounts(store, str(copy), standings, Event())
            spent.append(os.times().children_user - before)
        shown = Record(store, standings).stand(VIEWER)
        assert (len(store.snapshots()), shown.number, len(shown.reports)) == (2, 2, 14)
    assert spent[0] > 0.0 == spent[1]
