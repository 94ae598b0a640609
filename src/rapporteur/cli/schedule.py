"""``rapporteur schedule``: compare alternatives, find what moves them, see how announced dates were kept."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from rapporteur.cli import options as opts
from rapporteur.cli.run import entered_at, inform, write_bytes
from rapporteur.errors import ConfigurationError, InputError
from rapporteur.model.board import ScheduleText
from rapporteur.parts import compared, schedules_of
from rapporteur.schedule import Scenario, compare, loads
from rapporteur.schedule.backtest import backtest
from rapporteur.schedule.compare import RUNS, SEED
from rapporteur.schedule.handover import with_ratings
from rapporteur.schedule.scenario import Alternative
from rapporteur.schedule.sensitivity import BASE, Sensitivity, sensitivity
from rapporteur.stages.write.schedule import render
from rapporteur.store import open_store
from rapporteur.yaml_lines import text_of

TRIED = 1_000
"""Runs of the trial before a schedule is kept."""


class Form(StrEnum):
    """Formats of ``compare`` and ``backtest``."""

    html = "html"
    json = "json"
    md = "md"


class TableForm(StrEnum):
    """Formats of ``sensitivity``."""

    table = "table"
    json = "json"


File = Annotated[
    Path,
    typer.Argument(metavar="FILE", help="Alternatives in YAML; 'hmc' is the worked example that ships with the program."),
]
Out = Annotated[Path | None, typer.Option("--out", "-o", metavar="OUT", help="File to write; by default standard output.")]
Seed = Annotated[int, typer.Option(min=0, metavar="N", help="The same seed gives the same bytes.")]
Rated = Annotated[
    str | None,
    typer.Option(metavar="FILE|URL", help="Take the initial levels from this record's board, as FILE says under 'board'."),
]
RatedUntil = Annotated[str | None, typer.Option(metavar="DATE", help="With --record: ratings of days until DATE.")]


@dataclass(frozen=True, kw_only=True)
class CompareOptions(opts.Common):
    """Options of ``schedule compare``."""

    file: File
    runs: Annotated[int, typer.Option(metavar="N", help="Simulated runs of each alternative.")] = RUNS
    seed: Seed = SEED
    record: Rated = None
    as_of: RatedUntil = None
    format: Annotated[Form, typer.Option(help="A page, the figures, or text.")] = Form.html
    out: Out = None


@dataclass(frozen=True, kw_only=True)
class KeepOptions(opts.Common):
    """Options of ``schedule keep``."""

    file: File
    record: Annotated[Path, typer.Option(metavar="FILE", help="The record in whose accounts it is compared.")]
    who: Annotated[str, typer.Option(metavar="NAME", help="Who enters this.")]
    runs: Annotated[int, typer.Option(metavar="N", help="Simulated runs of each alternative.")] = RUNS
    seed: Seed = SEED
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Show it no longer; what was entered stays in the record.")] = False
    at: Annotated[str | None, typer.Option(metavar="WHEN", help="When it was entered (ISO 8601); by default now.")] = None


@dataclass(frozen=True, kw_only=True)
class SensitivityOptions(opts.Common):
    """Options of ``schedule sensitivity``."""

    file: File
    alternative: Annotated[str | None, typer.Option(metavar="ID", help="Only this alternative; by default each.")] = None
    base: Annotated[int, typer.Option(min=16, metavar="N", help="Sobol base sample; a power of two.")] = BASE
    prim: Annotated[bool, typer.Option("--prim", help="Scenario discovery too (needs the EMA Workbench).")] = False
    seed: Seed = SEED
    record: Rated = None
    as_of: RatedUntil = None
    format: Annotated[TableForm, typer.Option(help="For people, or one alternative per line.")] = TableForm.table


@dataclass(frozen=True, kw_only=True)
class BacktestOptions(opts.Common):
    """Options of ``schedule backtest``."""

    format: Annotated[Form, typer.Option(help="A page, the figures, or text.")] = Form.md
    out: Out = None


@opts.command(CompareOptions, help_text="Simulate the alternatives of a file in the same worlds and compare them.")
def compare_command(options: CompareOptions) -> None:
    """Writes the comparison."""
    scenario = _rated(options)
    _write(render(compare(scenario, runs=options.runs, seed=options.seed), options.format), options.out)


@opts.command(KeepOptions, help_text="Add a schedule file to a record, to be compared in its accounts.")
def keep_command(options: KeepOptions) -> None:
    """Checks the file, and appends it; the last of its name prevails."""
    name, text = _text(options.file)
    at = entered_at(options.at)
    entry = ScheduleText(Path(name).stem, name, text, options.runs, options.seed, options.who, at, shown=not options.withdraw)
    with open_store(options.record, create=False) as store:
        entries = store.board()
        if options.withdraw and entry.schedule not in {kept.schedule for kept in schedules_of(entries)}:
            raise InputError("schedule", name, "is not among those that the record keeps", "name one that is")
        # Compared once before it is kept, so that no account meets what cannot be simulated.
        compared(msgspec.structs.replace(entry, runs=min(options.runs, TRIED)), entries)
        store.add_to_board(entry)
    inform(f"{entry.schedule}: {'withdrawn' if options.withdraw else 'kept'}", quiet=options.quiet)


def write_page(file: Path, out: Path, *, runs: int) -> None:
    """Writes the page that compares the alternatives of ``file`` (or of an example by its name) to ``out``."""
    _write(render(compare(_load(file), runs=runs, seed=SEED), "html"), out)


@opts.command(SensitivityOptions, help_text="Show which parameters move the date of completion (Sobol, PAWN, PRIM).")
def sensitivity_command(options: SensitivityOptions) -> None:
    """Prints the effects of each alternative, largest first; those whose dates are fixed are named as such."""
    scenario = _rated(options)
    for alternative in _chosen(scenario, options.alternative):
        found = sensitivity(scenario, alternative, seed=options.seed, base=options.base, prim=options.prim)
        if options.format is TableForm.json:
            _write(msgspec.json.encode(found) + b"\n", None)
        else:
            _show(found)


@opts.command(BacktestOptions, help_text="Announced withdrawals and what happened, each foretold by the others.")
def backtest_command(options: BacktestOptions) -> None:
    """Writes the case table with its scores."""
    _write(render(backtest(), options.format), options.out)


app = typer.Typer(
    help="Compare schedules from timeline-based to conditions-based under uncertainty.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for _name, _command in (
    ("compare", compare_command),
    ("keep", keep_command),
    ("sensitivity", sensitivity_command),
    ("backtest", backtest_command),
):
    _info = _command.registered_commands[0]
    _info.name = _name
    app.registered_commands.append(_info)


def _rated(options: CompareOptions | SensitivityOptions) -> Scenario:
    """What the file says, starting from the ratings of the record where one is named."""
    scenario = _load(options.file)
    if options.record is not None:
        with open_store(options.record, create=False) as store:
            return with_ratings(scenario, store.board(), options.as_of)
    if options.as_of is not None:
        raise InputError("schedule", f"--as-of {options.as_of}", "is about ratings, and no record was named", "add --record")
    return scenario


def _load(path: Path) -> Scenario:
    name, text = _text(path)
    return loads(text, name)


def _text(path: Path) -> tuple[str, str]:
    """Name and text of the file, or of an example of the package by its name when no such file exists."""
    if not path.exists() and path.name == str(path) and path.suffix in ("", ".yaml"):
        example = files("rapporteur.schedule") / "examples" / f"{path.stem}.yaml"
        if example.is_file():
            return example.name, example.read_text("utf-8")
    return str(path), text_of(path)


def _chosen(scenario: Scenario, wanted: str | None) -> list[Alternative]:
    found = [alternative for alternative in scenario.alternatives if wanted in (None, alternative.id)]
    if not found:
        there = ", ".join(alternative.id for alternative in scenario.alternatives)
        raise ConfigurationError(f"--alternative {wanted}: no such alternative; there are: {there}")
    return found


def _write(data: bytes, out: Path | None) -> None:
    write_bytes(data, out)
    if out is not None:
        typer.echo(out.resolve())


def _show(found: Sensitivity) -> None:
    console = Console()
    heading = f"{found.alternative} ({found.rows:,} rows of parameters in the same {found.worlds} worlds)"
    table = Table("Parameter", "Sobol alone", "Sobol total", "+-", "PAWN", "Basis", title=heading)
    for e in found.effects:
        figures = (f"{v:.2f}" for v in (e.sobol_first, e.sobol_total, e.sobol_error, e.pawn))
        table.add_row(e.parameter, *figures, e.basis)
    console.print(table)
    for line in (*(f"late: {box}" for box in found.boxes), *found.remarks):
        console.print(line, highlight=False)
