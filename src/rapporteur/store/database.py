"""The database of a record, as all that is kept in it uses it: rows of one statement, and transactions that may write."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cache
from typing import Any, TypeVar

import msgspec
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Delete,
    Engine,
    Executable,
    Insert,
    Row,
    Select,
    Table,
    bindparam,
    create_engine,
    delete,
    func,
    insert,
    select,
)
from sqlalchemy.pool import StaticPool

T = TypeVar("T")

_JSON = msgspec.json.Encoder()
AT_ONCE = 900
"""Values per statement: SQLite allows 32,766 variables, older builds 999."""
GIVEN = "given_values"
"""The parameter of ``Database.among``."""


class Database(ABC):
    """One ``engine``; its driver's errors come out as those of the record."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._alone = engine.execution_options(alone=True)
        self._having: dict[tuple[Select[Any], Column[Any]], Select[Any]] = {}

    @abstractmethod
    def _errors(self) -> AbstractContextManager[None]:
        """Turns the driver's errors into ``StoreError`` with the record's address, the reason and what to do."""

    def rows(self, statement: Executable, values: Mapping[str, object] | None = None) -> list[Row[*tuple[Any, ...]]]:
        """The rows of one reading statement; ``values`` of its parameters, for one that is kept between calls."""
        with self._errors(), self._alone.connect() as connection:
            return list(connection.execute(statement, values).all())  # all at once: one by one takes twice as long

    def having(
        self, asked: Select[Any], column: Column[Any], values: Sequence[object], scope: str | None = None
    ) -> list[Row[*tuple[Any, ...]]]:
        """The rows of ``asked`` that have one of ``values``, in ``column``, however many; of one ``scope`` where it has them.

        ``asked`` is a constant of its module: the statement is put together at the first use and kept, because that takes three
        to six times as long as to run it.
        """
        statement = self._having.get((asked, column))
        if statement is None:
            statement = asked.where(self.among(column))
            if scope is not None:
                statement = statement.where(column.table.c.scope == bindparam("scope"))
            self._having[asked, column] = statement
        return self.rows(statement, {GIVEN: self.given(values)} | ({} if scope is None else {"scope": scope}))

    def among(self, column: ColumnElement[Any]) -> ColumnElement[bool]:
        """Whether a column of whole numbers or text has one of the values of the parameter ``GIVEN``. ``in_`` has a parameter
        for each and takes as long to put the statement together as the database to answer it."""
        return column.in_(select(func.json_each(bindparam(GIVEN)).table_valued("value").c.value))

    def given(self, values: Sequence[object]) -> object:
        """``values`` as the parameter ``GIVEN`` takes them."""
        return _JSON.encode(values).decode()

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
        if values:
            self._connection.execute(_removing(table, key), [{"scope": self._scope, GIVEN: value} for value in values])

    def insert(self, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
        """Adds rows, given without their scope."""
        if rows:
            self._connection.execute(_adding(table), [{"scope": self._scope, **row} for row in rows])

    def replace(self, table: Table, key: str, rows: Sequence[Mapping[str, object]]) -> None:
        """Puts ``rows`` in the place of those with the same ``key``."""
        self.remove(table, key, [row[key] for row in rows])
        self.insert(table, rows)


@cache
def _removing(table: Table, key: str) -> Delete:
    """Kept, as in ``Database.having``."""
    return delete(table).where(table.c.scope == bindparam("scope"), table.c[key] == bindparam(GIVEN))


@cache
def _adding(table: Table) -> Insert:
    return insert(table)


def batches(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """``values`` in runs that fit into one statement."""
    for first in range(0, len(values), AT_ONCE):
        yield values[first : first + AT_ONCE]
