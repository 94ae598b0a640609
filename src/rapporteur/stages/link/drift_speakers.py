"""Drift of attributions along one derivation: who is said to have said it (speaker, status), and whether anybody still is
(attribution-loss)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from zlib import crc32

from rapporteur.model.claims import Speaker, StatementClaim
from rapporteur.model.lineage import Drift
from rapporteur.stages.link.drift_ranks import rank_drifts
from rapporteur.stages.link.passages import Passage, Passages, Term, terms_of, told_among, told_by
from rapporteur.stages.link.synonyms import senses
from rapporteur.stages.link.terms import stem
from rapporteur.stages.link.voices import Voice, alike, voice

SAME_CONTENT = 0.5
"""Least share of the child's content that the parent's content tells, for the two to be one statement."""
NEAR_BY = 0.4
"""Similarity of the child's sentence to the one nearest to it from which a statement there may be told again in fewer words."""
NEAR_CONTENT = 0.3
"""As ``SAME_CONTENT``, for such a statement: on seven read sets four drifts more are found and none that is none."""
STRANGE = 0.45
"""As ``SURELY``, where nothing in the parent is what the child's speaker is: one drift more on these sets."""
SURELY = 0.72
"""The same where only the content says that two attributions belong together."""
RETOLD = 0.6
"""Least share of a child's sentence that the content of one statement of the parent tells, for it to restate that content."""
MOST = 0.35
"""Least share of the statement's content that the child's sentence tells in turn."""
ALIKE = 0.45
"""Similarity of the child's sentence to the one nearest to it for a statement there to be what it restates: .45 finds one more
than .50 on eight sets, and none that is none."""
NEAR_RETOLD = 0.5
"""As ``RETOLD``, for such a statement: .40 to .50 find the same on dev and four sets of others."""
NEAR_MOST = 0.4
"""As ``MOST``, for such a statement: at .3 five more finds are wrong on these sets, at .5 two drifts are lost."""
SHORT = 3
"""Terms of one part of a statement, for a sentence to restate this part alone."""
CLAUSE = 0.8
"""Share of a statement's content that a part of a longer sentence tells, for that part to restate it."""
PLAIN = 0.6
"""Share of its words that are no names, for the same. Dev and six sets of others are the same with and without."""
LONG = 4
"""Terms of such a content at least."""
BESIDE = 40
"""Characters on each side of such a part in which an attribution of it may stand."""
ELSEWHERE = 0.75
"""Share of the child's sentence that another sentence of the parent tells in its own voice, for nothing to be lost."""

_WORD = re.compile(r"[^\W\d_]+")
_ATTRIBUTING = (
    r"said says? saying told tells according reported(?:ly)? reports? claim\w* alleg\w* announc\w* add(?:ed|s) "
    r"stat(?:ed|es|ement) quot\w* cit(?:ed|ing|es) believ\w* estimat\w* thought think\w* accus\w* blam\w* warn\w* "
    r"insist\w* den(?:y|ied|ies) confirm\w* acknowledg\w* admit\w* maintain\w* argu\w* explain\w* not(?:ed|es|ing) "
    r"suggest\w* predict\w* expect\w* promis\w* vow\w* pledg\w* apparent\w* suppos\w* spokes\w+ view "
    r"opinion accounts? call\w* describ\w* complain\w* critici[sz]\w* "
    r"recall\w* remark\w* declar\w* stress\w* emphasi[sz]\w* point(?:s|ed)_out w[eo]nt_on goes_on contend\w* assert\w* words"
).split()
ATTRIBUTED = re.compile(rf"\b(?:{'|'.join(_ATTRIBUTING).replace('_', ' ')})\b", re.IGNORECASE)
"""Words that may attribute. Where one stands in or beside a sentence, it is not called unattributed: silence is not proven."""


_SAYS = re.compile(
    r"\b(?:sa(?:id|ys?|ying)|t(?:old|ells?)|accord\w*|report\w*|claim\w*|alleg\w*|announc\w*|add\w*|stat\w+|quot\w*|believ\w*|"
    r"estimat\w*|thought|think\w*|accus\w*|blam\w*|warn\w*|insist\w*|confirm\w*|acknowledg\w*|admit\w*|maintain\w*|argu\w*|"
    r"explain\w*|not(?:ed|es|ing)|suggest\w*|predict\w*|stress\w*|emphasi[sz]\w*|declar\w*|recall\w*|remark\w*)\b",
    re.IGNORECASE,
)
"""Cues after which somebody answers for what is said; "invited" or "discussed" tell what was done."""

_STANDS = re.compile(
    r"\b(?:rul(?:ed|es|ing)|demand|urg|reject|oppos|condemn|refus|support|emphasi|want|seek|sought)\w*\b", re.IGNORECASE
)
"""Cues of a stand that somebody takes."""

_DISTANT = re.compile(r"\b(?:claim\w*|alleg\w*|accus\w*|blam\w*|believed|thought|suspect\w*|rumou?red)\b", re.IGNORECASE)
"""Cues that keep a distance from what is said."""


def speaker_drifts(child: Passages, parent: Passages, aligned: Sequence[Sequence[tuple[float, Passage]]]) -> list[Drift]:
    """Changed and lost attributions, at most one of a kind per pair of speakers and per statement."""
    theirs = [c for c in parent.reading.claims if isinstance(c, StatementClaim)]
    ours = [c for c in child.reading.claims if isinstance(c, StatementClaim)]
    told = {c.id: _content_terms(parent, c) for c in theirs}
    out: dict[tuple[str, str, str], tuple[tuple[int, float], Drift]] = {}
    words = frozenset(w.casefold() for w in _WORD.findall(child.reading.report.text))
    spoken = frozenset(name for c in theirs for name in voice(parent, c).names)
    for claim in ours:
        found = _best_statement(_content_terms(child, claim), theirs, told, _nearness(child, parent, claim, aligned))
        if found is None or claim.speaker is None or found[1].speaker is None or _unchanged(child, parent, claim.speaker):
            continue
        score, best = found
        source, target = voice(parent, best), voice(child, claim)
        if claim.cue is None or not (ATTRIBUTED.search(claim.cue.exact) or _STANDS.search(claim.cue.exact)):
            continue  # "is to be questioned by parliament"
        if _quoted_inside(target, best):
            continue
        heard = Heard(
            score,
            nameless=_explicit(parent, best),
            named=bool(source.names & words),
            document=best.terms == "document",
            speaks_there=bool(target.names & spoken),
            behind=_behind(parent, best, target),
            strange=_strange(parent, target),
        )
        kind = _change(source, target, heard)
        if kind:
            key = (kind, found[1].speaker.resolved, claim.speaker.resolved)
            note = f"{found[1].speaker.resolved} becomes {claim.speaker.resolved}"
            rank = _in_full(best) + _in_full(claim), score
            if key not in out or out[key][0] < rank:
                out[key] = (rank, Drift(kind, best.id, claim.id, note))
    return [*(drift for _, drift in out.values()), *rank_drifts(child, parent), *_lost(child, parent, theirs, aligned)]


def _behind(parent: Passages, claim: StatementClaim, target: Voice) -> bool:
    """Whether the sentence of a statement, or one beside it, has the head word of the child's speaker: it may be theirs."""
    passage = parent.at(claim.span.start)
    beside = parent.all[max(0, passage.number - 1) : passage.number + 2] if passage else ()
    key = crc32(target.head.encode())
    return any(key in p.keys for p in beside)


def _strange(parent: Passages, target: Voice) -> bool:
    """Whether nothing in the parent, by stem or sense, is what the child's speaker is, so that it cannot be another name for
    somebody there."""
    if target.kind == "person" or target.head in _COMMON:
        return False
    key, meanings = crc32(target.head.encode()), senses(target.head)
    return not any(key in p.keys or meanings & p.senses for p in parent.all)


def _unchanged(child: Passages, parent: Passages, speaker: Speaker) -> bool:
    """Whether the sentence that names the speaker stands in the parent word for word: then it says who spoke there as here."""
    passage = child.at(speaker.span.start)
    return passage is not None and passage.words in parent.words


def _in_full(claim: StatementClaim) -> int:
    """1 where the statement describes its speaker as fully as the report does anywhere, 0 for "he" and "the official"."""
    return int(claim.speaker is not None and claim.speaker.span.exact == claim.speaker.resolved)


def _quoted_inside(target: Voice, claim: StatementClaim) -> bool:
    """Whether the child's speaker is one whom the parent's speaker speaks of: then the child tells the inner statement."""
    content = " ".join(s.exact for s in claim.content).casefold()
    return any(name in content for name in target.names) or bool(target.said and target.said in content)


def _content_terms(passages: Passages, claim: StatementClaim) -> tuple[Term, ...]:
    return tuple(t for s in claim.content for t in terms_of(passages.reading.report.text, s.start, s.end))


def _nearness(
    child: Passages, parent: Passages, claim: StatementClaim, aligned: Sequence[Sequence[tuple[float, Passage]]]
) -> dict[str, float]:
    """Statements of the parent, by id, in the sentences that tell most of the child's sentence, with the similarity."""
    out: dict[str, float] = {}
    for passage in _sentences_of(child, claim):
        for score, other in aligned[passage.number][:1]:
            for c in (*other.claims, *parent.statements_over(other)):
                if isinstance(c, StatementClaim):
                    out[c.id] = max(out.get(c.id, 0.0), score)
    return out


def _sentences_of(passages: Passages, claim: StatementClaim) -> list[Passage]:
    found = (passages.at(s.start) for s in (claim.span, *claim.content))
    return list({p.number: p for p in found if p is not None}.values())


def _best_statement(
    terms: Sequence[Term],
    theirs: Sequence[StatementClaim],
    told: dict[str, tuple[Term, ...]],
    near: dict[str, float],
) -> tuple[float, StatementClaim] | None:
    best, found = 0.0, None
    keys = frozenset(t.key for t in terms)
    meanings = frozenset(s for t in terms for s in t.senses)
    for other in theirs:
        content = told[other.id]
        beside = near.get(other.id, 0.0) >= NEAR_BY
        if min(len(content), len(terms)) < (2 if beside else 3):
            continue
        there = told_among(terms, content)
        back = told_by(content, keys, meanings)
        score = (2 * there + back) / 3
        if score > best and score > (NEAR_CONTENT if beside else SAME_CONTENT):
            best, found = score, other
    return (best, found) if found is not None else None


@dataclass(frozen=True, slots=True)
class Heard:
    """What else is known of two attributions: how alike their contents are; whether the parent's speaker asked not to be named,
    is named anywhere in the child, or is a document; whether the child's speaker says something in the parent too, stands
    beside the parent's statement, or is of a kind that stands nowhere in the parent."""

    score: float
    nameless: bool
    named: bool
    document: bool
    speaks_there: bool
    behind: bool
    strange: bool


def _change(source: Voice, target: Voice, heard: Heard) -> Literal["speaker", "status"] | None:
    """What became of the attribution. Only changes between kinds of voices that can be told apart for sure count: how a speaker
    is named varies in every retelling, and a medium in between ("the agency said") is a hop, not another speaker."""
    kinds = (source.kind, target.kind)
    sure = heard.score >= (STRANGE if heard.strange else SURELY)
    if heard.document and target.kind in ("person", "one", "several"):
        if heard.behind:
            return None
        return "speaker" if sure and (target.kind == "person" or not source.words & target.words) else None
    if heard.strange and sure and source.kind == "medium" and not heard.document and target.kind not in ("medium", "unknown"):
        return "speaker"
    if "medium" in kinds or "unknown" in kinds:
        return None
    if kinds == ("person", "person"):
        if source.names & target.names:
            return None  # ``rank_drifts`` compares the titles of one person
        return "speaker" if sure and not heard.named and not heard.speaks_there else None
    if kinds == ("person", "several") and source.roles & target.words and not sure:
        return None
    if kinds == ("person", "one"):
        # "A spokesman" for the spokesman by name is only shorter; where neither name nor office is kept, it is less.
        shorter = source.roles & target.words and (target.head in source.roles or target.head not in _OFFICE_STEMS)
        return None if heard.named or shorter else "speaker"
    if kinds == ("one", "person"):
        return None
    if source.kind == target.kind:
        return None if alike(source, target) or not sure else "speaker"
    if source.kind == "one" and heard.nameless and target.kind in ("institution", "person"):
        return "status"
    return "speaker" if sure or kinds in _TELLING else None


_OFFICE_STEMS = frozenset(
    map(stem, "spokesman spokeswoman minister commander governor mayor ambassador envoy chief director".split())
)
"""Heads of descriptions that say which office: of one delegation the spokesman is not the head."""

_COMMON = frozenset(
    map(stem, "official source spokesman spokeswoman spokesperson authority man woman people report leader head".split())
)
"""Heads of descriptions that fit nearly everybody who speaks: such a word that is new says nothing of who it is."""

_TELLING = frozenset({("one", "institution"), ("one", "several"), ("person", "several"), ("several", "institution")})
"""Changes of kind that are loss or gain of authority by themselves: "an official" becomes "the ministry"."""

_NAMELESS = re.compile(r"\b(?:anonym\w+|not (?:to )?be (?:named|identified)|unnamed|unidentified|declined to be)\b", re.I)


def _explicit(passages: Passages, claim: StatementClaim) -> bool:
    """Whether anonymity was asked for in so many words at the statement."""
    passage = passages.at(claim.span.start)
    return bool(passage and _NAMELESS.search(passage.text))


def _lost(
    child: Passages,
    parent: Passages,
    theirs: Sequence[StatementClaim],
    aligned: Sequence[Sequence[tuple[float, Passage]]],
) -> list[Drift]:
    """Sentences that tell what somebody says in the parent and name nobody, at most one for a statement: the best told."""
    told = {c.id: _parts(parent, c) for c in theirs}
    out: dict[str, tuple[float, Drift]] = {}
    for passage in child.all:
        if child.statements_over(passage) or len(passage.terms) < 4 or _headline(child, passage):
            continue
        alike, nearest = max(aligned[passage.number], key=lambda a: a[0], default=(0.0, None))
        best: tuple[float, StatementClaim] | None = None
        attributed = _attributed(child, passage)
        for claim in theirs:
            near = alike >= ALIKE and nearest is not None and nearest.start <= claim.span.start < nearest.end
            score = max((_retold(passage, part, attributed=attributed, near=near) for part in told[claim.id]), default=0.0)
            if score and (best is None or score > best[0]) and _owned(parent, claim):
                best = (score, claim)
        if best is None or _plain_elsewhere(parent, passage, best):
            continue
        to = child.cite(passage, (passage.start, passage.end))
        if best[1].id not in out or out[best[1].id][0] < best[0]:
            who = best[1].speaker.resolved if best[1].speaker else "the speaker"
            out[best[1].id] = (best[0], Drift("attribution-loss", best[1].id, to.id, f"no longer attributed to {who}"))
    return [d for _, d in out.values()]


def _parts(passages: Passages, claim: StatementClaim) -> list[tuple[Term, ...]]:
    """The terms of a statement's content, and those of each of its parts: a retelling may take over one sentence of a speech."""
    text = passages.reading.report.text
    parts = [tuple(terms_of(text, s.start, s.end)) for s in claim.content]
    return [tuple(t for part in parts for t in part), *(p for p in parts if len(parts) > 1 and len(p) >= SHORT)]


def _retold(passage: Passage, content: Sequence[Term], *, attributed: bool, near: bool) -> float:
    """How much of ``passage`` the content of a statement tells, 0 where it does not restate it without an attribution. ``near``:
    the statement stands in the sentence that ``passage`` retells."""
    score = told_among(passage.terms, content)
    back = told_by(content, passage.keys, passage.senses)
    if not attributed and score >= (NEAR_RETOLD if near else RETOLD) and back >= (NEAR_MOST if near else MOST):
        return score
    if back < CLAUSE or len(content) < LONG or not _unattributed_part(passage, content):
        return 0.0
    # The names of a matter alone are told of anything that was there: "soldiers wounded at X" by "the first soldiers came to X".
    plain = [t for t in content if not t.name]
    return score if told_by(plain, passage.keys, passage.senses) >= PLAIN else 0.0


def _unattributed_part(passage: Passage, content: Sequence[Term]) -> bool:
    """Whether no word that may attribute stands among the words of ``passage`` that tell ``content``, or close to them."""
    keys, senses = frozenset(t.key for t in content), frozenset(s for t in content for s in t.senses)
    hits = [t for t in passage.terms if t.key in keys or t.senses & senses]
    start, end = hits[0].start - passage.start, hits[-1].end - passage.start
    return not ATTRIBUTED.search(passage.text[max(0, start - BESIDE) : end + BESIDE])


def _owned(parent: Passages, claim: StatementClaim) -> bool:
    """Whether the statement has a cue and somebody behind it who can speak: what a text contains needs no attribution. A cue that
    keeps its distance is enough, whoever is behind it."""
    if claim.cue is None or not _SAYS.search(claim.cue.exact):
        return False
    return bool(_DISTANT.search(claim.cue.exact)) or voice(parent, claim).kind in ("person", "one", "several", "institution")


def _headline(passages: Passages, passage: Passage) -> bool:
    """Whether a sentence is a line of its own without a full stop: headlines leave attributions out by custom."""
    text = passages.reading.report.text
    alone = "\n" in text[max(0, passage.start - 2) : passage.start] or passage.start < 2
    return alone and text[passage.end : passage.end + 1] in ("\n", "") and passage.text.rstrip()[-1:] not in ".!?\"”’'"


def _attributed(child: Passages, passage: Passage) -> bool:
    """Whether the sentence, or the one right after it, may attribute it."""
    before = child.all[passage.number - 1] if passage.number else None
    if before is not None and before.start and child.statements_over(before) and _same_paragraph(child, before, passage):
        return True  # "... he said. The road was closed": a retelling attributes once for several sentences
    following = child.all[passage.number + 1].text[:60] if passage.number + 1 < len(child.all) else ""
    return bool(ATTRIBUTED.search(passage.text)) or bool(
        re.match(r"(?:That|This|The (?:figures?|words|account))\b.*", following) and ATTRIBUTED.search(following)
    )


def _same_paragraph(passages: Passages, one: Passage, other: Passage) -> bool:
    return "\n" not in passages.reading.report.text[one.end : other.start]


def _plain_elsewhere(parent: Passages, passage: Passage, best: tuple[float, StatementClaim]) -> bool:
    """Whether the parent itself says it in its own voice in another sentence: then nothing was lost. Not in its headline."""
    for other in parent.all:
        if parent.statements_over(other) or ATTRIBUTED.search(other.text) or _headline(parent, other):
            continue
        if told_by(passage.terms, other.keys, other.senses) >= min(ELSEWHERE, best[0] - 0.1):
            return True
    return False
