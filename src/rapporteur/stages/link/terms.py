"""Terms: the words of a running text as linking compares them, with their places.

A term is a word without case, possessive and regular endings, or a number by its value ("1,200", "1.2 thousand" and "twelve
hundred" are one term). Nothing here knows a grammar: a profile must be had for a thousand reports a second.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

WORD, NAME, NUMBER, STOP = 0, 1, 2, 3

TOKEN = re.compile(r"(?:[^\W\d_]\.){2,8}|\d{1,40}(?:[.,:]\d{1,40}){0,12}|[^\W\d_]{1,60}(?:['’][^\W\d_]{1,60}){0,3}")

STOP_WORDS = frozenset(
    "a about above after again against all along already also although always am among an and another any are around as at away "
    "back be because been before being below between both but by can could did do does doing done down during each either else "
    "even ever every few for from further get had has have having he her here hers herself him himself his how however i if in "
    "into is it its itself just last least less let like made make many may me meanwhile might more most much must my myself "
    "neither never new next no nor not now of off on once one only onto or other others our ours out over own per quite rather "
    "said same say saying says several shall she should since so some still such than that the their theirs them themselves then "
    "there these they this those though through thus to told too toward towards under until up upon us very was we well were "
    "what when where whether which while who whom whose why will with within without would yet you your yours".split()
)

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
NUMBER_WORDS = {w: float(i) for i, w in enumerate(_UNITS.split())} | {w: 10.0 * i for i, w in enumerate(_TENS.split(), 2)}
SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0}
SCALES |= {"m": 1e6, "mn": 1e6, "bn": 1e9}

_SUFFIXES = (
    "ization", "isation", "ational", "fulness", "ousness", "iveness", "ations", "ation", "ition", "ments", "ment",
    "ities", "ingly", "edly", "ians", "ance", "ence", "able", "ible", "ness", "ings", "ions", "ies", "ing", "ion",
    "ity", "ers", "est", "ive", "ous", "ful", "ate", "ian", "ia", "ed", "es", "er", "ly", "al", "or", "s", "e",
)  # fmt: skip
_ENDING = {last: tuple(s for s in _SUFFIXES if s[-1] == last) for last in {s[-1] for s in _SUFFIXES}}
"""By their last letter: of forty endings five are looked at."""


def stem(word: str) -> str:
    """``word`` (lower case) without its English endings; at least four letters stay, so that short words keep their own."""
    for _ in range(2):
        for suffix in _ENDING.get(word[-1:], ()):
            if word.endswith(suffix) and len(word) - len(suffix) >= 4:
                word = word[: -len(suffix)]
                break
        else:
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "aeiou":
        return word[:-1]
    return word[:-1] + "i" if len(word) > 3 and word[-1] == "y" else word


class Form(NamedTuple):
    """What a surface form is worth: the key of its term, its kind, and its value when it is a number."""

    key: int
    kind: int
    value: float | None
    scale: float | None


def number_key(value: float) -> int:
    """The key of a number's term: equal values have equal keys, however they are written."""
    return crc32(f"#{value:.10g}".encode())


@lru_cache(maxsize=200_000)
def form(surface: str) -> Form:
    """The term of one surface form; capitalised words are names (the profile takes that back at a sentence's start)."""
    if surface[0].isdigit():
        value = _digits(surface)
        return Form(number_key(value) if value is not None else crc32(surface.encode()), NUMBER, value, None)
    plain = surface.replace("’", "'").lower()
    if plain.endswith("'s"):
        plain = plain[:-2]
    plain = plain.replace(".", "")
    if plain in NUMBER_WORDS:
        return Form(number_key(NUMBER_WORDS[plain]), NUMBER, NUMBER_WORDS[plain], None)
    scale = SCALES.get(plain)
    if plain in STOP_WORDS and not (len(surface) > 1 and surface.isupper()):
        return Form(crc32(plain.encode()), STOP, None, None)
    kind = NAME if surface[0].isupper() else WORD
    return Form(crc32(stem(plain).encode()), kind, None, scale)


def _digits(surface: str) -> float | None:
    """The value of a number in digits; None for times ("10:30") and broken groups, which stay what they are."""
    if ":" in surface:
        return None
    groups = surface.split(",")
    if len(groups) > 1 and not all(len(g.split(".")[0]) == 3 for g in groups[1:]):
        return None
    try:
        return float("".join(groups))
    except ValueError:
        return None
