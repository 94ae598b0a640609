"""The contract of a job queue: work that was accepted and is done later, by this process or another, at least once.

A job is on the disk before ``enqueue`` returns. It is done by one worker at a time; a worker that is killed leaves its job to the
next, so that what a job does must be of no effect the second time (reading a report into a record is: it is held already). A job
that fails is tried again after a while, ``TRIES`` times in all, then it is dead: kept with its problem until somebody revives it.
A job that is done is forgotten after ``KEPT_SECONDS``, with its steps and result. Kinds do not wait for one another: a feed that
is slow holds up no upload.

To add a queue: subclass ``Queue``, name it in ``jobs/__init__.py`` and in ``tests/contract/test_jobs.py``.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from threading import Event
from typing import Literal

from msgspec import Struct

TRIES = 5
"""How often a job is begun. Five with the back-off below spans five minutes: a restart of the database, a site that is down."""

KEPT_SECONDS = 30 * 86_400
"""For how long a job that is done can be looked up: whoever was away for a month still sees what came of an upload."""

State = Literal["waiting", "running", "done", "dead"]


class Task(Struct, frozen=True):
    """What is to be done: its ``kind`` with the bytes that whoever does this kind takes, for whom, and what it is called.

    ``key`` names it: while the job of one waits or runs, a second task with its key is the same; when that has ended, the second
    begins it anew under its number. What is to be done by one worker at a time, again and again, has one key for ever.
    """

    kind: str
    payload: bytes
    key: str
    who: str = ""
    title: str = ""


class Job(Struct, frozen=True):
    """A task that was accepted. ``tries``: how often it was begun; ``problem``: why the last try failed.

    ``payload`` is given to whoever does the job, and empty elsewhere.
    """

    number: int
    kind: str
    who: str
    title: str
    state: State
    tries: int
    problem: str | None = None
    payload: bytes = b""


class HopelessError(Exception):
    """Raised by whoever does a job that would fail again in the same way: it is dead at once."""


class StoppedError(Exception):
    """Raised where a job tells a step while its worker is to stop. The job waits again, as if it had not been begun."""


Tell = Callable[[bytes], None]
"""Tells one step of a job's progress; ``StoppedError`` when the worker is to stop."""

Handle = Callable[[Job, Tell], bytes | None]
"""Does a job; what it returns is kept as its result. An exception is a failed try; its text is kept as the job's problem."""

Handles = Mapping[str, Handle]
"""Kinds of jobs, and who does them."""


def pause(tries: int) -> int:
    """Seconds until the next try after ``tries`` of them: 4, 16, 64, 256."""
    return int(4**tries)


class Queue(ABC):
    """The jobs of one record. Processes and threads may share a queue, each through an object of its own or not."""

    @abstractmethod
    def enqueue(self, task: Task) -> int:
        """Accepts a task, durable on return; the number of its job."""

    @abstractmethod
    def job(self, number: int) -> Job | None:
        """The job with this number."""

    @abstractmethod
    def result(self, number: int) -> bytes | None:
        """What the job with this number gave; None before it is done, or when it gives nothing."""

    @abstractmethod
    def unfinished(self, kind: str) -> int:
        """How many jobs of this kind wait or run."""

    @abstractmethod
    def steps(self, number: int, after: int = 0) -> list[bytes]:
        """What the job has told so far, without the first ``after``."""

    @abstractmethod
    def dead(self) -> tuple[Job, ...]:
        """The jobs that came to nothing, oldest first."""

    @abstractmethod
    def revive(self, number: int) -> bool:
        """Lets a dead job wait again, with all its tries; False when no dead job has this number."""

    @abstractmethod
    def work(self, handles: Handles, stop: Event) -> None:
        """Does jobs of the kinds in ``handles``, one of each kind at a time, the oldest that may begin first, until ``stop`` is
        set; a job in hand is broken off at its next step, or done. Jobs of other kinds are left to others."""
