"""The contract of a source: a kind of file that holds many reports, and is read stretch by stretch.

``split`` says where the stretches begin without reading what is in them, so that several workers can read one file, and a run
that was stopped goes on at the stretch it was at. ``open`` gives the reports of one stretch. Both meet damaged files: what is
wrong becomes an ``Issue``, one for each place, and the rest of the file goes on.

To add a source: one module in ``sources/`` with a ``SourceFormat``, one line in its registry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from msgspec import Struct

from rapporteur.model.capture import Capture
from rapporteur.model.report import Issue

ROWS = 500
"""Reports of one stretch: at 20 ms each a worker is at it for ten seconds, which is what a killed one loses."""


class Limits(Struct, frozen=True):
    """What one report may cost: ``bytes`` of its source, ``seconds`` and bytes of ``memory`` to read it; ``answer`` is how many
    seconds a store of objects has for each request."""

    bytes: int = 100_000_000
    seconds: float = 300.0
    memory: int = 4_000_000_000
    answer: float = 30.0
    rows: int = ROWS


class Listed(Struct, frozen=True):
    """A file among the inputs: its path or address, the place its reports are known by, its size in bytes where it is known."""

    address: str
    place: str
    size: int | None = None


class Stretch(Struct, frozen=True):
    """A part of a file that one worker reads at one go. What ``start`` and ``skip`` mean is the format's affair: a byte, a row
    group. ``rows`` is how many rows or records it has, ``first`` the number of the first of them in the file, from 1."""

    file: Listed
    format: str
    start: int
    rows: int
    first: int
    skip: int = 0


class PassedOver(Struct, frozen=True):
    """A record that is no report by its nature (an image, a redirect, a page in another language); only counted."""

    why: str


Met = Capture | Issue | PassedOver


@dataclass(frozen=True)
class SourceFormat:
    """One entry of the registry. ``filtered`` says that the source holds whatever was found, so that only English is kept."""

    name: str
    suffixes: tuple[str, ...]
    split: Callable[[Listed, Limits], Iterator[Stretch | Issue]]
    open: Callable[[Stretch, Limits], Iterator[Met]]
    filtered: bool = False
