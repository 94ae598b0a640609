"""Rules for months and days of a month: "April 9, 1997", "the 9th of April", "early October", "June last year"."""

from __future__ import annotations

import re
from datetime import date

from rapporteur.stages.extract.times.classes import MONTHS, NUMBERS
from rapporteur.stages.extract.times.hit import UNKNOWN_YEAR, Found, Hit, ordinal


def day_of(year: int, month: int, day: int) -> Found | None:
    try:
        return Found("DATE", date(year, month, day).isoformat())
    except ValueError:
        return None


def month_day(hit: Hit) -> Found | None:
    """A month with its day, with or without a year; "Nov. 3-5" covers its days."""
    month = MONTHS[hit.word("MB")]
    at = hit.find("no")
    if at < 0:
        at = hit.find("w")
    word = hit.anchor.lower[at]
    day = int(word) if word.isdigit() else ordinal(word) or _spoken(hit, at)
    if not 1 <= day <= 31:
        return None
    year = hit.year() or _told_year(hit) or _named_day(hit, month, day) or _year_of(hit, month, with_day=True)
    if year is None:
        return Found("DATE", f"{UNKNOWN_YEAR}-{month:02d}-{day:02d}")
    found = day_of(year, month, day)
    letters = hit.anchor.letters
    ranged = at + 2 < hit.last and letters[at + 2] == "n" and (letters[at + 1] == "-" or hit.anchor.lower[at + 1] == "to")
    if found and ranged:
        until = day_of(year, month, int(hit.anchor.lower[at + 2]))
        if until:
            return found._replace(begin=date.fromisoformat(found.value), end=date.fromisoformat(until.value))
    return found


_YEAR_AFTER = re.compile(r"(?:[&,r]D?|-)[MB](?:no?)?,?(?:(y)|O?D?([LXT])U)")


def _told_year(hit: Hit) -> int | None:
    """The year said with "last" or "next year", behind "of" ("Dec. 11-13 of 2032"), or with the date that this one is joined to
    ("August and December last year")."""
    own = hit.anchor.day
    if hit.after() == "of" and hit.anchor.letters[hit.last + 1 : hit.last + 2] == "y":
        return int(hit.anchor.lower[hit.last + 1])
    unit, direction = hit.find("U"), hit.find("LXT")
    if own is not None and direction >= 0:
        step = {"L": -1, "X": 1}.get(hit.anchor.letters[direction], 0)
        if unit >= 0:
            return own.year + step
        if hit.anchor.letters[direction] == "L" and hit.find("MB") == direction + 1:
            return own.year - (MONTHS[hit.word("MB")] >= own.month)
    m = _YEAR_AFTER.match(hit.anchor.letters, hit.last)
    if m is None:
        return None
    if m[1]:
        return int(hit.anchor.lower[m.start(1)])
    return own.year + {"L": -1, "X": 1}.get(m[2], 0) if own else None


def _named_day(hit: Hit, month: int, day: int) -> int | None:
    """September 11 with "attacks" names the day of 2001, once that has been."""
    own = hit.anchor.day
    if (month, day) != (9, 11) or own is None or own < date(2001, 9, 11):
        return None
    return 2001 if any(hit.after(k).startswith(("attack", "hijack")) for k in range(3)) else None


def _spoken(hit: Hit, at: int) -> int:
    return NUMBERS[hit.anchor.lower[at]] + ordinal(hit.anchor.lower[hit.last - 1])


_NEAR_MONTHS = 3
"""In a past clause a month is ahead only when it is this near ("declared a dividend payable Dec. 15")."""


_ARRANGED = frozenset(
    "talk talks meeting summit election elections vote referendum conference visit hearing trial launch session deadline release "
    "tour delivery opening mission poll ballot negotiation game tournament festival ceremony trip inauguration plan".split()
)


_HAPPENED = frozenset(
    "incident attack bombing killing accident crash raid shooting explosion blast massacre coup clash earthquake quake assault "
    "riot murder death fire uprising ambush tragedy disaster outbreak invasion".split()
)
"""What nobody can announce: a date beside it lies behind ("the January 13 incident")."""


_FAR_MONTHS = 8
"""Farther ahead, a month that modifies a noun is one just past ("will respect the Feb. 23 accord", said in March)."""


_SHORT = 3
"""Letters of a month's short form without its full stop."""
_LOOKS_AHEAD = frozenset("until till by through before to for effective payable".split())


def _year_of(hit: Hit, month: int, *, with_day: bool = False) -> int | None:
    """The year meant by a month (and day) without one: by the verb it hangs on, else the one nearest to the report's date."""
    anchor = hit.anchor
    own = anchor.day
    if own is None:
        reference = anchor.reference
        return int(reference[:4]) if reference and len(reference) >= 4 and reference[:4].isdigit() else None
    months_ahead = (month - own.month) % 12
    if months_ahead == 0:
        return own.year
    last, following = own.year - (month > own.month), own.year + (month < own.month)
    if with_day and hit.after() == "as":
        return following if months_ahead <= 6 else last  # "declared January 2 as a day of mourning": no day of declaring
    if _forthcoming(hit):
        return following
    before = "" if hit.tag_after().startswith("NN") else hit.before()
    if before in ("since", "ended", "dated"):
        return last
    if before not in _LOOKS_AHEAD:
        clause = anchor.clause(hit.first)
        if clause.tense == "past" and any(hit.before(steps) == "last" for steps in (2, 3, 4)):
            return last  # "the last feast in January was ..."
        if clause.tense == "past" and clause.direct:
            return last
        if clause.modal and (clause.direct or months_ahead <= _FAR_MONTHS):
            return following
        if hit.after().rstrip("s") in _HAPPENED:
            return last
        if clause.tense == "past" and (months_ahead > _NEAR_MONTHS or not (with_day or months_ahead == 1 or _awaited(hit))):
            return last
    elif before in ("until", "till", "by"):
        return following
    return following if months_ahead <= 6 else last


_OF_PHRASE = ("NN", "JJ", "CD", "IN", "HYPH", "POS")


def _forthcoming(hit: Hit) -> bool:
    """Whether a date stands at the end of a phrase that is announced as ahead ("has begun to plan the forthcoming Orsk Fair on
    May 11"), whatever the tense of the verb."""
    parsed = hit.anchor.parsed
    at = hit.first - 1
    while at >= 0 and parsed.tags[at].startswith(_OF_PHRASE):
        if hit.anchor.lower[at] in ("forthcoming", "upcoming"):
            return True
        at -= 1
    return False


def _awaited(hit: Hit) -> bool:
    """Whether a month stands at the name of something arranged beforehand ("announced talks in January")."""
    parsed = hit.anchor.parsed
    return parsed.lemmas[parsed.heads[hit.first]].lower() in _ARRANGED


def month(hit: Hit) -> Found | None:
    """A month, with its year, with "last year", or bare; "last May", "this September"."""
    at = hit.find("MB")
    number = MONTHS[hit.anchor.lower[at]]
    own = hit.anchor.day
    year = hit.year()
    if year is None and "w" in hit.letters:
        return None
    if year is None:
        unit, direction = hit.find("U"), hit.find("LXTJR")
        if unit >= 0 and own:
            year = own.year + {"L": -1, "X": 1}.get(hit.anchor.letters[direction], 0)
        elif direction >= 0 and own:
            year = _toward(hit, own, number, hit.anchor.letters[direction])
        elif hit.last - hit.first == 1 and not _month_stands_alone(hit):
            return None
        else:
            year = _told_year(hit) or _year_of(hit, number)
    return Found("DATE", f"{year:04d}-{number:02d}" if year else f"{UNKNOWN_YEAR}-{number:02d}")


def _toward(hit: Hit, own: date, number: int, direction: str) -> int:
    """Year of "last May" (before this month), "next May" (after it) and "this May"."""
    if direction == "L":
        return own.year - (number >= own.month)
    if direction == "X":
        return own.year + (number <= own.month)
    return own.year


def _month_stands_alone(hit: Hit) -> bool:
    """A bare month name, not the first name of a person ("June Wilson") nor a short form that can be a word."""
    before, letter = hit.before(), hit.letters
    if len(letter) == 1 and len(hit.word(letter)) == _SHORT and hit.word(letter) != "may":
        return False  # "in Mar" alone is rather the city of Mar Alto
    preposition = (hit.first > 0 and hit.anchor.letters[hit.first - 1] in "I_O") or before in (
        "and",
        "or",
        "to",
        "this",
        "early",
        "late",
    )
    if letter == "B" or hit.word("M") in ("may", "march"):
        return preposition or (letter == "M" and hit.anchor.parsed.tags[hit.first] == "NNP" and hit.tag_after() != "NNP")
    return preposition or hit.tag_after() != "NNP"
