"""Reasons for which a claim makes no row of a table: its own sentence speaks against what was read from it.

Found by reading drawn rows against their reports (docs/quality/write.md). A doubt costs a row, never a finding.
"""

from __future__ import annotations

import re

from rapporteur.language.gazetteer import country_of
from rapporteur.model.claims import CommitmentClaim, EventClaim, PositionClaim
from rapporteur.stages.write.dates import MONTHS, NAMED_DAY, RELATIVE
from rapporteur.stages.write.passages import Passage

LAST_YEAR = re.compile(r"\blast year\b", re.IGNORECASE)
WHETHER = re.compile(r"\bwhether\b", re.IGNORECASE)
ASKED = re.compile(r"\b(?:when|if|once|was|were|is|are|been|being) asked\b", re.IGNORECASE)
APPOSITION = re.compile(r",\s(?:who|which|whose|where)\b[^,;]*,")
OTHER_CLAUSE = re.compile(r"[;:]|\b(?:but|which|who|whose|when|while|although|though)\b", re.IGNORECASE)
MONTHS_OWN = re.compile(rf"\b(?:{'|'.join(MONTHS)})[’']s\b")
NO_NAME = re.compile(
    r"^(?:who|whose|which|that)\b|\b(?:day|week|month|year|hour|earlier|later|ago|today|yesterday|tomorrow)s?$", re.IGNORECASE
)
SUBJECT = re.compile(r"\b(?:I|he|she|it|they|we)\b", re.IGNORECASE)
NAME = re.compile(r"(?:[A-Z]\.)+|[A-Z][\w’'-]*")
AHEAD = re.compile(r"\b(?:due|scheduled|slated|set to|expected to|ahead of)\b", re.IGNORECASE)
GOAL = frozenset("expect expects expected expecting".split())
NO_PARTY = re.compile(
    r"\b(?:constitution|law|bill|resolution|agreement|accord|treaty|charter|report|poll|survey)$", re.IGNORECASE
)
"""What guarantees or provides without being able to promise."""


def doubtful_date(passage: Passage, claim: EventClaim) -> bool:
    """Whether the event's date cannot be meant.

    Told as having happened, it lies after the report (by one day only where the sentence names none, as reports are dated
    elsewhere). Told as still to come, it lies before the report and is not spelt out. "January's vote" lies behind, "last year"
    is not the report's own, and "This Week" in capitals is the name of a programme.
    """
    if claim.when is None:
        return True
    if claim.when.precision == "week" and "week" not in passage.text:
        return True
    when, published = claim.when.value, passage.date
    if published is None or not (when[:4].isdigit() and published[:4].isdigit()):
        return False
    if when[:4] == published[:4] and LAST_YEAR.search(passage.text):
        return True
    size = {"day": 10, "hour": 10, "minute": 10, "month": 7}.get(claim.when.precision, 4)
    one, other = when[:size], published[:size]
    if len(other) < size or not re.fullmatch(r"[\d-]+", one):
        return False
    ahead = claim.status == "planned" or (size == 10 and bool(AHEAD.search(passage.text)))
    if ahead and not (one > other and MONTHS_OWN.search(passage.text)):
        return one < other and not NAMED_DAY.search(passage.text)
    return one > other and not (size == 10 and _next_day(other, one) and _names_day(passage))


def _names_day(passage: Passage) -> bool:
    return bool(NAMED_DAY.search(passage.text) or RELATIVE.search(passage.text))


def _next_day(day: str, following: str) -> bool:
    """Whether the ISO days follow each other, as far as a comparison within one month tells."""
    return day[:8] == following[:8] and int(following[8:]) - int(day[8:]) == 1


def doubtful_position(passage: Passage, claim: PositionClaim) -> bool:
    """Whether the sentence does not bear the position out: it asks whether, the party is asked, another clause with a subject of
    its own stands between party and issue, or what is told is an expectation."""
    report = passage.reading.report
    low, high = passage.sentence
    sentence = report.text[low:high]
    at = sentence.find(claim.issue)
    before = sentence[: at if at >= 0 else claim.span.end - low]
    if WHETHER.search(before) or (claim.stance == "demands" and ASKED.search(before)):
        return True
    named = before.rfind(claim.party)
    if NO_NAME.search(claim.party):
        return True
    if named < 0:
        return not (_named(claim.party, sentence) or SUBJECT.search(sentence))
    between = APPOSITION.sub(" ", before[named + len(claim.party) :])
    if claim.stance == "demands" and GOAL.intersection(between.casefold().split()):
        return True
    return bool(OTHER_CLAUSE.search(between))


def _named(party: str, sentence: str) -> bool:
    """Whether the sentence names the party, if only by a part of its name or as a country ("U.S." for United States)."""
    country = country_of(party)
    parts = set(NAME.findall(party)) or set(party.split())
    return any(n in parts or (country and country_of(n) == country) for n in (NAME.findall(sentence) or sentence.split()))


def doubtful_commitment(claim: CommitmentClaim) -> bool:
    """Whether the party is a text, which may guarantee but not promise, or a time that was taken for a name."""
    return bool(NO_PARTY.search(claim.party.strip()) or NO_NAME.search(claim.party))
