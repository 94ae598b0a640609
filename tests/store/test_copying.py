"""A record copied between stores: nothing is missing, nothing has changed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import insert, select

from rapporteur.accounts import account_again, next_account
from rapporteur.engine import InProcess
from rapporteur.errors import StoreError
from rapporteur.jobs import Task, queue_of
from rapporteur.model.judgement import Judgement
from rapporteur.model.process import FollowedProcess
from rapporteur.model.team import AuditEntry, Group, User
from rapporteur.pipeline import Reader, gather
from rapporteur.stages.write import ComposeOptions, render
from rapporteur.store import open_store
from rapporteur.store.all_tables import metadata
from rapporteur.store.base import Store
from rapporteur.store.copying import copy
from rapporteur.store.sql import SqlStore
from tests import postgres
from tests.cli.command import rapporteur, texts
from tests.cli.reports import REPORTS


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with two accounts and something in every table."""
    folder = tmp_path_factory.mktemp("copied")
    path = folder / "record.db"
    with open_store(path) as store:
        for number, some in enumerate((REPORTS[:2], REPORTS[2:])):
            for _ in gather([str(texts(folder / str(number), some)), str(folder / "nowhere.txt")], store, Reader(InProcess())):
                pass
            next_account(store, ComposeOptions(made_at="2021-05-01"), FollowedProcess("ferries", f"Ferries {number}"))
        store.judge(Judgement("same", ("a", "b"), "M. Editor", "2021-05-02T10:00:00Z", "one\x00person"))
        team = store.team()
        user = team.add_user(User("Ida", "editor"), "hash")
        team.set_group(Group("desk", (user.number,)))
        team.log(AuditEntry("2021-05-02", "Ida", "export", "account", "@1", "127.0.0.1"))
        queue_of(store).enqueue(Task("read", b"\x00\xff", "key"))
        _something_in_every_table(store)
    return path


def _something_in_every_table(store: Store) -> None:
    """A table that nothing above has filled gets a made-up row: a table that is added later is copied too, or this test fails."""
    assert isinstance(store, SqlStore)
    with store.writing() as connection:
        for table in metadata.sorted_tables:
            if connection.execute(select(table).limit(1)).first() is None:
                values = {column.name: _made_up(column.type.python_type) for column in table.columns if not column.foreign_keys}
                parents = {
                    column.name: connection.execute(select(key.column).limit(1)).scalar_one()
                    for column in table.columns
                    for key in column.foreign_keys
                }
                connection.execute(insert(table).values({**values, **parents}))


def _made_up(kind: type) -> object:
    return {int: 7, float: 0.5, bool: True, str: "né\U0001f69a", bytes: b"\x00\xff"}[kind]


def rows(store: Store) -> dict[str, list[tuple[object, ...]]]:
    assert isinstance(store, SqlStore)
    tables = metadata.sorted_tables
    return {t.name: [tuple(row) for row in store.rows(select(t).order_by(*t.primary_key))] for t in tables}


def same(one: Store, other: Store) -> None:
    ours, theirs = rows(one), rows(other)
    assert all(ours.values()), "there is something in every table"
    assert ours == theirs
    for words in (["ferr*"], ["workers", "talks"]):
        assert one.search(words, 9)
        assert [(h.report, h.start) for h in one.search(words, 9)] == [(h.report, h.start) for h in other.search(words, 9)]
    for number in (1, 2):
        made = [account_again(store, number) for store in (one, other)]
        assert render(made[0].account, made[0].readings, "json") == render(made[1].account, made[1].readings, "json")
    numbers = [store.judge(Judgement("same", ("c", "d"), "M. Editor", "2021-05-03T10:00:00Z", "")) for store in (one, other)]
    assert numbers[0] == numbers[1], "numbers go on where they were"


def test_a_record_goes_to_a_database_and_back(file: Path, tmp_path: Path) -> None:
    first = Path(shutil.copy(file, tmp_path / "first.db"))
    address, back = postgres.database(f"test_{uuid4().hex}"), tmp_path / "back.db"
    to = rapporteur("migrate", first, address)
    assert (to.code, to.err.startswith("Copied 3 reports, 2 accounts and all that belongs to them: ")) == (0, True), to.err
    again = rapporteur("migrate", address, back, "--quiet")
    assert (again.code, again.err) == (0, "")
    with open_store(first) as one, open_store(address) as two, open_store(back) as three:
        assert rows(one) == rows(three)
        same(one, two)
    with open_store(address) as source, open_store(first) as taken, pytest.raises(StoreError, match="holds a record already"):
        copy(source, taken)


def test_a_copy_that_is_broken_off_leaves_nothing(file: Path) -> None:
    def stop(table: str, count: int) -> None:
        if table == "passages":
            raise KeyboardInterrupt

    with open_store(file) as source, open_store(postgres.database(f"test_{uuid4().hex}")) as target:
        with pytest.raises(KeyboardInterrupt):
            copy(source, target, stop)
        assert not any(rows(target).values())
        copy(source, target)
        assert rows(source) == rows(target)


def test_a_back_up_is_a_record(file: Path, tmp_path: Path) -> None:
    with open_store(file) as used:
        out = tmp_path / "copy.db"
        assert rapporteur("backup", file, out, "--quiet").code == 0
        with open_store(out, create=False) as copied:
            assert rows(used) == rows(copied)
    assert "is there already" in rapporteur("backup", file, out).err
    assert rapporteur("backup", tmp_path / "none.db", tmp_path / "x.db").code == 2
    assert [p.name for p in tmp_path.iterdir()] == ["copy.db"]


def test_a_dumped_database_is_restored_with_its_search_and_its_rules(file: Path, tmp_path: Path) -> None:
    address, other = (postgres.database(f"test_{uuid4().hex}", empty=empty) for empty in (False, True))
    with open_store(file) as source, open_store(address) as target:
        copy(source, target)
        queue_of(target).enqueue(Task("read", b"x", "another"))
    dump, programs = tmp_path / "record.dump", postgres.programs()
    subprocess.run([programs / "pg_dump", "--format=custom", f"--file={dump}", address], check=True)
    subprocess.run([programs / "pg_restore", "--exit-on-error", f"--dbname={other}", dump], check=True)
    with open_store(address) as one, open_store(other, create=False) as two:
        same(one, two)
