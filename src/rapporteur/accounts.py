"""The accounts that a record keeps: the next and the last of a process, one of them made again, what changed between two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import msgspec

from rapporteur.errors import InputError
from rapporteur.model.account import Account
from rapporteur.model.process import FollowedProcess
from rapporteur.pipeline import Told, give_account
from rapporteur.stages.link import with_pins
from rapporteur.stages.reconcile.judged import Decided
from rapporteur.stages.write import ComposeOptions, render
from rapporteur.store.base import Moment, Snapshot, Store

LARGE = 500
"""Reports up to which an account is made at once and where it is asked for (500 take 6 s). In larger records nobody who adds
waits for it, and a process of its own makes it, or reads two of them to tell what changed."""
LONGEST_SECONDS = 3_600.0
"""For such a process: some tens of times what 20,000 reports take."""


def followed(store: Store, name: str | None = None) -> FollowedProcess | None:
    """The process that the record follows under ``name``; without one, the last that a file described; None: there is none."""
    kept = [p for p in store.processes() if (not p.only if name is None else p.name == name)]
    return kept[-1] if kept else None


def next_account(store: Store, options: ComposeOptions, process: FollowedProcess | None = None) -> tuple[Told, int]:
    """As ``give_account`` for a record that is kept: tells changes since the last account, and keeps this one.

    Returns it with its number. The last account is the last one of an earlier state of the record, with the same title
    and ``as_of``; asking again without anything new gives the same account and keeps nothing.
    """
    moment = store.moment()
    number = store.follow(process) if process is not None else None
    alike = _alike(store, Snapshot(options.title or "", options.as_of, None, moment, b"", 0, number))
    same = [s for s in alike if s.moment == moment and s.process == number]
    before = [s for s in alike if s.moment != moment]
    told = give_account(store, _since(store, options, before[-1] if before else None), moment, process)
    if same:
        return told, same[-1].number
    return told, store.keep(_snapshot(told, options, moment, number))


def _snapshot(told: Told, options: ComposeOptions, moment: Moment, process: int | None) -> Snapshot:
    content = render(told.account, told.readings, "json")
    return Snapshot(options.title or "", options.as_of, options.made_at, moment, content, process=process)


def _numbered(store: Store, number: int) -> Snapshot:
    """The account with this number; ``InputError`` when there is none."""
    snapshot = store.snapshot(number)
    if snapshot is None:
        raise InputError("no-account", f"@{number}", "the record holds no account with this number")
    return snapshot


def _process_of(store: Store, snapshot: Snapshot) -> FollowedProcess | None:
    """The process file that an account was made with."""
    return store.processes()[snapshot.process - 1] if snapshot.process else None


def _alike(store: Store, asked: Snapshot) -> list[Snapshot]:
    """The accounts that ``asked`` continues: with its title and ``as_of``, of the process of the same name."""
    process = _process_of(store, asked)
    return [s for s in _accounts_of(store, process.name if process else None) if (s.title, s.as_of) == (asked.title, asked.as_of)]


def _accounts_of(store: Store, name: str | None) -> list[Snapshot]:
    """The accounts of the process called ``name``, by whichever of its files; None: of the whole record."""
    names = [process.name for process in store.processes()]
    return [s for s in store.snapshots() if (names[s.process - 1] if s.process else None) == name]


def last_account(store: Store, process: FollowedProcess | None = None) -> Snapshot:
    """The last account of a ``process`` that the record follows, or (None) of the whole record, with its content; one is made and
    kept first, under the title of the one before, where none shows the record as it is now by the process file as it is now.

    ``InputError`` when the record holds no report.
    """
    moment = store.moment()
    if not moment.report:
        raise InputError("empty-record", "record", "holds no report", "read some into it first")
    processes, snapshots = store.processes(), _accounts_of(store, process.name if process else None)
    made = [s for s in snapshots if s.moment == moment and s.as_of is None]
    now = [s for s in made if (processes[s.process - 1] if s.process else None) == process]
    if not now:
        _, number = next_account(store, ComposeOptions(title=_last_title(snapshots)), process)
    found = store.snapshot(now[-1].number if now else number)
    assert found is not None, "its number was just given"
    return found


def renewed_account(store: Store, process: FollowedProcess | None = None) -> Snapshot:
    """As ``last_account``, made and kept whatever is kept already: for a record whose last account an older version made."""
    options = ComposeOptions(title=_last_title(_accounts_of(store, process.name if process else None)))
    moment = store.moment()
    told = give_account(store, options, moment, process)
    snapshot = _snapshot(told, options, moment, store.follow(process) if process is not None else None)
    return msgspec.structs.replace(snapshot, number=store.keep(snapshot))


def _last_title(snapshots: Sequence[Snapshot]) -> str | None:
    before = [s for s in snapshots if s.as_of is None]
    return (before[-1].title or None) if before else None


def changes_between(store: Store, since: int | str) -> tuple[Account, Told]:
    """An earlier account and the account of now that tells what has changed since: nothing is kept.

    ``since``: the number of an account of the record, or an ISO date, for the account of what was published until then.
    ``InputError`` when the record holds no such account.
    """
    if isinstance(since, int):
        snapshot = _numbered(store, since)
        process = _process_of(store, snapshot)
        before = msgspec.json.decode(snapshot.content, type=Account)
        title = snapshot.title or None
    else:
        process, title = followed(store), None
        before = give_account(store, ComposeOptions(as_of=since), process=process).account
    return before, give_account(store, ComposeOptions(title=title, previous=before), store.moment(), process)


def told_since(store: Store, since: int, last: Snapshot) -> tuple[Account, Account]:
    """The account numbered ``since`` and the ``last`` one of the record, with what has changed between the two. An account tells
    what has changed since the one before it: only where others lie between is it made again."""
    earlier = [s for s in _alike(store, last) if s.number < last.number and s.moment != last.moment]
    before = store.snapshot(since) if earlier and earlier[-1].number == since else None
    if before is None:
        account, told = changes_between(store, since)
        return account, told.account
    return msgspec.json.decode(before.content, type=Account), msgspec.json.decode(last.content, type=Account)


def told_again(store: Store, number: int) -> Told:
    """The account with this number as it was kept, with the readings it rests on; ``InputError`` when there is none."""
    snapshot = _numbered(store, number)
    account = msgspec.json.decode(snapshot.content, type=Account)
    shown = {report.id for report in account.reports}
    decided = Decided.of(store.judgements(snapshot.moment))
    readings, _ = decided.read([r for r in store.readings(snapshot.moment) if r.report.id in shown])
    drifts = [drift for finding in account.findings for drift in finding.drifts]
    return Told(account, with_pins(decided.without_rejected(readings), drifts))


def account_again(store: Store, number: int) -> Told:
    """The account with this number made again from the record as it stood then; ``InputError`` when there is none."""
    snapshot = _numbered(store, number)
    alike = [s for s in _alike(store, snapshot) if s.number < number and s.moment != snapshot.moment]
    options = ComposeOptions(title=snapshot.title or None, as_of=snapshot.as_of, made_at=snapshot.made_at)
    process = _process_of(store, snapshot)
    return give_account(store, _since(store, options, alike[-1] if alike else None), snapshot.moment, process)


def _since(store: Store, options: ComposeOptions, last: Snapshot | None) -> ComposeOptions:
    snapshot = store.snapshot(last.number) if last else None
    if snapshot is None:
        return options
    try:
        return replace(options, previous=msgspec.json.decode(snapshot.content, type=Account))
    except msgspec.ValidationError:  # an older version made it: what has changed since cannot be told
        return options
