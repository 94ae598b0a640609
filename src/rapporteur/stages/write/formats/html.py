"""The account as one self-contained page: no script, no font, no picture is fetched from anywhere."""

from __future__ import annotations

from collections.abc import Sequence

from rapporteur.model.account import Account
from rapporteur.model.reading import Reading
from rapporteur.stages.write.board import rows
from rapporteur.stages.write.page.context import page_of
from rapporteur.stages.write.page.svg import unchecked
from rapporteur.stages.write.schedule import tables
from rapporteur.stages.write.templating import environment


def render(account: Account, readings: Sequence[Reading]) -> bytes:
    """The page as UTF-8 bytes. Everything that comes from a report is escaped by the template engine."""
    with unchecked():
        page = page_of(account, readings)
    # Lone surrogates, which a damaged file may hold, have no UTF-8 form and are shown as question marks.
    return environment().get_template("account.html.j2").render(page=page, rows=rows, tables=tables).encode("utf-8", "replace")
