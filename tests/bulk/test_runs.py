"""A run in bulk gives what the other commands give, on any engine, in any parts, and whatever dies on the way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="needs the extra bulk")
pytest.importorskip("daft", reason="needs the extra bulk")

import msgspec
import pyarrow.parquet as pq

from rapporteur.bulk.base import Limits
from rapporteur.bulk.run import Run, Settings, State
from rapporteur.bulk.steps import do_all, into_record
from rapporteur.engine import InProcess, table_engine
from rapporteur.errors import ConfigurationError
from rapporteur.pipeline import Reader, gather, look_up_keys
from rapporteur.stages.link import link
from rapporteur.stages.reconcile import reconcile
from rapporteur.store import open_store
from tests.bulk.piles import ROOT, command, digests, pile, readings, run

# One worker of the test run has all of them: the run that the others are held against, and the cluster, are made once.
pytestmark = pytest.mark.xdist_group("bulk")


@pytest.fixture(scope="session")
def given(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pile(tmp_path_factory.mktemp("pile") / "pile.jsonl")


@pytest.fixture(scope="session")
def whole(given: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run in two worker processes; the others are held against it."""
    out = tmp_path_factory.mktemp("whole") / "out"
    run(given, out, "local", 2)
    return out


def test_it_finds_what_linking_and_reconciling_the_record_find(whole: Path) -> None:
    read = readings(whole)
    lineage = link(read)
    rows = pq.read_table(whole / "derivations.parquet").to_pylist()
    mine = sorted((r["report"], r["parent"] or "", r["credited"] or "", r["score"], r["evidence"]) for r in rows)
    evidence = [msgspec.json.encode(d.evidence).decode() for d in lineage.derivations]
    taken = zip(lineage.derivations, evidence, strict=True)
    assert mine == [(d.report, d.parent or "", d.credited or "", d.score, e) for d, e in taken]
    origins = pq.read_table(whole / "origins.parquet").to_pylist()
    assert [(o["id"], o["label"], tuple(o["reports"])) for o in origins] == [(o.id, o.label, o.reports) for o in lineage.origins]
    findings = pq.read_table(whole / "findings.parquet")["finding"].to_pylist()
    assert findings == [msgspec.json.encode(f).decode() for f in reconcile(read, lineage)]


def test_engine_and_parts_make_no_difference(given: Path, whole: Path, tmp_path: Path) -> None:
    assert run(given, tmp_path / "out", "daft", 1, (500, 11)) == digests(whole)


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    """A Ray cluster of two nodes; its address."""
    quiet = {**os.environ, "OMP_NUM_THREADS": "1", "RAY_USAGE_STATS_ENABLED": "0"}
    words = [sys.executable, "-m", "tests.bulk.cluster"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(words, cwd=ROOT, env=quiet, **pipes) as nodes:
        assert nodes.stdin and nodes.stdout
        yield f"ray://{nodes.stdout.readline().decode().strip()}"
        nodes.stdin.close()
        nodes.wait(60)


@pytest.mark.parametrize(("workers", "parts"), [(1, (500, 23)), (4, (5, 16))])
def test_a_cluster_makes_no_difference(
    cluster: str, given: Path, whole: Path, tmp_path: Path, workers: int, parts: tuple[int, int]
) -> None:
    assert run(given, tmp_path / "out", cluster, workers, parts) == digests(whole)


def _begun(process: subprocess.Popen[bytes], done: Callable[[], bool]) -> None:
    """Waits until a run is in the middle of something."""
    deadline = time.monotonic() + 240
    while not done():
        assert process.poll() is None, "it ended too early to be disturbed"
        assert time.monotonic() < deadline
        time.sleep(0.01)


def _kill_a_worker(given: Path, out: Path, engine: str, workers: Callable[[int], list[int]]) -> None:
    """Does a run in two workers, of which one is killed when the first stretches are read."""
    with subprocess.Popen(command(given, out, engine, 2, (4, 7)), cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        _begun(process, lambda: len(list(out.glob("work/read/*.done.json"))) >= 2)
        os.kill(workers(process.pid)[0], signal.SIGKILL)
        assert process.wait(400) == 0


def _processes(having: bytes, among: Iterable[Path]) -> list[int]:
    found = []
    for process in among:
        with suppress(OSError):
            if having in (process / "cmdline").read_bytes():
                found.append(int(process.name))
    return found


needs_proc = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="looks for processes in /proc")


@needs_proc
def test_a_worker_that_is_killed_changes_nothing(given: Path, whole: Path, tmp_path: Path) -> None:
    def spawned(parent: int) -> list[int]:
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        return _processes(b"spawn_main", (Path("/proc") / child for child in children))

    _kill_a_worker(given, tmp_path / "out", "local", spawned)
    assert digests(tmp_path / "out") == digests(whole)


@needs_proc
def test_a_worker_of_the_cluster_that_is_killed_changes_nothing(cluster: str, given: Path, whole: Path, tmp_path: Path) -> None:
    _kill_a_worker(given, tmp_path / "out", cluster, lambda _: _processes(b"ray::_Worker", Path("/proc").glob("[0-9]*")))
    assert digests(tmp_path / "out") == digests(whole)


def test_a_run_that_is_killed_goes_on_without_reading_again(given: Path, whole: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with subprocess.Popen(command(given, out, "local", 2, (4, 7)), cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        _begun(process, lambda: len(list(out.glob("work/read/*.done.json"))) >= 3)
        process.kill()
    before = {p: p.stat().st_mtime_ns for p in out.glob("work/read/*.done.json")}
    # Begun with the one engine, ended with another.
    assert run(given, out, "daft", 1, (4, 7)) == digests(whole)
    assert len(before) < len(list(out.glob("work/read/*.done.json")))
    assert {p: p.stat().st_mtime_ns for p in before} == before


def test_a_report_that_holds_its_reader_for_ever_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "pile.jsonl"
    rows = [{"id": f"r{n}", "text": f"The envoy left town {n}.", "published": "2031-01-01"} for n in range(6)]
    rows[2]["text"] = "She said (he said) that " * 1_000_000
    path.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))
    settings = Settings((str(path),), claims=False, limits=Limits(rows=6, seconds=1.5))
    with table_engine("local", 1) as engine, Run(tmp_path / "out", settings) as held:
        do_all(held, engine)
        counts = held.state.counts
    issues = pq.read_table(tmp_path / "out" / "issues.parquet").to_pylist()
    assert [(i["code"], i["message"]) for i in issues] == [
        ("lost", "pile.jsonl, report r2: took longer than 1.5 s; left out, read it alone or raise the limits")
    ]
    assert counts["reports"] == 5


def test_what_was_read_goes_into_a_record_as_if_the_record_had_read_it(given: Path, whole: Path, tmp_path: Path) -> None:
    address = tmp_path / "desk.db"
    with Run(whole, msgspec.json.decode((whole / "run.json").read_bytes(), type=State).settings) as held:
        into_record(held, str(address))
    with open_store(address) as store, open_store(None) as other:
        met = list(gather([str(given)], other, Reader(InProcess())))
        assert list(store.readings()) == list(other.readings())
        assert len(store.captures()) == len(met)
        keys = look_up_keys(next(other.readings()))
        assert {store.ids([n])[0] for n, _ in store.postings(keys, 99)} == {
            other.ids([n])[0] for n, _ in other.postings(keys, 99)
        }


def test_without_the_extra_one_line_says_what_to_install(tmp_path: Path) -> None:
    code = "import sys; sys.modules['pyarrow'] = None; from rapporteur.cli import main; sys.exit(main())"
    words = [sys.executable, "-c", code, "bulk", "pile.jsonl", "--out", str(tmp_path / "out")]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "rapporteur: bulk: pyarrow is not installed; pip install 'rapporteur[bulk]'\n"


def test_the_command_says_what_came_of_it(tmp_path: Path) -> None:
    rows = [b'{"id": "r1", "text": "The envoy left town."}', b'{"id": "r1", "text": "Talks began."}', b"no row"]
    (tmp_path / "a.jsonl").write_bytes(b"\n".join(rows))
    words = [
        sys.executable,
        "-m",
        "rapporteur",
        "bulk",
        "--lineage-only",
        str(tmp_path / "a.jsonl"),
        "--out",
        str(tmp_path / "out"),
    ]
    done = subprocess.run([*words, "--workers", "1"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    said = done.stderr.splitlines()
    assert said[0].startswith("rapporteur: a.jsonl, row 3: not valid JSON")
    assert said[1].startswith('rapporteur: r1: the id "r1" already belongs to a report with another text')
    assert said[2] == "1 report, 0 derivations, 1 origin, 2 issues"


def test_a_folder_with_another_run_is_left_alone(given: Path, tmp_path: Path) -> None:
    with Run(tmp_path / "out", Settings((str(given),))) as first:
        first.save()
        with pytest.raises(ConfigurationError, match="another run is at work"), Run(tmp_path / "out", first.settings):
            pass
    with pytest.raises(ConfigurationError, match="holds a run with other inputs"), Run(tmp_path / "out", Settings(("other",))):
        pass
    with pytest.raises(ConfigurationError, match="holds other files and no run"), Run(given.parent, Settings((str(given),))):
        pass
