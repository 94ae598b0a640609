"""Drift of how far a deed has come along one derivation: what could be done and will be (modality), what is to be done and is
done, or the other way (status).

A deed is a verb that both sentences have, by stem or sense; how far it has come is told by the words right before it ("could",
"is expected to", "will", "has") and by its form. Words of doubt that stand further off are compared by ``drift_hedges``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from rapporteur.model.lineage import Drift, DriftType
from rapporteur.stages.link.passages import Passage, Passages, Term, told_among

RELATED = 0.3
"""Least similarity of two sentences for their verbs to be compared: of .2, .3, .4 the last loses one drift on seven read sets."""
AGREED = 0.25
"""Least share of the words around the child's verb that stand around the parent's. The verbs agree: of .1, .25, .4 and .5 the
last two lose one drift on these sets."""
AROUND = 60
"""Characters on each side of a verb that say who does what."""
BEFORE = 60
"""Characters before a verb in which the words that go with it stand."""

Mode = Literal["asked", "possible", "expected", "due", "resolved", "would", "future", "done"]

# What may stand between such a word and its verb: "will probably be opened", "to find and arrest".
_BETWEEN = (
    r"(?:(?:not|also|already|now|soon|then|later|again|still|ever|just|only|never|each|both|all|be|been|have|being|even|"
    r"\w+ly|and|to)\s+){0,3}$"
)
_CUES: tuple[tuple[Mode, str], ...] = (
    ("possible", "could|may|might|possibly|perhaps|probably|chances?_to|able_to|ready_to|willing_to"),
    (
        "expected",
        r"(?:expect\w*|(?:un)?likely|plan(?:s|ned|ning)?|hop(?:e|es|ed|ing)|inten\w+|aim\w*|supposed|prepar\w+|"
        r"propos\w+|want\w*|wish\w*|pledg\w+|promis\w+|vow\w*|threat\w+|offer\w*)_to",
    ),
    ("due", "(?:due|scheduled|set|about|is|are|was|were|yet)_to"),
    ("resolved", r"(?:agree\w*|decid\w+|resolv\w+)_to"),
    ("asked", r"(?:ask|call|urg|order|press|appeal|request|tell|told|invit|demand|instruct)\w*_(?:\w+_){0,5}?to"),
    ("asked", r"should|must|ought_to|need\w*_to"),
    ("would", "would"),
    ("future", "will|shall|going_to|['’]ll"),
    ("done", "has|have|had"),
)
_MODES: tuple[tuple[Mode, re.Pattern[str]], ...] = tuple(
    (mode, re.compile(r"\b(?:" + words.replace("_", r"\s+") + r")\s+" + _BETWEEN, re.IGNORECASE)) for mode, words in _CUES
)
_PASSIVE = re.compile(r"\b(?:was|were)\s+(?:\w+ly\s+|already\s+|later\s+|then\s+)?$", re.IGNORECASE)
_NO_DEED = re.compile(
    r"\b(?:to|be|being|is|are|the|an?|of|in|by|for|on|at|with|and|or|its|his|her|their|who|not|never|no|been|from|if|unless|"
    r"would|will|can|could|may|might|must|should|that|was|were)\s+$",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:not|never|no|nor|neither|yet|without|deni\w+)\b|n['’]t\b", re.IGNORECASE)
_DOUBTFUL = re.compile(r"\b(?:if|unless|whether|until|once|when)\b", re.IGNORECASE)

# "Would" for "will" is only reported speech, "is to" for "could" hardly a change: pairs that are not here say nothing.
_CHANGES: dict[tuple[Mode, Mode], DriftType] = {
    ("possible", "future"): "modality",
    ("possible", "done"): "modality",
    ("future", "possible"): "modality",
    ("would", "possible"): "modality",
    ("done", "possible"): "modality",
    ("expected", "future"): "modality",
    ("asked", "future"): "modality",
    ("expected", "done"): "status",
    ("due", "done"): "status",
    ("done", "due"): "status",
    ("asked", "done"): "status",
    ("resolved", "done"): "status",
    ("would", "done"): "status",
    ("future", "done"): "status",
    ("done", "future"): "status",
    ("done", "expected"): "status",
}


class Deed(NamedTuple):
    """One verb of a sentence, how far it has come, and the words that say so."""

    term: Term
    mode: Mode
    cue: str


def mode_drifts(child: Passages, parent: Passages, aligned: Sequence[Sequence[tuple[float, Passage]]]) -> dict[int, Drift]:
    """Deeds that have come further, or less far, by the number of the child's sentence, at most one for a sentence of either."""
    found = [
        (share, passage, other, theirs, ours, kind)
        for passage, others in zip(child.all, aligned, strict=True)
        for score, other in others[:1]
        if score >= RELATED
        for share, theirs, ours, kind in _changes(passage, other)
    ]
    seen: set[int] = set()
    out: dict[int, Drift] = {}
    for _, passage, other, theirs, ours, kind in sorted(found, key=lambda f: (-f[0], f[4].term.start, f[3].term.start)):
        if passage.number not in out and other.number not in seen:
            seen.add(other.number)
            source = parent.cite(other, (theirs.term.start, theirs.term.end)).id
            target = child.cite(passage, (ours.term.start, ours.term.end)).id
            out[passage.number] = Drift(kind, source, target, f"{theirs.cue} becomes {ours.cue}")
    return out


def _changes(passage: Passage, other: Passage) -> Iterator[tuple[float, Deed, Deed, DriftType]]:
    ours = list(_deeds(passage, other))
    theirs = list(_deeds(other, passage)) if ours else []
    for mine in ours:
        same = [d for d in theirs if d.term.key == mine.term.key or d.term.senses & mine.term.senses]
        if not same or any(d.mode == mine.mode for d in same):
            continue
        for deed in same:
            kind = _CHANGES.get((deed.mode, mine.mode))
            if kind is None or _negated(passage, mine) != _negated(other, deed):
                continue
            near = passage.near(mine.term.start, mine.term.end, AROUND)
            around = other.near(deed.term.start, deed.term.end, 2 * AROUND)
            share = told_among(near, around)
            if share >= AGREED:
                yield share, deed, mine, kind


def _deeds(passage: Passage, other: Passage) -> Iterator[Deed]:
    """The verbs of a sentence that ``other`` has too, by stem or sense."""
    for term in passage.terms:
        if term.name or not (term.key in other.keys or term.senses & other.senses):
            continue
        at = term.start - passage.start
        before, word = passage.text[max(0, at - BEFORE) : at], passage.text[at : term.end - passage.start]
        found = next(((mode, m) for mode, pattern in _MODES if (m := pattern.search(before))), None)
        if _DOUBTFUL.search(before) or word.endswith("ly"):
            continue
        if found is not None and not (found[0] == "done" and word.endswith("ing")):
            yield Deed(term, found[0], f"“{' '.join(found[1].group().split())} {word}”")
        elif (_PASSIVE.search(before) and not word.endswith("ing")) or (word.endswith("ed") and not _NO_DEED.search(before)):
            yield Deed(term, "done", f"“{word}”")


def _negated(passage: Passage, deed: Deed) -> bool:
    at = deed.term.start - passage.start
    return bool(_NOT.search(passage.text[max(0, at - 40) : at]))
