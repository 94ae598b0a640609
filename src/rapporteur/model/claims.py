"""Mentions and claims: what one report names and says, each pinned to the characters that say it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from rapporteur.model.report import Precision
from rapporteur.model.spans import Span

MentionKind = Literal["time", "person", "organization", "place", "group"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Bound = Literal["exact", "about", "at-least", "at-most", "more-than", "less-than", "range"]
Form = Literal["direct", "indirect", "mixed"]
Terms = Literal["on-record", "anonymous", "document", "media"]
EventStatus = Literal["asserted", "denied", "planned", "possible"]
State = Literal["killed", "wounded", "captured", "missing", "displaced", "deployed"]


class TimeValue(Struct, frozen=True):
    """TIMEX3 type and value (TimeML 1.2.1); ``begin``/``end`` are the inclusive ISO days it covers, where resolved."""

    type: TimexType
    value: str
    begin: str | None = None
    end: str | None = None


class Mention(Struct, frozen=True):
    """A span that names a time or an actor or place. ``actor`` is the report-wide id shared by mentions of one actor;
    ``name`` its fullest form in this report; ``role`` the title or role given with it ("Defense Secretary")."""

    id: str
    kind: MentionKind
    span: Span
    time: TimeValue | None = None
    actor: str | None = None
    name: str | None = None
    role: str | None = None


class When(Struct, frozen=True):
    """A resolved date: ISO 8601 / TIMEX3 ``value`` cut to ``precision``."""

    value: str
    precision: Precision


class Window(Struct, frozen=True, rename={"begin": "from", "end": "to"}):
    """The stretch of time a figure counts over, as written and as resolved inclusive ISO days (None: not resolved)."""

    text: str
    begin: str | None
    end: str | None


class Figure(Struct, frozen=True):
    """What a figure says. Either ``value`` or ``low`` and ``high`` (a range, or a vague number) is set; ``number`` is the span
    of the number words alone; ``counted`` the noun counted ("troop" in "2,500 U.S. troops"), ``whose`` its owner ("U.S.")."""

    number: Span
    value: float | None
    low: float | None
    high: float | None
    bound: Bound
    unit: str | None
    counted: str | None
    state: State | None
    places: tuple[str, ...]
    window: Window | None
    as_of: str | None
    said_by: str | None
    whose: str | None = None
    derived: str | None = None


class Speaker(Struct, frozen=True):
    """Who speaks: the span at the statement and the fullest description in the report that it resolves to."""

    span: Span
    resolved: str
    actor: str | None = None


class Participant(Struct, frozen=True):
    """Someone taking part in an event."""

    name: str
    mention: str | None
    role: Literal["agent", "patient", "other"]


class FigureClaim(Struct, frozen=True, tag_field="kind", tag="figure"):
    id: str
    span: Span
    figure: Figure


class StatementClaim(Struct, frozen=True, tag_field="kind", tag="statement"):
    """Speaker, cue and content after PARC 3 and PolNeAR. ``hop`` names outlets or agencies through which it came."""

    id: str
    span: Span
    speaker: Speaker | None
    cue: Span | None
    content: tuple[Span, ...]
    form: Form
    terms: Terms
    hop: tuple[str, ...] = ()


class EventClaim(Struct, frozen=True, tag_field="kind", tag="event"):
    """``span`` is the trigger with its clause nucleus; ``trigger`` its lemma. ``aside``: the clause or phrase that tells of it,
    where its sentence as a whole is about something else."""

    id: str
    span: Span
    type: str
    trigger: str
    when: When | None
    place: str | None
    participants: tuple[Participant, ...]
    status: EventStatus
    aside: Span | None = None


class PositionClaim(Struct, frozen=True, tag_field="kind", tag="position"):
    id: str
    span: Span
    party: str
    issue: str
    stance: Literal["demands", "prefers", "supports", "rejects", "offers", "warns", "open"]
    statement: str | None
    stated: bool = True


class CommitmentClaim(Struct, frozen=True, tag_field="kind", tag="commitment"):
    id: str
    span: Span
    party: str
    action: str
    due: When | None
    statement: str | None


Claim = FigureClaim | StatementClaim | EventClaim | PositionClaim | CommitmentClaim


def report_of(ident: str) -> str:
    """The id of the report that the claim ``ident`` is of."""
    return ident.rpartition("#")[0]
