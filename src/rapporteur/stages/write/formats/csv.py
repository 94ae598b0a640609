"""Every table as comma-separated values (RFC 4180), zipped; UTF-8 with a byte order mark, by which spreadsheets know it."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO

from rapporteur.model.account import Account
from rapporteur.model.reading import Reading
from rapporteur.stages.write.formats.archive import packed
from rapporteur.stages.write.sheets import Cell, Sheet, sheets_of

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings of a cell that a spreadsheet may run as a formula (OWASP, CSV injection)."""


def render(account: Account, readings: Sequence[Reading]) -> bytes:
    """A zip archive with one file for each table."""
    return packed((f"{s.name.casefold().replace(' ', '-')}.csv", table(s)) for s in sheets_of(account, readings))


def table(sheet: Sheet) -> bytes:
    """One table as a file."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(sheet.columns)
    writer.writerows([_safe(cell) for cell in row] for row in sheet.rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def _safe(cell: Cell) -> Cell:
    """``cell``, text led by an apostrophe where a spreadsheet would take it for a formula; numbers as they are."""
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip(" ").startswith(FORMULA) else cell
