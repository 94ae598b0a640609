"""``rapporteur issues``: what could not be read or understood, and where."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated

import msgspec
import typer
from rich.markup import escape
from rich.table import Table

from rapporteur.cli import options as opts
from rapporteur.cli.progress import Watch
from rapporteur.cli.run import Tally, inform, print_table, reader_for
from rapporteur.model.reading import Reading
from rapporteur.model.report import Issue
from rapporteur.pipeline import gather
from rapporteur.store import open_store


@dataclass(frozen=True, kw_only=True)
class Options(opts.Reading):
    """Options of ``issues``."""

    format: Annotated[opts.ReadFormat, typer.Option(help="For people, or one JSON object per line.")] = opts.ReadFormat.table


@opts.command(Options, help_text="List what could not be read or understood: the input, its place, the reason.")
def app(options: Options) -> None:
    """Reads what is new, then lists the issues of the record and of its reports."""
    reader = reader_for(options)
    tally = Tally(silent=True)
    with open_store(options.record) as store, Watch(quiet=options.quiet) as watch:
        for _ in tally.over(watch.count(gather(options.inputs or [], store, reader), "Reading")):
            pass
        issues = [*store.issues(), *_of_reports(store.readings())]
        held = store.moment().report
    if options.format is opts.ReadFormat.jsonl:
        for issue in issues:
            sys.stdout.buffer.write(msgspec.json.encode(issue) + b"\n")
        sys.stdout.buffer.flush()
    elif issues:
        _write_table(issues)
    if options.inputs:
        inform(tally.summary, quiet=options.quiet)
    if not held:
        tally.leave()


def _of_reports(readings: Iterable[Reading]) -> Iterator[Issue]:
    for reading in readings:
        yield from reading.report.issues


def _write_table(issues: Iterable[Issue]) -> None:
    table = Table("code", "input", "message", "at", box=None, header_style="bold")
    for issue in issues:
        message = issue.message.removeprefix(f"{issue.input}: ")
        at = str(issue.span.start) if issue.span else ""
        table.add_row(issue.code, escape(issue.input), escape(message), at)
    print_table(table)
