"""The command line. One module per command; the table below is the registry, in the order of ``rapporteur --help``.

A command's module is imported when the command is run: what draws charts or opens records takes longer to import than
``rapporteur explain`` to answer.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from rapporteur import __version__
from rapporteur.errors import RapporteurError

COMMANDS = {
    "read": "rapporteur.cli.read",
    "account": "rapporteur.cli.account",
    "lineage": "rapporteur.cli.lineage",
    "processes": "rapporteur.cli.processes",
    "issues": "rapporteur.cli.issues",
    "judge": "rapporteur.cli.judge",
    "ask": "rapporteur.cli.ask",
    "changes": "rapporteur.cli.changes",
    "watch": "rapporteur.cli.watch",
    "board": "rapporteur.cli.board",
    "explain": "rapporteur.cli.explain",
    "schedule": "rapporteur.cli.schedule",
    "user": "rapporteur.cli.user",
    "audit": "rapporteur.cli.audit",
    "mcp": "rapporteur.cli.mcp",
    "serve": "rapporteur.cli.serve",
    "bulk": "rapporteur.cli.bulk",
    "worker": "rapporteur.cli.worker",
    "migrate": "rapporteur.cli.migrate",
    "backup": "rapporteur.cli.backup",
    "demo": "rapporteur.cli.demo",
}
"""Name of a command -> module with ``app``, a Typer application of one command."""

NOTHING_READ = 2
FAULT = 1
INTERRUPTED = 130


class _OnDemand(TyperGroup):
    """Looks commands up in the registry instead of holding them."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        command = typer.main.get_command(import_module(COMMANDS[cmd_name]).app)
        command.name = cmd_name
        return command


app = typer.Typer(
    cls=_OnDemand,
    help="Keeps the sourced record of a negotiation: who said what, on which terms, from how many independent origins.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(value: bool) -> None:  # noqa: FBT001 # Typer calls it with the option's value
    if value:
        typer.echo(f"rapporteur {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    *,
    version: Annotated[bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")] = False,
) -> None:
    """What holds for every command; the options of the commands stand in ``cli/options.py``."""


def main() -> int:
    """Runs the command line: 0 when anything was read, 2 when nothing was or the call was wrong, one line per error."""
    debug = "--debug" in sys.argv[1:]
    try:
        app()
    except RapporteurError as error:
        return _failed(error, NOTHING_READ, debug=debug)
    except KeyboardInterrupt:
        typer.echo("rapporteur: stopped; what was read into a record is kept", err=True)
        return INTERRUPTED
    except Exception as error:  # a fault of ours: still one line, the traceback for those who ask
        return _failed(error, FAULT, debug=debug)
    return 0


def _failed(error: Exception, code: int, *, debug: bool) -> int:
    if debug:
        raise error
    kind = "" if isinstance(error, RapporteurError) else f"unexpected {type(error).__name__}: "
    advice = "" if isinstance(error, RapporteurError) else "; run it again with --debug and report the traceback"
    typer.echo(f"rapporteur: {kind}{error}{advice}", err=True)
    return code
