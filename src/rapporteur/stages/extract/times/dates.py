"""Rules for dates of the calendar: "April 9, 1997", "early October", "Thursday evening", "the 1990s", "10 p.m. Wednesday"."""

from __future__ import annotations

import re
from datetime import date

from rapporteur.model.claims import TimexType
from rapporteur.stages.extract.times import calendar
from rapporteur.stages.extract.times.classes import CLOCKS, DAYS, DECADES, HOLIDAYS, MONTHS, NUMBERS, PARTS, SEASONS, WEEKDAYS
from rapporteur.stages.extract.times.hit import UNKNOWN_YEAR, Anchor, Found, Hit, amount, ordinal, weekday_near

_BEFORE_YEAR = frozenset(
    "in since of by until till from through before after during for to and or than early late mid year between around about "
    "circa the a on as - – , ( between versus vs back".split()
)
_NEAR_SENTENCES = 1
"""A year named this many sentences before still holds for a bare month."""


def iso(hit: Hit) -> Found | None:
    words = hit.anchor.lower[hit.first : hit.last : 2]
    return _day(*map(int, words))


def _day(year: int, month: int, day: int) -> Found | None:
    try:
        return Found("DATE", date(year, month, day).isoformat())
    except ValueError:
        return None


def slashed(hit: Hit) -> Found | None:
    """Month first, unless only day first makes a date (the reports are in English; 13/4/97 can only be day first)."""
    one, two, year = map(int, hit.word("#").replace(".", "/").split("/"))
    if year < 100:
        year += 1900 if year > 50 else 2000
    return _day(year, one, two) or _day(year, two, one)


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
    found = _day(year, month, day)
    letters = hit.anchor.letters
    ranged = at + 2 < hit.last and letters[at + 2] == "n" and (letters[at + 1] == "-" or hit.anchor.lower[at + 1] == "to")
    if found and ranged:
        until = _day(year, month, int(hit.anchor.lower[at + 2]))
        if until:
            return found._replace(begin=date.fromisoformat(found.value), end=date.fromisoformat(until.value))
    return found


_YEAR_AFTER = re.compile(r"(?:[&,r]D?|-)[MB](?:no?)?,?(?:(y)|O?D?([LXT])U)")


def _told_year(hit: Hit) -> int | None:
    """The year said with "last" or "next year", or with the date that this one is joined to ("August and December last year")."""
    own = hit.anchor.day
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
_HAPPENED = frozenset(
    "incident attack bombing killing accident crash raid shooting explosion blast massacre coup clash earthquake quake assault "
    "riot murder death fire uprising ambush tragedy disaster outbreak invasion".split()
)
"""What nobody can announce: a date beside it lies behind ("the January 13 incident")."""
_FAR_MONTHS = 8
"""Farther ahead, a month that modifies a noun is one just past ("will respect the Feb. 23 accord", said in March)."""
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
    before = "" if hit.tag_after().startswith("NN") else hit.before()
    if before in ("since", "ended", "dated"):
        return last
    if before not in _LOOKS_AHEAD:
        clause = anchor.clause(hit.first)
        if clause.tense == "past" and clause.direct:
            return last
        if clause.modal and (clause.direct or months_ahead <= _FAR_MONTHS):
            return following
        if hit.after().rstrip("s") in _HAPPENED:
            return last
        if clause.tense == "past" and months_ahead > (_NEAR_MONTHS if with_day else 2):
            return last
    elif before in ("until", "till", "by"):
        return following
    return following if months_ahead <= 6 else last


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


def weekday(hit: Hit) -> Found | None:
    """A weekday, with "last", "next", "early", a part of the day, or "last week"."""
    number = WEEKDAYS[hit.word("W8")]
    own = hit.anchor.day
    part = hit.find("P")
    suffix = f"T{PARTS[hit.anchor.lower[part]]}" if part >= 0 else ""
    kind: TimexType = "TIME" if suffix else "DATE"
    if part >= 0 and hit.anchor.lower[part].endswith("s"):
        return Found("SET", f"XXXX-WXX-{number}{suffix}")
    if own is None:
        return Found(kind, f"XXXX-WXX-{number}{suffix}")
    unit, direction = hit.find("U"), hit.find("LXT")
    if unit >= 0:
        monday = calendar.add_days(own, -own.weekday()) or own
        weeks = {"L": -1, "X": 1}.get(hit.anchor.letters[direction], 0)
        day = calendar.add_days(monday, 7 * weeks + number - 1)
    else:
        day = _weekday_toward(hit, own, number, hit.anchor.letters[direction] if direction >= 0 else "")
    return Found(kind, day.isoformat() + suffix) if day else None


def _weekday_toward(hit: Hit, own: date, number: int, direction: str) -> date | None:
    word = hit.word("LX")
    base = hit.anchor.reference_day() if word in ("following", "preceding", "previous", "prior") else own
    if direction == "T" and word in ("", "current"):
        return weekday_near(own, number, "past" if hit.anchor.tense(hit.first) == "past" else "future")
    if word and base:
        ahead = hit.letters.find("X") >= 0
        step = calendar.add_days(base, 1 if ahead else -1)
        return weekday_near(step, number, "future" if ahead else "past") if step else None
    clause = hit.anchor.clause(hit.first)
    before = hit.before()
    if before == "dated":
        return weekday_near(own, number, "past")
    ahead = before in ("until", "till", "beginning", "starting", "effective") or (
        before == "by" and not (clause.tense == "past" and clause.direct)
    )
    ahead = ahead or (clause.tense == "present" and clause.direct)
    return weekday_near(own, number, "future" if ahead else clause.tense)


def weekdays(hit: Hit) -> Found | None:
    """Mondays: a set."""
    return Found("SET", f"XXXX-WXX-{WEEKDAYS[hit.word('7')[:-1]]}")


def near_day(hit: Hit) -> Found | None:
    """Today, yesterday, tomorrow, tonight, with a part of the day or "late" before it; "the day before yesterday"."""
    word = hit.word("z")
    steps = DAYS[word]
    if "b" in hit.letters or "a" in hit.letters:
        steps += -1 if "b" in hit.letters else 1
    part = hit.word("P")
    suffix = f"T{PARTS[part]}" if part else "TNI" if word == "tonight" else ""
    own = hit.anchor.day
    if own is None:
        return Found("TIME" if suffix else "DATE", f"XXXX-XX-XX{suffix}") if suffix or steps else Found("DATE", "PRESENT_REF")
    day = calendar.add_days(own, steps)
    return Found("TIME" if suffix else "DATE", day.isoformat() + suffix) if day else None


def part_of_day(hit: Hit) -> Found | None:
    """This morning, last night, the morning, overnight: of the report's day, or of the day just mentioned."""
    letters = hit.letters
    anchor = hit.anchor
    suffix = "T" + ("NI" if "V" in letters else PARTS[hit.word("P")])
    if hit.word("P").endswith("s"):
        return None
    if hit.letters[0] == "m" and hit.before() not in ("in", "by", "until", "since", "at", "on", "during", "from"):
        return None
    relative = "T" in letters or "L" in letters
    day = anchor.day if relative or anchor.day is None else _day_here(anchor, hit.first)
    if day is None:
        return Found("TIME", f"XXXX-XX-XX{suffix}")
    if "L" in letters or ("V" in letters and day == anchor.day):
        day = calendar.add_days(day, -1)
    return Found("TIME", day.isoformat() + suffix) if day else None


def _day_here(anchor: Anchor, token: int) -> date | None:
    """The day mentioned last, when that is not long ago in the text; else the report's own."""
    reference = anchor.reference
    if (
        reference
        and calendar.unit_of(reference) == "D"
        and anchor.parsed.sentence_at[token] - anchor.reference_at <= _NEAR_SENTENCES
    ):
        return date.fromisoformat(reference)
    return anchor.day


def clock(hit: Hit, day_value: str | None) -> Found | None:
    """A time of day; ``day_value`` is the value of the date beside it, where there is one."""
    at = hit.find("cpnNwy")
    word = hit.anchor.lower[at]
    time = CLOCKS.get(word) or _military(word) or _clock_time(word, hit)
    if time is None:
        return None
    if day_value is None:
        day = _day_here(hit.anchor, hit.first)
        day_value = day.isoformat() if day else "XXXX-XX-XX"
    zone = "Z" if hit.word("@") in ("utc", "gmt") else ""
    return Found("TIME", f"{day_value.partition('T')[0]}T{time}{zone}")


def _military(word: str) -> str | None:
    """0800 and 2130, which only stand before a time zone or "hours"."""
    valid = len(word) == 4 and word.isdigit() and word < "2400" and word[2] < "6"
    return f"{word[:2]}:{word[2:]}" if valid else None


def _clock_time(word: str, hit: Hit) -> str | None:
    mark = hit.word("Z").replace(".", "") or ("am" if word.endswith("am") else "pm" if word.endswith("pm") else "")
    digits = word.rstrip("apm").replace(".", ":").split(":")
    hour = NUMBERS.get(word, -1) if not digits[0].isdigit() else int(digits[0])
    minute = digits[1] if len(digits) > 1 else "00"
    if not 0 <= hour <= 24 or (mark and hour > 12):
        return None
    if not mark and len(digits) == 1 and hit.find("H") < 0:
        return None
    if hit.find("P") >= 0 and not mark:
        mark = "am" if PARTS[hit.word("P")] == "MO" else "pm"
    if mark == "pm" and hour < 12:
        hour += 12
    elif mark == "am" and hour == 12:
        hour = 0
    return f"{hour:02d}:{minute[:2]}"


def year(hit: Hit) -> Found | None:
    """Four figures as a year, alone: only where the words around do not make them a count or a price."""
    number = hit.year()
    if number is None or not 1000 <= number <= 2199:
        return None
    before, after, tag = hit.before(), hit.after(), hit.tag_after()
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
