"""Countries of the world: their names in news English, their demonyms and their capitals.

One row per country in ``data/en-1/gazetteer-countries.tsv``, compiled by hand from general knowledge: states, territories that
news reports treat like one (Scotland, Puerto Rico, Kosovo) and states that ceased to exist but are still reported about.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).parent / "data" / "en-1"


class Country(NamedTuple):
    """A country: usual English name, other names, demonyms (adjectives and nouns), capitals (several where usage differs)."""

    name: str
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]


@cache
def countries() -> tuple[Country, ...]:
    """Every country of the table, in its order."""
    rows = []
    for line in (DATA / "gazetteer-countries.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, *lists = line.split("\t")
            aliases, demonyms, capitals = (tuple(filter(None, cell.split(";"))) for cell in lists)
            rows.append(Country(name, aliases, demonyms, capitals))
    return tuple(rows)


@cache
def _by_name() -> dict[str, str]:
    return {name: c.name for c in countries() for name in (c.name, *c.aliases)}


@cache
def _by_demonym() -> dict[str, str]:
    return {name: c.name for c in countries() for name in c.demonyms}


@cache
def _by_capital() -> dict[str, str]:
    return {name: c.name for c in countries() for name in c.capitals}


def _look_up(table: dict[str, str], name: str) -> str | None:
    """An entry by its spelling; where that fails, without "the", and written in capitals as in a headline or dateline."""
    name = name.strip()
    found = table.get(name)
    if found is None and name[:4] in ("the ", "The "):
        name = name[4:]
        found = table.get(name)
    if found is None and len(name) > 3 and name.isupper():
        found = table.get(name.title())
    return found


def country_of(name: str) -> str | None:
    """The country that a name or a demonym stands for: "the U.S.", "American", "IRAQI" to "United States", "Iraq"; else None.

    Spelling counts ("us" is a pronoun, "polish" a verb); a leading "the" and capitals throughout do not.
    """
    return _look_up(_by_name(), name) or _look_up(_by_demonym(), name)


def country_named(name: str) -> str | None:
    """As ``country_of``, for names only: "Iraq", not "Iraqi"."""
    return _look_up(_by_name(), name)


def country_of_demonym(name: str) -> str | None:
    """As ``country_of``, for demonyms only: "Iraqi", "Filipinos", not "Iraq"."""
    return _look_up(_by_demonym(), name)


def country_of_capital(name: str) -> str | None:
    """The country of a capital ("Baghdad" to "Iraq"), which news reports often name for its government; else None."""
    return _look_up(_by_capital(), name)
