"""Drift of causes and places along one derivation: a causal word that is new, another place in the same passage."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapporteur.language.gazetteer import country_of
from rapporteur.model.claims import Mention
from rapporteur.model.lineage import Drift, DriftType
from rapporteur.stages.link.passages import Passage, Passages, Term, told_among, told_by

RETOLD = 0.5
"""Least similarity of two sentences for a changed word in them to count as a changed assertion."""
JOINED = 0.4
"""Least share of cause and of effect that one sentence of the parent tells."""
APART = 0.5
"""The same for two sentences, and for one of the child that tells both without saying which is the cause."""
LINKED = 0.3
"""Least share of cause and of effect on the two sides of another causal word, for it to join them already."""
PART = 2
"""Terms of a cause and of an effect at least."""

AROUND = 45
"""Characters on each side of a place that say what is there."""
SURELY = 0.6
"""Least share of these for a place that another sentence of the parent names to have come in the place of this sentence's."""

_CAUSES = re.compile(
    r"\b(?:because|due to (?:the|a|an|its|his|their)|owing to|as a result|in (?:response|reaction|retaliation|protest)|therefore|"
    r"thanks to|on account of|(?:which|that) is why|resulting in)\b",
    re.IGNORECASE,
)
_ONWARD = re.compile(
    r"(?:led|leads|lead|leading|giv\w+ rise) to|so that|(?:which|that) is why|(?:result|prompt|caus|trigger|forc)\w*|set\w* off",
    re.IGNORECASE,
)
"""Links that have the cause before them and the effect behind."""
_BACKWARD = re.compile(r"in (?:response|reaction|retaliation)|as a result|therefore", re.IGNORECASE)
_ORDER = re.compile(r"\b(?:after|following|when|as|amid)\b", re.IGNORECASE)
"""Words that say only that one thing came with or after another."""
_LINKS = re.compile(
    r"\b(?:(?:caus|prompt|lead|trigger|blam|respon|owing|reason|result|claim)\w*|led to|due to|forc(?:ed|ing)|so that|since|"
    r"set(?:s|ting)? off|(?<=, )as)\b",
    re.IGNORECASE,
)
"""Other words that may give a reason: where the parent has one, the cause is not new."""

_Aligned = Sequence[Sequence[tuple[float, Passage]]]


def wording_drifts(child: Passages, parent: Passages, aligned: _Aligned) -> list[Drift]:
    """Changed assertions, at most one of a type per sentence of the child."""
    out = []
    for passage, others in zip(child.all, aligned, strict=True):
        if not others or others[0][0] < RETOLD or len(passage.terms) < 4:
            continue
        other = others[0][1]
        neighbours = [p for _, p in others[1:]]
        for kind, ours, theirs, note in (
            *_cause(parent, passage, child.all[passage.number - 1] if passage.number else None),
            *_unlinked(passage, other),
            *_where(passage, other, neighbours),
        ):
            source = parent.cite(parent.at(theirs[0]) or other, theirs)
            out.append(Drift(kind, source.id, child.cite(passage, ours).id, note))
    return out


_Found = tuple[DriftType, tuple[int, int], tuple[int, int], str]


def _cause(parent: Passages, passage: Passage, before: Passage | None) -> list[_Found]:
    """The child joins by a causal word what the parent tells, in one sentence or two, without one."""
    m = _CAUSES.search(passage.text)
    if m is None:
        return []
    cause, effect = _joined(passage, m, before)
    if len(cause) < PART or len(effect) < PART:
        return []
    both = [p for p in parent.all if _tells_both(p, cause, effect) >= JOINED]
    if both:
        tellers = [max(both, key=lambda p: (told_by(cause, p.keys, p.senses), -p.number))]
    else:
        tellers = [max(parent.all, key=lambda p: (told_by(part, p.keys, p.senses), -p.number)) for part in (cause, effect)]
        weakest = min(told_by(part, p.keys, p.senses) for part, p in zip((cause, effect), tellers, strict=True))
        if weakest < APART or abs(tellers[0].number - tellers[1].number) > 2:
            return []
    near = [parent.all[n] for p in tellers for n in range(max(0, p.number - 1), min(len(parent.all), p.number + 2))]
    if any(_CAUSES.search(p.text) for p in near):
        return []
    if any(_linked(p, link, cause, effect) for p in tellers for link in _LINKS.finditer(p.text)):
        return []
    at = passage.start + m.start()
    told = max(near, key=lambda p: (told_by(cause, p.keys, p.senses), p in tellers, -p.number))
    return [("cause", (at, at + len(m.group())), (told.start, told.end), f"“{m.group()}” is new")]


def _unlinked(passage: Passage, other: Passage) -> list[_Found]:
    """The parent gives a cause for what the child tells one after the other."""
    m = _CAUSES.search(other.text)
    if m is None or _CAUSES.search(passage.text) or _LINKS.search(passage.text) or not _ORDER.search(passage.text):
        return []
    cause, effect = _joined(other, m, None)
    if len(cause) < PART or len(effect) < PART or _tells_both(passage, cause, effect) < APART:
        return []
    n = _ORDER.search(passage.text)
    ours = (passage.start + n.start(), passage.start + n.end()) if n else (passage.start, passage.end)
    theirs = other.start + m.start(), other.start + m.end()
    return [("cause", ours, theirs, f"“{m.group()}” is gone")]


def _joined(passage: Passage, m: re.Match[str], before: Passage | None) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    """Terms of cause and of effect that a causal word joins: what stands after it and before it, or, at the beginning of a
    sentence, up to a comma and after it; "In response" and the like have their cause in the sentence before."""
    at = passage.start + m.start()
    effect = tuple(t for t in passage.terms if t.end <= at)
    cause = tuple(t for t in passage.terms if t.start >= passage.start + m.end())
    if effect and _ONWARD.fullmatch(m.group()):
        return effect, cause
    if effect:
        return cause, effect
    if _BACKWARD.fullmatch(m.group()) and passage.text[m.end() : m.end() + 1] == ",":
        return (before.terms if before else ()), cause
    comma = passage.text.find(",", m.end())
    cut = passage.start + comma if comma > 0 else passage.end
    return tuple(t for t in cause if t.end <= cut), tuple(t for t in cause if t.start > cut)


def _linked(passage: Passage, link: re.Match[str], cause: Sequence[Term], effect: Sequence[Term]) -> bool:
    """Whether a causal word of a sentence may join what the child calls cause and effect, in this order."""
    reason, outcome = _joined(passage, link, None)
    return not reason or not outcome or (told_among(cause, reason) >= LINKED and told_among(effect, outcome) >= LINKED)


def _tells_both(passage: Passage, cause: Sequence[Term], effect: Sequence[Term]) -> float:
    return min(told_by(cause, passage.keys, passage.senses), told_by(effect, passage.keys, passage.senses))


def _where(passage: Passage, other: Passage, neighbours: Sequence[Passage]) -> list[_Found]:
    """The child names a place where the parent's passage names another that the child leaves out."""
    ours = [m for m in passage.mentions if m.kind == "place" and _located(passage, m)]
    theirs = [m for m in other.mentions if m.kind == "place" and _located(other, m)]
    if not ours or not theirs:
        return []
    new = [m for m in ours if not _named(m, (other,)) and (not _named(m, neighbours) or _in_place(passage, m, other, theirs))]
    gone = [m for m in theirs if not _named(m, (passage,))]
    for m in new:
        # A name that stands nowhere in the parent's passage but replaces one there, with the same words around it.
        twin = next((g for g in gone if _level(g) == _level(m)), None)
        if twin is not None:
            return [
                (
                    "place",
                    (m.span.start, m.span.end),
                    (twin.span.start, twin.span.end),
                    f"{twin.span.exact} becomes {m.span.exact}",
                )
            ]
    return []


def _in_place(passage: Passage, mention: Mention, other: Passage, theirs: Sequence[Mention]) -> bool:
    """Whether the words around the place stand around one of ``theirs`` that the child's sentence leaves out."""
    near = passage.near(mention.span.start, mention.span.end, AROUND)
    around = (other.near(m.span.start, m.span.end, AROUND) for m in theirs if not _named(m, (passage,)))
    return len(near) >= 2 and any(told_among(near, words) >= SURELY for words in around)


_LOCATING = re.compile(
    r"\b(?:in|at|near|from|of|to|outside|around|across|inside|on)\s+(?:the\s+)?(?:[\w-]+\s+){0,3}$", re.IGNORECASE
)


def _located(passage: Passage, mention: Mention) -> bool:
    """Whether the place says where: "Moscow will help" names a government."""
    return bool(_LOCATING.search(passage.text[: mention.span.start - passage.start][-60:]))


def _named(mention: Mention, passages: Sequence[Passage]) -> bool:
    """Whether one of these sentences has the name, or another name of the same country."""
    name, country = mention.span.exact.casefold(), country_of(mention.span.exact)
    if any(name in p.text.casefold() for p in passages):
        return True
    said = {w for p in passages for w in _NAME.findall(p.text)}
    return country is not None and any(country_of(w) == country for w in said)


_NAME = re.compile(r"(?:[A-Z]\.){2,}|[A-Z][\w'’]*(?:\s[A-Z][\w'’]*)?")


def _level(mention: Mention) -> bool:
    return country_of(mention.span.exact) is not None
