"""The timeline: one entry for each thing that took place or is to take place, by date, however many reports tell of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from rapporteur.model.account import Finding, TimelineEntry
from rapporteur.model.claims import EventClaim
from rapporteur.stages.write.dates import WEEKDAY
from rapporteur.stages.write.doubts import background, date_named, doubtful_date, only_said
from rapporteur.stages.write.guard import negations, words
from rapporteur.stages.write.numbers import numbers
from rapporteur.stages.write.passages import Passage, Passages
from rapporteur.stages.write.salience import BESIDE, alike, gist
from rapporteur.stages.write.wording import MOST_CITES, ROW, aside_words, attributed, awkwardness, best_of, cites_of, unsigned

READABLE = 2.2
"""``wording.awkwardness`` up to which a sentence may stand in a table alone."""
ONE_DAY = 0.55
"""Share of content words (``gist``) from which on two entries of one date tell of the same. Of 40 pairs read, in the stories, the
example and six topics of agency reports, all 12 from .55 on do, of four at .5 two, of those below one in four."""
_DAY = re.compile(rf"\b(?:{WEEKDAY}|today|yesterday|tomorrow)\b", re.IGNORECASE)
"""What any two entries of one date may share."""


@dataclass(frozen=True, slots=True)
class _Told:
    """An entry on its way: what puts it before others of its sentence, the words of that, how ill it stands alone."""

    rank: tuple[bool, int]
    awkwardness: float
    entry: TimelineEntry
    gist: frozenset[str]


def timeline_of(findings: Sequence[Finding], passages: Passages, derived: frozenset[str]) -> list[TimelineEntry]:
    """Dated events by date: one entry per event finding and per sentence, of two in one sentence one that is told rather than
    announced, then the first.

    An event told beside its sentence's news ("after the test of Oct. 9, ...") stands in the words of its own clause. What is only
    possible has no place in time, and words that cannot stand alone tell a reader nothing: both are left to the findings.
    """
    told: list[_Told] = []
    for finding in findings:
        dated = [p for p in passages.known(finding.supports) if _takes_place(p)] if finding.kind == "event" else []
        if not dated:
            continue
        best = best_of(dated, derived)
        if not isinstance(best.claim, EventClaim) or best.claim.when is None:
            continue
        text = _own_words(best, best.claim, passages)
        if text is None:
            continue
        when, place = best.claim.when, best.claim.span.start - best.sentence[0]
        bearing = [p for p in dated if alike(gist(best.text), gist(p.text), BESIDE)]
        entry = TimelineEntry(when.value, when.precision, text, cites_of(best, bearing), finding.id)
        rank = best.claim.type == "announcement", place
        told.append(_Told(rank, awkwardness(best), entry, gist(_DAY.sub(" ", text))))
    sentences: dict[str, _Told] = {}
    for one in sorted(told, key=lambda t: t.rank):
        sentences.setdefault(one.entry.text, one)
    return sorted(_merged(list(sentences.values())), key=lambda e: (e.date, e.text))


def _own_words(passage: Passage, claim: EventClaim, passages: Passages) -> str | None:
    """The words that tell the event: its sentence, or its clause where the sentence's news is another; None where they would not
    stand alone."""
    if claim.aside is not None:  # what denies or delays it would be cut away
        whole = claim.status != "denied" and date_named(passage, claim, claim.aside)
        return aside_words(passage, claim.aside) if whole else None
    if awkwardness(passage) > READABLE or background(passage, claim):
        return None
    text = attributed(passage, passages, ROW)
    return None if unsigned(passage, passages, text) else text


def _takes_place(passage: Passage) -> bool:
    claim = passage.claim
    if not isinstance(claim, EventClaim) or claim.when is None:
        return False
    if claim.status == "possible" or claim.when.precision == "vague" or not passage.can_date(claim.when.value):
        return False
    return date_named(passage, claim) and not (doubtful_date(passage, claim) or only_said(passage, claim))


def _merged(told: Sequence[_Told]) -> list[TimelineEntry]:
    """``told`` with one entry for those of one date that tell of the same: in the words that stand alone best and tell most,
    with all their citations."""
    ordered = sorted(told, key=lambda t: (t.entry.date[:10], round(t.awkwardness), -len(t.gist), t.entry.text))
    groups: list[list[_Told]] = []
    for _, of_one_date in groupby(ordered, key=lambda t: t.entry.date[:10]):
        found: list[list[_Told]] = []
        for one in of_one_date:
            joined = [group for group in found if any(_same(one, other) for other in group)]
            found = [group for group in found if group not in joined]
            found.append([*(t for group in joined for t in group), one])
        groups += found
    place = {id(t): n for n, t in enumerate(ordered)}
    return [_one_of(sorted(group, key=lambda t: place[id(t)])) for group in groups]


def _one_of(group: Sequence[_Told]) -> TimelineEntry:
    first = group[0].entry
    cites = tuple(dict.fromkeys(c for t in group for c in t.entry.cites))
    return TimelineEntry(first.date, first.precision, first.text, cites[:MOST_CITES], first.finding)


def _same(one: _Told, other: _Told) -> bool:
    """Whether two entries of one date tell of the same: in much the same words, neither denying what the other says nor giving
    other numbers."""
    text, another = one.entry.text, other.entry.text
    mine, others = numbers(text), numbers(another)
    if (mine - others and others - mine) or negations(words(text)) != negations(words(another)):
        return False
    return alike(one.gist, other.gist, ONE_DAY)
