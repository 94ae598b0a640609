"""Corrections of claims: what a person says a report reads, in place of what the program read."""

from __future__ import annotations

import re
from datetime import date
from typing import cast, get_args

from msgspec.structs import replace

from rapporteur.model.claims import (
    Bound,
    Claim,
    CommitmentClaim,
    EventClaim,
    EventStatus,
    FigureClaim,
    PositionClaim,
    Speaker,
    StatementClaim,
    When,
)
from rapporteur.model.report import Precision

OUTCOMES = ("kept", "broken", "pending", "unknown")
_NUMBER = r"(\d[\d,]*(?:\.\d+)?)"
_FIGURE = re.compile(
    rf"(?:(exactly|about|at least|at most|more than|less than) )?{_NUMBER}(?: ?(?:to|-|–|\.\.) ?{_NUMBER})?", re.IGNORECASE
)
_BOUNDS: dict[str, Bound] = {
    "exactly": "exact",
    "about": "about",
    "at least": "at-least",
    "at most": "at-most",
    "more than": "more-than",
    "less than": "less-than",
}
_STANCES = ("demands", "prefers", "supports", "rejects", "offers", "warns", "open")
_PRECISIONS: dict[int, Precision] = {4: "year", 7: "month", 10: "day"}


def corrected(claim: Claim, value: str) -> Claim:
    """``claim`` as it is to be read. ``ValueError`` says what is wrong with ``value``.

    Figure: a number with or without bound, or a range. Statement: the speaker's name. Event: an ISO date or a status. Position:
    a stance. Commitment: the ISO date on which it is due, or what became of it, which leaves the claim as it is.
    """
    value = " ".join(value.split())
    if not value:
        raise ValueError("no value is given")
    if isinstance(claim, FigureClaim):
        return _figure(claim, value)
    if isinstance(claim, StatementClaim):
        return replace(claim, speaker=Speaker(claim.speaker.span if claim.speaker else claim.span, value))
    if isinstance(claim, EventClaim):
        if value in get_args(EventStatus):
            return replace(claim, status=cast(EventStatus, value))
        return replace(claim, when=_when(value, f"an ISO date or one of {', '.join(get_args(EventStatus))}"))
    if isinstance(claim, PositionClaim):
        if value not in _STANCES:
            raise ValueError(f"{value!r} is no stance; write one of {', '.join(_STANCES)}")
        return replace(claim, stance=value)
    assert isinstance(claim, CommitmentClaim)
    return claim if value in OUTCOMES else replace(claim, due=_when(value, f"an ISO date or one of {', '.join(OUTCOMES)}"))


def numbers_of(value: str) -> tuple[float, ...]:
    """The one or two numbers of a corrected figure."""
    found = _FIGURE.fullmatch(" ".join(value.split()))
    if found is None:
        raise ValueError(f"{value!r} is no figure; write a number, 'at least' or 'about' and a number, or two numbers and 'to'")
    return tuple(float(n.replace(",", "")) for n in found.groups()[1:] if n)


def _figure(claim: FigureClaim, value: str) -> FigureClaim:
    given = numbers_of(value)
    found = _FIGURE.fullmatch(value)
    word = found[1].casefold() if found and found[1] else None
    figure = claim.figure
    if len(given) == 2:
        low, high = sorted(given)
        return replace(claim, figure=replace(figure, value=None, low=low, high=high, bound="range"))
    # A bare number corrects the number; "at least" was read right unless the correction says otherwise.
    bound = _BOUNDS[word] if word else ("exact" if figure.bound == "range" else figure.bound)
    return replace(claim, figure=replace(figure, value=given[0], low=None, high=None, bound=bound))


def _when(value: str, wanted: str) -> When:
    try:
        date.fromisoformat((value + "-01-01")[:10] if len(value) < 10 else value)
        return When(value, _PRECISIONS[len(value)])
    except (ValueError, KeyError):
        raise ValueError(f"{value!r} is not {wanted}") from None
