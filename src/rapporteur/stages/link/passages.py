"""Sentences of a reading as sets of meaning-bearing terms, and how much of one sentence another one tells.

Used where two reports are known to be related and the question is what became of each fact; words count as the same when they
share a stem or a sense (``synonyms``), numbers are left out, because they are what may have changed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple
from zlib import crc32

from rapporteur.language.gazetteer import country_of
from rapporteur.language.sentences import paragraphs, sentences
from rapporteur.model.claims import Claim, FigureClaim, Mention, StatementClaim
from rapporteur.model.reading import Reading
from rapporteur.model.spans import Span
from rapporteur.stages.link.background import number_weight, weight
from rapporteur.stages.link.clauses import clause
from rapporteur.stages.link.pins import pin_of, pinned
from rapporteur.stages.link.synonyms import senses
from rapporteur.stages.link.terms import NUMBER, STOP, TOKEN, form, stem

SMALL = 12
"""Numbers up to this stand in two sentences by chance."""
WIDER = 50
"""Characters by which a claim may be longer than the part of its sentence that changed and still be cited for it: of 0, 50, 100
and any number the first two find two more right types on eight sets and lose one drift; a short statement stays one."""
SYNONYM = 0.7
"""Worth of a word found only through a synonym, as a share of the same word: it may be another sense."""


class Term(NamedTuple):
    """One word: key of its stem, weight in nats, its senses, its place in the text, and whether it is a name."""

    key: int
    weight: float
    senses: frozenset[int]
    start: int
    end: int
    name: bool


@dataclass(frozen=True)
class Passage:
    """One sentence: half-open range in the report's text, claims and mentions inside; what its words are when that is asked."""

    number: int
    start: int
    end: int
    text: str
    claims: tuple[Claim, ...]
    mentions: tuple[Mention, ...]

    @cached_property
    def words(self) -> str:
        """The text with single spaces."""
        return " ".join(self.text.split())

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """Its terms, without stop words and numbers."""
        return terms_of(self.text, 0, len(self.text), self.start)

    @cached_property
    def numbers(self) -> dict[int, float]:
        """Its larger numbers by key, with their weights: years, tolls, sums."""
        found = (form(m.group()) for m in TOKEN.finditer(self.text))
        return {f.key: number_weight(f.value) for f in found if f.kind == NUMBER and f.value is not None and f.value > SMALL}

    def near(self, start: int, end: int, reach: int, *, within: bool = False) -> tuple[Term, ...]:
        """Terms at most ``reach`` characters before or after the characters [start, end); those inside too if ``within``."""
        return tuple(
            t
            for t in self.terms
            if start - reach <= t.start and t.end <= end + reach and (within or t.end <= start or t.start >= end)
        )

    @cached_property
    def keys(self) -> frozenset[int]:
        """Stems of its terms."""
        return frozenset(t.key for t in self.terms)

    @cached_property
    def senses(self) -> frozenset[int]:
        """Senses of its terms."""
        return frozenset(s for t in self.terms for s in t.senses)

    @cached_property
    def total(self) -> float:
        """Weight of all terms."""
        return sum(t.weight for t in self.terms)


class Sense(NamedTuple):
    """What a surface form means wherever it stands: as in ``Term``."""

    key: int
    weight: float
    senses: frozenset[int]
    name: bool


@lru_cache(maxsize=200_000)
def _sense(surface: str) -> Sense | None:
    """None for a form that carries no meaning here."""
    found = form(surface)
    if found.kind in (STOP, NUMBER):
        return None
    plain = surface.lower().replace("’", "'").removesuffix("'s").replace(".", "")
    return Sense(found.key, weight(surface), senses(stem(plain)) | _country(surface), surface[0].isupper())


def _country(surface: str) -> frozenset[int]:
    """The sense that the name of a country and those of its people have in common: "French" for "France"."""
    name = surface.replace("’", "'").removesuffix("'s")
    country = country_of(name) if name[:1].isupper() else None
    return frozenset((-crc32(country.encode()) - 1,)) if country else frozenset()


def terms_of(text: str, start: int, end: int, at: int = 0) -> tuple[Term, ...]:
    """Terms of ``text[start:end]`` that carry meaning; ``at`` is where the text begins in the report's."""
    out = []
    for m in TOKEN.finditer(text, start, end):
        sense = _sense(m.group())
        if sense is not None:
            key, heavy, meanings, name = sense
            out.append(Term(key, heavy, meanings, at + m.start(), at + m.end(), name))
    return tuple(out)


class _Tellers:
    """The sentences of one report by the stems and senses that they have: how much all of them tell, without asking each."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._count = len(passages)
        self._by_key: dict[int, list[int]] = defaultdict(list)
        self._by_sense: dict[int, list[int]] = defaultdict(list)
        self._by_number: dict[int, list[int]] = defaultdict(list)
        for number, passage in enumerate(passages):
            for key in passage.keys:
                self._by_key[key].append(number)
            for sense in passage.senses:
                self._by_sense[sense].append(number)
            for figure in passage.numbers:
                self._by_number[figure].append(number)

    def shares(self, passage: Passage) -> list[float]:
        """``told_by`` of the terms of ``passage`` by each of the sentences. A number in common counts like a word in common; one
        that is not says nothing, because it may be what changed."""
        told, total = [0.0] * self._count, passage.total
        for term in passage.terms:
            same = self._by_key.get(term.key, ())
            for number in same:
                told[number] += term.weight
            for number in {n for sense in term.senses for n in self._by_sense.get(sense, ())}.difference(same):
                told[number] += SYNONYM * term.weight
        shared = [0.0] * self._count
        for figure, heavy in passage.numbers.items():
            for number in self._by_number.get(figure, ()):
                shared[number] += heavy
        return [(one + same) / (total + same) for one, same in zip(told, shared, strict=True)] if total else told


class Passages:
    """The sentences of one reading, with look-ups by place."""

    def __init__(self, reading: Reading) -> None:
        report = reading.report
        self.reading = reading
        ranges = [r for a, b in paragraphs(report.text, report.furniture) for r in sentences(report.text, a, b)]
        self._starts = [a for a, _ in ranges]
        claims: dict[int, list[Claim]] = {}
        for c in reading.claims:
            claims.setdefault(self._number(c.span.start), []).append(c)
        mentions: dict[int, list[Mention]] = {}
        for m in reading.mentions:
            mentions.setdefault(self._number(m.span.start), []).append(m)
        self.all: list[Passage] = [
            _passage(report.text, i, r, claims.get(i, ()), mentions.get(i, ())) for i, r in enumerate(ranges)
        ]
        self._covering = _cover(reading.claims, self._starts)

    @cached_property
    def words(self) -> frozenset[str]:
        """The sentences, each with single spaces."""
        return frozenset(p.words for p in self.all)

    @cached_property
    def _claims(self) -> dict[str, Claim]:
        return {c.id: c for c in self.reading.claims}

    @cached_property
    def _tellers(self) -> _Tellers:
        return _Tellers(self.all)

    def _number(self, at: int) -> int:
        return max(0, bisect_right(self._starts, at) - 1)

    def at(self, place: int) -> Passage | None:
        """The sentence that holds the code point ``place``."""
        return self.all[self._number(place)] if self.all else None

    def shares(self, passage: Passage) -> list[float]:
        """How much each of these sentences tells of another report's ``passage`` (``told_by``)."""
        return self._tellers.shares(passage)

    def cite(self, passage: Passage, place: tuple[int, int]) -> Claim:
        """The claim to cite for the characters ``place`` of a sentence: the shortest that holds at least half of them; where
        there is none, or only a statement that says more, the part of the sentence around them, pinned."""
        need = (place[1] - place[0]) / 2
        at = passage.start
        words = [(t.start - at, t.end - at) for t in passage.terms]
        low, high = clause(passage.text, (place[0] - at, place[1] - at), words)
        holding = [c for c in passage.claims if _held(c, place) >= need and _size(c) < high - low + WIDER]
        if holding:
            return min(holding, key=lambda c: (_size(c), c.id))
        return pinned(self.reading, at + low, at + high)

    def span_of(self, ident: str) -> Span:
        """Where a claim of this report, or a pin of it, stands."""
        claim = self._claims.get(ident) or pin_of({self.reading.report.id: self.reading}, ident)
        return claim.span

    def statements_over(self, passage: Passage) -> list[StatementClaim]:
        """Statements whose content reaches into a sentence, wherever their own span begins."""
        return self._covering.get(passage.number, [])


def _passage(text: str, number: int, place: tuple[int, int], claims: Sequence[Claim], mentions: Sequence[Mention]) -> Passage:
    return Passage(number, *place, text[place[0] : place[1]], tuple(claims), tuple(mentions))


def _cover(claims: Iterable[Claim], starts: Sequence[int]) -> dict[int, list[StatementClaim]]:
    out: dict[int, list[StatementClaim]] = {}
    for claim in claims:
        if not isinstance(claim, StatementClaim):
            continue
        numbers: set[int] = set()
        for part in claim.content:
            first = max(0, bisect_right(starts, part.start) - 1)
            last = max(0, bisect_right(starts, part.end - 1) - 1)
            numbers.update(range(first, last + 1))
        for number in numbers:
            out.setdefault(number, []).append(claim)
    return out


def told_by(terms: Sequence[Term], keys: frozenset[int], meanings: frozenset[int]) -> float:
    """Share (0 to 1, by weight) of ``terms`` that a passage with these stems and senses tells."""
    total = sum(t.weight for t in terms)
    if not total:
        return 0.0
    return sum(t.weight * (1.0 if t.key in keys else SYNONYM if t.senses & meanings else 0.0) for t in terms) / total


def told_among(terms: Sequence[Term], others: Sequence[Term]) -> float:
    """As ``told_by``, of what ``others`` tell."""
    return told_by(terms, frozenset(t.key for t in others), frozenset(s for t in others for s in t.senses))


def align(child: Passages, parent: Passages) -> list[list[tuple[float, Passage]]]:
    """For each sentence of the child the three of the parent that tell most of it, best first, with their similarity; none for a
    sentence that stands in the parent word for word: nothing became of it.

    Similarity is how much of the child's sentence the parent's tells, with a third of the weight on how much the other way round:
    a child that shortens keeps its first number high, one long parent sentence that happens to have the words does not.
    """
    out: list[list[tuple[float, Passage]]] = [[] for _ in child.all]
    changed = [passage for passage in child.all if passage.words not in parent.words]
    if changed:
        tellers = _Tellers(changed)
        back = [tellers.shares(passage) for passage in parent.all]
        for at, passage in enumerate(changed):
            scored = [((2 * told + back[other][at]) / 3, -other) for other, told in enumerate(parent.shares(passage))]
            best = sorted((s for s in scored if s[0] > 0.1), reverse=True)[:3]
            out[passage.number] = [(score, parent.all[-other]) for score, other in best]
    return out


def _size(claim: Claim) -> int:
    """Characters from the first to the last that a claim's span, or its content, has."""
    spans = [claim.span, *(claim.content if isinstance(claim, StatementClaim) else ())]
    return max(s.end for s in spans) - min(s.start for s in spans)


def _held(claim: Claim, place: tuple[int, int]) -> int:
    """How many characters of ``place`` a claim's span, or its content, has."""
    spans = [claim.span, *(claim.content if isinstance(claim, StatementClaim) else ())]
    return max(min(s.end, place[1]) - max(s.start, place[0]) for s in spans)


def figures_in(passage: Passage) -> list[FigureClaim]:
    """Figure claims of a sentence, in text order."""
    return [c for c in passage.claims if isinstance(c, FigureClaim)]
