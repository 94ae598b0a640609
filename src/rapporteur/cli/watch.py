"""``rapporteur watch``: follow feeds into a record and tell when a followed fact changes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from msgspec.structs import replace
from rich.table import Table

from rapporteur.cli import options as opts
from rapporteur.cli.progress import Watch as Progress
from rapporteur.cli.run import Tally, complain, counted, inform, print_table, reader_for, settings_in_force, write_bytes
from rapporteur.errors import InputError
from rapporteur.jobs import queue_of
from rapporteur.model import reading
from rapporteur.model.report import Issue
from rapporteur.model.watch import Feed
from rapporteur.pipeline import Known
from rapporteur.stages.acquire.address import is_address
from rapporteur.store import open_store
from rapporteur.store.base import Store
from rapporteur.watch import opml
from rapporteur.watch.background import LOOK_EVERY
from rapporteur.watch.base import WatchStore
from rapporteur.watch.deliver.syndication import SYNDICATIONS, Channel
from rapporteur.watch.round import Watching
from rapporteur.watch.rounds import Rounds

OUT_ALERTS = 200
"""Alerts in a file of alerts: newest first; readers of feeds keep the older ones."""


@dataclass(frozen=True, kw_only=True)
class Options(opts.Reading):
    """Options of ``watch``."""

    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FEED...", help="Addresses of RSS or Atom feeds, or OPML files, to follow from now on.", show_default=False
        ),
    ] = None
    once: Annotated[bool, typer.Option("--once", help="One round over the feeds that are due, then end.")] = False
    every: Annotated[float | None, typer.Option(min=1.0, metavar="MINUTES", help="Time between two requests to one feed.")] = None
    to: Annotated[list[str] | None, typer.Option(metavar="TARGET", help="Who gets alerts: https://..., mailto:name@host.")] = None
    alerts: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the latest alerts to this file: .rss, .atom or .json (JSON Feed).")
    ] = None
    listed: Annotated[bool, typer.Option("--list", help="List the feeds that are followed, and end.")] = False
    remove: Annotated[list[str] | None, typer.Option(metavar="FEED", help="Follow this feed no longer.")] = None


def run(options: Options) -> None:
    """Follows the feeds that are named, besides those that the record follows already, until it is stopped."""
    if options.record is None:
        raise InputError("no-record", "--record", "is missing", "name the record that the feeds are read into")
    chosen = settings_in_force().alerts
    chosen = replace(chosen, targets=tuple(options.to or chosen.targets), minutes=options.every or chosen.minutes)
    watching = Watching.by(reader_for(options), chosen)
    named = [address for given in options.inputs or [] for address in _addresses(given)]
    with open_store(options.record) as store:
        watch = store.watch()
        _follow(watch, named, options.remove or [])
        if options.listed:
            _list(watch)
            return
        if not watch.feeds():
            raise InputError("no-feed", "FEED", "the record follows no feed", "name the address of one, or an OPML file")
        _rounds(options, store, watching)


def _addresses(given: str) -> list[str]:
    if is_address(given):
        return [given]
    try:
        return opml.addresses(Path(given).read_bytes(), given)
    except OSError as error:
        raise InputError("unreadable", given, error.strerror or "cannot be read", "name an OPML file or an address") from error


def _follow(watch: WatchStore, named: list[str], removed: list[str]) -> None:
    known = {feed.address for feed in watch.feeds()}
    for address in named:
        if address not in known:
            watch.put_feed(Feed(address))
    for address in removed:
        if not watch.drop_feed(address):
            raise InputError("no-feed", address, "is not followed", "rapporteur watch --list shows what is")


def _rounds(options: Options, store: Store, watching: Watching) -> None:
    queue = queue_of(store)
    while True:
        tally = Tally()
        with Progress(quiet=options.quiet) as progress:
            met = partial(_counted, tally, progress)
            done, problems = Rounds(partial(open_store, options.record), str(options.record), queue, watching, met).once()
        if options.alerts is not None:
            _write_alerts(store.watch(), options.alerts, watching.sending.desk)
        for delivery, problem in store.watch().given_up() if done.failed else []:
            complain(f"alert {delivery.alert.id} was given up: {problem}")
        for problem in problems:
            complain(problem)
        if tally.read or tally.issues or done.alerts or options.once:
            told = f"{counted(done.alerts, 'alert')}, {done.sent} delivered, {done.failed} failed"
            inform(f"{tally.summary}; {told}", quiet=options.quiet)
        if options.once:
            return
        time.sleep(LOOK_EVERY)


def _counted(
    tally: Tally, progress: Progress, met: Iterator[reading.Reading | Known | Issue]
) -> Iterator[reading.Reading | Known]:
    return tally.over(progress.count(met, "Reading"))


def _write_alerts(watch: WatchStore, out: Path, desk: str | None) -> None:
    kind = out.suffix.lower().removeprefix(".")
    if kind not in SYNDICATIONS:
        raise InputError("format", str(out), "is no file of alerts", f"end it in .{', .'.join(SYNDICATIONS)}")
    home = f"{desk.rstrip('/')}/alerts" if desk else "urn:rapporteur:alerts"
    channel = Channel("Rapporteur: alerts", home, f"{home}.{kind}" if desk else home)
    write_bytes(SYNDICATIONS[kind][1]([row.alert for row in watch.alerts(OUT_ALERTS)], channel), out)


def _list(watch: WatchStore) -> None:
    table = Table("feed", "title", "asked", "due", "problem", box=None)
    for feed in watch.feeds():
        table.add_row(feed.address, feed.title or "", feed.asked or "never", feed.due or "gone", feed.problem or "")
    print_table(table)


app = opts.command(Options, help_text="Follow feeds politely, read what is new, and tell when a followed fact changes.")(run)
