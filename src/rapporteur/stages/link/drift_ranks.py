"""Drift of a person's title along one derivation: a "Vice Minister" who becomes "Minister", a director who becomes the chief."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Literal, NamedTuple

from rapporteur.language.gazetteer import country_of
from rapporteur.model.claims import Mention
from rapporteur.model.lineage import Drift
from rapporteur.stages.link.passages import Passage, Passages
from rapporteur.stages.link.synonyms import senses
from rapporteur.stages.link.terms import stem
from rapporteur.stages.link.voices import INSTITUTIONS

_STEPS = {w: w for w in ("deputy", "former", "acting", "assistant", "interim")} | {"vice": "deputy"}
_STEPS |= dict.fromkeys(("ex", "once", "onetime", "retired"), "former")
"""Words that set one office apart from another of the same name, with the one word for those that say the same."""
_OFFICES = frozenset(
    "minister secretary president premier chancellor director chief commander governor mayor spokesman spokeswoman spokesperson "
    "ambassador envoy chairman chairwoman head commissioner judge prosecutor senator lawmaker speaker adviser inspector "
    "superintendent coordinator representative negotiator mediator leader councillor councilor administrator".split()
)
_MATTERS = frozenset(
    "prime foreign interior home defence defense finance economy economic justice trade education health agriculture energy oil "
    "transport labour labor environment information culture security intelligence press police army navy air local provincial "
    "regional federal national state district city municipal".split()
)
"""What a minister or an officer is for, and at which level: "the interior minister" is not the defence minister."""
_SPELT = {"defense": "defence", "labor": "labour"}
_HEADS = frozenset("chief chairman chairwoman head commissioner leader".split())
"""Words for who leads a body: the chief of police is its head and its commissioner."""
_WORD = re.compile(r"[^\W\d_]+")
_POSSESSED = re.compile(r"[^\W\d_]+['’]s?\b")
_CLAUSE = re.compile(r"(?:who|which|whose|whom|that|where)\b", re.IGNORECASE)
_BEFORE = re.compile(r"((?:[\w'’-]+\s+){1,8}[\w'’-]+),\s*$")
_AFTER = re.compile(r"^,\s*((?:[\w'’-]+\s*){1,8})")


class Title(NamedTuple):
    """One office of one person: the words that set it apart, whose it is (countries; other bodies), and where it stands."""

    steps: frozenset[str]
    countries: frozenset[str]
    bodies: frozenset[str]
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
        whose = _others(before, after, "countries") or _others(before, after, "bodies")
        if whose:
            return before[0], after[0], f"{office}: {whose[0]} becomes {whose[1]}"
    if len(theirs) == len(ours) == 1:
        (one, before), (other, after) = next(iter(theirs.items())), next(iter(ours.items()))
        if one != other and not {one, other} <= _HEADS and not senses(stem(one)) & senses(stem(other)):
            return before[0], after[0], f"{_said(before[0], one)} becomes {_said(after[0], other)}"
    return None


def _others(before: Sequence[Title], after: Sequence[Title], field: Literal["countries", "bodies"]) -> tuple[str, str] | None:
    """Whose an office is, before and after, where both reports say it and nobody is named in both."""
    theirs, ours = ({w for t in titles for w in getattr(t, field)} for titles in (before, after))
    if not theirs or not ours or theirs & ours or (field == "bodies" and not (theirs | ours) & (INSTITUTIONS | _MATTERS)):
        return None
    return ", ".join(sorted(theirs)), ", ".join(sorted(ours))


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
            if _CLAUSE.match(role):
                continue
            forms = _WORD.findall(_POSSESSED.sub(lambda p: p.group().split("'")[0].split("’")[0].title(), role))
            words = [w.casefold() for w in _WORD.findall(_POSSESSED.sub("", role))]
            office = next((w for w in words if w in _OFFICES), None)
            if office:
                steps = frozenset(_STEPS[w] for w in words if w in _STEPS)
                countries = frozenset(c for w in forms if (c := country_of(w)))
                out[name][office].append(Title(steps, countries, _bodies(forms), passage, (start, end)))
    return out


def _bodies(forms: Sequence[str]) -> frozenset[str]:
    """Words of a title for what it is of: institutions, and names that are no country's ("a Maoist negotiator")."""
    if any(len(w) > 1 and w.isupper() for w in forms):
        return frozenset()  # an abbreviation, which the other report may spell out
    named = (w for w in forms[:-1] if w[0].isupper() and w.casefold() not in _OFFICES | _STEPS.keys() and not country_of(w))
    folded = {_SPELT.get(w.casefold(), w.casefold()) for w in forms[:-1]}
    return frozenset(
        {_SPELT.get(w.casefold(), w.casefold()) for w in named}
        | {w for w in folded if w in INSTITUTIONS | _MATTERS}
        | {w.casefold() for w in forms if w.casefold() in INSTITUTIONS}
    )


def _roles(passage: Passage, mention: Mention) -> list[tuple[str, int, int]]:
    start, end = mention.span.start, mention.span.end
    if mention.role:
        at = passage.text.find(mention.role)
        low = passage.start + at if at >= 0 else start
        return [(mention.role, min(low, start), max(low + len(mention.role), end) if at >= 0 else end)]
    before = _BEFORE.search(passage.text[: start - passage.start])
    after = _AFTER.search(passage.text[end - passage.start :])
    return [
        (m[1], passage.start + at + m.start(1), passage.start + at + m.end(1))
        for m, at in ((before, 0), (after, end - passage.start))
        if m
    ]
