"""Accounts made anew, for all who see different parts of the record. That of a large record takes tens of seconds of processor:
it is made in a process of its own, so that neither pages nor reports that come meanwhile wait for it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from rapporteur.desk.adding import SOON
from rapporteur.desk.record import Record, Standings
from rapporteur.desk.viewer import Viewer
from rapporteur.engine import Job, Processes
from rapporteur.errors import StoreError
from rapporteur.store import open_store
from rapporteur.store.base import Store
from rapporteur.team.groups import audiences_of
from rapporteur.team.view import View

LONGEST_SECONDS = 3_600.0
"""For one making: some tens of times what 20,000 reports take."""


def make_accounts(store: Store, address: str, standings: Standings) -> None:
    """Makes and keeps the accounts of the record that ``store`` holds, which is found at ``address``, where anything has come
    since the last, and reads them into ``standings``. ``StoreError`` when the record cannot be written."""
    moment = store.moment()
    if moment.report > SOON and all(snapshot.moment != moment for snapshot in store.snapshots()):
        made = Processes(1, LONGEST_SECONDS).map(Job(partial(_prepare, address), _lost), [None])
        for problem in filter(None, made):
            raise StoreError(f"{address}: no account could be made ({problem}); it is tried again when somebody looks")
    _make(store, standings)


def _make(store: Store, standings: Standings) -> None:
    for hidden in audiences_of(store.team()):
        server = Viewer("rapporteur", "admin", hidden)
        seen = store if hidden is None else View(store, server.who, hidden, _unlogged)
        Record(seen, standings).refreshed(server)


def _unlogged(what: str, subject: str, detail: str) -> None:
    """An account is no deed of a person."""


def _prepare(address: str) -> Callable[[None], str | None]:
    return partial(_made, address)


def _made(address: str, nothing: None) -> str | None:
    with open_store(address, create=False) as store:
        _make(store, Standings())
    return None


def _lost(nothing: None, reason: str) -> str | None:
    return reason
