"""Drift of a person's title along one derivation: a "Vice Minister" who becomes "Minister"."""

from __future__ import annotations

from typing import NamedTuple

from rapporteur.model.lineage import Drift
from rapporteur.stages.link.passages import Passage, Passages

_STEPS = frozenset({"vice", "deputy", "former", "ex", "acting", "assistant"})
"""Words that set one office apart from another of the same name."""


class Titles(NamedTuple):
    """All words of the titles that a report gives to one person, and where the first title stands."""

    words: frozenset[str]
    passage: Passage
    place: tuple[int, int]


def rank_drifts(child: Passages, parent: Passages) -> list[Drift]:
    """Persons, by last name, whose titles share their office but not its rank in the two reports."""
    theirs, ours = _titles(parent), _titles(child)
    out = []
    for name in sorted(theirs.keys() & ours.keys()):
        before, after = theirs[name], ours[name]
        if before.words & _STEPS == after.words & _STEPS or not (before.words - _STEPS) & (after.words - _STEPS):
            continue
        source, target = parent.cite(before.passage, before.place), child.cite(after.passage, after.place)
        note = f"{_rank(before)} becomes {_rank(after)}"
        out.append(Drift("speaker", source.id, target.id, f"title of {name.title()}: {note}"))
    return out


def _rank(titles: Titles) -> str:
    return " ".join(sorted(titles.words & _STEPS)) or "no such word"


def _titles(passages: Passages) -> dict[str, Titles]:
    out: dict[str, Titles] = {}
    for m in passages.reading.mentions:
        passage = passages.at(m.span.start)
        if m.kind != "person" or not m.role or passage is None:
            continue
        name = m.span.exact.casefold().split()[-1]
        words = frozenset(w.strip(".,").casefold() for w in m.role.replace("-", " ").split())
        known = out.get(name)
        out[name] = known._replace(words=known.words | words) if known else Titles(words, passage, (m.span.start, m.span.end))
    return out
