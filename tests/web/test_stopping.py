"""A server that is told to stop does so at once, whatever it is doing, and the next one takes it up again."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from rapporteur.desk import making
from rapporteur.engine import InProcess
from rapporteur.jobs import queue_of
from rapporteur.pipeline import Reader, gather
from rapporteur.store import open_store
from rapporteur.web.queued import COMPARE
from tests.jobs.server import Server
from tests.web.serving import serving

MOST_SECONDS = 3.0
"""For a stop; half a second alone on the machine."""


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end, "did not happen in time"
        time.sleep(0.02)


def test_an_account_that_a_process_of_its_own_makes_is_given_up_and_made_by_the_next_run(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "LARGE", 5)
    (tmp_path / "more.txt").write_text("Norda said 40 trucks left Lesk on Monday.\n", "utf-8")
    with open_store(copy) as store:
        assert len(list(gather([str(tmp_path / "more.txt")], store, Reader(InProcess())))) == 1
        with serving(copy):
            until(lambda: bool(multiprocessing.active_children()))
            began = time.monotonic()
        assert time.monotonic() - began < MOST_SECONDS
        assert (multiprocessing.active_children(), len(store.snapshots())) == ([], 1)
        with serving(copy) as address:
            until(lambda: len(store.snapshots()) == 2)
            until(lambda: "14 reports" in httpx.get(address).text)


def test_a_comparison_under_way_is_broken_off_and_done_by_the_next_run(tmp_path: Path) -> None:
    server = Server(f"sqlite://{tmp_path / 'record.db'}")
    try:
        with open_store(tmp_path / "record.db") as store:
            queue, number = queue_of(store), server.compare(runs=50_000)
            until(lambda: len(queue.steps(number)) > 0)
            began = time.monotonic()
            with httpx.stream("GET", f"{server.url}work/{number}/steps", timeout=20) as followed:  # as a page does
                server.process.terminate()
                with suppress(httpx.RemoteProtocolError):  # it is cut off
                    followed.read()
            server.process.wait(20)
            assert time.monotonic() - began < MOST_SECONDS
            job = queue.job(number)
            assert job is not None and (job.state, job.tries) == ("waiting", 0)
            server.start()
            until(lambda: queue.unfinished(COMPARE) == 0)
            assert queue.result(number) is not None
    finally:
        server.process.kill()
        server.process.wait()
