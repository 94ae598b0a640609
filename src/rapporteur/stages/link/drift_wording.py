"""Drift of what is asserted along one derivation: modality, polarity, cause, scope, and the date and place of a passage."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapporteur.language.gazetteer import country_of
from rapporteur.model.claims import Mention
from rapporteur.model.lineage import Drift, DriftType
from rapporteur.stages.link.drift_speakers import ATTRIBUTED
from rapporteur.stages.link.passages import Passage, Passages, Term, terms_of, told_by

RETOLD = 0.5
"""Least similarity of two sentences for a changed word in them to count as a changed assertion."""
SURELY = 0.65
"""The same where a single "not" decides."""
JOINED = 0.5
"""Least share of cause and of effect that a sentence of the parent tells."""
QUALIFIED = 0.55
"""Least share of the words around a hedge that the child's sentence has: drift F1 on dev .60 at .60, .62 at .55."""
NEAR = 45
"""Characters around a hedge or a negation that say what it qualifies."""

_HEDGES = re.compile(
    r"\b(?:could|may|might|possibl[ey]|possibility|probabl[ey]|perhaps|likely|unlikely|expect(?:s|ed|ing|ation)?|suspect(?:ed|s)?|"
    r"apparent(?:ly)?|believed|presum(?:ed|ably)|suppos(?:ed|edly)|seem(?:s|ed|ingly)?|appear(?:s|ed)? to|potential(?:ly)?)\b",
    re.IGNORECASE,
)
_HEARSAY = re.compile(
    r"\b(?:reported|reportedly|alleged|allegedly|purported|purportedly|so-called|said to|rumou?red)\b", re.IGNORECASE
)
_DENIES = re.compile(
    r"\b(?:den(?:y|ied|ies|ying)|reject(?:s|ed|ing)?|refut(?:e|ed|es|ing)|dismiss(?:es|ed|ing)?|ruled out)\b", re.IGNORECASE
)
_CONFIRMS = re.compile(
    r"\b(?:confirm(?:s|ed|ing)?|acknowledg(?:e|ed|es|ing)|admit(?:s|ted|ting)?|accept(?:s|ed|ing)?)\b", re.IGNORECASE
)
_NOT = re.compile(r"(?:\b(?:not|never|neither|nor|without|cannot|rather than|instead of)\b|n['’]t\b|\bno\b)", re.IGNORECASE)
_CAUSES = re.compile(
    r"\b(?:because|due to (?:the|a|an|its|his|their)|owing to|as a result|in (?:response|reaction|retaliation|protest)|therefore|"
    r"thanks to|on account of)\b",
    re.IGNORECASE,
)
_LINKS = re.compile(
    r"\b(?:caus|prompt|led to|forc(?:ed|ing)|trigger|blam|respon|owing|reason|so that|since|as)\w*\b", re.IGNORECASE
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
            *_hedge(child, parent, passage, other),
            *_polarity(child, parent, passage, other, others[0][0]),
            *_cause(parent, passage),
            *_where(passage, other, neighbours),
            *_when(passage, other, neighbours),
        ):
            source = parent.cite(parent.at(theirs[0]) or other, theirs)
            out.append(Drift(kind, source.id, child.cite(passage, ours).id, note))
    return out


_Found = tuple[DriftType, tuple[int, int], tuple[int, int], str]


def _told_at(passage: Passage, qualified: Sequence[Term]) -> tuple[int, int] | None:
    """Where a sentence has the first of these words that it has at all, by stem or sense; None when it has none."""
    for term in qualified:
        hits = [t for t in passage.terms if t.key == term.key or t.senses & term.senses]
        if hits:
            return hits[0].start, hits[0].end
    return None


def _hedge(child: Passages, parent: Passages, passage: Passage, other: Passage) -> list[_Found]:
    """The parent hedges what the child states outright: the words after the hedge stand in the child, no hedge is near them."""
    for pattern, kind in ((_HEDGES, "modality"), (_HEARSAY, "attribution-loss")):
        for m in pattern.finditer(other.text):
            place = (other.start + m.start(), other.start + m.end())
            text = parent.reading.report.text
            after = terms_of(text, place[1], min(other.end, place[1] + NEAR))
            about = (*terms_of(text, max(other.start, place[0] - NEAR), place[0]), *after)
            if not after or len(about) < 3 or told_by(about, passage.keys, passage.senses) < QUALIFIED:
                continue
            where = _told_at(passage, after)
            if where is None:
                continue
            around = child.reading.report.text[max(passage.start, where[0] - NEAR) : min(passage.end, where[1] + NEAR)]
            if _HEDGES.search(around) or _HEARSAY.search(around) or (kind == "attribution-loss" and ATTRIBUTED.search(around)):
                continue
            found: _Found = ("modality" if kind == "modality" else "attribution-loss", where, place, f"“{m.group()}” is gone")
            return [found]
    return []


def _polarity(child: Passages, parent: Passages, passage: Passage, other: Passage, score: float) -> list[_Found]:
    """One side denies what the other confirms, or one side says "not" of the very word that the other states without it."""
    whole, theirs = (passage.start, passage.end), (other.start, other.end)
    for ours_denies in (True, False):
        one, two = (passage, other) if ours_denies else (other, passage)
        if (
            _DENIES.search(one.text)
            and _CONFIRMS.search(two.text)
            and not _DENIES.search(two.text)
            and not _CONFIRMS.search(one.text)
        ):
            return [("polarity", whole, theirs, "denied in one, confirmed in the other")]
        if (
            score < SURELY
            or _NOT.search(two.text)
            or _DENIES.search(two.text)
            or re.search(r"\b(?:fail|refus|declin|lack)", two.text)
        ):
            continue
        text = (child if ours_denies else parent).reading.report.text
        for m in _NOT.finditer(one.text):
            after = terms_of(text, one.start + m.end(), min(one.end, one.start + m.end() + 30))[:2]
            if len(after) == 2 and all(t.key in two.keys for t in after):
                return [("polarity", whole, theirs, f"“{m.group()}” stands in one only")]
    return []


def _cause(parent: Passages, passage: Passage) -> list[_Found]:
    """The child joins by a causal word what the parent tells, in one sentence or two, without one."""
    m = _CAUSES.search(passage.text)
    if m is None:
        return []
    at = passage.start + m.start()
    effect = tuple(t for t in passage.terms if t.end <= at)
    cause = tuple(t for t in passage.terms if t.start >= passage.start + m.end())
    if not effect:
        comma = passage.text.find(",", m.end())
        cut = passage.start + comma if comma > 0 else passage.end
        cause, effect = tuple(t for t in cause if t.end <= cut), tuple(t for t in cause if t.start > cut)
    if len(cause) < 3 or len(effect) < 3:
        return []
    both = max(parent.all, key=lambda p: (_tells_both(p, cause, effect), -p.number))
    if _tells_both(both, cause, effect) >= JOINED:
        tellers = [both]
    else:
        tellers = [max(parent.all, key=lambda p: (told_by(part, p.keys, p.senses), -p.number)) for part in (cause, effect)]
        weakest = min(told_by(part, p.keys, p.senses) for part, p in zip((cause, effect), tellers, strict=True))
        if weakest < JOINED or abs(tellers[0].number - tellers[1].number) > 2:
            return []
    near = [parent.all[n] for p in tellers for n in range(max(0, p.number - 1), min(len(parent.all), p.number + 2))]
    if any(_CAUSES.search(p.text) for p in near) or any(_LINKS.search(p.text) for p in tellers):
        return []
    return [("cause", (at, at + len(m.group())), (tellers[0].start, tellers[0].end), f"“{m.group()}” is new")]


def _tells_both(passage: Passage, cause: Sequence[Term], effect: Sequence[Term]) -> float:
    return min(told_by(cause, passage.keys, passage.senses), told_by(effect, passage.keys, passage.senses))


def _where(passage: Passage, other: Passage, neighbours: Sequence[Passage]) -> list[_Found]:
    """The child names a place where the parent's passage names another that the child leaves out."""
    ours = [m for m in passage.mentions if m.kind == "place" and _located(passage, m)]
    theirs = [m for m in other.mentions if m.kind == "place" and _located(other, m)]
    if not ours or not theirs:
        return []
    known = " ".join(p.text for p in (other, *neighbours)).casefold()
    new = [m for m in ours if not _named(m, known)]
    gone = [m for m in theirs if not _named(m, passage.text.casefold())]
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


_LOCATING = re.compile(
    r"\b(?:in|at|near|from|of|to|outside|around|across|inside|on)\s+(?:the\s+)?(?:[\w-]+\s+){0,3}$", re.IGNORECASE
)


def _located(passage: Passage, mention: Mention) -> bool:
    """Whether the place says where: "Moscow will help" names a government."""
    return bool(_LOCATING.search(passage.text[: mention.span.start - passage.start][-60:]))


def _named(mention: Mention, text: str) -> bool:
    name = mention.span.exact.casefold()
    country = country_of(mention.span.exact)
    return name in text or bool(
        country and any(country_of(w) == country for w in re.findall(r"[A-Z]\w+(?:\.\w\.)?", text.title()))
    )


def _level(mention: Mention) -> bool:
    return country_of(mention.span.exact) is not None


def _when(passage: Passage, other: Passage, neighbours: Sequence[Passage]) -> list[_Found]:
    """Both passages name one day, and not the same one."""
    ours, theirs = (_days(p) for p in (passage, other))
    around = {m.time.begin for p in neighbours for m in _days(p) if m.time}
    if len(ours) != 1 or len(theirs) != 1 or ours[0].time is None or theirs[0].time is None:
        return []
    a, b = ours[0].time.begin, theirs[0].time.begin
    if a == b or a in around:
        return []
    spans = (ours[0].span, theirs[0].span)
    return [
        ("date", (spans[0].start, spans[0].end), (spans[1].start, spans[1].end), f"{spans[1].exact} becomes {spans[0].exact}")
    ]


def _days(passage: Passage) -> list[Mention]:
    return [m for m in passage.mentions if m.time and m.time.type == "DATE" and m.time.begin and m.time.begin == m.time.end]
