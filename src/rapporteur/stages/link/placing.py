"""Placing undated reports in time, by what they share with dated ones.

A report without a date of its own that took from a dated one, gave to one, or carries the same utterance, is about as old as
that one; a date that its own text names after that is a lower bound. The result says on what it rests and is never called the
date of publication.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rapporteur.model.claims import report_of
from rapporteur.model.lineage import Derivation, Placement, Utterance
from rapporteur.model.reading import Reading


def place(
    readings: Sequence[Reading], derivations: Iterable[Derivation], utterances: Iterable[Utterance]
) -> tuple[Placement, ...]:
    """Placements of the reports without a date, sorted by report; none for a report that shares nothing with a dated one."""
    dated = {r.report.id: r.report.published.value[:10] for r in readings if r.report.published}
    undated = {r.report.id: r for r in readings if r.report.published is None}
    if not undated:
        return ()
    near: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for d in derivations:
        if d.parent is not None:
            near[d.report].append((0, d.parent))
            near[d.parent].append((0, d.report))
    for u in utterances:
        reports = sorted({report_of(c) for c in u.claims})
        for one in reports:
            near[one].extend((1, other) for other in reports if other != one)
    out = []
    for report, reading in sorted(undated.items()):
        found = _nearest(report, near, dated)
        if found is not None:
            basis, other = found
            value = max([dated[other], *_later(reading, dated[other])])
            out.append(Placement(report, value[:7], "month", "utterance" if basis else "lineage", other))
    return tuple(out)


def _nearest(report: str, near: Mapping[str, Sequence[tuple[int, str]]], dated: Mapping[str, str]) -> tuple[int, str] | None:
    """The dated report that says most: a relative before one with a common utterance, then the most frequent, then the latest."""
    for basis in (0, 1):
        others = [other for kind, other in near.get(report, ()) if kind == basis and other in dated]
        if others:
            return basis, max(others, key=lambda o: (others.count(o), dated[o], o))
    return None


def _later(reading: Reading, day: str) -> list[str]:
    """Full days that the text itself names after ``day``, within the same half year: it cannot be older than they are."""
    named = [
        m.time.begin for m in reading.mentions if m.time and m.time.type == "DATE" and m.time.begin and m.time.begin == m.time.end
    ]
    return [d for d in named if day < d <= f"{int(day[:4]) + (day[5:7] > '06')}-{'12' if day[5:7] <= '06' else '06'}-31"]
