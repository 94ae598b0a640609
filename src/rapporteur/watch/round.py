"""One round of watching a record: poll, read, link, tell what of the followed facts has changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from rapporteur.accounts import last_account, told_since
from rapporteur.model.account import Account
from rapporteur.model.claims import report_of
from rapporteur.model.process import FollowedProcess
from rapporteur.model.reading import Reading
from rapporteur.model.report import Issue
from rapporteur.pipeline import Known, Reader, take
from rapporteur.settings import Alerts
from rapporteur.stages.link import with_pins
from rapporteur.stages.reconcile.judged import Decided
from rapporteur.stages.write.passages import Passages
from rapporteur.store.base import Store
from rapporteur.team.groups import hidden_from
from rapporteur.team.view import View, unlogged
from rapporteur.watch.alerts import Told, alerts
from rapporteur.watch.base import WatchStore
from rapporteur.watch.deliver import Sending, check
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


def read_feeds(
    store: Store, reader: Reader, how: Round, now: datetime, site: str | None = None
) -> Iterator[Reading | Known | Issue]:
    """Reads what the feeds (of ``site``, or all) that are due bring, into the record; yields what it meets."""
    watch = store.watch()
    for batch in poll(watch, how, now, site):
        yield from take(batch.reports, store, reader)
        through(watch, batch)


def untold(store: Store, watch: WatchStore) -> list[FollowedProcess | None]:
    """The followed processes (without a process file: the record) of which not all that the record holds was told; no account is
    read to find out."""
    moment = store.moment()
    if not moment.report:
        return []
    latest = {process.name: process for process in store.processes()}
    at = {snapshot.number: snapshot.moment for snapshot in store.snapshots()}
    return [process for process in latest.values() or (None,) if at.get(watch.alerted(_name(process)) or 0) != moment]


def tell(store: Store, watch: WatchStore, targets: Sequence[str], now: datetime) -> int:
    """Compares what is ``untold`` with what was last told of it, and keeps the alerts; returns how many are new. Those about
    nothing private have a delivery to each of ``targets``. The first time there is nothing to compare with: the account of then
    is where alerts begin."""
    return sum(_tell(store, watch, (process, targets), now) for process in untold(store, watch))


def _tell(store: Store, watch: WatchStore, what: tuple[FollowedProcess | None, Sequence[str]], now: datetime) -> int:
    process, targets = what
    name = _name(process)
    since, last = watch.alerted(name), last_account(store, process)
    if since == last.number:
        return 0
    if since is None:
        return watch.alert(name, last.number, (), ())
    before, after = told_since(store, since, last)
    made = alerts(before, after, Told(name, last.number, instant(now)), partial(_passages, store, after))
    # Who reads a webhook or a mailbox is not known, so that nothing private leaves. First what stays, with ``alerted`` where it
    # was: a run that breaks off here tells the rest the next time.
    outside = View(store, "", hidden_from(None, store.team()), unlogged)
    private = [alert for alert in made if outside.hides(alert)]
    kept = watch.alert(name, since, private, ()) if private else 0
    return kept + watch.alert(name, last.number, [alert for alert in made if not outside.hides(alert)], targets)


def _passages(store: Store, account: Account, claims: Iterable[str]) -> Passages:
    """The passages of some claims, as people corrected them."""
    found = store.some_readings(sorted({report_of(claim) for claim in claims}))
    readings, _ = Decided.of(store.judgements()).read(tuple(found.values()))
    drifts = [drift for finding in account.findings for drift in finding.drifts if report_of(drift.target) in found]
    placed = [report.placed for report in account.reports if report.id in found and report.placed]
    return Passages(with_pins(readings, drifts), placed)


def _name(process: FollowedProcess | None) -> str:
    return process.name if process else ""
