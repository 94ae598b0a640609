"""Who took from whom: families of reports, largest first, one of them with its derivations and their evidence."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from rapporteur.desk.record import Record, Standing
from rapporteur.desk.reports import Link, link_of
from rapporteur.desk.rows import Rows, paged
from rapporteur.desk.viewer import Viewer
from rapporteur.errors import MissingError
from rapporteur.model.account import AccountReport
from rapporteur.model.lineage import Derivation, Origin
from rapporteur.stages.write.names import name_of, origin_called

PER_PAGE = 20


class Family(Struct, frozen=True):
    """Reports that derive from each other or from one unseen origin. ``first`` names it: its earliest report."""

    first: str
    name: str
    reports: tuple[str, ...]
    credited: tuple[str, ...]


class FamilyView(Struct, frozen=True):
    """One family: its derivations with the names of both ends, and the origins of its reports."""

    family: Family
    names: dict[str, str]
    links: tuple[tuple[str, Link], ...]
    origins: tuple[Origin, ...]


class Drawing(Struct, frozen=True):
    """What a picture of a family is drawn from: its reports and their derivations."""

    reports: tuple[AccountReport, ...]
    derivations: tuple[Derivation, ...]


def families(record: Record, viewer: Viewer, page: int = 1, process: str | None = None) -> tuple[Rows[Family], int]:
    """Families of two or more reports, or of one that credits an unseen origin, largest first; and how many stand alone."""
    standing = record.standing(viewer, process)
    if standing is None:
        return paged((), page), 0
    found = families_of(standing)
    return paged(found, page, PER_PAGE), len(standing.shown.reports) - sum(len(f.reports) for f in found)


def family(record: Record, viewer: Viewer, report: str) -> FamilyView:
    """The family that ``report`` belongs to; ``MissingError`` when the account does not hold it."""
    standing = record.stand(viewer)
    if report not in standing.reports:
        raise MissingError(report, "the account holds no such report", "see the list of reports")
    found = next((f for f in families_of(standing) if report in f.reports), None)
    found = found or Family(report, name_of(standing.reports[report]), (report,), ())
    links = [d for r in found.reports for d in standing.parents.get(r, ())]
    origins = tuple(
        replace(o, label=origin_called(o, standing.reports))
        for o in standing.shown.origins
        if not set(o.reports).isdisjoint(found.reports)
    )
    names = {r: name_of(standing.reports[r]) for r in found.reports}
    return FamilyView(found, names, tuple((names[d.report], link_of(d, d.parent, standing)) for d in links), origins)


def picture(record: Record, viewer: Viewer, report: str) -> Drawing:
    """What the picture of the family of ``report`` is drawn from; ``MissingError`` as for ``family``."""
    found = family(record, viewer, report).family
    standing = record.stand(viewer)
    links = tuple(d for r in found.reports for d in standing.parents.get(r, ()))
    return Drawing(tuple(standing.reports[r] for r in found.reports), links)


def chain(record: Record, viewer: Viewer, report: str) -> tuple[Derivation, ...]:
    """Derivations of a report, of its parents, and so on back to the origins; each once, nearest first."""
    standing = record.stand(viewer)
    if report not in standing.reports:
        raise MissingError(report, "the account holds no such report", "see the list of reports")
    out: list[Derivation] = []
    seen, wave = {report}, [report]
    while wave:
        found = [d for r in wave for d in standing.parents.get(r, ())]
        out.extend(found)
        wave = list(dict.fromkeys(d.parent for d in found if d.parent is not None and d.parent not in seen))
        seen.update(wave)
    return tuple(out)


def families_of(standing: Standing) -> list[Family]:
    """All families of a standing."""
    return standing.once("families", lambda: _families(standing))


def _families(standing: Standing) -> list[Family]:
    group: dict[str, set[str]] = {}
    for d in standing.shown.derivations:
        if d.report not in standing.reports:
            continue
        parent = d.parent if d.parent is not None else f"@{(d.credited or '').casefold()}"
        one, other = group.setdefault(d.report, {d.report}), group.setdefault(parent, {parent})
        if one is not other:
            small, large = (one, other) if len(one) < len(other) else (other, one)
            large |= small
            group.update(dict.fromkeys(small, large))
    unique = {id(members): members for members in group.values()}
    out = []
    for members in unique.values():
        reports = [m for m in members if m in standing.reports]
        reports.sort(key=lambda r: (p.value if (p := standing.reports[r].published) else "9999", r))
        credited = sorted({d.credited for r in reports for d in standing.parents.get(r, ()) if d.parent is None and d.credited})
        out.append(Family(reports[0], name_of(standing.reports[reports[0]]), tuple(reports), tuple(credited)))
    return sorted(out, key=lambda f: (-len(f.reports), f.first))
