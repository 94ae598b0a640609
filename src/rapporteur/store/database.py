"""The database of a record, as all that is kept in it uses it: rows of one statement, and transactions that may write."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, TypeVar

import msgspec
from sqlalchemy import ColumnElement, Connection, Engine, Executable, Row, Table, create_engine, delete, func, insert, select
from sqlalchemy.pool import StaticPool

T = TypeVar("T")

_JSON = msgspec.json.Encoder()
AT_ONCE = 900
"""Values per statement: SQLite allows 32,766 variables, older builds 999."""


class Database(ABC):
    """One ``engine``; its driver's errors come out as those of the record."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._alone = engine.execution_options(alone=True)

    @abstractmethod
    def _errors(self) -> AbstractContextManager[None]:
        """Turns the driver's errors into ``StoreError`` with the record's address, the reason and what to do."""

    def rows(self, statement: Executable, values: Mapping[str, object] | None = None) -> list[Row[*tuple[Any, ...]]]:
        """The rows of one reading statement; ``values`` of its parameters, for one that is kept between calls."""
        with self._errors(), self._alone.connect() as connection:
            return list(connection.execute(statement, values).all())  # all at once: one by one takes twice as long

    def among(self, column: ColumnElement[Any], values: Sequence[object]) -> ColumnElement[bool]:
        """Whether a column of whole numbers or text has one of ``values``, however many: one parameter, where ``in_`` has one
        each and takes as long to put the statement together as the database to answer it."""
        given = func.json_each(_JSON.encode(values).decode()).table_valued("value")
        return column.in_(select(given.c.value))

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that may write: committed when the block ends, rolled back when it raises."""
        with self._errors(), self._engine.execution_options(writes=True).begin() as connection:
            yield connection

    @contextmanager
    def reading_steadily(self) -> Iterator[Connection]:
        """A transaction that sees the database as it stood when it began, whoever writes meanwhile."""
        # SQLite's transactions do so anyway (write-ahead log); SERIALIZABLE is the name that both databases know.
        with self._errors(), self._engine.execution_options(isolation_level="SERIALIZABLE").begin() as connection:
            yield connection


class InMemory(Database):
    """SQLite that lasts as long as the process, for records that do, so that there are no second rules: with these ``tables``."""

    def __init__(self, tables: Sequence[Table]) -> None:
        super().__init__(create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}))
        if tables:
            tables[0].metadata.create_all(self._engine, tables=list(tables))

    def _errors(self) -> AbstractContextManager[None]:
        return nullcontext()


class Writing:
    """Rows of one ``scope`` written within the transaction of ``connection``, into tables that have a column of that name."""

    def __init__(self, connection: Connection, scope: str) -> None:
        self._connection = connection
        self._scope = scope

    def clear(self, tables: Iterable[Table]) -> None:
        """Removes all rows."""
        for table in tables:
            self._connection.execute(delete(table).where(table.c.scope == self._scope))

    def remove(self, table: Table, key: str, values: Sequence[object]) -> None:
        """Removes the rows that have one of ``values`` in the column ``key``."""
        for some in batches(values):
            self._connection.execute(delete(table).where(table.c.scope == self._scope, table.c[key].in_(some)))

    def insert(self, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
        """Adds rows, given without their scope."""
        if rows:
            self._connection.execute(insert(table), [{"scope": self._scope, **row} for row in rows])

    def replace(self, table: Table, key: str, rows: Sequence[Mapping[str, object]]) -> None:
        """Puts ``rows`` in the place of those with the same ``key``."""
        self.remove(table, key, [row[key] for row in rows])
        self.insert(table, rows)


def batches(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """``values`` in runs that fit into one statement."""
    for first in range(0, len(values), AT_ONCE):
        yield values[first : first + AT_ONCE]
