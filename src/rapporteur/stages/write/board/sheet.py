"""Every rating as a row, for spreadsheets."""

from __future__ import annotations

import csv
import io

from rapporteur.model.board_view import BoardData, RatingRow

COLUMNS = tuple(name for name in RatingRow.__struct_fields__ if name != "quoted")


def ratings_csv(data: BoardData) -> bytes:
    """All ratings, in force or not, oldest first, as CSV in UTF-8 (RFC 4180)."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for row in data.ratings:
        values = (getattr(row, name) for name in COLUMNS)
        writer.writerow([_cell(" ".join(v) if isinstance(v, tuple) else v) for v in values])
    return text.getvalue().encode("utf-8")


def _cell(value: object) -> object:
    """Text as a spreadsheet may take it: what begins like a formula is kept from being one."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and value else value
