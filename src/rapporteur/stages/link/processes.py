"""Processes: which reports of a record belong to one negotiation, proposed from what they say.

Two reports are alike by the cosine of their words, each weighted by how rare it is in news at large (``background``), names and
terms together; less where they are years apart, since the same countries negotiate about one thing after another. Reports of one
family (``families``) are together from the start; the rest joins by average linkage (Sokal and Michener 1958).
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from rapporteur.model.lineage import Lineage
from rapporteur.model.reading import Reading
from rapporteur.stages.link.families import families
from rapporteur.stages.link.profile import Profile

ALIKE = 0.09
"""Least mean likeness of two groups for them to be one process. Five folders of agency reports and one of saved pages, mixed:
pairs F1 .92 at .08, .91 from .085 to .10, and .72 at .075, where folders flow together."""
YEARS = 2.0
"""Years beyond the first after which likeness counts half."""
DIMENSIONS = 4096
"""Buckets of the hashed vocabulary: 600 distinct words of a report fill a seventh of them."""
LONGEST_NAME = 40
"""Characters of a name to be typed."""
MOST = 2000
"""Reports that are grouped at once (17 MB of likenesses); later ones join the group they are most like."""

_Floats = NDArray[np.float32]


class ProposedProcess(Struct, frozen=True):
    """Reports (ids, sorted) that seem to be about one process; its title gives the names that set them apart."""

    name: str
    title: str
    reports: tuple[str, ...]
    begin: str | None
    end: str | None


@dataclass(slots=True)
class _Group:
    """Reports together: their ids, the sum of their unit vectors, and the years they span (None: no date is known)."""

    members: list[str]
    total: _Floats
    years: tuple[float, float] | None


def propose(readings: Sequence[Reading], profiles: Mapping[str, Profile], lineage: Lineage) -> tuple[ProposedProcess, ...]:
    """All reports in groups, largest first; a report that is like no other is a group of its own."""
    days = {r.report.id: r.report.published.value if r.report.published else None for r in readings}
    ordered = sorted(days, key=lambda i: (days[i] or "", i))
    family = families(ordered, lineage.derivations)
    groups: dict[str, _Group] = {}
    for report in ordered:
        vector, when = _vector(profiles[report]), _years(days[report])
        known = groups.get(family[report])
        groups[family[report]] = _joined(known, _Group([report], vector, when)) if known else _Group([report], vector, when)
    starting = list(groups.values())
    made = _grouped(starting[:MOST])
    for late in starting[MOST:]:
        likeness, at = max(((_likeness(late, g), -i) for i, g in enumerate(made)), default=(0.0, 0))
        if likeness >= ALIKE:
            made[-at] = _joined(made[-at], late)
        else:
            made.append(late)
    return _named([sorted(g.members) for g in made], readings, lineage, days)


def _vector(profile: Profile) -> _Floats:
    arrays = profile.arrays
    # Half of the words count negatively, so that words that meet in a bucket make no strangers alike (Weinberger et al. 2009).
    signed = np.where(arrays.vocabulary >> 31, -arrays.vocabulary_weights, arrays.vocabulary_weights)
    out = np.bincount(arrays.vocabulary % DIMENSIONS, signed, DIMENSIONS).astype(np.float32)
    length = float(np.linalg.norm(out))
    return out / np.float32(length) if length else out


def _years(day: str | None) -> tuple[float, float] | None:
    if day is None:
        return None
    year, month, *_ = [int(part) for part in (day[:10] + "-06").split("-")[:2]]
    at = date(year, min(max(month, 1), 12), 15).toordinal() / 365.25
    return at, at


def _joined(one: _Group, other: _Group) -> _Group:
    spans = [y for y in (one.years, other.years) if y]
    years = (min(y[0] for y in spans), max(y[1] for y in spans)) if spans else None
    return _Group([*one.members, *other.members], one.total + other.total, years)


def _likeness(a: _Group, b: _Group) -> float:
    mean = float(a.total @ b.total) / (len(a.members) * len(b.members))
    gap = max(0.0, a.years[0] - b.years[1], b.years[0] - a.years[1]) if a.years and b.years else 0.0
    return mean / (1.0 + max(0.0, gap - 1.0) / YEARS)


def _grouped(groups: list[_Group]) -> list[_Group]:
    """``groups`` joined pair by pair, most alike first, until none are alike enough; means are updated, not computed again
    (Lance and Williams 1967)."""
    if not groups:
        return []
    sizes = np.array([len(g.members) for g in groups], np.float32)
    units = np.stack([g.total for g in groups]) / sizes[:, None]
    means = units @ units.T
    spans = np.array([g.years or (np.nan, np.nan) for g in groups], np.float32)
    there = np.ones(len(groups), bool)

    def row(i: int) -> _Floats:
        gap = np.nan_to_num(np.maximum(spans[:, 0] - spans[i, 1], spans[i, 0] - spans[:, 1]))
        out = means[i] / (1.0 + np.maximum(0.0, gap - 1.0) / YEARS)
        out[~there] = out[i] = -1.0
        return np.asarray(out, np.float32)

    alike = np.stack([row(i) for i in range(len(groups))])
    nearest = alike.argmax(axis=1)
    while True:
        best = alike[np.arange(len(groups)), nearest]
        i = int(best.argmax())
        i, j = sorted((i, int(nearest[i])))
        if alike[i, j] < ALIKE:
            return [g for k, g in enumerate(groups) if there[k]]
        groups[i] = _joined(groups[i], groups[j])
        means[i] = means[:, i] = (sizes[i] * means[i] + sizes[j] * means[j]) / (sizes[i] + sizes[j])
        sizes[i], there[j] = sizes[i] + sizes[j], False
        spans[i] = groups[i].years or (np.nan, np.nan)
        alike[j, :] = alike[:, j] = -1.0
        alike[i, :] = alike[:, i] = row(i)
        stale = np.flatnonzero((nearest == i) | (nearest == j))
        nearest[stale] = alike[stale].argmax(axis=1)
        closer = alike[:, i] > alike[np.arange(len(groups)), nearest]
        nearest[closer] = i
        nearest[i] = int(alike[i].argmax())


def _named(
    groups: Iterable[list[str]], readings: Sequence[Reading], lineage: Lineage, days: Mapping[str, str | None]
) -> tuple[ProposedProcess, ...]:
    """Each group under the names that more of its reports have than of the others'."""
    actor = {member: a for a in lineage.actors if a.kind in ("place", "organization") for member in a.members}
    naming: dict[str, Counter[str]] = defaultdict(Counter)
    for reading in readings:
        for m in reading.mentions:
            if m.actor in actor:
                naming[actor[m.actor].name][reading.report.id] += 1
    taken: Counter[str] = Counter()
    out = []
    for members in sorted(groups, key=lambda g: (-len(g), g)):
        title = _title(set(members), naming, len(readings))
        slug = re.sub(r"[^a-z0-9]+", "-", title.casefold())[:LONGEST_NAME].strip("-") or "process"
        taken[slug] += 1
        dated = sorted(d for m in members if (d := days[m]))
        name = slug if taken[slug] == 1 else f"{slug}-{taken[slug]}"
        out.append(ProposedProcess(name, title, tuple(members), dated[0] if dated else None, dated[-1] if dated else None))
    return tuple(out)


def _title(members: set[str], naming: Mapping[str, Counter[str]], reports: int) -> str:
    """The two names that the group's reports have most often, each counted by how few reports have it."""

    def worth(name: str) -> float:
        return sum(naming[name][m] for m in members) * math.log((reports + 1) / len(naming[name]))

    named = [n for n in naming if not members.isdisjoint(naming[n])]
    best = sorted(named, key=lambda n: (-worth(n), n))[:2]
    return " and ".join(best) if best else "Reports without names"
