"""What reports lead back to, brought up for the reports whose derivations have changed, and for those that took from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from rapporteur.stages.link.ancestry import ancestries
from rapporteur.stages.link.origins import reached
from rapporteur.standing.books import Books, Relative


@dataclass(frozen=True)
class Kinship:
    """``changed`` is to be written; reports of ``regrouped`` have other relatives among the reports before; what the claims of
    ``counted`` lead to may be other than before."""

    changed: tuple[Relative, ...]
    regrouped: frozenset[str]
    counted: frozenset[str]


def kinship(books: Books, told: Iterable[str], labels: Mapping[str, str | None]) -> Kinship:
    """Enters into ``books`` what follows from the derivations of ``told``; ``labels``: whom new reports are by.

    What a report leads to hangs on its own derivations and on what its parents lead to, so that a change goes down to those that
    took from it and no further.
    """
    told = frozenset(told)
    before = books.relatives(told)
    wave = _tied(books, told | {r for relative in before.values() for r in relative.tied})
    counted: set[str] = set()
    now: dict[str, Relative] = {}
    while wave - now.keys():
        scope = wave | now.keys()
        now = _worked_out(books, scope, labels)
        before = books.relatives(scope)
        counted = {r for r in scope if r not in before or _leads(before[r]) != _leads(now[r])} | told
        wave = _tied(books, {child for r in counted for child in books.children(r)})
    changed = [now[r] for r in sorted(now) if before.get(r) != now[r]]
    turned = {r.report: (before[r.report].above, r.above) for r in changed if r.report in before}
    regrouped = _regrouped(turned, now.keys() - before.keys())
    books.enter(changed)
    # A passage leads on through the passages of the parent: what was told of that anew may lead it elsewhere.
    return Kinship(tuple(changed), regrouped, frozenset(counted) | _below(books, told))


def _worked_out(books: Books, reports: Iterable[str], labels: Mapping[str, str | None]) -> dict[str, Relative]:
    """Of each of ``reports`` what it leads to; of parents that are none of them it is known."""
    rows = {report: books.told(report) for report in sorted(reports)}
    found = [d for row in rows.values() for d in row.derivations]
    kept = books.relatives({d.parent for d in found if d.parent is not None} | rows.keys())
    outside = {report: relative for report, relative in kept.items() if report not in rows}
    by = {report: kept[report].label if report in kept else labels.get(report) for report in rows}
    fresh = {report: row.fresh for report, row in rows.items() if row.fresh is not None}
    own, reaches = reached(by, found, fresh, {r: relative.reaches for r, relative in outside.items()})
    above, tied = ancestries(rows, found, {r: relative.above for r, relative in outside.items()})
    return {r: Relative(r, by[r], own.get(r), reaches[r], above[r], tied.get(r, ())) for r in rows}


def _tied(books: Books, reports: Iterable[str]) -> frozenset[str]:
    """``reports`` and all that have a common origin with one of them, directly or through others."""
    found, open_ = set(reports), list(reports)
    books.fetch(found)
    while open_:
        at = open_.pop()
        ties = {d.parent for d in books.told(at).derivations if d.relation == "common-origin" and d.parent is not None}
        for child in books.children(at):
            if any(d.parent == at and d.relation == "common-origin" for d in books.told(child).derivations):
                ties.add(child)
        open_.extend(ties - found)
        found |= ties
    return frozenset(found)


def _regrouped(above: Mapping[str, tuple[frozenset[str], frozenset[str]]], fresh: Set[str]) -> frozenset[str]:
    """The reports that are related to others of the reports before than they were; ``above``: what each went back to, and goes
    back to now. Those that have come to go back to a ``fresh`` report are related through it to each other alone, and were so
    already where all went back to one before."""
    gained: dict[str, set[str]] = defaultdict(set)
    for report, (before, now) in above.items():
        for ancestor in now - before:
            gained[ancestor].add(report)
    known = {report for report, (before, now) in above.items() if before - now}
    for ancestor, reports in gained.items():
        shared = frozenset.intersection(*(above[report][0] for report in reports))
        if ancestor not in fresh or not shared:
            known |= reports
    return frozenset(known)


def _below(books: Books, reports: Iterable[str]) -> frozenset[str]:
    """``reports`` and all that took from them, directly or through others."""
    found = set(reports)
    open_ = list(found)
    while open_:
        children = set(books.children(open_.pop())) - found
        found |= children
        open_.extend(children)
    return frozenset(found)


def _leads(relative: Relative) -> tuple[object, ...]:
    return relative.own and relative.own[0], relative.reaches, relative.above
