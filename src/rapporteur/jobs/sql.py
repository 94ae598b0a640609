"""A job queue in the tables of the record, for SQLite: whoever works asks for what may begin, and says that it is alive."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, func, insert, select, update

from rapporteur.errors import StoreError
from rapporteur.jobs.base import KEPT_SECONDS, TRIES, Handles, HopelessError, Job, Queue, StoppedError, Task, pause
from rapporteur.store.job_tables import job_steps, jobs
from rapporteur.store.sql import SqlStore

PATIENCE_SECONDS = 6.0
"""After how long a silence a worker counts as dead; it says that it is alive three times as often. Short, because a job that is
done twice does no harm, and one that waits for a worker that was killed is missed."""

LOOK_SECONDS = 0.2
"""How often an idle worker looks for jobs: one indexed look-up."""

_JOB = (jobs.c.number, jobs.c.kind, jobs.c.who, jobs.c.title, jobs.c.state, jobs.c.tries, jobs.c.problem)


class SqlQueue(Queue):
    """The jobs in the database of ``store``. ``patience``, ``kept``: seconds; ``hurry``: back-off is divided by it."""

    def __init__(
        self, store: SqlStore, *, patience: float = PATIENCE_SECONDS, hurry: float = 1.0, kept: float = KEPT_SECONDS
    ) -> None:
        self._store = store
        self._patience = patience
        self._hurry = hurry
        self._kept = kept

    def enqueue(self, task: Task) -> int:
        begins = {"payload": task.payload, "state": "waiting", "tries": 0, "due": 0.0, "problem": None, "result": None}
        with self._store.writing() as connection:
            held = connection.execute(select(jobs.c.number, jobs.c.state).where(jobs.c.key == task.key)).first()
            if held is not None and held.state in ("waiting", "running"):
                return int(held.number)
            if held is not None:
                number = int(held.number)
                connection.execute(delete(job_steps).where(job_steps.c.job == number))
                connection.execute(update(jobs).where(jobs.c.number == number).values(begins))
            else:
                values = {"key": task.key, "kind": task.kind, "who": task.who, "title": task.title, **begins}
                made = connection.execute(insert(jobs).values(values)).inserted_primary_key
                assert made is not None, "every database that is supported gives it back"
                number = int(made[0])
            self._defer(connection, number)
            return number

    def _defer(self, connection: Connection, number: int) -> None:
        """Called when a job begins to wait, in the transaction that says so: for whoever keeps the order of jobs elsewhere."""

    def job(self, number: int) -> Job | None:
        rows = self._store.rows(select(*_JOB).where(jobs.c.number == number))
        return Job(*rows[0]) if rows else None

    def result(self, number: int) -> bytes | None:
        rows = self._store.rows(select(jobs.c.result).where(jobs.c.number == number))
        return bytes(rows[0][0]) if rows and rows[0][0] is not None else None

    def unfinished(self, kind: str) -> int:
        asked = select(func.count()).where(jobs.c.kind == kind, jobs.c.state.in_(("waiting", "running")))
        return int(self._store.rows(asked)[0][0])

    def steps(self, number: int, after: int = 0) -> list[bytes]:
        asked = select(job_steps.c.step).where(job_steps.c.job == number, job_steps.c.number > after)
        return [bytes(row[0]) for row in self._store.rows(asked.order_by(job_steps.c.number))]

    def dead(self) -> tuple[Job, ...]:
        return tuple(Job(*row) for row in self._store.rows(select(*_JOB).where(jobs.c.state == "dead").order_by(jobs.c.number)))

    def revive(self, number: int) -> bool:
        with self._store.writing() as connection:
            again = update(jobs).where(jobs.c.number == number, jobs.c.state == "dead")
            revived = connection.execute(again.values(state="waiting", tries=0, due=0.0)).rowcount > 0
            if revived:
                self._defer(connection, number)
            return revived

    def work(self, handles: Handles, stop: Event) -> None:
        lanes = [Thread(target=self._lane, args=(kind, handles, stop), name=f"job-{kind}", daemon=True) for kind in handles]
        for lane in lanes:
            lane.start()
        for lane in lanes:
            lane.join()

    def _lane(self, kind: str, handles: Handles, stop: Event) -> None:
        """Does the jobs of one kind."""
        while not stop.is_set():
            try:
                number = self._next(kind)
                if number is None:
                    stop.wait(LOOK_SECONDS)
                    continue
                with self._alive(number):
                    self._do(number, handles, stop)
            except StoreError:
                stop.wait(1.0)  # the record is locked, or its disk full: what waits is safe there

    def _next(self, kind: str) -> int | None:
        now = time.time()
        may_begin = and_(jobs.c.kind == kind, jobs.c.state.in_(("waiting", "running")), jobs.c.due <= now)
        first = select(jobs.c.number).where(may_begin).order_by(jobs.c.number).limit(1)
        if not self._store.rows(first):
            return None  # without taking the record's write lock
        with self._store.writing() as connection:
            number = connection.execute(first).scalar()
            if number is not None:
                lease = {"state": "running", "due": now + self._patience}
                connection.execute(update(jobs).where(jobs.c.number == number).values(lease))
            return number

    @contextmanager
    def _alive(self, number: int) -> Iterator[None]:
        """Says that the worker lives, for as long as the block lasts."""
        ended = Event()

        def beat() -> None:
            while not ended.wait(self._patience / 3):
                lease = update(jobs).where(jobs.c.number == number, jobs.c.state == "running")
                with suppress(StoreError), self._store.writing() as connection:  # else the next beat
                    connection.execute(lease.values(due=time.time() + self._patience))

        beating = Thread(target=beat, daemon=True)
        beating.start()
        try:
            yield
        finally:
            ended.set()
            beating.join()

    def _do(self, number: int, handles: Handles, stop: Event) -> float | None:
        """Does the job unless that has been done; seconds until the next try: None when it is done, infinitely many when dead."""
        job = self._begun(number)
        if job is None:
            return None

        def tell(step: bytes) -> None:
            if stop.is_set():
                raise StoppedError
            self._tell(number, step)

        try:
            if job.tries > TRIES:  # each try before ended with its worker, else the job would be dead
                raise HopelessError(job.problem or f"its worker died {TRIES} times")
            result = handles[job.kind](job, tell)
        except StoppedError:
            self._end(number, {"state": "waiting", "due": 0.0, "tries": job.tries - 1})
            return 0.0
        except Exception as error:  # a fault of the work must not end the worker
            again = not isinstance(error, HopelessError) and job.tries < TRIES
            seconds = pause(job.tries) / self._hurry if again else math.inf
            due = {"state": "waiting", "due": time.time() + seconds} if again else {"state": "dead"}
            self._end(number, {**due, "problem": str(error) or type(error).__name__})
            return seconds
        self._end(number, {"state": "done", "payload": b"", "result": result, "problem": None, "due": time.time()})
        return None

    def _begun(self, number: int) -> Job | None:
        unfinished = (jobs.c.number == number, jobs.c.state.in_(("waiting", "running")))
        with self._store.writing() as connection:
            connection.execute(update(jobs).where(*unfinished).values(state="running", tries=jobs.c.tries + 1))
            row: Row[*tuple[Any, ...]] | None = connection.execute(select(*_JOB, jobs.c.payload).where(*unfinished)).first()
        return Job(*row) if row else None

    def _tell(self, number: int, step: bytes) -> None:
        last = select(func.coalesce(func.max(job_steps.c.number), 0) + 1).where(job_steps.c.job == number)
        with self._store.writing() as connection:
            connection.execute(insert(job_steps).values(job=number, number=connection.execute(last).scalar_one(), step=step))

    def _end(self, number: int, values: dict[str, Any]) -> None:
        # The last number is not given up: PostgreSQL counts on from the highest there is.
        last = select(func.max(jobs.c.number)).scalar_subquery()
        old = (jobs.c.state == "done", jobs.c.due < time.time() - self._kept, jobs.c.number < last)
        with self._store.writing() as connection:
            connection.execute(update(jobs).where(jobs.c.number == number).values(values))
            connection.execute(delete(job_steps).where(job_steps.c.job.in_(select(jobs.c.number).where(*old))))
            connection.execute(delete(jobs).where(*old))
