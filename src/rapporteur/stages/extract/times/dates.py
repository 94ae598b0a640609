"""Rules for days and times of day: "1997-04-09", "Thursday evening", "yesterday", "this morning", "10 p.m. Wednesday"."""

from __future__ import annotations

from datetime import date

from rapporteur.model.claims import TimexType
from rapporteur.stages.extract.times import calendar
from rapporteur.stages.extract.times.classes import CLOCKS, DAYS, NUMBERS, PARTS, WEEKDAYS
from rapporteur.stages.extract.times.hit import Anchor, Found, Hit, weekday_near
from rapporteur.stages.extract.times.months import day_of
from rapporteur.stages.extract.times.tense import announces

_NEAR_SENTENCES = 1
"""A day named this many sentences before is still the one that "the morning" and "10 p.m." belong to."""


def iso(hit: Hit) -> Found | None:
    words = hit.anchor.lower[hit.first : hit.last : 2]
    return day_of(*map(int, words))


def slashed(hit: Hit) -> Found | None:
    """Month first, unless only day first makes a date (the reports are in English; 13/4/97 can only be day first)."""
    one, two, year = map(int, hit.word("#").replace(".", "/").split("/"))
    if year < 100:
        year += 1900 if year > 50 else 2000
    return day_of(year, one, two) or day_of(year, two, one)


_RANKED = frozenset("first second third last latest only".split())


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
    at = hit.find("LX")
    if word == "following" and (at == 0 or hit.anchor.lower[at - 1] != "the"):
        word = ""  # "praise following Tuesday's raid"
    base = hit.anchor.reference_day() if word in ("following", "preceding", "previous", "prior") else own
    if direction == "T" and word in ("", "current"):
        return weekday_near(own, number, "past" if hit.anchor.tense(hit.first) == "past" else "future")
    if word and base:
        ahead = hit.letters.find("X") >= 0
        step = calendar.add_days(base, 1 if ahead else -1)
        return weekday_near(step, number, "future" if ahead else "past") if step else None
    clause = hit.anchor.clause(hit.first)
    before = hit.before()
    owned = hit.after() in ("'s", "’s") or hit.tag_after().startswith("NN")
    if before == "dated" or (hit.tag_before() == "VBD" and not clause.modal and not announces(hit.anchor.parsed, hit.first - 1)):
        return weekday_near(own, number, "past")
    if hit.before(2) == "to" and hit.before(3) in _RANKED:
        return weekday_near(own, number, clause.tense if clause.modal else "past")  # "the first to arrive Friday was ..."
    if before == "for" and not owned:
        return weekday_near(own, number, "future")  # "rallies were announced for Sunday"
    ahead = before in ("until", "till", "beginning", "starting", "effective") or (
        before == "by" and not (clause.tense == "past" and clause.direct)
    )
    ahead = ahead or (clause.tense == "present" and _led_by(hit) == "from")  # "tickets go on sale from 0900 GMT Wednesday"
    ahead = ahead or (clause.tense == "present" and clause.direct)
    return weekday_near(own, number, "future" if ahead else clause.tense)


def _led_by(hit: Hit) -> str:
    """The word before a weekday, or before the hour that stands before it."""
    at = hit.first - 1
    while at >= 0 and hit.anchor.letters[at] in "cnNyZ@":
        at -= 1
    return hit.anchor.lower[at] if at >= 0 else ""


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
        own = hit.anchor.day
        if day and own and day > own and hit.anchor.tense(hit.first) == "past":
            day = own  # "will meet on Tuesday ... the session, which began at 11:00"
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
