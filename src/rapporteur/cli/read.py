"""``rapporteur read``: what each report says."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from typing import Annotated

import msgspec
import typer
from rich.markup import escape
from rich.table import Table

from rapporteur.cli import options as opts
from rapporteur.cli.progress import Watch
from rapporteur.cli.run import Tally, acting, inform, print_table, reader_for
from rapporteur.errors import InputError, StoreError
from rapporteur.model.reading import Reading
from rapporteur.model.report import Issue
from rapporteur.pipeline import Known, gather, read_all
from rapporteur.store import open_store
from rapporteur.store.base import Store
from rapporteur.team.access import Access
from rapporteur.team.view import View

KINDS = ("figure", "statement", "event", "position", "commitment")


@dataclass(frozen=True, kw_only=True)
class Options(opts.Reading):
    """Options of ``read``."""

    format: Annotated[opts.ReadFormat, typer.Option(help="One JSON object per report and line, or an overview.")] = (
        opts.ReadFormat.jsonl
    )
    into: Annotated[
        str | None, typer.Option(metavar="PROCESS", help="With --record: add to this process alone, for those who may see it.")
    ] = None


@opts.command(Options, help_text="Show what each report says: its figures, statements and events, pinned to its words.")
def app(options: Options) -> None:
    """Reads in the order of the inputs and writes each reading as soon as it is there."""
    reader = reader_for(options)
    inputs = options.inputs or []
    tally = Tally()
    with ExitStack() as stack:
        store = stack.enter_context(open_store(options.record)) if options.record else None
        if options.into is not None:
            store = _part(store, options.into)
        watch = stack.enter_context(Watch(quiet=options.quiet))
        met: Iterator[Reading | Known | Issue] = gather(inputs, store, reader) if store else read_all(inputs, reader)
        readings = _readings(tally.over(watch.count(met, "Reading")), store)
        if not inputs and store:
            readings = tally.over(store.readings())  # type: ignore[assignment] # nothing but readings comes out
        if options.format is opts.ReadFormat.jsonl:
            _write_lines(readings)
        else:
            _write_table(readings)
    inform(tally.summary, quiet=options.quiet)
    tally.leave()


def _part(store: Store | None, process: str) -> Store:
    """The record with what is added going to ``process``, which must be one that it follows, or that is private."""
    if store is None:
        raise InputError("process", f"--into {process}", "is about a record, and none was named", "add --record")
    if process not in {*store.team().private(), *(followed.name for followed in store.processes())}:
        raise InputError("process", process, "there is no such process", "see: rapporteur user private, rapporteur processes")
    return View(store, acting(), frozenset(), partial(Access(store.team()).log, acting()), into=process)


def _readings(met: Iterator[Reading | Known], store: Store | None) -> Iterator[Reading]:
    for one in met:
        if isinstance(one, Reading):
            yield one
        elif store is not None:
            known = store.reading(one.report)
            if known is None:
                raise StoreError(f"report {one.report} vanished from the record while it was read; run it again")
            yield known


def _write_lines(readings: Iterator[Reading]) -> None:
    encoder = msgspec.json.Encoder()
    for reading in readings:
        sys.stdout.buffer.write(encoder.encode(reading) + b"\n")
        sys.stdout.buffer.flush()


def _write_table(readings: Iterator[Reading]) -> None:
    table = Table(box=None, header_style="bold")
    for name, width in (("report", 32), ("published", 16), ("outlet", 20), ("title", 60)):
        table.add_column(name, no_wrap=True, overflow="ellipsis", max_width=width)
    for kind in KINDS:
        table.add_column(f"{kind}s", justify="right", no_wrap=True)
    for reading in readings:
        report = reading.report
        counts = Counter(type(claim).__struct_config__.tag for claim in reading.claims)
        published = report.published.value if report.published else ""
        row = (report.path or report.url or report.id, published, report.outlet or "", report.title or "")
        table.add_row(*map(escape, row), *(str(counts[kind]) for kind in KINDS))
    print_table(table)
