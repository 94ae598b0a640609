"""Casualties told without a number word, and figures derived from what is stated.

"A politician was killed" states one. "Two journalists and a politician were killed" states two and one, and implies three: the
sum is a derived figure. A report that names its victims and never counts them yields one derived figure per state.
"""

from __future__ import annotations

from itertools import pairwise

from rapporteur.language.base import Parsed
from rapporteur.model.claims import Bound, State
from rapporteur.stages.extract.figures import lexicon as lex
from rapporteur.stages.extract.figures import phrases
from rapporteur.stages.extract.figures.memory import is_person
from rapporteur.stages.extract.figures.reader import Found, Reader
from rapporteur.stages.extract.figures.victims import Victim, victims

_ARTICLES = frozenset(("a", "an"))
_SOMEONE = frozenset(("old", "someone", "somebody", "victim"))
_BREAKS = frozenset(("IN", "VBD", ",", "CC", "VBZ"))
_SHOT = frozenset("shot stabbed hit struck attacked".split())
_LEAD = 200
"""Tokens: a report that is about its victims names them this early; deaths told later are background, unless many are told."""
_MANY = 3

_DIED = frozenset("fatally died dead killed killing".split())


def completed(reader: Reader, stated: list[Found]) -> list[Found]:
    """The stated figures, with states that only the tree tells, and those without a number word: persons counted by an
    article, sums, remainders, and persons named."""
    groups = victims(reader.p)
    if not groups:
        return stated
    befell = {v.head: v.state for group in groups for v in group}
    stated = [_with_state(f, befell) for f in stated]
    out: list[Found] = []
    heads = {f.head: f for f in stated}
    spans: set[tuple[int, int]] = set()
    for group in groups:
        for v in group:
            if v.head not in heads:
                found = _another(reader.p, v, stated) or _by_article(reader, v)
                if found:
                    heads[v.head] = found
                    out.append(found)
        total = _sum(reader, group, heads)
        if total and total.number not in spans:
            spans.add(total.number)
            out.append(total)
    out.extend(_remainders(reader.p, stated))
    out.extend(Persons(reader, groups).figures([*stated, *out]))
    return [*stated, *out]


def _with_state(f: Found, befell: dict[int, State]) -> Found:
    state = befell.get(f.head)
    if state is None or f.state or f.unit or not f.counted or not is_person(f.counted):
        return f
    return f._replace(state=state)


def _another(p: Parsed, v: Victim, stated: list[Found]) -> Found | None:
    """ "killed one soldier and wounded another": one more of those counted just before."""
    i = v.head
    if p.words[i].lower() != "another":
        return None
    counted = "person"
    for f in stated:
        if f.first < i and p.sentence_at[f.first] == p.sentence_at[i] and f.counted and is_person(f.counted):
            counted = f.counted
    return Found(i, i + 1, (i, i + 1), 1.0, 1.0, "exact", None, counted, v.state, None, None, i)


def _by_article(reader: Reader, v: Victim) -> Found | None:
    """ "a politician", "an off-duty officer": one, its number words being the article."""
    p = reader.p
    low = p.words[v.head].lower()
    if p.tags[v.head] not in ("NN", "JJ", "NNP", "CD") or not (is_person(p.words[v.head]) or low in _SOMEONE):
        return None
    article = _article(p, v.head)
    if article is None:
        return None
    counted = "person" if low in _SOMEONE else phrases.singular(p, v.head, v.head + 1)
    whose = reader.context.whose(article + 1, v.head)
    return Found(article, v.head + 1, (article, article + 1), 1.0, 1.0, "exact", None, counted, v.state, whose, None, v.head)


def _article(p: Parsed, head: int) -> int | None:
    for k in range(head - 1, max(p.sentences[p.sentence_at[head]][0] - 1, head - 9), -1):
        if p.words[k].lower() in _ARTICLES:
            return k
        if p.tags[k] in _BREAKS:
            return None
    return None


def _sum(reader: Reader, group: list[Victim], heads: dict[int, Found]) -> Found | None:
    """The sum of a coordination of one state, where each part is a figure, a name or one person."""
    if len(group) < 2:
        return None
    p = reader.p
    low = high = 0.0
    bounds: set[Bound] = set()
    first, last = len(p.words), 0
    counted: set[str] = set()
    for v in group:
        f = heads.get(v.head)
        if f:
            if f.unit:
                return None
            low, high, first, last = low + f.low, high + f.high, min(first, f.first), max(last, f.last)
            bounds.add(f.bound)
            counted.add(f.counted or "person")
        elif one_person(reader, v.head):
            a, b = name_span(p, v.head)
            low, high, first, last = low + 1, high + 1, min(first, a), max(last, b)
            counted.add("person")
        else:
            return None
    if any(p.words[i].lower() in ("including", "among") for i in range(first, last)):
        return None  # "eight people, including four men": the parts are counted in the first
    bounds.discard("exact")
    bound: Bound = "exact" if not bounds else bounds.pop() if len(bounds) == 1 else "range" if low != high else "about"
    what = counted.pop() if len(counted) == 1 else "person"
    return Found(first, last, (first, last), low, high, bound, None, what, group[0].state, None, "sum")


def one_person(reader: Reader, head: int) -> bool:
    """Whether a noun names or describes one person: "Rafik Hariri", "his wife", "the driver"."""
    p = reader.p
    if p.tags[head] == "NNP":
        return reader.places.names_person(head)
    return p.words[head].lower() in lex.REFLEXIVES or (p.tags[head] == "NN" and is_person(p.words[head]))


def name_span(p: Parsed, head: int) -> tuple[int, int]:
    """The tokens of a name or description whose head is ``head``."""
    first = head
    a = p.sentences[p.sentence_at[head]][0]
    while first > max(a, head - 8) and p.tags[first - 1] in ("NNP", "JJ", "DT", "PRP$", "NN"):
        first -= 1
    last = head + 1
    while last < len(p.words) and p.tags[last] == "NNP" and p.heads[last] == head:
        last += 1
    return first, last


def _remainders(p: Parsed, stated: list[Found]) -> list[Found]:
    """ "Three people were shot, one fatally": two are left wounded."""
    out = []
    for one, two in pairwise(stated):
        total, dead = (one, two) if one.state == "wounded" else (two, one)
        if (total.state, dead.state) != ("wounded", "killed") or p.sentence_at[total.first] != p.sentence_at[dead.first]:
            continue
        if total.low != total.high or dead.low >= total.low or two.first - one.last > 25:
            continue
        words = {w.lower() for w in p.words[one.first : min(len(p.words), two.last + 6)]}
        if words & _SHOT and words & _DIED and not words & {"wounded", "injured", "others"}:
            left = total.low - dead.low
            span = (one.first, two.last)
            out.append(Found(*span, span, left, left, total.bound, None, total.counted, "wounded", None, "remainder"))
    return out


class Persons:
    """The different victims that a report names or describes."""

    def __init__(self, reader: Reader, groups: list[list[Victim]]) -> None:
        self.reader = reader
        self.victims = [v for group in groups for v in group]
        self.dead: set[str] = set()

    def figures(self, known: list[Found]) -> list[Found]:
        """One figure per state that the report does not count itself, and the stated dead with the assailant added."""
        out: list[Found] = []
        for state in ("killed", "wounded"):
            names, described = self._by_name(state)
            if state == "killed":
                self.dead = set(names)
            if not self._about(state):
                continue
            most = max((f.high for f in known if f.state == state), default=0.0)
            found = self._counted(state, names, described, most)
            if found:
                out.append(found)
        added = self._with_assailant(known)
        return [*out, added] if added else out

    def _about(self, state: State) -> bool:
        """Whether the report is about such victims: told of early, or again and again."""
        told = {v.trigger for v in self.victims if v.state == state}
        return bool(told) and (min(told) < _LEAD or len({v.trigger for v in self.victims}) >= _MANY)

    def _by_name(self, state: State) -> tuple[dict[str, Victim], list[Victim]]:
        """Named victims of a state by their fullest name, and those only described."""
        p = self.reader.p
        names: dict[str, Victim] = {}
        described: list[Victim] = []
        for v in self.victims:
            if v.state != state:
                continue
            low = p.words[v.head].lower()
            if p.tags[v.head] == "NNP" and self.reader.places.names_person(v.head):
                name = self.reader.places.full_name(v.head) or low
                words = set(name.split())
                if any(words <= set(n.split()) for n in [*names, *self.dead]):
                    continue
                names = {n: w for n, w in names.items() if not set(n.split()) <= words} | {name: v}
            elif low in lex.PRONOUNS or (p.tags[v.head] in ("NN", "JJ") and (is_person(low) or low in _SOMEONE)):
                described.append(v)
        return names, described

    def _counted(self, state: State, names: dict[str, Victim], described: list[Victim], most: float) -> Found | None:
        if most and len(names) <= most:
            return None
        p = self.reader.p
        if not names and state == "wounded" and self.dead and described and p.words[described[0].head].lower() in lex.PRONOUNS:
            return None
        group = list(names.values()) or described[:1]
        if not group:
            return None
        n = float(len(group))
        span = (min(v.head for v in group), max(v.head for v in group) + 1)
        return Found(*span, span, n, n, "exact", None, "person", state, None, "persons")

    def _with_assailant(self, known: list[Found]) -> Found | None:
        """The dead that are stated together with an assailant whose death the report tells apart."""
        p = self.reader.p
        stated = next((f for f in known if f.state == "killed" and f.derived is None and f.high > 1), None)
        if stated is None or stated.low != stated.high:
            return None
        for v in self.victims:
            if (
                v.state == "killed"
                and p.words[v.head].lower() in lex.ASSAILANTS
                and v.head not in range(stated.first, stated.last)
            ):
                n = stated.low + 1
                span = (min(stated.first, v.head), max(stated.last, v.head + 1))
                return Found(*span, span, n, n, stated.bound, None, "person", "killed", None, "sum")
        return None
