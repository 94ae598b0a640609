"""What every engine must do."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from rapporteur.engine import BREAK_EVEN, Automatic, Processes, available_cores, engine_for
from rapporteur.engine.base import Engine, Job
from rapporteur.errors import RapporteurError
from tests.contract import jobs
from tests.contract.engines import ENGINES

DIGEST: Job[bytes, bytes] = Job(jobs.prepare_digest, lambda item, reason: b"")


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    return ENGINES[request.param]


def test_the_same_bytes_come_out_in_the_items_order(engine: Engine) -> None:
    chance = random.Random(7)
    items = [chance.randbytes(chance.randrange(1, 100_000)) for _ in range(BREAK_EVEN + 20)]
    assert list(engine.map(DIGEST, items)) == [jobs.digest(item) for item in items]


def test_no_items_no_results_and_no_preparing(engine: Engine, tmp_path: Path) -> None:
    assert list(engine.map(Job(partial(jobs.prepare_counting, tmp_path), jobs.lost), [])) == []
    assert list(tmp_path.iterdir()) == []


def test_items_are_taken_as_results_are_wanted(engine: Engine) -> None:
    taken = 0

    def items() -> Iterator[bytes]:
        nonlocal taken
        for number in range(10_000):
            taken += 1
            yield bytes([number % 256, number // 256])

    results = engine.map(DIGEST, items())
    for _ in range(5):
        next(results)
    assert taken <= BREAK_EVEN + 50
    results.close()  # type: ignore[attr-defined] # engines are generators


def test_it_prepares_once_per_worker(engine: Engine, tmp_path: Path) -> None:
    job = Job(partial(jobs.prepare_counting, tmp_path), jobs.lost)
    results = list(engine.map(job, range(BREAK_EVEN + 10)))  # type: ignore[arg-type] # lost is never called here
    assert [item for item, _, _ in results] == list(range(BREAK_EVEN + 10))
    assert len(list(tmp_path.iterdir())) == len({process for _, process, _ in results}) <= 3


def test_what_cannot_be_prepared_ends_the_run_with_its_reason(engine: Engine) -> None:
    job = Job(jobs.prepare_nothing, jobs.lost)
    with pytest.raises(RapporteurError, match=r"^model\.bin: no such file; install it$"):
        list(engine.map(job, ["a"] * (BREAK_EVEN + 1)))


def test_a_fault_of_the_work_ends_the_run(engine: Engine, tmp_path: Path) -> None:
    job = Job(partial(jobs.prepare_poison, tmp_path), jobs.lost)
    with pytest.raises(Exception, match="a fault of the work"):
        list(engine.map(job, ["a", "raise", *"b" * BREAK_EVEN]))


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize(
    ("poison", "reason"),
    [("kill", "died 2 times, last with signal SIGKILL"), ("exit", "died 2 times, last with exit code 7")],
)
def test_an_item_that_kills_its_worker_is_isolated(workers: int, poison: str, reason: str, tmp_path: Path) -> None:
    job = Job(partial(jobs.prepare_poison, tmp_path), jobs.lost)
    results = list(Processes(workers).map(job, ["a", "b", poison, "c", "d", poison, "e"]))
    lost = f"lost {poison}: its worker process {reason}"
    assert results == ["A", "B", lost, "C", "D", lost, "E"]


def test_a_worker_killed_from_outside_changes_nothing(tmp_path: Path) -> None:
    job = Job(partial(jobs.prepare_poison, tmp_path), jobs.lost)
    items = ["a", "kill once", "b", "c"]
    assert list(Processes(2).map(job, items)) == ["A", "KILL ONCE", "B", "C"]
    assert (tmp_path / "killed").exists()


def test_an_item_that_takes_too_long_is_isolated(tmp_path: Path) -> None:
    job = Job(partial(jobs.prepare_poison, tmp_path), jobs.lost)
    start = time.monotonic()
    results = list(Processes(2, seconds=0.5).map(job, ["a", "hang", "b", "c"]))
    assert results == ["A", "lost hang: took longer than 0.5 s", "B", "C"]
    assert time.monotonic() - start < 30


def test_stopping_early_ends_the_workers(tmp_path: Path) -> None:
    job = Job(partial(jobs.prepare_counting, tmp_path), jobs.lost)
    results = Processes(2).map(job, range(1_000))  # type: ignore[arg-type] # lost is never called here
    processes = {next(results)[1] for _ in range(20)}
    results.close()  # type: ignore[attr-defined] # engines are generators
    assert not any(_alive(process) for process in processes)


def test_workers_end_when_the_calling_process_is_killed(tmp_path: Path) -> None:
    code = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parents[2])!r})
from functools import partial
from pathlib import Path
from tests.contract import jobs
from rapporteur.engine import Job, Processes
if __name__ == "__main__":
    job = Job(partial(jobs.prepare_counting, Path({str(tmp_path)!r})), jobs.lost)
    for _, process, _ in Processes(2).map(job, range(10 ** 9)):
        print(process, flush=True)
"""
    script = tmp_path / "caller.py"
    script.write_text(code)
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as caller:
        assert caller.stdout is not None
        processes = {int(caller.stdout.readline()) for _ in range(200)}
        caller.kill()
    deadline = time.monotonic() + 20
    while any(map(_alive, processes)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(_alive, processes))


def test_the_engine_follows_the_number_of_workers() -> None:
    assert type(engine_for(None, 1.0)) is Automatic
    assert type(engine_for(2, 1.0)) is Processes
    assert type(engine_for(1, 1.0)) is not Processes
    assert available_cores() >= 1


def test_automatic_stays_in_process_for_a_few_items(tmp_path: Path) -> None:
    job = Job(partial(jobs.prepare_counting, tmp_path), jobs.lost)
    results = list(Automatic(300.0).map(job, range(BREAK_EVEN - 1)))  # type: ignore[arg-type] # lost is never called
    assert {process for _, process, _ in results} == {os.getpid()}


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    try:  # a process that ended and was not waited for is not alive
        return "State:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except OSError:
        return Path("/proc").is_dir() is False
