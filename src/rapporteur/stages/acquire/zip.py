"""Zip archives of reports. What an archive claims is checked before unpacking, and again while unpacking.

Refused as a whole: too many members, more bytes than the run may unpack, no zip at all. Refused one by one: names that
climb out (``../x``, ``/x``, ``C:\\x``), members that are encrypted, broken, larger than one input may be, or compressed
beyond all use of text (the limits stand in ``AcquireOptions``). Archives inside archives count against the same budget
and go ``max_depth`` deep.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import replace

from rapporteur.errors import InputError
from rapporteur.stages.acquire.base import Budget, Found, InputFormat, Item, Opening, issue

CHUNK = 1 << 16
RATIO_FROM = 1_000_000  # below one megabyte any ratio is harmless
HIDDEN = ("__MACOSX/",)
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError)


def _open(item: Item, opening: Opening) -> Found:
    if item.depth >= opening.options.max_depth:
        yield issue("zip-depth", item.place, f"archives nested more than {opening.options.max_depth} deep", "unpack it first")
        return
    try:
        archive = zipfile.ZipFile(io.BytesIO(item.data))
        members = sorted((m for m in archive.infolist() if not m.is_dir()), key=lambda m: m.filename)
    except BROKEN as error:
        yield issue("zip-broken", item.place, f"not a readable zip archive ({error})", "download it again")
        return
    with archive:
        refusal = _refusal(item, members, opening)
        if refusal:
            yield issue("zip-bomb", item.place, refusal, "unpack what you need of it yourself")
            return
        opening.budget.members_left -= len(members)
        for member in members:
            if not _hidden(member.filename):
                yield from _member(item, archive, member, opening)


def _refusal(item: Item, members: list[zipfile.ZipInfo], opening: Opening) -> str | None:
    """Why the archive is refused from what its directory says, before a byte of it is unpacked."""
    options, budget = opening.options, opening.budget
    if len(members) > budget.members_left:
        return f"holds {len(members):,} files, the limit is {options.max_members:,}"
    declared = sum(m.file_size for m in members)
    if declared > budget.bytes_left:
        return f"unpacks to {declared:,} bytes, the limit is {options.max_unpacked:,}"
    if declared > RATIO_FROM and declared > options.max_ratio * max(1, len(item.data)):
        return f"unpacks to {declared // max(1, len(item.data)):,} times its size, the limit is {options.max_ratio}"
    return None


def _member(item: Item, archive: zipfile.ZipFile, member: zipfile.ZipInfo, opening: Opening) -> Found:
    place = f"{item.place}/{member.filename}"
    if _climbs(member.filename):
        yield issue("zip-climbs", place, "its name leads out of the archive", "leave it out of the archive, or rename it")
        return
    try:
        data = _unpack(archive, member, place, opening)
    except InputError as error:
        yield issue(error.code, place, error.reason, error.advice)
        return
    except BROKEN as error:
        code = "zip-encrypted" if member.flag_bits & 1 else "zip-broken"
        yield issue(
            code, place, f"cannot be unpacked ({error})", "unpack it first" if member.flag_bits & 1 else "download it again"
        )
        return
    yield from opening.descend(replace(item.part(member.filename, data), named=False))


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, place: str, opening: Opening) -> bytes:
    """The bytes of one member; InputError as soon as it grows beyond a limit, whatever its header says."""
    options, budget = opening.options, opening.budget
    if member.file_size > options.max_bytes:
        raise InputError("too-large", place, f"{member.file_size:,} bytes, the limit is {options.max_bytes:,}", "split it")
    whole = io.BytesIO()
    with archive.open(member) as stream:
        while chunk := stream.read(CHUNK):
            _charge(budget, len(chunk), place)
            whole.write(chunk)
            size = whole.tell()
            if size > options.max_bytes:
                raise InputError("too-large", place, f"more than {options.max_bytes:,} bytes", "split it")
            if size > RATIO_FROM and size > options.max_ratio * max(1, member.compress_size):
                raise InputError("zip-bomb", place, f"unpacks to over {options.max_ratio} times its size", "unpack it yourself")
    return whole.getvalue()


def _charge(budget: Budget, size: int, place: str) -> None:
    budget.bytes_left -= size
    if budget.bytes_left < 0:
        raise InputError("zip-bomb", place, "the archive unpacks to more than the limit", "unpack what you need of it yourself")


def _climbs(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or parts[0] == "" or (len(parts[0]) == 2 and parts[0][1] == ":")


def _hidden(name: str) -> bool:
    return name.startswith(HIDDEN) or any(part.startswith(".") and part not in (".", "..") for part in name.split("/"))


ZIP = InputFormat(
    name="zip",
    suffixes=(".zip",),
    media_types=("application/zip", "application/x-zip-compressed"),
    recognises=lambda head: False,  # office files and books are zip archives as well; only the name tells what was meant
    open=_open,
)
