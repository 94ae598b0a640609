"""One round of watching a record: poll, read, link, tell what of the followed facts has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from msgspec import Struct

from rapporteur.model.process import FollowedProcess
from rapporteur.model.reading import Reading
from rapporteur.model.report import Issue
from rapporteur.pipeline import Known, Reader, last_account, take, told_since
from rapporteur.settings import Alerts
from rapporteur.store.base import Store
from rapporteur.watch.alerts import Told, alerts
from rapporteur.watch.base import WatchStore
from rapporteur.watch.deliver import Sending, check, deliver
from rapporteur.watch.polite import Manners
from rapporteur.watch.poll import Round, instant, poll, through


@dataclass(frozen=True, slots=True)
class Watching:
    """How a record is watched: how reports are read, feeds asked, and who is told of alerts in which way."""

    reader: Reader
    how: Round
    sending: Sending
    targets: tuple[str, ...]

    @classmethod
    def by(cls, reader: Reader, chosen: Alerts) -> Watching:
        """As the settings say. ``ConfigurationError`` for a target that nothing delivers to."""
        for target in chosen.targets:
            check(target)
        how = Round(Manners(reader.acquire), timedelta(minutes=chosen.minutes))
        sending = Sending(reader.acquire, chosen.webhook_secret, chosen.smtp, chosen.mail_from, chosen.desk)
        return cls(reader, how, sending, chosen.targets)


class Outcome(Struct, frozen=True):
    """What a round came to: alerts that are new, deliveries that went, and that failed."""

    alerts: int
    sent: int
    failed: int


def once(
    store: Store, watching: Watching, met: Callable[[Iterator[Reading | Known | Issue]], Iterable[object]] = iter
) -> Outcome:
    """One round now: reads what is due, tells what has changed, delivers what waits. ``met`` sees all that is met on the way."""
    watch = store.watch()
    now = datetime.now(UTC)
    for _ in met(read_feeds(store, watch, watching.reader, watching.how, now)):
        pass
    new = tell(store, watch, watching.targets, now)
    return Outcome(new, *deliver(watch, watching.sending, datetime.now(UTC)))


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
    since = watch.alerted(name)
    if since is not None and any(s.number == since and s.moment == store.moment() for s in store.snapshots()):
        return 0  # without reading an account
    last = last_account(store, process)
    number = last.number
    if since == number:
        return 0
    if since is None:
        return watch.alert(name, number, (), ())
    before, after = told_since(store, since, last)
    return watch.alert(name, number, alerts(before, after, Told(name, number, instant(now))), targets)
