"""The fitted models: probability that a pair is related, and that it is this report that took from the other.

Coefficients stand in ``data/model.json``, made by ``python -m rapporteur.stages.link.fit`` (which says from what).
"""

from __future__ import annotations

import math
from functools import lru_cache
from importlib.resources import files

import msgspec

from rapporteur.stages.link.align import Alignment
from rapporteur.stages.link.features import (
    DIRECTION,
    RELATION,
    UPDATE,
    direction_features,
    own_words,
    relation_features,
    rivals,
    same_agency,
    update_features,
)
from rapporteur.stages.link.profile import Profile


class Model(msgspec.Struct, frozen=True):
    """Coefficients by feature name; ``relation`` and ``update`` have an ``intercept`` besides. ``fitted_on`` says from what."""

    version: int
    relation: dict[str, float]
    update: dict[str, float]
    direction: dict[str, float]
    fitted_on: str


@lru_cache(maxsize=1)
def model() -> Model:
    """The shipped model; its feature names are those of ``features``, or loading fails."""
    loaded = msgspec.json.decode((files(__package__) / "data" / "model.json").read_bytes(), type=Model)
    named = (tuple(loaded.relation), tuple(loaded.update), tuple(loaded.direction))
    if named != ((*RELATION, "intercept"), (*UPDATE, "intercept"), DIRECTION):
        raise ValueError("link/data/model.json was fitted with other features; run python -m rapporteur.stages.link.fit")
    return loaded


def related(a: Profile, b: Profile, found: Alignment) -> float:
    """Probability that one of ``a`` and ``b`` took from the other, or both from one text. Symmetric.

    Two reports of one agency have a model of their own: sharing text is their rule, and only an update is a derivation. Two of
    different agencies that do not name each other are related by what they tell in their own words, not by whom both quote.
    """
    if same_agency(a, b):
        return _weighed(model().update, (*update_features(a, b, found), 1.0))
    probability = _weighed(model().relation, (*relation_features(a, b, found), 1.0))
    if probability > _SELDOM and rivals(a, b) and own_words(found, a, b) < OWN_WORDS:
        return _SELDOM
    return probability


def _weighed(coefficients: dict[str, float], values: tuple[float, ...]) -> float:
    return _logistic(sum(c * v for c, v in zip(coefficients.values(), values, strict=True)))


def took(child: Profile, parent: Profile, found: Alignment) -> float:
    """Given that they are related: probability that ``child`` took from ``parent``; ``took(a, b) == 1 - took(b, a)``.

    Publication times that do not overlap decide: nobody takes from what is not out yet.
    """
    if child.day is not None and parent.day is not None and child.last_day is not None and parent.last_day is not None:
        if child.last_day < parent.day:
            return _NEVER
        if parent.last_day < child.day:
            return 1.0 - _NEVER
        same_day = child.day == child.last_day == parent.day
        if same_day and child.minute is not None and parent.minute is not None and child.minute != parent.minute:
            return 1.0 - _SELDOM if child.minute > parent.minute else _SELDOM
    values = direction_features(child, parent, found)
    return _weighed(model().direction, values)


OWN_WORDS = 0.6
"""Least ``own_words`` of two rival reports: invented pairs at one event have .25 to .49 (``tests/link/test_independent.py``); no
dev retelling is a rival of its source."""
_NEVER = 0.01
"""Dates are wrong now and then: a page re-dated when it was edited."""
_SELDOM = 0.1
"""A time of day is often the time of the last edit."""


def _logistic(x: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, x))))
