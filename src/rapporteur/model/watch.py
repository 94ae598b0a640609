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

    ``text`` says from what to what, in words of the reports that passed the writer's guard, ``short`` the same in a line.
    ``cites`` are the claims behind it, first the one that brought the change, ``earlier`` those of them that stood before,
    ``reports`` those that bear them. ``account`` is the number of the account that shows it. ``id`` is a hash of what changed:
    the same change has the same id.
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
    earlier: tuple[str, ...] = ()
    short: str = ""

    @property
    def heading(self) -> str:
        """What kind of change it is: "Figure changed", "New origin"."""
        name = "passage with a word to watch" if self.kind == "word" else self.kind
        return f"New {name}" if self.change == "new" else f"{name.capitalize()} {_CHANGED[self.change]}"


_CHANGED = {"changed": "changed", "contradicted": "disputed", "vanished": "gone from an updated report"}
