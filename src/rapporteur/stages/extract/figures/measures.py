"""Units and currencies beside a number, and the words before and after it that set its bound."""

from __future__ import annotations

from typing import NamedTuple, cast

from rapporteur.model.claims import Bound
from rapporteur.stages.extract.figures import lexicon as lex
from rapporteur.stages.extract.figures.numbers import Amount, Scanner

_MAX_PHRASE = 4
_SKIP_BACK = frozenset(
    (
        "the",
        "a",
        "an",
        "another",
        "these",
        "those",
        "to",
        "$",
        "£",
        "€",
        "¥",
        "us",
        "u.s.",
        "hk",
        "c",
        "his",
        "her",
        "their",
        "its",
    )
)
_LETTERS = {"m": 1e6, "b": 1e9, "k": 1e3, "t": 1e12}
_EXTENTS = frozenset("tall long high wide deep away thick above below north south east west , . ; ) and in from to".split())
_DOLLARS = {
    "us": "US", "u.s.": "US", "american": "US", "australian": "Australian", "canadian": "Canadian", "singapore": "Singapore",
    "taiwan": "Taiwan", "zimbabwe": "Zimbabwe", "liberian": "Liberian", "jamaican": "Jamaican", "namibian": "Namibian",
}  # fmt: skip


class Measure(NamedTuple):
    """A unit and the tokens [first, last) of number and unit together; ``factor`` scales the number ("$20 M")."""

    unit: str
    first: int
    last: int
    factor: float = 1.0


def measure(s: Scanner, a: Amount) -> Measure | None:
    """The unit or currency of an amount, None when it counts things."""
    sign = _sign(s, a.first)
    if sign:
        return _signed(s, a, *sign)
    j = a.last + 1 if s.at(a.last) == "-" else a.last
    if s.at(a.last) == "-" and s.at(j) in ("point", "time", "degree"):
        return None  # "a five-point plan"
    if s.at(j) == "of" and a.kind == "vague":
        j += 1
    elif s.at(j) == "of" and s.at(j + 1) in ("a", "one") and a.kind == "fraction":
        j += 2
    elif s.at(j) in ("a", "an") and a.kind == "fraction":
        j += 1
    if s.at(j) == "on" and s.at(j + 1) == "the" and "richter" in (s.at(j + 2), s.at(j + 3), s.at(j + 4), s.at(j + 5)):
        return Measure("Richter scale", a.first, j)
    for size in (3, 2):
        name = lex.UNIT_PHRASES.get(tuple(s.at(k) for k in range(j, j + size)))
        if name:
            return Measure(name, a.first, j + size)
    return _currency_word(s, a, j) or _unit_word(s, a, j) or _unit_of_second(s, a)


def _unit_of_second(s: Scanner, a: Amount) -> Measure | None:
    """The unit of "from 20 to 45 percent" for its first number."""
    if s.at(a.last) != "to" or s.at(a.first - 1) != "from" or a.kind != "cardinal":
        return None
    second = s.cardinal(a.last + 1) if s.at(a.last + 1) else None
    found = measure(s, second) if second else None
    return Measure(found.unit, a.first, a.last) if found else None


def _sign(s: Scanner, first: int) -> tuple[str, int] | None:
    """Currency name and first token of the sign or code before token ``first``."""
    before = s.at(first - 1)
    if before in lex.SIGNS:
        if before == "$" and s.at(first - 2) in lex.SIGN_PREFIXES and first >= 2:
            prefix = s.at(first - 2)
            if len(prefix) > 1 or s.words[first - 2].isupper():
                return lex.SIGN_PREFIXES[prefix], first - 2
        return lex.SIGNS[before], first - 1
    if before in lex.CODES and (s.words[first - 1].isupper() or before in ("rs", "rs.")) and before not in ("try",):
        return lex.CODES[before], first - 1
    return None


def _signed(s: Scanner, a: Amount, name: str, first: int) -> Measure:
    last, factor = a.last, 1.0
    if s.at(last) in _LETTERS and s.words[last].isupper():
        factor = _LETTERS[s.at(last)]
        last += 1
    if s.at(last) in ("us", "u.s.") and name == "US dollar":
        last += 1
    return Measure(name, first, last, factor)


def _currency_word(s: Scanner, a: Amount, j: int) -> Measure | None:
    """ "yen", "US dollars", "Hong Kong dollars", "million pounds"; "(130 US)" after another currency is left to the caller."""
    word = s.at(j)
    if word in lex.SIGNS and j == a.last and not s.at(j + 1)[:1].isdigit():
        return Measure(lex.SIGNS[word], a.first, j + 1)
    if word in _LETTERS and s.words[j].isupper() and lex.CURRENCIES.get(s.at(j + 1)):
        found = _currency_word(s, a, j + 1)
        return found._replace(factor=_LETTERS[word]) if found else None
    name = lex.CURRENCIES.get(word)
    if name:
        return Measure("US dollar" if name == "dollar" else name, a.first, j + 1)
    if word in _DOLLARS and lex.CURRENCIES.get(s.at(j + 1)) == "dollar":
        return Measure(f"{_DOLLARS[word]} dollar", a.first, j + 2)
    for size in (1, 2):
        after = lex.CURRENCIES.get(s.at(j + size))
        if after and j + size < s.size and all(s.words[k][0].isupper() for k in range(j, j + size)):
            return Measure(" ".join([*s.words[j : j + size], after]), a.first, j + size + 1)
    if word in ("us", "u.s.") and s.words[j].isupper() and s.at(a.first - 1) == "(" and s.at(j + 1) == ")":
        return Measure("US dollar", a.first, j + 1)
    if word in ("pound", "pounds"):
        money = a.high >= 1e5 or s.at(a.last - 1) in lex.SCALES
        return Measure("pound sterling" if money else "pound", a.first, j + 1)
    return None


def _unit_word(s: Scanner, a: Amount, j: int) -> Measure | None:
    word = s.at(j)
    if s.at(a.last - 1)[-1:] == "m" and s.at(a.last - 1)[:1].isdigit() and (word in _EXTENTS or not word):
        return Measure("metre", a.first, a.last, 1e-6)  # "1.8m tall", not "1.8m people"
    name = lex.UNITS.get(word)
    if name is None or j >= s.size:
        return None
    if word in ("ha", "mi", "nm", "x", "hp", "mb", "kb") and not s.words[a.last - 1][-1].isdigit():
        return None
    last = j + 1
    if s.at(last) in ("per", "an", "a") and s.at(last + 1) == "hour" and name in ("kilometre", "mile"):
        return Measure(f"{name} per hour", a.first, last + 2)
    if word == "foot" and s.at(last) in ("soldiers", "soldier", "patrol", "patrols"):
        return None
    if word in ("points", "point") and s.at(last) in ("out", "plan", "plans"):
        return None
    return Measure(name, a.first, last)


def bound(s: Scanner, a: Amount, m: Measure | None, end: int) -> tuple[Bound, int]:
    """The bound of an amount and the first token of the words that set it. ``end`` is the token after number, unit and noun."""
    start = m.first if m else a.first
    first, word = start, None
    j = start
    for _ in range(3):
        found = _before(s, j)
        if found:
            first, word = found
            break
        if s.at(j - 1) in _SKIP_BACK or (a.first < start and j > start):
            j -= 1
            continue
        break
    if word is None or word == "exact":
        for at in (a.last, m.last if m else a.last, end):
            later = _after(s, at)
            if later:
                return later, first
    if a.kind == "vague" or (a.low != a.high and word in (None, "exact", "about")):
        return "range", first
    return cast(Bound, word or "exact"), first


def _before(s: Scanner, j: int) -> tuple[int, str] | None:
    """The longest bound phrase that ends before token ``j``."""
    for size in range(min(_MAX_PHRASE, j), 0, -1):
        phrase = tuple(s.at(k) for k in range(j - size, j))
        name = lex.BOUNDS_BEFORE.get(phrase)
        if name and not (size == 1 and _preposition(s, j - 1)):
            return j - size, name
    return None


def _preposition(s: Scanner, k: int) -> bool:
    """Whether "over", "under", "around" ... at ``k`` is a preposition of place or topic: "a row over two islands"."""
    word, before = s.at(k), s.at(k - 1)
    if word in ("over", "above"):
        return before in lex.OVER_NOUNS
    if word in ("around", "about"):
        return before in (lex.AROUND_VERBS if word == "around" else lex.ABOUT_VERBS)
    if word in ("under", "below", "beyond", "near"):
        nxt = s.at(k + 1)
        return not (
            nxt[:1].isdigit()
            or nxt in ("half", "a", "$", "£", "€")
            or s.at(k + 2) in lex.SCALES
            or s.at(k + 2) in ("percent", "per")
        )
    return word == "say" and before != ","


def _after(s: Scanner, j: int) -> Bound | None:
    for size in (3, 2, 1):
        name = lex.BOUNDS_AFTER.get(tuple(s.at(k) for k in range(j, j + size)))
        if name:
            return cast(Bound, name)
    return None
