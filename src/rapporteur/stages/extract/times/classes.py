"""One letter for every word that can take part in a time expression, so that the grammar is regular expressions over letters.

A report becomes a string with one letter per token ("in the last three years" -> ``._DLwu``); ``.`` is any other word. The
grammar in ``grammar`` matches on that string, which is short, so matching costs little, and every pattern stays readable.
"""

from __future__ import annotations

import re
from functools import lru_cache

MONTHS = {
    name: i
    for i, names in enumerate(
        "january jan jan.|february feb feb.|march mar mar.|april apr apr.|may|june jun jun.|july jul jul.|august aug aug.|"
        "september sep sept sep. sept.|october oct oct.|november nov nov.|december dec dec.".split("|"),
        1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: i
    for i, names in enumerate(
        "monday mon mon.|tuesday tue tues tue. tues.|wednesday wed wed.|thursday thu thur thurs thu. thur. thurs.|"
        "friday fri fri.|saturday sat sat.|sunday sun sun.".split("|"),
        1,
    )
    for name in names.split()
}
UNITS = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "night": "D", "week": "W", "fortnight": "2W", "weekend": "WE",
    "month": "M", "quarter": "Q", "year": "Y", "decade": "DE", "century": "CE", "millennium": "ML",
    "semester": "6M", "trimester": "3M", "millennia": "ML",
}  # fmt: skip
UNITS |= {f"{name}s": code for name, code in UNITS.items()} | {
    "centuries": "CE",
    "wk": "W",
    "yr": "Y",
    "yrs": "Y",
    "hrs": "TH",
    "mins": "TM",
    "secs": "TS",
}
SEASONS = {
    "spring": "SP",
    "summer": "SU",
    "autumn": "FA",
    "fall": "FA",
    "winter": "WI",
    "springtime": "SP",
    "summertime": "SU",
    "wintertime": "WI",
}
SEASONS |= {"summers": "SU", "winters": "WI", "autumns": "FA"}
PARTS = {
    "morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "midmorning": "MO", "midafternoon": "AF",
    "dawn": "MO", "dusk": "EV",
    "nightfall": "EV", "daybreak": "MO", "sunrise": "MO", "sunset": "EV", "lunchtime": "AF", "afternoons": "AF", "mornings": "MO",
    "evenings": "EV", "nights": "NI", "daytime": "DT",
}  # fmt: skip
CLOCKS = {"noon": "12:00", "midday": "12:00", "noontime": "12:00", "midnight": "24:00"}
DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0}
HOLIDAYS = {"christmas": (12, 25), "halloween": (10, 31), "easter": (0, 0), "juneteenth": (6, 19)}
DECADES = {
    "twenties": 2, "thirties": 3, "forties": 4, "fifties": 5, "sixties": 6, "seventies": 7, "eighties": 8, "nineties": 9,
}  # fmt: skip
SETS = {
    "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "biweekly": "P2W", "fortnightly": "P2W",
    "monthly": "P1M", "bimonthly": "P2M",
    "quarterly": "P3M", "yearly": "P1Y", "annually": "P1Y", "hourly": "PT1H", "semiannually": "P6M", "biennially": "P2Y",
}  # fmt: skip
VAGUE = {
    word: ref
    for ref, words in {
        "PRESENT_REF": "now currently nowadays presently",
        "PAST_REF": "recently recent lately",
        "FUTURE_REF": "soon future",
    }.items()
    for word in words.split()
}
NUMBERS = {
    word: i
    for i, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen".split()
    )
}
NUMBERS |= {word: 10 * i for i, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
NUMBERS |= {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 1_000_000}
_ONES = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth"
)
ORDINALS = {word: i for i, word in enumerate(_ONES.split(), 1)} | {"twentieth": 20, "thirtieth": 30}
COUPLE = {"couple": 2, "pair": 2}
VAGUE_COUNTS = frozenset("few several many numerous various countless multiple".split())

_LETTERS = {
    "D": "the its his her their our my your",
    "A": "a an",
    "T": "this these",
    "R": "that those",
    "C": "current",
    "L": "last past previous preceding prior",
    "X": "next coming upcoming following forthcoming succeeding",
    "K": "latest",
    "J": "same",
    "E": "every each",
    "m": "early late mid latter",
    ">": "middle beginning start end close outset",
    "e": "earlier",
    "l": "later afterward afterwards",
    "b": "before",
    "a": "after",
    "g": "ago",
    "O": "of",
    "P": " ".join(PARTS),
    "p": " ".join(CLOCKS),
    "S": " ".join(SEASONS),
    "h": "half",
    "z": " ".join(DAYS),
    "V": "overnight",
    "G": "fiscal calendar financial",
    "k": "nearly almost about around roughly approximately over under only just barely exactly some",
    "v": " ".join(VAGUE),
    "i": " ".join(SETS),
    "x": "old olds",
    "d": "period periods",
    "=": "term",
    "~": "so",
    "+": "near short",
    ",": ",",
    "-": "- – ‑ ‐",
    "s": "'s ’s ' ’ ‘",
    "&": "and",
    "r": "or to",
    "t": "time moment point stage",
    "@": "gmt est edt utc pst pdt cst cdt mst mdt bst cet cest ist jst et local",
    "0": " ".join(DECADES),
    "j": "more additional full consecutive straight trading further extra whole entire successive long solid working other",
    "w": " ".join(NUMBERS),
    "o": " ".join(ORDINALS),
    "f": " ".join([*VAGUE_COUNTS, *COUPLE]),
    "H": "o'clock o’clock",
    "Z": "a.m. p.m. am pm a.m p.m",
    "_": "in on at",
    "I": "by since until till during from through for between within throughout into",
    "*": " ".join(HOLIDAYS),
    "Q": "quarter",
    "q": "quarters halves",
}
"""The closed classes. Figures have letters by their shape: n one or two digits, y four digits that can be a year, N any other,
F a fraction, c a clock time, # a date with strokes, 0 a decade (1990s), 1 "Q3", 2 "FY2010". Names of the calendar must be
capitalised: M a month, B a short month without its dot, W a weekday, 8 a short weekday without its dot, 7 weekdays (Mondays)."""

_WORDS = {word: found for found, words in _LETTERS.items() for word in words.split()}
for _name in UNITS:
    _WORDS.setdefault(_name, "u" if _name.endswith("s") or _name == "millennia" else "U")
_CAPITAL = {name: "M" if len(name) > 4 or name.endswith(".") or name in ("may", "june", "july") else "B" for name in MONTHS}
_CAPITAL |= {name: "W" if len(name) > 5 or name.endswith(".") else "8" for name in WEEKDAYS}
_CAPITAL |= {f"{name}s": "7" for name in WEEKDAYS if name.endswith("day")}

_SHAPES = tuple(
    (re.compile(rf"(?:{pattern})\Z", re.ASCII | re.IGNORECASE), found)
    for pattern, found in (
        (r"[12]\d{3}", "y"),
        (r"\d\d?", "n"),
        (r"\d{1,3}(?:,\d{3}){1,4}|\d{1,9}(?:\.\d{1,9})?", "N"),
        (r"(?:[1-3]?1st|[12]?2nd|[12]?3rd|[12]?\dth|30th)", "o"),
        (r"(?:[01]?\d|2[0-4])[:.][0-5]\d(?::[0-5]\d)?(?:am|pm)?|(?:1[0-2]|[1-9])(?:am|pm)", "c"),
        (r"(?:(?:1\d|20)\d|\d)0s", "0"),
        (r"\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})", "#"),
        (r"\d/\d", "F"),
    )
)
_LONGEST = 24


@lru_cache(1 << 16)
def letter(word: str) -> str:
    """The class letter of one word form (cached, because news repeats its words)."""
    if len(word) > _LONGEST:
        return "."
    first = word[0]
    if "0" <= first <= "9":
        return next((found for shape, found in _SHAPES if shape.match(word)), ".")
    low = word.lower()
    if first.isupper():
        if low in _CAPITAL:
            return _CAPITAL[low]
        if first == "Q" and word[1:] in ("1", "2", "3", "4"):
            return "1"
        if low[:2] == "fy" and low[2:].isdigit() and len(low) in (4, 6):
            return "2"
    return "F" if first in "½¼¾" else _WORDS.get(low, ".")
