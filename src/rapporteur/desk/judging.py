"""Judgements made at the desk: what waits to be looked at, and decisions recorded, listed and undone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Literal

import msgspec
from msgspec import Struct

from rapporteur.desk.findings import FindingView, view_of
from rapporteur.desk.record import Record, Standing
from rapporteur.desk.reports import Link, link_of
from rapporteur.desk.rows import Rows, paged
from rapporteur.desk.viewer import Viewer
from rapporteur.errors import AccessError, InputError
from rapporteur.judging.subjects import Known, judgement_on
from rapporteur.model.account import Account, Finding
from rapporteur.model.claims import report_of
from rapporteur.model.judgement import Judgement, Verb, in_force, judgement_id
from rapporteur.model.lineage import Derivation
from rapporteur.pipeline import lineage_of
from rapporteur.stages.link.judged import derivation_id
from rapporteur.stages.reconcile import reconcile
from rapporteur.stages.reconcile.judged import Decided
from rapporteur.stages.write.names import name_of
from rapporteur.store.base import Store

UNSURE = 0.8
"""Probability below which a derivation waits for a person; probabilities are calibrated (docs/quality/link.md)."""
PER_PAGE = 5
"""Each with all its passages: ten, of fifty passages each in a record of 20,000 reports, took 130 to 190 ms."""
LONGEST = 2000

Kind = Literal["finding", "derivation"]


class Waiting(Struct, frozen=True):
    """What waits to be looked at: a disputed or drifted finding, or a derivation that is not sure. ``why`` says which."""

    kind: Kind
    why: str
    ident: str
    finding: FindingView | None = None
    report: str | None = None
    report_name: str = ""
    link: Link | None = None


class Decision(Struct, frozen=True):
    """A judgement with its id, whether it holds, and the words of the first claim that it is about."""

    ident: str
    judgement: Judgement
    holds: bool
    text: str


class Asked(Struct, frozen=True):
    """A judgement as somebody asks for it: subjects are ids as pages and accounts show them."""

    verb: Verb
    subjects: tuple[str, ...]
    why: str = ""
    value: str | None = None


def queue(record: Record, viewer: Viewer, page: int = 1) -> Rows[Waiting]:
    """What waits: disputed, then drifted findings by weight, then derivations that are not sure; nothing that was judged."""
    standing = record.standing(viewer)
    if standing is None:
        return paged((), page)
    touched = {s for j in in_force(record.store.judgements()) for s in j.subjects}
    found: list[tuple[str, Finding | Derivation]] = []
    for verdict, why in (("differ", "disputed"), ("drift", "drifted")):
        for one in standing.shown.findings:
            if one.verdict == verdict and touched.isdisjoint((*one.supports, *one.contradicts, *one.parts)):
                found.append((why, one))
    unsure = [d for d in standing.shown.derivations if d.score < UNSURE and derivation_id(d) not in touched]
    found.extend(("not sure", d) for d in sorted(unsure, key=lambda d: (d.score, d.report)) if d.report in standing.reports)
    return paged(found, page, PER_PAGE).map(lambda one: _waiting(record, standing, *one))


def _waiting(record: Record, standing: Standing, why: str, one: Finding | Derivation) -> Waiting:
    if isinstance(one, Finding):
        return Waiting("finding", why, one.id, view_of(record, standing, one))
    listed = standing.reports[one.report]
    return Waiting("derivation", why, derivation_id(one), None, one.report, name_of(listed), link_of(one, one.parent, standing))


def judge(record: Record, viewer: Viewer, asked: Asked) -> tuple[str, Judgement]:
    """Records a judgement and returns it with its id. ``InputError`` when it makes no sense, ``AccessError``."""
    _may(viewer)
    if len(asked.why) > LONGEST or len(asked.value or "") > LONGEST:
        raise InputError("why", "judgement", f"is longer than {LONGEST} characters", "put it in fewer words")
    raw = Judgement(asked.verb, asked.subjects, viewer.who, _now(), " ".join(asked.why.split()), asked.value or None)
    if asked.verb == "undo":
        held = record.store.judgements()
        made = msgspec.structs.replace(raw, subjects=tuple(judgement_called(s, held) for s in asked.subjects))
    else:
        standing = record.stand(viewer)
        made = judgement_on(raw, _known(record, standing, asked.subjects))
    record.store.judge(made)
    return judgement_id(made), made


def decisions(record: Record, viewer: Viewer, page: int = 1) -> Rows[Decision]:
    """All judgements, latest first, of the reports that ``viewer`` may see."""
    made = record.store.judgements()
    holding = {judgement_id(j) for j in in_force(made)}
    rows = paged(made[::-1], page)
    first = {j: next((s for s in j.subjects if "#" in s), None) for j in rows.rows}
    readings = record.store.some_readings(sorted({report_of(s) for s in first.values() if s}))
    words = {c.id: c.span.exact for reading in readings.values() for c in reading.claims}
    return rows.map(lambda j: Decision(judgement_id(j), j, judgement_id(j) in holding, words.get(first[j] or "", "")))


def _may(viewer: Viewer) -> None:
    if not viewer.may("editor"):
        raise AccessError(f"judge: needs the role of editor; {viewer.who} is {viewer.role}")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _known(record: Record, standing: Standing, subjects: Sequence[str]) -> Known:
    shown = standing.shown
    known = _looked_up(record.store, subjects, shown.findings, Known({}, shown.findings, shown.actors, shown.derivations))
    seen = {report: reading for report, reading in known.readings.items() if report in standing.reports}
    return Known(seen, known.findings, known.actors, known.derivations)


def _looked_up(store: Store, subjects: Sequence[str], findings: Sequence[Finding], known: Known) -> Known:
    """``known`` with the readings that ``subjects`` lie in."""
    claims = [c for f in findings if f.id in subjects for c in f.claims()]
    reports = {report_of(s) for s in (*subjects, *claims) if "#" in s}
    return Known(store.some_readings(sorted(reports)), findings, known.actors, known.derivations)


def known_last(store: Store, subjects: Sequence[str]) -> Known:
    """What the last account shows, and the readings that ``subjects`` lie in: enough for ids taken from that account."""
    snapshots = store.snapshots()
    snapshot = store.snapshot(snapshots[-1].number) if snapshots else None
    if snapshot is None:
        return _looked_up(store, subjects, (), Known({}, (), (), ()))
    account = msgspec.json.decode(snapshot.content, type=Account)
    return _looked_up(store, subjects, account.findings, Known({}, (), account.actors, account.derivations))


def known_now(store: Store) -> Known:
    """What the record holds now, linked and reconciled anew."""
    readings, lineage = lineage_of(store)
    findings = reconcile(readings, lineage, Decided.of(store.judgements()))
    return Known({r.report.id: r for r in readings}, findings, lineage.actors, lineage.derivations)


def judgement_called(subject: str, judgements: Sequence[Judgement]) -> str:
    """The id of the judgement that ``subject`` names: its number, its id, or the last one in force on this subject."""
    idents = [judgement_id(j) for j in judgements]
    if subject in idents:
        return subject
    if subject.isdecimal() and 0 < int(subject) <= len(judgements):
        return idents[int(subject) - 1]
    about = [j for j in in_force(judgements) if subject in j.subjects]
    if about:
        return judgement_id(about[-1])
    raise InputError("judgement", subject, "no judgement has this number or id", "see the list of judgements")
