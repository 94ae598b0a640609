"""One more report into a record: its parents, and the reports that turn out to have taken from it.

Costs a look-up and a few dozen comparisons, whatever the size of the record. The result is that of linking the whole record
anew, but
for circles, which only a look at all derivations can break (``derive.without_cycles``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from rapporteur.model.lineage import Derivation
from rapporteur.model.report import Report
from rapporteur.stages.link.between import settle
from rapporteur.stages.link.derive import DIRECTED, Pair, choose, climb, weigh
from rapporteur.stages.link.graph import Pairs, labels_above, told_by
from rapporteur.stages.link.index import KeyIndex, candidates, keys
from rapporteur.stages.link.profile import Profile
from rapporteur.stages.link.unseen import unseen_parents

NEARER = 0.03
"""Closeness by which the new report must not fall short of a taker's present parent to be looked at as its parent instead."""


class Shelf(Protocol):
    """What linking asks of a record, by report id; a store implements it with three look-ups."""

    def profile(self, report: str) -> Profile:
        """The profile kept for a report."""
        ...

    def report(self, report: str) -> Report:
        """The report itself, for the texts that evidence quotes."""
        ...

    def parent(self, report: str) -> str | None:
        """The direct parent that the record has for a report."""
        ...


class Added(NamedTuple):
    """``derivations`` of the new report and of those in ``changed``, whose former derivations they replace."""

    derivations: tuple[Derivation, ...]
    changed: tuple[str, ...]


def link_one(report: Report, profile: Profile, index: KeyIndex, shelf: Shelf) -> Added:
    """Enters ``profile`` into ``index`` and gives what is new. The shelf must already answer for ``report``."""
    index.add(profile.report, keys(profile).keys)
    view = _View(index, shelf, {profile.report: profile}, {})
    made: list[Derivation] = []
    changed: list[str] = []
    for name in (profile.report, *_takers(profile, view)):
        best = view.choose(name)
        if name != profile.report:
            if best is None or best.parent != profile.report:
                continue
            changed.append(name)
        made.extend(_derivations(name, best, view))
    return Added(tuple(sorted(made, key=lambda d: (d.report, d.parent or "", d.credited or ""))), tuple(sorted(changed)))


@dataclass(frozen=True)
class _View(Mapping[str, Profile]):
    """Profiles and pairs of the part of the record that one look-up touches, each fetched once."""

    index: KeyIndex
    shelf: Shelf
    known: dict[str, Profile]
    pairs: dict[str, list[Pair]]

    def __getitem__(self, report: str) -> Profile:
        found = self.known.get(report)
        if found is None:
            found = self.known[report] = self.shelf.profile(report)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self.known)

    def __len__(self) -> int:
        return len(self.known)

    def of(self, report: str) -> list[Pair]:
        """Possible pairs of ``report``, seen from it."""
        if report not in self.pairs:
            own = self[report]
            found = (weigh(own, self[other]) for other in candidates(keys(own), self.index, report, _NEAREST))
            self.pairs[report] = [p for p in found if p is not None]
        return self.pairs[report]

    def weighed(self, one: str, other: str) -> Pair | None:
        return next((p for p in self.pairs.get(one, ()) if p.parent == other), None) or weigh(self[one], self[other])

    def choose(self, report: str) -> Pair | None:
        best = choose(settle(self.of(report), self, self.weighed), self)
        return climb(best, self.shelf.parent, self, self.weighed) if best is not None else None


def _takers(profile: Profile, view: _View) -> list[str]:
    """Reports of the record that may have taken from the new one and have no nearer parent yet."""
    out = []
    possible = [p for p in view.of(profile.report) if p.sure and p.direction <= 1.0 - DIRECTED + _UNSETTLED]
    for pair in sorted(possible, key=lambda p: (-p.closeness, p.parent))[:_TAKERS]:
        present = view.shelf.parent(pair.parent)
        held = view.weighed(pair.parent, present) if present is not None else None
        if held is None or pair.closeness >= held.closeness - NEARER:
            # Its other pairs lost against its present parent when it was linked: only these two are still in the running.
            view.pairs[pair.parent] = [pair.turned(), *([held] if held else [])]
            out.append(pair.parent)
    return sorted(out)


_NEAREST = 8
"""Candidates weighed for one report: half as many as for a whole record, so that a text that fifty sites carry costs little more
than one that two carry; from a copy the way goes up to the first all the same (``derive.climb``)."""
_UNSETTLED = 0.15
"""A third report may still turn the direction of a pair by about this much."""
_TAKERS = 4
"""Reports looked at as takers of the new one, nearest first: what comes late is rarely the origin of many."""


def _derivations(report: str, best: Pair | None, view: _View) -> list[Derivation]:
    chosen = {report: best} if best is not None else {}
    made: list[Derivation] = []
    if best is not None:
        pairs = Pairs(view, view.pairs)
        reports = {p: view.shelf.report(p) for p in {report, best.parent, *(p.parent for p in view.of(report))}}
        made, _ = told_by(best, pairs, chosen, reports)
        above = best.parent
        seen = {report}
        while above not in seen and (parent := view.shelf.parent(above)) is not None:
            seen.add(above)
            chosen[above] = Pair(above, parent, 1.0, 1.0, 0.0, 0.0, sure=True, owed=True, owed_back=False)
            above = parent
    made.extend(unseen_parents(view.shelf.report(report), view[report], labels_above(report, chosen, view)))
    return made
