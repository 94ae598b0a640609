"""Number expressions in a list of tokens: digits, number words, vague numbers, fractions, ratios and ranges.

The grammar is that of English numerals (Huddleston & Pullum 2002, ch. 5 §10.1), read left to right in one pass; a token that
cannot begin a numeral costs one dictionary lookup.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal, NamedTuple

from rapporteur.stages.extract.figures import lexicon as lex

Kind = Literal["cardinal", "vague", "fraction", "ratio"]

_DIGITS = re.compile(r"(\d{1,3}(?:,\d{2,3}){1,5}|\d{1,15})(\.\d{1,12})?(k|m|mn|bn|tn)?")
_SLASH = re.compile(r"(\d{1,2})/(\d{1,3})")
_LINKS = frozenset(("-", "–", "—", "‑", "to"))
_SIGNS = frozenset(lex.SIGNS)
_SINGLE_PARTS = frozenset(w for w in lex.DENOMINATORS if not w.endswith("s") and w != "half")
_BEGIN = frozenset(lex.CARDINALS) | frozenset(lex.VAGUE) | _SINGLE_PARTS | frozenset(("half", "several"))
_COMPARED = frozenset("than nearly almost about over by roughly approximately around least".split())
_BOUNDED = _COMPARED | {"some"} - {"by"}
_ARTICLES = frozenset(("a", "an"))
_SCALED = frozenset(("a", "an", "few", "several", "couple"))
_MAX_DISTANCE = 14
_WHOLES = frozenset((10.0, 100.0, 1000.0))


class Amount(NamedTuple):
    """A number expression, tokens [first, last). ``low`` equals ``high`` unless it is a range or vague."""

    first: int
    last: int
    low: float
    high: float
    kind: Kind = "cardinal"
    sign: int = -1
    """Token of a currency sign inside a range ("$5 million to $7 million"), else -1."""

    @property
    def exact(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high and self.kind != "vague"


def begins(word: str) -> bool:
    """Whether a number expression may begin with ``word``."""
    return word[0].isnumeric() or word.lower() in _BEGIN or word.lower() in lex.SCALES


def digits(word: str) -> tuple[float, float] | None:
    """Value and scale of a token in digits ("2.5m" is 2.5 and 1e6), None when it is none of ours (a time, an ordinal, a code)."""
    m = _DIGITS.fullmatch(word)
    if m:
        return float(m[1].replace(",", "") + (m[2] or "")), lex.SUFFIXES[m[3]] if m[3] else 1.0
    if len(word) == 1 and word.isnumeric():
        return unicodedata.numeric(word), 1.0
    m = _SLASH.fullmatch(word)
    if m and 0 < int(m[1]) < int(m[2]) and (int(m[2]) <= 6 or int(m[2]) in (8, 10, 16, 32, 100)):
        return int(m[1]) / int(m[2]), 1.0
    return None


def clean(value: float) -> float:
    """``value`` without the noise of binary multiplication: 8.2 million is 8,200,000."""
    return float(f"{value:.12g}")


class Scanner:
    """Finds the amounts of one text; ``lower`` are its tokens in lower case."""

    def __init__(self, words: list[str]) -> None:
        self.words = words
        self.lower: dict[int, str] = {}
        self.size = len(words)

    def at(self, i: int) -> str:
        """Token ``i`` in lower case, empty outside the text."""
        if not 0 <= i < self.size:
            return ""
        word = self.lower.get(i)
        if word is None:
            word = self.lower[i] = self.words[i].lower()
        return word

    def amounts(self) -> list[Amount]:
        """All number expressions, in order, not overlapping."""
        out: list[Amount] = []
        done = 0
        for i, word in enumerate(self.words):
            if i < done or not begins(word):
                continue
            found = self._whole(i)
            if found:
                found = self._part_of_percent(found) or self._range(found)
                out.append(found)
                done = found.last
        return out

    def _part_of_percent(self, a: Amount) -> Amount | None:
        """ "half of 1 percent" is 0.5 percent."""
        j = a.last + 1
        if a.kind != "fraction" or self.at(a.last) != "of" or not self.at(j) or not begins(self.at(j)):
            return None
        whole = self.cardinal(j)
        if whole is None or self.at(whole.last) not in ("percent", "%", "per"):
            return None
        return Amount(a.first, whole.last, a.low * whole.low, a.low * whole.low)

    def _whole(self, i: int) -> Amount | None:
        """The longest expression at ``i`` that is no range."""
        word = self.at(i)
        if word in lex.VAGUE:
            return self._vague(i)
        if word == "half":
            return self._half(i)
        if word in _SINGLE_PARTS:
            return self._part(i)
        if word == "several" or word in lex.SCALES:
            return self._scaled(i)
        number = self.cardinal(i)
        if number is None:
            return None
        return self._fraction(number) or self._ratio(number) or number

    # ---------------------------------------------------------------- cardinals
    def cardinal(self, i: int) -> Amount | None:
        """The cardinal number that begins at token ``i``."""
        word = self.at(i)
        if word in lex.CARDINALS:
            value, last = self._small(i)
            scale = 1.0
        else:
            read = digits(word)
            if read is None:
                return None
            value, scale = read
            last = i + 1
            while self._spaced(last):
                value, last = value * 1000 + float(self.at(last + 1)), last + 2  # "10, 000", a slip of agency copy
            part = digits(self.at(last)) if last < self.size else None
            if part and part[0] < 1 and value == int(value) and scale == 1:
                value, last = value + part[0], last + 1
        value, last = self._scales(value, last)
        value = clean(value * scale)
        return Amount(i, last, value, value)

    def _spaced(self, j: int) -> bool:
        """Whether "," and three digits go on at token ``j`` after a blank: "10, 000", "9, 357 billion"."""
        part = self.at(j + 1)
        if self.at(j) != "," or len(part) != 3 or not part.isdigit() or len(self.at(j - 1)) > 3:
            return False
        if part[0] == "0" or self.at(j + 2) in lex.SCALES or self.at(j + 2) in lex.CURRENCIES:
            return True
        # "around 2, 800 soldiers": what is bounded or priced is an amount, and neither a day nor a member of a list.
        return self.at(j - 2) in _BOUNDED or self.at(j - 2) in _SIGNS

    def _small(self, i: int) -> tuple[float, int]:
        """A number word below 100: "seven", "twenty", "twenty-one"."""
        value = lex.CARDINALS[self.at(i)]
        if self.at(i) in lex.TENS:
            j = i + 2 if self.at(i + 1) == "-" else i + 1
            unit = lex.ONES.get(self.at(j), 0.0)
            if unit:
                return value + unit, j + 1
        return value, i + 1

    def _scales(self, value: float, j: int) -> tuple[float, int]:
        """Scale words after a number: "two hundred and six thousand", "three and a half million", "1.2 million"."""
        total, unit = 0.0, 0.0
        while True:
            if self.at(j) == "and" and self.at(j + 1) in _ARTICLES and self.at(j + 2) == "half":
                value, j = value + 0.5 * (unit or 1.0), j + 3
                continue
            k = j + 1 if self.at(j) == "-" and self.at(j + 1) in lex.SCALES else j
            scale = lex.SCALES.get(self.at(k))
            if scale is None or (scale == 20 and value >= 10) or (unit and scale >= unit and unit >= 1000):
                break
            value, j, unit = value * scale, k + 1, scale
            if scale >= 1000:
                total, value = total + value, 0.0
            k = j + 1 if self.at(j) == "and" and scale in (100, 1000, 1e6) else j
            if self.at(k) in lex.CARDINALS and (k > j or scale >= 100):
                small, after = self._small(k)
                if k > j and self.at(after) in lex.SCALES and lex.SCALES[self.at(after)] >= scale:
                    break
                value, j = value + small, after
        return total + value, j

    def _scaled(self, i: int) -> Amount | None:
        """ "a hundred", "several hundred", "a few dozen", "a couple of thousand"; the article is part of the number."""
        j = i
        if self.at(i) == "several":
            j = i + 1
            if self.at(j) not in lex.SCALES:
                return None
            value, j = self._scales(1.0, j)
            return Amount(i, j, 2 * value, 10 * value - 1, "vague")
        before = self.at(i - 1)
        if before in ("few", "several"):
            value, j = self._scales(1.0, i)
            first = i - 2 if before == "few" and self.at(i - 2) == "a" else i - 1
            return Amount(first, j, 2 * value, 10 * value - 1, "vague")
        if before in ("couple", "of") and "couple" in (before, self.at(i - 2)):
            value, j = self._scales(1.0, i)
            first = i - 1 if before == "couple" else i - 2
            return Amount(first - (self.at(first - 1) == "a"), j, 2 * value, 2 * value)
        if before == "half" or (before in _ARTICLES and self.at(i - 2) == "half"):
            return None
        value, j = self._scales(1.0, i)
        if before in _ARTICLES or before in ("per",):
            return Amount(i - 1 if before in _ARTICLES else i, j, value, value)
        return Amount(i, j, value, value) if before in ("", "the", "than", "least", "over", "nearly", "almost", "about") else None

    # ---------------------------------------------------------------- vague numbers
    def _vague(self, i: int) -> Amount:
        """ "dozens", "tens of thousands", "hundreds of thousands"."""
        low, high = lex.VAGUE[self.at(i)]
        j = i + 1
        while self.at(j) == "of" and self.at(j + 1) in lex.VAGUE and j - i < _MAX_DISTANCE:
            scale = lex.VAGUE[self.at(j + 1)][0] / 2
            ten = lex.VAGUE[self.at(i)][0] / 2 if self.at(i) not in ("dozens", "scores") else low / 2
            low, high = 2 * ten * scale, 10 * ten * scale - 1
            j += 2
        return Amount(i, j, low, high, "vague")

    # ---------------------------------------------------------------- fractions
    def _half(self, i: int) -> Amount | None:
        j = i + 1 if self.at(i + 1) != "-" else i + 2
        k = j + 1 if self.at(j) in _ARTICLES else j
        if self.at(k) in lex.SCALES:
            value, last = self._scales(1.0, k)
            return Amount(i, last, value / 2, value / 2)
        if self.at(i + 1) == "-":
            return None  # "half-brother"
        if self.at(i - 1) in ("first", "second", "other", "last", "a", "final", "latter", "better", "in", "one", "each", "and"):
            return (
                None if self.at(i - 1) not in _ARTICLES or self.at(i + 1) != "of" else Amount(i - 1, i + 1, 0.5, 0.5, "fraction")
            )
        return Amount(i, i + 1, 0.5, 0.5, "fraction")

    def _part(self, i: int) -> Amount | None:
        """ "a third of", "nearly a fifth", "a quarter of a million"; "a third man" is an ordinal, "the third quarter" a time."""
        if self.at(i - 1) not in _ARTICLES:
            return None
        part = round(1 / lex.DENOMINATORS[self.at(i)], 4)
        if self.at(i + 1) == "million" or (
            self.at(i + 1) == "of" and self.at(i + 2) in _ARTICLES and self.at(i + 3) in lex.SCALES
        ):
            j = i + 1 if self.at(i + 1) == "million" else i + 3
            value, last = self._scales(1.0, j)
            return Amount(i - 1, last, value * part, value * part)
        if self.at(i + 1) == "of" or self.at(i - 2) in _COMPARED:
            return Amount(i - 1, i + 1, part, part, "fraction")
        return None

    def _fraction(self, n: Amount) -> Amount | None:
        """ "two-thirds", "one third", "three quarters"."""
        j = n.last + 1 if self.at(n.last) == "-" else n.last
        under = lex.DENOMINATORS.get(self.at(j))
        if under is None or n.low != int(n.low) or not 0 < n.low < 100 or (self.words[n.first][0].isdigit() and j == n.last):
            return None
        if self.at(j).endswith("s") != (n.low != 1):
            return None
        value, j = n.low / under, j + 1
        if self.at(j) == "of" and self.at(j + 1) in _ARTICLES and self.at(j + 2) in lex.SCALES:
            whole, j = self._scales(1.0, j + 2)
            return Amount(n.first, j, clean(value * whole), clean(value * whole))
        return Amount(n.first, j, round(value, 4), round(value, 4), "fraction")

    def _ratio(self, n: Amount) -> Amount | None:
        """ "one in five", "nine out of ten", "eight of 10 voters", "one out of every 100"."""
        j, word = n.last, self.at(n.last)
        if word == "out" and self.at(j + 1) == "of":
            j += 2
        elif word == "of" or (word == "in" and n.low in (1, 2, 3, 4, 9)):
            j += 1
        else:
            return None
        if self.at(j) == "every":
            j += 1
        if not self.at(j) or not begins(self.at(j)):
            return None
        whole = self.cardinal(j)
        if whole is None or whole.low <= n.low or self.at(whole.last) in lex.TIME_UNITS:
            return None
        if word != "out" and whole.low not in _WHOLES and (word == "of" or n.low != 1 or whole.low > 1000):
            return None
        value = round(n.low / whole.low, 4)
        return Amount(n.first, whole.last, value, value, "ratio")

    # ---------------------------------------------------------------- ranges
    def _range(self, a: Amount) -> Amount:
        """``a`` widened by what follows: "20-30", "5 to 7 million", "between 700 and 800", "two or three"."""
        between = self.at(a.first - 1) == "between" or (self.at(a.first - 2) == "between" and a.first > 1)
        j, link, unit = a.last, self.at(a.last), ""
        if (
            link not in _LINKS
            and link not in ("and", "or", ",", "%")
            and self.at(j + 1) in ("to", "and")
            and between | (self.at(a.first - 1) != "from")
        ) or (link == "%" and self.at(j + 1) in _LINKS | {"and"} and self.at(a.first - 1) != "from"):
            unit, j, link = link, j + 1, self.at(j + 1)
        if link == "," and a.kind == "vague" and self.at(j + 1) in ("if", "possibly", "perhaps", "maybe", "and", "even"):
            return self._widened(a, j + (3 if self.at(j + 1) == "if" else 2))
        if link == "or":
            return self._alternative(a, j + 1)
        if not (link in _LINKS or (link == "and" and between)):
            return a
        if (
            self.at(a.first - 1) == "from"
            and link == "to"
            and not unit
            and self.at(a.first - 2) not in ("ranging", "range", "ranged", "ranges", "anywhere")
        ):
            return a
        k, sign = j + 1, -1
        while self.at(k) in ("about", "some", "perhaps", "around", "as", "many", "nearly") and k < j + 4 and not unit:
            k += 1
        if self.at(k) in _SIGNS:
            k, sign = k + 1, k
        return self._joined(a, k, sign, unit)

    def _widened(self, a: Amount, k: int) -> Amount:
        b = self._whole(k) if self.at(k) in lex.VAGUE else None
        return a if b is None or b.high <= a.high else Amount(a.first, b.last, a.low, b.high, "vague")

    def _alternative(self, a: Amount, k: int) -> Amount:
        if self.at(k) in ("even", "possibly", "perhaps", "maybe"):
            k += 1
        if a.kind == "vague":
            return self._widened(a, k)
        b = self.cardinal(k) if self.at(k) and begins(self.at(k)) else None
        if b is None or not a.exact or not a.low < b.low <= a.low * 3 + 1:
            return a
        return Amount(a.first, b.last, a.low, b.high)

    def _joined(self, a: Amount, k: int, sign: int, unit: str) -> Amount:
        if not self.at(k) or not begins(self.at(k)):
            return a
        b = self._vague(k) if self.at(k) in lex.VAGUE else self.cardinal(k)
        if b is None or (b.kind == "vague") != (a.kind == "vague"):
            return a
        if unit and unit != self.at(b.last):
            return a
        low = a.low
        if b.last - b.first == 1 and a.last - a.first == 1 and not unit:
            b = self._abbreviated(a, b)
        scale = self._last_scale(b)
        if scale > 1 and self._last_scale(a) == 1 and low * scale < b.high and low < b.high / scale:
            low *= scale
        if a.kind == "vague" and self.at(a.first) == "tens" and self.at(b.last - 1) != self.at(b.first):
            low *= lex.VAGUE[self.at(b.last - 1)][0] / 2
        if not low < b.high:
            return a
        return Amount(a.first, b.last, low, b.high, a.kind, sign)

    def _abbreviated(self, a: Amount, b: Amount) -> Amount:
        """The second number of "119.04-06" and "1.1728-1730", of which only the last digits are written."""
        whole, _, part = self.words[a.first].partition(".")
        tail = self.words[b.first]
        if not part or not tail.isdigit() or len(tail) > len(part):
            return b
        value = float(f"{whole}.{part[: len(part) - len(tail)]}{tail}") if whole.isdigit() else b.high
        return b._replace(low=value, high=value)

    def _last_scale(self, n: Amount) -> float:
        word = self.at(n.last - 1)
        if word in lex.SCALES:
            return lex.SCALES[word]
        read = digits(word)
        return read[1] if read else 1.0
