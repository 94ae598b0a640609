"""Feeds that a record follows, and alerts: what of the followed facts has changed."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

AlertKind = Literal["figure", "position", "commitment", "origin", "word"]
AlertChange = Literal["new", "changed", "contradicted", "vanished"]


class Feed(Struct, frozen=True):
    """A feed (RSS, Atom) at ``address``. ``etag`` and ``modified`` are the validators of its last answer (RFC 9110, 13.1);
    ``asked`` and ``due`` are when it was asked last and is asked next (ISO 8601, UTC), ``due`` None for one that is gone;
    ``failures`` counts those in a row, ``problem`` says the last."""

    address: str
    title: str | None = None
    etag: str | None = None
    modified: str | None = None
    due: str | None = "1970-01-01T00:00:00Z"
    failures: int = 0
    problem: str | None = None
    asked: str | None = None


class Alert(Struct, frozen=True):
    """One change of a followed fact between two accounts of a process (``process`` is its name, "" without a process file).

    ``text`` is a line of the account, which passed the writer's guard; ``cites`` are the claims behind it, ``reports`` those that
    bear them. ``account`` is the number of the account that shows it. ``id`` is a hash of what changed: the same change has the
    same id.
    """

    id: str
    at: str
    kind: AlertKind
    change: AlertChange
    process: str
    title: str
    text: str
    cites: tuple[str, ...]
    reports: tuple[str, ...]
    account: int
    finding: str | None = None
