"""The six stages in order: the only module that knows them all.

acquire -> clean -> extract  one report after another, on an engine, into a record (``gather``)
link -> reconcile -> write   over all readings of the record (``give_account``)
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from importlib import import_module
from typing import TypeVar

import msgspec
import numpy as np
from msgspec import Struct

from rapporteur import __version__, language
from rapporteur.engine import Engine, Job
from rapporteur.errors import InputError
from rapporteur.language.passages import passages
from rapporteur.model.account import Account
from rapporteur.model.board import BoardEntry
from rapporteur.model.capture import Capture
from rapporteur.model.lineage import Lineage
from rapporteur.model.process import FollowedProcess
from rapporteur.model.reading import Reading
from rapporteur.model.report import Issue, Report
from rapporteur.process.effects import belongs, with_parties
from rapporteur.process.proposals import proposals, several
from rapporteur.stages.acquire import AcquireOptions, acquire
from rapporteur.stages.clean import clean
from rapporteur.stages.extract import read
from rapporteur.stages.link import index, link, profile, with_pins
from rapporteur.stages.reconcile import reconcile
from rapporteur.stages.reconcile.judged import Decided
from rapporteur.stages.write import ComposeOptions, compose, with_judgements, with_later, with_process
from rapporteur.standing import present
from rapporteur.store.base import IdTakenError, Kept, Moment, Store

T = TypeVar("T")

MOST_PROPOSED = 500
"""Reports up to which an account looks whether it mixes processes, half a second; larger ones: ``rapporteur processes``."""
ROWS = (".jsonl", ".ndjson", ".json")
"""Endings of files that hold many reports, one per row: two of them share a place and are no versions of one another."""


class Known(Struct, frozen=True):
    """Met in place of a reading: the record already holds these bytes at this place, as ``report``."""

    report: str


def reader_version(pipeline: str | None) -> str:
    """By which version and pipeline a reading was made."""
    return f"rapporteur {__version__}, {pipeline or 'shipped pipeline'}"


@dataclass(frozen=True, slots=True)
class Reader:
    """How reports are read: where, with which pipeline (None: the shipped one), within which limits."""

    engine: Engine
    language: str | None = None
    acquire: AcquireOptions = field(default_factory=AcquireOptions)

    @property
    def version(self) -> str:
        """What is kept with each reading, so that it can be told which version made it."""
        return reader_version(self.language)


@dataclass(frozen=True, slots=True)
class Told:
    """An account with the readings it rests on; writers need both."""

    account: Account
    readings: tuple[Reading, ...]


def _prepare(name: str | None) -> Callable[[Capture], Reading | Issue]:
    """The function that a worker applies to each capture: clean, then extract."""
    return partial(read_one, partial(read, pipeline=language.load(name)))


def read_one(extract: Callable[[Report], T], capture: Capture) -> T | Issue:
    """What ``extract`` finds in the cleaned report of ``capture``, or why it could not be read; nothing is raised."""
    try:
        return extract(clean(capture))
    except InputError as error:
        return Issue(error.code, capture.place, str(error))
    except MemoryError:
        return Issue("memory", capture.place, f"{capture.place}: needs more memory than allowed; raise the limit")
    except Exception as error:  # one report that meets a fault of ours must not cost the others
        fault = f"{type(error).__name__}: {error}"
        return Issue("internal", capture.place, f"{capture.place}: could not be read ({fault}); please report this fault")


def _lost(capture: Capture, reason: str) -> Issue:
    return Issue("lost", capture.place, f"{capture.place}: {reason}; left out, read it alone or raise the limits")


def read_all(inputs: Sequence[str], reader: Reader) -> Iterator[Reading | Issue]:
    """What each report of ``inputs`` says, in their order, and what could not be read; nothing is kept."""
    for _, met in _in_order(acquire(inputs, reader.acquire), reader, lambda capture: None):
        if not isinstance(met, Known):
            yield met


def gather(inputs: Sequence[str], store: Store, reader: Reader) -> Iterator[Reading | Known | Issue]:
    """Reads what of ``inputs`` the record does not hold yet, and keeps it; yields what it meets, in the order of the inputs.

    Each reading and each issue is in the record before it is yielded, so that a run that is broken off loses nothing that
    was seen, and the next run goes on from there. ``StoreError`` when the record cannot be written.
    """
    yield from take(acquire(inputs, reader.acquire), store, reader)


def take(captures: Iterable[Capture | Issue], store: Store, reader: Reader) -> Iterator[Reading | Known | Issue]:
    """As ``gather``, for what was captured elsewhere: uploads, entries of feeds, pages that were pasted."""
    for capture, met in _in_order(captures, reader, lambda capture: store.find(capture.place, capture.sha256)):
        if capture is not None and isinstance(met, Reading):
            yield _keep(capture, met, store, reader.version)
        else:
            if isinstance(met, Issue):
                store.note(met)
            yield met


def _in_order(
    captures: Iterable[Capture | Issue], reader: Reader, held: Callable[[Capture], str | None]
) -> Iterator[tuple[Capture | None, Reading | Known | Issue]]:
    """Sends to the engine what is not ``held``, and puts its results back between what needs no reading."""
    waiting: deque[Capture | Known | Issue] = deque()

    def unread() -> Iterator[Capture]:
        for met in captures:
            known = held(met) if isinstance(met, Capture) else None
            waiting.append(met if known is None else Known(known))
            if known is None and isinstance(met, Capture):
                yield met

    job = Job(partial(_prepare, reader.language), _lost)
    for result in reader.engine.map(job, unread()):
        while not isinstance(met := waiting.popleft(), Capture):
            yield None, met
        yield met, result
    for met in waiting:
        assert not isinstance(met, Capture), "engines give one result per item"
        yield None, met


def look_up_keys(reading: Reading) -> tuple[int, ...]:
    """Under what a later report's parents are looked up; signed, because databases have no unsigned integers."""
    return tuple(index.keys(profile(reading)).keys.view(np.int64).tolist())


def as_kept(capture: Capture, reading: Reading, version: str) -> Kept:
    """What a record keeps of a report."""
    return Kept(capture, reading, look_up_keys(reading), version, passages(reading.report.text, reading.report.furniture))


def _keep(capture: Capture, reading: Reading, store: Store, version: str) -> Reading | Known | Issue:
    try:
        added = store.put(as_kept(capture, reading, version))
    except IdTakenError as error:
        issue = Issue("id-taken", capture.place, str(error))
        store.note(issue)
        return issue
    return reading if added else Known(reading.report.id)


def lineage_of(store: Store, moment: Moment | None = None) -> tuple[tuple[Reading, ...], Lineage]:
    """All readings of the record (at ``moment``, or now) and who took what from whom among them."""
    decided = Decided.of(store.judgements(moment))
    readings, _ = decided.read(tuple(store.readings(moment)))
    lineage = present(store).lineage if moment in (None, store.moment()) else _linked(readings, decided)
    return with_pins(readings, lineage.drifts), lineage


def _linked(readings: Sequence[Reading], decided: Decided) -> Lineage:
    return decided.lineage(link(readings, (*decided.judgements, *decided.pairs)))


def give_account(
    store: Store, options: ComposeOptions, moment: Moment | None = None, process: FollowedProcess | None = None
) -> Told:
    """The account of the record (at ``moment``, or now) from the reports published until ``options.as_of``.

    The issues of the record come before those given in ``options``. ``process`` is what the user says about the process. When
    ``moment`` is the present one, the record's standing is brought up and used, else all is linked and reconciled anew.
    """
    as_of = options.as_of
    issues = list(store.issues(moment))
    readings: list[Reading] = []
    for reading in store.readings(moment):
        if process is not None and not belongs(reading, process):
            continue
        if as_of is None or _published_until(reading, as_of):
            readings.append(reading)
        elif reading.report.published is None:
            issues.append(_undated(reading, as_of))
    decided = Decided.of(store.judgements(moment))
    corrected, wrong = decided.read(readings)
    if as_of is None and moment == store.moment():
        lineage, findings = present(store, process)
    else:
        lineage = _linked(corrected, decided)
        if process is not None:
            lineage = msgspec.structs.replace(lineage, actors=with_parties(lineage.actors, process))
        findings = reconcile(corrected, lineage, decided)
    if process is not None:
        options = replace(options, title=options.title or process.title)
    elif len(readings) <= MOST_PROPOSED and (mixed := several(proposals(corrected, lineage))):
        issues.append(mixed)
    shown = with_pins(decided.without_rejected(corrected), lineage.drifts)
    account = compose(shown, lineage, findings, replace(options, issues=(*issues, *wrong, *options.issues)))
    account = with_process(account, shown, process)
    account = with_later(account, shown, _revisions(store, moment, options.previous), decided.outcomes())
    account = with_judgements(account, decided.judgements, readings)
    return Told(_with_parts(account, store.board(moment), shown, as_of), shown)


def _with_parts(account: Account, entries: Sequence[BoardEntry], shown: Sequence[Reading], as_of: str | None) -> Account:
    """``account`` with the record's boards and schedules."""
    if not entries:
        return account
    # Loaded on demand: pydantic takes a tenth of a second to import, and few records have a board.
    made: Account = import_module("rapporteur.parts").with_parts(account, entries, shown, as_of)
    return made


def _revisions(store: Store, moment: Moment | None, previous: Account | None) -> list[tuple[str, str]]:
    """Pairs of captures of one place, each with the next, of which the later is not in the ``previous`` account."""
    if previous is None:
        return []
    known = {report.id for report in previous.reports}
    last: dict[str, str] = {}
    pairs = []
    for captured in store.captures(moment):
        if captured.place.lower().endswith(ROWS):
            continue
        before = last.get(captured.place)
        if before is not None and captured.report not in known:
            pairs.append((before, captured.report))
        last[captured.place] = captured.report
    return pairs


def _published_until(reading: Reading, as_of: str) -> bool:
    """Whether the report was, or (dates of lower precision) may have been, published by the end of ``as_of``."""
    published = reading.report.published
    if published is None:
        return False
    shared = min(len(published.value), len(as_of))
    return published.value[:shared] <= as_of[:shared]


def _undated(reading: Reading, as_of: str) -> Issue:
    place = reading.report.path or reading.report.url or reading.report.id
    return Issue("undated", place, f"{place}: has no date of publication; left out of the account as of {as_of}")
