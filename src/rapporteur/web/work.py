"""What the server does beside its pages: jobs of the record that people began, on the disk before the answer is sent and done
after a restart too; and making the account anew, which any run of the server does that finds it old.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from queue import SimpleQueue
from threading import Event, Lock, Thread

import msgspec
from msgspec import Struct

from rapporteur.desk import Record, Viewer
from rapporteur.desk import schedules as desk
from rapporteur.desk.adding import Addition, Step, add
from rapporteur.errors import AccessError, ConfigurationError, InputError, RapporteurError
from rapporteur.jobs import HopelessError, Job, Queue, Task
from rapporteur.jobs.base import Tell
from rapporteur.language import load
from rapporteur.pipeline import Reader
from rapporteur.store.team_base import COMMON
from rapporteur.web.queued import ADD, COMPARE, QueuedWork, look_up

STOP_SECONDS = 3.0
"""For what is in hand when the server is to stop: a report takes about a second. What takes longer is lost, and begun again."""
LOOK_SECONDS = 0.1
"""How often it is looked whether the account has been made."""
_LOG = logging.getLogger("rapporteur.web")


class Accepted(Struct, frozen=True):
    """What a job of the kind ``ADD`` takes: who adds what to which process."""

    viewer: Viewer
    into: str
    additions: tuple[Addition, ...]


class Comparing(Struct, frozen=True):
    """What a job of the kind ``COMPARE`` takes: who compares what. It gives a ``desk.Compared``."""

    viewer: Viewer
    asked: desk.Asked


_ACCEPTED = msgspec.msgpack.Decoder(Accepted)
_COMPARING = msgspec.msgpack.Decoder(Comparing)
_COMPARED = msgspec.msgpack.Decoder(desk.Compared)


class Making:
    """One making of the account."""

    def __init__(self) -> None:
        self.begun = False
        self.ended = False

    async def ending(self, most: float) -> bool:
        """Waits until it has ended, ``most`` seconds at most; whether it has."""
        for _ in range(int(most / LOOK_SECONDS)):
            if self.ended:
                break
            await asyncio.sleep(LOOK_SECONDS)
        return self.ended


class Works:
    """The works of one application. ``make`` makes the accounts anew where anything has come since the last; ``told`` is called
    when there may be new ones; both are to be over soon when ``stop`` is set."""

    def __init__(
        self,
        leased: Callable[[Viewer | None, str], AbstractContextManager[Record]],
        reader: Reader,
        queue: Queue,
        make: Callable[[], None],
        told: Callable[[], None],
    ) -> None:
        self.queue, self.stop = queue, Event()
        self._leased, self._reader, self._make, self._told = leased, reader, make, told
        self._lock = Lock()
        handles = {ADD: self._add, COMPARE: self._compare}
        self._working = Thread(target=queue.work, args=(handles, self.stop), name="rapporteur-jobs", daemon=True)
        # Threads that the end of the program does not wait for.
        self._accounting = Thread(target=self._make_in_turn, name="rapporteur-account", daemon=True)
        self._asked: SimpleQueue[Making] = SimpleQueue()
        self._making: Making | None = None

    def begin(self) -> None:
        """Loads the language pipeline ahead of the first report, makes the account anew if reports came without one, and starts
        with the jobs that an earlier run has left."""
        self.refresh()
        self._accounting.start()
        self._working.start()

    def add(self, viewer: Viewer, additions: Sequence[Addition], title: str, into: str = COMMON) -> QueuedWork:
        """Accepts ``additions`` of ``viewer`` to be read into a process; durable on return."""
        return self._accept(ADD, msgspec.msgpack.encode(Accepted(viewer, into, tuple(additions))), viewer, title)

    def compare(self, viewer: Viewer, asked: desk.Asked) -> QueuedWork:
        """Accepts a comparison of schedules; durable on return."""
        return self._accept(COMPARE, msgspec.msgpack.encode(Comparing(viewer, asked)), viewer, asked.name)

    def compared(self, work: QueuedWork) -> desk.Compared | None:
        """What a comparison has come to; None before, and for other works."""
        result = work.result if work.job.kind == COMPARE else None
        return _COMPARED.decode(result) if result is not None else None

    def refresh(self) -> Making:
        """Begins to make the account anew if anything has come since the last; one that has not begun is enough for all."""
        with self._lock:
            if self._making is None or self._making.begun:
                self._making = Making()
                self._asked.put(self._making)
            return self._making

    def catch_up(self) -> None:
        """As ``refresh``, unless the account is being made anew already, or reports are being read and it will be after them."""
        if not self.busy():
            self.refresh()

    def busy(self) -> bool:
        """Whether an account is being made, or will be when the reports that wait are read."""
        making = self._making is not None and not self._making.ended
        return making or bool(self.queue.unfinished(ADD))

    def get(self, ident: str, viewer: Viewer) -> QueuedWork | None:
        """The work with this id, for who began it."""
        work = look_up(self.queue, int(ident)) if ident.isdecimal() and len(ident) < 16 else None
        return work if work is not None and work.job.who in (viewer.who, "") else None

    def close(self) -> None:
        """Ends when what is in hand is done, broken off at a step, or has had ``STOP_SECONDS``. The next run does the rest."""
        self.stop.set()
        self._asked.put(Making())  # wakes the thread
        end = time.monotonic() + STOP_SECONDS
        for thread in (self._working, self._accounting):
            if thread.is_alive():
                thread.join(max(0.0, end - time.monotonic()))

    def _accept(self, kind: str, payload: bytes, viewer: Viewer, title: str) -> QueuedWork:
        number = self.queue.enqueue(Task(kind, payload, f"{kind}-{secrets.token_hex(16)}", viewer.who, title))
        made = look_up(self.queue, number)
        assert made is not None, "it was just accepted"
        return made

    def _add(self, job: Job, tell: Tell) -> None:
        asked = _ACCEPTED.decode(job.payload)
        try:
            with self._leased(asked.viewer, asked.into) as record:
                # Of many that wait the last makes the account anew, for all of them.
                last = self.queue.unfinished(ADD) <= 1
                step: Step | None = None
                for step in add(record, asked.viewer, asked.additions, self._reader, reconcile=last):
                    tell(msgspec.json.encode(step))
        except (InputError, AccessError) as error:
            raise HopelessError(str(error)) from error
        # An account may be due, and those who see more or less of the record have accounts of their own.
        if asked.viewer.hidden is not None or (last and (step is None or step.account is None)):
            self.refresh()
        else:
            self._told()

    def _compare(self, job: Job, tell: Tell) -> bytes:
        asked = _COMPARING.decode(job.payload)
        if job.tries > 1:
            tell(msgspec.json.encode(Step("running", "Begun again: it was broken off")))
        try:
            with self._leased(asked.viewer, COMMON) as record:
                scenario = desk.begin(record, asked.viewer, asked.asked)
        except (ConfigurationError, InputError, AccessError) as error:
            raise HopelessError(str(error)) from error
        steps = desk.running(scenario, asked.asked)
        while True:
            try:
                tell(msgspec.json.encode(next(steps)))
            except StopIteration as end:
                tell(msgspec.json.encode(Step("done", "Compared")))
                return msgspec.msgpack.encode(end.value)

    def _make_in_turn(self) -> None:
        with suppress(RapporteurError):  # said to whoever adds the first report
            load(self._reader.language)
        while not self.stop.is_set():
            self._run(self._asked.get())

    def _run(self, making: Making) -> None:
        if self.stop.is_set():
            return
        making.begun = True
        try:
            self._make()
        except Exception:  # the next one who looks at an old account has it tried again, and so has the next run
            if not self.stop.is_set():
                _LOG.exception("making the account anew")
        finally:
            making.ended = True
        self._told()
