"""What every engine for bulk must do."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="needs the extra bulk")
pytest.importorskip("daft", reason="needs the extra bulk")

import pyarrow as pa
import pyarrow.parquet as pq

from rapporteur.engine import table_engine
from rapporteur.engine.tables import LISTS, LostError, Meeting, TableEngine
from rapporteur.errors import ConfigurationError, RapporteurError
from tests.contract import jobs
from tests.contract.table_engines import TABLE_ENGINES


@pytest.fixture(scope="module", params=TABLE_ENGINES)
def engine(request: pytest.FixtureRequest) -> Iterator[TableEngine]:
    with table_engine(request.param, TABLE_ENGINES[request.param]) as made:
        yield made


Row = tuple[int, int, int]


def rows(count: int) -> list[Row]:
    """Rows (number, key, weight) with keys that few, many, and all numbers have; large keys too."""
    chance = random.Random(3)
    found = {(n, k) for n in range(count) for k in (1, 2**64 - 5 - n // 3, *chance.sample(range(10, 90), 4))}
    return [(n, k, 1 + (n + k) % 7) for n, k in sorted(found)]


def expected(given: list[Row], most: int) -> set[tuple[Row, tuple[int, ...]]]:
    having = defaultdict(list)
    for number, key, _ in given:
        having[key].append(number)
    found = {(row, tuple(n for n in having[row[1]] if n < row[0])) for row in given}
    return {(row, before) for row, before in found if 1 <= len(before) <= most}


def met(folders: list[Path], block: int) -> set[tuple[Row, tuple[int, ...]]]:
    found = []
    for file in (f for folder in folders for f in folder.glob("block=*/*.parquet")):
        for r in pq.read_table(file, partitioning=None).to_pylist():
            assert file.parent.name == f"block={r['number'] // block}"
            found.append(((r["number"], r["key"], r["weight"]), tuple(sorted(n for n in r[LISTS] if n < r["number"]))))
    assert len(found) == len(set(found))
    return set(found)


@pytest.mark.parametrize(("slices", "block"), [(1, 1_000), (3, 7)])
def test_rows_meet_those_before_them_unless_there_are_too_many(
    engine: TableEngine, tmp_path: Path, slices: int, block: int
) -> None:
    given = rows(60)
    tables = []
    for number in range(4):
        part = [row for row in given if row[0] % 4 == number]
        columns = zip(*part, strict=True)
        types = {"number": pa.int64(), "key": pa.uint64(), "weight": pa.int32()}
        table = pa.table({name: pa.array(c, t) for (name, t), c in zip(types.items(), columns, strict=True)})
        pq.write_table(table, tmp_path / f"{number}.parquet")
        tables.append(tmp_path / f"{number}.parquet")
    meeting = Meeting(tuple(tables), most=5, block=block, slices=slices)
    folders = [tmp_path / f"out-{number}" for number in range(slices)]
    for number, out in enumerate(folders):
        engine.meet(meeting, number, out)
    assert met(folders, block) == expected(given, 5)


def test_all_tasks_are_done_and_workers_stay_for_the_next_step(engine: TableEngine, tmp_path: Path) -> None:
    counting = partial(jobs.prepare_counting, tmp_path)
    results = list(engine.map(counting, range(40)))
    assert sorted(item for item, _, _ in results) == list(range(40))
    assert sorted(engine.map(partial(jobs.prepare_poison, tmp_path), ["a", "b"])) == ["A", "B"]
    again = list(engine.map(counting, range(40)))
    assert {process for _, process, _ in again} <= {process for _, process, _ in results}


def test_no_tasks_no_results(engine: TableEngine, tmp_path: Path) -> None:
    assert list(engine.map(partial(jobs.prepare_poison, tmp_path), [])) == []


def test_a_task_that_kills_its_worker_is_lost_and_the_others_are_done(engine: TableEngine, tmp_path: Path) -> None:
    results = engine.map(partial(jobs.prepare_poison, tmp_path), ["a", "kill", "b", "kill once"])
    done: list[str] = []
    with pytest.raises(LostError, match="SIGKILL"):
        while True:
            done.append(next(results))
    assert sorted(done) == ["A", "B", "KILL ONCE"]


def test_a_fault_of_the_work_ends_the_map(engine: TableEngine, tmp_path: Path) -> None:
    with pytest.raises(RapporteurError, match="a fault of the work"):
        list(engine.map(partial(jobs.prepare_poison, tmp_path), ["a", "raise"]))


def test_what_cannot_be_prepared_ends_the_map_with_its_reason(engine: TableEngine) -> None:
    with pytest.raises(RapporteurError, match=r"^model\.bin: no such file; install it$"):
        list(engine.map(jobs.prepare_nothing, ["a"]))


def test_an_engine_that_is_not_known_or_does_not_answer_is_one_line() -> None:
    with pytest.raises(ConfigurationError, match="--engine spark: not known; use local, daft, ray"):
        table_engine("spark", 1)
    with pytest.raises(ConfigurationError, match=r"^ray://127\.0\.0\.1:9: no Ray cluster answers .*; start it first$"):
        table_engine("ray://127.0.0.1:9", 1)
