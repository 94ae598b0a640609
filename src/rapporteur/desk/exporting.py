"""The account in every format, and each of its tables."""

from __future__ import annotations

from msgspec import Struct

from rapporteur.accounts import told_again
from rapporteur.desk.record import Record
from rapporteur.desk.viewer import Viewer
from rapporteur.errors import MissingError
from rapporteur.pipeline import Told
from rapporteur.stages.write import FORMATS, render
from rapporteur.stages.write.formats.csv import table as as_csv
from rapporteur.stages.write.sheets import sheets_of

TABLES = (
    "brief", "what-is-new", "findings", "drifts", "reports", "lineage", "origins", "figures", "timeline", "people-harmed",
    "posture", "statements", "positions", "commitments", "left-open", "passages", "issues",
)  # fmt: skip
"""The tables of an account (``sheets``), by the names under which they are handed out."""


class File(Struct, frozen=True):
    """What is handed out: its bytes, how they are to be read, the name to save it under."""

    data: bytes
    media_type: str
    name: str


def told(record: Record, viewer: Viewer) -> Told:
    """The last account whole, with its readings."""
    return told_again(record.store, record.stand(viewer).number)


def account(record: Record, viewer: Viewer, name: str) -> File:
    """The last account in the format ``name``. ``MissingError``: there is none; ``ConfigurationError``: not installed."""
    entry = next((f for f in FORMATS if f.name == name), None)
    if entry is None:
        raise MissingError(name, "is no format", f"there are: {', '.join(f.name for f in FORMATS)}")
    whole = told(record, viewer)
    return File(render(whole.account, whole.readings, name), entry.media_type, f"account{entry.suffix}")


def table(record: Record, viewer: Viewer, name: str) -> File:
    """One table of the last account as comma-separated values; ``MissingError`` when it has no such table."""
    whole = told(record, viewer)
    sheets = {sheet.name.casefold().replace(" ", "-"): sheet for sheet in sheets_of(whole.account, whole.readings)}
    if name not in sheets:
        known = ", ".join(sheets)
        raise MissingError(name, "has no rows" if name in TABLES else "is no table", f"tables with rows: {known}")
    return File(as_csv(sheets[name]), "text/csv; charset=utf-8", f"{name}.csv")
