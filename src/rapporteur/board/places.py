"""The grain of a board: countries and publicly named bases, nothing below."""

from __future__ import annotations

import re

from rapporteur.language.gazetteer import country_named

_BELOW = re.compile(
    r"\b(?:gate|runway|hangar|apron|ramp|taxiway|perimeter|checkpoint|outpost|patrol|convoy|battery|bunker|"
    r"building|billet|platoon|company|battalion|brigade|squadron|regiment|coordinates?|grid|lat(?:itude)?|lon(?:gitude)?|"
    r"km|kilomet(?:er|re)s?|miles?)\b|\d\s?°|\b-?\d{1,3}\.\d{2,}\b|\b\d{1,2}[C-X]\s?[A-Z]{2}\s?\d{2,}",
    re.IGNORECASE,
)
"""Parts of a base, units, and coordinates (degrees, decimals, military grid): words that make a name finer than a public base."""

LONGEST_NAME = 120


def refused_place(name: str, country: str | None, named_base: str | None) -> str | None:
    """Why a site may not stand on a board; None when it may.

    Without ``named_base`` the site is a country of the gazetteer; with it, a base in such a country, and ``named_base`` is the
    public reference that names it.
    """
    if len(name) > LONGEST_NAME:
        return f"a name of {len(name):,} characters is no name of a country or base"
    if _BELOW.search(name):
        return f"'{name}' is finer than a publicly named base; a board goes no lower, by design"
    if named_base is None:
        if country_named(name) is None:
            return f"'{name}' is no country; a publicly named base needs 'country' and 'named_base: where it is publicly named'"
        if country is not None and country_named(country) != country_named(name):
            return f"'{name}' does not lie in '{country}'"
        return None
    if country is None or country_named(country) is None:
        return f"base '{name}' needs 'country: ...', one that the gazetteer knows"
    return None
