"""Drift of figures along one derivation: value, rounding, bound, merge.

Each figure of the child is aligned with the figure of the parent that counts the same thing in the passage that tells the same.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from rapporteur.language.gazetteer import country_of
from rapporteur.model.claims import Figure, FigureClaim, Window
from rapporteur.model.lineage import Drift, DriftType
from rapporteur.stages.link.passages import SMALL, Passage, Passages, Term, figures_in, terms_of, told_by
from rapporteur.stages.link.synonyms import senses
from rapporteur.stages.link.terms import stem
from rapporteur.stages.link.voices import ONE

SAME_NUMBER = 0.2
"""Least similarity of two sentences whose figures have one value: the number itself is evidence."""
OTHER_NUMBER = 0.35
"""The same where the values differ: then only the words say that both speak of one thing."""
ROUNDED = 0.3
"""The same where one value is the other one rounded."""
SURELY = 0.4
"""The same where the values differ and their owners are not said to be one."""
_LONG = re.compile(r"\b(?:since|months?|years?|decades?)\b", re.IGNORECASE)
"""What a stretch of time says that is long enough to tell more than when."""
_DOZEN = re.compile(r"\bdozen\b", re.IGNORECASE)
TIMES = 3.0
"""How many times larger one number may be than the other for both to be of one fact by their words alone."""
FAR_OFF = 0.6
"""Least similarity of those that lie further apart."""
LARGE = 1000.0
"""Numbers from which nearness itself is evidence: of smaller ones two of one size stand in one report by chance."""
CLOSE = 0.05
"""How near a large round number is to one that is surely the same, as a share of it."""
SAID_ALIKE = 0.03
"""What an equal bound adds to similarity: of two figures of one value the one that is said in the same way is meant, of two of
other values the one that the child's makes round."""
AROUND = 60
"""Characters on each side of a number that say what it counts."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A child's figure and the parent's figure it restates, with the similarity of their passages."""

    child: FigureClaim
    parent: FigureClaim
    score: float
    same_value: bool


_SIDE = {"at-least": "lower", "more-than": "lower", "at-most": "upper", "less-than": "upper"}
"""Bounds that say the same to a reader: "at least 150" and "upwards of 150"."""


def figure_drifts(child: Passages, parent: Passages, aligned: Sequence[Sequence[tuple[float, Passage]]]) -> list[Drift]:
    """Drifts of the child's figures against the parent's, best aligned first, at most one per type and fact of the parent."""
    pairs = [p for i, passage in enumerate(child.all) for p in _pairs(child, parent, passage, aligned[i])]
    merged = _merges(child, parent, aligned, {p.child.id for p in pairs if p.same_value})
    summed = {d.target for d in merged}
    bounds = _by_value(parent)
    out: dict[tuple[str, str], tuple[float, Drift]] = {}
    for pair in pairs:
        if pair.child.id in summed:
            continue
        for drift in _compare(pair, child, parent):
            if drift.type == "bound" and any(
                _side(other.figure) == _side(pair.child.figure) and _one_fact(other, pair.parent)
                for other in bounds[_value(pair.parent.figure)]
            ):
                continue
            key = (_fact(pair.parent), drift.type)
            if key not in out or out[key][0] < pair.score:
                out[key] = (pair.score, drift)
    return [d for _, d in out.values()] + merged


def _by_value(passages: Passages) -> dict[str, list[FigureClaim]]:
    """Every figure of a report by its value: where its own headline drops "at least", so may a retelling."""
    out: dict[str, list[FigureClaim]] = defaultdict(list)
    for claim in passages.reading.claims:
        if isinstance(claim, FigureClaim):
            out[_value(claim.figure)].append(claim)
    return out


def _one_fact(a: FigureClaim, b: FigureClaim) -> bool:
    """Whether two figures of one value and one report count the same: the nouns agree, or the words at the numbers do."""
    x, y = (frozenset(t.key for t in terms_of(c.span.exact, 0, len(c.span.exact))) for c in (a, b))
    return bool(x & y) or (a.figure.counted == b.figure.counted and a.figure.unit == b.figure.unit)


def _value(f: Figure) -> str:
    return f"{f.value}/{f.low}/{f.high}"


def _side(f: Figure) -> str:
    return _SIDE.get(f.bound, f.bound)


def _fact(claim: FigureClaim) -> str:
    """One name for a figure that a report repeats (headline, lead, body)."""
    f = claim.figure
    return f"{_value(f)}/{stem((f.counted or f.unit or '').lower())}"


def _pairs(child: Passages, parent: Passages, passage: Passage, aligned: Sequence[tuple[float, Passage]]) -> list[Pair]:
    out: list[Pair] = []
    taken: set[str] = set()
    figures = figures_in(passage)
    for same_value in (True, False):
        for figure in figures:
            if any(p.child.id == figure.id for p in out):
                continue
            best = max(
                (
                    (_score(child, parent, (figure, other), score, same_value=same_value), other)
                    for score, where in (
                        *_with_neighbours(parent, aligned),
                        *(_with_number(parent, figure) if same_value else ()),
                    )
                    for other in figures_in(where)
                    if other.id not in taken and _one_value(figure.figure, other.figure) == same_value and _told(other, figure)
                ),
                key=lambda found: (found[0], found[1].id),
                default=(0.0, figure),
            )
            floor = SAME_NUMBER if same_value else _floor(figure.figure, best[1].figure)
            if best[0] >= floor:
                out.append(Pair(figure, best[1], best[0], same_value))
                taken.add(best[1].id)
    return out


def _floor(a: Figure, b: Figure) -> float:
    """Least similarity for ``a`` to be ``b`` with another value."""
    if not _rounds(a, b):
        return OTHER_NUMBER
    close = _nearly(a, b) and abs((_number(a) or 0.0) - (_number(b) or 0.0)) <= CLOSE * (_number(b) or 0.0)
    return SAME_NUMBER if close and _same_thing(a, b) else ROUNDED


def _told(other: FigureClaim, figure: FigureClaim) -> bool:
    """Whether the parent states this figure itself, or the child sums it up from its parts as the parent does."""
    return other.figure.derived is None or figure.figure.derived is not None


def _with_neighbours(parent: Passages, aligned: Sequence[tuple[float, Passage]]) -> list[tuple[float, Passage]]:
    """The aligned sentences and, a little less similar, those beside the best one: a retelling joins and splits sentences."""
    out = list(aligned)
    if aligned:
        score, best = aligned[0]
        known = {p.number for _, p in aligned}
        beside = (n for n in (best.number - 1, best.number + 1) if 0 <= n < len(parent.all) and n not in known)
        out += [(0.9 * score, parent.all[n]) for n in beside]
    return out


def _with_number(parent: Passages, figure: FigureClaim) -> list[tuple[float, Passage]]:
    """Sentences of the parent with the child's number where it is so large that it says by itself which fact is told."""
    number = _number(figure.figure)
    if number is None or number < LARGE:
        return []
    found = _by_value(parent)[_value(figure.figure)]
    return [(SAME_NUMBER, p) for c in found if _same_thing(c.figure, figure.figure) and (p := parent.at(c.span.start))]


def _score(child: Passages, parent: Passages, pair: tuple[FigureClaim, FigureClaim], score: float, *, same_value: bool) -> float:
    """Similarity of the sentences and of the words right around both numbers; 0 when they count different things."""
    a, b = pair
    alike = True if _times(Pair(a, b, score, same_value)) else _same_thing(a.figure, b.figure)
    if alike is False and same_value and score >= OTHER_NUMBER and _telling(a.figure) and not (a.figure.unit or b.figure.unit):
        alike = None  # two nouns of one thing: "two thirds of our objectives", "two thirds of the goals"
    if alike is False or (not same_value and alike is not True and not _nearly(a.figure, b.figure)):
        return 0.0
    if a.figure.state and b.figure.state and a.figure.state != b.figure.state:
        return 0.0
    near_a, near_b = _around(child, a), _around(parent, b)
    keys = frozenset(t.key for t in near_b)
    meanings = frozenset(s for t in near_b for s in t.senses)
    local = told_by(near_a, keys, meanings)
    alike_said = SAID_ALIKE * (_side(a.figure) == _side(b.figure)) + 2 * SAID_ALIKE * _rounds(a.figure, b.figure)
    return 0.6 * score + 0.4 * local + alike_said


def _telling(f: Figure) -> bool:
    """Whether a number is such that two sentences on one matter do not have it by chance."""
    number = _number(f)
    return number is not None and (number > SMALL or number != int(number))


def _around(passages: Passages, claim: FigureClaim) -> tuple[Term, ...]:
    number = claim.figure.number
    passage = passages.at(number.start)
    return passage.near(number.start, number.end, AROUND, within=True) if passage else ()


def _is_share(f: Figure) -> bool:
    """Whether a figure is a part of a whole: "60 percent", "two thirds"."""
    return f.unit == "percent" or (f.unit is None and f.value is not None and 0.0 < f.value < 1.0)


def _number(f: Figure) -> float | None:
    """The value, or the middle of a range; a share in percent."""
    if f.value is None:
        return (f.low + f.high) / 2 if f.low is not None and f.high is not None else None
    return 100.0 * f.value if _is_share(f) and f.unit is None else f.value


def _one_value(a: Figure, b: Figure) -> bool:
    if a.value is not None and b.value is not None:
        x, y = (_number(f) if _is_share(a) and _is_share(b) else f.value for f in (a, b))
        return x is not None and y is not None and math.isclose(x, y)
    return (a.low, a.high, a.value) == (b.low, b.high, b.value)


def _same_thing(a: Figure, b: Figure) -> bool | None:
    """True: the same thing is counted (or a synonym, or a people for persons); None: one does not say; False: other things."""
    if _is_share(a) and _is_share(b):
        return True
    if bool(a.unit) != bool(b.unit):
        return (a.unit or a.counted or "") == (b.unit or b.counted or "")
    if a.unit and b.unit:
        return a.unit == b.unit
    if not a.counted or not b.counted:
        return None
    x, y = (stem(c.lower().rsplit(" ", 1)[-1]) for c in (a.counted, b.counted))
    if x == y or senses(x) & senses(y):
        return True
    if a.state and a.state == b.state:
        return True
    people = [c for c in (a.counted, b.counted) if c.lower() in _ANYBODY or country_of(c)]
    if len(people) == 1 and all(_human(c) for c in (a.counted, b.counted)):
        return True
    return True if len(people) == 2 else None if people else False


_ANYBODY = frozenset("person people other man woman life".split())
_HUMANS = frozenset(
    "suspect victim worker employee passenger civilian child pupil prisoner detainee inmate immigrant migrant tourist pilgrim "
    "patient miner staff serviceman servicemen veteran soldier fighter hostage peacekeeper inhabitant".split()
)


def _human(counted: str) -> bool:
    head = counted.lower().rsplit(" ", 1)[-1]
    return head in _ANYBODY or head in _HUMANS or head in ONE or country_of(counted) is not None


def _compare(pair: Pair, child: Passages, parent: Passages) -> list[Drift]:
    a, b = pair.child.figure, pair.parent.figure
    out = []
    kind = _value_drift(pair)
    if kind:
        out.append(Drift(kind, pair.parent.id, pair.child.id, f"{_said(b)} becomes {_said(a)}"))
    if pair.same_value and a.window and _new_stretch(a.window, pair.parent, parent):
        out.append(Drift("window", pair.parent.id, pair.child.id, f"“{a.window.text}” is new"))
    return out


def _new_stretch(window: Window, told: FigureClaim, parent: Passages) -> bool:
    """Whether the child counts over a stretch of time, and the parent gives none for this figure or beside it."""
    passage = parent.at(told.figure.number.start)
    if passage is None or not _LONG.search(window.text) or window.text.casefold() in parent.reading.report.text.casefold():
        return False
    if any(c.figure.window for c in _by_value(parent)[_value(told.figure)]):
        return False
    beside = parent.all[max(0, passage.number - 1) : passage.number + 2]
    return not any(m.time for p in beside for m in p.mentions)


def _value_drift(pair: Pair) -> DriftType | None:
    a, b = pair.child.figure, pair.parent.figure
    if pair.same_value:
        return "bound" if _side(a) != _side(b) else None
    if _rounds(a, b):
        return "rounding"
    if a.value is not None and b.value is None and a.value in (b.low, b.high):
        return "bound"  # "60 to 100" that became "up to 100"
    one_noun = stem((a.counted or a.unit or "").lower()) == stem((b.counted or b.unit or "").lower())
    floor = OTHER_NUMBER if a.whose and a.whose == b.whose else SURELY
    part = _is_share(a) != _is_share(b)  # "a quarter of all" is no count
    if _ratio(a, b) > TIMES and pair.score < FAR_OFF:
        return None
    if one_noun or _times(pair):
        return "value" if not part and pair.score >= floor else None
    # Two nouns for one thing ("prisoners", "Sudanese") are enough where the sentences are surely one.
    return "value" if not part and _same_thing(a, b) and pair.score >= FAR_OFF else None


def _times(pair: Pair) -> bool:
    """Whether both numbers count how often: "three times"."""
    return all(c.span.exact.casefold().endswith(" times") for c in (pair.child, pair.parent))


def _ratio(a: Figure, b: Figure) -> float:
    """The larger of two numbers by the smaller."""
    low, high = sorted((abs(_number(a) or 0.0), abs(_number(b) or 0.0)))
    return high / low if low else math.inf


def _rounds(a: Figure, b: Figure) -> bool:
    """Whether ``a`` gives ``b``'s number with fewer digits, within an eighth of it, and says so (or is a round number)."""
    x, y = _number(a), _number(b)
    if a.value is not None and b.value is None:  # of "4 to 37" that became "up to 40" the upper end was rounded
        y = b.high if _side(a) == "upper" else b.low if _side(a) == "lower" else y
    if x is None or y is None or y == 0 or math.isclose(x, y):
        return False
    digits = 1 if _DOZEN.search(a.number.exact) else _digits(x)
    return digits < _digits(y) and abs(x - y) <= 0.12 * abs(y) and (a.bound != "exact" or digits == 1)


def _nearly(a: Figure, b: Figure) -> bool:
    """Whether two large numbers are so near each other that they count one thing, though one does not say which."""
    return _rounds(a, b) and min(_number(a) or 0.0, _number(b) or 0.0) >= LARGE


def _digits(x: float) -> int:
    """Significant digits of a number as written."""
    return len(f"{x:.10g}".replace(".", "").strip("0")) or 1


_WORDS = {
    "exact": "",
    "about": "about ",
    "at-least": "at least ",
    "at-most": "up to ",
    "more-than": "more than ",
    "less-than": "less than ",
    "range": "",
}


def _said(f: Figure) -> str:
    number = f"{f.value:,.10g}" if f.value is not None else f"{f.low or 0:,.10g} to {f.high or 0:,.10g}"
    return _WORDS[f.bound] + number


def _merges(
    child: Passages, parent: Passages, aligned: Sequence[Sequence[tuple[float, Passage]]], explained: set[str]
) -> list[Drift]:
    """A child's figure that no figure of the parent explains, but the sum of two or three of one sentence (or of two that follow
    each other) does. The parts must stand in a passage that tells the same, or be of the same state."""
    out = []
    for i, passage in enumerate(child.all):
        if passage.words in parent.words:
            continue
        close = {p.number: score for score, p in aligned[i] if score >= SAME_NUMBER}
        for figure in figures_in(passage):
            value = figure.figure.value
            if figure.id in explained or value is None or value < 3 or figure.figure.unit:
                continue
            for other in sorted(parent.all, key=lambda p: (-close.get(p.number, 0.0), p.number)):
                parts = _sum_to(_countable(parent, other.number), value)
                states = {p.figure.state for p in parts}
                if any(_rounds(figure.figure, p.figure) for p in parts):
                    continue  # "almost 20" is 19 made round, and not 19 and one more
                if parts and value <= SMALL and not any(_same_thing(figure.figure, p.figure) for p in parts):
                    continue  # "two titles" and "eight games" that became "ten aces"
                if parts and (other.number in close or (figure.figure.state and states == {figure.figure.state})):
                    made = " and ".join(_said(p.figure) for p in parts)
                    out.append(Drift("merge", parts[0].id, figure.id, f"{made} become {_said(figure.figure)}"))
                    break
    return out


def _countable(passages: Passages, number: int) -> list[FigureClaim]:
    """Figures with a plain value in a sentence and the one after it."""
    found = [c for n in (number, number + 1) if n < len(passages.all) for c in figures_in(passages.all[n])]
    return [c for c in found if c.figure.value and not c.figure.unit and c.figure.derived is None]


def _sum_to(figures: Sequence[FigureClaim], total: float) -> tuple[FigureClaim, ...]:
    for size in (2, 3):
        for parts in combinations(figures[:8], size):
            if math.isclose(sum(p.figure.value or 0.0 for p in parts), total) and len({_fact(p) for p in parts}) == size:
                return parts
    return ()
