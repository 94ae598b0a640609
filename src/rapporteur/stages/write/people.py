"""Whether a noun counts people: herds, cars and hotels are lost too, and are no incident of this log."""

from __future__ import annotations

OTHERS = frozenset(
    "goose geese chicken hen duck turkey bird poultry fowl pigeon swan cow cattle bull calf sheep lamb goat pig hog horse "
    "camel dog cat animal livestock fish whale elephant herd flock head car bus truck lorry train plane aircraft helicopter "
    "jet boat ship vessel tank vehicle house home hut building hotel school hospital shop store church mosque factory plant "
    "farm village town city country province hectare acre share issue point stock project "
    "programme program plan mission order contract operation".split()
)
"""Nouns of animals, vehicles, buildings, areas and papers. What is not among them counts as people where it is said to be killed
or wounded: a list of all words for people would be longer, and miss some."""


def counts_people(counted: str | None, *words: str) -> bool:
    """Whether what a figure counts may be people, as far as its noun, and ``words`` at its number, tell."""
    nouns = {(counted or "").rsplit(" ", 1)[-1].casefold(), *(w.casefold().strip(".,;") for w in words)}
    return not any(noun in OTHERS or noun.removesuffix("s") in OTHERS for noun in nouns)
