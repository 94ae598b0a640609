"""Pins: passages that only a drift cites, as claims, so that what changed can be shown where no extractor found a claim.

A pin's id holds its place ("REPORT#d120-184"): the same passage has the same id in every run, and the claim can be had from the
id and the report alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from rapporteur.model.claims import StatementClaim
from rapporteur.model.lineage import Drift
from rapporteur.model.reading import Reading
from rapporteur.model.spans import Span

_ID = re.compile(r"(?P<report>.+)#d(?P<start>\d+)-(?P<end>\d+)")


def pinned(reading: Reading, start: int, end: int) -> StatementClaim:
    """The characters [start, end) as what the report says in its own voice: a statement without a speaker."""
    span = Span.of(reading.report.text, start, end)
    return StatementClaim(f"{reading.report.id}#d{start}-{end}", span, None, None, (span,), "indirect", "media")


def with_pins(readings: Iterable[Reading], drifts: Iterable[Drift]) -> tuple[Reading, ...]:
    """``readings`` with each passage that only ``drifts`` cite among the claims of its report, in text order."""
    places: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for cited in {i for d in drifts for i in (d.source, d.target)}:
        if m := _ID.fullmatch(cited):
            places[m["report"]].add((int(m["start"]), int(m["end"])))
    return tuple(_with(r, sorted(places[r.report.id])) if r.report.id in places else r for r in readings)


def pin_of(readings: Mapping[str, Reading], ident: str) -> StatementClaim:
    """The pin with this id, of one of ``readings`` (by report); ``KeyError`` when it is none of theirs."""
    found = _ID.fullmatch(ident)
    if found is None:
        raise KeyError(ident)
    return pinned(readings[found["report"]], int(found["start"]), int(found["end"]))


def _with(reading: Reading, places: Iterable[tuple[int, int]]) -> Reading:
    held = {c.id for c in reading.claims}
    made = [p for p in (pinned(reading, *place) for place in places) if p.id not in held]
    return msgspec.structs.replace(reading, claims=(*reading.claims, *made))
