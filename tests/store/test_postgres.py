from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from msgspec.structs import replace
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url

from rapporteur.errors import StoreError
from rapporteur.language.passages import passages
from rapporteur.model.board import FrameworkText
from rapporteur.model.report import Issue
from rapporteur.store import all_tables, open_store, words
from rapporteur.store.base import IdTakenError, Store
from rapporteur.store.memory import MemoryStore
from rapporteur.store.postgres import WRITERS, PostgresStore
from tests import postgres
from tests.cli.command import rapporteur, texts
from tests.cli.reports import REPORTS
from tests.contract.samples import kept

ROOT = Path(__file__).parents[2]


def name() -> str:
    return f"test_{uuid4().hex}"


@pytest.fixture
def address() -> str:
    """Of a new record."""
    return postgres.database(name())


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    with open_store(address) as opened:
        yield opened


def made(extra: str) -> str:
    """Address of a new, empty database made with the words ``extra``."""
    server, _, _ = postgres.database("template1", empty=True).rpartition("/")
    new = name()
    with psycopg.connect(server + "/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {new} TEMPLATE template0 {extra}".encode())
    return f"{server}/{new}"


def test_the_migrations_make_the_tables_of_this_program(address: str) -> None:
    with create_engine(address.replace("postgresql://", "postgresql+psycopg://")).connect() as connection:
        ours = {"include_object": lambda item, name, *_: not str(name).startswith((words.TABLE, f"ix_{words.TABLE}"))}
        assert compare_metadata(MigrationContext.configure(connection, opts=ours), all_tables.metadata) == []


def test_texts_sort_by_code_point_whatever_the_language_of_the_database() -> None:
    address = made("LOCALE_PROVIDER icu ICU_LOCALE 'en-US'")
    with open_store(address) as store:
        for ident in ("b", "é", "B", "a-1", "a1", "\U0001f69a", "\ufb01"):
            store.put(kept(ident, "2024-01-25"))
        assert [r.report.id for r in store.readings()] == sorted(["b", "é", "B", "a-1", "a1", "\U0001f69a", "\ufb01"])
    columns = "SELECT table_name, column_name FROM information_schema.columns"
    with psycopg.connect(address) as connection:
        texts = f"{columns} WHERE table_schema = 'public' AND data_type IN ('text', 'character varying')"
        assert len(connection.execute(texts).fetchall()) > 10
        other = connection.execute(f"{texts} AND collation_name IS DISTINCT FROM 'C'").fetchall()
        assert other == [("alembic_version", "version_num")]


def test_what_postgresql_texts_cannot_hold_comes_back_as_it_was(store: Store) -> None:
    for ident in ("a\x00b", "a\x10b", "a\x100b", "\x10\x10", "\x00\x10\x000", "a\\b'%s"):
        store.put(kept(ident))
        store.note(Issue("empty", ident, f"{ident}: empty"))
        reading = store.reading(ident)
        assert reading is not None and reading.report.id == ident
        assert (store.captures()[-1].report, store.captures()[-1].place) == (ident, f"{ident}.txt")
        assert store.issues()[-1].input == ident


def test_a_transaction_that_fails_leaves_no_gap_in_the_numbers(store: Store) -> None:
    store.put(kept("r1"))
    with pytest.raises(IdTakenError):
        store.put(replace(kept("r2"), reading=kept("r1").reading))
    assert not store.put(kept("r1"))
    store.put(kept("r3"))
    assert store.ids([1, 2]) == ["r1", "r3"]


@pytest.mark.parametrize("statement", ["UPDATE board SET entry = ''", "DELETE FROM board", "TRUNCATE board"])
def test_the_database_itself_refuses_to_change_the_board(statement: str, store: Store, address: str) -> None:
    store.add_to_board(FrameworkText("ford", 1, "ford.yaml", "framework: ford\n", "2024-02-01"))
    with psycopg.connect(address) as plain, pytest.raises(psycopg.errors.IntegrityError, match="only ever added"):
        plain.execute(statement.encode())
    assert len(store.board()) == 1


def test_search_finds_and_ranks_as_sqlite_does(store: Store) -> None:
    chance = random.Random(11)
    said = (
        "ferry ferries Ferried crossing crossings the of TALKS talk talked ceasefire cease-fire général general naïve 2,500 2500 "
        "5th 1e5 v1.2 u.s. a@b.net hostilities hostile generally relational Österreich"
    ).split()
    asked = [*said, "ferr*", "cros*", "gener*", "host*", "2*", "absent"]
    with MemoryStore() as other:
        for number in range(40):
            text = " ".join(" ".join(chance.choices(said, k=chance.randrange(2, 14))).capitalize() + "." for _ in range(4))
            one = replace(kept(f"r{number}", text=text), passages=passages(text))
            store.put(one)
            other.put(one)
        compared = 0
        for _ in range(60):
            groups = [chance.sample(asked, chance.randrange(1, 4)) for _ in range(chance.randrange(1, 3))]
            ours, theirs = (s.search(groups[0], 999, *groups[1:]) for s in (store, other))
            assert ours == theirs, groups
            compared += len(ours)
        assert compared > 100


def test_writers_in_turn_lose_nothing_and_numbers_appear_in_their_order(address: str) -> None:
    def write(letter: str) -> None:
        with open_store(address) as store:
            for number in range(30):
                store.put(kept(f"{letter}{number}"))
                store.put(kept(f"both{number}"))

    threads = [threading.Thread(target=write, args=(letter,)) for letter in "abc"]
    for thread in threads:
        thread.start()
    with open_store(address) as store:
        while any(thread.is_alive() for thread in threads):
            moment = store.moment()
            assert len(store.captures(moment)) == moment.report
        assert store.moment().report == 120


def test_a_second_writer_waits_and_then_says_why_it_gave_up(address: str) -> None:
    with PostgresStore(make_url(address), wait=0.2) as store, psycopg.connect(address) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", (WRITERS,))
        with pytest.raises(StoreError, match="another process is writing to it; try again"):
            store.put(kept("r1"))
        assert list(store.readings()) == [], "readers need not wait"
        other.commit()
        assert store.put(kept("r1"))


def test_several_processes_may_make_one_record_at_once() -> None:
    address = postgres.database(name(), empty=True)
    with pytest.raises(StoreError, match="is empty; name the database of a record"):
        open_store(address, create=False)
    code = "import sys; from rapporteur.store import open_store; open_store(sys.argv[1]).close()"
    running = [subprocess.Popen([sys.executable, "-c", code, address], stderr=subprocess.PIPE) for _ in range(3)]
    assert [(p.communicate()[1], p.returncode) for p in running] == [(b"", 0)] * 3
    with open_store(address, create=False) as store:
        assert store.put(kept("r1"))


WRITER = """
import sys
sys.path.insert(0, sys.argv[2])
from tests.contract.samples import kept
from rapporteur.store import open_store
store = open_store(sys.argv[1])
for number in range(100_000):
    if store.put(kept(f"r{number}", keys=(number, -1), text=f"Text {number}. " * 50)):
        print(number, flush=True)
"""


def test_a_writer_that_is_killed_loses_no_report_and_leaves_none_by_half(store: Store, address: str) -> None:
    said: list[int] = []
    for _ in range(2):
        with subprocess.Popen([sys.executable, "-c", WRITER, address, str(ROOT)], stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            for line in writer.stdout:
                said.append(int(line))
                if len(said) % 25 == 0:
                    writer.send_signal(signal.SIGKILL)
                    break
            said += [int(line) for line in writer.stdout.read().split()]
        assert writer.returncode == -signal.SIGKILL
    held = store.moment().report
    assert len(said) <= held <= len(said) + 2, "at most the report in hand at each kill went unsaid"
    assert all(store.content(f"r{number}") == (f"Text {number}. " * 50).encode() for number in range(held))
    assert len(store.postings([-1], held)) == held


def test_a_connection_that_the_server_has_cut_is_replaced(store: Store, address: str) -> None:
    store.put(kept("r1"))
    with psycopg.connect(address, autocommit=True) as other:
        others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        assert other.execute(f"SELECT pg_terminate_backend(pid) {others}".encode()).fetchall()
    assert store.put(kept("r2"))
    assert store.moment().report == 2


def test_what_cannot_be_opened_is_named_without_its_password(address: str) -> None:
    server, _, database = address.rpartition("/")
    user = server.replace("tester@", "tester:geheim@")
    for wrong, reason in (
        (f"{user}/nowhere", 'nowhere: .*database "nowhere" does not exist'),
        (
            f"postgresql://tester:geheim@127.0.0.1:{postgres.free_port()}/{database}",
            "cannot be reached .* check that the server runs",
        ),
        (f"{server.replace('tester', 'nobody')}/{database}", 'role "nobody" does not exist'),
        ("postgresql://tester:geheim@127.0.0.1:port/x", "not well formed; write postgresql://"),
        (made("ENCODING 'SQL_ASCII' LOCALE 'C'"), "its encoding is SQL_ASCII; make a database with encoding UTF8"),
    ):
        with pytest.raises(StoreError, match=reason) as met:
            open_store(wrong)
        assert "geheim" not in str(met.value)


def test_another_database_is_refused_and_not_touched() -> None:
    address = postgres.database(name(), empty=True)
    with psycopg.connect(address) as plain:
        plain.execute("CREATE TABLE recipes (name text)")
    with pytest.raises(StoreError, match="is a database, but no record; name another database"):
        open_store(address)


def test_a_newer_schema_is_refused(store: Store, address: str) -> None:
    with psycopg.connect(address) as plain:
        plain.execute("UPDATE alembic_version SET version_num = '9001'")
    with pytest.raises(StoreError, match=r"was made by a newer version \(schema 9001.*upgrade rapporteur"):
        open_store(address)


def test_without_psycopg_one_line_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "psycopg.py").write_text("raise ImportError('not here')")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    ran = rapporteur("changes", "--since", "2024-01-01", "--record", "postgresql://127.0.0.1/x", environment=environment)
    assert (ran.code, ran.err) == (2, "rapporteur: postgresql://: needs the package psycopg; pip install rapporteur[team]\n")


def test_the_command_line_keeps_and_asks_a_record_in_a_database(address: str, tmp_path: Path) -> None:
    folder, made = texts(tmp_path / "in", REPORTS), ("--made-at", "2021-05-01T12:00:00Z")
    first = rapporteur("account", folder, "--record", address, *made, "--format", "json", "--quiet")
    assert (first.code, first.err) == (0, "")
    again = rapporteur("account", "--record", address, "--as-of", "@1", "--format", "json", "--quiet")
    assert again.out == first.out
    plain = rapporteur("account", folder, "--record", tmp_path / "r.db", *made, "--format", "json", "--quiet")
    assert plain.out == first.out, "the account does not depend on where the record is kept"
