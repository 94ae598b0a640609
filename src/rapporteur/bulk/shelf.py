"""Profiles and reports by number, from any process: what a task compares it takes from here.

While it is read, a report's number says where it lies: ``number >> ROW_BITS`` is the stretch it was read in, the rest its row
there. For linking it has a rank, its place in the order of all reports (``index.order``). Each stretch has one Arrow file, mapped
into memory: nothing is read but what is asked for, and workers on one machine share it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec
import numpy as np
import pyarrow as pa
from msgspec import Struct
from numpy.typing import NDArray

from rapporteur.model.report import Report
from rapporteur.stages.link.profile import Profile

ROW_BITS = 20
AT_ONCE = 64
"""Rows of one batch: what is found by one look into a file's index."""
KEPT = 4_000
"""Profiles a worker keeps; with all that is computed from one, 40 kB for a report of 300 words."""

SCHEMA = pa.schema([("id", pa.string()), ("profile", pa.binary()), ("report", pa.binary())])

_PROFILE = msgspec.msgpack.Decoder(Profile)
_ENCODER = msgspec.msgpack.Encoder()


class _Reported(Struct, frozen=True):
    report: Report


_REPORTED = msgspec.msgpack.Decoder(_Reported)


class ShelfWriter:
    """Writes the file of one stretch."""

    def __init__(self, path: Path) -> None:
        self._writer = pa.ipc.new_file(str(path), SCHEMA)
        self._held: list[tuple[str, bytes, bytes]] = []

    def add(self, report: Report, profile: Profile) -> None:
        """Adds the next row."""
        self._held.append((report.id, _ENCODER.encode(profile), _ENCODER.encode(_Reported(report))))
        if len(self._held) == AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        columns = zip(*self._held, strict=True)
        arrays = [pa.array(c, f.type) for c, f in zip(columns, SCHEMA, strict=True)]
        self._writer.write_batch(pa.record_batch(arrays, schema=SCHEMA))
        self._held.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._held and error is None:
            self._flush()
        self._writer.close()


class Shelf(Mapping[str, Profile]):
    """Profiles by id, as the link stage asks for them, of the reports whose ranks were asked for with ``ids`` before.

    ``numbers``: the number of the report of each rank.
    """

    def __init__(self, folder: Path, numbers: NDArray[np.int64]) -> None:
        self._folder, self._places = folder, numbers
        self._files: dict[int, Any] = {}
        self._ranks: dict[str, int] = {}
        self._ids: dict[int, str] = {}
        self._profiles: OrderedDict[int, Profile] = OrderedDict()

    def cell(self, rank: int, column: int) -> Any:
        """One value of the report of this rank (see ``SCHEMA``)."""
        number = int(self._places[rank])
        stretch, row = number >> ROW_BITS, number & ((1 << ROW_BITS) - 1)
        if stretch not in self._files:
            self._files[stretch] = pa.ipc.open_file(pa.memory_map(str(shelf_file(self._folder, stretch))))
        return self._files[stretch].get_batch(row // AT_ONCE).column(column)[row % AT_ONCE]

    def ids(self, ranks: Sequence[int]) -> list[str]:
        """The ids of the reports of these ranks, which are known from then on."""
        return [self.ident(rank) for rank in ranks]

    def ident(self, rank: int) -> str:
        """The id of the report of this rank, which is known from then on."""
        found = self._ids.get(rank)
        if found is None:
            found = self._ids[rank] = self.cell(rank, 0).as_py()
            self._ranks[found] = rank
        return found

    def rank(self, report: str) -> int:
        """The rank of a known report."""
        return self._ranks[report]

    def forget(self) -> None:
        """Lets go of the ids known so far; between two tasks, so that a worker does not grow."""
        self._ranks.clear()
        self._ids.clear()

    def profile(self, rank: int) -> Profile:
        """The profile of the report of this rank."""
        found = self._profiles.get(rank)
        if found is None:
            found = self._profiles[rank] = _PROFILE.decode(self.cell(rank, 1).as_buffer())
            if len(self._profiles) > KEPT:
                self._profiles.popitem(last=False)
        else:
            self._profiles.move_to_end(rank)
        return found

    def __getitem__(self, report: str) -> Profile:
        return self.profile(self._ranks[report])

    def __iter__(self) -> Iterator[str]:
        return iter(self._ranks)

    def __len__(self) -> int:
        return len(self._ranks)

    def __contains__(self, report: object) -> bool:
        return report in self._ranks

    @property
    def reports(self) -> Reports:
        """The reports themselves, by id."""
        return Reports(self)


class Reports(Mapping[str, Report]):
    """The reports of a shelf, decoded each time they are asked for."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def __getitem__(self, report: str) -> Report:
        return _REPORTED.decode(self._shelf.cell(self._shelf.rank(report), 2).as_buffer()).report

    def __iter__(self) -> Iterator[str]:
        return iter(self._shelf)

    def __len__(self) -> int:
        return len(self._shelf)


def shelf_file(folder: Path, stretch: int) -> Path:
    """The file of the shelf for one stretch."""
    return folder / f"{stretch:06d}.arrow"


def numbers_of(stretch: int, rows: int) -> Sequence[int]:
    """The numbers of the reports of a stretch."""
    first = stretch << ROW_BITS
    return range(first, first + rows)
