"""A run from inputs to tables: the steps in order. The only module of the package that knows them all."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import msgspec
import pyarrow.parquet as pq
from msgspec import Struct

from rapporteur.bulk import finding, linking, ordering, reading, tables
from rapporteur.bulk.base import Limits, Listed, Stretch
from rapporteur.bulk.files import listed
from rapporteur.bulk.load import load
from rapporteur.bulk.run import Doing, Run
from rapporteur.bulk.sources import SUFFIXES, stretches_of
from rapporteur.engine.tables import Meeting, TableEngine
from rapporteur.model.report import Issue
from rapporteur.stages.acquire.base import issue
from rapporteur.stages.link.index import STOP
from rapporteur.store import open_store

KEYS_AT_ONCE = 8_000_000
"""Look-up keys of one pass of the join, 70 of a report: 7.3 million took 0.9 GB with NumPy and 1.1 GB with Daft."""


class Split(Struct, frozen=True):
    """Where the stretches of one file begin, and what is wrong with it."""

    stretches: tuple[Stretch, ...]
    issues: tuple[Issue, ...]


class SplitTask(Struct, frozen=True):
    """One file, and its number among the inputs."""

    number: int
    file: Listed


def do_all(run: Run, engine: TableEngine) -> None:
    """Does what is not done yet of the run."""
    stretches = _stretches(run, engine)
    _read(run, engine, stretches)
    order = run.work("order")
    run.once("order", lambda: run.count(**ordering.put_in_order(run.work("read"), len(stretches), order)))
    issues = run.folder / "issues.parquet"
    run.once("issues", lambda: run.count(issues=tables.write(issues, tables.ISSUES, _issues(run, len(stretches)))))
    run.count(**_passed_over(run.work("read"), len(stretches)))
    tasks = [finding.TableTask(n) for n in range(len(stretches))]
    out = run.folder / "readings"
    doing = Doing(
        tasks,
        partial(finding.prepare_readings, str(run.work("read")), str(order), str(out)),
        lambda task: finding.readings_file(out, task.number),
    )
    run.each("readings", doing, engine)
    _link(run, engine, len(stretches))


def into_record(run: Run, address: str) -> None:
    """Puts what a run has read into the record at ``address``; ``StoreError`` when it cannot be opened or written."""
    read, order = run.work("read"), run.work("order")
    stretches = len(list(read.glob("*.done.json")))
    with open_store(address) as store:
        run.once(f"record {address}", lambda: run.count(**load(read, order, stretches, store, run.settings.language)))


def _stretches(run: Run, engine: TableEngine) -> list[Stretch]:
    """Lists the inputs and splits them."""
    scan, limits = run.work("scan"), run.settings.limits
    path = scan / "files.json"
    if not path.exists():
        found = [f for given in run.settings.inputs for f in listed(given, SUFFIXES, limits)]
        files, issues = [f for f in found if isinstance(f, Listed)], [f for f in found if isinstance(f, Issue)]
        with tables.appearing(path) as new:
            new.write_bytes(msgspec.json.encode((files, issues)))
    files, _ = _files(scan)
    doing = Doing(
        [SplitTask(number, file) for number, file in enumerate(files)],
        partial(_prepare_split, str(scan), limits),
        lambda task: _split_file(scan, task.number),
    )
    run.each("split", doing, engine)
    return [s for number in range(len(files)) for s in _split_of(scan, number).stretches]


def _files(scan: Path) -> tuple[list[Listed], list[Issue]]:
    return msgspec.json.decode((scan / "files.json").read_bytes(), type=tuple[list[Listed], list[Issue]])


def _split_file(scan: Path, number: int) -> Path:
    return scan / f"{number:06d}.json"


def _split_of(scan: Path, number: int) -> Split:
    return msgspec.json.decode(_split_file(scan, number).read_bytes(), type=Split)


def _prepare_split(scan: str, limits: Limits) -> Callable[[SplitTask], int]:
    return partial(_split, Path(scan), limits)


def _split(scan: Path, limits: Limits, task: SplitTask) -> int:
    found = list(stretches_of(task.file, limits))
    if not found:
        found = [issue("empty", task.file.place, "holds no report", "check how it was written")]
    split = Split(tuple(f for f in found if isinstance(f, Stretch)), tuple(f for f in found if isinstance(f, Issue)))
    with tables.appearing(_split_file(scan, task.number)) as new:
        new.write_bytes(msgspec.json.encode(split))
    return len(split.stretches)


def _read(run: Run, engine: TableEngine, stretches: Sequence[Stretch]) -> None:
    folder, settings = run.work("read"), run.settings
    plan = reading.ReadPlan(str(folder), settings.limits, settings.language, settings.claims)
    doing = Doing(
        [reading.ReadTask(number, stretch) for number, stretch in enumerate(stretches)],
        partial(reading.prepare, plan),
        lambda task: reading.done_file(folder, task.number),
        marks=lambda: [m.read_bytes() for m in sorted(folder.glob("*.mark"))],
    )
    run.each("read", doing, engine)


def _passed_over(read: Path, stretches: int) -> dict[str, int]:
    """How many records were no reports by their nature, by reason."""
    found: Counter[str] = Counter()
    for number in range(stretches):
        done = msgspec.json.decode(reading.done_file(read, number).read_bytes(), type=reading.ReadDone)
        found.update({f"passed over: {why}": count for why, count in done.passed_over.items()})
    return dict(sorted(found.items()))


def _issues(run: Run, stretches: int) -> Iterator[tuple[str, str, str]]:
    """All that was met, once each, in the order of the inputs; then what is wrong with ids."""
    scan, read = run.work("scan"), run.work("read")
    files, first = _files(scan)
    named = [reading.part(read, "issues", number) for number in range(stretches)]
    met = [(i.code, i.input, i.message) for i in first]
    met += [(i.code, i.input, i.message) for number in range(len(files)) for i in _split_of(scan, number).issues]
    for path in [*named, run.work("order") / "issues.parquet"]:
        met += map(tuple, zip(*pq.read_table(path).to_pydict().values(), strict=True))
    yield from dict.fromkeys(met)


def _link(run: Run, engine: TableEngine, stretches: int) -> None:
    order, ranked, met = run.work("order"), run.work("keys"), run.work("meet")
    doing = Doing(
        [ordering.RankTask(n) for n in range(stretches)],
        partial(ordering.prepare, str(run.work("read")), str(order), str(ranked)),
        lambda task: ordering.keys_file(ranked, task.number),
    )
    run.each("keys", doing, engine)
    run.once("meet", lambda: _meet(run, engine, [ordering.keys_file(ranked, n) for n in range(stretches)]))
    reports = run.state.counts["reports"]
    blocks = -(-reports // run.settings.block)
    linked = _Linked(run, engine, reports, blocks)
    plan = linked.each("pairs", linking.prepare_pairs, "npz")
    run.once("graph", lambda: run.count(**linking.gather_pairs(plan, blocks)))
    shutil.rmtree(met, ignore_errors=True)
    plan = linked.each("first", linking.prepare_first, "npy")
    run.once("firsts", lambda: linking.gather_one(plan, blocks, "first"))
    plan = linked.each("climb", linking.prepare_climb, "npy")
    run.once("chosen", lambda: run.count(**linking.gather_chosen(plan, blocks)))
    plan = linked.each("told", linking.prepare_told, "parquet")
    parts = [linking.block_file(Path(plan.out), n, "parquet") for n in range(blocks)]
    path = run.folder / "derivations.parquet"
    run.once("derivations", lambda: run.count(derivations=finding.join_tables(parts, tables.DERIVATIONS, path)))
    run.once("origins", lambda: run.count(**finding.find_origins(plan, blocks, run.folder / "origins.parquet")))
    if run.settings.claims:
        run.once("findings", lambda: run.count(**finding.find_findings(plan, blocks, run.folder, stretches)))


class _Linked:
    """The steps over blocks of reports, each with a folder of its own."""

    def __init__(self, run: Run, engine: TableEngine, reports: int, blocks: int) -> None:
        self._run, self._engine, self._reports, self._blocks = run, engine, reports, blocks

    def each(
        self, step: str, prepare: Callable[[linking.LinkPlan], Callable[[linking.BlockTask], int]], kind: str
    ) -> linking.LinkPlan:
        """Does a step over all blocks; returns the plan it was done by."""
        run = self._run
        folders = [str(run.work(name)) for name in ("read", "order", "meet", "graph", step)]
        plan = linking.LinkPlan(run.settings.block, self._reports, *folders)
        out = run.work(step)
        doing = Doing(
            [linking.BlockTask(n) for n in range(self._blocks)],
            partial(prepare, plan),
            lambda task: linking.block_file(out, task.number, kind),
        )
        run.each(step, doing, self._engine)
        return plan


def _meet(run: Run, engine: TableEngine, parts: Sequence[Path]) -> None:
    keys = sum(pq.ParquetFile(part).metadata.num_rows for part in parts)
    meeting = Meeting(tuple(parts), STOP, run.settings.block, max(1, -(-keys // KEYS_AT_ONCE)))
    run.count(keys=keys)
    for number in range(meeting.slices):
        out = run.work("meet") / f"slice-{number:03d}"
        if keys and not out.exists():
            new = out.with_name(f".{out.name}.new")
            shutil.rmtree(new, ignore_errors=True)
            engine.meet(meeting, number, new)
            new.rename(out)
