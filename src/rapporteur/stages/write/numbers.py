"""Numbers in a line of text, as values: what the guard compares between a line and the passage it cites."""

from __future__ import annotations

import re

UNITS = {
    word: float(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen".split()
    )
}
TENS = {
    word: float(10 * value) for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
SHORT = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9}
DOZEN = {"dozen": 12.0, "half-dozen": 6.0}
TOKEN = re.compile(r"\d[\d,]*(?:\.\d+)?|[A-Za-z]+")
DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?(?:st|nd|rd|th)?")


def numbers(text: str) -> frozenset[float]:
    """All numbers that ``text`` gives in digits or in words, scaled ("2.5 million", "two hundred and ten").

    "one" alone is left out: in running English it is a pronoun more often than a number.
    """
    found: set[float] = set()
    tokens = [(m.group().lower(), m.start(), m.end()) for m in TOKEN.finditer(text)]
    at = 0
    while at < len(tokens):
        value, used = _digits(tokens, at) if tokens[at][0][0].isdigit() else _words(tokens, at)
        if value is not None and not (used == 1 and tokens[at][0] == "one"):
            found.add(value)
        at += max(1, used)
    return frozenset(found)


def _digits(tokens: list[tuple[str, int, int]], at: int) -> tuple[float | None, int]:
    value = float(tokens[at][0].replace(",", ""))
    if at + 1 < len(tokens):
        word, begin, _ = tokens[at + 1]
        gap = begin - tokens[at][2]
        if gap <= 1 and word in SCALES:
            return value * SCALES[word], 2
        if gap == 0 and word in SHORT:
            return value * SHORT[word], 2
    return value, 1


def _words(tokens: list[tuple[str, int, int]], at: int) -> tuple[float | None, int]:
    total, group, used, seen = 0.0, 0.0, 0, False
    while at + used < len(tokens):
        word = tokens[at + used][0]
        if word in UNITS:
            group += UNITS[word]
        elif word in TENS:
            group += TENS[word]
        elif word in DOZEN:
            group = max(group, 1.0) * DOZEN[word]
        elif word == "hundred" and seen:
            group = max(group, 1.0) * 100
        elif word in SCALES and seen:
            total, group = total + max(group, 1.0) * SCALES[word], 0.0
        elif not (word == "and" and seen and _goes_on(tokens, at + used)):
            break
        seen, used = True, used + 1
    return (total + group, used) if seen else (None, 1)


def _goes_on(tokens: list[tuple[str, int, int]], at: int) -> bool:
    """Whether the "and" at ``at`` stands inside one number: "two hundred and ten", not "two and three"."""
    before = tokens[at - 1][0]
    after = tokens[at + 1][0] if at + 1 < len(tokens) else ""
    return before in SCALES and (after in UNITS or after in TENS)
