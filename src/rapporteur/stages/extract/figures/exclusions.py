"""Numbers that are no figures: dates, years, clock times, durations, ages, addresses, scores, and numbers that are names."""

from __future__ import annotations

import re

from rapporteur.language.base import Parsed
from rapporteur.stages.extract.figures import lexicon as lex
from rapporteur.stages.extract.figures.numbers import Amount, Scanner

_YEAR = re.compile(r"1[0-9]{3}|20[0-9]{2}")
_PHONE = re.compile(r"\d{3}[-–]\d{4}|\d{3}[-–]\d{3}")
_SET_APART = re.compile(
    r"(?<![\d.,])\d{1,4}\. \d{1,2}(?= ?(?:percent|per cent|points?|million|billion|trillion|degrees|magnitude|%))"
)
_LEFT, _RIGHT = 24, 16
"""Code points around an amount in which the rest of such a number is sought."""
_HYPHENS = frozenset("-–—‑/")
_AGE_WORDS = frozenset("aged age ages".split())
_AGE_LINKS = frozenset("and , to - of between under over".split())
_EMERGENCY = frozenset("calls dispatchers operators tapes recordings centers".split())
_COUNTRY_CODES = frozenset(("+", "tel", "telephone", "phone", "fax", "call", "dial", "dialed", "dialled", "called", "calling"))


def excluded(p: Parsed, s: Scanner, a: Amount, *, has_unit: bool) -> bool:
    """Whether an amount is no figure, by the words around it alone (time mentions are looked at elsewhere)."""
    word = s.at(a.first)
    after = s.at(a.last)
    if after in lex.TIME_UNITS or (after in _HYPHENS and s.at(a.last + 1) in lex.TIME_UNITS):
        return True
    if a.low < a.high and _years(p, a) and not has_unit:
        return True
    if _apart(p, a) or telephone(p, a) or (not has_unit and _time_later(s, a)) or _code(p, s, a) or _listed(p, s, a):
        return True
    if word == "one" and a.last == a.first + 1:
        return (_pronoun(p, s, a) and not has_unit) or (s.at(a.first - 1) == "at" and after == "point")
    if has_unit:
        return any(s.at(k) in lex.CALIBRES for k in range(a.last, a.last + 4)) and s.at(a.last) in ("mm", "millimeter", "-")
    if word[0].isdigit() and a.last == a.first + 1:
        if _date(s, a) or _year(p, s, a) or _age(p, s, a):
            return True
    elif _date(s, a) or _age_list(s, a):
        return True
    return (
        _name(p, s, a)
        or _address(p, s, a)
        or _score(s, a)
        or _compound(s, a)
        or (word == "zero" and after in ("tolerance", "sum", "-", "in", "hour"))
    )


def _time_later(s: Scanner, a: Amount) -> bool:
    """ "five and a half years", "seven school days", "two or so weeks", "half an hour", "three more days"."""
    j = a.last
    if s.at(j) in ("a", "an"):
        return a.kind == "fraction" and s.at(j + 1) in lex.TIME_UNITS
    if s.at(j) in lex.BEFORE_TIME_UNIT:
        j += 1
        if s.at(j) in ("so", "more", "a"):
            j += 1
        if s.at(j) == "half":
            j += 1
        return s.at(j) in lex.TIME_UNITS
    k = j + 2 if s.at(j + 1) in ("the", "those", "these", "our", "my", "his") else j + 1
    return s.at(j) == "of" and s.at(k) in lex.TIME_UNITS


def _code(p: Parsed, s: Scanner, a: Amount) -> bool:
    """Numbers glued to letters or to other numbers: "F-16", "SA-80", "555-0134", "7-Eleven", "COVID-19", "3:2"."""
    i = a.first
    if "=" in (s.at(i - 1), s.at(i - 2)):
        return True
    if i and p.ends[i - 1] == p.starts[i] and p.words[i][0].isdigit():
        prev = p.words[i - 1]
        if prev in _HYPHENS and i > 1 and p.ends[i - 2] == p.starts[i - 1]:
            return True
        if prev[-1:].isalnum() or prev in "#@§+№:":
            return True
    j = a.last
    if j < len(p.words) and p.ends[j - 1] == p.starts[j] and p.words[j - 1][-1].isdigit():
        nxt = p.words[j]
        if nxt in ("'s", "’s"):
            return True
        if nxt in _HYPHENS and j + 1 < len(p.words) and p.ends[j] == p.starts[j + 1]:
            tail = p.words[j + 1]
            return tail[0].isdigit() or (tail[0].isupper() and not tail.istitle() and len(tail) < 4)
        if nxt in ("°", "%") or nxt.lower() in lex.UNITS or nxt.lower() in lex.CURRENCIES:
            return False
        return nxt[0].isalpha() and len(nxt) <= 3 and nxt.lower() not in ("m", "k", "b", "bn", "x")
    return s.at(i - 1) in _COUNTRY_CODES and p.words[i][0].isdigit() and a.low >= 100


def _apart(p: Parsed, a: Amount) -> bool:
    """Whether an amount is a part of a decimal in which a space was set by mistake: "59. 2 percent"."""
    around = p.text[max(0, p.starts[a.first] - _LEFT) : p.ends[a.last - 1] + _RIGHT]
    at = p.starts[a.first] - max(0, p.starts[a.first] - _LEFT)
    return any(m.start() <= at < m.end() for m in _SET_APART.finditer(around))


def telephone(p: Parsed, a: Amount) -> bool:
    """Groups of digits joined by hyphens as in a telephone number: "555-0134", "(202) 555-0134"."""
    text = p.text[p.starts[a.first] : p.ends[a.last - 1]]
    return bool(_PHONE.fullmatch(text))


def _listed(p: Parsed, s: Scanner, a: Amount) -> bool:
    """Number of an item in a list, "(1)" or "2." at the beginning of a paragraph or sentence."""
    first = p.sentences[p.sentence_at[a.first]][0]
    if a.first == first and p.words[a.first][0].isdigit() and s.at(a.last) in (".", ")", "]", ":"):
        return True
    closed = s.at(a.first - 1) in ("(", "[") and s.at(a.last) in (")", "]") and p.words[a.first].isdigit()
    return closed and (a.low < 100 or (p.words[a.last + 1 : a.last + 2][:1] != [] and p.words[a.last + 1][0].isdigit()))


def _pronoun(p: Parsed, s: Scanner, a: Amount) -> bool:
    """ "one" that counts nothing: "no one", "which one", "the dead one", "one day", "one of three men"."""
    before, after = s.at(a.first - 1), s.at(a.last)
    if s.at(a.first - 2) == "the" and p.tags[a.first - 1] in ("JJ", "VBN"):
        return True
    if after == "of" and (p.tags[min(a.last + 1, len(p.tags) - 1)] == "CD" or s.at(a.last + 2) in lex.CARDINALS):
        return True
    return before in lex.NOT_ONE_AFTER or after in lex.NOT_ONE_BEFORE


def _date(s: Scanner, a: Amount) -> bool:
    """Day of a month ("Oct. 7", "7 October", "the 7 of May") and clock hours without a minute ("at 5 pm")."""
    before, after = s.at(a.first - 1), s.at(a.last)
    if (
        a.high <= 31
        and a.low >= 1
        and (before in lex.MONTHS or (after in lex.MONTHS and after not in ("may", "march", "mar", "sun", "sat")))
    ):
        return True
    if before in lex.MONTHS and 1000 <= a.low < 2100:
        return True
    if a.high <= 31 and after in ("may", "march") and s.words[a.last][0].isupper():
        return True
    return (
        a.high <= 31
        and before in ("-", "–", "and", "to", ",")
        and s.at(a.first - 2)[:1].isdigit()
        and s.at(a.first - 3) in lex.MONTHS
    )


def _year(p: Parsed, s: Scanner, a: Amount) -> bool:
    """A bare four-digit number that names a year."""
    word, before, after = p.words[a.first], s.at(a.first - 1), s.at(a.last)
    if not _YEAR.fullmatch(word):
        return False
    if (
        before in lex.YEAR_BEFORE
        or before in lex.MONTHS
        or before in ("'s", ",", "(", ")", "-", "–", "and", "to", "’s", "")
        or before.startswith("mid")
    ):
        nxt = p.tags[a.last] if a.last < len(p.tags) else "."
        return not (nxt == "NNS" and a.low % 100 == 0 and before not in ("the", "in", "since", "of", "'s"))
    if 1900 <= a.low < 2050 and a.low % 100:
        return True  # agency copy writes 1,988 for the number
    nxt = p.tags[a.last] if a.last < len(p.tags) else "."
    return nxt not in ("NNS", "NNPS") and after not in ("people", "of") and nxt != "JJ"


def _years(p: Parsed, a: Amount) -> bool:
    """ "between 2000 and 2003", "2008-2012" with no noun after."""
    follows = a.last < len(p.tags) and p.tags[a.last] == "NNS"
    return bool(_YEAR.fullmatch(p.words[a.first]) and _YEAR.fullmatch(p.words[a.last - 1])) and not follows


def _age(p: Parsed, s: Scanner, a: Amount) -> bool:
    """ "John Lyon, 28,", "Jane Roe (45)", "aged 12", "ages 21, 21 and 20"."""
    if a.high > 120:
        return False
    if _age_list(s, a):
        return True
    before, after = s.at(a.first - 1), s.at(a.last)
    if before in (",", "("):
        closed = after in (",", ")", ".", "and", "of", "?", "!", "-", "--", "who", "was", "is", "''", '"')
        return (
            closed
            and a.first >= 2
            and (p.words[a.first - 2][0].isupper() or (before == "," and p.tags[a.first - 2] in ("NN", "NNP")))
        )
    return False


def _age_list(s: Scanner, a: Amount) -> bool:
    """ "aged 12", "ages 21, 21 and 20", "aged between 18 and 30"."""
    if s.at(a.first - 1) in _AGE_WORDS:
        return True
    if s.at(a.first - 1) not in _AGE_LINKS or a.high > 120:
        return False
    return any(s.at(k) in _AGE_WORDS for k in range(max(0, a.first - 7), a.first))


def _name(p: Parsed, s: Scanner, a: Amount) -> bool:
    """A number that is (part of) a name: "Resolution 1701", "Article 9", "Flight 103", "Group of Eight", "the Big Three"."""
    i = a.first
    before = s.at(i - 1)
    if before in ("s", ")") or not before:
        return False
    first = p.sentences[p.sentence_at[i]][0]
    capital = p.words[i - 1][:1].isupper() and i - 1 >= first
    follows = (
        a.last < len(p.words) and p.tags[a.last] in ("NNS", "NN", "JJ", "NNPS") and p.sentence_at[a.last] == p.sentence_at[i]
    )
    if (
        before in lex.DESIGNATORS
        and not (follows and p.tags[a.last] == "NNS")
        and (capital or p.words[i][0].isdigit())
        and p.starts[i] - p.ends[i - 1] <= 1
    ):
        return before not in ("the", "for") and (capital or before not in ("a", "of", "u"))
    if p.words[i][0].isdigit():
        if (
            capital
            and i - 1 > first
            and not follows
            and p.tags[i - 1] in ("NNP", "NNPS")
            and before not in lex.WEEKDAYS | lex.MONTHS
        ):
            return p.heads[i] == i - 1 or (p.heads[i] == p.heads[i - 1] and p.deps[i] in ("nummod", "flat", "appos", "dep"))
        return before == "of" and s.at(i - 2) in ("group", "gang") and p.words[i - 2][0].isupper()
    if p.words[i][0].isupper() and i > first and p.words[i - 1][-1].isalnum():
        return not _title_case(p, i)
    return False


def _title_case(p: Parsed, i: int) -> bool:
    """Whether the sentence of ``i`` is a headline in capitals: most of its words that are long enough begin with one."""
    a, b = p.sentences[p.sentence_at[i]]
    long = [w for w in p.words[a : min(b, a + 40)] if len(w) > 3 and w[0].isalpha()]
    return bool(long) and sum(w[0].isupper() for w in long) >= 0.6 * len(long)


def _address(p: Parsed, s: Scanner, a: Amount) -> bool:
    """ "1600 Pennsylvania Avenue", "the 700 block of", a postal code after a state."""
    if not p.words[a.first][0].isdigit():
        return False
    if p.words[a.first] == "911" and not (a.last < len(p.words) and p.tags[a.last] == "NNS" and s.at(a.last) not in _EMERGENCY):
        return True
    if s.at(a.first - 1) in ("at", "near") and a.last + 1 < len(p.words) and p.tags[a.last] == p.tags[a.last + 1] == "NNP":
        return True
    if s.at(a.last) == "block" or (s.at(a.last) == "-" and s.at(a.last + 1) == "block"):
        return True
    for k in range(a.last, min(a.last + 5, len(p.words))):
        if k > a.last and s.at(k) in lex.STREETS and (p.words[k][0].isupper() or p.words[k - 1][0].isdigit()):
            return True
        if not (p.words[k][0].isupper() or p.words[k][0].isdigit()):
            return False
    return False


def _score(s: Scanner, a: Amount) -> bool:
    """Results of games and votes: "won 3-1", "by 52 to 48", "a 5-4 ruling"; the numbers stand with no noun."""
    after = s.at(a.last)
    if a.low != a.high:
        near = {s.at(k) for k in range(max(0, a.first - 4), min(s.size, a.last + 3))}
        return s.at(a.first + 1) in _HYPHENS and bool(near & lex.SCORE_WORDS)
    if (after in ("-", "–") and s.at(a.last + 1)[:1].isdigit()) or (
        s.at(a.first - 1) in ("-", "–") and s.at(a.first - 2)[:1].isdigit()
    ):
        return True
    return after == "to" and s.at(a.last + 1)[:1].isdigit() and s.at(a.first - 1) in lex.SCORE_WORDS


def _compound(s: Scanner, a: Amount) -> bool:
    """ "two-way", "24-hour", "9 mm handgun": the number is no count."""
    j = a.last + 1 if s.at(a.last) == "-" else a.last
    if s.at(a.last) == "-" and (s.at(j) in lex.COMPOUND_STOP or a.low == 1):
        return True
    if s.at(a.last) == "-" and "talks" in (s.at(j + 1), s.at(j + 2)):
        return True  # "six-nation talks" is a name
    return s.at(j) in lex.CALIBRES and (s.at(a.last) == "-" or s.at(j) in ("caliber", "calibre", "gauge"))
