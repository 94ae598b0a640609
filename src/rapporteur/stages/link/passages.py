"""Sentences of a reading as sets of meaning-bearing terms, and how much of one sentence another one tells.

Used where two reports are known to be related and the question is what became of each fact; words count as the same when they
share a stem or a sense (``synonyms``), numbers are left out, because they are what may have changed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapporteur.language.sentences import paragraphs, sentences
from rapporteur.model.claims import Claim, EventClaim, FigureClaim, Mention, StatementClaim
from rapporteur.model.reading import Reading
from rapporteur.stages.link.background import weight
from rapporteur.stages.link.pins import pinned
from rapporteur.stages.link.synonyms import senses
from rapporteur.stages.link.terms import NUMBER, STOP, TOKEN, form, stem

SYNONYM = 0.7
"""Worth of a word found only through a synonym, as a share of the same word: it may be another sense."""


@dataclass(frozen=True, slots=True)
class Term:
    """One word: key of its stem, weight in nats, its senses, its place in the text, and whether it is a name."""

    key: int
    weight: float
    senses: frozenset[int]
    start: int
    end: int
    name: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence: half-open range in the report's text, terms (without stop words and numbers), claims and mentions inside."""

    number: int
    start: int
    end: int
    text: str
    terms: tuple[Term, ...]
    keys: frozenset[int]
    senses: frozenset[int]
    claims: tuple[Claim, ...]
    mentions: tuple[Mention, ...]

    @property
    def total(self) -> float:
        """Weight of all terms."""
        return sum(t.weight for t in self.terms)


def terms_of(text: str, start: int, end: int) -> tuple[Term, ...]:
    """Terms of ``text[start:end]`` that carry meaning."""
    out = []
    for m in TOKEN.finditer(text, start, end):
        surface = m.group()
        found = form(surface)
        if found.kind in (STOP, NUMBER):
            continue
        plain = surface.lower().replace("’", "'").removesuffix("'s").replace(".", "")
        out.append(Term(found.key, weight(surface), senses(stem(plain)), m.start(), m.end(), surface[0].isupper()))
    return tuple(out)


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

    def _number(self, at: int) -> int:
        return max(0, bisect_right(self._starts, at) - 1)

    def at(self, place: int) -> Passage | None:
        """The sentence that holds the code point ``place``."""
        return self.all[self._number(place)] if self.all else None

    def cite(self, passage: Passage, place: tuple[int, int]) -> Claim:
        """The claim to cite for the characters ``place`` of a sentence: the shortest that holds at least half of them, figures
        and events before whole statements; where there is none the sentence itself, pinned."""

        def reach(c: Claim) -> tuple[int, str]:
            return c.span.end - c.span.start + (0 if isinstance(c, FigureClaim | EventClaim) else 200), c.id

        need = (place[1] - place[0]) / 2
        holding = [c for c in (*passage.claims, *self.statements_over(passage)) if _held(c, place) >= need]
        return min(holding, key=reach) if holding else pinned(self.reading, passage.start, passage.end)

    def statements_over(self, passage: Passage) -> list[StatementClaim]:
        """Statements whose content reaches into a sentence, wherever their own span begins."""
        return self._covering.get(passage.number, [])


def _passage(text: str, number: int, place: tuple[int, int], claims: Sequence[Claim], mentions: Sequence[Mention]) -> Passage:
    terms = terms_of(text, *place)
    return Passage(
        number=number,
        start=place[0],
        end=place[1],
        text=text[place[0] : place[1]],
        terms=terms,
        keys=frozenset(t.key for t in terms),
        senses=frozenset(s for t in terms for s in t.senses),
        claims=tuple(claims),
        mentions=tuple(mentions),
    )


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


def similarity(child: Passage, parent: Passage) -> float:
    """How much of the child's sentence the parent's tells, with a third of the weight on how much the other way round: a child
    that shortens keeps its first number high, one long parent sentence that happens to have the words does not."""
    return (2 * told_by(child.terms, parent.keys, parent.senses) + told_by(parent.terms, child.keys, child.senses)) / 3


def align(child: Passages, parent: Passages) -> list[list[tuple[float, Passage]]]:
    """For each sentence of the child the three of the parent that tell most of it, best first, with their similarity."""
    out = []
    for passage in child.all:
        scored = [(similarity(passage, other), -other.number) for other in parent.all]
        best = sorted((s for s in scored if s[0] > 0.1), reverse=True)[:3]
        out.append([(score, parent.all[-number]) for score, number in best])
    return out


def _held(claim: Claim, place: tuple[int, int]) -> int:
    """How many characters of ``place`` a claim's span, or its content, has."""
    spans = [claim.span, *(claim.content if isinstance(claim, StatementClaim) else ())]
    return max(min(s.end, place[1]) - max(s.start, place[0]) for s in spans)


def figures_in(passage: Passage) -> list[FigureClaim]:
    """Figure claims of a sentence, in text order."""
    return [c for c in passage.claims if isinstance(c, FigureClaim)]
