"""``rapporteur demo``: the main job on the example that ships with the package, and the worked example of schedules."""

from __future__ import annotations

import webbrowser
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated

import typer

from rapporteur.cli import account, schedule
from rapporteur.cli import options as opts
from rapporteur.errors import ConfigurationError

EXAMPLE = "merrow-tavoria"
RUNS = 20_000
"""Simulated runs of each schedule in the demonstration: its figures are given to 5 %, for which these are enough."""


@dataclass(frozen=True, kw_only=True)
class Options(opts.Common):
    """Options of ``demo``."""

    out: Annotated[Path, typer.Option("--out", "-o", metavar="OUT", help="File to write.")] = Path("account.html")
    made_at: Annotated[str | None, typer.Option(metavar="WHEN", help="Date or time to state as that of making.")] = None
    open: Annotated[bool, typer.Option("--open", help="Open the account in the web browser.")] = False


TITLE = "Merrow and Tavoria (an invented process)"


@opts.command(Options, help_text="Make the account of the invented example that ships with the program.")
def app(options: Options) -> None:
    """Runs ``account`` on the example and ``schedule compare`` on its own, and says where the two pages lie."""
    with ExitStack() as stack:
        example = stack.enter_context(as_file(files("rapporteur") / "examples" / EXAMPLE / "reports"))
        if not example.is_dir():
            raise ConfigurationError(f"{example}: the example is missing; install the package again")
        account.run(
            account.Options(
                inputs=[str(example)],
                title=TITLE,
                out=options.out,
                made_at=options.made_at,
                quiet=options.quiet,
                debug=options.debug,
            )
        )
    page = options.out.with_name("schedules.html")
    schedule.write_page(Path("hmc"), page, runs=RUNS)
    typer.echo(options.out.resolve())
    if options.open:
        webbrowser.open(options.out.resolve().as_uri())
