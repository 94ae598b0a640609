"""The default record: one SQLite file. Readers and one writer work at once (write-ahead log); a second writer waits.

https://www.sqlite.org/wal.html
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.pool import ConnectionPoolEntry

from rapporteur.errors import StoreError
from rapporteur.store import words as fts
from rapporteur.store.base import Store
from rapporteur.store.ranking import Numbers, parsed
from rapporteur.store.sql import SqlStore
from rapporteur.store.words import Word

WAIT_SECONDS = 30.0
"""How long a writer waits for another. One report takes milliseconds, an account some tenths of a second."""


class SqliteStore(SqlStore):
    """A record in the file at ``path``."""

    def __init__(self, path: Path, *, create: bool = True, wait: float = WAIT_SECONDS) -> None:
        self._check(path, create=create)
        super().__init__(_engine(path, wait), str(path))
        try:
            self._prepare(create=create)
        except BaseException:
            self.close()
            raise

    @staticmethod
    def _check(path: Path, *, create: bool) -> None:
        if path.is_dir():
            raise StoreError(f"{path}: is a folder; name a file for the record")
        if not path.exists() and not create:
            raise StoreError(f"{path}: no such record; name an existing file")
        if not path.parent.is_dir():
            raise StoreError(f"{path}: its folder does not exist; make it first")

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except IntegrityError:
            raise
        except DBAPIError as error:
            raise self._named(error.orig) from error
        except sqlite3.Error as error:  # raised while connecting, before SQLAlchemy wraps errors
            raise self._named(error) from error
        except msgspec.DecodeError as error:
            raise StoreError(f"{self.address}: holds a row that cannot be read ({error}); restore it from a copy") from error

    def index(self, connection: Connection, found: Sequence[tuple[int, str]]) -> None:
        if found:
            connection.exec_driver_sql(fts.INSERT, list(found))

    def holding(self, connection: Connection, word: Word, after: int) -> Numbers:
        return parsed(connection.exec_driver_sql(fts.HOLDING, (fts.term(word), after)).scalar())

    def _named(self, error: BaseException | None) -> StoreError:
        reason = str(error)
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return StoreError(f"{self.address}: another process is writing to it; try again when it has ended")
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            return StoreError(f"{self.address}: is damaged, or no record ({reason}); restore it from a copy")
        if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
            return StoreError(f"{self.address}: cannot be written ({reason}); check the permissions of the file and its folder")
        if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
            return StoreError(f"{self.address}: cannot be written ({reason}); check the disk")
        return StoreError(f"{self.address}: {reason}; if it is an old copy or was edited, restore it")


def _engine(path: Path, wait: float) -> Engine:
    engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": wait})

    @event.listens_for(engine, "connect")
    def configure(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
        # The driver's own transaction handling would commit before DDL; BEGIN is ours (see ``begin``).
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode = WAL", "foreign_keys = ON", "synchronous = FULL"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer takes the lock at once: a transaction that began by reading cannot wait for it later. A statement alone is
        # its own transaction, in half the time.
        options = connection.get_execution_options()
        if not options.get("alone", False):
            connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes", False) else "BEGIN")

    return engine


def open_store(address: str, *, create: bool = True) -> Store:
    """The record in the file that ``sqlite://PATH`` names."""
    return SqliteStore(Path(address.removeprefix("sqlite://")), create=create)
