"""Drift of a person's title along one derivation: a "Vice Minister" who becomes "Minister", a director who becomes the chief."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from rapporteur.model.claims import Mention
from rapporteur.model.lineage import Drift
from rapporteur.stages.link.passages import Passage, Passages
from rapporteur.stages.link.synonyms import senses
from rapporteur.stages.link.terms import stem

_STEPS = {w: w for w in ("vice", "deputy", "former", "acting", "assistant", "interim")}
_STEPS |= dict.fromkeys(("ex", "once", "onetime", "retired"), "former")
"""Words that set one office apart from another of the same name, with the one word for those that say the same."""
_OFFICES = frozenset(
    "minister secretary president premier chancellor director chief commander governor mayor spokesman spokeswoman spokesperson "
    "ambassador envoy chairman chairwoman head commissioner judge prosecutor senator lawmaker speaker adviser inspector "
    "superintendent coordinator representative".split()
)
_WORD = re.compile(r"[^\W\d_]+")
_BEFORE = re.compile(r"((?:[\w'’-]+\s+){1,8}[\w'’-]+),\s*$")
_AFTER = re.compile(r"^,\s*((?:[\w'’-]+\s*){1,8})")


class Title(NamedTuple):
    """One office of one person: the words that set it apart, and where it stands."""

    steps: frozenset[str]
    passage: Passage
    place: tuple[int, int]


def rank_drifts(child: Passages, parent: Passages) -> list[Drift]:
    """Persons, by last name, whose office has another rank in the child, or who have one quite other office; one for a person."""
    theirs, ours = _titles(parent), _titles(child)
    out = []
    for name in sorted(theirs.keys() & ours.keys()):
        found = _changed(theirs[name], ours[name])
        if found:
            before, after, note = found
            source, target = parent.cite(before.passage, before.place), child.cite(after.passage, after.place)
            out.append(Drift("speaker", source.id, target.id, f"title of {name.title()}: {note}"))
    return out


_Offices = dict[str, list[Title]]


def _changed(theirs: _Offices, ours: _Offices) -> tuple[Title, Title, str] | None:
    for office in sorted(theirs.keys() & ours.keys()):
        before, after = theirs[office], ours[office]
        if not {t.steps for t in before} & {t.steps for t in after}:
            return before[0], after[0], f"{_said(before[0], office)} becomes {_said(after[0], office)}"
    if len(theirs) == len(ours) == 1:
        (one, before), (other, after) = next(iter(theirs.items())), next(iter(ours.items()))
        if one != other and not senses(stem(one)) & senses(stem(other)):
            return before[0], after[0], f"{_said(before[0], one)} becomes {_said(after[0], other)}"
    return None


def _said(title: Title, office: str) -> str:
    return " ".join((*sorted(title.steps), office))


def _titles(passages: Passages) -> dict[str, _Offices]:
    """Last name to office to the titles with it, from the role of a name and from the apposition on either side of it."""
    out: dict[str, _Offices] = defaultdict(lambda: defaultdict(list))
    for m in passages.reading.mentions:
        passage = passages.at(m.span.start)
        if m.kind != "person" or passage is None:
            continue
        name = m.span.exact.casefold().split()[-1]
        for role, start, end in _roles(passage, m):
            words = [w.casefold() for w in _WORD.findall(role)]
            office = next((w for w in words if w in _OFFICES), None)
            if office:
                out[name][office].append(Title(frozenset(_STEPS[w] for w in words if w in _STEPS), passage, (start, end)))
    return out


def _roles(passage: Passage, mention: Mention) -> list[tuple[str, int, int]]:
    start, end = mention.span.start, mention.span.end
    if mention.role:
        return [(mention.role, start, end)]
    before = _BEFORE.search(passage.text[: start - passage.start])
    after = _AFTER.search(passage.text[end - passage.start :])
    return [
        (m[1], passage.start + at + m.start(1), passage.start + at + m.end(1))
        for m, at in ((before, 0), (after, end - passage.start))
        if m
    ]
