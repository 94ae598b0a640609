from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from pathlib import Path

import msgspec
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from rapporteur.errors import StoreError
from rapporteur.model.board import FrameworkText
from rapporteur.model.report import Issue
from rapporteur.model.team import AuditEntry
from rapporteur.store import adding, all_tables, migrate, open_store, tables, words
from rapporteur.store.sqlite import SqliteStore
from tests.contract.samples import kept
from tests.growth import least_seconds

ROOT = Path(__file__).parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "record.rapporteur"


def test_the_migrations_make_the_tables_of_this_program(path: Path) -> None:
    SqliteStore(path).close()
    with create_engine(f"sqlite:///{path}").connect() as connection:
        ours = {"include_object": lambda item, name, *_: not str(name).startswith(words.TABLE)}  # FTS5 makes tables of its own
        assert compare_metadata(MigrationContext.configure(connection, opts=ours), all_tables.metadata) == []
    assert ScriptDirectory.from_config(migrate.configuration()).get_current_head() == tables.VERSION


def test_it_is_a_write_ahead_log_with_foreign_keys_and_readable_rows(path: Path) -> None:
    with SqliteStore(path) as store:
        store.put(kept("r1", "2024-01-25"))
        with sqlite3.connect(path) as plain:
            assert plain.execute("PRAGMA journal_mode").fetchone() == ("wal",)
            assert '"outlet":"The Harbour Bulletin"' in plain.execute("SELECT reading FROM reports").fetchone()[0]
            assert plain.execute("PRAGMA foreign_key_check").fetchall() == []
        plain.close()
        with store._engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    assert sorted(file.name for file in path.parent.iterdir()) == [path.name], "closing folds the log into the file"


def test_a_record_of_the_first_schema_is_brought_up_and_indexed(path: Path) -> None:
    with create_engine(f"sqlite:///{path}").begin() as connection:
        settings = migrate.configuration()
        settings.attributes["connection"] = connection
        command.upgrade(settings, "0001")
        for number, text in ((1, "Nine ferries sank. A pilot wept."), (2, "Ferries leave at noon.")):
            one = kept(f"r{number}", text=text)
            connection.exec_driver_sql("INSERT INTO contents VALUES (?, ?)", (one.capture.sha256, one.capture.data))
            connection.exec_driver_sql(
                "INSERT INTO reports (id, place, sha256, media_type, reader, reading) VALUES (?, ?, ?, '', '', ?)",
                (f"r{number}", f"r{number}.txt", one.capture.sha256, msgspec.json.encode(one.reading).decode()),
            )
    with SqliteStore(path) as store:
        assert [(h.report, h.start, h.end) for h in store.search(["pilot"], 9)] == [("r1", 19, 32)]
        assert {h.report for h in store.search(["ferry"], 9)} == {"r1", "r2"}
        assert store.put(kept("r3", text="Another ferry."))
        assert len(store.search(["ferries"], 9)) == 2, "r3 was put without passages"


@pytest.mark.parametrize("statement", ["UPDATE board SET entry = ''", "DELETE FROM board"])
def test_the_file_itself_refuses_to_change_the_board(statement: str, path: Path) -> None:
    with SqliteStore(path) as store:
        store.add_to_board(FrameworkText("ford", 1, "ford.yaml", "framework: ford\n", "2024-02-01"))
    with sqlite3.connect(path) as plain, pytest.raises(sqlite3.IntegrityError, match="only ever added"):
        plain.execute(statement)
    plain.close()
    with SqliteStore(path) as store:
        assert len(store.board()) == 1


def test_a_row_of_a_large_file_costs_what_a_report_elsewhere_costs(tmp_path: Path) -> None:
    """All rows of a file lie at one place."""
    rows, sample = [f"{number:064}" for number in range(8_000)], kept("r1")
    with SqliteStore(tmp_path / "r.rapporteur") as store:
        store.put(sample)
        with store.writing() as connection:
            store.fill(connection, tables.contents, [{"sha256": sha256, "bytes": b""} for sha256 in rows])
            same = {"place": "rows.jsonl", "media_type": "text/plain", "reader": "", "reading": "{}"}
            store.fill(connection, tables.reports, [{"id": f"row {sha256}", "sha256": sha256, **same} for sha256 in rows])

        def looked_up(place: str) -> float:
            one = msgspec.structs.replace(sample, capture=msgspec.structs.replace(sample.capture, place=place))
            with store.writing() as connection:
                return least_seconds(lambda: [adding.sorted_out(connection, [one]) for _ in range(5)])

        assert looked_up("rows.jsonl") < 4 * looked_up("elsewhere.jsonl")


def test_a_newer_schema_is_refused(path: Path) -> None:
    SqliteStore(path).close()
    with sqlite3.connect(path) as plain:
        plain.execute("UPDATE alembic_version SET version_num = '9001'")
    plain.close()
    with pytest.raises(StoreError, match=r"record\.rapporteur: was made by a newer version \(schema 9001.*upgrade rapporteur"):
        SqliteStore(path)


def test_another_database_is_refused_and_not_touched(path: Path) -> None:
    with sqlite3.connect(path) as plain:
        plain.execute("CREATE TABLE recipes (name TEXT)")
    plain.close()
    with pytest.raises(StoreError, match="is a database, but no record; name another file"):
        SqliteStore(path)
    with sqlite3.connect(path) as plain:
        assert plain.execute("SELECT name FROM sqlite_master").fetchall() == [("recipes",)]


def test_a_file_of_another_kind_is_refused_and_not_touched(path: Path) -> None:
    path.write_text("Minutes of the meeting. " * 99)
    with pytest.raises(StoreError, match=r"record\.rapporteur: is damaged, or no record"):
        SqliteStore(path)
    assert path.read_text() == "Minutes of the meeting. " * 99


def test_a_damaged_page_is_named(path: Path) -> None:
    with SqliteStore(path) as store:
        for number in range(200):
            store.put(kept(f"r{number}", text=f"Text {number}. " * 200))
    data = bytearray(path.read_bytes())
    data[8192 : len(data) - 4096] = b"\xa5" * (len(data) - 4096 - 8192)
    path.write_bytes(data)
    with pytest.raises(StoreError, match=r"record\.rapporteur: .*restore it"), SqliteStore(path) as store:
        list(store.readings())


def test_a_cut_off_file_is_named(path: Path) -> None:
    with SqliteStore(path) as store:
        for number in range(50):
            store.put(kept(f"r{number}", text=f"Text {number}. " * 200))
    path.write_bytes(path.read_bytes()[:30_000])
    with pytest.raises(StoreError, match="restore it"), SqliteStore(path) as store:
        list(store.readings())


def test_a_row_that_is_no_reading_is_named(path: Path) -> None:
    with SqliteStore(path) as store:
        store.put(kept("r1"))
        with sqlite3.connect(path) as plain:
            plain.execute("""UPDATE reports SET reading = '{"schema": "x"}'""")
        with pytest.raises(StoreError, match="holds a row that cannot be read"):
            store.reading("r1")


def test_places_that_cannot_hold_a_record_are_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is a folder; name a file"):
        open_store(tmp_path)
    with pytest.raises(StoreError, match="its folder does not exist"):
        open_store(tmp_path / "none" / "r.rapporteur")
    with pytest.raises(StoreError, match="no such record"):
        open_store(tmp_path / "r.rapporteur", create=False)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_becomes_a_record_only_when_one_may_be_made(path: Path) -> None:
    path.touch()
    with pytest.raises(StoreError, match="is empty"):
        open_store(path, create=False)
    open_store(path).close()
    open_store(path, create=False).close()


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_file_without_write_permission_is_named(path: Path) -> None:
    SqliteStore(path).close()
    path.chmod(stat.S_IRUSR)
    with pytest.raises(StoreError, match="cannot be written"), SqliteStore(path) as store:
        store.put(kept("r1"))


def test_a_second_writer_waits_and_then_says_why_it_gave_up(path: Path) -> None:
    with SqliteStore(path, wait=0.2) as store:
        other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another process is writing to it; try again"):
            store.put(kept("r1"))
        assert list(store.readings()) == [], "readers need not wait"
        other.execute("COMMIT")
        assert store.put(kept("r1"))
        other.close()


def test_writers_in_turn_lose_nothing(path: Path) -> None:
    SqliteStore(path).close()

    def write(letter: str) -> None:
        with SqliteStore(path) as store:
            for number in range(40):
                store.put(kept(f"{letter}{number}"))
                store.put(kept(f"both{number}"))

    threads = [threading.Thread(target=write, args=(letter,)) for letter in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with SqliteStore(path) as store:
        assert store.moment().report == 160


def test_two_processes_may_make_one_record_at_once(path: Path) -> None:
    code = "import sys; from rapporteur.store import open_store; open_store(sys.argv[1]).close()"
    running = [subprocess.Popen([sys.executable, "-c", code, str(path)], stderr=subprocess.PIPE) for _ in range(3)]
    assert [(p.communicate()[1], p.returncode) for p in running] == [(b"", 0)] * 3
    with SqliteStore(path, create=False) as store:
        assert store.put(kept("r1"))


WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from tests.contract.samples import kept
from tests.growth import least_seconds
from rapporteur.model.report import Issue
from rapporteur.model.team import AuditEntry
from rapporteur.store.sqlite import SqliteStore
store = SqliteStore(Path(sys.argv[1]))
for number in range(100_000):
    if store.put(kept(f"r{number}", keys=(number, -1), text=f"Text {number}. " * 500)):
        print(number, flush=True)
"""


def test_a_writer_that_is_killed_loses_no_report_and_leaves_none_by_half(path: Path) -> None:
    said: list[int] = []
    for _ in range(3):
        command = [sys.executable, "-c", WRITER, str(path), str(ROOT)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            for line in writer.stdout:
                said.append(int(line))
                if len(said) % 25 == 0:
                    writer.send_signal(signal.SIGKILL)
                    break
            said += [int(line) for line in writer.stdout.read().split()]
        assert writer.returncode == -signal.SIGKILL
    assert said == sorted(set(said)), "each run went on where the one before was killed"
    with SqliteStore(path) as store:
        held = store.moment().report
        assert len(said) <= held <= len(said) + 3, "at most the report in hand at each kill went unsaid"
        for number in range(held):
            assert store.reading(f"r{number}") is not None
            assert store.content(f"r{number}") == (f"Text {number}. " * 500).encode()
        assert len(store.postings([-1], held)) == held
    with sqlite3.connect(path) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert plain.execute("PRAGMA foreign_key_check").fetchall() == []


def test_issues_survive_in_the_same_order(path: Path) -> None:
    with SqliteStore(path) as store:
        for number in range(30):
            store.note(Issue("empty", f"{number}", f"{number}: empty"))
    with SqliteStore(path) as store:
        assert [issue.input for issue in store.issues()] == [str(number) for number in range(30)]


@pytest.mark.parametrize("statement", ["UPDATE audit SET who = ''", "DELETE FROM audit"])
def test_the_file_itself_refuses_to_change_the_audit_log(statement: str, path: Path) -> None:
    with SqliteStore(path) as store:
        store.team().log(AuditEntry("2031-05-01T00:00:00Z", "Ida", "sign-in"))
    with sqlite3.connect(path) as plain, pytest.raises(sqlite3.IntegrityError, match="only ever added"):
        plain.execute(statement)
    plain.close()
    with SqliteStore(path) as store:
        assert len(store.team().audit()) == 1
