"""Times that date nothing: what an amount is compared with, a name, a season of any year, a feast that is itself the matter, what
something is for, a date that is itself spoken of, one of two days, an hour whose day stands elsewhere."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from rapporteur.language.base import Parsed
from rapporteur.model.claims import Mention
from rapporteur.stages.extract.events.bounds import REACH, STOPS
from rapporteur.stages.extract.events.lexicon import NOUNS
from rapporteur.stages.extract.times.classes import HOLIDAYS, SEASONS

_COMPARISONS = ("year earlier", "year ago", "month earlier", "quarter earlier", "week earlier")
_DAYS_NAMED = frozenset(("Today", "Tomorrow", "Tonight", "Yesterday"))
_OPENING = frozenset(('"', "“", "``", ":", "'", "‘"))
_LED_TO = frozenset("on in at by over during since until before after for from last this next of".split())
"""Words before a feast that make it a time."""
_ARRANGED = frozenset(
    "schedule plan set slate call fix arrange due postpone delay defer move reschedule book convene expect target hold".split()
)
"""Words after which, ``REACH`` tokens on at most, "for" leads to when something takes place; after all others to what it is meant
for."""
_BE = frozenset("was were is are has had will".split())
_ONE_OF_TWO = re.compile(r"\w+ (?:or|to) \w+ \w+ (?:later|earlier|ago|before|after)", re.IGNORECASE)
_CLOCK_ONLY = re.compile(
    r"(?:around |about |nearly )?(?:\d{1,4}(?:[:.]\d\d)?|[apm.]+|gmt|utc|noon|midnight|hours?|o['’]clock|local|time|[ ()])+",
    re.IGNORECASE,
)
_DAYS_ON = re.compile(r"\b(?:day|week)s? (?:later|earlier|before|after)$", re.IGNORECASE)
_PLAY = frozenset("minute goal penalty match game whistle header kick scorer equaliser equalizer touchdown rebound".split())
_ISO_DAY = 10
_FEWEST = 2
"""Words before a date that say of what it is the end."""
_DAYS_BEFORE = 2
"""Days named before an hour among which its own may be: of the event and of who told of it."""


def no_date(parsed: Parsed, first: int, mention: Mention) -> bool:
    """Whether a time mention, which begins at token ``first``, dates no event of its sentence."""
    exact = mention.span.exact
    last = first + 1
    while last < len(parsed.ends) and parsed.ends[last] <= parsed.starts[first] + len(exact):
        last += 1
    names = _compares(parsed, first, exact) or _names(parsed, first, exact) or _recurs(parsed, first, exact)
    if exact.lower() == "overnight" and parsed.deps[first] in ("compound", "amod"):
        return True  # "overnight trains"
    names = names or _ends_stretch(parsed, first) or _of_play(parsed, first, exact)
    counted = bool(_ONE_OF_TWO.match(exact)) or _counted_from_months(mention)
    return names or counted or _meant_for(parsed, first, last) or _spoken_of(parsed, first, last)


def hours_of_other_days(parsed: Parsed, times: Sequence[Mention]) -> frozenset[str]:
    """Ids of the times of day that the report's own day was taken for while theirs is named: elsewhere in their sentence ("at
    10:00 am in Orsk on Monday"), or before it, as another. ``times``: all of the report in their order."""
    days = [t for t in times if t.time and len(t.time.value) >= _ISO_DAY and not _CLOCK_ONLY.fullmatch(t.span.exact)]
    starts = [t.span.start for t in days]
    found = set()
    for clock in times:
        if clock.time is None or clock.time.type != "TIME" or not _CLOCK_ONLY.fullmatch(clock.span.exact):
            continue
        first, last = parsed.sentences[parsed.sentence_at[max(bisect_right(parsed.starts, clock.span.start) - 1, 0)]]
        at = bisect_left(starts, parsed.starts[first])
        beside = at < len(days) and starts[at] < parsed.ends[last - 1]
        told = (t.time for t in days[max(at - _DAYS_BEFORE, 0) : at])
        if beside or any(named is not None and named.begin != clock.time.begin for named in told):
            found.add(clock.id)
    return frozenset(found)


def _ends_stretch(parsed: Parsed, first: int) -> bool:
    """Whether a date only says how far a stretch of time goes, of which the beginning is told ("from Nov. 30 to Dec. 1", "the six
    months ending June 30")."""
    words, tags = [w.lower() for w in parsed.words[max(first - REACH, 0) : first]], parsed.tags
    if first < _FEWEST:
        return False
    if words[-1] == "ending" and tags[first - 2].startswith(("NN", "CD")):
        return True
    return words[-1] in ("to", "until", "through") and "from" in words and tags[first - 2] in ("CD", "NNP")


def _of_play(parsed: Parsed, first: int, exact: str) -> bool:
    """Whether a half or quarter is one of a match ("six minutes into the second half")."""
    if not exact.lower().endswith(("half", "quarter")):
        return False
    start, end = parsed.sentences[parsed.sentence_at[first]]
    return not _PLAY.isdisjoint(lemma.lower() for lemma in parsed.lemmas[start:end])


def _counted_from_months(mention: Mention) -> bool:
    """Whether days or weeks are counted from what is known to the month or year only ("ten days later", after "last month")."""
    coarse = mention.time is not None and len(mention.time.value) < _ISO_DAY and "W" not in mention.time.value
    return coarse and bool(_DAYS_ON.search(mention.span.exact))


def _meant_for(parsed: Parsed, first: int, last: int) -> bool:
    """Whether "for" leads to the time that something is meant for ("a price for 2030", "confidence for next year"), and not to
    one at which it is arranged to take place ("set for Friday", "the vote for May 4")."""
    at = first - 1
    start, end = parsed.sentences[parsed.sentence_at[first]]
    if at < start or parsed.words[at].lower() != "for" or (last < end and parsed.tags[last].startswith(("POS", "NN"))):
        return False
    if NOUNS.get(parsed.lemmas[at - 1].lower(), "other") not in ("other", "announcement"):
        return False
    for i in range(at - 1, max(at - REACH, start) - 1, -1):
        if parsed.words[i] in STOPS:
            break
        if parsed.lemmas[i].lower() in _ARRANGED and not parsed.tags[i].startswith("NN"):
            return False
    return True


def _spoken_of(parsed: Parsed, first: int, last: int) -> bool:
    """Whether a date is what its clause speaks of ("In 1996, Nov. 7 was renamed"): it opens it without a preposition, and a verb
    follows at once."""
    start, end = parsed.sentences[parsed.sentence_at[first]]
    opens = first == start or parsed.words[first - 1] in STOPS
    return opens and last < end and parsed.words[last].lower() in _BE


def _compares(parsed: Parsed, first: int, exact: str) -> bool:
    """Whether a time only says what an amount is compared with ("from 93 million a year earlier")."""
    if not exact.lower().endswith(_COMPARISONS):
        return False
    return any(parsed.tags[i] == "CD" for i in range(max(first - 3, 0), first))


def _names(parsed: Parsed, first: int, exact: str) -> bool:
    """Whether "Today" with its capital inside of a sentence is a name ("the daily Orsk Today")."""
    start = parsed.sentences[parsed.sentence_at[first]][0]
    return exact in _DAYS_NAMED and first > start and parsed.words[first - 1] not in _OPENING


def _recurs(parsed: Parsed, first: int, exact: str) -> bool:
    """Whether a season without an article is that of any year ("cannot be supplied in winter"), or a feast is no time ("let us
    celebrate Christmas")."""
    before = parsed.words[first - 1].lower() if first else ""
    season = exact.lower() in SEASONS and before in ("in", "during")
    return season or (exact.lower() in HOLIDAYS and before not in _LED_TO)
