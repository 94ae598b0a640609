"""Reports that were accepted, as jobs of the record: on the disk before the answer is sent, read after a restart too."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from threading import Event, Thread

import msgspec
from fastapi.concurrency import run_in_threadpool
from msgspec import Struct

from rapporteur.desk import Record, Viewer
from rapporteur.desk.adding import Addition, Step, add
from rapporteur.errors import AccessError, InputError
from rapporteur.jobs import HopelessError, Job, Queue, Task
from rapporteur.jobs.base import Tell
from rapporteur.pipeline import Reader

KIND = "add"
LOOK_SECONDS = 0.15
"""How often a page that follows a job looks for new steps: two indexed look-ups."""

_STEP = msgspec.json.Decoder(Step)


class Accepted(Struct, frozen=True):
    """What a job of this kind takes: who adds what to which process."""

    viewer: Viewer
    into: str
    additions: tuple[Addition, ...]


_ACCEPTED = msgspec.msgpack.Decoder(Accepted)


@dataclass(frozen=True)
class QueuedWork:
    """A job as pages follow it: as it is when it was looked up."""

    queue: Queue
    job: Job
    steps: tuple[Step, ...] = ()

    @property
    def ident(self) -> str:
        """Its number."""
        return str(self.job.number)

    @property
    def who(self) -> str:
        """Who added."""
        return self.job.who

    @property
    def title(self) -> str:
        """What was added."""
        return self.job.title

    @property
    def ended(self) -> bool:
        """Whether it is done, or has come to nothing."""
        return self.job.state in ("done", "dead")

    @property
    def failed(self) -> str | None:
        """Why it came to nothing."""
        return self.job.problem if self.job.state == "dead" else None

    async def follow(self, seen: int = 0) -> AsyncIterator[tuple[int, Step]]:
        """Numbered steps after the first ``seen``, as they happen, until the job has ended."""
        now: QueuedWork | None = self
        while now is not None:
            now = await run_in_threadpool(look_up, self.queue, self.job.number, seen)
            for step in now.steps if now else ():
                seen += 1
                yield seen, step
            if now is None or now.ended:
                return
            await asyncio.sleep(LOOK_SECONDS)

    def now(self) -> QueuedWork:
        """As it is at this moment, with all its steps."""
        return look_up(self.queue, self.job.number) or self


def look_up(queue: Queue, number: int, after: int = 0) -> QueuedWork | None:
    """The job with this number, with its steps but the first ``after``."""
    job = queue.job(number)
    # The state is read before the steps: a job that has ended tells nothing more.
    return QueuedWork(queue, job, tuple(map(_STEP.decode, queue.steps(number, after)))) if job and job.kind == KIND else None


class Reading:
    """Reads what was accepted, one job after another, in a thread of its own; ``added`` is called after each, and told whether
    the account is still to be made."""

    def __init__(
        self,
        queue: Queue,
        leased: Callable[[Viewer | None, str], AbstractContextManager[Record]],
        reader: Reader,
        added: Callable[[Viewer, bool], None],
    ) -> None:
        self.queue = queue
        self._added = added
        self._leased = leased
        self._reader = reader
        self._stop = Event()
        self._thread = Thread(target=queue.work, args=(self._read, self._stop), name="rapporteur-reading", daemon=True)

    def begin(self) -> None:
        """Starts with what an earlier run of the server has left."""
        self._thread.start()

    def accept(self, viewer: Viewer, additions: Sequence[Addition], title: str, into: str) -> QueuedWork:
        """Keeps what is to be read; it is durable on return."""
        payload = msgspec.msgpack.encode(Accepted(viewer, into, tuple(additions)))
        number = self.queue.enqueue(Task(KIND, payload, f"{KIND}-{secrets.token_hex(16)}", viewer.who, title))
        made = look_up(self.queue, number)
        assert made is not None, "it was just accepted"
        return made

    def close(self) -> None:
        """Ends when the job in hand is done; what waits is left to the next run."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def _read(self, job: Job, tell: Tell) -> None:
        asked = _ACCEPTED.decode(job.payload)
        try:
            with self._leased(asked.viewer, asked.into) as record:
                # Of many that wait the last makes the account anew, for all of them.
                last = self.queue.unfinished(KIND) <= 1
                step: Step | None = None
                for step in add(record, asked.viewer, asked.additions, self._reader, reconcile=last):
                    tell(msgspec.json.encode(step))
            self._added(asked.viewer, last and (step is None or step.account is None))
        except (InputError, AccessError) as error:
            raise HopelessError(str(error)) from error
