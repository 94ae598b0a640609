"""``rapporteur demo``: the main job on the example that ships with the package."""

from __future__ import annotations

import webbrowser
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated

import typer

from rapporteur.cli import account
from rapporteur.cli import options as opts
from rapporteur.errors import ConfigurationError

EXAMPLE = "merrow-tavoria"


@dataclass(frozen=True, kw_only=True)
class Options(opts.Common):
    """Options of ``demo``."""

    out: Annotated[Path, typer.Option("--out", "-o", metavar="OUT", help="File to write.")] = Path("account.html")
    made_at: Annotated[str | None, typer.Option(metavar="WHEN", help="Date or time to state as that of making.")] = None
    open: Annotated[bool, typer.Option("--open", help="Open the account in the web browser.")] = False


TITLE = "Merrow and Tavoria (an invented process)"


@opts.command(Options, help_text="Make the account of the invented example that ships with the program.")
def app(options: Options) -> None:
    """Runs ``account`` on the example and says where the account lies."""
    with ExitStack() as stack:
        example = stack.enter_context(as_file(files("rapporteur") / "examples" / "merrow-tavoria" / "reports"))
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
    typer.echo(options.out.resolve())
    if options.open:
        webbrowser.open(options.out.resolve().as_uri())
