"""kill -9 of the server and of a worker, while reports are uploaded, schedules compared, feeds read: what was accepted is there
afterwards, once."""

from __future__ import annotations

import sqlite3
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Thread

import msgspec
import pytest

from rapporteur.desk.schedules import Compared
from rapporteur.jobs import Task, queue_of
from rapporteur.model.watch import Feed
from rapporteur.store import open_store
from rapporteur.store.sqlite import SqliteStore
from rapporteur.watch.rounds import POLL
from rapporteur.web.queued import ADD, COMPARE
from tests import postgres
from tests.cli.command import arguments
from tests.jobs.server import PATIENCE, Server, text
from tests.watch.site import running

UPLOADS = 500


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "did not happen in time"
        time.sleep(0.05)


@pytest.mark.parametrize("store", ["sqlite", "postgresql"])
def test_what_was_accepted_is_there_once_whatever_is_killed(store: str, tmp_path: Path) -> None:
    """500 uploads, a comparison of schedules and a round over a feed: the server is killed in the middle of all three."""
    address = f"sqlite://{tmp_path / 'record.db'}" if store == "sqlite" else postgres.database("test_kills")
    command = arguments("worker", "--database", address, "--allow-private")
    accepted: list[int] = []
    with running() as site, open_store(address) as opened:
        site.publish("/a", "Ferries", "2021-03-03", text(1).decode())
        site.publish("/b", "More ferries", "2021-03-04", text(2).decode())
        gate = site.gates["/b"] = Event()
        opened.watch().put_feed(Feed(f"{site.home}/feed"))
        server, queue, worker = Server(address, "--allow-private"), queue_of(opened), None
        try:
            until(lambda: "/b" in site.paths())  # before the uploads: no round is begun while reports wait
            with ThreadPoolExecutor(4) as pool:
                sent = [pool.submit(lambda n: (server.upload(n), accepted.append(n)), number) for number in range(UPLOADS)]
                until(lambda: len(accepted) > UPLOADS // 3)
                compared = server.compare(runs=100_000)
                until(lambda: len(queue.steps(compared)) > 0)
                server.kill()
                assert (queue.unfinished(COMPARE), queue.unfinished(POLL)) == (1, 1)
                left = queue.unfinished(ADD)
                assert len(accepted) < UPLOADS and left > 0
                worker = subprocess.Popen(command, stderr=subprocess.PIPE)
                assert worker.stderr and b"Working for" in worker.stderr.readline()
                until(lambda: queue.unfinished(ADD) < left)
                worker.kill()
                worker.wait()
                worker = subprocess.Popen([*command, "--quiet"])
                server.start()
                for one in sent:
                    one.result()
            server.kill()
            until(lambda: site.paths().count("/b") > 1)
            gate.set()
            until(lambda: not any(queue.unfinished(kind) for kind in (ADD, COMPARE, POLL)))
            places = Counter(captured.place for captured in opened.captures())
            pages = {f"{site.home}/{page}": 1 for page in "ab"}
            assert places == {f"r{number:03}.txt": 1 for number in range(UPLOADS)} | pages
            for captured in opened.captures():
                assert captured.place in pages or opened.content(captured.report) == text(int(captured.place[1:4]))
            result = queue.result(compared)
            assert result and len(msgspec.msgpack.decode(result, type=Compared).comparison.outcomes) == 3
            assert queue.dead() == ()
        finally:
            gate.set()
            for process in (server.process, worker):
                if process is not None:
                    process.kill()
                    process.wait()


def test_a_worker_outlives_a_record_that_is_locked(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "record.db", wait=0.1) as store:
        queue, stop, done = queue_of(store), Event(), []
        queue.enqueue(Task("read", b"", "key"))
        other = sqlite3.connect(tmp_path / "record.db", isolation_level=None, check_same_thread=False)
        other.execute("BEGIN IMMEDIATE")
        worker = Thread(target=queue.work, args=({"read": lambda job, tell: done.append(job.number)}, stop))
        worker.start()
        time.sleep(0.5)
        assert (worker.is_alive(), done) == (True, [])
        other.execute("COMMIT")
        other.close()
        until(lambda: queue.unfinished("read") == 0)
        stop.set()
        worker.join()
        assert done == [1]
