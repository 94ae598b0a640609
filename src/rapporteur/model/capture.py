"""Captures: the original bytes of one report at one place, before anything is read in them."""

from __future__ import annotations

import hashlib
from typing import Any

from msgspec import Struct

IDENT_DIGITS = 12  # 48 bits: about one chance in a million of a clash among 24,000 reports


class Given(Struct, frozen=True):
    """What a JSON Lines row says about its report. ``text`` is the report's text exactly as it was given."""

    text: str
    id: str | None = None
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    url: str | None = None


class Capture(Struct, frozen=True):
    """One text as it was found at one place, with the bytes it came in.

    ``place`` tells where it was found without saying where the folder lies: an address, a path relative to the folder that was
    named, a file's name, ``papers.zip/member.txt`` for a member of an archive. ``sha256`` is over ``data``, in hex.
    ``charset`` is what the carrier (an HTTP header) says about the encoding, when it says anything.
    """

    id: str
    place: str
    path: str | None
    url: str | None
    data: bytes
    media_type: str
    sha256: str
    given: Given | None = None
    charset: str | None = None


def content_hash(data: bytes) -> str:
    """SHA-256 of the bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


def capture_id(place: str, sha256: str) -> str:
    """Id of a report that was given none: the first 12 hex digits of SHA-256 over place, NUL, and the hash of the bytes."""
    return hashlib.sha256(f"{place}\0{sha256}".encode("utf-8", "surrogatepass")).hexdigest()[:IDENT_DIGITS]


def make_capture(place: str, data: bytes, media_type: str, **more: Any) -> Capture:
    """A capture of ``data`` at ``place``: hash and id are worked out; ``more`` are fields of Capture by name."""
    digest = content_hash(data)
    given = more.get("given")
    ident = given.id if given is not None and given.id else capture_id(place, digest)
    more.setdefault("path", None)
    more.setdefault("url", None)
    return Capture(id=ident, place=place, data=data, media_type=media_type, sha256=digest, **more)
