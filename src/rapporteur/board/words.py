"""Words of probability and confidence, after Intelligence Community Directive 203 (2 January 2015, section D.6.e(2)).

A word of probability never stands without its numbers ("likely (55-80 %)"), and never in one sentence with a level of confidence:
the first speaks of what happens, the second of what the judgement rests on.
"""

from __future__ import annotations

import re

from rapporteur.errors import InputError

BANDS: tuple[tuple[int, int, tuple[str, ...]], ...] = (
    (1, 5, ("almost no chance", "remote chance")),
    (5, 20, ("very unlikely", "highly improbable")),
    (20, 45, ("unlikely", "improbable")),
    (45, 55, ("roughly even chance", "roughly even odds")),
    (55, 80, ("likely", "probable")),
    (80, 95, ("very likely", "highly probable")),
    (95, 99, ("almost certain", "almost certainly", "nearly certain")),
)
"""Lowest and highest per cent, and the directive's words for it; the first is the one that is written here."""

_BAND = {word: (low, high) for low, high, names in BANDS for word in names}
_OTHER = ("very probably", "most likely", "probably", "presumably", "doubtless", "in all likelihood", "possibly", "perhaps")
"""Other words of probability, which the directive gives no numbers."""
_WORD = re.compile(
    r"\b(" + "|".join(sorted((*_BAND, *_OTHER), key=len, reverse=True)) + r")\b(?:\s*\((\d{1,2})\s*[-–]\s*(\d{1,2})\s*%\))?",
    re.IGNORECASE,
)
_CONFIDENCE = re.compile(r"\bconfiden(?:ce|t|tly)\b", re.IGNORECASE)
_QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")


def likelihood(per_cent: float) -> str:
    """The words for a probability in per cent, with their numbers: 60 is "likely (55-80 %)". Where two bands meet, the one nearer
    to even is taken. ``ValueError`` outside 1 to 99: nothing is certain."""
    if not 1 <= per_cent <= 99:
        raise ValueError(f"{per_cent:g} % is no probability that can be stated: 1 to 99")
    holding = [(low, high, names) for low, high, names in BANDS if low <= per_cent <= high]
    low, high, names = min(holding, key=lambda b: abs(b[0] + b[1] - 100))
    return f"{names[0]} ({low}-{high} %)"


def with_numbers(word: str) -> str:
    """ "likely" as "likely (55-80 %)"; ``KeyError`` for a word that the directive does not have."""
    low, high = _BAND[word.casefold()]
    return f"{word} ({low}-{high} %)"


def check_words(text: str, where: str) -> None:
    """``InputError`` when ``text`` (the analyst's own words: quotation marks keep out others') has a word of probability
    without its numbers, with others, or in one sentence with a level of confidence."""
    for sentence in _SENTENCE.split(_QUOTED.sub("“”", text)):
        found = list(_WORD.finditer(sentence))
        for hit in found:
            word = hit[1].casefold()
            if word not in _BAND:
                known = ", ".join(with_numbers(names[0]) for _, _, names in BANDS)
                raise InputError("probability", where, f"“{hit[1]}” has no numbers in ICD 203", f"write one of: {known}")
            band = _BAND[word]
            if hit[2] is None or (int(hit[2]), int(hit[3])) != band:
                raise InputError(
                    "probability", where, f"“{hit[0]}” stands without its numbers", f"write “{with_numbers(hit[1])}”"
                )
        if found and _CONFIDENCE.search(sentence):
            reason = f"“{sentence.strip()}” speaks of likelihood and of confidence at once"
            raise InputError("probability", where, reason, "make it two sentences: they are two things")
