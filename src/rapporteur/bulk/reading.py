"""The step that reads: one stretch of an input to rows of readings, look-up keys, and what linking compares.

A report may kill whoever reads it (a crash in native code), or hold it for ever. So the number of the report that is being read
stands in a file. A worker that comes to a stretch which another one did not survive reads that one report in a process of its
own: what ends there is named in the issues, with how it ended, and the rest of the stretch goes on.
"""

from __future__ import annotations

import pickle
import resource
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from rapporteur import language
from rapporteur.bulk import tables
from rapporteur.bulk.base import Limits, PassedOver, Stretch
from rapporteur.bulk.shelf import ShelfWriter, numbers_of, shelf_file
from rapporteur.bulk.sources import SOURCES, reports_of
from rapporteur.model.capture import Capture, content_hash
from rapporteur.model.reading import SCHEMA, Reading
from rapporteur.model.report import Issue, Report
from rapporteur.pipeline import read_one
from rapporteur.stages.extract import read
from rapporteur.stages.link import index, profile

SAMPLE = 2_000
"""Characters of a text by which its language is told."""
START = 60.0
"""Seconds for a process to start and load what it reads with; two on an idle machine."""

Extract = Callable[[Report], Reading | PassedOver]


class ReadPlan(Struct, frozen=True):
    """How stretches are read, and the folder for what is read. Without ``claims`` a reading is its report only, which is all that
    linking needs and takes a fifteenth of the time."""

    folder: str
    limits: Limits
    language: str | None = None
    claims: bool = True


class ReadTask(Struct, frozen=True):
    """A stretch and its number in the run."""

    number: int
    stretch: Stretch


class ReadDone(Struct, frozen=True):
    """What came of a stretch: reports, issues, and how many records were passed over, by reason."""

    number: int
    reports: int
    issues: int
    passed_over: dict[str, int]


def part(folder: Path, kind: str, number: int) -> Path:
    """The file with what was read of one kind (readings, keys, order, issues) in one stretch."""
    return folder / f"{number:06d}.{kind}.parquet"


def done_file(folder: Path, number: int) -> Path:
    """The file that says that a stretch is done, and what came of it."""
    return folder / f"{number:06d}.done.json"


def prepare(plan: ReadPlan) -> Callable[[ReadTask], ReadDone]:
    """The function that a worker applies to each stretch."""
    extract = extractor(plan)
    return partial(_read_stretch, plan, extract)


def extractor(plan: ReadPlan) -> Callable[..., Reading | PassedOver]:
    """What is done with a cleaned report. ``filtered``: only English is kept."""
    extract = partial(read, pipeline=language.load(plan.language)) if plan.claims else _report_only
    return partial(_english_only, extract)


def _report_only(report: Report) -> Reading:
    return Reading(SCHEMA, report, (), ())


def _english_only(extract: Callable[[Report], Reading], report: Report, *, filtered: bool) -> Reading | PassedOver:
    if filtered and (found := _language(report.text)) != "en":
        return PassedOver(f"in another language ({found})")
    return extract(report)


def _language(text: str) -> str:
    from py3langid import classify  # noqa: PLC0415 # loads its model at import; only crawls need it

    return str(classify(text[:SAMPLE])[0])


def _read_stretch(plan: ReadPlan, extract: Callable[..., Reading | PassedOver], task: ReadTask) -> ReadDone:
    folder = Path(plan.folder)
    source = SOURCES[task.stretch.format]
    one = _One(plan, partial(extract, filtered=source.filtered), Mark(folder / f"{task.number:06d}.mark"), source.filtered)
    made = _Made()
    with tables.appearing(shelf_file(folder, task.number)) as new, ShelfWriter(new) as shelf:
        rows = _rows(one.over(reports_of(task.stretch, plan.limits)), shelf, made, task.number)
        tables.write(part(folder, "readings", task.number), tables.READINGS, rows)
    tables.write(part(folder, "keys", task.number), tables.KEYS, made.keys, 50_000)
    tables.write(part(folder, "order", task.number), tables.ORDER, made.order)
    tables.write(part(folder, "issues", task.number), tables.ISSUES, [(i.code, i.input, i.message) for i in made.issues])
    done = ReadDone(task.number, made.reports, len(made.issues), dict(sorted(made.passed_over.items())))
    # Appears last: where it is, the stretch is done.
    with tables.appearing(done_file(folder, task.number)) as new:
        new.write_bytes(msgspec.json.encode(done))
    one.mark.remove()
    return done


@dataclass
class _Made:
    reports: int = 0
    keys: list[tuple[int, int, int]] = field(default_factory=list)
    order: list[tuple[Any, ...]] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)


def _rows(
    met: Iterator[tuple[Capture, Reading] | Issue | PassedOver], shelf: ShelfWriter, made: _Made, stretch: int
) -> Iterator[Any]:
    for found in met:
        if isinstance(found, Issue):
            made.issues.append(found)
        elif isinstance(found, PassedOver):
            made.passed_over[found.why] += 1
        else:
            capture, reading = found
            number = numbers_of(stretch, made.reports + 1)[-1]
            made.reports += 1
            compared = profile(reading)
            shelf.add(reading.report, compared)
            keys = index.keys(compared)
            made.keys.extend((number, key, weight) for key, weight in zip(keys.keys.tolist(), keys.weights.tolist(), strict=True))
            undated, day, minute, ident = index.order(compared)
            made.order.append((number, ident, _same(capture), None if undated else day, minute))
            yield _row(number, capture, reading)


def _same(capture: Capture) -> str:
    """The hash of what is told under an id: of the text where the id was given with it."""
    given = capture.given
    return content_hash(given.text.encode("utf-8", "surrogatepass")) if given is not None and given.id else capture.sha256


def _row(number: int, capture: Capture, reading: Reading) -> tuple[Any, ...]:
    report = reading.report
    return (
        number,
        report.id,
        capture.place,
        report.path,
        report.url,
        report.title,
        report.outlet,
        report.published.value if report.published else None,
        report.language,
        capture.media_type,
        capture.sha256,
        tables.as_json(reading),
        capture.data,
    )


class Mark:
    """A file that says which report is being read, and which were being read when a worker died; gone when all is well."""

    def __init__(self, path: Path) -> None:
        self._path = path
        held = path.read_bytes() if path.exists() else b""
        self.suspects = {int.from_bytes(held[i : i + 8], "little") for i in range(0, len(held), 8)}
        self._file = path.open("wb")
        self._file.write(b"".join(s.to_bytes(8, "little") for s in sorted(self.suspects)))
        self._file.flush()
        self._end = self._file.tell()

    def at(self, number: int) -> None:
        """Says that this report is being read from now on."""
        self._file.seek(self._end)
        self._file.write(number.to_bytes(8, "little"))
        self._file.flush()

    def remove(self) -> None:
        """Takes the mark away: the stretch is done."""
        self._file.close()
        self._path.unlink(missing_ok=True)


@dataclass
class _One:
    """Reads one report after another, suspects alone."""

    plan: ReadPlan
    extract: Extract
    mark: Mark
    filtered: bool

    def over(self, met: Iterator[Any]) -> Iterator[tuple[Capture, Reading] | Issue | PassedOver]:
        """What each capture says, with the capture; the rest as it comes."""
        with _limited(self.plan.limits.memory):
            for number, found in enumerate(met):
                if not isinstance(found, Capture):
                    yield found
                    continue
                self.mark.at(number)
                if number in self.mark.suspects:
                    reading = read_alone(self.plan, found, filtered=self.filtered)
                else:
                    # Ends the process, in native code too; there is no other way to stop an endless loop there.
                    signal.setitimer(signal.ITIMER_REAL, self.plan.limits.seconds)
                    reading = read_one(self.extract, found)
                    signal.setitimer(signal.ITIMER_REAL, 0)
                yield (found, reading) if isinstance(reading, Reading) else reading


class _limited:
    """Bounds the memory this process may add while the block runs, where the system can."""

    def __init__(self, more: int) -> None:
        self._more = more

    def __enter__(self) -> None:
        self._before = resource.getrlimit(resource.RLIMIT_DATA)
        try:
            held = int(Path("/proc/self/statm").read_text().split()[5]) * resource.getpagesize()
        except OSError:
            return  # no Linux: the system's own limits hold
        resource.setrlimit(resource.RLIMIT_DATA, (held + self._more, self._before[1]))

    def __exit__(self, *_: object) -> None:
        resource.setrlimit(resource.RLIMIT_DATA, self._before)


def read_alone(plan: ReadPlan, capture: Capture, *, filtered: bool) -> Reading | Issue | PassedOver:
    """The reading of one report, made in a process of its own; an issue when that does not survive it."""
    sent = pickle.dumps((plan, msgspec.msgpack.encode(capture), filtered))
    try:
        command, seconds = [sys.executable, "-m", "rapporteur.bulk.reading"], plan.limits.seconds + START
        done = subprocess.run(command, input=sent, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return _lost(capture, f"took longer than {plan.limits.seconds:g} s")
    if done.returncode == -signal.SIGALRM:
        return _lost(capture, f"took longer than {plan.limits.seconds:g} s")
    if done.returncode:
        how = signal.Signals(-done.returncode).name if done.returncode < 0 else f"exit code {done.returncode}"
        return _lost(capture, f"kills the process that reads it ({how})")
    answer: Reading | Issue | PassedOver = pickle.loads(done.stdout)
    return answer


def _lost(capture: Capture, reason: str) -> Issue:
    name = f"{capture.place}, report {capture.id}"
    return Issue("lost", name, f"{name}: {reason}; left out, read it alone or raise the limits")


def main() -> None:
    """What runs in the process of ``read_alone``."""
    plan, packed, filtered = pickle.loads(sys.stdin.buffer.read())
    capture = msgspec.msgpack.decode(packed, type=Capture)
    extract = partial(extractor(plan), filtered=filtered)
    with _limited(plan.limits.memory):
        signal.setitimer(signal.ITIMER_REAL, plan.limits.seconds)
        found = read_one(extract, capture)
        signal.setitimer(signal.ITIMER_REAL, 0)
    sys.stdout.buffer.write(pickle.dumps(found))


if __name__ == "__main__":
    main()
