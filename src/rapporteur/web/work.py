"""What the server does in the background: reading what was accepted (``queued``), and making the account anew.

Each work keeps its steps, so that whoever opens its page later, or again, sees all of them.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from threading import Lock

from rapporteur.desk import Record, Viewer
from rapporteur.desk.adding import Addition, Step
from rapporteur.errors import RapporteurError
from rapporteur.jobs import Queue
from rapporteur.language import load
from rapporteur.pipeline import Reader
from rapporteur.store.team_base import COMMON
from rapporteur.team.groups import audiences_of
from rapporteur.web.queued import KIND, QueuedWork, Reading, look_up

MOST_KEPT = 500
LOOK_SECONDS = 0.1
"""How often a page that follows a work looks for new steps."""
_LOG = logging.getLogger("rapporteur.web")


@dataclass
class Work:
    """``steps`` so far; ``failed`` says why it came to nothing, ``result`` what came of it where it is not in the record."""

    ident: str
    who: str
    title: str
    steps: list[Step] = field(default_factory=list)
    ended: bool = False
    failed: str | None = None
    result: object = None

    async def follow(self, seen: int = 0) -> AsyncIterator[tuple[int, Step]]:
        """Numbered steps after the first ``seen``, as they happen, until the work has ended."""
        while True:
            ended = self.ended
            while seen < len(self.steps):
                seen += 1
                yield seen, self.steps[seen - 1]
            if ended:
                return
            await asyncio.sleep(LOOK_SECONDS)

    def now(self) -> Work:
        """As it is at this moment: itself."""
        return self

    async def ending(self, most: float) -> bool:
        """Waits until the work has ended, ``most`` seconds at most; whether it has."""
        for _ in range(int(most / LOOK_SECONDS)):
            if self.ended:
                break
            await asyncio.sleep(LOOK_SECONDS)
        return self.ended


class Works:
    """The works of one application: reports are read by one thread, all else is done in its order by another; ``told`` is called
    when there may be a new account."""

    def __init__(
        self,
        leased: Callable[[Viewer | None, str], AbstractContextManager[Record]],
        reader: Reader,
        queue: Queue,
        told: Callable[[], None],
    ) -> None:
        self._leased = leased
        self._reading = Reading(queue, leased, reader, self._others)
        self._reader = reader
        self._told = told
        self._kept: OrderedDict[str, Work] = OrderedDict()
        self._lock = Lock()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="rapporteur-work")
        self._refreshing: Work | None = None

    def begin(self) -> None:
        """Loads the language pipeline ahead of the first report, and makes the account anew if reports came without one."""
        self._thread.submit(load, self._reader.language)
        self.refresh()
        self._reading.begin()

    def add(self, viewer: Viewer, additions: Sequence[Addition], title: str, into: str = COMMON) -> QueuedWork:
        """Accepts ``additions`` of ``viewer`` to be read into a process; durable on return."""
        return self._reading.accept(viewer, additions, title, into)

    def do(self, viewer: Viewer, title: str, deed: Callable[[Record], Generator[Step, None, object]]) -> Work:
        """Begins something else for ``viewer``; what ``deed`` returns is the work's ``result``."""
        work = self._new(viewer.who, title)
        self._thread.submit(self._run, work, deed, viewer)
        return work

    def refresh(self) -> Work:
        """Begins to make the account anew if anything has come since the last; one such work waits at a time."""
        with self._lock:
            if self._refreshing is not None and not self._refreshing.ended and not self._refreshing.steps:
                return self._refreshing
        work = self._new("", "Linking and reconciling")
        self._refreshing = work
        self._thread.submit(self._run, work, self._refreshed)
        return work

    def catch_up(self) -> None:
        """As ``refresh``, unless the account is being made anew already, or reports are being read and it will be after them."""
        if not self.busy():
            self.refresh()

    def busy(self) -> bool:
        """Whether an account is being made, or will be when the reports that wait are read."""
        refreshing = self._refreshing is not None and not self._refreshing.ended
        return refreshing or bool(self._reading.queue.unfinished(KIND))

    def get(self, ident: str, viewer: Viewer) -> Work | QueuedWork | None:
        """The work with this id, for who began it; of works that are not in the record the last ``MOST_KEPT`` are kept."""
        number = int(ident) if ident.isdecimal() and len(ident) < 16 else None
        work = self._kept.get(ident) if number is None else look_up(self._reading.queue, number)
        return work if work is not None and work.who in (viewer.who, "") else None

    def close(self) -> None:
        """Ends when what is being done has been done; what waits is not begun, reports that were accepted are by the next run."""
        self._reading.close()
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _new(self, who: str, title: str) -> Work:
        work = Work(secrets.token_urlsafe(9), who, title)
        with self._lock:
            self._kept[work.ident] = work
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return work

    def _run(self, work: Work, deed: Callable[[Record], Iterator[Step]], viewer: Viewer | None = None) -> None:
        try:
            with self._leased(viewer, COMMON) as record:
                steps = deed(record)
                while True:
                    try:
                        work.steps.append(next(steps))
                    except StopIteration as end:
                        work.result = end.value
                        break
        except RapporteurError as error:
            work.failed = str(error)
        except Exception:
            _LOG.exception("%s", work.title)
            work.failed = "a fault of the program; it is in the server's log, please report it"
        finally:
            work.ended = True

    def _others(self, viewer: Viewer, due: bool) -> None:  # noqa: FBT001  # handed over as a callable
        """Called when ``viewer`` has added: an account may be ``due``, and those who see more or less of the record have
        accounts of their own."""
        if due or viewer.hidden is not None:
            self.refresh()
        else:
            self._told()

    def _refreshed(self, record: Record) -> Iterator[Step]:
        """The server's own deed, whoever looks: the accounts of all who see different parts of the record show what it holds."""
        yield Step("linking", "Linking and reconciling")
        for hidden in audiences_of(record.store.team()):
            server = Viewer("rapporteur", "admin", hidden)
            with self._leased(server, COMMON) as seen:
                standing = seen.refreshed(server)
        self._told()
        yield Step("done", "Done", None, standing.number if standing else None)
