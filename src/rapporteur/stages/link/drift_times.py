"""Drift of times along one derivation: another day (date), another stretch of time (window), a length of time made round."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapporteur.model.claims import Mention
from rapporteur.model.lineage import Drift, DriftType
from rapporteur.stages.link.passages import Passage, Passages, Term, told_among

DATED = 0.2
"""Least similarity of two sentences for their days to be compared: at .3 one drift less, and none that is none."""
TOLD = 0.3
"""The same for stretches of time."""
ONE_FACT = 0.28
"""Least share of the words around the child's time that stand around the parent's: of .35 and .28 the second finds two days
more on seven read sets, and none that is none."""
ALONE = 0.2
"""The same where each sentence has one time that the other has not, and the sentences are ``SURELY`` alike."""
SURELY = 0.6
SAME = 0.75
"""Similarity of two sentences with one changed time each, from which it was changed there and not moved from beside."""
HALF = 0.5
"""Similarity of a further sentence, as a share of the nearest one's, from which a time there may be the child's: "a report said
Thursday" elsewhere does not explain a Thursday."""
IN_PLACE = 0.75
"""The same where a sentence beside the parent's has the child's time."""
AROUND = 55
"""Characters on each side of a time that say what it dates."""
ROUND = 0.3
"""How far a round length of time may be from the exact one, as a share of it: "more than a decade" for fourteen years."""

_DAYS = {"D": 1.0, "W": 7.0, "M": 30.44, "Y": 365.25}
_LENGTH = re.compile(r"P(?P<number>\d+(?:\.\d+)?)(?P<unit>[DWMY])")
_NAMED_DAY = re.compile(r"\b(?:[A-Z]\w+day|yesterday|tomorrow)\b|\d")
_PART = re.compile(r"T(?:NI|MO|AF|EV)$")
_VAGUE = re.compile(r"(?:the|that|same|a|one)? ?(?:same )?(?:day|week|month|year|time|now|today|currently)s?", re.IGNORECASE)
_AGO = re.compile(r"\b(?:days?|weeks?|months?|years?) (?:ago|earlier|before|later)$", re.IGNORECASE)
"""A time counted from now: a day and a week of this form are as exact as each other."""
_DEICTIC = re.compile(r"(?:last|this|next) (?:week|month|year)", re.IGNORECASE)
"""Stretches of time told from the day of the report: one for another is no vaguer word for it."""
_LIMIT = re.compile(r"\b(?:up to|at most|at least|more than|over(?! the\b)|less than|under)\b", re.IGNORECASE)
_YEAR_TOLD = re.compile(r"\b\d{4}\b|\byear\b", re.IGNORECASE)
_LOOSE = re.compile(
    r"\b(?:more than|over|nearly|almost|about|around|some|roughly|close to|less than|under|a decade|a century)\b", re.IGNORECASE
)


_SAYS = r"(?:said|says|reported|announced|added|warned|pledged|vowed|promised|urged|denied|declared|stated)"
_SAID = re.compile(
    rf"\b(?:{_SAYS}|told \w+|ruled|according to [\w ]+)\s+(?:here )?(?:(?:in|at|from) (?:[\w'’.-]+ ){{1,7}})?"
    r"(?:on )?(?:late |early )?$",
    re.IGNORECASE,
)
"""What stands before a day on which something is said: "said in the capital on Monday"."""
_SAID_THEN = re.compile(rf"\s+(?:\w+ly\s+)?{_SAYS}\b", re.IGNORECASE)
"""What stands behind one: "the minister on Monday said"."""
_OPENING = re.compile(r"(?:^|[.!?\n\"”’]\s*)(?:on |late |early )*$", re.IGNORECASE)
_SUBJECT_SAID = re.compile(rf",?(?: [\w'’.-]+){{1,9}}? (?:{_SAYS}|told)\b", re.IGNORECASE)
"""What stands behind one that opens a sentence: "On Monday, a senior official told"."""
_STRETCH = re.compile(r"\b(?:since|from|between|until|till|over|for|during|throughout)\s+(?:the\s+)?$", re.IGNORECASE)


def time_drifts(child: Passages, parent: Passages, aligned: Sequence[Sequence[tuple[float, Passage]]]) -> list[Drift]:
    """Changed times, at most one for each time of the parent."""
    out: dict[str, tuple[float, Drift]] = {}
    for passage, others in zip(child.all, aligned, strict=True):
        told = [(score, p) for score, p in others if score >= DATED]
        near = [parent.all[n] for _, p in told[:1] for n in (p.number - 1, p.number + 1) if 0 <= n < len(parent.all)]
        beside = [m for p in near for m in _times(p)]
        for score, theirs, ours, kind in _pairs(child, parent, passage, told, beside):
            if theirs.id in out and out[theirs.id][0] >= score:
                continue
            places = [(m.span.start, m.span.end) for m in (theirs, ours)]
            source = parent.cite(parent.at(theirs.span.start) or told[0][1], places[0])
            note = f"{theirs.span.exact} becomes {ours.span.exact}"
            out[theirs.id] = (score, Drift(kind, source.id, child.cite(passage, places[1]).id, note))
    return [drift for _, drift in out.values()]


def _pairs(
    child: Passages, parent: Passages, passage: Passage, told: Sequence[tuple[float, Passage]], beside: Sequence[Mention]
) -> Iterator[tuple[float, Mention, Mention, DriftType]]:
    """Each time of a child's sentence that the parent's have not, with the one of the parent's in whose place it stands. One that
    a sentence ``beside`` the parent's has was moved, unless all words around it are those of the other."""
    mine = _times(passage)
    likely = [p for score, p in told if score >= HALF * told[0][0]]
    fresh = [m for m in mine if not any(_one_time(m, other) for p in likely for other in _times(p))]
    gone = [(score, p, m) for score, p in told for m in _times(p) if not any(_one_time(m, other) for other in mine)]
    alone = len(fresh) == 1 and len([m for _, p, m in gone if p is told[0][1]]) == 1 and told[0][0] >= SURELY
    for ours in fresh:
        around = _around(passage, ours)
        said = _of_saying(child, ours)
        scored = [
            (_shared(around, _around(p, m)), m, near)
            for near, p, m in gone
            if _of_saying(parent, m) == said and (near >= TOLD or (_is_day(m) and _is_day(ours)))
        ]
        score, theirs, near = max(scored, key=lambda s: (s[0] + s[2], s[1].id), default=(0.0, ours, 0.0))
        moved = any(_one_time(ours, other) for other in beside) and not (alone and told[0][0] >= SAME)
        least = IN_PLACE if moved else ALONE if alone else ONE_FACT
        kind = _kind(theirs, ours) if score >= least else None
        if kind == "window" and _points(parent, theirs, child, ours):
            kind = "date"
        if kind and kind != "date" and _vaguer(theirs, ours) and near < told[0][0]:
            continue
        if kind and (kind == "date" or score >= SURELY or (kind != "value" and not _vaguer(theirs, ours))):
            yield score, theirs, ours, kind


def _of_saying(passages: Passages, mention: Mention) -> bool:
    """Whether a time says when something was said ("police said Monday") and not when it happened."""
    text, span = passages.reading.report.text, mention.span
    before = text[max(0, span.start - 80) : span.start]
    opening = _OPENING.search(before) and _SUBJECT_SAID.match(text, span.end)
    return bool(opening or _SAID.search(before) or _SAID_THEN.match(text, span.end))


def _vaguer(theirs: Mention, ours: Mention) -> bool:
    """Whether two calendar times are of unlike exactness, as a year and a month."""
    a, b = theirs.time, ours.time
    return bool(a and b and a.type == b.type == "DATE" and a.begin and b.begin and len(a.value) != len(b.value))


def _points(parent: Passages, theirs: Mention, child: Passages, ours: Mention) -> bool:
    """Whether both times say when ("in May 2000", "in 2001"), and not from when or how long."""
    a, b = theirs.time, ours.time
    if a is None or b is None or a.type != "DATE" or b.type != "DATE" or not (a.begin and b.begin):
        return False
    if _DEICTIC.search(theirs.span.exact) and (_DEICTIC.search(ours.span.exact) or len(a.value) != len(b.value)):
        return False
    return not any(
        _STRETCH.search(p.reading.report.text[max(0, m.span.start - 12) : m.span.start])
        for p, m in ((parent, theirs), (child, ours))
    )


def _times(passage: Passage) -> list[Mention]:
    """Days, stretches and lengths of time, and the parts of a day ("Friday night")."""
    found = [m for m in passage.mentions if m.time and not _VAGUE.fullmatch(m.span.exact)]
    dated = [m for m in found if m.time and m.time.type == "TIME" and _is_day(m) and _NAMED_DAY.search(m.span.exact)]
    return [*(m for m in found if m.time and m.time.type in ("DATE", "DURATION")), *dated]


def _around(passage: Passage, mention: Mention) -> tuple[Term, ...]:
    """Terms near a time, without those of the time itself."""
    return passage.near(mention.span.start, mention.span.end, AROUND)


def _shared(ours: Sequence[Term], theirs: Sequence[Term]) -> float:
    if len(ours) < 2:
        return 0.0
    return told_among(ours, theirs)


def _one_time(a: Mention, b: Mention) -> bool:
    """Whether two mentions may mean one time: the same words, one value, or one stretch within the other's day."""
    if a.span.exact.casefold() == b.span.exact.casefold():
        return True
    if a.time is None or b.time is None:
        return False
    x, y = _length(a), _length(b)
    if x is not None and y is not None and a.time.begin == b.time.begin:
        near = abs(x - y) <= 0.02 * max(x, y)
        return near and bool(_LIMIT.search(a.span.exact)) == bool(_LIMIT.search(b.span.exact))
    if _same_but_year(a, b):
        return True
    return a.time.value == b.time.value or bool(a.time.begin and (a.time.begin, a.time.end) == (b.time.begin, b.time.end))


def _same_but_year(a: Mention, b: Mention) -> bool:
    """Whether two mentions give one month, or one day of a month, of which one does not tell the year: what it was taken to be
    says nothing."""
    if a.time is None or b.time is None or all(_YEAR_TOLD.search(m.span.exact) for m in (a, b)):
        return False
    x, y = a.time.value[4:], b.time.value[4:]
    return x == y and bool(re.fullmatch(r"-\d\d(?:-\d\d)?", x))


def _length(mention: Mention) -> float | None:
    """Days of a length of time; None where it has none or an unknown number of units."""
    m = _LENGTH.fullmatch(mention.time.value) if mention.time and mention.time.type == "DURATION" else None
    return float(m["number"]) * _DAYS[m["unit"]] if m else None


def _kind(theirs: Mention, ours: Mention) -> DriftType | None:
    a, b = theirs.time, ours.time
    if a is None or b is None:
        return None
    if a.begin and b.begin:
        if _is_day(theirs) or _is_day(ours):
            counted = _AGO.search(theirs.span.exact) and _AGO.search(ours.span.exact)
            return "date" if (_is_day(theirs) and _is_day(ours)) or counted else None
        # A stretch that holds the other only says it less exactly ("last month" to "last year").
        if _DEICTIC.fullmatch(theirs.span.exact) and _DEICTIC.fullmatch(ours.span.exact):
            return "window"
        inside = b.begin <= a.begin and (a.end or a.begin) <= (b.end or b.begin)
        return None if inside and b.type == "DATE" else "window"
    if b.value == "PAST_REF":
        return "window" if a.begin and not _is_day(theirs) else None
    x, y = _length(theirs), _length(ours)
    if x is None or y is None or b.begin or (a.begin and x == y):
        return None
    if x == y:
        return "bound" if bool(_LIMIT.search(theirs.span.exact)) != bool(_LIMIT.search(ours.span.exact)) else None
    if abs(x - y) <= ROUND * x and _LOOSE.search(ours.span.exact):
        return "rounding"
    return "value" if a.value[-1] == b.value[-1] else None


def _is_day(mention: Mention) -> bool:
    """Whether a time is one day, or a part of one that has a name and no clock."""
    time = mention.time
    return bool(time and time.begin and time.begin == time.end and (time.type == "DATE" or _PART.search(time.value)))
