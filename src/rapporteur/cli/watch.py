"""``rapporteur watch``: follow feeds into a record and tell when a followed fact changes."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from rapporteur.cli import options as opts
from rapporteur.cli.progress import Watch as Progress
from rapporteur.cli.run import Tally, complain, counted, inform, print_table, reader_for, settings_in_force, write_bytes
from rapporteur.errors import InputError
from rapporteur.model.watch import Feed
from rapporteur.settings import Alerts
from rapporteur.stages.acquire.address import is_address
from rapporteur.store import open_store
from rapporteur.store.base import Store
from rapporteur.store.watching import watch_of
from rapporteur.watch import opml
from rapporteur.watch.base import WatchStore
from rapporteur.watch.deliver import Sending, check, deliver
from rapporteur.watch.deliver.syndication import SYNDICATIONS, Channel
from rapporteur.watch.polite import Manners
from rapporteur.watch.poll import Round
from rapporteur.watch.round import read_feeds, tell

OUT_ALERTS = 200
"""Alerts in a file of alerts: newest first; readers of feeds keep the older ones."""
LOOK_EVERY = 30.0
"""Seconds after which a waiting run looks again whether a feed or a delivery is due."""


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
    targets = list(options.to or chosen.targets)
    for target in targets:
        check(target)
    named = [address for given in options.inputs or [] for address in _addresses(given)]
    with open_store(options.record) as store:
        watch = watch_of(store)
        _follow(watch, named, options.remove or [])
        if options.listed:
            _list(watch)
            return
        if not watch.feeds():
            raise InputError("no-feed", "FEED", "the record follows no feed", "name the address of one, or an OPML file")
        _rounds(options, store, watch, (chosen, targets))


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


def _rounds(options: Options, store: Store, watch: WatchStore, chosen: tuple[Alerts, list[str]]) -> None:
    alerts, targets = chosen
    reader = reader_for(options)
    how = Round(Manners(reader.acquire), timedelta(minutes=options.every or alerts.minutes))
    sending = Sending(reader.acquire, alerts.webhook_secret, alerts.smtp, alerts.mail_from, alerts.desk)
    while True:
        tally, now = Tally(), datetime.now(UTC)
        with Progress(quiet=options.quiet) as progress:
            for _ in tally.over(progress.count(read_feeds(store, watch, reader, how, now), "Reading")):
                pass
            progress.say("Linking and reconciling")
            new = tell(store, watch, targets, now)
        sent, failed = deliver(watch, sending, datetime.now(UTC))
        if options.alerts is not None:
            _write_alerts(watch, options.alerts, alerts.desk)
        for delivery, problem in watch.given_up() if failed else []:
            complain(f"alert {delivery.alert.id} was given up: {problem}")
        if tally.read or tally.issues or new or options.once:
            inform(f"{tally.summary}; {counted(new, 'alert')}, {sent} delivered, {failed} failed", quiet=options.quiet)
        if options.once:
            return
        time.sleep(LOOK_EVERY)


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
