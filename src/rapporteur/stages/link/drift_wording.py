"""Drift of what is asserted along one derivation: modality, polarity, cause, scope, and the date and place of a passage."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapporteur.language.gazetteer import country_of
from rapporteur.model.claims import Mention
from rapporteur.model.lineage import Drift, DriftType
from rapporteur.stages.link.passages import Passage, Passages, nearest_claim, terms_of, told_by

RETOLD = 0.5
"""Least similarity of two sentences for a changed word in them to count as a changed assertion."""
NEAR = 45
"""Characters around a hedge or a negation that say what it qualifies."""

_HEDGING = (
    r"could may might would should possib\w+ probab\w+ perhaps likely unlikely expect(?:s|ed|ing|ation)? hop(?:es|ed|ing) "
    r"suspect(?:ed|s)? alleged(?:ly)? reported(?:ly)? apparent(?:ly)? believed presum\w+ suppos\w+ seem(?:s|ed|ingly)? "
    r"appear(?:s|ed)? potential(?:ly)? plan(?:s|ned|ning)? consider(?:s|ed|ing)? aim(?:s|ed|ing)? intend(?:s|ed)? if "
    r"unless whether purported\w* claimed"
).split()
_HEDGES = re.compile(rf"\b(?:{'|'.join(_HEDGING)})\b", re.IGNORECASE)
_NEGATIONS = re.compile(
    r"\b(?:not|no|never|none|neither|nor|without|den(?:y|ied|ies|ying)|reject(?:s|ed|ing)?|refus(?:e|ed|es|ing)|declin(?:e|ed|es|ing)|fail(?:s|ed|ing)?|"
    r"cannot|rather than|instead of|halt(?:ed|s)?|rule[sd]? out)\b|n['’]t\b",
    re.IGNORECASE,
)
_CAUSES = re.compile(
    r"\b(?:because|due to|owing to|as a result|in (?:response|reaction|retaliation|protest)|therefore|thus|so that|"
    r"caus(?:e|ed|es|ing)|led to|prompt(?:ed|ing|s)|forc(?:ed|ing)|thanks to|in view of|on account of|trigger(?:ed|ing|s)|blam\w+|over)\b",
    re.IGNORECASE,
)
_TIME_LINKS = re.compile(r"\b(?:after|before|following|later|when|while|as|day after|earlier|then)\b", re.IGNORECASE)

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
            *_polarity(child, parent, passage, other),
            *_cause(passage, other, neighbours),
            *_where(passage, other, neighbours, parent),
            *_when(passage, other, neighbours),
        ):
            drift = _cite(child, parent, (passage, ours), (other, theirs), (kind, note))
            if drift is not None:
                out.append(drift)
    return out


_Found = tuple[DriftType, tuple[int, int], tuple[int, int], str]


def _cite(
    child: Passages,
    parent: Passages,
    ours: tuple[Passage, tuple[int, int]],
    theirs: tuple[Passage, tuple[int, int]],
    what: tuple[DriftType, str],
) -> Drift | None:
    """The drift between the claims that hold the changed characters; None where a side has no claim to cite."""
    source = nearest_claim(theirs[0], parent.statements_over(theirs[0]), theirs[1])
    target = nearest_claim(ours[0], child.statements_over(ours[0]), ours[1])
    if source is None or target is None:
        return None
    return Drift(what[0], source.id, target.id, what[1])


def _qualified(passages: Passages, passage: Passage, start: int, end: int) -> tuple[frozenset[int], frozenset[int]]:
    """Stems and senses of the words that a word at ``start``..``end`` of the sentence qualifies: those right after it."""
    terms = terms_of(passages.reading.report.text, end, min(passage.end, end + NEAR))
    return frozenset(t.key for t in terms), frozenset(s for t in terms for s in t.senses)


def _hedge(child: Passages, parent: Passages, passage: Passage, other: Passage) -> list[_Found]:
    """The parent hedges what the child states outright."""
    if _HEDGES.search(passage.text):
        return []
    for m in _HEDGES.finditer(other.text):
        place = (other.start + m.start(), other.start + m.end())
        after = terms_of(parent.reading.report.text, place[1], min(other.end, place[1] + NEAR))
        if len(after) >= 2 and told_by(after, passage.keys, passage.senses) >= 0.6:
            return [("modality", (passage.start, passage.end), place, f"“{m.group()}” is gone")]
    return []


def _polarity(child: Passages, parent: Passages, passage: Passage, other: Passage) -> list[_Found]:
    """One side denies what the other affirms, in the words right after the denial."""
    for one, two, ours_first in ((passage, other, True), (other, passage, False)):
        if _NEGATIONS.search(two.text):
            continue
        for m in _NEGATIONS.finditer(one.text):
            place = (one.start + m.start(), one.start + m.end())
            text = (child if ours_first else parent).reading.report.text
            after = terms_of(text, place[1], min(one.end, place[1] + NEAR))
            if len(after) >= 2 and told_by(after, two.keys, two.senses) >= 0.75:
                whole = (two.start, two.end)
                ours, theirs = (place, whole) if ours_first else (whole, place)
                return [("polarity", ours, theirs, f"“{m.group()}” stands only in the {'child' if ours_first else 'parent'}")]
    return []


def _cause(passage: Passage, other: Passage, neighbours: Sequence[Passage]) -> list[_Found]:
    """The child gives as a cause what the parent only puts in time."""
    m = _CAUSES.search(passage.text)
    if m is None or m.group().lower() == "over" or not _TIME_LINKS.search(other.text):
        return []
    if any(_CAUSES.search(p.text) for p in (other, *neighbours)):
        return []
    return [("cause", (passage.start + m.start(), passage.start + m.end()), (other.start, other.end), f"“{m.group()}” is new")]


def _where(passage: Passage, other: Passage, neighbours: Sequence[Passage], parent: Passages) -> list[_Found]:
    """The child names a place where the parent's passage names another that the child leaves out."""
    ours = [m for m in passage.mentions if m.kind == "place"]
    theirs = [m for m in other.mentions if m.kind == "place"]
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
