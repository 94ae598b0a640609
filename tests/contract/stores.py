"""The stores that the contract suite runs over. A new store is one entry here."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path

from rapporteur.store import open_store
from rapporteur.store.base import Store
from rapporteur.store.memory import MemoryStore
from rapporteur.store.sqlite import SqliteStore
from tests import postgres

STORES: dict[str, Callable[[Path], Store]] = {
    "memory": lambda folder: MemoryStore(),
    "sqlite": lambda folder: SqliteStore(folder / "record.rapporteur"),
    "postgresql": lambda folder: open_store(postgres.database(f"test_{zlib.crc32(str(folder).encode())}")),
}
"""Name -> a function that opens a new, empty record, given a folder of its own."""

LASTING: dict[str, Callable[[Path], Store]] = {name: make for name, make in STORES.items() if name != "memory"}
"""Those that can be closed and opened again with the same function."""
