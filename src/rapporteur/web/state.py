"""What the parts of one running application share: options, opened stores, standings, the work under way."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import Empty, LifoQueue
from typing import Annotated

from fastapi import Depends, Request

from rapporteur.desk import Record, Standings, Viewer
from rapporteur.pipeline import Reader
from rapporteur.store import open_store
from rapporteur.store.base import Store
from rapporteur.watch.round import Watching
from rapporteur.web.work import Works

Identify = Callable[[Request], Viewer | None]
"""Who sends a request; None: nobody that is known."""


def one_user(request: Request) -> Viewer:
    """The default: one person on one machine, who may do everything."""
    return Viewer("you", "admin")


@dataclass(frozen=True, kw_only=True)
class WebOptions:
    """``address`` of the record (a file's path or ``scheme://...``); ``reader`` reads what is added; ``identify`` says who asks.

    ``hosts`` are the names by which the server may be called: others are refused, so that a page elsewhere whose name resolves to
    this machine (DNS rebinding) gets no answer. ``most_bytes`` limits the body of one request. With ``watching`` the record's
    feeds are polled while the application runs.
    """

    address: str
    reader: Reader
    identify: Identify = one_user
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "::1")
    most_bytes: int = 50_000_000
    watching: Watching | None = None
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))


class Stores:
    """Opened stores of one record: each is used by one request at a time and then kept open for the next."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._idle: LifoQueue[Store] = LifoQueue()

    @contextmanager
    def lease(self) -> Iterator[Store]:
        """A store that nobody else uses meanwhile. One in which something went wrong is closed and not used again."""
        try:
            store = self._idle.get_nowait()
        except Empty:
            store = open_store(self._address)
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
        self.works = Works(self.record, options.reader)

    @contextmanager
    def record(self) -> Iterator[Record]:
        """The record, for one thread."""
        with self.stores.lease() as store:
            yield Record(store, self.standings)

    def close(self) -> None:
        """Ends what is being done and lets go of the record."""
        self.works.close()
        self.stores.close()


def shared_of(request: Request) -> Shared:
    """The state of the application that answers ``request``."""
    shared = request.app.state.shared
    assert isinstance(shared, Shared)
    return shared


def _in_use(request: Request) -> Iterator[Record]:
    with shared_of(request).record() as record:
        yield record


InUse = Annotated[Record, Depends(_in_use)]
"""A route's parameter of this type is the record, opened for this request."""
