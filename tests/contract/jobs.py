"""Jobs for the engine suite: at module level, because workers import them by name."""

from __future__ import annotations

import hashlib
import os
import signal
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from rapporteur.errors import ConfigurationError


def digest(item: bytes) -> bytes:
    """A result as large as a reading, and other for every item."""
    time.sleep(0.001 * (item[0] % 7 if item else 0))
    return hashlib.sha256(item).digest() * 4_000


def prepare_digest() -> Callable[[bytes], bytes]:
    return digest


def _counting(item: int, prepared: int) -> tuple[int, int, int]:
    return item, os.getpid(), prepared


def prepare_counting(folder: Path) -> Callable[[int], tuple[int, int, int]]:
    (folder / f"{os.getpid()}-{time.monotonic_ns()}").touch()
    return partial(_counting, prepared=1)


def _poison(item: str, folder: Path) -> str:
    if item == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if item == "kill once" and not (folder / "killed").exists():
        (folder / "killed").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if item == "exit":
        os._exit(7)
    if item == "hang":
        time.sleep(3_600)
    if item == "raise":
        raise ValueError("a fault of the work")
    return item.upper()


def prepare_poison(folder: Path) -> Callable[[str], str]:
    return partial(_poison, folder=folder)


def prepare_nothing() -> Callable[[str], str]:
    raise ConfigurationError("model.bin: no such file; install it")


def lost(item: object, reason: str) -> str:
    return f"lost {item}: {reason}"
