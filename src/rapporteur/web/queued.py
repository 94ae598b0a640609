"""Jobs of the record as pages follow them: as they are when they are looked up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import msgspec
from fastapi.concurrency import run_in_threadpool

from rapporteur.desk.adding import Step
from rapporteur.jobs import Job, Queue

ADD, COMPARE = "add", "compare"
"""The kinds of jobs that people begin and follow: reports read, schedules compared."""
LOOK_SECONDS = 0.15
"""How often a page that follows a job looks for new steps: two indexed look-ups."""

_STEP = msgspec.json.Decoder(Step)


@dataclass(frozen=True)
class QueuedWork:
    """A job at one moment; ``steps`` are those that were asked for."""

    queue: Queue
    job: Job
    steps: tuple[Step, ...] = ()

    @property
    def ident(self) -> str:
        """Its number."""
        return str(self.job.number)

    @property
    def title(self) -> str:
        """What is read or compared."""
        return self.job.title

    @property
    def ended(self) -> bool:
        """Whether it is done, or has come to nothing."""
        return self.job.state in ("done", "dead")

    @property
    def failed(self) -> str | None:
        """Why it came to nothing."""
        return self.job.problem if self.job.state == "dead" else None

    @property
    def result(self) -> bytes | None:
        """What came of it, where that is not in the record."""
        return self.queue.result(self.job.number)

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
    """The job with this number that somebody began, with its steps but the first ``after``."""
    job = queue.job(number)
    if job is None or job.kind not in (ADD, COMPARE):
        return None
    # The state is read before the steps: a job that has ended tells nothing more.
    return QueuedWork(queue, job, tuple(map(_STEP.decode, queue.steps(number, after))))
