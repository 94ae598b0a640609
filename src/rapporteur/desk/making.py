"""Accounts made anew, for all who see different parts of the record. That of a large record takes tens of seconds of processor:
it is made in a process of its own, so that neither pages nor reports that come meanwhile wait for it.
"""

from __future__ import annotations

from threading import Event

from rapporteur.accounts import LARGE, LONGEST_SECONDS
from rapporteur.desk.record import Record, Standings
from rapporteur.desk.viewer import Viewer
from rapporteur.engine import elsewhere
from rapporteur.store import open_store
from rapporteur.store.base import Store
from rapporteur.team.groups import audiences_of
from rapporteur.team.view import View, unlogged


def make_accounts(store: Store, address: str, standings: Standings, stop: Event) -> None:
    """Makes and keeps the accounts of the record that ``store`` holds, which is found at ``address``, where anything has come
    since the last, and reads them into ``standings``. ``StoreError`` when the record cannot be written; ``WorkerError`` when a
    process that makes them is ended by ``stop``."""
    moment = store.moment()
    if moment.report > LARGE and all(snapshot.moment != moment for snapshot in store.snapshots()):
        elsewhere(_made, address, LONGEST_SECONDS, stop)
    _make(store, standings)


def _make(store: Store, standings: Standings) -> None:
    for hidden in audiences_of(store.team()):
        server = Viewer("rapporteur", "admin", hidden)
        seen = store if hidden is None else View(store, server.who, hidden, unlogged)
        Record(seen, standings).refreshed(server)


def _made(address: str) -> None:
    with open_store(address, create=False) as store:
        _make(store, Standings())
