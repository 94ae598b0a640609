"""Utterances: the same statement in several reports, with its variants and attributions.

Two statements are one utterance when the shorter one's words stand, in order, in the longer one (containment of word pairs), as
when a quotation is cut, or when both say nearly the same in reports of one family. A shared utterance makes two reports
witnesses of one speaker; it does not make one report derive from the other.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapporteur.model.claims import StatementClaim
from rapporteur.model.lineage import Utterance
from rapporteur.model.reading import Reading
from rapporteur.stages.link.families import Sets

QUOTED = 0.6
"""Least share of the shorter one's word pairs found in the longer, where at least one of the two is quoted."""
PARAPHRASED = 0.6
"""Least share of the shorter one's words found in the longer, for statements of reports of one family by one speaker."""
MIN_PAIRS = 4
"""Word pairs in common: shorter phrases ("no comment at this time") are said by many."""
MAX_POSTINGS = 40
"""A word pair that more statements share is a common phrase and finds no candidates."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_SHORT_FORMS = {"'ve": " have", "'re": " are", "n't": " not", "'ll": " will", "'m": " am"}


@dataclass(frozen=True, slots=True)
class Said:
    """One statement with what it is compared by."""

    claim: StatementClaim
    report: str
    words: tuple[str, ...]
    pairs: frozenset[tuple[str, str]]


def find_utterances(readings: Sequence[Reading], family: Mapping[str, str]) -> tuple[Utterance, ...]:
    """Utterances of two or more statements, sorted by id. ``family`` maps a report id to the name of its derivation family."""
    said = sorted(
        (_said(c, r.report.id) for r in readings for c in r.claims if isinstance(c, StatementClaim)), key=lambda s: s.claim.id
    )
    sets = Sets(s.claim.id for s in said)
    for a, b in _candidates(said):
        same_family = family.get(said[a].report, said[a].report) == family.get(said[b].report, said[b].report)
        if one_utterance(said[a], said[b], same_family=same_family):
            sets.join(said[a].claim.id, said[b].claim.id)
    groups: dict[str, list[Said]] = defaultdict(list)
    for s in said:
        groups[sets.find(s.claim.id)].append(s)
    return tuple(sorted((_utterance(g) for g in groups.values() if len(g) > 1), key=lambda u: u.id))


def _said(claim: StatementClaim, report: str) -> Said:
    text = " ".join(s.exact for s in claim.content).casefold().replace("’", "'")
    for short, long in _SHORT_FORMS.items():
        text = text.replace(short, long)
    words = tuple(_WORD.findall(text))
    return Said(claim, report, words, frozenset(itertools.pairwise(words)))


def _candidates(said: Sequence[Said]) -> list[tuple[int, int]]:
    postings: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, s in enumerate(said):
        for pair in s.pairs:
            postings[pair].append(i)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for found in postings.values():
        if 1 < len(found) <= MAX_POSTINGS:
            for k, a in enumerate(found):
                for b in found[k + 1 :]:
                    shared[a, b] += 1
    return sorted(pair for pair, count in shared.items() if count >= 2)


def one_utterance(a: Said, b: Said, *, same_family: bool) -> bool:
    """Whether two statements are one. Two statements of one report are one only when one repeats the other's words."""
    short, long = (a, b) if len(a.pairs) <= len(b.pairs) else (b, a)
    if not short.pairs:
        return False
    common = len(short.pairs & long.pairs)
    contained = common / len(short.pairs)
    if a.report == b.report:
        return contained >= 0.8 and common >= MIN_PAIRS
    quoted = a.claim.form != "indirect" or b.claim.form != "indirect"
    if common >= MIN_PAIRS and contained >= QUOTED and (quoted or same_family or contained >= 0.8):
        return True
    if not same_family or not _one_speaker(a.claim, b.claim):
        return False
    content = {w for w in short.words if len(w) > 3}
    return len(content) >= 4 and len(content & set(long.words)) >= PARAPHRASED * len(content)


def _one_speaker(a: StatementClaim, b: StatementClaim) -> bool:
    """Whether the names agree as far as they go: a shared word of four letters or more that is capitalised or a role."""
    if a.speaker is None or b.speaker is None:
        return False
    x, y = ({w for w in _WORD.findall(c.resolved.casefold()) if len(w) > 3} for c in (a.speaker, b.speaker))
    return bool(x & y)


def _utterance(members: Sequence[Said]) -> Utterance:
    """The speaker is the fullest name given; the id comes from the claims, so that it is stable."""
    claims = tuple(s.claim.id for s in members)
    named = [s.claim.speaker.resolved for s in members if s.claim.speaker and s.claim.terms == "on-record"]
    others = [s.claim.speaker.resolved for s in members if s.claim.speaker]
    speaker = max(named or others or ["unnamed speaker"], key=lambda n: (len(n), n))
    return Utterance("u-" + hashlib.sha256("\x1f".join(claims).encode()).hexdigest()[:10], speaker, claims)
