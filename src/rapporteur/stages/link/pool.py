"""Items by look-up key, in canonical order: which stand near another, and which group each has joined.

Under a key an item meets the ``WIDTH`` items before it and those after it, not all: the sorted neighbourhood of Hernández and
Stolfo (SIGMOD 1995), with the canonical order, which is one of time, as the sorting key. So a key that half the record shares
costs no more than another, and what an item meets does not hang on the order in which reports came.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from msgspec import Struct

from rapporteur.stages.link.items import CLAIMS, Item

WIDTH = 40
"""Items met on either side under one key. On the wire reports 15 of 18,715 findings are other than with 100, with 60 there are 8;
the three take 19, 22 and 23 s."""

Order = tuple[int, int]


class Home(Struct, frozen=True, array_like=True, gc=False):
    """The group that an item has joined, by the number of its first member, and how much it is like the likest of those before
    it there (0 for the first)."""

    leader: int
    likeness: float


class Stretch(NamedTuple):
    """What is kept under ``key`` around the report whose first place is ``first``."""

    key: int
    first: int


class Kept(Protocol):
    """What an earlier run has left, as a pool asks for it; nothing, for a run over a whole record."""

    def stretches(self, asked: Sequence[Stretch], most: int) -> Mapping[Stretch, list[Order]]:
        """Items under each key, in order: of the report, ``most`` before it, ``most`` after it."""

    def items(self, numbers: Sequence[int]) -> Mapping[int, tuple[Item, Home]]:
        """Those of the items that are kept."""

    def of(self, reports: Sequence[str]) -> Mapping[int, tuple[Item, Home]]:
        """The items of reports."""

    def members(self, leaders: Sequence[int]) -> Mapping[int, tuple[Item, Home]]:
        """The items of groups."""


class Nothing:
    """Nothing is kept."""

    def stretches(self, asked: Sequence[Stretch], most: int) -> Mapping[Stretch, list[Order]]:
        """See ``Kept``."""
        return {}

    def items(self, numbers: Sequence[int]) -> Mapping[int, tuple[Item, Home]]:
        """See ``Kept``."""
        return {}

    def of(self, reports: Sequence[str]) -> Mapping[int, tuple[Item, Home]]:
        """See ``Kept``."""
        return {}

    def members(self, leaders: Sequence[int]) -> Mapping[int, tuple[Item, Home]]:
        """See ``Kept``."""
        return {}


class Pool:
    """Items with their groups. What changes is held here until it is written. ``keys`` gives the look-up keys under which an item
    meets those that it may join, ``more`` others under which it is kept."""

    def __init__(
        self, kept: Kept, keys: Callable[[Item], Sequence[int]], more: Callable[[Item], Sequence[int]] = lambda _: ()
    ) -> None:
        self._kept, self._keys_of, self._more = kept, keys, more
        self.whole = isinstance(kept, Nothing)
        self._items: dict[int, Item] = {}
        self._homes: dict[int, Home | None] = {}
        self._keys: dict[int, Sequence[int]] = {}
        self._added: dict[int, list[Order]] = defaultdict(list)
        self._stretches: dict[Stretch, list[Order]] = {}
        self._of: dict[str, set[int]] = defaultdict(set)
        self._known: set[str] = set()
        self.fresh: set[int] = set()
        self.removed: set[int] = set()
        self.moved: dict[int, Home | None] = {}

    def keys(self, number: int) -> Sequence[int]:
        """The look-up keys of an item."""
        if number not in self._keys:
            self._keys[number] = self._keys_of(self.item(number))
        return self._keys[number]

    def all_keys(self, number: int) -> Sequence[int]:
        """All keys under which an item is kept."""
        return list(dict.fromkeys((*self.keys(number), *self._more(self.item(number)))))

    def known(self, number: int) -> bool:
        """Whether there is such an item."""
        self.load([number])
        return number in self._items

    def item(self, number: int) -> Item:
        """An item."""
        if number not in self._items:
            self.load([number])
        return self._items[number]

    def home(self, number: int) -> Home | None:
        """Where an item is; None while that is not decided."""
        if number not in self._items:
            self.load([number])
        return self._homes[number]

    def load(self, numbers: Iterable[int]) -> None:
        """Fetches many items at once."""
        wanted = [n for n in numbers if n not in self._items]
        if wanted:
            self._enter(self._kept.items(wanted))

    def _enter(self, found: Mapping[int, tuple[Item, Home]]) -> list[int]:
        for number, (item, home) in found.items():
            if number not in self._items and number not in self.removed:
                self._items[number], self._homes[number] = item, home
        return [n for n in found if n not in self.removed or n in self.fresh]

    def of(self, report: str) -> list[int]:
        """The items of a report, in order."""
        if report not in self._known:
            self._known.add(report)
            self._of[report].update(self._enter(self._kept.of([report])))
        return sorted(self._of[report], key=lambda n: self._items[n].order)

    def members(self, leaders: Iterable[int]) -> dict[int, list[Item]]:
        """The items of groups, each in order; a group that is none any more has no entry."""
        wanted = set(leaders)
        found = set(self._enter(self._kept.members(sorted(wanted))))
        found.update(n for n in self.moved if n not in self.removed or n in self.fresh)
        out: dict[int, list[Item]] = defaultdict(list)
        for number in found:
            home = self._homes[number]
            if home is not None and home.leader in wanted:
                out[home.leader].append(self._items[number])
        return {leader: sorted(items, key=lambda item: item.order) for leader, items in out.items()}

    def remove(self, report: str) -> list[Item]:
        """Takes the items of a report out, and returns them."""
        numbers = self.of(report)
        out = [self._items.pop(n) for n in numbers]
        for number in numbers:
            self.moved.setdefault(number, self._homes.pop(number))
            self._keys.pop(number, None)
        self.removed.update(numbers)
        self._of[report].clear()
        self._stretches.clear()
        return out

    def add(self, items: Iterable[Item]) -> None:
        """Enters items that are not yet decided on."""
        for item in items:
            number = item.number
            self._items[number], self._homes[number] = item, None
            self.moved.setdefault(number, None)
            self.fresh.add(number)
            self._of[item.report].add(number)
            for key in self.all_keys(number):
                added = self._added[key]
                if added and added[-1] > item.order:
                    insort(added, item.order)
                else:
                    added.append(item.order)
        self._stretches.clear()

    def settle(self, number: int, home: Home) -> None:
        """Enters where an item is from now on."""
        self.moved.setdefault(number, self._homes[number])
        self._homes[number] = home

    def fetch(self, items: Iterable[Item], keys: Callable[[Item], Iterable[int]] | None = None) -> None:
        """Fetches what stands around many items at once."""
        if self.whole:
            return
        asked = {
            Stretch(key, item.place - item.place % CLAIMS)
            for item in items
            for key in (keys(item) if keys else self.keys(item.number))
        }
        new = sorted(s for s in asked if s not in self._stretches)
        if not new:
            return
        most = WIDTH + max((len(self._added.get(s.key, ())) for s in new), default=0) + len(self.removed)
        found = self._kept.stretches(new, most)
        for stretch in new:
            self._stretches[stretch] = self._merged(stretch, found.get(stretch, []), most)

    def _merged(self, stretch: Stretch, kept: list[Order], most: int) -> list[Order]:
        added = self._added.get(stretch.key, [])
        if not kept:
            return added
        before = bisect_left(kept, (stretch.first, -1))
        after = len(kept) - bisect_left(kept, (stretch.first + CLAIMS, -1))
        low = kept[0] if before >= most else (-1, -1)
        high = kept[-1] if after >= most else (1 << 63, 0)
        kept = [order for order in kept if order[1] not in self.removed]
        return sorted({*kept, *(order for order in added if low < order < high)})

    def around(self, key: int, item: Item) -> tuple[list[Order], int]:
        """What stands under ``key`` near ``item``, in order, and the item's place there."""
        if self.whole:
            line = self._added.get(key, [])
        else:
            stretch = Stretch(key, item.place - item.place % CLAIMS)
            if stretch not in self._stretches:
                self.fetch([item], lambda _: [key])
            line = self._stretches[stretch]
        return line, bisect_left(line, item.order)

    def before(self, item: Item) -> set[int]:
        """The items that it meets, of those before it."""
        self.fetch([item])
        out: set[int] = set()
        for key in self.keys(item.number):
            line, at = self.around(key, item)
            out.update(number for _, number in line[max(0, at - WIDTH) : at])
        return out

    def after(self, item: Item) -> set[int]:
        """The items that it meets, of those after it; ``item`` may be one that was removed."""
        keys = self._keys.get(item.number) or self._keys_of(item)
        self.fetch([item], lambda _: keys)
        out: set[int] = set()
        for key in keys:
            line, at = self.around(key, item)
            end = at + (at < len(line) and line[at] == item.order)
            out.update(number for _, number in line[end : end + WIDTH])
        return out

    def prepare(self, items: Iterable[Item]) -> None:
        """Fetches all that many items meet, at once."""
        if not self.whole:
            items = list(items)
            self.fetch(items)
            self.load({number for item in items for number in (*self.before(item), *self.after(item))})

    def parted(self, item: Item, keys: Sequence[int]) -> set[tuple[int, int]]:
        """Pairs that met before the fresh ``item`` (and others that are fresh) came between them, under one of ``keys``."""
        out: set[tuple[int, int]] = set()
        for key in keys:
            line, at = self.around(key, item)
            for later in range(at + 1, min(len(line), at + WIDTH + 1)):
                between = sum(number in self.fresh for _, number in line[max(0, later - WIDTH) : later])
                first = later - WIDTH - 1
                while first >= 0 and later - first - between <= WIDTH:
                    if line[first][1] in self.fresh:
                        between += 1
                    else:
                        out.add((line[first][1], line[later][1]))
                    first -= 1
        return {(a, b) for a, b in out if b not in self.fresh}
