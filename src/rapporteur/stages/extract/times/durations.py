"""Rules for durations ("three years", "65-year-old", "the past two weeks") and sets ("every week", "twice a day", "daily")."""

from __future__ import annotations

from rapporteur.stages.extract.times.classes import MONTHS, PARTS, SEASONS, SETS, WEEKDAYS
from rapporteur.stages.extract.times.hit import Found, Hit, amount, period, stretch

_LEADS = frozenset(
    "for in within over after of during several through throughout since about than or and to past coming recent".split()
)
_FOLLOWS = frozenset("of before after ago later earlier to ahead since when without and".split())


def stretch_of(hit: Hit) -> Found | None:
    """The past three months, the next few years: a duration that ends or begins with the report's day."""
    code = hit.unit()
    count = amount(hit)
    if code == "WE":
        return None
    ahead = hit.find("X") >= 0
    return Found("DURATION", period(count, code), *stretch(hit.anchor.day, count, code, ahead=ahead))


def seasons(hit: Hit) -> Found | None:
    """The past three summers: a set."""
    return Found("SET", f"XXXX-{SEASONS[hit.word('S')]}")


def length(hit: Hit) -> Found | None:
    """Three years, two-week, half an hour, a month, a year and a half; "a year" after a count is a set."""
    code = hit.unit()
    if code == "WE" or (code == "D" and hit.word("U") == "night"):
        return None
    if hit.anchor.letters[hit.first] == "y" and hit.after() not in ("of", "ago"):
        return None
    if hit.letters == "AU" and (hit.before() in ("once", "twice", "times") or _rate(hit)):
        return Found("SET", period(1, code)) if hit.before() in ("once", "twice", "times") else None
    if hit.letters == "AU" and code == "TS":
        return None
    return Found("DURATION", period(amount(hit), code))


def _rate(hit: Hit) -> bool:
    """Whether "a year" says per year: "four flights a week", "$5 a year". TimeML marks no rates of things counted."""
    at = hit.first - 1
    if at < 0 or hit.tag_before() not in ("NNS", "CD", "NN"):
        return False
    letters = hit.anchor.letters
    return any(letters[i] in "nNwy" for i in range(max(0, at - 2), at + 1)) and hit.anchor.parsed.words[at] != ","


def bare(hit: Hit) -> Found | None:
    """Weeks, months, years without a number, where they are a stretch and not things counted."""
    code = hit.unit()
    before, after = hit.before(), hit.after()
    if code in ("WE", "Q", "TS") or (code == "D" and hit.word("u") == "nights"):
        return None
    if after == "-" and hit.after(1) == "long":
        return Found("DURATION", period(None, code))
    if before in _LEADS or (after in _FOLLOWS and hit.tag_before() not in ("CD", "DT", "JJ", "NN")):
        return Found("DURATION", period(None, code))
    return None


def age(hit: Hit) -> Found | None:
    """65-year-old, 65 years old."""
    return Found("DURATION", period(amount(hit), hit.unit()))


def every(hit: Hit) -> Found | None:
    """Every week, each Thursday, every two years, every other day, each July, every morning."""
    letters, word = hit.letters, hit.anchor.lower[hit.last - 1]
    if letters[-1] == "W":
        return Found("SET", f"XXXX-WXX-{WEEKDAYS[word]}")
    if letters[-1] in "MB":
        return Found("SET", f"XXXX-{MONTHS[word]:02d}")
    if letters[-1] == "S":
        return Found("SET", f"XXXX-{SEASONS[word]}")
    if letters[-1] == "P":
        return Found("SET", f"XXXX-XX-XXT{PARTS[word]}")
    code = hit.unit()
    if code == "WE":
        return Found("SET", "XXXX-WXX-WE")
    count = 2.0 if hit.word("j") == "other" else amount(hit)
    return Found("SET", period(count, code))


def often(hit: Hit) -> Found | None:
    """Daily, weekly, annually as adverbs; before a noun they name a kind ("quarterly dividend")."""
    if hit.tag_after().startswith("NN") or hit.anchor.parsed.tags[hit.first].startswith("NN"):
        return None
    return Found("SET", SETS[hit.word("i")])
