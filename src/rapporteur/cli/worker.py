"""``rapporteur worker``: does the jobs of a record, beside its server or on another machine, until it is stopped."""

from __future__ import annotations

import signal
from dataclasses import dataclass
from importlib import import_module
from threading import Event
from typing import Annotated

import typer

from rapporteur.cli import options as opts
from rapporteur.cli.run import inform, reader_for, settings_in_force
from rapporteur.watch.round import Watching


@dataclass(frozen=True, kw_only=True)
class Options(opts.Held):
    """Options of ``worker``."""

    language: Annotated[
        str | None, typer.Option(metavar="PIPELINE", help="An installed spaCy pipeline instead of the shipped one.")
    ] = None
    allow_private: Annotated[bool, typer.Option("--allow-private", help="Fetch addresses inside private networks too.")] = False


@opts.command(
    Options, help_text="Do the jobs of a record (reports read, schedules compared, feeds asked): a server without pages."
)
def app(options: Options) -> None:
    """Works until it is stopped; a job in hand is broken off at its next step, and waits again."""
    state = import_module("rapporteur.web.state")
    reading = opts.Reading(record=options.address, language=options.language, workers=1, allow_private=options.allow_private)
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    reader = reader_for(reading)
    watching = Watching.by(reader, settings_in_force().alerts)
    shared = state.Shared(state.WebOptions(address=options.address, reader=reader, watching=watching))
    shared.begin()
    inform(f"Working for {options.address.rpartition('@')[2]}. Stop it with Ctrl-C.", quiet=options.quiet)  # without a password
    stop.wait()
    shared.close()
