"""What a rule sees of a report: the anchor dates, and one match with its words and class letters."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from rapporteur.language.base import Parsed
from rapporteur.model.claims import TimexType
from rapporteur.stages.extract.times import calendar
from rapporteur.stages.extract.times.classes import COUPLE, NUMBERS, ORDINALS, UNITS
from rapporteur.stages.extract.times.tense import Clause, Tense, clause_at

UNKNOWN_YEAR = "XXXX"


class Found(NamedTuple):
    """What a rule makes of a match. ``begin``/``end`` are given where the value alone does not say the days covered."""

    type: TimexType
    value: str
    begin: date | None = None
    end: date | None = None


@dataclass(slots=True)
class Anchor:
    """The dates that expressions are resolved against. ``day`` is the report's own date; ``reference`` the value of the date last
    mentioned, ``reference_at`` the sentence where it stood; ``quarter`` the reporting period last mentioned."""

    parsed: Parsed
    lower: list[str]
    letters: str
    day: date | None
    reference: str | None = None
    reference_at: int = -9
    quarter: str | None = None
    quarter_at: int = -9
    clauses: dict[int, Clause] = field(default_factory=dict)

    def clause(self, token: int) -> Clause:
        """The clause around ``token``, worked out once."""
        if token not in self.clauses:
            self.clauses[token] = clause_at(self.parsed, token)
        return self.clauses[token]

    def tense(self, token: int) -> Tense:
        """Tense of the clause around ``token``."""
        return self.clause(token).tense

    def note(self, value: str, token: int) -> None:
        """Remember a resolved date as the one that "the next day" and "a year earlier" refer to."""
        unit = calendar.unit_of(value)
        if unit is None:
            return
        sentence = self.parsed.sentence_at[token]
        past = self.day is None or value < calendar.at(self.day, "Q")
        if unit == "Q" and "Q" in value and past and value >= (self.quarter or ""):
            self.quarter, self.quarter_at = value, sentence
        self.reference, self.reference_at = value.partition("T")[0], sentence

    def reference_day(self) -> date | None:
        """First day of the date last mentioned, else the report's own."""
        covered = calendar.extent(self.reference) if self.reference else None
        return covered[0] if covered else self.day


@dataclass(frozen=True, slots=True)
class Hit:
    """One match: tokens [first, last) and their letters."""

    anchor: Anchor
    first: int
    last: int

    @property
    def letters(self) -> str:
        return self.anchor.letters[self.first : self.last]

    def find(self, letters: str, start: int = 0) -> int:
        """Token index of the first word of one of these classes, from the ``start``-th word of the match; -1 when none."""
        for i in range(self.first + start, self.last):
            if self.anchor.letters[i] in letters:
                return i
        return -1

    def word(self, letters: str) -> str:
        """The first word of one of these classes in lower case; empty when there is none."""
        i = self.find(letters)
        return self.anchor.lower[i] if i >= 0 else ""

    def part(self, first: int, last: int) -> Hit:
        return Hit(self.anchor, first, last)

    def before(self, steps: int = 1) -> str:
        """The word before the match in lower case; empty at the start of the text."""
        return self.anchor.lower[self.first - steps] if self.first >= steps else ""

    def after(self, steps: int = 0) -> str:
        """The word after the match in lower case; empty at the end of the text."""
        at = self.last + steps
        return self.anchor.lower[at] if at < len(self.anchor.lower) else ""

    def tag_before(self) -> str:
        return self.anchor.parsed.tags[self.first - 1] if self.first else ""

    def tag_after(self) -> str:
        return self.anchor.parsed.tags[self.last] if self.last < len(self.anchor.lower) else ""

    def year(self) -> int | None:
        """The year written in the match, as four figures or spoken ("nineteen ninety-six")."""
        i = self.find("y")
        if i >= 0:
            return int(self.anchor.lower[i])
        words = [NUMBERS[self.anchor.lower[k]] for k in range(self.first, self.last) if self.anchor.letters[k] == "w"]
        if len(words) < 2 or not 17 <= words[0] <= 20 or not 10 <= words[1] < 100 or sum(words[1:]) > 99:
            return None
        return words[0] * 100 + sum(words[1:])

    def unit(self) -> str:
        """Code of the first unit of time in the match ("Y", "TM", "DE")."""
        word = self.word("UuQq")
        return UNITS.get(word, "D")


def ordinal(word: str) -> int:
    """21 for "21st", 3 for "third"; 0 when it is none."""
    if word in ORDINALS:
        return ORDINALS[word]
    digits = word.rstrip("stndrh")
    return int(digits) if digits.isdigit() and digits.isascii() else 0


def amount(hit: Hit) -> float | None:
    """The number that the number words of a match say ("two and a half" 2.5, "a couple of" 2); None when vague ("several").

    Of a range ("two or three") it is the first; 1 when there is no number word ("a year").
    """
    total = part = 0.0
    seen = False
    for i in range(hit.first, hit.last):
        letter, word = hit.anchor.letters[i], hit.anchor.lower[i]
        if seen and (letter == "r" or (letter == "-" and hit.anchor.letters[i - 1] in "nN")):
            break
        if letter == "f" and word not in COUPLE:
            return None
        if letter == "w" and NUMBERS[word] >= 1000:
            total, part = total + (part or 1.0) * NUMBERS[word], 0.0
        elif letter == "w":
            part = (part or 1.0) * NUMBERS[word] if word in ("hundred", "dozen") else part + NUMBERS[word]
        elif letter in "nNy":
            part = float(word.replace(",", ""))
        elif letter in "Fh":
            part += _fraction(word) if letter == "F" else 0.5
        elif letter == "f":
            part = 2.0
        elif letter == "U" and not seen:
            part = 1.0
        else:
            continue
        seen = True
    return total + part if seen else 1.0


def _fraction(word: str) -> float:
    if "/" in word:
        over, under = word.split("/")
        return int(over) / int(under) if under != "0" else 0.0
    return {"½": 0.5, "¼": 0.25, "¾": 0.75}[word[0]]


_PARTS_OF = {
    "Y": (12, "M"),
    "TH": (60, "M"),
    "TM": (60, "S"),
    "DE": (10, "Y"),
    "CE": (100, "Y"),
    "ML": (1000, "Y"),
    "D": (24, "H"),
}


def period(count: float | None, unit: str) -> str:
    """A duration's value: ``P3M``, ``PT1M30S``, ``P2Y6M``; ``PXY`` when the count is vague. Decades count as ten years."""
    clock = "T" if unit.startswith("T") else ""
    letter = unit.lstrip("T")
    if letter[:1].isdigit():
        count, letter = (None if count is None else count * int(letter[0])), letter[1:]
    if count is None:
        return f"P{clock}X{letter}"
    if letter == "Q":
        count, letter = count * 3, "M"
    elif unit in ("DE", "CE", "ML"):
        count, letter = count * _PARTS_OF[unit][0], "Y"
        unit = "Y"
    whole = int(count)
    rest = count - whole
    if not rest:
        return f"P{clock}{whole}{letter}"
    size, smaller = _PARTS_OF.get(unit, (0, ""))
    if not size or not (rest * size).is_integer():
        return f"P{clock}{count:g}{letter}"
    head = f"{whole}{letter}" if whole else ""
    if unit == "D":
        return f"P{head}T{int(rest * size)}{smaller}"
    return f"P{clock}{head}{int(rest * size)}{smaller}"


def stretch(day: date | None, count: float | None, unit: str, *, ahead: bool) -> tuple[date | None, date | None]:
    """The days from ``day`` back (or on) over a duration; (None, None) when it has no fixed length."""
    if day is None or count is None:
        return None, None
    if unit.startswith("T"):
        hours = count * {"TH": 1.0, "TM": 1 / 60, "TS": 1 / 3600}[unit]
        days = -int(-hours // 24) if hours > 1 else 0
        other = calendar.add_days(day, days if ahead else -days)
    elif unit in ("D", "W", "M", "Q", "Y", "DE", "CE"):
        other = calendar.move(day, int(count) if ahead else -int(count), unit)
    else:
        return None, None
    if other is None:
        return None, None
    return (day, other) if ahead else (other, day)


def weekday_near(day: date, weekday: int, tense: Tense) -> date | None:
    """The weekday (1 Monday) that a report of ``day`` means: today's name is today, else the last one, or the next."""
    back = (day.isoweekday() - weekday) % 7
    return calendar.add_days(day, (7 - back) % 7 if tense == "future" else -back)
