"""The contract of an input format: a record that says how to recognise some bytes and how to open them.

A format is one module with one ``InputFormat``; it is registered by one line in ``stages/acquire/formats.py``. ``open`` gets
an ``Item`` (the bytes of one file, member or page) and yields a ``Capture`` for each report found in it, or an ``Issue``
for what it refuses. A container (an archive, a mailbox) hands its members back through ``Opening.descend``, which recognises
and opens them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from rapporteur.model.capture import Capture, Given, make_capture
from rapporteur.model.report import Issue

Found = Iterator[Capture | Issue]


@dataclass(frozen=True, slots=True)
class AcquireOptions:
    """Limits on what is taken in. Sizes are bytes, ``timeout`` seconds for one address from start to end.

    The ratio applies from one megabyte on: a page of spaces compresses well too, and does no harm.
    """

    max_bytes: int = 100_000_000
    max_unpacked: int = 1_000_000_000
    max_members: int = 20_000
    max_ratio: int = 200
    max_depth: int = 2
    allow_private: bool = False
    timeout: float = 30.0
    max_redirects: int = 5


@dataclass(frozen=True, slots=True)
class Item:
    """Bytes to be recognised and opened, and where they come from.

    ``place`` is what the report will be known by, ``location`` where the bytes really lie (an absolute path or an address): it
    tells two places of one name apart and never enters a record. ``media_type`` and ``charset`` are the carrier's word, if any.
    """

    place: str
    location: str
    data: bytes
    path: str | None = None
    url: str | None = None
    media_type: str | None = None
    charset: str | None = None
    depth: int = 0
    named: bool = True  # named by the user or inside an archive; False for what was met while walking a folder

    def capture(self, media_type: str, given: Given | None = None) -> Capture:
        """The item as one report. A row that was given (JSON Lines) brings its own address."""
        url = given.url if given is not None and given.url else self.url
        return make_capture(self.place, self.data, media_type, path=self.path, url=url, given=given, charset=self.charset)

    def part(self, name: str, data: bytes) -> Item:
        """A member of this container."""
        inner = f"{self.place}/{name}"
        return replace(
            self,
            place=inner,
            location=f"{self.location}/{name}",
            data=data,
            path=inner if self.path is not None else None,
            media_type=None,
            charset=None,
            depth=self.depth + 1,
        )


@dataclass(slots=True)
class Budget:
    """What may still be unpacked in this run, shared by all archives of one input so that nesting does not multiply it."""

    bytes_left: int
    members_left: int


class Opening(Protocol):
    """What a format may use while it opens an item."""

    @property
    def options(self) -> AcquireOptions: ...
    @property
    def budget(self) -> Budget: ...
    def descend(self, item: Item) -> Found:
        """Recognise and open a member."""
        ...


@dataclass(frozen=True, slots=True)
class InputFormat:
    """One entry of the registry.

    ``recognises`` looks at the first bytes (4,096 at most) and is true only when they leave no doubt; ``suffixes`` and
    ``media_types`` decide otherwise. ``open`` yields the reports.
    """

    name: str
    suffixes: tuple[str, ...]
    media_types: tuple[str, ...]
    recognises: Callable[[bytes], bool]
    open: Callable[[Item, Opening], Found]


def issue(code: str, place: str, reason: str, advice: str = "") -> Issue:
    """An issue whose message names the input, the reason, and what to do."""
    return Issue(code=code, input=place, message=f"{place}: {reason}" + (f"; {advice}" if advice else ""))
