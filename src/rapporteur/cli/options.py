"""Options of the commands as frozen records, so that one option is worded once and a command takes one argument.

``command`` turns a function of such a record into a Typer application: the record's fields become the command's parameters.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from enum import StrEnum
from typing import Annotated, Any, TypeVar, get_type_hints

import typer

from rapporteur.errors import InputError

T = TypeVar("T")

Record = Annotated[str, typer.Option(metavar="FILE|URL", help="The record: a file, or a database (postgresql://...).")]
"""Of a command that asks a record which is there."""


@dataclass(frozen=True, kw_only=True)
class Common:
    """What every command takes."""

    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary; errors only.")] = False
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False


@dataclass(frozen=True, kw_only=True)
class Reading(Common):
    """What every command that reads reports takes."""

    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="INPUT...",
            help="Files or folders of .txt, .html, .pdf, .eml, .json, .jsonl, .zip; http(s) addresses.",
            show_default=False,
        ),
    ] = None
    record: Annotated[
        str | None,
        typer.Option(metavar="FILE|URL", help="Keep what is read in this file or database; only new reports are read."),
    ] = None
    language: Annotated[
        str | None, typer.Option(metavar="PIPELINE", help="An installed spaCy pipeline instead of the shipped one.")
    ] = None
    workers: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Worker processes. By default by the number of reports.")
    ] = None
    allow_private: Annotated[bool, typer.Option("--allow-private", help="Fetch addresses inside private networks too.")] = False


@dataclass(frozen=True, kw_only=True)
class Held(Common):
    """What a command about a record takes that is a file or in a database."""

    record: Annotated[str | None, typer.Option(metavar="FILE|URL", help="The record.")] = None
    database: Annotated[str | None, typer.Option(metavar="URL", help="The record, where it is in a database.")] = None

    @property
    def address(self) -> str:
        """Of the record that is meant. ``InputError`` when none is named, or two are."""
        if self.record is not None and self.database is not None:
            raise InputError("record", "--database", "two records were named", "leave out --record or --database")
        address = self.record or self.database
        if address is None:
            raise InputError("record", "--record", "no record was named", "name its file, or its address with --database")
        return address


class ReadFormat(StrEnum):
    """Formats of ``read`` and ``issues``."""

    jsonl = "jsonl"
    table = "table"


def command(options: type[T], *, help_text: str) -> Callable[[Callable[[T], None]], typer.Typer]:
    """Decorator: a Typer application of one command whose parameters are the fields of ``options``."""

    def make(function: Callable[[T], None]) -> typer.Typer:
        def run(**values: Any) -> None:
            function(options(**values))

        hints = get_type_hints(options, include_extras=True)
        parameters = [_parameter(name, hints[name], default) for name, default in _defaults(options)]
        run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined] # the documented way, PEP 362
        app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        app.command(help=help_text, context_settings={"help_option_names": ["-h", "--help"]})(run)
        return app

    return make


def _defaults(options: type[Any]) -> list[tuple[str, Any]]:
    return [(f.name, inspect.Parameter.empty if f.default is MISSING else f.default) for f in fields(options)]


def _parameter(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
