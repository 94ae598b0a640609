"""The record of a team: a PostgreSQL database, through psycopg 3. Readers never wait; writers take turns.

Writers take turns (one advisory lock per transaction that writes), because a ``Moment`` names a state of the record by its last
numbers: a number must not become visible before a smaller one. https://www.postgresql.org/docs/current/explicit-locking.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec
from sqlalchemy import ARRAY, ColumnElement, Connection, Engine, Table, any_, bindparam, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from rapporteur.errors import ConfigurationError, StoreError
from rapporteur.store import postgres_words
from rapporteur.store.all_tables import metadata
from rapporteur.store.base import Store
from rapporteur.store.database import GIVEN
from rapporteur.store.ranking import Numbers, parsed
from rapporteur.store.sql import SqlStore
from rapporteur.store.words import Word

try:
    from psycopg import Error as DriverError
    from psycopg import OperationalError as DriverOperationalError
    from psycopg.abc import Buffer
    from psycopg.sql import SQL, Identifier
    from psycopg.types.string import StrDumperUnknown, TextLoader
except ImportError as error:
    raise ConfigurationError("postgresql://: needs the package psycopg; pip install rapporteur[team]") from error

WAIT_SECONDS = 30.0
"""How long a writer waits for another; as for SQLite."""

WRITERS = 0x52415050  # "RAPP"
"""The advisory lock that whoever writes holds until the transaction ends; advisory locks belong to one database."""

_ADVICE = {
    "3D000": "make it first (createdb)",
    "28000": "check user and password",
    "28P01": "check user and password",
    "42501": "ask for the right to write there",
    "53100": "check the server's disk",
}
"""SQLSTATE -> what to do. https://www.postgresql.org/docs/current/errcodes-appendix.html"""


class PostgresStore(SqlStore):
    """A record in the database that ``url`` names: ``postgresql://[user[:password]@][host][:port]/name[?key=value]``."""

    kind, scheme = "database", "postgresql"

    def __init__(self, url: URL, *, create: bool = True, wait: float = WAIT_SECONDS) -> None:
        super().__init__(_engine(url, wait), url.set(drivername="postgresql").render_as_string(hide_password=True))
        self.url = url.set(drivername="postgresql").render_as_string(hide_password=False)
        """With its password, for others that connect to it."""
        try:
            self._prepare(create=create)
        except BaseException:
            self.close()
            raise

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except IntegrityError:
            raise
        except DBAPIError as error:
            raise self._named(error.orig, lost=isinstance(error, OperationalError)) from error
        except DriverError as error:  # of COPY, which SQLAlchemy does not know
            raise self._named(error, lost=isinstance(error, DriverOperationalError)) from error
        except msgspec.DecodeError as error:
            raise StoreError(f"{self.address}: holds a row that cannot be read ({error}); restore it from a copy") from error

    def _named(self, error: BaseException | None, *, lost: bool) -> StoreError:
        code = getattr(error, "sqlstate", None)
        reason = " ".join(str(error).split())
        if code == "55P03":
            return StoreError(f"{self.address}: another process is writing to it; try again when it has ended")
        if lost and (code is None or code.startswith(("08", "57P"))):
            return StoreError(f"{self.address}: cannot be reached ({reason}); check that the server runs and its address")
        return StoreError(f"{self.address}: {reason}; {_ADVICE.get(code or '', 'restore it from a copy if it was edited')}")

    def _tables_made(self, connection: Connection) -> None:
        encoding = connection.execute(text("SHOW server_encoding")).scalar_one()
        if encoding != "UTF8":
            raise StoreError(f"{self.address}: its encoding is {encoding}; make a database with encoding UTF8")
        for statement in _NUMBERING:
            connection.execute(text(statement))
        for table in inspect(connection).get_table_names():
            if table in metadata.tables:
                _number_without_gaps(connection, table)
                _order_by_code_point(connection, table)

    def fill(self, connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
        """With COPY. https://www.postgresql.org/docs/current/populate.html"""
        if not rows:
            return
        names = list(rows[0])
        into = SQL("COPY {} ({}) FROM STDIN").format(Identifier(table.name), SQL(", ").join(map(Identifier, names)))
        driver: Any = connection.connection.driver_connection
        with driver.cursor() as cursor, cursor.copy(into) as copied:
            for row in rows:
                copied.write_row([row[name] for name in names])

    def index(self, connection: Connection, found: Sequence[tuple[int, str]]) -> None:
        if found:
            postgres_words.add(connection, found)

    def holding(self, connection: Connection, word: Word, after: int) -> Numbers:
        return parsed(postgres_words.holding(connection, word, after))

    def among(self, column: ColumnElement[Any]) -> ColumnElement[bool]:
        return column == any_(bindparam(GIVEN, type_=ARRAY(column.type)))

    def given(self, values: Sequence[object]) -> object:
        return list(values)

    def postings(self, keys: Sequence[int], most: int) -> list[tuple[int, int]]:
        if not keys:
            return []
        with self._errors(), self._engine.begin() as connection:
            rows = connection.execute(_POSTINGS, {"keys": list(keys), "enough": most + 1})
            found = [(number, at) for at, numbers in rows if len(numbers) <= most for number in numbers]
        return sorted(found)


# As in ``SqlStore.postings`` one bounded look-up per key, all of them in one round trip; here the driver gives lists.
_POSTINGS = text(
    "SELECT asked.at - 1, array(SELECT report FROM link_keys WHERE key = asked.key LIMIT :enough)"
    " FROM unnest(CAST(:keys AS bigint[])) WITH ORDINALITY AS asked(key, at)"
)

# A sequence skips a number whenever a transaction fails; a record's numbers have no gaps. Writers take turns, so the next number
# is known when the row is written.
_NUMBERING = (
    "CREATE OR REPLACE FUNCTION next_number() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " IF NEW.number IS NULL THEN"
    " EXECUTE format('SELECT coalesce(max(number), 0) + 1 FROM %I.%I', TG_TABLE_SCHEMA, TG_TABLE_NAME) INTO NEW.number;"
    " END IF; RETURN NEW; END $$",
)


def _number_without_gaps(connection: Connection, table: str) -> None:
    """Makes the database number the rows of a table whose key is a single number named so."""
    if [column.name for column in metadata.tables[table].primary_key] != ["number"]:
        return
    connection.execute(text(f"ALTER TABLE {table} ALTER COLUMN number DROP DEFAULT"))
    connection.execute(
        text(f"CREATE OR REPLACE TRIGGER {table}_number BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION next_number()")
    )


def _order_by_code_point(connection: Connection, table: str) -> None:
    """Sorts texts as Python and SQLite do, whatever the language of the database: the order of readings must not depend on it."""
    for column in inspect(connection).get_columns(table):
        if getattr(column["type"], "collation", "C") != "C":
            kind = column["type"].compile(connection.dialect)
            connection.execute(text(f'ALTER TABLE {table} ALTER COLUMN "{column["name"]}" TYPE {kind} COLLATE "C"'))


class _Dumper(StrDumperUnknown):
    """PostgreSQL's texts cannot hold U+0000, which a report's id or an issue's message may: it is written as U+0010 and a 0."""

    def dump(self, obj: str) -> Buffer | None:
        return super().dump(obj.replace("\x10", "\x10\x10").replace("\x00", "\x100") if _has_marks(obj) else obj)


class _Loader(TextLoader):
    """Undoes what ``_Dumper`` does."""

    def load(self, data: Buffer) -> bytes | str:
        found = super().load(data)
        if isinstance(found, str) and "\x10" in found:
            return "\x10".join(part.replace("\x100", "\x00") for part in found.split("\x10\x10"))
        return found


def _has_marks(value: str) -> bool:
    return "\x00" in value or "\x10" in value


def _engine(url: URL, wait: float) -> Engine:
    # A connection that the server has closed meanwhile (restart) is replaced before it is used.
    arguments = {"client_encoding": "utf8"}
    engine = create_engine(url.set(drivername="postgresql+psycopg"), pool_pre_ping=True, connect_args=arguments)

    @event.listens_for(engine, "connect")
    def configure(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
        driver: Any = connection
        driver.adapters.register_dumper(str, _Dumper)
        for kind in ("text", "varchar"):
            driver.adapters.register_loader(kind, _Loader)
        cursor = connection.cursor()
        cursor.execute(f"SET lock_timeout = {int(wait * 1_000)}")
        cursor.execute("SET synchronous_commit = on")  # what was said to be kept must be on the disk
        cursor.close()
        connection.commit()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("writes", False):
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITERS})

    return engine


def open_store(address: str, *, create: bool = True) -> Store:
    """The record in the database that ``postgresql://...`` names."""
    try:
        url = make_url(address)
    except (ArgumentError, ValueError) as error:
        raise StoreError("postgresql://: the address is not well formed; write postgresql://user@host:port/name") from error
    return PostgresStore(url, create=create)
