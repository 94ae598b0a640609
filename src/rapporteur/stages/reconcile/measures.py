"""Measures: what a figure counts, so that only figures of the same thing are held against each other."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import ClassVar

from rapporteur.language.gazetteer import country_of
from rapporteur.model.claims import FigureClaim, Window
from rapporteur.stages.link.items import Item
from rapporteur.stages.reconcile.context import ReportContext, overlap, stem
from rapporteur.stages.reconcile.intervals import Interval, interval, stated

HARM = frozenset("kill died dead death toll wound injur lost captur miss".split())
"""Stems in a sentence that may tell what befell a force: then a number without a state is no level of it."""
FLOW_STATES = frozenset({"killed", "wounded", "captured", "missing"})
_CLASSES = {
    "person": "person people individual civilian victim casualty body dead resident citizen villager inhabitant human life other",
    "soldier": "soldier troop serviceman servicewoman service-member trooper military force personnel serviceperson gi",
    "police": "policeman police officer police-officer",
    "fighter": "militant insurgent rebel fighter gunman guerrilla terrorist extremist",
    "attack": "attack incident assault strike raid",
    "refugee": "refugee",
    "dollar": "dollar us-dollar usd $",
    "percent": "percent % per-cent percentage",
}
_CLASS_OF = {word: name for name, words in _CLASSES.items() for word in words.split()}

OPPOSED = tuple(
    frozenset(pair.split("/"))
    for pair in "net/gross export/import male/female profit/loss incom/expens birth/death domestic/foreign urban/rural".split()
)
"""Stems of words of which a figure's sentence has one or the other: two figures of which each has its own count two things."""
_RATES = frozenset({"percent", "point", "basis-point"})
"""Units of changes, which are those of their day."""
_MOVING = frozenset(
    "rose fell clos gain lost trad drop slip edg dip rise fall climb jump slid plung advanc declin turnover volume index unchang "
    "quot open pric shar bourse".split()
)
"""Stems of words of what moves from day to day: two such numbers of two days contradict nothing."""
_GENERIC = frozenset(
    "strong multinational international joint foreign allied peacekeeping additional total more other estimated people persons "
    "armed military uniformed serving active many".split()
)
"""Modifiers of a counted noun that make no part of it."""
MODIFIER = re.compile(r"[A-Za-z]{3,}")

SAME_CONTEXT = 0.18
"""Least word overlap (Jaccard of content words) of two sentences that tell of one event: low, because place, day, state and
thing counted must agree as well."""
ONE_SIZE = 2.5
"""How many times as large a level without owner may be and still be the same force: 6,000 were put against the third of
them that one country sends."""
ONE_LEVEL = 1.5
"""How many times as large a level's open bound may be: one country's 2,000 were taken for "up to 5,000" of the whole force."""
SAME_SUBJECT = 0.3
"""The same for figures that no place, day or state pins down (percent, money): their sentences must look alike."""


@lru_cache(maxsize=20_000)
def thing(counted: str | None, unit: str | None) -> str:
    """Class of what is counted: synonyms and demonyms of people fold together ("soldier" and "troop"; "Afghan" and "person")."""
    word = (counted or unit or "").strip()
    if not word:
        return ""
    folded = word.casefold().replace(" ", "-")
    if folded in _CLASS_OF:
        return _CLASS_OF[folded]
    last = folded.rsplit("-", 1)[-1]
    if last in _CLASS_OF:
        return _CLASS_OF[last]
    return "person" if counted and word[:1].isupper() and country_of(word) else last


@lru_cache(maxsize=20_000)
def place_name(place: str) -> str:
    """One name for one place: a country under any of its names, otherwise the name case-folded without the article."""
    known = country_of(place)
    if known:
        return known.casefold()
    folded = place.casefold()
    return folded[4:] if folded.startswith("the ") else folded


class Measure(Item, frozen=True, array_like=True, gc=False, tag="figure"):
    """One figure claim, seen as a reading of a measure. ``day`` is the ISO day it speaks of."""

    exclusive: ClassVar[bool] = True

    claim: FigureClaim
    thing: str
    state: str | None
    whose: str | None
    places: frozenset[str]
    window: Window | None
    day: str | None
    interval: Interval

    @property
    def flow(self) -> bool:
        """Whether it counts happenings of one occasion or stretch of time, so that another day is another measure."""
        return self.state in FLOW_STATES or (self.thing == "attack")

    @property
    def level(self) -> bool:
        """Whether it states a level that holds at a day and may be another later: forces stationed, refugees."""
        return not self.flow and (self.state == "deployed" or self.thing in ("soldier", "refugee"))


def measure(claim: FigureClaim, context: ReportContext, index: int) -> Measure:
    """The measure that a figure claim, the ``index``-th claim of its report, reads."""
    figure = claim.figure
    whose = figure.whose
    what = thing(figure.counted, figure.unit)
    base = context.base(claim, index)
    words = context.words(claim.span.start)
    # Forces that "are", "remain" or "serve" somewhere are deployed there, whether or not the report has the word.
    stationed = what == "soldier" and figure.state is None and figure.places and not words & HARM
    return Measure(
        *base,
        claim=claim,
        thing=what,
        state="deployed" if stationed else figure.state,
        whose=place_name(whose) if whose else None,
        places=frozenset(place_name(p) for p in figure.places),
        window=figure.window,
        day=(figure.as_of or context.day(claim) or "")[:10] or None,
        interval=interval(figure),
    )


def same_measure(a: Measure, b: Measure, *, related: bool) -> float:
    """How surely two figures read one measure: 0 (not the same) or the overlap of their sentences plus what pins them together.

    ``related``: their reports go back to one (a copy keeps its sentence, so looser context will do).
    """
    if a.thing != b.thing or not a.thing or a.state != b.state:
        return 0.0
    if a.whose and b.whose and a.whose != b.whose:
        return 0.0
    if a.level and not related and (_vague(a) or _vague(b)):
        return 0.0  # "thousands" is no newer level than a number
    if not related and not a.interval.meets(b.interval) and _of_two_scopes(a, b):
        return 0.0
    same_place = bool(a.places & b.places)
    alike = overlap(a.words, b.words)
    if a.places and b.places and a.places != b.places and not (same_place and _one_whole(a, b, alike)):
        return 0.0
    # A level ("troops in X since March") holds at its day; only what happens over time is counted over a window.
    if not related and a.thing in _RATES and (days_apart(a.day, b.day) or 0) > 0:
        return 0.0  # "closed up 0.3 percent" of two days
    windows = None if a.level else _windows(a.window, b.window)
    if windows is False and not related:
        return 0.0
    if a.report == b.report and not a.interval.meets(b.interval) and not _two_voices(a, b):
        return 0.0
    if _far_apart(a, b) and not related:
        return 0.0
    score = alike + 0.2 * same_place + 0.2 * bool(windows) + 0.2 * bool(a.whose and a.whose == b.whose) + 0.1 * related
    return score if _pinned(a, b, alike, related=related, windows=windows) else 0.0


def _of_two_scopes(a: Measure, b: Measure) -> bool:
    """Whether one of two numbers that exclude each other counts a part of what the other counts, or another thing: one country's
    soldiers of a force, engineers of its troops, net sums beside gross ones."""
    if bool(a.whose) != bool(b.whose) or _narrower(a, b) or _narrower(b, a):
        return True
    if a.level and not (a.whose or b.whose):
        one, other = _countries(a.words) - a.places, _countries(b.words) - b.places
        if one and other and not one & other:
            return True  # "Orsk has earmarked 2,000 soldiers", "Vessia is to send up to 1,000"
    if any(x and y and x != y for o in OPPOSED for x, y in [(o & a.words, o & b.words)]):
        return True
    moving = bool(_MOVING & a.words and _MOVING & b.words) and not (a.flow or a.level or a.state)
    return moving and (days_apart(a.day, b.day) or 0) > 0


@lru_cache(maxsize=20_000)
def _countries(words: frozenset[str]) -> frozenset[str]:
    """Countries that words of a sentence name, or its people."""
    return frozenset(found.casefold() for w in words if (found := country_of(w.capitalize())))


@lru_cache(maxsize=20_000)
def _qualifying(exact: str, number: str, counted: str) -> frozenset[str]:
    after = exact.partition(number)[2].casefold()
    words = [w for w in MODIFIER.findall(after) if w not in _GENERIC]
    at = next((i for i, w in enumerate(words) if counted and w.startswith(counted[:4])), len(words))
    return frozenset(w for w in words[:at] if not w.endswith("led"))


def _narrower(a: Measure, b: Measure) -> bool:
    """Whether what ``a`` counts is qualified by a word that the sentence of ``b`` has nowhere: "22 rebel attacks" are no part of
    the 14 that "rebels carried out"."""
    return any(stem(word) not in b.words for word in _qualifiers(a) - _qualifiers(b))


def _qualifiers(m: Measure) -> frozenset[str]:
    """What stands between a number and its noun and says which of them are counted, without their owner."""
    figure = m.claim.figure
    found = _qualifying(m.claim.span.exact, figure.number.exact, (figure.counted or figure.unit or "").casefold())
    return frozenset(w for w in found if not country_of(w.capitalize())) if m.whose else found


def _pinned(a: Measure, b: Measure, alike: float, *, related: bool, windows: bool | None) -> bool:
    """Whether enough besides the thing counted says that both figures speak of one matter."""
    if related and a.state and a.interval == b.interval:
        return True  # a report, or its copy, repeats its toll in the headline, the lead and the body
    days = days_apart(a.day, b.day)
    same_place = bool(a.places & b.places)
    if related and alike >= SAME_CONTEXT:
        return True
    if a.flow:
        if windows is True:
            return same_place or alike >= SAME_CONTEXT
        return (
            windows is None and days is not None and days <= 1 and alike >= SAME_CONTEXT and (same_place or alike >= SAME_SUBJECT)
        )
    if a.level and same_place and None in (a.whose, b.whose) and stated(a.claim.figure) == stated(b.claim.figure):
        # One report leaves out whose they are, the number says it; of 300 soldiers, two countries may have as many.
        return a.whose != b.whose or alike >= SAME_CONTEXT
    if a.level:
        same_owner = a.whose == b.whose and (a.whose is not None or _of_one_size(a, b))
        return same_place and (same_owner or alike >= SAME_SUBJECT)
    return alike >= SAME_SUBJECT and (days is None or days <= 30)


def _windows(a: Window | None, b: Window | None) -> bool | None:
    """True: the same stretch of time; False: different ones; None: neither figure names one."""
    if a is None and b is None:
        return None
    if a is None or b is None:
        return False
    if a.begin and b.begin:
        return a.begin[:7] == b.begin[:7] and (a.end or "")[:4] == (b.end or "")[:4]
    return a.text.casefold() == b.text.casefold()


def _one_whole(a: Measure, b: Measure, alike: float) -> bool:
    """Whether two figures with overlapping places count the same: places are named more or less fully. Where one set is a part
    of the other, one figure may be a part of the other's total, unless the numbers are nearly the same, or the sentences are and
    speak of one occasion (a window is what totals are counted over)."""
    if a.level:
        return stated(a.claim.figure) == stated(b.claim.figure)
    if not a.flow:
        return False
    if not (a.places < b.places or b.places < a.places) or (alike >= SAME_SUBJECT and a.window is None and b.window is None):
        return True
    x, y = stated(a.claim.figure), stated(b.claim.figure)
    return x is not None and y is not None and min(x, y) > 0 and max(x, y) <= 1.25 * min(x, y)


def _two_voices(a: Measure, b: Measure) -> bool:
    """Whether one report gives two numbers for one thing from two speakers: each figure has its own, and they stand apart."""
    one, two = a.claim.figure.said_by, b.claim.figure.said_by
    return one is not None and two is not None and one != two and a.words != b.words


def _of_one_size(a: Measure, b: Measure) -> bool:
    """Whether two levels that nobody is named for may be one: 300 and 160,000 soldiers in one country are two forces."""
    x, y = stated(a.claim.figure), stated(b.claim.figure)
    return x is not None and y is not None and 0 < max(x, y) <= ONE_SIZE * min(x, y)


def _vague(m: Measure) -> bool:
    figure = m.claim.figure
    return figure.value is None and not any(c.isdigit() for c in figure.number.exact)


def _far_apart(a: Measure, b: Measure) -> bool:
    """Whether an open bound and a number differ so much that one hardly restates the other ("more than 150" and 5,000)."""
    x, y = stated(a.claim.figure), stated(b.claim.figure)
    if x is None or y is None or min(x, y) <= 0:
        return False
    return max(x, y) / min(x, y) > (ONE_LEVEL if a.level else 3) and a.interval.meets(b.interval)


@lru_cache(maxsize=50_000)
def _ordinal(day: str) -> int | None:
    try:
        return date.fromisoformat(day).toordinal()
    except ValueError:
        return None


def days_apart(a: str | None, b: str | None) -> int | None:
    """Days between two ISO days; None when one is missing or coarser than a day."""
    if a is None or b is None:
        return None
    x, y = _ordinal(a), _ordinal(b)
    return abs(x - y) if x is not None and y is not None else None
