"""``rapporteur explain``: how an extractor works, in words."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import Annotated

import typer

from rapporteur.cli import options as opts
from rapporteur.errors import InputError
from rapporteur.stages.extract import EXTRACTORS


@dataclass(frozen=True, kw_only=True)
class Options(opts.Common):
    """Options of ``explain``."""

    extractor: Annotated[
        str | None, typer.Argument(metavar="EXTRACTOR", help="Its name; without one, all are listed.", show_default=False)
    ] = None


@opts.command(Options, help_text="Tell by which method an extractor finds what it finds.")
def app(options: Options) -> None:
    """The method text of one extractor, or the list."""
    methods = {extractor.name: inspect.cleandoc(extractor.method) for extractor in EXTRACTORS}
    if options.extractor is None:
        width = max(map(len, methods), default=0)
        for name, method in methods.items():
            typer.echo(f"{name:{width}}  {method.splitlines()[0]}")
    elif options.extractor in methods:
        typer.echo(methods[options.extractor])
    else:
        raise InputError("extractor", options.extractor, "no extractor has this name", f"known: {', '.join(methods)}")
