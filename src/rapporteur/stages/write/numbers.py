"""Numbers: those in a line of text as values, which the guard compares with the passage it cites, and values in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rapporteur.model.claims import Figure

BOUND_WORDS = {
    "exact": "", "about": "about ", "at-least": "at least ", "at-most": "at most ", "more-than": "more than ",
    "less-than": "less than ", "range": "",
}  # fmt: skip
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
_BEGIN = frozenset((*UNITS, *TENS, *DOZEN))
"""Words that a number in words may begin with."""
TOKEN = re.compile(r"\d[\d,]*(?:\.\d+)?|[A-Za-z]+")
DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?(?:st|nd|rd|th)?")


@lru_cache(maxsize=20_000)
def numbers(text: str) -> frozenset[float]:
    """All numbers that ``text`` gives in digits or in words, scaled ("2.5 million", "two hundred and ten").

    "one" alone is left out: in running English it is a pronoun more often than a number.
    """
    found: set[float] = set()
    tokens = [(m.group().lower(), m.start(), m.end()) for m in TOKEN.finditer(text)]
    at = 0
    while at < len(tokens):
        if not tokens[at][0][0].isdigit() and tokens[at][0] not in _BEGIN:
            at += 1
            continue
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


def number_words(value: float) -> str:
    """A value as written in running English: thousands parted by commas, no needless decimals."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}".rstrip("0")


def stated_words(value: float | None, low: float | None, high: float | None, bound: str) -> str:
    """What a figure says: "at least 60", "150 to 200"."""
    if value is not None:
        return BOUND_WORDS.get(bound, "") + number_words(value)
    if low is not None and high is not None:
        return f"{number_words(low)} to {number_words(high)}"
    return f"from {number_words(low)}" if low is not None else f"up to {number_words(high or 0)}"


def stated_number(figure: Figure) -> float | None:
    """The number by which figures are put in order: the stated one, else the range's lower end."""
    return next((v for v in (figure.value, figure.low, figure.high) if v is not None), None)


def stated_between(figures: Sequence[Figure]) -> tuple[str, str]:
    """The lowest and the highest of ``figures`` in words ("at least 2,000", "about 2,500")."""
    ordered = sorted(figures, key=lambda f: (f.value if f.value is not None else f.low or f.high or 0.0, f.bound))
    low, high = ordered[0], ordered[-1]
    # A number and the same number with "about" are one level, told with its bound.
    if stated_number(low) == stated_number(high):
        low = high = next((f for f in ordered if f.bound != "exact"), low)
    return (
        stated_words(low.value, low.low, low.high, low.bound),
        stated_words(high.value, high.low, high.high, high.bound),
    )


def plural(count: int, noun: str) -> str:
    """ "1 origin", "3 origins"."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")
