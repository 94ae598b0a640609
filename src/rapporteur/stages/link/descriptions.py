"""Descriptions of speakers: what tells one without a name from others, and whether it speaks at all."""

from __future__ import annotations

import re

from rapporteur.language.gazetteer import country_named, country_of, country_of_capital
from rapporteur.stages.link.voices import INSTITUTIONS, ONE, SEVERAL

QUALIFIERS = frozenset(
    "a an the this that these those some many several few other others another various certain one two three four five six seven "
    "eight nine ten all both each any most more its his her their our my senior top high high-ranking high-level ranking leading "
    "chief key local unnamed unidentified anonymous same former then of on in at for by from with who which to and or as is was "
    "were are be been being".split()
)
"""Words of a description that leave open who it is: "several senior officials" describes no others than "an official"."""
AFTER = re.compile(
    r",|\s(?:who|whose|that|which|on|in a|in an|speaking|briefed|familiar|contacted|quoted|cited|close to|with knowledge)\b"
)
_FOR_A_COUNTRY = frozenset("government side administration authority regime leadership cabinet".split())
"""What speaks for a whole country: "the Chinese side" is China."""


def described(name: str) -> str:
    """What tells a speaker from others: the name, or the description without articles, numbers and rank, in the singular
    ("several senior U.S. officials": "united states official"); a country for its government or capital; empty where nothing
    is left."""
    country = country_named(name) or country_of_capital(name)
    if country:
        return country.casefold()
    core = AFTER.split(name.strip(' "“”'))[0] or name
    kept = []
    for word in core.replace("’", "'").split():
        folded = word.strip('.,;:"“”()').casefold().removesuffix("'s")
        if folded and folded not in QUALIFIERS:
            kept.append((country_of(word) or singular(folded)).casefold())
    if len(kept) == 2 and kept[1] in _FOR_A_COUNTRY and country_of(kept[0].title()):
        return kept[0]
    return " ".join(kept)


def speaks(name: str) -> bool:
    """Whether a description names somebody who can speak, by its head word: "the talks" and "efforts" do not, "rebels" do."""
    words = described(name).split()
    heads = [w for w in words if w in ONE or w in INSTITUTIONS or singular(w) in ONE or w in SEVERAL or w + "s" in SEVERAL]
    return bool(heads) or country_of(" ".join(words).title()) is not None


def singular(word: str) -> str:
    """A word of a description in the singular, roughly."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "us", "is")) else word
