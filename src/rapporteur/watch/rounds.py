"""Rounds of watching as jobs of the record: of all servers and workers one asks a site at a time, and one tells and delivers
alerts; a round whose worker was killed is made again by the next.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from threading import Event, Thread

import msgspec
from msgspec import Struct

from rapporteur.accounts import LARGE, LONGEST_SECONDS
from rapporteur.engine import WorkerError, elsewhere
from rapporteur.jobs import Job, Queue, Task
from rapporteur.jobs.base import Handles, StoppedError, Tell
from rapporteur.model.reading import Reading
from rapporteur.model.report import Issue
from rapporteur.pipeline import Known
from rapporteur.store import open_store
from rapporteur.store.base import Store
from rapporteur.watch.deliver import deliver
from rapporteur.watch.polite import site_of
from rapporteur.watch.poll import due, instant
from rapporteur.watch.round import Watching, read_feeds, tell, untold

POLL, TELL = "poll", "tell"
"""The kinds of jobs: the feeds of one site that are due, asked and read; what has changed, told and delivered."""
LOOK_SECONDS = 0.2
"""How often it is looked whether the rounds that were begun have ended."""
_LOG = logging.getLogger("rapporteur.watch")
Met = Callable[[Iterator[Reading | Known | Issue]], Iterable[object]]


class Outcome(Struct, frozen=True):
    """What telling came to: alerts that are new, deliveries that went, and that failed."""

    alerts: int = 0
    sent: int = 0
    failed: int = 0


class Rounds:
    """``lease`` opens the record at ``address`` for one job; ``met`` sees all that this process reads on the way. ``polled`` is
    called when the last of the sites that were due has been asked."""

    def __init__(
        self,
        lease: Callable[[], AbstractContextManager[Store]],
        address: str,
        queue: Queue,
        watching: Watching,
        met: Met = iter,
    ) -> None:
        self._lease, self._address, self._queue, self._met = lease, address, queue, met
        self._stop = Event()
        self.polled: Callable[[], None] = lambda: None
        manners = replace(watching.how.manners, sleep=self._pause)
        self._watching = replace(watching, how=replace(watching.how, manners=manners))

    @property
    def handles(self) -> Handles:
        """What does the jobs of both kinds."""
        return {POLL: self._poll, TELL: self._tell}

    def begin_polls(self) -> list[int]:
        """Accepts a job for each site with a feed that is due; their numbers."""
        with self._lease() as store:
            sites = dict.fromkeys(site_of(feed.address) for feed in due(store.watch(), datetime.now(UTC)))
        return [self._queue.enqueue(Task(POLL, site.encode(), f"{POLL} {site}", title=site)) for site in sites]

    def begin_telling(self) -> list[int]:
        """Accepts a job to tell and deliver, if there is anything to tell or to deliver; its number."""
        with self._lease() as store:
            watch = store.watch()
            if not untold(store, watch) and not watch.deliveries(instant(datetime.now(UTC))):
                return []
        return [self._queue.enqueue(Task(TELL, b"", TELL, title="alerts"))]

    def work(self) -> None:
        """Does the jobs of both kinds until ``stop``, which breaks off the round in hand; it waits to be made again."""
        self._queue.work(self.handles, self._stop)

    def stop(self) -> None:
        """Ends ``work``."""
        self._stop.set()

    def once(self) -> tuple[Outcome, list[str]]:
        """All that is due now, by whoever does it: what telling came to, and the problems of rounds that came to nothing."""
        with self._working():
            polls = self._ended(self.begin_polls())
            tells = self._ended(self.begin_telling())
        results = [result for number in tells if (result := self._queue.result(number)) is not None]
        outcome = msgspec.json.decode(results[0], type=Outcome) if results else Outcome()
        ended = [job for number in (*polls, *tells) if (job := self._queue.job(number)) is not None]
        return outcome, [f"{job.title}: {job.problem}" for job in ended if job.state == "dead"]

    @contextmanager
    def _working(self) -> Iterator[None]:
        worker = Thread(target=self.work, name="watch", daemon=True)
        worker.start()
        try:
            yield
        finally:
            self.stop()
        worker.join()

    def _ended(self, numbers: list[int]) -> list[int]:
        waiting = list(numbers)
        while waiting:
            time.sleep(LOOK_SECONDS)
            waiting = [n for n in waiting if (job := self._queue.job(n)) is not None and job.state in ("waiting", "running")]
        return numbers

    def _poll(self, job: Job, tell: Tell) -> None:
        with self._lease() as store, _logged(job):
            met = read_feeds(store, self._watching.reader, self._watching.how, datetime.now(UTC), job.payload.decode())
            for _ in self._met(self._unless_stopped(met)):
                pass
        if self._queue.unfinished(POLL) <= 1:  # this one
            self.polled()

    def _unless_stopped(self, met: Iterator[Reading | Known | Issue]) -> Iterator[Reading | Known | Issue]:
        for one in met:
            yield one
            self._pause(0.0)

    def _pause(self, seconds: float) -> None:
        """Between two requests: nobody who stops waits for its end, and no request is made before."""
        if self._stop.wait(seconds):
            raise StoppedError

    def _tell(self, job: Job, step: Tell) -> bytes:
        with self._lease() as store, _logged(job):
            watch, watching = store.watch(), self._watching
            new = self._told(store)
            return msgspec.json.encode(Outcome(new, *deliver(watch, watching.sending, datetime.now(UTC))))

    def _told(self, store: Store) -> int:
        targets = self._watching.targets
        if store.moment().report <= LARGE:
            return tell(store, store.watch(), targets, datetime.now(UTC))
        try:
            return elsewhere(partial(_tell_at, targets=targets), self._address, LONGEST_SECONDS, self._stop)
        except WorkerError:
            self._pause(0.0)
            raise


def _tell_at(address: str, targets: tuple[str, ...]) -> int:
    with open_store(address, create=False) as store:
        return tell(store, store.watch(), targets, datetime.now(UTC))


@contextmanager
def _logged(job: Job) -> Iterator[None]:
    """A fault of a round stands in the log with its traceback; the queue tries again."""
    try:
        yield
    except StoppedError:
        raise
    except Exception:
        _LOG.exception("%s %s failed", job.kind, job.title)
        raise
