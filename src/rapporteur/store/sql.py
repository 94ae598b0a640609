"""What SQL stores have in common, over SQLAlchemy Core. A subclass opens the engine and names its driver's errors."""

from __future__ import annotations

import zlib
from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from importlib import import_module
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, Row, Table, func, insert, inspect, or_, select, text

from rapporteur.errors import StoreError
from rapporteur.model.board import BoardEntry
from rapporteur.model.judgement import Judgement
from rapporteur.model.process import FollowedProcess
from rapporteur.model.reading import Reading
from rapporteur.model.report import Issue
from rapporteur.store import adding
from rapporteur.store.base import Captured, Hit, IdTakenError, Kept, Moment, Snapshot, Store
from rapporteur.store.database import Database
from rapporteur.store.ranking import HeldWords, Numbers, ranked, weightiest
from rapporteur.store.standing_base import StandingStore
from rapporteur.store.standing_sql import SqlStandingStore
from rapporteur.store.tables import (
    VERSION,
    accounts,
    board,
    contents,
    issues,
    judgements,
    passages,
    processes,
    reports,
)
from rapporteur.store.team_base import TeamStore
from rapporteur.store.team_sql import SqlTeamStore
from rapporteur.store.watching import SqlWatch
from rapporteur.store.words import Word, asked
from rapporteur.watch.base import WatchStore

_ENCODER = msgspec.json.Encoder()
_READING = msgspec.json.Decoder(Reading)
_JUDGEMENT = msgspec.json.Decoder(Judgement)
_ISSUE = msgspec.json.Decoder(Issue)
_PROCESS = msgspec.json.Decoder(FollowedProcess)
_BOARD: msgspec.json.Decoder[BoardEntry] = msgspec.json.Decoder(BoardEntry)


def _json(record: msgspec.Struct) -> str:
    return _ENCODER.encode(record).decode("utf-8")


# One bounded look-up per key, all in one statement: to ask for all keys at once would first count what everybody has. The
# reports of a key come as one text: in a record of 50,000 a look-up finds 3,400; as rows of their own they take thrice as long.
_POSTINGS = text(
    "SELECT asked.key, (SELECT group_concat(report) FROM (SELECT report FROM link_keys WHERE key = asked.value LIMIT :enough))"
    " FROM json_each(:keys) AS asked"
)


_READINGS = select(reports.c.id, reports.c.reading)
_NUMBERED = select(reports.c.number, reports.c.id)
_MOMENT = select(*(select(func.max(table.c.number)).scalar_subquery() for table in (reports, judgements, issues, board)))


class SqlStore(Database, Store):
    """A record in a database. Readings, issues and judgements are JSON, so that a person can look at them."""

    kind, scheme = "file", "sqlite"
    """What holds a record, in messages; of its address."""

    def __init__(self, engine: Engine, address: str) -> None:
        super().__init__(engine)
        self.address = address
        self.words = HeldWords()
        """May be shared between stores of one record."""

    def fill(self, connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
        """Adds rows, all with the same columns, to a table."""
        if rows:
            connection.execute(insert(table), rows)

    @abstractmethod
    def index(self, connection: Connection, found: Sequence[tuple[int, str]]) -> None:
        """Adds the words of numbered passages, whose texts are as ``words.indexable`` gives them, to the full-text index."""

    @abstractmethod
    def holding(self, connection: Connection, word: Word, after: int) -> Numbers:
        """Numbers of the passages that hold a word, of those numbered higher than ``after``, by the full-text index."""

    def _prepare(self, *, create: bool) -> None:
        """Checks the schema version, and makes or upgrades the tables."""
        with self._errors(), self._engine.begin() as connection:
            found = self._version(connection)
        if found == VERSION:
            return
        if found is None and not create:
            raise StoreError(f"{self.address}: is empty; name the {self.kind} of a record")
        if found is not None and found > VERSION:
            raise StoreError(
                f"{self.address}: was made by a newer version (schema {found}, this program knows up to {VERSION});"
                " upgrade rapporteur"
            )
        with self.writing() as connection:
            if self._version(connection) != VERSION:  # another process may have made them in the meantime
                import_module("rapporteur.store.migrate").upgrade(connection)
                self._tables_made(connection)

    def _tables_made(self, connection: Connection) -> None:
        """Called after the revisions have run: what the tables need in this database besides."""

    def _version(self, connection: Connection) -> str | None:
        tables = inspect(connection).get_table_names()
        if not tables:
            return None
        if "alembic_version" not in tables or not {"reports", "contents"} <= set(tables):
            raise StoreError(f"{self.address}: is a database, but no record; name another {self.kind}")
        version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        return str(version)

    def find(self, place: str, sha256: str) -> str | None:
        rows = self.rows(select(reports.c.id).where(reports.c.place == place, reports.c.sha256 == sha256))
        return str(rows[0][0]) if rows else None

    def put(self, kept: Kept) -> bool:
        with self.writing() as connection:
            new, taken = adding.sorted_out(connection, [kept])
            if taken:
                raise IdTakenError(kept)
            adding.add(connection, new, self.fill, self.index)
        return bool(new)

    def put_all(self, kept: Sequence[Kept]) -> list[Kept]:
        with self.writing() as connection:
            new, taken = adding.sorted_out(connection, kept)
            adding.add(connection, new, self.fill, self.index)
        return taken

    def reading(self, report: str) -> Reading | None:
        rows = self.rows(select(reports.c.reading).where(reports.c.id == report))
        with self._errors():
            return _READING.decode(str(rows[0][0])) if rows else None

    def some_readings(self, asked: Sequence[str]) -> dict[str, Reading]:
        rows = self.having(_READINGS, reports.c.id, asked)
        with self._errors():
            return {ident: _READING.decode(reading) for ident, reading in rows}

    def search(self, words: Sequence[str], most: int, *needed: Sequence[str]) -> list[Hit]:
        with self._errors(), self._engine.begin() as connection:
            last = int(connection.execute(select(func.max(passages.c.number))).scalar() or 0)
            wanted = [group for some in (words, *needed) if (group := asked(some))]
            look = partial(self.holding, connection)
            groups = [[self.words.of(word, last, look) for word in group] for group in wanted]
            if not groups:
                return []
            weights = weightiest(groups, last, most)
            # Written out, because a thousand bound values take longer to bind than to look up; they are numbers.
            listed = ",".join(map(str, weights)) or "NULL"
            rows = connection.execute(text(f'SELECT number, report, start, "end" FROM passages WHERE number IN ({listed})')).all()
            found = {number: (report, start, end) for number, report, start, end in rows}
        best = ranked(weights, {number: end - start for number, (_, start, end) in found.items()}, most)
        names = self.ids([found[number][0] for number, _ in best])
        return [Hit(name, *found[number][1:], score) for name, (number, score) in zip(names, best, strict=True)]

    def content(self, report: str) -> bytes | None:
        joined = reports.join(contents, reports.c.sha256 == contents.c.sha256)
        rows = self.rows(select(contents.c.bytes).select_from(joined).where(reports.c.id == report))
        return bytes(rows[0][0]) if rows else None

    def readings(self, moment: Moment | None = None) -> Iterator[Reading]:
        statement = select(reports.c.reading).order_by(reports.c.published.is_(None), reports.c.published, reports.c.id)
        if moment is not None:
            statement = statement.where(reports.c.number <= moment.report)
        with self._errors(), self._engine.connect() as connection:
            for row in connection.execution_options(yield_per=100).execute(statement):
                yield _READING.decode(row[0])

    def postings(self, keys: Sequence[int], most: int) -> list[tuple[int, int]]:
        rows = self.rows(_POSTINGS, {"keys": _ENCODER.encode(keys).decode(), "enough": most + 1})
        having = ((at, found.split(",")) for at, found in rows if found)
        return sorted((int(number), at) for at, numbers in having if len(numbers) <= most for number in numbers)

    def ids(self, numbers: Sequence[int]) -> list[str]:
        named = {row[0]: row[1] for row in self.having(_NUMBERED, reports.c.number, numbers)}
        return [named[number] for number in numbers]

    def added(self, after: int, last: int) -> tuple[str, ...]:
        between = reports.c.number.between(after + 1, last)
        found = self.rows(select(reports.c.id).where(between).order_by(reports.c.number))
        return tuple(str(row[0]) for row in found)

    def captures(self, moment: Moment | None = None) -> tuple[Captured, ...]:
        statement = select(reports.c.place, reports.c.id).order_by(reports.c.number)
        if moment is not None:
            statement = statement.where(reports.c.number <= moment.report)
        return tuple(Captured(place, ident) for place, ident in self.rows(statement))

    def follow(self, process: FollowedProcess) -> int:
        text_ = _json(process)
        alike = select(processes.c.number, processes.c.process).where(processes.c.name == process.name)
        last = self.rows(alike.order_by(processes.c.number.desc()).limit(1))
        if last and last[0][1] == text_:
            return int(last[0][0])
        return self._append(processes, {"name": process.name, "process": text_})

    def processes(self) -> tuple[FollowedProcess, ...]:
        rows = self.rows(select(processes.c.process).order_by(processes.c.number))
        with self._errors():
            return tuple(_PROCESS.decode(str(row[0])) for row in rows)

    def add_to_board(self, entry: BoardEntry) -> int:
        return self._append(board, {"entry": _json(entry)})

    def board(self, moment: Moment | None = None) -> tuple[BoardEntry, ...]:
        statement = select(board.c.entry).order_by(board.c.number)
        rows = self.rows(statement if moment is None else statement.where(board.c.number <= moment.board))
        with self._errors():
            return tuple(_BOARD.decode(str(row[0])) for row in rows)

    def note(self, issue: Issue) -> None:
        same = (issues.c.code == issue.code, issues.c.input == issue.input, issues.c.message == issue.message)
        still_open = select(issues.c.number).where(*same, issues.c.closed_by.is_(None))
        with self.writing() as connection:
            if connection.execute(still_open).first() is None:
                values = {"code": issue.code, "input": issue.input, "message": issue.message, "issue": _json(issue)}
                connection.execute(insert(issues).values(values))

    def issues(self, moment: Moment | None = None) -> tuple[Issue, ...]:
        statement = select(issues.c.issue).order_by(issues.c.number)
        if moment is None:
            statement = statement.where(issues.c.closed_by.is_(None))
        else:
            still_open = or_(issues.c.closed_by.is_(None), issues.c.closed_by > moment.report)
            statement = statement.where(issues.c.number <= moment.issue, still_open)
        rows = self.rows(statement)
        with self._errors():
            return tuple(_ISSUE.decode(str(row[0])) for row in rows)

    def judge(self, judgement: Judgement) -> int:
        return self._append(judgements, {"judgement": _json(judgement)})

    def judgements(self, moment: Moment | None = None) -> tuple[Judgement, ...]:
        statement = select(judgements.c.judgement).order_by(judgements.c.number)
        if moment is not None:
            statement = statement.where(judgements.c.number <= moment.judgement)
        rows = self.rows(statement)
        with self._errors():
            return tuple(_JUDGEMENT.decode(str(row[0])) for row in rows)

    def moment(self) -> Moment:
        row = self.rows(_MOMENT)[0]
        return Moment(*(int(number) if number else 0 for number in row))

    def keep(self, snapshot: Snapshot) -> int:
        values = {
            "title": snapshot.title,
            "as_of": snapshot.as_of,
            "made_at": snapshot.made_at,
            "last_report": snapshot.moment.report,
            "last_judgement": snapshot.moment.judgement,
            "last_issue": snapshot.moment.issue,
            "last_board": snapshot.moment.board,
            "content": zlib.compress(snapshot.content),
            "process": snapshot.process,
            "audience": snapshot.audience,
        }
        return self._append(accounts, values)

    def _append(self, table: Table, values: Mapping[str, object]) -> int:
        with self.writing() as connection:
            result = connection.execute(insert(table).values(values))
            return int(result.inserted_primary_key[0]) if result.inserted_primary_key else 0

    def snapshot(self, number: int) -> Snapshot | None:
        rows = self.rows(select(*_SNAPSHOT, accounts.c.content).where(accounts.c.number == number))
        return _snapshot(rows[0], zlib.decompress(rows[0][-1])) if rows else None

    def snapshots(self, audience: str = "") -> tuple[Snapshot, ...]:
        asked = select(*_SNAPSHOT).where(accounts.c.audience == audience).order_by(accounts.c.number)
        return tuple(_snapshot(row, b"") for row in self.rows(asked))

    def watch(self) -> WatchStore:
        return SqlWatch(self)

    def team(self) -> TeamStore:
        return SqlTeamStore(self)

    def standing(self, audience: str = "") -> StandingStore:
        return SqlStandingStore(self, audience)

    def close(self) -> None:
        self._engine.dispose()


_SNAPSHOT = (
    accounts.c.number,
    accounts.c.title,
    accounts.c.as_of,
    accounts.c.made_at,
    accounts.c.last_report,
    accounts.c.last_judgement,
    accounts.c.last_issue,
    accounts.c.last_board,
    accounts.c.process,
    accounts.c.audience,
)


def _snapshot(row: Row[*tuple[Any, ...]], content: bytes) -> Snapshot:
    number, title, as_of, made_at, *last, process, audience = row[:10]
    return Snapshot(title, as_of, made_at, Moment(*last), content, number, process, audience)
