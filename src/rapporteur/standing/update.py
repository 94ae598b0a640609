"""Bringing a standing to the present: one more report costs its look-up and what it touches, not the record.

A standing that is missing, made by other rules, or behind by many reports is made from the whole record at once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from rapporteur import __version__
from rapporteur.errors import StoreError
from rapporteur.model.account import Finding
from rapporteur.model.lineage import Derivation, Drift, Lineage
from rapporteur.model.process import FollowedProcess
from rapporteur.model.reading import Reading
from rapporteur.process.effects import belongs, with_parties
from rapporteur.stages.link import lineage_of, profile
from rapporteur.stages.link.drift import find_drifts
from rapporteur.stages.link.graph import linked, told
from rapporteur.stages.link.incremental import link_one
from rapporteur.stages.link.judged import judged
from rapporteur.stages.link.origins import listed, reached, whose
from rapporteur.stages.reconcile.judged import Decided
from rapporteur.standing.books import Books
from rapporteur.standing.reconciled import Renewed, Since, since, whole
from rapporteur.standing.shelf import Shelf
from rapporteur.store.base import Store
from rapporteur.store.standing_records import WHOLE, Asked, Change, State, Told

FEW = 0.2
"""Share of a record up to which new reports are linked one by one; a single one costs some three times as much so."""

_FOLLOWED = ("model", "process", "language", "stages/link", "stages/reconcile", "standing")
_RULES = (".py", ".tsv", ".txt", ".json")
_TRIES = 5
_PACK = msgspec.msgpack.Encoder()
_REST = "lineage"


class _Rest(Struct, frozen=True):
    """A lineage without derivations and drifts, and the state that it belongs to."""

    stamp: str
    lineage: Lineage


_LINEAGE = msgspec.msgpack.Decoder(_Rest)


class Present(NamedTuple):
    """A scope as it stands now: who took what from whom, and the findings."""

    lineage: Lineage
    findings: tuple[Finding, ...]


def scope_of(process: FollowedProcess | None) -> str:
    """The name of the standing of a process, or of the whole record."""
    return process.name if process else WHOLE


def link_up(store: Store, process: FollowedProcess | None = None) -> State:
    """Brings who took what from whom to the present: derivations and drifts, not yet the findings.

    One more report costs its look-up and a few comparisons. ``StoreError`` when others keep changing the standing meanwhile.
    """
    for _ in range(_TRIES):
        update = _Update(store, process)
        change = update.linked()
        if change is None:
            assert update.state is not None
            return update.state
        if store.standing().change(update.scope, change, update.before):
            return change.state
    raise StoreError("the standing of the record is being changed by others all the time; try again later")


def bring_up(store: Store, process: FollowedProcess | None = None) -> State:
    """Brings the standing of the record, or of a process that it follows, to the present: who took what from whom, then the
    findings. Nothing is done when nothing is new."""
    for _ in range(_TRIES):
        state = link_up(store, process)
        if (state.report, state.judgement) == (state.linked, state.judged):
            return state
        update = _Update(store, process)
        change = update.found()
        if store.standing().change(update.scope, change, update.before):
            return change.state
    raise StoreError("the standing of the record is being changed by others all the time; try again later")


def behind(store: Store) -> int | None:
    """How many reports have come that the standing of the record does not count; None when it has to be made from the whole
    record."""
    return _Update(store, None).behind()


def present(store: Store, process: FollowedProcess | None = None) -> Present:
    """The scope as it stands now, brought up where it is not."""
    state = bring_up(store, process)
    kept, scope = store.standing(), scope_of(process)
    total, _ = kept.findings(scope, Asked(), 0)
    _, findings = kept.findings(scope, Asked(), total)
    return Present(_lineage(store, process, state), tuple(sorted(findings, key=lambda f: (f.kind, f.id))))


def _lineage(store: Store, process: FollowedProcess | None, state: State) -> Lineage:
    """The lineage at ``state``. What is not kept report by report is made when it is first asked for, and kept as a part."""
    kept, scope = store.standing(), scope_of(process)
    stamp = f"{state.report} {state.judgement} {state.version}"
    held = kept.parts(scope, [_REST]).get(_REST)
    if held is not None and (rest := _LINEAGE.decode(held)).stamp == stamp:
        derivations, _, drifts = _together(kept.told(scope))
        return replace(rest.lineage, derivations=derivations, drifts=drifts)
    made = _Update(store, process).lineage()
    rest = _Rest(stamp, replace(made, derivations=(), drifts=()))
    # When others have changed the standing meanwhile, theirs stays, and this part is made again later.
    kept.change(scope, Change(state, parts={_REST: _PACK.encode(rest)}), state)
    return made


def _much(before: int, last: int) -> bool:
    """Whether so much has come after report number ``before`` that a standing is sooner made from the whole record."""
    return last - before > FEW * before


def _version(process: FollowedProcess | None) -> str:
    digest = hashlib.sha256(msgspec.json.encode(process)).hexdigest()[:12] if process else ""
    return f"{__version__} {_rules()} {digest}".strip()


@lru_cache(maxsize=1)
def _rules() -> str:
    """Digest of the code and tables that a standing follows from. Whoever changes them need not remember to say so: what older
    rules made is made anew."""
    digest, root = hashlib.sha256(), Path(__file__).parents[1]
    for folder in _FOLLOWED:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in _RULES:
                digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


class _Update:
    """One update of a scope: what stood before, what is new, and what follows from it."""

    def __init__(self, store: Store, process: FollowedProcess | None) -> None:
        self._store, self._process, self.scope = store, process, scope_of(process)
        self._shelf = Shelf(store, self.scope)
        self._moment = store.moment()
        self._judgements = store.judgements()
        self._decided = Decided.of(self._judgements)
        self._version = _version(process)
        self.before = self._shelf.kept.state(self.scope)
        current = self.before is not None and self.before.version == self._version
        self.state = self.before if current else None

    def linked(self) -> Change | None:
        """What is to be written of who took what from whom; None when nothing is new."""
        at, state = self._moment, self.state
        if state is not None and (state.linked, state.judged) == (at.report, at.judgement):
            return None
        if state is None or _much(state.linked, at.report):
            anew, rows = True, self._at_once()
        else:
            anew, rows = False, self._one_by_one(self._new(state.linked, at.report))
        state = state or State(self._version, 0, 0, 0)
        return Change(replace(state, linked=at.report, judged=at.judgement), self._shelf.linked(), rows, anew=anew)

    def behind(self) -> int | None:
        """See ``behind``."""
        if self.state is None or _much(self.state.report, self._moment.report):
            return None
        return self._moment.report - self.state.report

    def found(self) -> Change:
        """What is to be written of the findings, after ``linked``."""
        assert self.state is not None
        state = self.state
        if _much(state.report, state.linked):
            ordered = self._ordered(state.linked)
            renewed, reports = self._whole(ordered), len(ordered)
            dropped = self._gone(renewed.findings)
        else:
            new = self._new(state.report, state.linked)
            renewed, reports = self._since(new), state.reports + len(new)
            dropped = renewed.dropped
        state = replace(state, report=state.linked, judgement=state.judged, reports=reports)
        return Change(state, findings=renewed.findings, dropped=dropped, grouped=renewed.grouped)

    def lineage(self) -> Lineage:
        """Who took what from whom in the scope as it stands, with utterances and actors."""
        assert self.state is not None
        ordered = self._ordered(self.state.linked)
        self._shelf.profiles.fetch([r.report.id for r in ordered])
        found, fresh, drifts = _together(self._shelf.kept.told(self.scope))
        judgements = (*self._decided.judgements, *self._decided.pairs)
        profiles = {r.report.id: self._shelf.profiles[r.report.id] for r in ordered}
        lineage = self._decided.lineage(lineage_of(ordered, profiles, (found, fresh), drifts, judgements))
        if self._process is not None:
            lineage = replace(lineage, actors=with_parties(lineage.actors, self._process))
        return lineage

    def _new(self, since: int, last: int) -> list[Reading]:
        """The readings of the scope with numbers above ``since``, up to ``last``."""
        reports = self._store.added(since, last)
        found = self._store.some_readings(reports)
        return [reading for report in reports if self._belongs(reading := found[report])]

    def _belongs(self, reading: Reading) -> bool:
        return self._process is None or belongs(reading, self._process)

    def _ordered(self, last: int) -> tuple[Reading, ...]:
        """All readings of the scope up to number ``last`` by id, as people corrected them."""
        held = filter(self._belongs, self._store.readings(replace(self._moment, report=last)))
        return tuple(sorted(self._decided.read(tuple(held))[0], key=lambda r: r.report.id))

    def _at_once(self) -> tuple[Told, ...]:
        """Links the whole scope anew; returns all rows."""
        shelf = self._shelf
        shelf.clear()
        for reading in self._ordered(self._moment.report):
            shelf.add(reading, profile(reading))
        nodes = linked(shelf.profiles)
        for report in nodes:
            shelf.nodes[report] = nodes[report]
        return tuple(map(self._told, nodes))

    def _one_by_one(self, new: Iterable[Reading]) -> tuple[Told, ...]:
        """Links what is new; returns the rows that are other than before."""
        shelf, decided = self._shelf, self._judged()
        touched = set(decided)
        for reading in new:
            shelf.add(reading, profile(reading))
            touched |= link_one(shelf.profiles[reading.report.id], shelf)
        nodes = [shelf.nodes[report] for report in touched]
        shelf.reports.fetch(sorted(touched.union(*({*(p.parent for p in node.parents), *node.tied} for node in nodes))))
        # Where only the probability of a parent is another, what drifted is known.
        same = sorted(report for report in touched - decided if shelf.nodes.keeps_parents(report))
        before = {row.report: row for row in shelf.kept.told(self.scope, sorted(touched))}
        drifts = {report: before[report].drifts if report in before else () for report in same}
        rows = (self._told(report, drifts.get(report)) for report in sorted(touched))
        return tuple(row for row in rows if row != before.get(row.report, Told(row.report, (), ())))

    def _judged(self) -> set[str]:
        """Reports of which judgements, be they undone, name a claim or derivation, and those that took from them; none where no
        judgement has come."""
        if self.state is not None and self.state.judged == self._moment.judgement:
            return set()
        named = {part for j in self._judgements for s in j.subjects for part in _reports_in(s)}
        self._shelf.profiles.fetch(sorted(named))
        known = {report for report in named if report in self._shelf.profiles}
        return known.union(d.report for report in known for d in self._shelf.kept.children(self.scope, report))

    def _told(self, report: str, known: tuple[Drift, ...] | None = None) -> Told:
        """The row of one report, as people judged it; ``known`` is what drifted, where that is known."""
        shelf = self._shelf
        made = told(report, shelf.nodes, shelf.profiles, shelf.reports)
        fresh = {} if made.fresh is None else {report: made.fresh}
        found, left = judged(made.derivations, fresh, self._decided.judgements)
        if known is not None:
            return Told(report, found, known, left.get(report))
        near = shelf.reports.fetch([report, *(d.parent for d in found if d.parent)])
        drifts = find_drifts(self._decided.read(tuple(near.values()))[0], found) if len(near) > 1 else ()
        rejected = self._decided.rejected
        return Told(report, found, tuple(d for d in drifts if not {d.source, d.target} & rejected.keys()), left.get(report))

    def _labels(self, reports: Sequence[str]) -> dict[str, str | None]:
        self._shelf.profiles.fetch(reports)
        return {report: whose(self._shelf.profiles[report]) for report in reports}

    def _whole(self, ordered: Sequence[Reading]) -> Renewed:
        """All findings, and the groups that they come from."""
        found, fresh, drifts = _together(self._shelf.kept.told(self.scope))
        labels = self._labels([r.report.id for r in ordered])
        lineage = Lineage(found, listed(*reached(labels, found, fresh)), drifts, (), ())
        return whole(ordered, lineage, self._decided, labels, fresh)

    def _since(self, new: Sequence[Reading]) -> Renewed:
        """The findings that are other than before."""
        assert self.state is not None
        kept, added = self._shelf.kept, [r.report.id for r in new]
        before = Decided.of(self._judgements[: self.state.judgement])
        turned = set(before.judgements).symmetric_difference(self._decided.judgements)
        corrected = {r for j in turned if j.verb == "correct" for s in j.subjects for r in _reports_in(s)}
        known = self._store.some_readings(sorted(corrected.difference(added)))
        given, _ = self._decided.read([*new, *filter(self._belongs, known.values())])
        judged = frozenset(s for j in turned for s in j.subjects)
        told = frozenset((*kept.groups(self.scope).waiting(), *added))
        books = Books(kept, self.scope, self._store.some_readings)
        return since(Since(given, self._labels(added), told, judged), books, self._decided)

    def _gone(self, findings: Iterable[Finding]) -> tuple[str, ...]:
        """Ids of the findings before that are none of ``findings``."""
        kept, scope = self._shelf.kept, self.scope
        total, _ = kept.findings(scope, Asked(), 0)
        return tuple(sorted({f.id for f in kept.findings(scope, Asked(), total)[1]}.difference(f.id for f in findings)))


def _reports_in(subject: str) -> set[str]:
    """What may be the report's id in ``REPORT#f3`` or ``REPORT@PARENT``; ids may have either mark themselves."""
    marks = [at for at, mark in enumerate(subject) if mark in "#@"]
    return {subject[:at] for at in marks}


def _together(rows: Iterable[Told]) -> tuple[tuple[Derivation, ...], dict[str, float], tuple[Drift, ...]]:
    """Derivations, fresh shares and drifts of all reports, in the order in which ``link`` has them."""
    rows = list(rows)
    found = sorted((d for row in rows for d in row.derivations), key=lambda d: (d.report, d.parent or "", d.credited or ""))
    drifts = sorted({d for row in rows for d in row.drifts}, key=lambda d: (d.target, d.source, d.type, d.note))
    return tuple(found), {row.report: row.fresh for row in rows if row.fresh is not None}, tuple(drifts)
