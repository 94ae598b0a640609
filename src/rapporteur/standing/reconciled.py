"""The findings of a standing brought to the present: from the whole record, or for what has changed since the last time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapporteur.model.account import Finding
from rapporteur.model.lineage import Lineage
from rapporteur.model.reading import Reading
from rapporteur.stages.link.ancestry import ancestries
from rapporteur.stages.link.origins import reached
from rapporteur.stages.link.pool import Pool
from rapporteur.stages.reconcile import reconciled
from rapporteur.stages.reconcile.counting import Standing
from rapporteur.stages.reconcile.judged import Decided
from rapporteur.stages.reconcile.kinds import keys, more_keys
from rapporteur.stages.reconcile.upkeep import News, renew
from rapporteur.standing.books import PACK, Books, Relative
from rapporteur.standing.kinship import kinship
from rapporteur.store.groups_base import Key, Regrouped, Row


@dataclass(frozen=True)
class Renewed:
    """What is to be written: findings that are new or other than before, ids of those that are none any more, and groups."""

    findings: tuple[Finding, ...]
    dropped: tuple[str, ...]
    grouped: Regrouped


@dataclass(frozen=True)
class Since:
    """What is other than before: ``readings`` that are new or corrected, ``labels`` (whom they are by) of the new ones, reports
    of which derivations were ``told`` anew, and claims whose judgements are others."""

    readings: Sequence[Reading]
    labels: dict[str, str | None]
    told: frozenset[str]
    judged: frozenset[str]


def whole(
    readings: Sequence[Reading], lineage: Lineage, decided: Decided, labels: dict[str, str | None], fresh: dict[str, float]
) -> Renewed:
    """From the whole record; ``fresh`` as in ``graph.derivations``. Its ``dropped`` is empty."""
    findings, pool = reconciled(readings, lineage, decided)
    own, reaches = reached(labels, lineage.derivations, fresh)
    above, tied = ancestries(labels, lineage.derivations)
    relatives = [Relative(r, labels[r], own.get(r), reaches[r], above[r], tied.get(r, ())) for r in sorted(labels)]
    rows, lines = _written(pool, pool.moved)
    return Renewed(findings, (), Regrouped(rows, lines, (), tuple(r.kin() for r in relatives), anew=True))


def since(given: Since, books: Books, decided: Decided) -> Renewed:
    """From what is kept, and what is other than before."""
    kin = kinship(books, given.told, given.labels)
    pool = Pool(books, keys, more_keys)
    standing = Standing(books.index, books.drifts, decided)
    news = News(given.readings, kin.regrouped, kin.counted, given.judged)
    made, dropped = renew(news, pool, books, standing, books.related)
    before = {f.id: f for f in books.named(f.id for f in made)}
    rows, lines = _written(pool, pool.moved)
    changed = tuple(f for f in made if before.get(f.id) != f)
    gone = tuple(sorted(pool.removed))
    return Renewed(changed, dropped, Regrouped(rows, lines, gone, tuple(r.kin() for r in kin.changed)))


def _written(pool: Pool, numbers: Iterable[int]) -> tuple[tuple[Row, ...], tuple[Key, ...]]:
    """The items of ``numbers`` that are there, as they are to be kept, and the look-up keys of those that are new."""
    rows: list[Row] = []
    lines: list[Key] = []
    for number in sorted(n for n in numbers if pool.known(n)):
        item, home = pool.item(number), pool.home(number)
        assert home is not None, "all are decided on"
        rows.append(Row(number, item.report, home.leader, home.likeness, PACK.encode(item)))
        if number in pool.fresh:
            lines.extend(Key(key, item.place, number) for key in pool.all_keys(number))
    return tuple(rows), tuple(lines)
