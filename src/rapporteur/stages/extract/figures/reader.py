"""Reads the stated figures of one report: numbers, then bound, unit, counted noun and state around each."""

from __future__ import annotations

from typing import NamedTuple

from rapporteur.language.gazetteer import country_of
from rapporteur.model.claims import Bound, State
from rapporteur.stages.extract.base import Sheet
from rapporteur.stages.extract.figures import lexicon as lex
from rapporteur.stages.extract.figures import measures, states
from rapporteur.stages.extract.figures.context import Context
from rapporteur.stages.extract.figures.counted import Counted, Memory, beside_unit, counted, is_person
from rapporteur.stages.extract.figures.exclusions import excluded
from rapporteur.stages.extract.figures.numbers import Amount, Scanner


_PERSONAL = frozenset(("wounded", "captured", "displaced"))
"""States of persons alone: weapons are captured and copies seized, but not as prisoners."""


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
        self.memory = Memory()

    def read(self) -> list[Found]:
        """Stated figures in text order."""
        out: list[Found] = []
        for a in self.scanner.amounts():
            found = self._figure(a, out)
            if found:
                out.append(found)
        return out

    def _figure(self, a: Amount, before: list[Found]) -> Found | None:
        p, s = self.p, self.scanner
        if a.last > p.sentences[p.sentence_at[a.first]][1] or self.context.in_time(p.starts[a.first], p.ends[a.last - 1]):
            return None
        m = measures.measure(s, a)
        if excluded(p, s, a, m is not None):
            return None
        if m:
            c = beside_unit(p, s, a, m, self.memory)
            self.memory.measured = (p.sentence_at[a.first], c.lemma)
            end = max(c.end, m.last)
            state: State | None = None
        else:
            c = counted(p, s, a, self.memory)
            end = max(c.end, a.last)
            state = states.state_of(p, a.first, c.head, end)
            if state and c.head == a.first:
                c = counted(p, s, a, self.memory, state)
            if state in _PERSONAL and c.lemma and not is_person(c.lemma) and c.lemma.lower() not in lex.STATE_NOUNS:
                state = None
        bound, first = measures.bound(s, a, m, end)
        if not m and self._no_count(a, c, state, bound, first):
            return None
        if c.lemma and not m:
            self.memory.seen.append((p.sentence_at[a.first], c.lemma, is_person(c.lemma) or state is not None))
        low, high = (a.low * m.factor, a.high * m.factor) if m else (a.low, a.high)
        whose = self.context.whose(a.last, c.head) if not m and c.head > a.first else None
        return Found(
            min(first, m.first if m else a.first),
            end,
            (a.first, a.last),
            low,
            high,
            bound,
            m.unit if m else None,
            c.lemma,
            state,
            whose,
            None,
            c.head,
        )

    def _no_count(self, a: Amount, c: Counted, state: State | None, bound: Bound, first: int) -> bool:
        """Whether a number without unit is no figure after all."""
        s = self.scanner
        if s.at(a.first) == "one" and a.last == a.first + 1:
            return state is None and bound == "exact" and first == a.first
        if s.at(a.first) in ("scores", "tens") and a.last == a.first + 1:
            return state is None and s.at(a.last) != "of"
        if state is None and c.head >= a.last and self._outlet(a, c.head):
            return True
        return c.lemma is None and bound == "exact" and a.kind == "cardinal" and a.low < 1000 and a.low == int(a.low)

    def _outlet(self, a: Amount, head: int) -> bool:
        """Whether the noun is a name in the singular that no number counts: "3 News", "880 Radio"."""
        p = self.p
        if p.tags[head] != "NNP" or a.low == 1 or not p.words[a.first][0].isdigit():
            return False
        return (
            not p.words[head].endswith("s")
            and not country_of(p.words[head])
            and p.words[head][-1].isalpha()
            and not p.words[head].isupper()
        )
