"""Rules for times counted from another: "last year", "three weeks ago", "two days later", "the third quarter", "the same day"."""

from __future__ import annotations

from datetime import date

from rapporteur.stages.extract.times import calendar
from rapporteur.stages.extract.times.classes import VAGUE
from rapporteur.stages.extract.times.hit import Found, Hit, amount, ordinal, period, stretch

_CALENDAR_UNITS = ("D", "W", "M", "Q", "Y", "DE", "CE")
_QUARTER_SENTENCES = 6
"""A reporting quarter named this many sentences before is still what "a year earlier" compares with."""
_BEFORE_UNIT = frozenset("in for during of within until on by earlier later through over with throughout 's ’s".split())
_PARTS_OF_UNIT = frozenset(
    "end beginning start middle close outset half quarter quarters rest remainder part parts course time months days weeks hours "
    "month week day most much all out summer winter spring autumn turn first second third last fourth month-end".split()
)
"""What of a year, week or day is a stretch of it."""
_BOUNDS_OF_DAY = frozenset("end ended ending ends finish finished start started begin began begun close closed opened".split())
_ON_REFERENCE = frozenset("following previous preceding prior succeeding".split())


def _steps(letter: str) -> int:
    return {"L": -1, "X": 1}.get(letter, 0)


def unit(hit: Hit) -> Found | None:
    """Last week, this month, next year, the previous day, the current quarter, the past year."""
    code = hit.unit()
    at = hit.find("LXTCK")
    letter, word = hit.anchor.letters[at], hit.anchor.lower[at]
    own = hit.anchor.day
    past = hit.find("L", 1)
    if word in ("past", "coming") or (past >= 0 and letter in "TX" and hit.anchor.lower[past] == "past"):
        return _past_unit(hit, code, own, ahead=word == "coming")
    if code == "2W" or code.startswith("T") or code == "ML":
        return None
    base = hit.anchor.reference_day() if word in _ON_REFERENCE or (word == "next" and code == "D") else own
    if code == "D" and letter in "TC":
        return None
    if base is None:
        return Found("DATE", "PRESENT_REF") if letter in "TC" else None
    steps = _steps(letter)
    if letter == "K":
        return _latest(hit, code)
    if code == "WE":
        return _weekend(hit, base, steps)
    day = calendar.move(base, steps, code)
    if day is None:
        return None
    if code in ("DE", "CE") and steps:
        return Found("DURATION", period(1, code), *stretch(base, 1, code, ahead=steps > 0))
    return Found("DATE", calendar.at(day, code))


def _latest(hit: Hit, code: str) -> Found | None:
    """The latest quarter or year is the one reported on."""
    if code == "Q" or "d" in hit.letters:
        return Found("DATE", _reported_quarter(hit) or "")
    own = hit.anchor.day
    return Found("DATE", calendar.at(own, code)) if own else None


def _past_unit(hit: Hit, code: str, own: date | None, *, ahead: bool) -> Found | None:
    """The past year: the stretch that ends today. "This past week" and "past weekend" are the last one."""
    if code == "WE":
        return _weekend(hit, own, 1 if ahead else -1) if own else None
    begin, end = stretch(own, 1, code, ahead=ahead)
    return Found("DURATION", period(1, code), begin, end)


def _weekend(hit: Hit, base: date, steps: int) -> Found | None:
    """The weekend last begun, or the coming one after a future verb."""
    ahead = steps > 0 or (steps == 0 and hit.anchor.tense(hit.first) == "future")
    moved = calendar.add_days(base, 0 if ahead else (-5 if base.weekday() < 5 else -7 if steps < 0 else 0))
    return Found("DATE", f"{calendar.iso_week(moved)}-WE") if moved else None


def the_unit(hit: Hit) -> Found | None:
    """The year, the week, the quarter, the weekend: the one the text is in."""
    code = hit.unit()
    own = hit.anchor.day
    if code == "WE":
        return _weekend(hit, own, 0) if own else None
    if code in ("Y", "M", "W", "D") and hit.before() == "by":
        return None  # "grows by the year"
    if code == "Y" and hit.after() in ("ended", "ending"):
        return Found("DURATION", "P1Y")
    if own is None or code not in ("D", "W", "M", "Q", "Y") or hit.after()[:1] in ("-", "–"):
        return None
    if hit.after() in ("of", "when", "after", "before", "that", "'s", "long") or hit.tag_after() in (
        "NN",
        "NNS",
        "NNP",
        "CD",
        "JJ",
    ):
        return None
    if hit.before() == "of" and hit.before(2) not in _PARTS_OF_UNIT:
        return None  # "voted team of the year"
    if hit.before() not in _BEFORE_UNIT and not (code == "D" and hit.before() in _BOUNDS_OF_DAY):
        return None
    if code == "Q":
        value = _reported_quarter(hit)
        return Found("DATE", value) if value else None
    reference = hit.anchor.reference
    if code == "D":
        # "Earlier in the day" after a date still to come is of the report's own day.
        told = reference and len(reference) == 10 and not (reference > own.isoformat() and hit.anchor.tense(hit.first) == "past")
        return Found("DATE", reference if told and reference else own.isoformat())
    return Found("DATE", calendar.at(own, code))


def end_of(hit: Hit) -> Found | None:
    """Year-end, the end of the month, early this year: the unit itself (TimeML keeps the part in an attribute of its own)."""
    code = hit.unit()
    own = hit.anchor.day
    if own is None or code not in _CALENDAR_UNITS:
        return None
    return Found("DATE", calendar.at(own, code))


def ago(hit: Hit) -> Found | None:
    """Three weeks ago; "a year ago" after a reporting quarter is that quarter of the year before."""
    code = hit.unit()
    count = amount(hit)
    own = hit.anchor.day
    if code.startswith("T") and own and count is not None:
        return Found("TIME" if count < 24 else "DATE", own.isoformat() if count < 12 else "PAST_REF")
    if count is None or own is None or code not in _CALENDAR_UNITS or hit.find("uq") == hit.first:
        return Found("DATE", "PAST_REF")
    if code == "Y" and count == 1:
        quarter = _near_quarter(hit)
        if quarter:
            return Found("DATE", calendar.shifted(quarter, -1, "Y") or "PAST_REF")
    if code in ("DE", "CE"):
        count, code = count * (10 if code == "DE" else 100), "Y"
    day = calendar.move(own, -int(count), code)
    if day is None:
        return Found("DATE", "PAST_REF")
    return Found("DATE", calendar.at(day, code))


def _near_quarter(hit: Hit) -> str | None:
    anchor = hit.anchor
    near = anchor.parsed.sentence_at[hit.first] - anchor.quarter_at <= _QUARTER_SENTENCES
    return anchor.quarter if near else None


def _reported_quarter(hit: Hit) -> str | None:
    """The quarter named last, else the last one complete before the report's day."""
    own = hit.anchor.day
    if hit.anchor.quarter:
        return hit.anchor.quarter
    before = calendar.add_months(own, -3) if own else None
    return calendar.at(before, "Q") if before else None


def apart(hit: Hit) -> Found | None:
    """Two days later, a year earlier, the day before: counted from the date last mentioned, else only a duration."""
    code = hit.unit()
    count = amount(hit)
    last = hit.anchor.letters[hit.last - 1]
    if last in "ba" and not _closes(hit):
        return None
    anchor = hit.anchor
    ahead = last in "la"
    if count is None:
        return Found("DURATION", period(None, code)) if code in _CALENDAR_UNITS else None
    if code not in _CALENDAR_UNITS:
        return Found("DURATION", period(count, code))
    base = anchor.reference
    if code == "Y" and count == 1 and not ahead:
        base = _near_quarter(hit) or base
    value = calendar.shifted(base, int(count) if ahead else -int(count), code) if base else None
    return Found("DATE", value) if value else Found("DURATION", period(count, code))


def _closes(hit: Hit) -> bool:
    """Whether nothing follows that "before" or "after" could govern."""
    return hit.last >= len(hit.anchor.lower) or not (hit.after()[:1].isalnum() or hit.after()[:1] in "$\"'“‘")


def same(hit: Hit) -> Found | None:
    """The same day, that year, that time: the date last mentioned, at the unit's precision."""
    anchor = hit.anchor
    if "t" in hit.letters:
        told = "R" in hit.letters and hit.before() in ("at", "by", "since", "until") and anchor.tense(hit.first) == "past"
        return Found("DATE", "PAST_REF") if told else None
    code = hit.unit()
    if code == "Q" and anchor.quarter:
        return Found("DATE", anchor.quarter)
    covered = calendar.extent(anchor.reference) if anchor.reference else None
    if covered is None or code not in _CALENDAR_UNITS:
        return None
    own = calendar.unit_of(anchor.reference or "")
    order = _CALENDAR_UNITS
    if own is None or order.index(own) > order.index(code):
        return None
    return Found("DATE", calendar.at(covered[0], code))


def quarter(hit: Hit) -> Found | None:
    """Third-quarter, the first half of 1990, next year's first quarter, Q3 2019, fiscal second quarter."""
    anchor = hit.anchor
    own = anchor.day
    half = hit.find("h") >= 0 or hit.word("q") == "halves"
    at = hit.find("1")
    number = int(anchor.lower[at][1]) if at >= 0 else ordinal(hit.word("o"))
    if "o" not in hit.letters and at < 0:
        number = 2 if half else 4
    if "ow" in hit.letters and not half:
        half = True
    if not 1 <= number <= (2 if half else 4):
        return None
    letter = "H" if half else "Q"
    year = hit.year()
    if year is None and own is not None:
        direction = hit.find("LXT")
        if direction >= 0 and hit.find("U") >= 0:
            year = own.year + _steps(anchor.letters[direction])
        else:
            ends = number * (6 if half else 3)
            ahead = ends - (5 if half else 2) > own.month
            year = own.year - 1 if ahead and anchor.tense(hit.first) == "past" else own.year
    return Found("DATE", f"{year:04d}-{letter}{number}" if year else f"XXXX-{letter}{number}")


def year_ago(hit: Hit) -> Found | None:
    """Year-earlier, the year-ago quarter, the corresponding period last year."""
    own = hit.anchor.day
    if "o" in hit.letters and own and "Q" in hit.letters:
        return Found("DATE", f"{own.year - 1:04d}-Q{ordinal(hit.word('o'))}")
    if "J" in hit.letters and hit.anchor.reference and (hit.unit() == "M" or not _near_quarter(hit)):
        return Found("DATE", calendar.shifted(hit.anchor.reference, -1, "Y") or "PAST_REF")
    quarter = _reported_quarter(hit) if "Q" in hit.letters else _near_quarter(hit)
    if quarter:
        return Found("DATE", calendar.shifted(quarter, -1, "Y") or "PAST_REF")
    return Found("DATE", f"{own.year - 1:04d}") if own else Found("DATE", "PAST_REF")


def year_period(hit: Hit) -> Found | None:
    """The 1988 period, the 1988 quarter: the period reported on, in that year."""
    quarter = hit.anchor.quarter
    year = hit.year()
    if quarter and year:
        return Found("DATE", f"{year:04d}{quarter[4:]}")
    return Found("DATE", f"{year:04d}") if year and "d" in hit.letters else None


def fiscal(hit: Hit) -> Found | None:
    """Fiscal 1989, fiscal year 1990, FY2010: the year by its number."""
    digits = hit.word("y") or hit.word("2")[2:]
    return Found("DATE", digits if len(digits) == 4 else f"20{digits}")


def vague(hit: Hit) -> Found | None:
    """Now, recently, soon, the future: TimeML's three references."""
    word, after = hit.word("v"), hit.after()
    if word == "soon" and (hit.before() == "as" or after in ("as", "after", "afterwards", "enough")):
        return None
    if word == "future" and (hit.tag_after().startswith("NN") or after == "of" or hit.tag_before() in ("IN", "PRP$", "CC")):
        return None
    if word == "now" and after == "that":
        return None
    if word == "soon" and hit.anchor.parsed.heads[hit.first] != hit.first:
        clause = hit.anchor.clause(hit.first)
        if clause.tense == "past" and clause.direct:
            return None
    return Found("DATE", VAGUE[word])


def vague_units(hit: Hit) -> Found | None:
    """Recent years, coming months, these days."""
    letters = hit.letters
    if "T" in letters:
        return Found("DATE", "PRESENT_REF") if hit.word("u") == "days" else None
    return Found("DATE", "FUTURE_REF" if "X" in letters else "PAST_REF")


def current(hit: Hit) -> Found | None:
    """Current, as in "the current talks"."""
    return Found("DATE", "PRESENT_REF") if hit.anchor.parsed.tags[hit.last - 1] == "JJ" else None


def term(hit: Hit) -> Found | None:
    """The near term, the long term, as nouns."""
    return None if hit.tag_after().startswith("NN") else Found("DATE", "FUTURE_REF")


def the_past(hit: Hit) -> Found | None:
    """The past as a noun."""
    if hit.word("L") != "past" or hit.tag_after().startswith(("NN", "CD", "JJ")):
        return None
    return Found("DATE", "PAST_REF") if hit.anchor.parsed.tags[hit.last - 1] in ("NN", "JJ") else None
