"""One report's chain back to its origins, from the standing: as long as the chain is, not as the record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from rapporteur.model.lineage import Derivation, Drift, Origin
from rapporteur.model.reading import Reading
from rapporteur.stages.link import profile, with_pins
from rapporteur.stages.link.origins import origins
from rapporteur.stages.reconcile.judged import Decided
from rapporteur.standing.update import link_up
from rapporteur.store.base import Store
from rapporteur.store.standing_records import WHOLE


class Chain(NamedTuple):
    """``derivations`` of a report, of its parents, and so on, nearest first; what drifted along them; the origins of the report;
    the ``readings`` of all of them by id, as people corrected them, with the passages that the drifts cite among their claims."""

    derivations: tuple[Derivation, ...]
    drifts: tuple[Drift, ...]
    origins: tuple[Origin, ...]
    readings: Mapping[str, Reading]


def chain(store: Store, report: str) -> Chain:
    """The chain of ``report``, a report of the record, with who took what from whom brought to the present before."""
    link_up(store)
    kept = store.standing()
    found: list[Derivation] = []
    drifts: list[Drift] = []
    fresh: dict[str, float] = {}
    seen, wave = {report}, [report]
    while wave:
        rows = kept.told(WHOLE, wave)
        found.extend(d for row in rows for d in row.derivations)
        drifts.extend(d for row in rows for d in row.drifts)
        fresh |= {row.report: row.fresh for row in rows if row.fresh is not None}
        wave = sorted({d.parent for row in rows for d in row.derivations if d.parent is not None} - seen)
        seen.update(wave)
    # A common origin is told by the later id of the two, and counts for both.
    ties = [d for one in sorted(seen) for d in kept.children(WHOLE, one) if d.relation == "common-origin"]
    readings, _ = Decided.of(store.judgements()).read(tuple(store.some_readings(sorted(seen)).values()))
    profiles = {reading.report.id: profile(reading) for reading in readings}
    listed, _ = origins(profiles, (*found, *(d for d in ties if d not in found)), fresh)
    own = tuple(origin for origin in listed if report in origin.reports)
    return Chain(tuple(found), tuple(drifts), own, {r.report.id: r for r in with_pins(readings, drifts)})
