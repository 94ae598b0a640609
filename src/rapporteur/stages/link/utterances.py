"""Utterances: the same statement in several reports, with its variants and attributions.

Two statements are one utterance when the shorter one's words stand, in order, in the longer one (containment of word pairs), as
when a quotation is cut, or when both say nearly the same in reports that go back to one. A shared utterance makes two reports
witnesses of one speaker; it does not make one report derive from the other.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from rapporteur.model.claims import StatementClaim
from rapporteur.model.lineage import Utterance
from rapporteur.model.reading import Reading
from rapporteur.stages.link.items import Base, Item, key_of, placed
from rapporteur.stages.link.pool import Nothing, Pool
from rapporteur.stages.link.settling import settle
from rapporteur.stages.link.terms import STOP_WORDS

QUOTED = 0.6
"""Least share of the shorter one's word pairs found in the longer, where at least one of the two is quoted."""
PARAPHRASED = 0.6
"""Least share of the shorter one's words found in the longer, for statements of related reports by one speaker."""
MIN_PAIRS = 4
"""Word pairs in common: shorter phrases ("no comment at this time") are said by many."""
SAME_LENGTH = 0.8
"""Share of the longer one's words that the shorter has, from which on no "not" was cut away with the rest. Of 223
utterances of 181 reports none is another at .5, .65, .95 or without it: it is for the rare pair that only a "not" parts."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_SHORT_FORMS = {"'ve": " have", "'re": " are", "n't": " not", "'ll": " will", "'m": " am"}


class Said(Item, frozen=True, array_like=True, gc=False, tag="said"):
    """One statement: ``spoken`` are the words of its content, ``about`` their stems without function words, ``denies`` whether it
    says no (the last two for those who look for contradictions)."""

    claim: StatementClaim
    spoken: tuple[str, ...]
    about: frozenset[str] = frozenset()
    denies: bool = False


def find_utterances(readings: Sequence[Reading], related: Callable[[str, str], bool]) -> tuple[Utterance, ...]:
    """Utterances of two or more statements, sorted by id. ``related``: whether two reports, by id, go back to one."""

    def likeness(a: Item, b: Item) -> float:
        assert isinstance(a, Said) and isinstance(b, Said), "nothing else is in the pool"
        return one_utterance(a, b, related=related(a.report, b.report))

    pool = Pool(Nothing(), said_keys)
    items = [
        said(c, Base(*placed(c.id, r.report, i), None, 0.0, frozenset(), None))
        for r in readings
        for i, c in enumerate(r.claims)
        if isinstance(c, StatementClaim)
    ]
    pool.add(items)
    groups = pool.members(settle(pool, likeness, items, (), ()).touched)
    found = [utterance([i for i in g if isinstance(i, Said)]) for g in groups.values() if len(g) > 1]
    return tuple(sorted(found, key=lambda u: u.id))


def said(claim: StatementClaim, base: Base, about: frozenset[str] = frozenset(), *, denies: bool = False) -> Said:
    """A statement with what it is compared by."""
    text = " ".join(s.exact for s in claim.content).casefold().replace("’", "'")
    for short, long in _SHORT_FORMS.items():
        text = text.replace(short, long)
    return Said(*base, claim, tuple(_WORD.findall(text)), about, denies)


def said_keys(item: Item) -> list[int]:
    """Under what a statement is looked up: two words in a row that are no function words, which cuts and light edits keep; all of
    it, where it has no two."""
    assert isinstance(item, Said), "nothing else is looked up by these keys"
    words = [w for w in item.spoken if w not in STOP_WORDS]
    return [key_of("said", *pair) for pair in dict.fromkeys(itertools.pairwise(words))] or [key_of("said", *item.spoken)]


@lru_cache(maxsize=20_000)
def _pairs(words: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    return frozenset(itertools.pairwise(words))


def one_utterance(a: Said, b: Said, *, related: bool) -> float:
    """How surely two statements are one: 0, or the share of the shorter one that the longer holds. Two statements of one report
    are one only when one repeats the other's words; ``related``: their reports go back to one."""
    if related and a.spoken == b.spoken and a.report != b.report:
        return 1.0  # short as it may be: a copy repeats it
    one, other = _pairs(a.spoken), _pairs(b.spoken)
    (short, spoken), (long, whole) = sorted(((one, a.spoken), (other, b.spoken)), key=lambda p: len(p[0]))
    if not short:
        return 0.0
    if a.denies != b.denies and not related and len(spoken) >= SAME_LENGTH * len(whole):
        return 0.0  # "will leave" and "will not leave"; what is much shorter may be cut where the "not" stood
    common = len(short & long)
    contained = common / len(short)
    if a.report == b.report:
        return contained if contained >= 0.8 and common >= MIN_PAIRS else 0.0
    quoted = a.claim.form != "indirect" or b.claim.form != "indirect"
    if common >= MIN_PAIRS and contained >= QUOTED and (quoted or related or contained >= 0.8):
        return contained
    if not related or not _one_speaker(a.claim, b.claim):
        return 0.0
    content = {w for w in spoken if len(w) > 3}
    kept = len(content & set(whole)) / len(content) if content else 0.0
    # Below any overlap of word pairs: a statement belongs with those that keep its words.
    return kept / 10 if len(content) >= 4 and kept >= PARAPHRASED else 0.0


def _one_speaker(a: StatementClaim, b: StatementClaim) -> bool:
    """Whether the names agree as far as they go: a shared word of four letters or more that is capitalised or a role."""
    if a.speaker is None or b.speaker is None:
        return False
    x, y = ({w for w in _WORD.findall(c.resolved.casefold()) if len(w) > 3} for c in (a.speaker, b.speaker))
    return bool(x & y)


def utterance(members: Sequence[Said]) -> Utterance:
    """The utterance of one group. The speaker is the fullest name given; the id comes from the claims, so that it is stable."""
    claims = tuple(sorted(s.claim.id for s in members))
    named = [s.claim.speaker.resolved for s in members if s.claim.speaker and s.claim.terms == "on-record"]
    others = [s.claim.speaker.resolved for s in members if s.claim.speaker]
    speaker = max(named or others or ["unnamed speaker"], key=lambda n: (len(n), n))
    return Utterance("u-" + hashlib.sha256("\x1f".join(claims).encode()).hexdigest()[:10], speaker, claims)
