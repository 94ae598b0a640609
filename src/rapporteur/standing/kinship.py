"""Families of reports and the origins that they lead to, brought up for the reports whose derivations have changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapporteur.stages.link.families import families
from rapporteur.stages.link.origins import reached
from rapporteur.standing.books import Books, Relative


@dataclass(frozen=True)
class Kinship:
    """``changed`` is to be written; ``regrouped`` reports have come into another family than others of theirs; what the claims of
    ``counted`` lead to may be other than before."""

    changed: tuple[Relative, ...]
    regrouped: frozenset[str]
    counted: frozenset[str]


def kinship(books: Books, told: Iterable[str], labels: Mapping[str, str | None]) -> Kinship:
    """Enters into ``books`` what follows from new derivations: of the reports ``told``, with all of their families, old and new.
    ``labels``: whom new reports are by."""
    told = frozenset(told)
    near = told | {d.parent for r in told for d in books.told(r).derivations if d.parent is not None}
    near |= {child for r in told for child in books.children(r)}
    before = books.families({r.family for r in books.relatives(near).values()})
    whole = before.keys() | told
    books.fetch(whole)
    rows = [books.told(report) for report in sorted(whole)]
    found = [d for row in rows for d in row.derivations]
    by = {report: before[report].label if report in before else labels.get(report) for report in whole}
    own, reaches = reached(by, found, {row.report: row.fresh for row in rows if row.fresh is not None})
    named = families(sorted(whole), found)
    now = {r: Relative(r, named[r], by[r], own.get(r), reaches[r]) for r in whole}
    changed = {r for r in whole if before.get(r) != now[r]}
    counted = {r for r in changed if r not in before or _leads(before[r]) != _leads(now[r])} | told
    parents: dict[str, set[str]] = defaultdict(set)
    for d in found:
        if d.parent is not None:
            parents[d.parent].add(d.report)
    books.enter(now[r] for r in changed)
    return Kinship(tuple(now[r] for r in sorted(changed)), _regrouped(before, now), _below(counted, parents))


def _leads(relative: Relative) -> tuple[object, ...]:
    return relative.own and relative.own[0], relative.reaches


def _regrouped(before: Mapping[str, Relative], now: Mapping[str, Relative]) -> frozenset[str]:
    """Of families that came together or fell apart the reports of all parts but the largest."""
    parts: dict[tuple[str, str], set[str]] = defaultdict(set)
    for report, relative in before.items():
        parts[relative.family, now[report].family].add(report)
    out: set[str] = set()
    for side in (0, 1):
        sharing: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for part in parts:
            sharing[part[side]].append(part)
        for together in sharing.values():
            largest = max(together, key=lambda part: (len(parts[part]), part))
            out.update(r for part in together if part != largest for r in parts[part])
    return frozenset(out)


def _below(reports: set[str], takers: Mapping[str, set[str]]) -> frozenset[str]:
    """``reports`` and all that took from them, directly or through others."""
    found, open_ = set(reports), list(reports)
    while open_:
        for report in takers.get(open_.pop(), ()):
            if report not in found:
                found.add(report)
                open_.append(report)
    return frozenset(found)
