"""``rapporteur migrate``: a record copied from one store to another, from a file to a database or back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import typer

from rapporteur.cli import options as opts
from rapporteur.cli.progress import Watch as Progress
from rapporteur.cli.run import counted, inform
from rapporteur.store import open_store
from rapporteur.store.copying import copy


@dataclass(frozen=True, kw_only=True)
class Options(opts.Common):
    """Options of ``migrate``."""

    source: Annotated[str, typer.Argument(metavar="FROM", help="The record: a file, or postgresql://...")]
    target: Annotated[str, typer.Argument(metavar="TO", help="Where it is copied to: a new file, or a new, empty database.")]


@opts.command(Options, help_text="Copy a record with everything in it to another store: a file to a database, or back.")
def app(options: Options) -> None:
    """All of it or, when it is broken off, nothing; the source stays as it is."""
    with (
        open_store(options.source, create=False) as source,
        open_store(options.target) as target,
        Progress(quiet=options.quiet) as progress,
    ):
        copied = copy(source, target, lambda table, rows: progress.say(f"Copying {table}: {rows:,}"))
    told = f"{counted(copied['reports'], 'report')}, {counted(copied['accounts'], 'account')}"
    inform(f"Copied {told} and all that belongs to them: {sum(copied.values()):,} rows.", quiet=options.quiet)
