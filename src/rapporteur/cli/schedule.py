"""``rapporteur schedule``: compare alternatives, find what moves them, see how announced dates were kept."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from rapporteur.cli import options as opts
from rapporteur.errors import ConfigurationError
from rapporteur.schedule import Scenario, compare, load
from rapporteur.schedule.backtest import backtest
from rapporteur.schedule.compare import RUNS, SEED
from rapporteur.schedule.scenario import Alternative
from rapporteur.schedule.sensitivity import BASE, Sensitivity, sensitivity
from rapporteur.stages.write.schedule import render


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


@dataclass(frozen=True, kw_only=True)
class CompareOptions(opts.Common):
    """Options of ``schedule compare``."""

    file: File
    runs: Annotated[int, typer.Option(metavar="N", help="Simulated runs of each alternative.")] = RUNS
    seed: Seed = SEED
    format: Annotated[Form, typer.Option(help="A page, the figures, or text.")] = Form.html
    out: Out = None


@dataclass(frozen=True, kw_only=True)
class SensitivityOptions(opts.Common):
    """Options of ``schedule sensitivity``."""

    file: File
    alternative: Annotated[str | None, typer.Option(metavar="ID", help="Only this alternative; by default each.")] = None
    base: Annotated[int, typer.Option(min=16, metavar="N", help="Sobol base sample; a power of two.")] = BASE
    prim: Annotated[bool, typer.Option("--prim", help="Scenario discovery too (needs the EMA Workbench).")] = False
    seed: Seed = SEED
    format: Annotated[TableForm, typer.Option(help="For people, or one alternative per line.")] = TableForm.table


@dataclass(frozen=True, kw_only=True)
class BacktestOptions(opts.Common):
    """Options of ``schedule backtest``."""

    format: Annotated[Form, typer.Option(help="A page, the figures, or text.")] = Form.md
    out: Out = None


@opts.command(CompareOptions, help_text="Simulate the alternatives of a file in the same worlds and compare them.")
def compare_command(options: CompareOptions) -> None:
    """Writes the comparison."""
    _write(render(compare(_load(options.file), runs=options.runs, seed=options.seed), options.format), options.out)


def write_page(file: Path, out: Path, *, runs: int) -> None:
    """Writes the page that compares the alternatives of ``file`` (or of an example by its name) to ``out``."""
    _write(render(compare(_load(file), runs=runs, seed=SEED), "html"), out)


@opts.command(SensitivityOptions, help_text="Show which parameters move the date of completion (Sobol, PAWN, PRIM).")
def sensitivity_command(options: SensitivityOptions) -> None:
    """Prints the effects of each alternative, largest first; those whose dates are fixed are named as such."""
    scenario = _load(options.file)
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
for _name, _command in (("compare", compare_command), ("sensitivity", sensitivity_command), ("backtest", backtest_command)):
    _info = _command.registered_commands[0]
    _info.name = _name
    app.registered_commands.append(_info)


def _load(path: Path) -> Scenario:
    """The file, or an example of the package by its name when no such file exists."""
    if not path.exists() and path.name == str(path) and path.suffix in ("", ".yaml"):
        with as_file(files("rapporteur.schedule") / "examples" / f"{path.stem}.yaml") as example:
            if example.is_file():
                return load(example)
    return load(path)


def _chosen(scenario: Scenario, wanted: str | None) -> list[Alternative]:
    found = [alternative for alternative in scenario.alternatives if wanted in (None, alternative.id)]
    if not found:
        there = ", ".join(alternative.id for alternative in scenario.alternatives)
        raise ConfigurationError(f"--alternative {wanted}: no such alternative; there are: {there}")
    return found


def _write(data: bytes, out: Path | None) -> None:
    if out is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        out.write_bytes(data)
    except OSError as error:
        raise ConfigurationError(f"{out}: cannot be written: {error.strerror}; choose another --out") from error
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
