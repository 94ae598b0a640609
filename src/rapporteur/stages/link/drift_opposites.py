"""Drift by one word along one derivation: where the words around agree, the child has the opposite of the parent's word
(polarity, place), or tells of the matter at another step (status: "discussed" that became "agreed")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapporteur.model.lineage import Drift, DriftType
from rapporteur.stages.link.opposites import opposed, sides
from rapporteur.stages.link.passages import Passage, Passages, told_among
from rapporteur.stages.link.synonyms import senses
from rapporteur.stages.link.terms import stem

RELATED = 0.3
"""Least similarity of two sentences for their words to be compared."""
AGREED = 0.55
"""Least share of the words around the one word that stand around the other, the child's counting double: .60 and .65
lose a hit and a false find each on the sets read for errors."""
STEP = 0.5
"""The same for opposites and steps in the sentence that the child's retells: of .45, .50, .55 the second finds two more than the
last on seven read sets and none that is none, the first two wrong ones more in agency reports that nobody changed."""
NEAR = 45
"""Characters on each side of the word that say what it is about."""
LEAST = 2
"""Terms among these at least."""

_WORD = re.compile(r"[^\W\d_]+")
_NEGATED = re.compile(
    r"(?:\b(?:not|never|neither|nor|no|cannot|without|hardly|barely|fail(?:s|ed|ing)?|refus\w+|declin\w+|unable|rather than|"
    r"instead of|yet to)\b|n['’]t\b)",
    re.IGNORECASE,
)


class _Word(NamedTuple):
    text: str
    key: str
    start: int
    end: int


class _Change(NamedTuple):
    share: float
    kind: DriftType
    ours: _Word
    theirs: _Word


def opposite_drifts(child: Passages, parent: Passages, aligned: Sequence[Sequence[tuple[float, Passage]]]) -> list[Drift]:
    """Words that became another of their kind, at most one of a type for a sentence of the child and for a word of the parent."""
    found = [
        (change, passage, other)
        for passage, others in zip(child.all, aligned, strict=True)
        for rank, (score, other) in enumerate(others[:2])
        if score >= RELATED
        for change in _changes(passage, other, best=not rank)
    ]
    out: dict[tuple[DriftType, int, str], Drift] = {}
    for change, passage, other in sorted(found, key=lambda f: (-f[0].share, f[0].ours.start, f[0].theirs.start)):
        source = parent.cite(other, (change.theirs.start, change.theirs.end)).id
        target = child.cite(passage, (change.ours.start, change.ours.end)).id
        if not any(k == change.kind and (n == passage.number or s == source) for k, n, s in out):
            note = f"{change.theirs.text} becomes {change.ours.text}"
            out[change.kind, passage.number, source] = Drift(change.kind, source, target, note)
    return list(out.values())


def _words(passage: Passage) -> list[_Word]:
    return [
        _Word(m.group(), key, passage.start + m.start(), passage.start + m.end())
        for m in _WORD.finditer(passage.text)
        if sides(key := m.group().casefold())
    ]


def _changes(passage: Passage, other: Passage, *, best: bool) -> Iterator[_Change]:
    ours, theirs = _words(passage), _words(other)
    for mine in ours:
        if any(_same(mine, w) for w in theirs):
            continue
        for word in theirs:
            kind = opposed(word.key, mine.key)
            if kind is None or any(_same(w, word) for w in ours) or _senses_meet(word, passage):
                continue
            if kind != "place" and _negation_near(passage, mine) != _negation_near(other, word):
                continue
            share = _share(passage, mine, other, word)
            if share >= (STEP if best and kind in ("status", "polarity") else AGREED):
                yield _Change(share, kind, mine, word)


def _same(one: _Word, other: _Word) -> bool:
    """Whether two words of the tables are on one side of a line."""
    return one.key == other.key or bool({(s.line, s.side) for s in sides(one.key)} & {(s.line, s.side) for s in sides(other.key)})


def _senses_meet(word: _Word, passage: Passage) -> bool:
    """Whether ``passage`` has a synonym of ``word`` anyway."""
    return bool(senses(stem(word.key)) & passage.senses)


def _negation_near(passage: Passage, word: _Word) -> bool:
    at = word.start - passage.start
    return bool(_NEGATED.search(passage.text[max(0, at - 30) : at]))


def _share(passage: Passage, mine: _Word, other: Passage, word: _Word) -> float:
    near, around = passage.near(mine.start, mine.end, NEAR), other.near(word.start, word.end, 2 * NEAR)
    if len(near) < LEAST:
        return 0.0
    there = told_among(near, around)
    close, wide = other.near(word.start, word.end, NEAR), passage.near(mine.start, mine.end, 2 * NEAR)
    back = told_among(close, wide)
    return (2 * there + back) / 3
