"""What every job queue must do."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest

from rapporteur.errors import StoreError
from rapporteur.jobs import HopelessError, Job, Queue, Task, queue_of
from rapporteur.jobs.base import TRIES, Handle, Tell
from rapporteur.store.base import Store
from rapporteur.store.memory import MemoryStore
from tests.contract.stores import LASTING


@pytest.fixture(params=LASTING)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with LASTING[request.param](tmp_path) as opened:
        yield opened


@pytest.fixture
def queue(store: Store) -> Queue:
    return queue_of(store, patience=1.5, hurry=100.0)


def task(name: str, payload: bytes = b"\x00\xff") -> Task:
    return Task("read", payload, name, "M. Editor", f"Report {name}")


@contextmanager
def working(queue: Queue, handle: Handle, workers: int = 1) -> Iterator[None]:
    stop = Event()
    threads = [Thread(target=queue.work, args=({"read": handle, "poll": handle}, stop), daemon=True) for _ in range(workers)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(20)
            assert not thread.is_alive()


def until(true: Callable[[], bool], seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "did not happen in time"
        time.sleep(0.02)


def test_a_task_is_accepted_once_by_its_key(queue: Queue, store: Store) -> None:
    assert (queue.enqueue(task("a")), queue.enqueue(task("b")), queue.enqueue(task("a"))) == (1, 2, 1)
    assert queue.job(1) == Job(1, "read", "M. Editor", "Report a", "waiting", 0)
    assert queue.job(3) is None
    assert queue_of(store).unfinished("read") == 2
    assert queue.unfinished("poll") == 0


def test_jobs_are_done_in_order_and_tell_their_steps(queue: Queue) -> None:
    done: list[bytes] = []
    numbers = [queue.enqueue(task(str(n), bytes([n]))) for n in range(5)]

    def handle(job: Job, tell: Callable[[bytes], None]) -> bytes | None:
        done.append(job.payload)
        tell(b"begun")
        tell(b'{"kind":"done"}')
        return b"result" if job.number == numbers[1] else None

    with working(queue, handle):
        until(lambda: queue.unfinished("read") == 0)
        numbers.append(queue.enqueue(task("later", b"\x05")))
        until(lambda: queue.unfinished("read") == 0)
    assert done == [bytes([n]) for n in range(6)]
    assert queue.job(numbers[5]) == Job(numbers[5], "read", "M. Editor", "Report later", "done", 1)
    assert queue.steps(numbers[0]) == [b"begun", b'{"kind":"done"}']
    assert queue.steps(numbers[0], 1) == [b'{"kind":"done"}']
    assert (queue.result(numbers[0]), queue.result(numbers[1])) == (None, b"result")


def test_what_fails_is_tried_again_and_then_dead_until_it_is_revived(queue: Queue) -> None:
    tries = {"twice": 0, "always": 0, "hopeless": 0}
    numbers = {name: queue.enqueue(task(name, name.encode())) for name in tries}
    mended = Event()

    def handle(job: Job, tell: Callable[[bytes], None]) -> None:
        name = job.payload.decode()
        tries[name] += 1
        if name == "hopeless":
            raise HopelessError("text: is empty")
        if not mended.is_set() and (name == "always" or tries[name] <= 2):
            raise ValueError(f"{name}: the site is down")

    with working(queue, handle):
        until(lambda: queue.unfinished("read") == 0)
        assert tries == {"twice": 3, "always": TRIES, "hopeless": 1}
        dead = {job.number: job.problem for job in queue.dead()}
        assert dead == {numbers["always"]: "always: the site is down", numbers["hopeless"]: "text: is empty"}
        mended.set()
        assert queue.revive(numbers["always"])
        assert not queue.revive(numbers["twice"])
        until(lambda: queue.unfinished("read") == 0)
    done = queue.job(numbers["always"])
    assert done and (done.state, done.tries, done.problem) == ("done", 1, None)
    assert [job.number for job in queue.dead()] == [numbers["hopeless"]]


def test_a_key_that_has_ended_is_begun_anew_under_its_number(queue: Queue) -> None:
    def handle(job: Job, tell: Callable[[bytes], None]) -> bytes:
        tell(job.payload)
        if job.payload == b"bad":
            raise HopelessError("gone")
        return job.payload

    with working(queue, handle):
        for payload, state, result in ((b"one", "done", b"one"), (b"bad", "dead", None), (b"two", "done", b"two")):
            assert queue.enqueue(task("again", payload)) == 1
            until(lambda: queue.unfinished("read") == 0)
            job = queue.job(1)
            assert job is not None
            assert (job.state, job.tries, queue.result(1), queue.steps(1)) == (state, 1, result, [payload])
            assert job.problem == ("gone" if state == "dead" else None)
    assert queue.dead() == ()


def test_kinds_do_not_wait_for_one_another_and_others_are_left(queue: Queue) -> None:
    read = Event()

    def handle(job: Job, tell: Callable[[bytes], None]) -> None:
        if job.kind == "poll":
            assert read.wait(20)
        else:
            read.set()

    numbers = [queue.enqueue(Task(kind, b"", kind)) for kind in ("poll", "sweep", "read")]
    with working(queue, handle):
        until(lambda: queue.unfinished("read") == queue.unfinished("poll") == 0)
    assert [job.state for number in numbers if (job := queue.job(number))] == ["done", "waiting", "done"]


def test_two_workers_do_each_job_once_and_a_long_one_is_left_to_its_worker(queue: Queue) -> None:
    done: list[int] = []
    numbers = [queue.enqueue(task(str(n), bytes([n]))) for n in range(12)]

    def handle(job: Job, tell: Callable[[bytes], None]) -> None:
        time.sleep(2.5 if job.payload == b"\x00" else 0.01)  # longer than a silent worker is waited for
        done.append(job.number)

    with working(queue, handle, workers=2):
        until(lambda: queue.unfinished("read") == 0)
    assert sorted(done) == numbers


def test_a_record_that_is_not_kept_has_no_jobs() -> None:
    with pytest.raises(StoreError, match="jobs need a record that is kept; name one with --record"):
        queue_of(MemoryStore())


def test_what_is_done_is_forgotten_after_a_while_and_what_is_dead_is_not(store: Store) -> None:
    queue = queue_of(store, patience=1.5, hurry=100.0, kept=0.0)

    def handle(job: Job, tell: Callable[[bytes], None]) -> None:
        tell(b"begun")
        if job.number == 2:
            raise HopelessError("no such page")

    numbers = [queue.enqueue(task(name)) for name in "abc"]
    with working(queue, handle):
        until(lambda: queue.unfinished("read") == 0)
    assert [queue.job(n) is None for n in numbers] == [True, False, False]
    assert queue.steps(numbers[0]) == []
    assert queue.steps(numbers[2]) == [b"begun"], "the last keeps its number"
    assert [job.number for job in queue.dead()] == [2]
    assert queue.enqueue(task("d")) == 4


def test_a_job_is_broken_off_at_its_next_step_when_its_worker_is_to_stop_and_waits_as_if_not_begun(queue: Queue) -> None:
    begun, ended, stop = Event(), Event(), Event()

    def handle(job: Job, tell: Tell) -> None:
        begun.set()
        stop.wait(20)
        tell(b"half")
        ended.set()

    number = queue.enqueue(task("a"))
    worker = Thread(target=queue.work, args=({"read": handle}, stop), daemon=True)
    worker.start()
    assert begun.wait(20)
    stop.set()
    worker.join(20)
    assert not worker.is_alive() and not ended.is_set()
    assert queue.job(number) == Job(number, "read", "M. Editor", "Report a", "waiting", 0)
    with working(queue, handle):
        assert ended.wait(20)
        until(lambda: queue.unfinished("read") == 0)
    assert queue.steps(number) == [b"half"]
