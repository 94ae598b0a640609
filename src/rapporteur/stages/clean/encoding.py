"""Bytes to text: byte order marks, what the carrier says, UTF-8, and only then a guess (charset-normalizer)."""

from __future__ import annotations

import codecs
from typing import NamedTuple

from charset_normalizer import from_bytes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
GUESS_FROM = 65_536  # bytes: more does not change the guess, and guessing costs about 1 ms per 10 KB


class Decoded(NamedTuple):
    """Text, the encoding it was read in, and whether characters were lost on the way."""

    text: str
    encoding: str
    damaged: bool


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of ``data``, line ends made \\n and the byte order mark removed; never fails: what cannot be read becomes
    U+FFFD.
    """
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], marked)
    if b"\0" in data[:4096]:  # UTF-16 without a mark; Latin letters have their NUL second when it is little-endian
        return _decoded(data, "utf-16-be" if data[0] == 0 else "utf-16-le")
    candidates: tuple[str | None, ...] = ("utf-8", declared)
    for encoding in candidates:
        if encoding is not None and (text := _try(data, encoding)) is not None:
            return Decoded(unify_line_ends(text), encoding, damaged=False)
    return _decoded(data, _guess(data))


def unify_line_ends(text: str) -> str:
    """\\r\\n and \\r become \\n."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None


def _decoded(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    return Decoded(unify_line_ends(text), encoding, damaged="\ufffd" in text)


def _guess(data: bytes) -> str:
    """The likeliest encoding; Windows-1252 for what has no likely one: it maps nearly all bytes and is the commonest in
    old pages.
    """
    best = from_bytes(data[:GUESS_FROM]).best()
    return best.encoding if best is not None else "cp1252"
