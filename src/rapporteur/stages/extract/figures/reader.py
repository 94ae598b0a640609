"""Reads the stated figures of one report: numbers, then bound, unit, counted noun and state around each."""

from __future__ import annotations

from typing import NamedTuple

from rapporteur.language.gazetteer import country_of
from rapporteur.model.claims import Bound, State
from rapporteur.stages.extract.base import Sheet
from rapporteur.stages.extract.figures import lexicon as lex
from rapporteur.stages.extract.figures import measures, states
from rapporteur.stages.extract.figures.context import Context
from rapporteur.stages.extract.figures.counted import Counted, casualties, counted
from rapporteur.stages.extract.figures.exclusions import excluded
from rapporteur.stages.extract.figures.measured import governing, measured, subject
from rapporteur.stages.extract.figures.memory import Memory, is_person
from rapporteur.stages.extract.figures.numbers import Amount, Scanner, begins
from rapporteur.stages.extract.figures.places import Places
from rapporteur.stages.extract.figures.windows import Windows

_PERSONAL = frozenset(("wounded", "captured", "displaced"))
"""States of persons alone: weapons are captured and copies seized, but not as prisoners."""

_SMALL = 1000
"""A bare whole number below this that counts nothing known is a score, a rank, a page: no figure."""

_NEAR = 12
_DETERMINERS = frozenset("the its their his her our those these".split())
_SOME = frozenset("some most many half none all".split())


class Found(NamedTuple):
    """One figure as tokens: the whole [first, last), the number words, and what was read."""

    first: int
    last: int
    number: tuple[int, int]
    low: float
    high: float
    bound: Bound
    unit: str | None
    counted: str | None
    state: State | None
    whose: str | None = None
    derived: str | None = None
    head: int = -1


class Reader:
    """One pass over the numbers of a sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.p = sheet.parsed
        self.scanner = Scanner(sheet.parsed.words)
        self.context = Context(sheet)
        self.places = Places(sheet)
        self.windows = Windows(sheet)
        self.memory = Memory()

    def read(self) -> list[Found]:
        """Stated figures in text order."""
        out: list[Found] = []
        for a in self.scanner.amounts():
            found = self._figure(a, out[-1] if out else None)
            if found:
                out.append(found)
        return out

    def _figure(self, a: Amount, before: Found | None) -> Found | None:
        p, s = self.p, self.scanner
        sentence = p.sentence_at[a.first]
        if a.last > p.sentences[sentence][1] or self.context.in_time(p.starts[a.first], p.ends[a.last - 1]):
            return None
        m = measures.measure(s, a)
        if excluded(p, s, a, has_unit=m is not None):
            return None
        if m:
            return self._measured(a, m)
        c = counted(p, s, a, self.memory)
        end = max(c.end, a.last)
        state = self._state(a, c, end, before)
        if c.head == a.first and state and (c.lemma is None or c.end == a.last):
            c = c._replace(lemma=c.lemma or casualties(a, sentence, self.memory, state))
        elif c.lemma is None:
            c = c._replace(lemma=subject(p, a.first) or subject(p, p.heads[a.first]) or governing(p, s, a.first))
            if c.lemma == "person" and state is None:
                state = "killed"  # the subject was a toll
        if state == "deployed" and (c.lemma or "").lower() not in lex.MILITARY:
            state = None
        elif state is None and (c.lemma or "").lower() in lex.SOLDIERS and states.stationed(p, end):
            state = "deployed"
        bound, first = measures.bound(s, a, None, end)
        if self._no_count(a, c, state, bound, first):
            return None
        if c.lemma and not self._part_of(a, before):
            self.memory.add(sentence, c.lemma, person=is_person(c.lemma) or state is not None)
        whose = (self.context.whose(a.last, c.head) if c.head > a.first else None) or self.context.holder(c.head)
        return Found(first, end, (a.first, a.last), a.low, a.high, bound, None, c.lemma, state, whose, None, c.head)

    def _measured(self, a: Amount, m: measures.Measure) -> Found:
        """An amount with a unit or currency."""
        p = self.p
        c = measured(p, self.scanner, a, m, self.memory)
        self.memory.measured = (p.sentence_at[a.first], c.lemma)
        end = max(c.end, m.last)
        bound, first = measures.bound(self.scanner, a, m, end)
        state = states.state_of(p, a.first, c.head, end) if c.lemma and c.head > a.first and is_person(c.lemma) else None
        number = (a.first, a.last)
        return Found(min(first, m.first), end, number, a.low * m.factor, a.high * m.factor, bound, m.unit, c.lemma, state)

    def _state(self, a: Amount, c: Counted, end: int, before: Found | None) -> State | None:
        """The state of those counted; "including two commanders" and "half of them" take that of the figure before."""
        p = self.p
        if self._whole_of(a):
            return states.noun_state(c.lemma.lower()) if c.lemma else None
        partitive = self.scanner.at(a.first) == "one" and self.scanner.at(a.last) == "of"
        state = states.state_of(p, a.first, c.head, end, plain=partitive)
        if state is None and c.lemma and c.head == a.first:
            state = states.noun_state(c.lemma.lower()) or states.toll_before(p, a.first)
        if state is None and before and p.sentence_at[before.first] == p.sentence_at[a.first] and self._part_of(a, before):
            state = before.state
        if state in _PERSONAL and c.lemma and not is_person(c.lemma) and c.lemma.lower() not in lex.STATE_NOUNS:
            return None
        return state

    def _whole_of(self, a: Amount) -> bool:
        """Whether a figure is the whole of which another is a part: "three of the 17 soldiers were wounded"."""
        s, of = self.scanner, a.first - 2
        if s.at(of) != "of" or s.at(of + 1) not in _DETERMINERS or not s.at(of - 1):
            return False
        return begins(s.at(of - 1)) or s.at(of - 1) in _SOME

    def _part_of(self, a: Amount, before: Found | None) -> bool:
        """Whether a figure is told as a part of the one before: "60 people, including 12 children", "among them five women"."""
        if before is None or not 0 <= a.first - before.last <= _NEAR:
            return False
        lead = [self.scanner.at(k) for k in range(max(before.last, a.first - 5), a.first)]
        if self.scanner.at(a.last) == "of" and self.scanner.at(a.last + 1) in ("them", "whom") and "," in lead:
            return True
        return "including" in lead or ("among" in lead and "them" in lead)

    def _no_count(self, a: Amount, c: Counted, state: State | None, bound: Bound, first: int) -> bool:
        """Whether a number without unit is no figure after all."""
        s = self.scanner
        if s.at(a.first) == "one" and a.last == a.first + 1:
            return state is None and ((bound == "exact" and first == a.first) or c.lemma is None)
        if s.at(a.first) in ("scores", "tens") and a.last == a.first + 1:
            return state is None and s.at(a.last) != "of"
        if state is None and c.head >= a.last and self._outlet(a, c.head):
            return True
        return c.lemma is None and bound == "exact" and a.kind == "cardinal" and a.low < _SMALL and a.low == int(a.low)

    def _outlet(self, a: Amount, head: int) -> bool:
        """Whether the noun is a name in the singular that no number counts: "3 News", "880 Radio"."""
        p = self.p
        word = p.words[head]
        if p.tags[head] != "NNP" or a.low == 1 or not p.words[a.first][0].isdigit():
            return False
        return not (word.endswith("s") or country_of(word) or word.isupper()) and word[-1].isalpha()
