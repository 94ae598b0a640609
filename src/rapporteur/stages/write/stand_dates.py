"""When a stand was taken or a promise made: the day that its sentence names for it, else that of its report.

A report of Thursday tells what somebody demanded on Tuesday, what had been refused before, what was agreed at last month's talks.
Its own day is that of the stand only where the sentence puts it at no other time. Where the other time is no day, month or year
that the order of words ties to the stand, there is no date: none is better than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from rapporteur.model.claims import CommitmentClaim, Mention, PositionClaim, StatementClaim
from rapporteur.stages.write.dates import WHOLE
from rapporteur.stages.write.passages import Passage

LAST_JOINED = re.compile(r".*(?:,|\band|\bor|\bbut)\s", re.DOTALL)
"""What comes before the last of several verbs of a subject: "had taken the slum and were urging people to go home"."""
HAD = re.compile(
    r"(?<!who )(?<!which )(?<!that )\bhad (?:(?:\w+ly|also|already|long|once|never|not|just) )*(?!to\b)\w+", re.IGNORECASE
)
FORMERLY = re.compile(
    r"\b(?:previously|formerly|originally|initially|earlier)\b(?! (?:today|in the day|that day|on))", re.IGNORECASE
)
"""What puts a stand before what the report tells: "had warned", "originally demanded"."""
OPENING = re.compile(
    r"[\"“]?(?:(?:but|and|so|yet|also|however|meanwhile|then|thus|later|earlier|just|only|on|in|late|early|at)\b,? ?)*",
    re.IGNORECASE,
)
"""What may stand before a date that opens a sentence as the time of its verb."""
LED = re.compile(r"(?:^|\b(?:on|late|early|in)|[\w’'”\")]) $", re.IGNORECASE)
NOT_LED = re.compile(
    r"\b(?:the|an?|his|her|its|their|this|that|of|for|to|from|since|until|by|before|after|than|between|and|or)\s$", re.IGNORECASE
)
"""What leads to a time of something else: "the 2029 accord", "since Monday", "the meeting of May 1"."""
RELATIVE = re.compile(r"\b(?:who|which|whose|whom|where|since)\b", re.IGNORECASE)
IN_THE_PAST = re.compile(
    r"(?:during|in|throughout|before) (?:the|his|her|its|their) (?:[\w’'-]+ )*?"
    r"(?:run-up|runup|campaign|reign|rule|term|tenure|presidency|premiership|era|war)\b",
    re.IGNORECASE,
)
"""What opens a sentence about a time that was over, without giving it a date: "During the run-up to the elections"."""
RECALLED = re.compile(r"[,”\"]*\s[^.;:]{0,160}?\b(?:recalled|remembered)\b")
SAID = re.compile(
    r"\b(?:said|told|added|announced|wrote|stated|reported|warned|insisted)\b[^,;.]{0,40}?\s(?:on |late |early )*$", re.IGNORECASE
)
"""What stands before the day on which words were spoken that follow it: "said on Tuesday that"."""
SPEAKING = re.compile(r"(?: (?!(?:that|and|but|after|before|since|until|as|when|while)\b)[\w’'“”\".-]+){0,12}? ", re.IGNORECASE)
"""What stands between a cue and the day on which was spoken."""
AT_ONCE = re.compile(r",?\s(?:(?:here|on|late|early)\s)*", re.IGNORECASE)
SPOKEN = re.compile(
    r"[,”\"]*\s[^.;:]{0,120}?\b(?:said|told|added|announced|wrote|stated|reported)\b[^.;:,]{0,40}?\s", re.IGNORECASE
)
"""What stands between words and the day on which they were spoken."""
Stand = PositionClaim | CommitmentClaim


class StandDay(NamedTuple):
    """An ISO day, month or year, and whether the report names it for the stand or was published on it, when the stand held."""

    value: str | None
    dated: Literal["named", "published"] | None


@dataclass(frozen=True, slots=True)
class _Words:
    """The sentence of a stand and where what it is about stands in it: code points of the report."""

    text: str
    low: int
    first: int
    last: int
    high: int


def day_of_stand(passage: Passage, claim: Stand) -> StandDay:
    """The day, month or year of a stand or promise; None where the sentence puts it at another time than its report's without
    saying which, or where neither has a date."""
    words = _words(passage, claim)
    times = [m for m in passage.reading.mentions if _dates(m) and words.low <= m.span.start < words.high]
    for named in (_beside, _spoken):
        days = {m.time.value[:10] for m in times if m.time is not None and named(m, claim, words)}
        if days:
            return _told(days, passage)
    if any(_elsewhen(m, claim, words, passage.date) for m in times) or _before(claim, words):
        return StandDay(None, None)
    days = set(_speaking_days(passage, claim))
    return _told(days, passage) if days else StandDay(passage.date, "published" if passage.date else None)


def _words(passage: Passage, claim: Stand) -> _Words:
    text, (low, high) = passage.reading.report.text, passage.sentence
    about = claim.issue if isinstance(claim, PositionClaim) else claim.action
    at = text.find(about, claim.span.start, claim.span.end)
    return _Words(text, low, at, at + len(about), high) if at >= 0 else _Words(text, low, claim.span.end, claim.span.end, high)


def _dates(mention: Mention) -> bool:
    time = mention.time
    return mention.kind == "time" and time is not None and time.type in ("DATE", "TIME") and bool(time.begin) and bool(time.end)


def _told(days: set[str], passage: Passage) -> StandDay:
    """The one day that the sentence names, unless it lies after the report, as no stand that was taken can."""
    (day, *others) = days
    ahead = passage.date is not None and day[: len(passage.date)] > passage.date[: len(day)]
    sure = not others and not ahead and WHOLE.fullmatch(day) and passage.can_date(day)
    return StandDay(day, "named") if sure else StandDay(None, None)


def _beside(mention: Mention, claim: Stand, words: _Words) -> bool:
    """Whether a time is that of the stand: it opens the sentence, or stands beside the verb ("on Saturday urged", "urged on
    Saturday"), or right behind what it is about."""
    text, (at, end) = words.text, (mention.span.start, mention.span.end)
    if mention.span.exact.lower().endswith((" later", " earlier", " before")):
        return False
    if text[end : end + 2] in ("'s", "’s") or mention.span.exact.endswith(("'s", "’s")):
        return False
    if at >= words.last:
        return bool(AT_ONCE.fullmatch(text[words.last : at]))
    if at >= words.first:
        return False
    if OPENING.fullmatch(text[words.low : at]):
        return True
    inside = text[claim.span.start : at]
    return (
        at > claim.span.start
        and bool(LED.search(inside))
        and not (NOT_LED.search(inside) or RELATIVE.search(inside) or "," in inside)
    )


def _spoken(mention: Mention, claim: Stand, words: _Words) -> bool:
    """Whether a time is the day on which the words that hold the stand were spoken."""
    at = mention.span.start
    if at >= words.last:
        return bool(SPOKEN.fullmatch(words.text[words.last : at]))
    return at < claim.span.start and bool(SAID.search(words.text[words.low : at]))


def _speaking_days(passage: Passage, claim: Stand) -> Iterator[str]:
    """The days that the report names, in whatever sentence, as those on which the one who takes the stand spoke: what it quotes
    of somebody is mostly of one interview, speech or talk."""
    reading, told = passage.reading, _statements(passage, claim)
    for mention in reading.mentions:
        if not _dates(mention) or mention.time is None:
            continue
        at = mention.span.start
        near = max((c for c in told if c.cue and c.cue.end <= at), key=lambda c: c.cue.end if c.cue else 0, default=None)
        if near is None or near.cue is None or any(part.start <= at < part.end for part in near.content):
            continue
        if SPEAKING.fullmatch(reading.report.text[near.cue.end : at]):
            yield mention.time.value[:10]


def _statements(passage: Passage, claim: Stand) -> list[StatementClaim]:
    """The statements of a report by the speaker of the one that holds a stand, or by the party itself."""
    told = [c for c in passage.reading.claims if isinstance(c, StatementClaim) and c.speaker is not None]
    by = {c.speaker.resolved for c in told if c.id == claim.statement and c.speaker is not None} | {claim.party}
    return [c for c in told if c.speaker is not None and c.speaker.resolved in by]


def _elsewhen(mention: Mention, claim: Stand, words: _Words, published: str | None) -> bool:
    """Whether a time before what the stand is about, and not of a clause beside it, is another than that of the report."""
    left = words.text[words.low : mention.span.start]
    owner = words.text[mention.span.end : mention.span.end + 2] in ("'s", "’s")
    if mention.span.start >= words.first or published is None or owner or RELATIVE.search(left):
        return False
    time = mention.time
    return time is not None and ((time.end or "") < published[:10] or (time.begin or "") > published[:10])


def _before(claim: Stand, words: _Words) -> bool:
    """Whether the stand is told as taken before what the report tells of."""
    text = words.text
    cue = LAST_JOINED.sub("", text[claim.span.start : words.first])
    return bool(
        HAD.search(cue)
        or FORMERLY.search(cue)
        or IN_THE_PAST.match(text[words.low : words.first].lstrip())
        or RECALLED.match(text[words.last : words.high])
    )
