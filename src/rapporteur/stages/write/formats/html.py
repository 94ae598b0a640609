"""The account as one self-contained page: no script, no font, no picture is fetched from anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from rapporteur.model.account import Account
from rapporteur.model.reading import Reading
from rapporteur.stages.write.page.context import page_of


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("rapporteur.stages.write", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(account: Account, readings: Sequence[Reading]) -> bytes:
    """The page as UTF-8 bytes. Everything that comes from a report is escaped by the template engine."""
    page = page_of(account, readings)
    # Lone surrogates, which a damaged file may hold, have no UTF-8 form and are shown as question marks.
    return _environment().get_template("account.html.j2").render(page=page).encode("utf-8", "replace")
