"""Rounds as jobs of the record: whoever is open beside whom, a site is asked by one at a time."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Event

import pytest

from rapporteur.desk.adding import Pasted, captures
from rapporteur.engine import engine_for
from rapporteur.jobs import queue_of
from rapporteur.model.watch import Feed
from rapporteur.pipeline import Reader, take
from rapporteur.stages.acquire import AcquireOptions
from rapporteur.store import open_store
from rapporteur.store.base import Store
from rapporteur.watch.background import Background
from rapporteur.watch.deliver import Sending
from rapporteur.watch.polite import Manners
from rapporteur.watch.poll import Round
from rapporteur.watch.round import Watching
from rapporteur.watch.rounds import Outcome, Rounds
from tests.watch.site import Site, running

OPEN = AcquireOptions(allow_private=True, timeout=20.0)
SAID = "Merrow will leave the base in Ostria by June, Defence Minister Ana Keller told reporters on Saturday."


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as site:
        site.publish("/a", "Talks go on", "2031-03-01", SAID)
        yield site


@pytest.fixture
def store(tmp_path: Path, site: Site) -> Iterator[Store]:
    with open_store(tmp_path / "record.db") as store:
        store.watch().put_feed(Feed(f"{site.home}/feed"))
        yield store


def rounds(path: Path, store: Store, pause: float = 0.0, language: str | None = None) -> Rounds:
    watching = Watching(Reader(engine_for(1, 60.0), language, OPEN), Round(Manners(OPEN, pause=pause)), Sending(OPEN), ())
    return Rounds(partial(open_store, path), str(path), queue_of(store, hurry=1_000.0), watching)


@contextmanager
def open_desk(path: Path, pause: float = 0.0) -> Iterator[Background]:
    with open_store(path) as store:
        desk = Background(rounds(path, store, pause), every=0.05)
        desk.start()
        yield desk
        desk.stop()


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end, "did not happen in time"
        time.sleep(0.02)


def test_two_desks_on_one_record_ask_a_feed_once(site: Site, store: Store, tmp_path: Path) -> None:
    gate = site.gates["/feed"] = Event()
    path = tmp_path / "record.db"
    with open_desk(path), open_desk(path):
        until(lambda: "/feed" in site.paths())
        time.sleep(1.0)  # twenty looks of each
        assert site.paths().count("/feed") == 1
        gate.set()
        until(lambda: len(store.snapshots()) == 1)
    assert (site.paths().count("/feed"), site.paths().count("/a")) == (1, 1)


def test_a_desk_that_closes_waits_for_no_pause_and_asks_nothing_before_its_end(site: Site, store: Store, tmp_path: Path) -> None:
    site.publish("/b", "Later", "2031-03-02", SAID)
    began = time.monotonic()
    with open_desk(tmp_path / "record.db", pause=50.0):
        until(lambda: "/feed" in site.paths())
    assert time.monotonic() - began < 20
    assert site.paths() == ["/robots.txt", "/feed"]
    assert store.watch().feeds()[0].asked is None, "it comes again"


def test_a_round_that_comes_to_nothing_is_said_and_made_again_when_due(site: Site, store: Store, tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    _, problems = rounds(path, store, language="no_such_pipeline").once()
    assert [problem.split(": ")[0] for problem in problems] == [site.home] and "no_such_pipeline" in problems[0]
    assert rounds(path, store).once() == (Outcome(), [])
    assert [reading.report.title for reading in store.readings()] == ["Talks go on"]
    assert store.watch().alerted("") == store.snapshots()[-1].number
    assert queue_of(store).dead() == ()


def test_of_a_large_record_a_process_of_its_own_tells(
    site: Site, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "record.db"
    rounds(path, store).once()
    monkeypatch.setattr("rapporteur.watch.rounds.LARGE", 0)
    list(take(captures([Pasted(SAID.replace("June", "August"))], OPEN), store, Reader(engine_for(1, 60.0))))
    before = os.times().children_user
    told, problems = rounds(path, store).once()
    assert (problems, os.times().children_user > before) == ([], True)
    assert told.alerts == len(store.watch().alerts(100)) > 0
