"""What reconciling keeps between runs, in any SQL database, over SQLAlchemy Core."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import asdict
from sqlalchemy import Column, TextClause, func, select, text

from rapporteur.store.database import Database, Writing
from rapporteur.store.groups_base import GroupStore, Kin, Regrouped, Row
from rapporteur.store.groups_tables import TABLES, items, keys, kin, waiting

LAST = (1 << 63) - 1
_SIZES = (1, 10, 100)
AT_ONCE = _SIZES[-1]
"""Keys looked at in one statement; fewer are filled up to the next size, so that there are few statements to prepare."""


def _stretches(size: int) -> TextClause:
    """For each key and place asked, the range between the ``most``-th entry before and the ``most``-th after, by the primary
    key. As text: put together from expressions, it takes longer to build than to run. MATERIALIZED and CROSS JOIN tell
    SQLite to work out the ends first and to look up the keys by them; it would go through all keys, in forty times the time."""
    asked = ", ".join(f"(CAST(:n{n} AS INTEGER), CAST(:k{n} AS BIGINT), CAST(:p{n} AS BIGINT))" for n in range(size))
    here = "FROM standing_keys WHERE scope = :scope AND key = asked.key AND place"
    return text(
        f"WITH asked(n, key, place) AS (VALUES {asked}), ends AS MATERIALIZED (SELECT n, key, "
        f"COALESCE((SELECT place {here} < asked.place ORDER BY place DESC LIMIT 1 OFFSET :most), 0) AS first, "
        f"COALESCE((SELECT place {here} >= asked.place + :span ORDER BY place LIMIT 1 OFFSET :most), {LAST}) AS last FROM asked) "
        "SELECT ends.n, k.place, k.number FROM ends CROSS JOIN standing_keys AS k "
        "WHERE k.scope = :scope AND k.key = ends.key AND k.place BETWEEN ends.first AND ends.last"
    )


_STRETCHES = {size: _stretches(size) for size in _SIZES}
_ROW = select(items.c.number, items.c.report, items.c.leader, items.c.likeness, items.c.item)
_KIN = select(kin.c.report, kin.c.own, kin.c.kin)


class SqlGroupStore(GroupStore):
    """Over the tables of the record's ``database``."""

    def __init__(self, database: Database, scope: str) -> None:
        self._database, self._scope = database, scope

    def stretches(
        self, asked: Sequence[tuple[int, int]], span: int, most: int
    ) -> Mapping[tuple[int, int], list[tuple[int, int]]]:
        out: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        for first in range(0, len(asked), AT_ONCE):
            some = asked[first : first + AT_ONCE]
            size = next(s for s in _SIZES if s >= len(some))
            values: dict[str, object] = {"scope": self._scope, "span": span, "most": most - 1}
            for n in range(size):
                key, place = some[n] if n < len(some) else (-1, 0)
                values |= {f"n{n}": n, f"k{n}": key, f"p{n}": place}
            for number, place, item in self._database.rows(_STRETCHES[size], values):
                out[some[number]].append((place, item))
        return {stretch: sorted(found) for stretch, found in out.items()}

    def rows(self, numbers: Sequence[int]) -> list[Row]:
        return self._rows(items.c.number, numbers)

    def rows_of(self, reports: Sequence[str]) -> list[Row]:
        return self._rows(items.c.report, reports)

    def members(self, leaders: Sequence[int]) -> list[Row]:
        return self._rows(items.c.leader, leaders)

    def _rows(self, column: Column[Any], values: Sequence[object]) -> list[Row]:
        found = self._database.having(_ROW, column, values, self._scope)
        return [Row(number, report, leader, likeness, bytes(item)) for number, report, leader, likeness, item in found]

    def kin(self, reports: Sequence[str]) -> list[Kin]:
        found = self._database.having(_KIN, kin.c.report, reports, self._scope)
        return [Kin(report, own, bytes(more)) for report, own, more in found]

    def origins(self) -> int:
        counted = select(func.count(kin.c.own.distinct())).where(kin.c.scope == self._scope)
        return int(self._database.rows(counted)[0][0])

    def waiting(self) -> list[str]:
        return sorted(row[0] for row in self._database.rows(select(waiting.c.report).where(waiting.c.scope == self._scope)))


def write(writing: Writing, told: Sequence[str], grouped: Regrouped | None) -> None:
    """Writes an update; ``told`` are reports that will wait for the next."""
    if grouped is None:
        writing.replace(waiting, "report", [{"report": report} for report in dict.fromkeys(told)])
        return
    writing.clear(TABLES if grouped.anew else (waiting,))
    writing.remove(keys, "number", grouped.gone)
    writing.remove(items, "number", grouped.gone)
    writing.replace(items, "number", [asdict(row) for row in grouped.rows])
    writing.insert(keys, [asdict(line) for line in grouped.keys])
    writing.replace(kin, "report", [asdict(one) for one in grouped.kin])
