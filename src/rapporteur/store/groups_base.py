"""The contract of what reconciling keeps of a record between runs: items by look-up key, their groups, and what reports lead to.

It is a part of the record's standing (``StandingStore.groups``), is written with it (``Change.grouped``) and can be made again at
any time. What the bytes hold is the business of ``standing``.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence

from msgspec import Struct


class Row(Struct, frozen=True):
    """An item: its ``number``, the report it is from, the number of the first item of its group, and how much it is like the
    likest before it there."""

    number: int
    report: str
    leader: int
    likeness: float
    item: bytes


class Key(Struct, frozen=True):
    """An item under a look-up key, ordered there by ``place``, then ``number``."""

    key: int
    place: int
    number: int


class Kin(Struct, frozen=True):
    """The id of the origin that a report is itself (None: it is none), and more about what it leads back to."""

    report: str
    own: str | None
    kin: bytes


class Regrouped(Struct, frozen=True):
    """An update: ``gone`` items go, with their keys; ``rows`` and ``kin`` take the place of those of the same number or report.
    ``anew``: nothing that was kept before is left. No report's drifts are waiting any more."""

    rows: tuple[Row, ...] = ()
    keys: tuple[Key, ...] = ()
    gone: tuple[int, ...] = ()
    kin: tuple[Kin, ...] = ()
    anew: bool = False


class GroupStore(ABC):
    """The groups of one scope. ``StoreError`` when the database cannot be read."""

    @abstractmethod
    def stretches(
        self, asked: Sequence[tuple[int, int]], span: int, most: int
    ) -> Mapping[tuple[int, int], list[tuple[int, int]]]:
        """For each key and place of ``asked``: (place, number) of what is kept under the key, in order: at ``span`` places from
        that one on, of the ``most`` before it, and of the ``most`` after them."""

    @abstractmethod
    def rows(self, numbers: Sequence[int]) -> list[Row]:
        """Those of the items that are kept."""

    @abstractmethod
    def rows_of(self, reports: Sequence[str]) -> list[Row]:
        """The items of reports."""

    @abstractmethod
    def members(self, leaders: Sequence[int]) -> list[Row]:
        """The items of groups."""

    @abstractmethod
    def kin(self, reports: Sequence[str]) -> list[Kin]:
        """What is kept of those of the reports that are known."""

    @abstractmethod
    def origins(self) -> int:
        """How many origins the record has."""

    @abstractmethod
    def waiting(self) -> list[str]:
        """Sorted ids of the reports of which derivations or drifts were written since the last update of this."""
