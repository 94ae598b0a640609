"""Plain text: .txt, .text, .md, and any file whose bytes are text and nothing else."""

from __future__ import annotations

import codecs

from rapporteur.stages.acquire.base import Found, InputFormat, Item, Opening, issue

MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
# Control characters that stand in real text: tab, line feed, form feed, carriage return, escape (old terminals, ISO 2022).
CONTROLS = bytes(sorted(set(range(32)) - {9, 10, 12, 13, 27}))
MAX_CONTROL_SHARE = 0.02  # a page copied out of a terminal has some; a program or an image has tens of percent
SAMPLE = 4096


def looks_like_text(data: bytes) -> bool:
    """Whether the first bytes are text in some encoding: no NUL (but in UTF-16 and 32) and hardly a control character."""
    head = data[:SAMPLE]
    if head.startswith(MARKS):
        return True
    if b"\0" in head:
        return _utf16_without_mark(head)
    controls = len(head) - len(head.translate(None, CONTROLS))
    return controls <= MAX_CONTROL_SHARE * len(head)


def _utf16_without_mark(head: bytes) -> bool:
    """Latin text in UTF-16 has its NULs all on one side of each pair."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    most, least = max(even, odd), min(even, odd)
    return most > 0.7 * (len(head) // 2) and least == 0


def _open(item: Item, opening: Opening) -> Found:
    if looks_like_text(item.data):
        yield item.capture("text/plain")
    else:
        yield issue(
            "binary", item.place, "the bytes are not text in any encoding", "save the report as text, HTML or PDF and try again"
        )


TEXT = InputFormat(
    name="text",
    suffixes=(".txt", ".text", ".md"),
    media_types=("text/plain", "text/markdown"),
    recognises=lambda head: False,  # text is what is left when nothing else is recognised
    open=_open,
)
