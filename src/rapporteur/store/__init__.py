"""The record: one contract (``base``) and the stores that keep it. The table below is the registry."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import cast

from rapporteur.errors import StoreError
from rapporteur.store.base import Store

STORES = {
    "memory": "rapporteur.store.memory",
    "sqlite": "rapporteur.store.sqlite",
    "postgresql": "rapporteur.store.postgres",
}
"""Scheme of an address -> module with ``open_store``. Loaded on demand, because SQLAlchemy takes 0.3 s to import."""


def open_store(address: str | Path | None, *, create: bool = True) -> Store:
    """The record at ``address``: a file's path (SQLite), ``scheme://...``, or None for one that is not kept.

    ``StoreError`` when it is damaged, of a newer version, of an unknown scheme or, without ``create``, not there.
    """
    if address is None:
        address = "memory://"
    scheme, separator, _ = str(address).partition("://")
    if not separator:
        scheme, address = "sqlite", f"sqlite://{address}"
    if scheme not in STORES:
        raise StoreError(f"{address}: no store for {scheme}://; known: {', '.join(sorted(STORES))}")
    return cast(Store, import_module(STORES[scheme]).open_store(str(address), create=create))
