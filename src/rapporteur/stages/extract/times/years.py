"""Rules for years, decades, centuries, seasons and holidays."""

from __future__ import annotations

from datetime import date

from rapporteur.stages.extract.times import calendar
from rapporteur.stages.extract.times.classes import DECADES, HOLIDAYS, MONTHS, SEASONS
from rapporteur.stages.extract.times.hit import UNKNOWN_YEAR, Found, Hit, amount, ordinal

_BEFORE_YEAR = frozenset(
    "in since of by until till from through before after during for to and or than early late mid year between around about "
    "circa the a on as - – , ( between versus vs back".split()
)


def year(hit: Hit) -> Found | None:
    """Four figures as a year, alone: only where the words around do not make them a count or a price."""
    number = hit.year()
    if number is None or not 1000 <= number <= 2199:
        return None
    before, after, tag = hit.before(), hit.after(), hit.tag_after()
    if hit.tag_before() in ("NNP", "NNPS") and before not in MONTHS and before[:1].isalpha() and before.isalnum():
        return None  # "World Cup 2006" is a name
    if before in ("$", "£", "€", "no.", "#", "/", ".") or before.endswith("$") or after in ("%", "percent", "/", ":"):
        return None
    if not 1900 <= number <= 2050 and before not in ("in", "since", "of", "by", "until", "from", "year"):
        return None
    if tag == "NNS" and before not in _BEFORE_YEAR - {"the", "to", "than", "-", ",", "and", "or", "about", "around", "between"}:
        return None
    if tag == "CD" or after in ("people", "other", "more", "or"):
        return None if after != "or" else Found("DATE", str(number))
    return Found("DATE", str(number))


def years(hit: Hit) -> Found | None:
    """A span of years: 1997-98, 2010-2011."""
    first, last = hit.anchor.lower[hit.first], hit.anchor.lower[hit.last - 1]
    until = int(last) if len(last) == 4 else int(first[:2] + last) if len(last) == 2 else 0
    if not int(first) < until <= int(first) + 60 or not 1700 <= int(first) <= 2100:
        return None
    return Found("DATE", first, date(int(first), 1, 1), date(until, 12, 31))


def short_year(hit: Hit) -> Found | None:
    """The year of "since '82"."""
    if (
        hit.before() not in ("in", "since", "of", "until", "by", "from", "summer", "and")
        or hit.anchor.parsed.ends[hit.first] != (hit.anchor.parsed.starts[hit.first + 1])
    ):
        return None
    digits = hit.word("n")
    own = hit.anchor.day
    recent = own is not None and len(digits) == 2 and 2000 + int(digits) <= own.year
    return Found("DATE", ("20" if recent else "19") + digits) if len(digits) == 2 else None


def spoken_year(hit: Hit) -> Found | None:
    """Nineteen ninety-six; the year two thousand."""
    year = hit.year()
    if year is None and "U" in hit.letters:
        year = int(amount(hit.part(hit.find("w"), hit.last)) or 0)
    return Found("DATE", str(year)) if year and 1000 <= year <= 2199 else None


def decade(hit: Hit) -> Found | None:
    """The 1990s, the '80s, the late seventies."""
    word = hit.word("0")
    if word in DECADES:
        if "D" not in hit.letters or (
            hit.before() in ("his", "her", "their", "in") and hit.letters[0] == "D" and hit.word("D") != "the"
        ):
            return None
        return Found("DATE", f"19{DECADES[word]}")
    digits = word[:-1]
    if hit.word("D") not in ("", "the") or hit.before() in ("his", "her", "their", "my", "your", "our"):
        return None
    if len(digits) == 4:
        return Found("DATE", digits[:3])
    if len(digits) == 2 and ("s" in hit.letters or hit.word("D") == "the" or "m" in hit.letters):
        return Found("DATE", f"19{digits[0]}")
    return None


def century(hit: Hit) -> Found | None:
    """The 20th century (years 1900 to 1999 by the usual count)."""
    if hit.unit() != "CE":
        return None
    number = ordinal(hit.word("o"))
    return Found("DATE", f"{number - 1:02d}") if number else None


def season(hit: Hit) -> Found | None:
    """A season, with a year, "last", or bare; winter has the year in which it begins."""
    at = hit.find("S")
    code = SEASONS[hit.anchor.lower[at]]
    own, year = hit.anchor.day, hit.year()
    if hit.anchor.lower[at].endswith("s"):
        return None
    if year is None and own is not None:
        unit, direction = hit.find("U"), hit.find("LXT")
        letter = hit.anchor.letters[direction] if direction >= 0 else ""
        if unit >= 0:
            year = own.year + {"L": -1, "X": 1}.get(letter, 0)
        elif letter or "D" in hit.letters or hit.before() in ("in", "by", "since", "until", "during", "over", "for", "through"):
            year = _season_year(hit, own, code, "T" if hit.letters.startswith(("TL", "TX")) else letter)
        else:
            return None
    if hit.anchor.parsed.tags[at].startswith("VB"):
        return None
    return Found("DATE", f"{year:04d}-{code}" if year else f"{UNKNOWN_YEAR}-{code}")


def _season_year(hit: Hit, own: date, code: str, letter: str) -> int:
    start = calendar.SEASONS[code]
    here = own.month if own.month >= 3 else own.month + 12
    place = own.year if own.month >= 3 else own.year - 1
    over, begun = here >= start + 3, here >= start
    if letter == "L":
        return place if over else place - 1
    if letter == "X":
        return place + 1 if begun else place
    if letter == "T" and not (over and hit.anchor.tense(hit.first) != "past"):
        return place
    if hit.anchor.tense(hit.first) == "future":
        return place + 1 if over else place
    return place if begun else place - 1


def holiday(hit: Hit) -> Found | None:
    """A holiday with a fixed or computed day, where it names the day and not a thing ("Christmas tree")."""
    word = hit.word("*")
    own = hit.anchor.day
    named = hit.year()
    if hit.tag_after().startswith("NN") and hit.after() not in ("day", "eve", "sunday", "week"):
        return None
    month, day = HOLIDAYS[word]
    if named is None and own is None:
        return Found("DATE", f"{UNKNOWN_YEAR}-{month:02d}-{day:02d}") if month else None
    year = named or (own.year if own else 0)
    try:
        when = date(year, month, day) if month else calendar.easter(year)
        if named is None and own is not None:
            tense = hit.anchor.tense(hit.first)
            back = (tense == "past" and when > own) or "L" in hit.letters
            ahead = tense == "future" and when < own
            year += ahead - (back and when > own)
            when = date(year, month, day) if month else calendar.easter(year)
    except ValueError:
        return None
    steps = -1 if hit.after() == "eve" else 0
    moved = calendar.add_days(when, steps)
    return Found("DATE", moved.isoformat()) if moved else None
