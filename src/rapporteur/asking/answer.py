"""The answer to a question: findings whose passages speak of all that was asked, each with its citations; or none.

Nothing is composed. Full-text search brings up passages; a claim in a passage is an answer when the passage speaks of what is
counted, of every name and of most other words of the question, and lies in its stretch of time. The finding that holds the claim
is shown with all its readings for and against.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from rapporteur.asking.question import Question, called, counted_class
from rapporteur.model.account import Finding, Verdict
from rapporteur.model.claims import Claim, EventClaim, FigureClaim, PositionClaim, StatementClaim, Window, report_of
from rapporteur.model.reading import Reading
from rapporteur.stages.reconcile.context import WORD, stem
from rapporteur.stages.reconcile.measures import place_name, thing
from rapporteur.stages.write.names import publisher_of
from rapporteur.stages.write.passages import Passage, Passages

MOST_ANSWERS = 8
ENOUGH = 0.6
"""Share of the question's other words that a passage must hold: of two one, of three two; verbs are often put differently."""
FITTING: dict[str, tuple[type, ...]] = {
    "count": (FigureClaim,),
    "when": (EventClaim,),
    "who": (StatementClaim, PositionClaim),
    "speech": (StatementClaim,),
}

STANCES = {
    stem(word): stance
    for stance, words in {
        "demands": "demands wants asks seeks insists",
        "prefers": "prefers favours favors",
        "supports": "supports backs approves welcomes",
        "rejects": "rejects opposes refuses",
        "offers": "offers proposes",
        "warns": "warns",
    }.items()
    for word in (*words.split(), *(w[:-1] for w in words.split()), *(f"{w[:-1]}ed" for w in words.split()))
}
"""Verbs of a question to the stances of positions, whatever word the report has for them."""


class Cited(Struct, frozen=True):
    """One passage that bears an answer: where it stands, who publishes it, who says it, and its reading where it is a figure."""

    claim: str
    report: str
    outlet: str
    published: str | None
    passage: str
    start: int
    end: int
    exact: str
    said_by: str | None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    bound: str | None = None
    window: Window | None = None
    when: str | None = None


class Answer(Struct, frozen=True):
    """One finding that answers, with the passages for and against it; ``score`` orders answers."""

    finding: str
    kind: str
    label: str
    verdict: Verdict
    origins: int
    speakers: int
    supports: tuple[Cited, ...]
    contradicts: tuple[Cited, ...]
    score: float


class Found(Struct, frozen=True):
    """A passage that search brought up: its reading, its range of code points and how well it matched."""

    reading: Reading
    start: int
    end: int
    score: float


def answers(
    question: Question,
    found: Sequence[Found],
    findings: Mapping[str, Finding],
    readings: Callable[[Sequence[str]], Mapping[str, Reading]],
) -> tuple[Answer, ...]:
    """The findings that answer ``question``, best first. ``findings`` by the claims they hold, ``readings`` gives them by id."""
    scores: dict[str, float] = {}
    chosen: dict[str, Finding] = {}
    for hit in found:
        for claim in hit.reading.claims:
            if not (hit.start <= claim.span.start < hit.end) or claim.id not in findings:
                continue
            fit = _fit(question, claim, hit)
            finding = findings[claim.id]
            if fit > scores.get(finding.id, 0.0):
                scores[finding.id] = fit
                chosen[finding.id] = finding
    best = sorted(chosen, key=lambda f: (-scores[f] * (1.0 + 0.1 * chosen[f].origins), f))[:MOST_ANSWERS]
    if not best:
        return ()
    reports = {report_of(c) for f in best for c in (*chosen[f].supports, *chosen[f].contradicts)}
    passages = Passages(list(readings(sorted(reports)).values()))
    return tuple(a for f in best if (a := _answer(chosen[f], scores[f], passages)).supports)


def _fit(question: Question, claim: Claim, hit: Found) -> float:
    """How well a claim answers: 0 when it does not."""
    wanted = FITTING.get("speech" if question.wants == "anything" and question.speech else question.wants)
    if wanted is not None and not isinstance(claim, wanted):
        return 0.0
    text = hit.reading.report.text[hit.start : hit.end]
    stems = {stem(w.casefold()) for w in WORD.findall(text)} | _fields(claim)
    if not all(_named(name, stems) for name in question.names):
        return 0.0
    if question.counted is not None and not _counts(question.counted, claim):
        return 0.0
    stances = {s for w in question.words if (s := STANCES.get(stem(w)))}
    if isinstance(claim, PositionClaim) and stances and claim.stance not in stances:
        return 0.0
    taken = isinstance(claim, PositionClaim) and bool(stances)
    others = [w for w in question.words if w != question.counted and not (taken and stem(w) in STANCES)]
    met = sum(stem(w) in stems or _begins(stem(w), stems) for w in others)
    if others and met < ENOUGH * len(others):
        return 0.0
    if not others and not question.names and question.counted is None:
        return 0.0
    time = _in_time(question, claim, hit.reading)
    return time * (1.0 + met / max(1, len(others))) * (1.0 + hit.score / (10.0 + hit.score)) if time else 0.0


def _fields(claim: Claim) -> set[str]:
    """Stems of what the claim itself says where its passage need not: places and owner of a figure, who speaks."""
    words: list[str] = []
    if isinstance(claim, FigureClaim):
        words += [*claim.figure.places, claim.figure.whose or "", claim.figure.state or ""]
        words += [place_name(p) for p in claim.figure.places]
    elif isinstance(claim, StatementClaim):
        words += [claim.speaker.resolved if claim.speaker else ""]
    elif isinstance(claim, PositionClaim):
        words += [claim.party]
    elif isinstance(claim, EventClaim):
        words += [claim.place or "", claim.type, claim.trigger]
    return {stem(w.casefold()) for text in words for w in WORD.findall(text)}


def _named(name: str, stems: set[str]) -> bool:
    """Whether a passage speaks of a name in one of its forms, or of what is made from it ("Tavoria", "Tavorian")."""
    return any(all(s in stems or _begins(s, stems) for s in way) for way in called(name))


def _begins(word: str, stems: set[str]) -> bool:
    """Whether a word of the passage is made from ``word`` or the other way round; five letters must agree."""
    return len(word) >= 5 and any(s.startswith(word[:-1]) or (len(s) >= 5 and word.startswith(s)) for s in stems)


def _counts(noun: str, claim: Claim) -> bool:
    if not isinstance(claim, FigureClaim):
        return False
    asked, counted = counted_class(noun), thing(claim.figure.counted, claim.figure.unit)
    # A toll of soldiers counts people too; people are not soldiers.
    return asked == counted or (asked == "person" and bool(claim.figure.state) and counted in ("soldier", "police", "fighter"))


def _in_time(question: Question, claim: Claim, reading: Reading) -> float:
    """1 for a claim about the stretch asked for, less for one that may lie in it, 0 for one outside."""
    if question.begin is None and question.end is None:
        return 1.0
    begin, end = question.begin or "", question.end or "9999"
    published = reading.report.published.value if reading.report.published else None
    if isinstance(claim, FigureClaim) and claim.figure.window and claim.figure.window.begin:
        first, last = claim.figure.window.begin, claim.figure.window.end or published or "9999"
        if first > end or last < begin:
            return 0.0
        return 1.0 if first[:7] == begin[:7] else 0.8
    day = claim.when.value[:10] if isinstance(claim, EventClaim) and claim.when else None
    day = day or (claim.figure.as_of if isinstance(claim, FigureClaim) else None) or published
    if day is None:
        return 0.0
    return 0.7 if day[: len(end)] <= end[: len(day)] and day[: len(begin)] >= begin[: len(day)] else 0.0


def _answer(finding: Finding, score: float, passages: Passages) -> Answer:
    return Answer(
        finding=finding.id,
        kind=finding.kind,
        label=finding.label,
        verdict=finding.verdict,
        origins=finding.origins,
        speakers=finding.speakers,
        supports=tuple(_cited(p, passages) for p in passages.known(finding.supports) if p.found),
        contradicts=tuple(_cited(p, passages) for p in passages.known(finding.contradicts) if p.found),
        score=round(score, 4),
    )


def _cited(passage: Passage, passages: Passages) -> Cited:
    claim = passage.claim
    figure = claim.figure if isinstance(claim, FigureClaim) else None
    return Cited(
        claim=claim.id,
        report=passage.reading.report.id,
        outlet=publisher_of(passage.reading.report),
        published=passage.date,
        passage=" ".join(passage.text.split()),
        start=claim.span.start,
        end=claim.span.end,
        exact=claim.span.exact,
        said_by=passages.speaker_of(passage),
        value=figure.value if figure else None,
        low=figure.low if figure else None,
        high=figure.high if figure else None,
        bound=figure.bound if figure else None,
        window=figure.window if figure else None,
        when=claim.when.value if isinstance(claim, EventClaim) and claim.when else None,
    )
