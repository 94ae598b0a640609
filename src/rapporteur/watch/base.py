"""The contract of what a record keeps about feeds and alerts.

Feeds and their entries are bookkeeping and may be overwritten; alerts are numbered from 1 and never change. A delivery is one
alert that one target (a webhook, a mailbox) is still to get: it is entered with the alert in one transaction, so that a process
killed between the two loses none.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence

from msgspec import Struct

from rapporteur.model.watch import Alert, Feed


class Numbered(Struct, frozen=True):
    """An alert with its number."""

    number: int
    alert: Alert


class Delivery(Struct, frozen=True):
    """An alert that ``target`` is still to get; ``due`` (ISO 8601, UTC) is when it is tried next, after ``failures`` tries."""

    number: int
    alert: Alert
    target: str
    failures: int
    due: str


class WatchStore(ABC):
    """Feeds, alerts and deliveries of one record."""

    @abstractmethod
    def feeds(self) -> tuple[Feed, ...]:
        """All feeds that are followed, by address."""

    @abstractmethod
    def put_feed(self, feed: Feed) -> None:
        """Follows a feed, or replaces what is kept about the one at its address."""

    @abstractmethod
    def drop_feed(self, address: str) -> bool:
        """Follows the feed at ``address`` no longer; whether it was followed. Reports that came through it stay."""

    @abstractmethod
    def unseen(self, address: str, entries: Sequence[str]) -> list[str]:
        """Those of the ``entries`` (ids) of a feed that were not taken yet, in the order given."""

    @abstractmethod
    def saw(self, address: str, entries: Iterable[str]) -> None:
        """Notes that these entries were taken."""

    @abstractmethod
    def alerted(self, process: str) -> int | None:
        """Number of the account of ``process`` up to which alerts were given; None before the first."""

    @abstractmethod
    def alert(self, process: str, account: int, alerts: Sequence[Alert], targets: Sequence[str]) -> int:
        """Appends the alerts that are new by id, one delivery for each of them and target, and moves ``alerted`` on, in one
        transaction; returns how many were new."""

    @abstractmethod
    def alerts(self, most: int, process: str | None = None) -> list[Numbered]:
        """The last ``most`` alerts (of ``process``, or all), newest first."""

    @abstractmethod
    def deliveries(self, now: str) -> list[Delivery]:
        """What is to be delivered by ``now``, oldest first."""

    @abstractmethod
    def delivered(self, number: int, target: str) -> None:
        """The target has got the alert with this number."""

    @abstractmethod
    def put_off(self, number: int, target: str, due: str | None, problem: str) -> None:
        """The delivery failed with ``problem`` and is tried again at ``due``; with None it is given up and stays as failed."""

    @abstractmethod
    def given_up(self) -> list[tuple[Delivery, str]]:
        """Deliveries that were given up, each with its last problem."""
