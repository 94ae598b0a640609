"""``rapporteur bulk``: archives of millions of reports, on one machine or many."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from rapporteur import settings
from rapporteur.cli import options as opts
from rapporteur.cli.progress import Watch
from rapporteur.cli.run import NOTHING_READ, complain, counted, inform
from rapporteur.engine import available_cores, table_engine, without_extra
from rapporteur.errors import InputError

SHOWN = 20
"""Issues told on standard error; all of them stand in the table."""


@dataclass(frozen=True, kw_only=True)
class Options(opts.Common):
    """Options of ``bulk``."""

    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="INPUT...",
            help="Files, folders and patterns of .jsonl, .parquet, .warc (also .gz); addresses like s3://BUCKET/*.warc.gz.",
            show_default=False,
        ),
    ] = None
    out: Annotated[
        Path, typer.Option(metavar="DIR", help="The folder of the run: tables, and what is done. A stopped run goes on.")
    ]
    engine: Annotated[str, typer.Option(help="Where it runs: local, daft, ray, ray://HOST:PORT.")] = "local"
    workers: Annotated[int | None, typer.Option(min=1, metavar="N", help="Worker processes; one per core by default.")] = None
    lineage_only: Annotated[
        bool, typer.Option("--lineage-only", help="Who took what from whom, without figures, statements and findings: faster.")
    ] = False
    record: Annotated[
        str | None, typer.Option(metavar="RECORD", help="Put what was read into this record too: a file, or the address of one.")
    ] = None
    language: Annotated[
        str | None, typer.Option(metavar="PIPELINE", help="An installed spaCy pipeline instead of the shipped one.")
    ] = None
    block: Annotated[int, typer.Option(min=1, metavar="N", help="Reports that one task of linking looks at.")] = 500


@opts.command(Options, help_text="Read and link archives of reports, into Parquet tables. Needs rapporteur[bulk].")
def app(options: Options) -> None:
    """Does the run, or what is left of it, and says what came of it."""
    if not options.inputs:
        raise InputError("no-input", "INPUT", "nothing to read was named", "name files, folders, patterns or addresses")
    try:
        from rapporteur.cli import bulk_run  # noqa: PLC0415 # the extra may be missing
    except ImportError as error:
        raise without_extra("bulk", error) from None
    chosen = settings.load(os.environ, Path(typer.get_app_dir("rapporteur")), Path.cwd())
    workers = options.workers or chosen.workers or available_cores()
    with Watch(quiet=options.quiet) as watch:
        asked = bulk_run.Asked(
            tuple(map(bulk_run.absolute, options.inputs)),
            options.out.absolute(),
            claims=not options.lineage_only,
            language=options.language or chosen.language,
            record=options.record,
            block=options.block,
        )
        with table_engine(options.engine, workers) as engine:
            done = bulk_run.carry_out(asked, chosen.limits, engine, watch.tell)
    for message in done.issues[:SHOWN]:
        complain(message)
    if len(done.issues) > SHOWN:
        complain(f"and {len(done.issues) - SHOWN:,} further issues, all of them in {options.out}/issues.parquet")
    inform(", ".join(counted(number, noun) for noun, number in done.counts), quiet=options.quiet)
    if not done.reports:
        complain("nothing was read")
        raise typer.Exit(NOTHING_READ)
