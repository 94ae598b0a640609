"""One round of watching a record: poll, read, link, tell what of the followed facts has changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from rapporteur.model.process import FollowedProcess
from rapporteur.model.reading import Reading
from rapporteur.model.report import Issue
from rapporteur.pipeline import Known, Reader, changes_between, next_account, take
from rapporteur.stages.write import ComposeOptions
from rapporteur.store.base import Store
from rapporteur.watch.alerts import Told, alerts
from rapporteur.watch.base import WatchStore
from rapporteur.watch.poll import Round, instant, poll, through


def read_feeds(store: Store, watch: WatchStore, reader: Reader, how: Round, now: datetime) -> Iterator[Reading | Known | Issue]:
    """Reads what the feeds that are due bring, into the record; yields what it meets."""
    for batch in poll(watch, how, now):
        yield from take(batch.reports, store, reader)
        through(watch, batch)


def tell(store: Store, watch: WatchStore, targets: Sequence[str], now: datetime) -> int:
    """Compares each followed process (without a process file: the record) with what was last told of it, and keeps the alerts,
    with a delivery to each of ``targets``; returns how many are new. The first time there is nothing to compare with: the
    account of then is where alerts begin."""
    if not store.moment().report:
        return 0
    latest = {process.name: process for process in store.processes()}
    return sum(_tell(store, watch, (process, targets), now) for process in latest.values() or (None,))


def _tell(store: Store, watch: WatchStore, what: tuple[FollowedProcess | None, Sequence[str]], now: datetime) -> int:
    process, targets = what
    name = process.name if process else ""
    _, number = next_account(store, ComposeOptions(made_at=instant(now)), process)
    since = watch.alerted(name)
    if since == number:
        return 0
    if since is None:
        return watch.alert(name, number, (), ())
    before, after = changes_between(store, since)
    return watch.alert(name, number, alerts(before, after.account, Told(name, number, instant(now))), targets)
