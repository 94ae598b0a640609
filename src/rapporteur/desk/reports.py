"""The reports of a record: listed, and one of them read beside what it took from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from msgspec import Struct

from rapporteur.desk.news import Placed, placed
from rapporteur.desk.record import Record, Standing
from rapporteur.desk.rows import Rows, paged
from rapporteur.desk.viewer import Viewer
from rapporteur.errors import MissingError
from rapporteur.model.account import AccountReport, Finding
from rapporteur.model.claims import Claim, report_of
from rapporteur.model.lineage import Derivation, Drift
from rapporteur.model.reading import Reading
from rapporteur.stages.link import with_pins
from rapporteur.stages.write.names import name_of, origin_called, publisher_of

UNNAMED = "an unnamed origin"


class ReportRow(Struct, frozen=True):
    """A report of a list: ``took`` and ``gave`` count what it took from and what was taken from it."""

    report: AccountReport
    name: str
    took: int
    gave: int


class Link(Struct, frozen=True):
    """A derivation with the names of both reports; ``other`` is None for an origin that is credited and not in the record."""

    derivation: Derivation
    other: str | None
    name: str


class ClaimRow(Struct, frozen=True):
    """A claim with the finding that it stands in and what changed on its way from or to another report."""

    claim: Claim
    finding: Finding | None
    drifts: tuple[Drift, ...]


class ReportView(Struct, frozen=True):
    """One report as read, with where it stands: ``parents`` likeliest first, ``children``, its claims in the order of the text.

    ``beside`` is the report that is shown at its side, with what changed between the two: ``drifts``, and the ``words`` of their
    claims.
    """

    reading: Reading
    listed: AccountReport | None
    name: str
    parents: tuple[Link, ...]
    children: tuple[Link, ...]
    claims: tuple[ClaimRow, ...]
    origins: tuple[str, ...]
    beside: Reading | None
    beside_name: str
    between: Derivation | None
    drifts: tuple[Drift, ...]
    words: dict[str, str]


def reports(record: Record, viewer: Viewer, process: str | None = None, words: str = "", page: int = 1) -> Rows[ReportRow]:
    """The reports, latest first, undated ones last; those whose name holds each of ``words``."""
    standing = record.standing(viewer, process)
    if standing is None:
        return paged((), page)
    wanted = words.casefold().split()
    found = [r for r in standing.shown.reports if all(w in f"{name_of(r)} {r.id} {r.path or ''}".casefold() for w in wanted)]
    found.sort(key=lambda r: r.published.value if r.published else "", reverse=True)
    return paged(found, page).map(
        lambda r: ReportRow(r, name_of(r), len(standing.parents.get(r.id, ())), len(standing.children.get(r.id, ())))
    )


def report(record: Record, viewer: Viewer, ident: str, beside: str | None = None) -> ReportView:
    """One report. ``beside`` names a parent or child to show at its side; by default the likeliest parent in the record.

    ``MissingError`` when the record does not hold it or ``viewer`` may not see it.
    """
    reading = record.reading(viewer, ident)
    standing = record.standing(viewer)
    if standing is None or ident not in standing.reports:  # added, and not yet in an account
        return _view(record, viewer, reading, beside, _before_an_account(record, reading))
    parents, children = tuple(standing.parents.get(ident, ())), tuple(standing.children.get(ident, ()))
    found = Placed(parents, children, tuple(standing.drifts.get(ident, ())), standing.by_claim)
    origins = tuple(origin_called(o, standing.reports) for o in standing.shown.origins if ident in o.reports)
    listed = standing.reports[ident]
    known = _Known(found, listed, name_of(listed), partial(link_of, standing=standing), standing.pinned, origins)
    return _view(record, viewer, reading, beside, known)


@dataclass(frozen=True)
class _Known:
    """What is known of a report, by the last account or by the record's standing: where it is ``placed``, what it is called, how
    a derivation reads from one end, and how a relative's reading gets the passages that only drifts cite."""

    placed: Placed
    listed: AccountReport | None
    name: str
    link: Callable[[Derivation, str | None], Link]
    pinned: Callable[[Reading], Reading]
    origins: tuple[str, ...]


def _before_an_account(record: Record, reading: Reading) -> _Known:
    """As the record's standing has it, which is brought up when a report is added; as it was read, until then."""
    found = placed(record.store, reading.report.id) or Placed((), (), (), {})
    near = record.store.some_readings([r for d in (*found.parents, *found.children) for r in (d.parent, d.report) if r])

    def link(derivation: Derivation, end: str | None) -> Link:
        other = near.get(end or "")
        return Link(derivation, end, name_of(other.report) if other else derivation.credited or end or UNNAMED)

    return _Known(found, None, name_of(reading.report), link, lambda one: with_pins([one], found.drifts)[0], ())


def _view(record: Record, viewer: Viewer, reading: Reading, beside: str | None, known: _Known) -> ReportView:
    ident, found = reading.report.id, known.placed
    reading = known.pinned(reading)
    parents = sorted(found.parents, key=lambda d: (d.parent is None, -d.score, d.parent or d.credited or ""))
    children = sorted(found.children, key=lambda d: (-d.score, d.report))
    between = _between(ident, beside, [*parents, *children])
    other = None if between is None else between.parent if between.report == ident else between.report
    by_claim: dict[str, list[Drift]] = {}
    for drift in found.drifts:
        by_claim.setdefault(drift.target, []).append(drift)
        by_claim.setdefault(drift.source, []).append(drift)
    near = known.pinned(record.reading(viewer, other)) if other else None
    drifts = tuple(d for d in found.drifts if other and {report_of(d.source), report_of(d.target)} == {ident, other})
    changed = {claim for d in drifts for claim in (d.source, d.target)}
    return ReportView(
        reading=reading,
        listed=known.listed,
        name=known.name,
        parents=tuple(known.link(d, d.parent) for d in parents),
        children=tuple(known.link(d, d.report) for d in children),
        claims=tuple(ClaimRow(c, found.findings.get(c.id), tuple(by_claim.get(c.id, ()))) for c in reading.claims),
        origins=known.origins,
        beside=near,
        beside_name=publisher_of(near.report) if near else "",
        between=between,
        drifts=drifts,
        words={c.id: " ".join(c.span.exact.split()) for one in (reading, near) if one for c in one.claims if c.id in changed},
    )


def original(record: Record, viewer: Viewer, ident: str) -> tuple[Reading, bytes]:
    """A report's reading and its bytes as they were captured; ``MissingError`` as for ``report``."""
    reading = record.reading(viewer, ident)
    content = record.store.content(ident)
    if content is None:
        raise MissingError(ident, "the record does not hold its bytes")
    return reading, content


def _between(ident: str, beside: str | None, links: list[Derivation]) -> Derivation | None:
    for link in links:
        other = link.parent if link.report == ident else link.report
        if (beside is None and link.report == ident and link.parent) or (beside is not None and other == beside):
            return link
    if beside is not None:
        raise MissingError(beside, f"neither gave to nor took from {ident}", "choose a report from its lineage")
    return None


def link_of(derivation: Derivation, other: str | None, standing: Standing) -> Link:
    """``derivation`` seen from one end: ``other`` is the report at its other end."""
    listed = standing.reports.get(other) if other else None
    return Link(derivation, other, name_of(listed) if listed else derivation.credited or other or UNNAMED)
