"""Worker processes on this machine.

Each worker has a pipe of its own and one item at a time, so that the death of one, even in the middle of an answer, touches no
other (a shared queue would be left locked or torn). A thread per worker waits on its pipe; threads do no work of their own.
"""

from __future__ import annotations

import signal
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread
from typing import Any, Generic

from rapporteur.engine.base import Engine, In, Job, Out
from rapporteur.errors import RapporteurError

ATTEMPTS = 2
"""An item whose worker died is given to a second one: the first may have been killed from outside, for lack of memory."""

START_SECONDS = 120.0
"""For a worker to import and prepare; it takes one to three seconds on an idle machine."""

STOP_SECONDS = 0.1
"""How often it is looked whether the work of a process of its own has ended, or is to be stopped."""

# Items under way per worker: results are handed out in order, and behind one long report seven short ones can be read.
_AHEAD = 8

# Workers are started afresh everywhere: forking a process with threads is unsafe, and the default differs by system.
_CONTEXT = get_context("spawn")


class WorkerError(RapporteurError):
    """The work itself failed in a worker, or no worker could be started; the message holds the worker's traceback."""


class _LostError(Exception):
    """The worker died while it had an item."""


class _LateError(Exception):
    """The worker exceeded the time allowed for one item."""


class Processes(Engine):
    """``workers`` processes, at most ``seconds`` for one item; longer, and the worker is killed and the item counts as lost."""

    def __init__(self, workers: int, seconds: float = 300.0) -> None:
        self._workers = workers
        self._seconds = seconds

    def map(self, job: Job[In, Out], items: Iterable[In]) -> Iterator[Out]:
        crew: Crew[In, Out] = Crew(job, self._seconds)
        threads = ThreadPoolExecutor(self._workers, thread_name_prefix="rapporteur-worker")
        under_way: deque[Future[Out]] = deque()
        try:
            for item in items:
                under_way.append(threads.submit(crew.answer, item))
                while len(under_way) >= self._workers * _AHEAD or (under_way and under_way[0].done()):
                    yield under_way.popleft().result()
            while under_way:
                yield under_way.popleft().result()
        finally:
            crew.disband()
            threads.shutdown(cancel_futures=True)


class Crew(Generic[In, Out]):
    """The workers of one run: taken by a thread for one item, put back after it, replaced when they die."""

    def __init__(self, job: Job[In, Out], seconds: float) -> None:
        self._job = job
        self._seconds = seconds
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        self._all: list[_Worker] = []
        self._lock = Lock()
        self._disbanded = False

    def answer(self, item: In) -> Out:
        """The item's result, or what the job says for a lost one."""
        reason = ""
        for _ in range(ATTEMPTS):
            worker = self._take()
            try:
                result: Out = worker.ask(item, self._seconds)
            except _LateError:
                worker.kill()
                return self._job.lost(item, f"took longer than {self._seconds:g} s")
            except _LostError:
                reason = f"its worker process died {ATTEMPTS} times, last with {worker.kill()}"
                continue
            self._idle.put(worker)
            return result
        return self._job.lost(item, reason)

    def _take(self) -> _Worker:
        try:
            return self._idle.get_nowait()
        except Empty:
            pass
        with self._lock:
            if self._disbanded:
                raise WorkerError("the run was stopped")
            worker = _Worker(self._job.prepare)
            self._all.append(worker)
        worker.wait_until_ready()
        return worker

    def disband(self) -> None:
        """Ends all workers, those in the middle of an item too."""
        with self._lock:
            self._disbanded = True
            for worker in self._all:
                worker.kill()


def elsewhere(work: Callable[[In], Out], item: In, seconds: float, stop: Event | None = None) -> Out:
    """``work`` of one item in a process that ends with it, so that what it takes of the interpreter and of memory is not this
    process's; both must survive pickling. ``WorkerError`` when the process is lost, or was killed because of ``stop``."""
    crew: Crew[In, Out] = Crew(Job(partial(_itself, work), _raise_lost), seconds)
    ended = Event()
    if stop is not None:
        Thread(target=_disband_at, args=(stop, crew, ended), daemon=True).start()
    try:
        return crew.answer(item)
    finally:
        ended.set()
        crew.disband()


def _disband_at(stop: Event, crew: Crew[Any, Any], ended: Event) -> None:
    while not ended.is_set():
        if stop.wait(STOP_SECONDS):
            crew.disband()
            return


def _itself(work: Callable[[In], Out]) -> Callable[[In], Out]:
    return work


def _raise_lost(item: Any, reason: str) -> Any:
    raise WorkerError(f"a process for one piece of work: {reason}; it is begun again when it is next asked for")


class _Worker:
    """One process and the calling side's end of its pipe."""

    def __init__(self, prepare: Callable[[], Callable[[Any], Any]]) -> None:
        self._pipe, theirs = _CONTEXT.Pipe()
        self._process = _CONTEXT.Process(target=_serve, args=(theirs, prepare), daemon=True)
        self._process.start()
        theirs.close()

    def wait_until_ready(self) -> None:
        try:
            self._receive(START_SECONDS)
        except (_LostError, _LateError):
            raise WorkerError(f"a worker process could not be started ({self.kill()}); try --workers 1") from None

    def ask(self, item: object, seconds: float) -> Any:
        try:
            self._pipe.send(item)
        except OSError as error:
            raise _LostError from error
        return self._receive(seconds)

    def _receive(self, seconds: float) -> Any:
        try:
            if not self._pipe.poll(seconds):
                raise _LateError
            answer = self._pipe.recv()
        except (EOFError, OSError) as error:
            raise _LostError from error
        if isinstance(answer, _Failed):
            raise WorkerError(answer.trace) if answer.message is None else RapporteurError(answer.message)
        return answer

    def kill(self) -> str:
        """Ends the process; says how it ended, in words."""
        self._process.kill()
        self._process.join()
        code = self._process.exitcode or 0
        return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


@dataclass(frozen=True)
class _Failed:
    """Stands in for a result when the work raised: of an error of ours the message, of others the traceback."""

    message: str | None
    trace: str


def _serve(pipe: Connection, prepare: Callable[[], Callable[[Any], Any]]) -> None:
    """A worker's life: prepare, say so, answer items until the pipe closes."""
    # Ctrl-C reaches every process of the terminal; the calling one decides what happens, or half-done items would be lost.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        try:
            work = prepare()
            pipe.send(None)
            while True:
                pipe.send(work(pipe.recv()))
        except RapporteurError as error:
            pipe.send(_Failed(str(error), ""))
        except (EOFError, OSError):
            raise
        except Exception:
            pipe.send(_Failed(None, traceback.format_exc()))
    except (EOFError, OSError):
        return  # the calling process has gone, or needs no more
