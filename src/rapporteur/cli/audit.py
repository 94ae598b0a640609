"""``rapporteur audit``: who signed in, judged, rated, exported and changed rights, and when."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Annotated

import msgspec
import typer
from rich.markup import escape
from rich.table import Table

from rapporteur.cli import options as opts
from rapporteur.cli.run import print_table
from rapporteur.store import open_store


@dataclass(frozen=True, kw_only=True)
class Options(opts.Held):
    """Options of ``audit``."""

    who: Annotated[str | None, typer.Option(metavar="NAME", help="Only what this user did.")] = None
    most: Annotated[int, typer.Option(min=1, metavar="N", help="So many, the newest.")] = 1000
    format: Annotated[opts.ReadFormat, typer.Option(help="For people, or one entry per line.")] = opts.ReadFormat.table


@opts.command(Options, help_text="Show the audit log of a record, newest last.")
def app(options: Options) -> None:
    """Entries in the order in which they were made."""
    with open_store(options.address, create=False) as store:
        entries = store.team().audit(most=options.most, who=options.who)[::-1]
    if options.format is opts.ReadFormat.jsonl:
        for entry in entries:
            sys.stdout.buffer.write(msgspec.json.encode(entry) + b"\n")
        sys.stdout.buffer.flush()
        return
    table = Table("no", "when", "who", "what", "subject", "detail", "from", box=None, header_style="bold")
    for entry in entries:
        cells = (str(entry.number), entry.at, entry.who, entry.what, entry.subject, entry.detail, entry.address)
        table.add_row(*map(escape, cells))
    print_table(table)
