"""``rapporteur backup``: a record copied into one file, while others go on working with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from rapporteur.cli import options as opts
from rapporteur.cli.run import inform
from rapporteur.errors import ConfigurationError
from rapporteur.store import open_store
from rapporteur.store.copying import copy


@dataclass(frozen=True, kw_only=True)
class Options(opts.Common):
    """Options of ``backup``."""

    record: Annotated[str, typer.Argument(metavar="RECORD", help="The record: a file, or postgresql://...")]
    out: Annotated[Path, typer.Argument(metavar="FILE", help="The copy, a record in a file; it must not be there yet.")]


@opts.command(Options, help_text="Copy a record into a file, as it stands now, while others work with it.")
def app(options: Options) -> None:
    """The file appears when it is whole."""
    if options.out.exists():
        raise ConfigurationError(f"{options.out}: is there already; name a new file")
    unfinished = options.out.with_name(f".{options.out.name}.unfinished")
    try:
        with open_store(options.record, create=False) as source, open_store(unfinished) as target:
            copied = copy(source, target)
        unfinished.replace(options.out)
    finally:
        for left in unfinished.parent.glob(f"{unfinished.name}*"):
            left.unlink()
    inform(f"{options.out}: {copied['reports']:,} reports. It is a record: name it with --record.", quiet=options.quiet)
