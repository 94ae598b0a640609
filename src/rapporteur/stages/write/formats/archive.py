"""Zip archives that are the same bytes whenever they are made: entries in the order given, no time of making."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip entry can bear."""


def packed(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip archive of (name, content) pairs."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in files:
            entry = ZipInfo(name, EPOCH)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return out.getvalue()


def timeless(archive: bytes) -> bytes:
    """``archive`` packed again without the times of its entries, in their order."""
    with ZipFile(BytesIO(archive)) as packed_before:
        return packed((name, packed_before.read(name)) for name in packed_before.namelist())
