"""``rapporteur account``: the sourced account of all reports."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from rapporteur.accounts import account_again, followed, next_account
from rapporteur.cli import options as opts
from rapporteur.cli.progress import Watch
from rapporteur.cli.run import Tally, counted, inform, reader_for, write_bytes
from rapporteur.errors import InputError
from rapporteur.model.process import FollowedProcess
from rapporteur.pipeline import Told, gather, give_account, lineage_of
from rapporteur.process.proposals import as_followed, proposals, renewed
from rapporteur.stages.write import FORMATS, ComposeOptions, render
from rapporteur.store import open_store
from rapporteur.store.base import Store

AccountFormat = StrEnum("AccountFormat", {entry.name: entry.name for entry in FORMATS})  # type: ignore[misc] # from the registry

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_ACCOUNT = re.compile(r"@(\d{1,9})")


@dataclass(frozen=True, kw_only=True)
class Options(opts.Reading):
    """Options of ``account``."""

    format: Annotated[AccountFormat | None, typer.Option(help="By default that of OUT's name, or html.", show_default=False)] = (
        None
    )
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", metavar="OUT", help="File to write; by default standard output, or account.html on a terminal."
        ),
    ] = None
    as_of: Annotated[
        str | None,
        typer.Option(metavar="DATE|@N", help="Only what was published until DATE; or account N of the record, made again."),
    ] = None
    made_at: Annotated[
        str | None, typer.Option(metavar="WHEN", help="Date or time to state as that of making; by default now.")
    ] = None
    title: Annotated[str | None, typer.Option(help="Name of the process.")] = None
    process: Annotated[
        str | None,
        typer.Option(
            metavar="FILE|NAME",
            help="What to follow (process.yaml; the record remembers it), or a name that it remembers or proposes.",
        ),
    ] = None


def run(options: Options) -> None:
    """Reads what is new, links and reconciles all that the record holds, and writes the account."""
    name = _format_of(options)
    again = _ACCOUNT.fullmatch(options.as_of or "")
    reader = reader_for(options)
    compose = _compose_options(options, again=again is not None)
    tally = Tally()
    with open_store(options.record) as store, Watch(quiet=options.quiet) as watch:
        for _ in tally.over(watch.count(gather(options.inputs or [], store, reader), "Reading")):
            pass
        held = store.moment().report
        number, out = 0, None
        if held:
            watch.say("Linking and reconciling")
            if again:
                told = account_again(store, int(again[1]))
            elif options.record is None:
                told = give_account(store, compose, process=process_for(store, options.process))
            else:
                told, number = next_account(store, compose, process_for(store, options.process))
            watch.say("Writing")
            out = _write(told, name, options)
    _say_what_was_done(options, tally, held, number)
    if out is not None:
        inform(f"account written to {out}", quiet=options.quiet)
    if not held:
        tally.leave()


def process_for(store: Store, named: str | None) -> FollowedProcess | None:
    """The process that is asked for: of a file, under a name that the record remembers or that can be proposed from its reports,
    or the last one that a file described."""
    remembered = followed(store, named)
    if remembered is not None and remembered.only:
        return renewed(remembered, proposals(*lineage_of(store)))
    if remembered is not None or named is None:
        return remembered
    if Path(named).suffix.lower() in (".yaml", ".yml") or Path(named).exists():
        # Loaded on demand: pydantic takes a tenth of a second to import, and few runs bring a process file.
        loaded: FollowedProcess = import_module("rapporteur.process.file").load(Path(named))
        return loaded
    proposed = proposals(*lineage_of(store))
    for process in proposed:
        if process.name == named:
            return as_followed(process)
    known = ", ".join(dict.fromkeys([*(p.name for p in store.processes()), *(p.name for p in proposed[:9])])) or "none"
    reason = "is no file, and the record neither remembers nor suggests such a process"
    raise InputError("process", named, reason, f"known: {known}")


def _format_of(options: Options) -> str:
    if options.format is not None:
        return str(options.format.value)
    suffixes = {entry.suffix: entry.name for entry in FORMATS}
    suffix = options.out.suffix.lower() if options.out else ".html"
    if suffix not in suffixes:
        raise InputError("format", str(options.out), f"no format ends in {suffix or 'nothing'}", "say which with --format")
    return suffixes[suffix]


def _compose_options(options: Options, *, again: bool) -> ComposeOptions:
    as_of, made_at = options.as_of, options.made_at
    if as_of is not None and not again:
        _check_date(as_of, "--as-of", whole=_DATE)
    if made_at is not None:
        _check_date(made_at, "--made-at")
    else:
        made_at = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return ComposeOptions(title=options.title, as_of=None if again else as_of, made_at=made_at)


def _check_date(text: str, option: str, whole: re.Pattern[str] | None = None) -> None:
    padded = text if len(text) > 7 else f"{text}-01-01"[:10]
    try:
        datetime.fromisoformat(padded)
    except ValueError:
        padded = ""
    if not padded or (whole is not None and not whole.fullmatch(text)):
        raise InputError("date", f"{option} {text}", "is no date", "write it as 2024-01-31") from None


def _write(told: Told, name: str, options: Options) -> Path | None:
    """Writes the account and returns the file, None for standard output."""
    out = options.out
    if out is None and name not in ("md", "json") and sys.stdout.isatty():
        out = Path("account.zip" if name == "csv" else f"account.{name}")  # a page or a document is of no use on a terminal
    write_bytes(render(told.account, told.readings, name), out)
    return out


def _say_what_was_done(options: Options, tally: Tally, held: int, number: int) -> None:
    parts = [tally.summary]
    if options.record is not None:
        parts.append(f"{counted(held, 'report')} in the record")
    if number:
        parts.append(f"account @{number}")
    inform("; ".join(parts), quiet=options.quiet)


app = opts.command(Options, help_text="Give the account: what is known, who says so, from how many independent origins.")(run)
