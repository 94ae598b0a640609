"""``rapporteur mcp``: the record for a chat client, over standard input and output."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Annotated

import typer

from rapporteur.cli import options as opts


@dataclass(frozen=True, kw_only=True)
class Options(opts.Held):
    """Options of ``mcp``."""

    user: Annotated[
        str | None, typer.Option(metavar="NAME", help="Show what this user may see; without, nothing that is private.")
    ] = None
    language: Annotated[
        str | None, typer.Option(metavar="PIPELINE", help="An installed spaCy pipeline instead of the shipped one.")
    ] = None


@opts.command(Options, help_text="Serve a record to a chat client (Model Context Protocol): search, finding, lineage, account.")
def app(options: Options) -> None:
    """Runs until the client closes standard input."""
    chat = import_module("rapporteur.chat.server")  # the SDK takes a second to import
    chat.server(chat.Reader(options.address, options.user, options.language)).run("stdio")
