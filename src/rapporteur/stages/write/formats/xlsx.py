"""Every table as a sheet of a workbook, with the passages on a sheet of their own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from rapporteur.model.account import Account
from rapporteur.model.reading import Reading
from rapporteur.stages.write.formats.archive import EPOCH, timeless
from rapporteur.stages.write.sheets import Sheet, printable, sheets_of

LONGEST = 32_767
"""Characters that a cell can hold (ECMA-376, and every spreadsheet in use)."""
WIDE, NARROW = 80, 9
"""Widest and narrowest column in characters."""


def render(account: Account, readings: Sequence[Reading]) -> bytes:
    """The workbook as bytes. Text is written as text: nothing that a report says can become a formula or a link."""
    out = BytesIO()
    safe = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, safe) as book:
        book.set_properties({"title": printable(account.process.title), "created": datetime(*EPOCH)})
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        body = book.add_format({"text_wrap": True, "valign": "top"})
        for sheet in sheets_of(account, readings):
            _fill(book.add_worksheet(sheet.name), sheet, head, body)
    return timeless(out.getvalue())


def _fill(page: Worksheet, sheet: Sheet, head: Format, body: Format) -> None:
    for column, name in enumerate(sheet.columns):
        longest = max((len(str(row[column] or "")) for row in sheet.rows[:200]), default=0)
        page.set_column(column, column, max(NARROW, min(WIDE, longest + 2, 2 * longest + len(name))))
        page.write_string(0, column, name, head)
    for at, row in enumerate(sheet.rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                page.write_string(at, column, cell[:LONGEST], body)
            elif cell is not None:
                page.write_number(at, column, cell, body)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    page.repeat_rows(0)
    page.set_landscape()
    page.fit_to_pages(1, 0)
