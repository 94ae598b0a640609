"""Drift of how much of something is meant along one derivation: "most of the slum" that became "the whole slum" (scope)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapporteur.model.lineage import Drift
from rapporteur.stages.link.passages import Passage, Passages, Term, told_among

RELATED = 0.3
"""Least similarity of two sentences for their quantities to be compared."""
AGREED = 0.45
"""Least share of the words around a quantity that stand around the other, mean of both ways: of .40, .45, .50, .55 the last two
lose one drift on the sets read for errors, the first adds none."""
AHEAD, BEHIND = 40, 25
"""Characters after and before a word of quantity that say what it measures."""
WINDOW = 30
"""Characters around these words in the other sentence within which a word of quantity still measures them."""

_STEPS: tuple[tuple[int, str], ...] = (
    (1, r"(?:only |just )?(?:(?:some|several|any|a minority) of|a few|few|(?:some )?parts of|a part of|part of the|partly|"
        r"partially|in part|a handful of|a number of|several|some)(?! \d)"),
    (2, r"many|much of|(?:large parts|a large part|a good part) of|numerous"),
    (3, r"most(?: of)?|mostly|mainly|largely|in the main|for the most part|predominantly|chiefly|"
        r"primarily|(?:the|a) (?:majority|bulk) of|"
        r"the (?:greater|larger|better|best) part of|"
        r"(?:by|with) majority"),
    (4, r"(?:almost|nearly|virtually) (?:all|every|everyone|entirely|completely|totally)|almost|all but"),
    (5, r"all(?: of)?|every|each|the whole(?: of)?|whole|the entire|entire|completely|entirely|totally|wholly|fully|"
        r"unanimous(?:ly)?|throughout|everyone|everybody"),
)  # fmt: skip
"""Words of quantity by how much they mean; those of one step may stand for one another."""
QUANTITY = re.compile(rf"\b(?:{'|'.join(f'(?P<s{n}>{words})' for n, words in _STEPS[::-1])})\b", re.IGNORECASE)
_IDIOM = re.compile(
    r"\b(?:at all|after all|above all|all[- ]out|all right|most likely|most recent(?:ly)?|all the same|all over|in all|of all|"
    r"once and for all|at most|any (?:more|longer|time)|first of all|all along|all day|all night|all[- ]?time|each other|"
    r"every (?:day|week|month|year|time|hour)|some (?:time|day|kind|sort|form)|the most|almost (?:immediately|certainly))\b|"
    r"\bmost (?=\w+(?:ed|ing|al|ous|ive|ful|ant|ent|ic|y)\b)",
    re.IGNORECASE,
)
"""Where a word of quantity measures nothing: superlatives, fixed phrases."""
_NUMBER = re.compile(
    r"\s+(?:\d|one\b|two\b|three\b|four\b|five\b|six\b|seven\b|eight\b|nine\b|ten\b|\w+teen\b|\w+ty\b|a (?:dozen|hundred))", re.I
)


class Quantity(NamedTuple):
    """A word of quantity, its step on the scale (1: some .. 5: all), its place, and the terms around it."""

    word: str
    step: int
    start: int
    end: int
    near: tuple[Term, ...]


def scope_drifts(child: Passages, parent: Passages, aligned: Sequence[Sequence[tuple[float, Passage]]]) -> list[Drift]:
    """Changed quantities, at most one for a sentence of either."""
    found = [
        (share, mine.start, drift, passage.number, other.number)
        for passage, others in zip(child.all, aligned, strict=True)
        for score, other in others[:1]
        if score >= RELATED
        for share, mine, drift in _changes(child, parent, passage, other)
    ]
    seen: set[tuple[str, int]] = set()
    out = []
    for _, _, drift, ours, theirs in sorted(found, key=lambda f: (-f[0], f[1])):
        if seen.isdisjoint({("child", ours), ("parent", theirs)}):
            seen |= {("child", ours), ("parent", theirs)}
            out.append(drift)
    return out


def _changes(child: Passages, parent: Passages, passage: Passage, other: Passage) -> Iterator[tuple[float, Quantity, Drift]]:
    ours, theirs = list(_quantities(passage)), list(_quantities(other))
    for mine in ours:
        for word in theirs:
            share = (_told(mine, other, word) + _told(word, passage, mine)) / 2
            if share >= AGREED and mine.step != word.step:
                source, target = parent.cite(other, (word.start, word.end)).id, child.cite(passage, (mine.start, mine.end)).id
                yield share, mine, Drift("scope", source, target, f"{word.word} becomes {mine.word}")


def _quantities(passage: Passage) -> Iterator[Quantity]:
    idioms = [m.span() for m in _IDIOM.finditer(passage.text)]
    for m in QUANTITY.finditer(passage.text):
        if any(a < m.end() and m.start() < b for a, b in idioms) or _NUMBER.match(passage.text, m.end()):
            continue
        step = next(n for n, _ in _STEPS if m[f"s{n}"])
        start, end = passage.start + m.start(), passage.start + m.end()
        near = tuple(
            t
            for t in passage.terms
            if (start - BEHIND <= t.start and t.end <= start) or (end <= t.start and t.end <= end + AHEAD)
        )
        if len(near) >= 2:
            yield Quantity(m.group(), step, start, end, near)


def _told(quantity: Quantity, passage: Passage, counterpart: Quantity) -> float:
    """Share of the words around ``quantity`` that stand around ``counterpart`` in the other sentence."""
    near = [
        t for t in passage.terms if counterpart.start - BEHIND - WINDOW <= t.start and t.end <= counterpart.end + AHEAD + WINDOW
    ]
    return told_among(quantity.near, near)
