"""Work that is accepted now and done later: the contract (``base``) and its queues.

The table below is the registry of queues, by the scheme of the record's address.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, cast

from rapporteur.errors import StoreError
from rapporteur.jobs.base import HopelessError, Job, Queue, Task
from rapporteur.store.base import Store
from rapporteur.store.sql import SqlStore

QUEUES = {
    "sqlite": ("rapporteur.jobs.sql", "SqlQueue"),
    "postgresql": ("rapporteur.jobs.postgres", "PostgresQueue"),
}
"""Loaded on demand: procrastinate is there with ``rapporteur[team]`` only."""

__all__ = ["QUEUES", "HopelessError", "Job", "Queue", "Task", "queue_of"]


def queue_of(store: Store, **settings: Any) -> Queue:
    """The jobs of the record ``store`` (``settings``: see ``SqlQueue``); ``StoreError`` for a record that is not kept."""
    if not isinstance(store, SqlStore):
        raise StoreError("record: jobs need a record that is kept; name one with --record")
    module, name = QUEUES[store.scheme]
    return cast(Queue, getattr(import_module(module), name)(store, **settings))
