"""What goes into a store and comes out of it (``base``), besides the records of the model."""

from __future__ import annotations

from msgspec import Struct

from rapporteur.errors import StoreError
from rapporteur.model.capture import Capture
from rapporteur.model.reading import Reading


class IdTakenError(StoreError):
    """A report was not added because its id stands for another report of the record."""

    def __init__(self, kept: Kept) -> None:
        place, ident = kept.capture.place, kept.reading.report.id
        super().__init__(f"{place}: the record already holds another report with the id {ident}; give it a new id")


class Kept(Struct, frozen=True):
    """One report as it is kept: the capture with its original bytes, and the reading made from it.

    ``keys`` are the link stage's look-up keys, signed 64-bit; ``reader`` says which version of the program read it.
    ``passages`` are the code point ranges of the text that ``search`` finds.
    """

    capture: Capture
    reading: Reading
    keys: tuple[int, ...] = ()
    reader: str = ""
    passages: tuple[tuple[int, int], ...] = ()


class Moment(Struct, frozen=True):
    """A state of the record: the numbers of the last report, judgement, issue and entry of the board that belong to it."""

    report: int
    judgement: int
    issue: int
    board: int = 0


class Snapshot(Struct, frozen=True):
    """An account that was given out: its JSON bytes and all that is needed to make the same bytes again. ``process`` is the
    number of the process file that it was made with; ``audience`` names what it leaves out because those it was made for may not
    see it (``team.view``): empty, nothing."""

    title: str
    as_of: str | None
    made_at: str | None
    moment: Moment
    content: bytes
    number: int = 0
    process: int | None = None
    audience: str = ""


class Captured(Struct, frozen=True):
    """Where the report with this id was captured."""

    place: str
    report: str


def reading_order(reading: Reading) -> tuple[bool, str, str]:
    """Sort key of ``Store.readings``."""
    published = reading.report.published
    return published is None, published.value if published else "", reading.report.id
