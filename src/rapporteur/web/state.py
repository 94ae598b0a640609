"""What the parts of one running application share: options, opened stores, standings, the work under way."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from importlib import import_module
from queue import Empty, LifoQueue
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import unquote

from fastapi import Depends, Request

from rapporteur.desk import Record, Standings, Viewer
from rapporteur.desk.making import make_accounts
from rapporteur.errors import AccessError
from rapporteur.jobs import queue_of
from rapporteur.pipeline import Reader
from rapporteur.store import open_store
from rapporteur.store.base import Store
from rapporteur.store.ranking import HeldWords
from rapporteur.store.sql import SqlStore
from rapporteur.store.team_base import COMMON
from rapporteur.team.access import Access
from rapporteur.team.openid import OpenId
from rapporteur.team.view import View
from rapporteur.watch.background import Background
from rapporteur.watch.round import Watching
from rapporteur.watch.rounds import Rounds
from rapporteur.web.who import who_asks
from rapporteur.web.work import Works

if TYPE_CHECKING:
    from rapporteur.web.limits import Limits


CHOSEN = "rapporteur-process"
"""The cookie with the name of the process that is looked at, of several that a record follows."""


@dataclass(frozen=True, kw_only=True)
class WebOptions:
    """``address`` of the record (a file's path or ``scheme://...``); ``reader`` reads what is added.

    ``hosts`` are the names by which the server may be called: others are refused, so that a page elsewhere whose name resolves to
    this machine (DNS rebinding) gets no answer. ``most_bytes`` limits the body of one request. With ``watching`` the record's
    feeds are polled while the application runs. ``openid`` is where users sign in who have no password here.
    ``who`` is the name that a record without users is signed with.
    """

    address: str
    reader: Reader
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "::1")
    most_bytes: int = 50_000_000
    watching: Watching | None = None
    openid: OpenId | None = None
    who: str = "you"
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))


class Stores:
    """Opened stores of one record: each is used by one request at a time and then kept open for the next."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._idle: LifoQueue[Store] = LifoQueue()
        self._words = HeldWords()

    @contextmanager
    def lease(self) -> Iterator[Store]:
        """A store that nobody else uses meanwhile. One in which something went wrong is closed and not used again."""
        try:
            store = self._idle.get_nowait()
        except Empty:
            store = open_store(self._address)
            if isinstance(store, SqlStore):
                store.words = self._words
        try:
            yield store
        except BaseException:
            store.close()
            raise
        self._idle.put(store)

    def close(self) -> None:
        """Closes those that are idle."""
        while True:
            try:
                self._idle.get_nowait().close()
            except Empty:
                return


class Shared:
    """The state of one application, found at ``app.state.shared``."""

    def __init__(self, options: WebOptions) -> None:
        self.options = options
        self.stores = Stores(options.address)
        self.standings = Standings()
        self._queued = open_store(options.address)
        self.works = Works(self.record, options.reader, queue_of(self._queued), self._make_accounts, self.look)
        self.background: Background | None = None
        if options.watching is not None:
            rounds = Rounds(self.stores.lease, options.address, self.works.queue, options.watching)
            self.background = Background(rounds, self.works.busy)
        self.has_users = False
        self.provider: Any = None

    @property
    def alone(self) -> Viewer:
        """The one person of a record without users."""
        return Viewer(self.options.who, "admin")

    @cached_property
    def limits(self) -> Limits:
        """Made when somebody has to sign in: one person alone needs none, nor the package behind it."""
        made: Limits = import_module("rapporteur.web.limits").Limits()
        return made

    @contextmanager
    def record(self, viewer: Viewer | None, into: str = COMMON, chosen: str | None = None) -> Iterator[Record]:
        """The record for one thread, as ``viewer`` may see it (None: the server itself); reports are added to ``into``, and the
        process ``chosen`` is looked at if there is one of that name."""
        with self.stores.lease() as leased:
            store: Store = leased
            if viewer is not None and viewer.hidden is not None:
                log = partial(Access(leased.team()).log, viewer.who)
                store = View(leased, viewer.who, viewer.hidden, log, into=into)
            record = Record(store, self.standings)
            yield replace(record, chosen=chosen) if chosen is not None and chosen in record.choices else record

    def begin(self) -> None:
        """Starts to do the jobs of the record, and to watch its feeds."""
        self.works.begin()
        if self.background:
            self.background.start()

    def _make_accounts(self) -> None:
        with self.stores.lease() as store:
            make_accounts(store, self.options.address, self.standings, self.works.stop)

    def look(self) -> None:
        """Has the next round of watching made now, where there are any."""
        if self.background:
            self.background.look()

    def close(self) -> None:
        """Ends what is being done and lets go of the record."""
        if self.background:
            self.background.stop()
        self.works.close()
        self.stores.close()
        self._queued.close()


def shared_of(request: Request) -> Shared:
    """The state of the application that answers ``request``."""
    shared = request.app.state.shared
    assert isinstance(shared, Shared)
    return shared


def viewer_of(request: Request) -> Viewer | None:
    """Who sends a request; None: nobody that is known."""
    return who_asks(request, shared_of(request))


def _in_use(request: Request) -> Iterator[Record]:
    viewer = viewer_of(request)
    if viewer is None:
        raise AccessError(f"{request.url.path}: is only shown to those who have signed in; sign in first")
    with shared_of(request).record(viewer, chosen=unquote(request.cookies.get(CHOSEN, "")) or None) as record:
        yield record


InUse = Annotated[Record, Depends(_in_use)]
"""A route's parameter of this type is the record as the viewer may see it, opened for this request."""
