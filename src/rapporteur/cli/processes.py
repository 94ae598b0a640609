"""``rapporteur processes``: the processes that a record's reports seem to be about, and those that it follows."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

import msgspec
import typer
from rich.markup import escape
from rich.table import Table

from rapporteur.cli import options as opts
from rapporteur.cli.progress import Watch
from rapporteur.cli.run import inform, print_table
from rapporteur.model.process import FollowedProcess
from rapporteur.pipeline import lineage_of
from rapporteur.process.proposals import proposals
from rapporteur.stages.link.processes import ProposedProcess
from rapporteur.store import open_store


@dataclass(frozen=True, kw_only=True)
class Options(opts.Common):
    """Options of ``processes``."""

    record: opts.Record
    format: Annotated[opts.ReadFormat, typer.Option(help="For people, or one process per line.")] = opts.ReadFormat.table


@opts.command(Options, help_text="List the processes that the record's reports seem to be about, and those that it follows.")
def app(options: Options) -> None:
    """Proposes processes from all reports of the record."""
    with open_store(options.record, create=False) as store, Watch(quiet=options.quiet) as watch:
        watch.say("Linking")
        readings, lineage = lineage_of(store)
        found = proposals(readings, lineage)
        described = {p.name: p for p in store.processes() if not p.only}
    if options.format is opts.ReadFormat.jsonl:
        for process in found:
            sys.stdout.buffer.write(msgspec.json.encode(process) + b"\n")
        sys.stdout.buffer.flush()
        return
    _write_table(found, described.values())
    inform("follow one with: rapporteur account --record RECORD --process NAME", quiet=options.quiet)


def _write_table(found: tuple[ProposedProcess, ...], described: Iterable[FollowedProcess]) -> None:
    table = Table("name", "title", "reports", "from", "to", box=None, header_style="bold")
    for known in described:
        table.add_row(escape(known.name), escape(known.title), "as its file says", "", "")
    for process in found:
        table.add_row(process.name, escape(process.title), str(len(process.reports)), process.begin or "", process.end or "")
    print_table(table)
