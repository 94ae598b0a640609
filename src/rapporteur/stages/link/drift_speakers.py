"""Drift of attributions along one derivation: who is said to have said it (speaker, status), and whether anybody still is
(attribution-loss)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rapporteur.model.claims import Mention, Speaker, StatementClaim
from rapporteur.model.lineage import Drift
from rapporteur.stages.link.passages import Passage, Passages, Term, nearest_claim, terms_of, told_by
from rapporteur.stages.link.synonyms import senses
from rapporteur.stages.link.terms import STOP_WORDS, stem

SAME_CONTENT = 0.5
"""Least share of the child's content that the parent's content tells, for the two to be one statement."""
RETOLD = 0.55
"""Least share of a child's sentence that the content of one statement of the parent tells, for it to restate that content."""

_WORD = re.compile(r"[^\W\d_]+(?:['’]s)?")
_ATTRIBUTING = (
    r"said says? saying told tells according reported(?:ly)? reports? claim\w* alleg\w* announc\w* add(?:ed|s) "
    r"stat(?:ed|es|ement) quot\w* cit(?:ed|ing|es) believ\w* estimat\w* thought think\w* accus\w* blam\w* warn\w* "
    r"insist\w* den(?:y|ied|ies) confirm\w* acknowledg\w* admit\w* maintain\w* argu\w* explain\w* not(?:ed|es|ing) "
    r"suggest\w* predict\w* expect\w* promis\w* vow\w* pledg\w* apparent\w* suppos\w* officials? spokes\w+ sources? view "
    r"words? opinion accounts? call\w* describ\w* fear\w* hop\w* complain\w* critici[sz]\w* urg\w* demand\w* rul\w* held "
    r"recall\w* remark\w* declar\w* stress\w* emphasi[sz]\w*"
).split()
_ATTRIBUTED = re.compile(rf"\b(?:{'|'.join(_ATTRIBUTING)})\b", re.IGNORECASE)
"""Words that may attribute. Where one stands in or beside a sentence, it is not called unattributed: silence is not proven."""

_GROUPS = "officials sources witnesses activists analysts observers residents locals diplomats aides experts people members"
_PLURAL = re.compile(rf"\b(?:{'|'.join(_GROUPS.split())})\b", re.IGNORECASE)
_ANONYMOUS_ROLES = frozenset(
    "official officials source sources witness witnesses diplomat officer aide adviser resident observer expert analyst activist "
    "man woman person member".split()
)


def speaker_drifts(child: Passages, parent: Passages, aligned: Sequence[Sequence[tuple[float, Passage]]]) -> list[Drift]:
    """Changed and lost attributions, at most one of a kind per pair of speakers and per statement."""
    theirs = [c for c in parent.reading.claims if isinstance(c, StatementClaim)]
    ours = [c for c in child.reading.claims if isinstance(c, StatementClaim)]
    told = {c.id: _content_terms(parent, c) for c in theirs}
    out: dict[tuple[str, str], Drift] = {}
    for claim in ours:
        best = _best_statement(_content_terms(child, claim), theirs, told)
        if best is None or claim.speaker is None or best.speaker is None:
            continue
        kind = _speaker_change(child, parent, claim, best)
        if kind:
            key = (best.speaker.resolved, claim.speaker.resolved)
            note = f"{best.speaker.resolved} becomes {claim.speaker.resolved}"
            out.setdefault(key, Drift("status" if kind == "status" else "speaker", best.id, claim.id, note))
    return [*out.values(), *_lost(child, parent, aligned, theirs, told)]


def _content_terms(passages: Passages, claim: StatementClaim) -> tuple[Term, ...]:
    return tuple(t for s in claim.content for t in terms_of(passages.reading.report.text, s.start, s.end))


def _best_statement(
    terms: Sequence[Term], theirs: Sequence[StatementClaim], told: dict[str, tuple[Term, ...]]
) -> StatementClaim | None:
    best, found = SAME_CONTENT, None
    keys = frozenset(t.key for t in terms)
    meanings = frozenset(s for t in terms for s in t.senses)
    if len(terms) < 3:
        return None
    for other in theirs:
        content = told[other.id]
        if len(content) < 3:
            continue
        there = told_by(terms, frozenset(t.key for t in content), frozenset(s for t in content for s in t.senses))
        back = told_by(content, keys, meanings)
        score = (2 * there + back) / 3
        if score > best:
            best, found = score, other
    return found


def _speaker_change(child: Passages, parent: Passages, a: StatementClaim, b: StatementClaim) -> str | None:
    assert a.speaker is not None
    assert b.speaker is not None
    x, y = _described(child, a.speaker), _described(parent, b.speaker)
    if not x or not y:
        return None
    names_a, names_b = _names(child, a.speaker), _names(parent, b.speaker)
    if names_a and names_b:
        if not names_a & names_b:
            return "speaker"
        return "speaker" if _role_changed(child, parent, a.speaker, b.speaker) else None
    if names_b and not names_a:
        # A name left out is no change of speaker while the rest of the description is the same person's.
        return None if _agrees(x, y) and not _PLURAL.search(a.speaker.resolved) else "speaker"
    if names_a and not names_b:
        return "speaker"
    anonymous = b.terms == "anonymous" and a.terms == "on-record"
    if bool(_PLURAL.search(a.speaker.resolved)) != bool(_PLURAL.search(b.speaker.resolved)):
        return "speaker"
    if anonymous and not _agrees(x, y):
        return "status" if _explicit(parent, b) else "speaker"
    return None if _agrees(x, y) else "speaker"


_NAMELESS = re.compile(r"\b(?:anonym\w+|not (?:to )?be (?:named|identified)|unnamed|unidentified|declined to be)\b", re.I)


def _explicit(passages: Passages, claim: StatementClaim) -> bool:
    """Whether anonymity was asked for in so many words at the statement."""
    passage = passages.at(claim.span.start)
    return bool(passage and _NAMELESS.search(passage.text))


def _described(passages: Passages, speaker: Speaker) -> frozenset[str]:
    """Stems of the words that describe a speaker, from the place itself and the fullest description."""
    words = (w.lower() for text in (speaker.resolved, speaker.span.exact) for w in _WORD.findall(text))
    return frozenset(stem(w.removesuffix("'s").removesuffix("’s")) for w in words if w not in STOP_WORDS)


def _agrees(x: frozenset[str], y: frozenset[str]) -> bool:
    """Whether two descriptions may be one speaker's: the heads meet, and what is left over on both sides does not clash."""
    if x <= y or y <= x:
        return True
    meanings = {s for w in y for s in senses(w)}
    shared = {w for w in x if w in y or senses(w) & meanings}
    heads = frozenset(stem(w) for w in _ANONYMOUS_ROLES)
    if (x & heads) != (y & heads) and not (x & heads & y):
        return False
    return len(shared) >= 0.5 * min(len(x), len(y))


def _persons(passages: Passages, speaker: Speaker) -> list[Mention]:
    return [
        m
        for m in passages.reading.mentions
        if m.kind == "person" and ((speaker.actor and m.actor == speaker.actor) or m.span.overlaps(speaker.span))
    ]


def _names(passages: Passages, speaker: Speaker) -> frozenset[str]:
    """Last words of the personal names a speaker goes by."""
    return frozenset(m.span.exact.casefold().split()[-1] for m in _persons(passages, speaker))


def _roles(persons: Iterable[Mention]) -> frozenset[str]:
    return frozenset(stem(w.lower()) for m in persons if m.role for w in _WORD.findall(m.role) if w.lower() not in STOP_WORDS)


_RANK = frozenset(
    stem(w)
    for w in "vice deputy former chief assistant acting first senior junior ex director minister general secretary".split()
)


def _role_changed(child: Passages, parent: Passages, a: Speaker, b: Speaker) -> bool:
    """Whether one person's title has gained or lost a word of rank ("Vice Minister" to "Minister")."""
    x, y = _roles(_persons(child, a)), _roles(_persons(parent, b))
    return bool(x and y) and (x & _RANK) != (y & _RANK)


def _lost(
    child: Passages,
    parent: Passages,
    aligned: Sequence[Sequence[tuple[float, Passage]]],
    theirs: Sequence[StatementClaim],
    told: dict[str, tuple[Term, ...]],
) -> list[Drift]:
    out: dict[str, tuple[float, Drift]] = {}
    for passage in child.all:
        if child.statements_over(passage) or len(passage.terms) < 4 or _attributed(child, passage):
            continue
        best: tuple[float, StatementClaim] | None = None
        for claim in theirs:
            content = told[claim.id]
            score = told_by(passage.terms, frozenset(t.key for t in content), frozenset(s for t in content for s in t.senses))
            if score >= RETOLD and (best is None or score > best[0]) and claim.cue is not None and claim.terms != "media":
                best = (score, claim)
        if best is None or _plain_elsewhere(parent, passage, best):
            continue
        to = nearest_claim(passage, (), (passage.start, passage.end))
        if to is not None and (best[1].id not in out or out[best[1].id][0] < best[0]):
            who = best[1].speaker.resolved if best[1].speaker else "the speaker"
            out[best[1].id] = (best[0], Drift("attribution-loss", best[1].id, to.id, f"no longer attributed to {who}"))
    return [d for _, d in out.values()]


def _attributed(child: Passages, passage: Passage) -> bool:
    """Whether the sentence, or the one right after it, may attribute it."""
    following = child.all[passage.number + 1].text[:60] if passage.number + 1 < len(child.all) else ""
    return bool(_ATTRIBUTED.search(passage.text)) or bool(
        re.match(r"(?:That|This|The (?:figures?|words|account))\b.*", following) and _ATTRIBUTED.search(following)
    )


def _plain_elsewhere(parent: Passages, passage: Passage, best: tuple[float, StatementClaim]) -> bool:
    """Whether the parent itself says it in its own voice in another sentence: then nothing was lost."""
    for other in parent.all:
        if parent.statements_over(other) or _ATTRIBUTED.search(other.text):
            continue
        if told_by(passage.terms, other.keys, other.senses) >= best[0] - 0.1:
            return True
    return False
