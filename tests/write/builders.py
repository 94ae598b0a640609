"""Readings built by hand: a text, and claims named by the words that state them."""

from __future__ import annotations

from typing import Any

from rapporteur.model.account import Finding
from rapporteur.model.claims import (
    Claim,
    CommitmentClaim,
    EventClaim,
    Figure,
    FigureClaim,
    Mention,
    PositionClaim,
    Speaker,
    StatementClaim,
    TimeValue,
    When,
)
from rapporteur.model.lineage import Lineage
from rapporteur.model.reading import SCHEMA, Reading
from rapporteur.model.report import Published, Report
from rapporteur.model.spans import Span

NO_LINEAGE = Lineage((), (), (), (), ())


def span(text: str, exact: str) -> Span:
    """The first place of ``exact`` in ``text``; it must be there."""
    start = text.index(exact)
    return Span.of(text, start, start + len(exact))


def figure(text: str, ident: str, exact: str, number: str, value: float, **fields: Any) -> FigureClaim:
    """A figure claim on ``exact``; ``number`` are its number words."""
    whole = span(text, exact)
    at = whole.start + exact.index(number)
    given: dict[str, Any] = {
        "low": None,
        "high": None,
        "bound": "exact",
        "unit": None,
        "counted": None,
        "state": None,
        "places": (),
        "window": None,
        "as_of": None,
        "said_by": None,
    }
    given.update(fields)
    return FigureClaim(ident, whole, Figure(number=Span.of(text, at, at + len(number)), value=value, **given))


def statement(text: str, ident: str, exact: str, speaker: str, content: str, **fields: Any) -> StatementClaim:
    """A statement claim on ``exact``."""
    return StatementClaim(
        ident,
        span(text, exact),
        Speaker(span(text, speaker), fields.pop("resolved", speaker)),
        None,
        (span(text, content),),
        fields.pop("form", "indirect"),
        fields.pop("terms", "on-record"),
    )


def event(text: str, ident: str, exact: str, day: str, **fields: Any) -> EventClaim:
    """An event claim on ``exact``, on ISO ``day``."""
    return EventClaim(
        ident, span(text, exact), "meeting", "meet", When(day, "day"), fields.get("place"), (), fields.get("status", "asserted")
    )


def position(text: str, ident: str, exact: str, party: str, issue: str) -> PositionClaim:
    """A position claim on ``exact``."""
    return PositionClaim(ident, span(text, exact), party, issue, "demands", None)


def commitment(text: str, ident: str, exact: str, party: str, due: str) -> CommitmentClaim:
    """A commitment claim on ``exact``."""
    return CommitmentClaim(ident, span(text, exact), party, "leave", When(due, "day"), None)


def reading(ident: str, text: str, claims: tuple[Claim, ...] = (), **fields: Any) -> Reading:
    """A reading of ``text``."""
    day = fields.pop("published", "2031-03-04")
    report = Report(
        id=ident,
        path=fields.pop("path", f"{ident}.txt"),
        url=None,
        title=fields.pop("title", None),
        outlet=fields.pop("outlet", f"Outlet {ident}"),
        byline=(),
        dateline=None,
        published=Published(day, "day", "given") if day else None,
        language="en",
        text=text,
        furniture=tuple(span(text, f) for f in fields.pop("furniture", ())),
        credits=(),
        issues=(),
        sha256="0" * 64,
    )
    return Reading(SCHEMA, report, _days(claims), claims)


def _days(claims: tuple[Claim, ...]) -> tuple[Mention, ...]:
    """A time mention for each dated event: the words of the event are taken to name its day."""
    dated = [c for c in claims if isinstance(c, EventClaim) and c.when is not None]
    return tuple(
        Mention(f"{c.id}t", "time", c.span, TimeValue("DATE", c.when.value, c.when.value, c.when.value)) for c in dated if c.when
    )


def finding(ident: str, supports: tuple[str, ...], **fields: Any) -> Finding:
    """A finding; kind figure, verdict single, one origin unless told otherwise."""
    given: dict[str, Any] = {
        "kind": "figure",
        "label": f"label of {ident}",
        "verdict": "single",
        "contradicts": (),
        "origins": 1,
        "speakers": 0,
    }
    given.update(fields)
    return Finding(id=ident, supports=supports, **given)
