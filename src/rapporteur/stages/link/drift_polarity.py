"""Drift into the opposite along one derivation: denied and confirmed, "not" on one side only, a word and its antonym."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapporteur.model.lineage import Drift, DriftType
from rapporteur.stages.link.passages import Passage, Passages, Term, told_by

RETOLD = 0.5
"""Least similarity of two sentences for one to deny what the other confirms."""
RELATED = 0.3
"""The same for a single word to be compared where the words around it agree."""
AGREED = 0.6
"""Least share of the words around a "not" or an antonym that the other sentence has: at .5 half of the finds on dev are wrong."""
SURELY = 0.4
"""Similarity of two sentences from which the words that a "not" denies may tell by themselves."""
DENIED = 60
"""Characters after a "not" that it denies, up to the end of its clause: without that end three finds more on dev are wrong."""
MOST = 0.65
"""Least share of these words that the other sentence has."""
TELLING = 8.0
"""Least weight (nats) of these words together: at 6 the same is found, at 10 one drift on dev is lost."""
NEAR = 45
"""Characters on each side of the word that say what it is about."""

_DENIES = re.compile(
    r"\b(?:den(?:y|ied|ies|ying)|reject(?:s|ed|ing)?|refut(?:e|ed|es|ing)|dismiss(?:es|ed|ing)?|ruled out)\b", re.IGNORECASE
)
_CONFIRMS = re.compile(
    r"\b(?:confirm(?:s|ed|ing)?|acknowledg(?:e|ed|es|ing)|admit(?:s|ted|ting)?|accept(?:s|ed|ing)?)\b", re.IGNORECASE
)
_NOT = re.compile(
    r"(?:\b(?:not(?! (?:just|only|merely|least))|never|neither|nor|cannot|rather than|instead of|"
    r"(?:yet|fail(?:s|ed|ing)?|unable) to)\b|n['’]t\b|\bno\b(?! longer))",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(
    r"\b(?:fail\w*|refus\w*|declin\w*|lack\w*|off|halt\w*|stop\w*|ban\w*|bar(?:s|red)?|prevent\w*|forb\w+|prohibit\w*|avoid\w*|absen\w+|"
    r"little|few|hardly|barely|no longer|unable|neither|doubt\w*|none|nothing|nobody|yet to|still to|den(?:y|ied|ies)|reject\w*|"
    r"without|outside|against|beyond|dismiss\w*|ruled out|un\w+|free of|spared?|wrong|unlike)\b",
    re.IGNORECASE,
)
_EDGE = re.compile(r"[,;:()\"“”]|\s[–—-]+\s")
_COMPARED = re.compile(r"\b(?:\w+er|more|less|such|so) (?:than|since|a|an)\b|\b\w+ier\b", re.IGNORECASE)
_Found = tuple[float, DriftType, tuple[int, int], tuple[int, int], str]
"""Share of the words around that agree; the drift's type; places in the child and in the parent; what to say of it."""


def polarity_drifts(child: Passages, parent: Passages, aligned: Sequence[Sequence[tuple[float, Passage]]]) -> list[Drift]:
    """Opposites, at most one of a type for a sentence of the child and for one place of the parent: the best agreed."""
    found: list[tuple[_Found, Passage, Passage]] = []
    for passage, others in zip(child.all, aligned, strict=True):
        for score, other in others[:2]:
            if score >= RELATED:
                denied = _denied(passage, other) if score >= RETOLD else ()
                negated = _negated(passage, other, parent, sure=score >= SURELY)
                found += [(f, passage, other) for f in (*denied, *negated)]
    out: dict[tuple[DriftType, int, str], Drift] = {}
    for (_, kind, ours, theirs, note), passage, other in sorted(found, key=lambda f: (-f[0][0], f[0][2], f[0][3])):
        drift = Drift(kind, parent.cite(other, theirs).id, child.cite(passage, ours).id, note)
        if not any(k == kind and (n == passage.number or source == drift.source) for k, n, source in out):
            out[kind, passage.number, drift.source] = drift
    return list(out.values())


def _denied(passage: Passage, other: Passage) -> Iterator[_Found]:
    for one, two in ((passage, other), (other, passage)):
        no, yes = _DENIES.search(one.text), _CONFIRMS.search(two.text)
        if no and yes and not _DENIES.search(two.text) and not _CONFIRMS.search(one.text):
            ours, theirs = (no, yes) if one is passage else (yes, no)
            yield 1.0, "polarity", _place(passage, ours), _place(other, theirs), "denied in one, confirmed in the other"


def _place(passage: Passage, m: re.Match[str]) -> tuple[int, int]:
    return passage.start + m.start(), passage.start + m.end()


def _negated(passage: Passage, other: Passage, parent: Passages, *, sure: bool) -> Iterator[_Found]:
    """One side says "not" of words that the other states with nothing of the kind near them."""
    for one, two in ((passage, other), (other, passage)):
        for m in _NOT.finditer(one.text):
            start, end = _place(one, m)
            near = [t for t in one.terms if start - NEAR <= t.start and t.end <= end + NEAR]
            after = [t for t in near if end <= t.start <= end + 30][:2]
            hits = [h for t in after if (h := _hit(two, t))]
            share = told_by(near, two.keys, two.senses)
            edge = _EDGE.search(one.text, m.end())
            last = min(end + DENIED, one.start + edge.start() if edge else one.end)
            denied = [t for t in one.terms if end <= t.start <= last][:4]
            told = told_by(denied, two.keys, two.senses) if sure and sum(t.weight for t in denied) >= TELLING else 0.0
            if told < MOST and (len(hits) < 2 or len(near) < 3 or share < AGREED):
                continue
            if not hits or (one is passage and _said_so(parent, near)):
                continue
            around = _near(two, min(h.start for h in hits), max(h.end for h in hits))
            if _NOT.search(around) or _NEGATIVE.search(around) or _COMPARED.search(one.text[m.start() :]):
                continue
            there = (min(h.start for h in hits), max(h.end for h in hits))
            ours, theirs = ((start, end), there) if one is passage else (there, (start, end))
            yield share, "polarity", ours, theirs, f"“{m.group()}” stands in one only"


def _said_so(parent: Passages, about: Sequence[Term]) -> bool:
    """Whether some sentence of the parent tells most of this with a negation of its own."""
    return any(
        told_by(about, p.keys, p.senses) >= AGREED - 0.1 and (_NOT.search(p.text) or _NEGATIVE.search(p.text)) for p in parent.all
    )


def _hit(passage: Passage, term: Term) -> Term | None:
    return next((t for t in passage.terms if t.key == term.key or t.senses & term.senses), None)


def _near(passage: Passage, start: int, end: int) -> str:
    return passage.text[max(0, start - passage.start - NEAR) : end - passage.start + NEAR]
