"""Where inputs lie: paths, folders, patterns, and addresses of object stores, all through fsspec.

An object store that does not answer must not hold up the rest: every call has a deadline, kept by waiting for it in a thread of
its own, because not every file system of fsspec can be given one.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar, cast

import aiohttp
import fsspec
from fsspec.core import url_to_fs

from rapporteur.bulk.base import Limits, Listed
from rapporteur.errors import InputError
from rapporteur.model.report import Issue

T = TypeVar("T")

BLOCK = 1 << 20


def listed(given: str, suffixes: tuple[str, ...], limits: Limits) -> Iterator[Listed | Issue]:
    """The files that ``given`` (a path, folder, pattern or address) stands for, in the order of their names.

    Of a folder all files with one of ``suffixes``; a file that is named is taken as it is. One Issue when there is none.
    """
    try:
        found = within(limits.answer, given, lambda: _found(given, suffixes, limits))
    except InputError as error:
        yield Issue(error.code, given, str(error))
        return
    if not found:
        yield Issue("no-input", given, f"{given}: no {', '.join(suffixes)} was found there; check the path or pattern")
    yield from found


def _found(given: str, suffixes: tuple[str, ...], limits: Limits) -> list[Listed]:
    system, path = url_to_fs(given, **_options(given, limits))
    local = "file" in _protocols(system)
    if any(c in path for c in "*?[") and not (local and Path(path).exists()):
        names = sorted(n for n in map(str, system.glob(path)) if not system.isdir(n) and not n.rpartition("/")[2].startswith("."))
        fixed = path[: min(path.find(c) for c in "*?[" if c in path)].rpartition("/")[0]
    # To tell whether an address is a folder, some file systems fetch it; what is named like a file is taken for one.
    elif (local or not path.partition("?")[0].lower().endswith(suffixes)) and system.isdir(path):
        below = system.find(path)
        names = sorted(n for n in map(str, below) if n.lower().endswith(suffixes) and not _hidden(n[len(path) :]))
        fixed = path
    else:
        names, fixed = [path], path.rpartition("/")[0]
        system.info(path)
    return [_as_listed(system, name, fixed, local=local) for name in names]


def _as_listed(system: Any, name: str, fixed: str, *, local: bool) -> Listed:
    size = system.info(name).get("size")
    address = name if local else system.unstrip_protocol(name)
    place = name.removeprefix(fixed).lstrip("/") if local else address
    return Listed(address, place, int(size) if size is not None else None)


def opened(file: Listed, limits: Limits) -> io.BufferedReader:
    """The bytes of a file from its beginning, seekable; ``InputError`` when it cannot be opened, ``OSError`` while it is read."""
    try:
        options = _options(file.address, limits)
        handle = within(limits.answer, file.place, lambda: fsspec.open(file.address, "rb", **options).open())
        size = handle.seek(0, io.SEEK_END)
        handle.seek(0)
    except OSError as error:
        raise InputError("unreadable", file.place, _reason(error), "check the path and its permissions") from error
    if file.size is not None and size != file.size:
        raise InputError("changed", file.place, "is no longer as large as when the run began", "begin another run")
    # A raw file of fsspec reads line by line in Python; the buffered reader does it in C, and bounds a line.
    return handle if isinstance(handle, io.BufferedReader) else io.BufferedReader(cast(Any, handle), BLOCK)


def within(seconds: float, place: str, call: Callable[[], T]) -> T:
    """What ``call`` returns; ``InputError`` when it fails or has not answered after ``seconds``."""
    box: list[T] = []
    failed: list[Exception] = []

    def run() -> None:
        try:
            box.append(call())
        except Exception as error:  # whatever a file system raises is told of the input, and ends nothing else
            failed.append(error)

    thread = Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if box:
        return box[0]
    if failed:
        raise InputError("unreadable", place, _reason(failed[0]), "check the path and its permissions")
    raise InputError("no-answer", place, f"does not answer within {seconds:g} s", "check the address, or copy it to a folder")


def _options(address: str, limits: Limits) -> dict[str, Any]:
    """Time limits as the file systems that know any want to be told."""
    scheme = address.partition("://")[0]
    if scheme in ("http", "https"):
        waits = aiohttp.ClientTimeout(total=None, sock_connect=limits.answer, sock_read=limits.answer)
        return {"client_kwargs": {"timeout": waits}}
    if scheme in ("s3", "s3a"):
        retries = {"connect_timeout": limits.answer, "read_timeout": limits.answer, "retries": {"max_attempts": 1}}
        return {"config_kwargs": retries}
    return {}


def _protocols(system: Any) -> tuple[str, ...]:
    protocol = system.protocol
    return (protocol,) if isinstance(protocol, str) else tuple(protocol)


def _hidden(below: str) -> bool:
    return any(part.startswith(".") for part in below.split("/") if part)


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return " ".join(str(error).split()) or type(error).__name__
