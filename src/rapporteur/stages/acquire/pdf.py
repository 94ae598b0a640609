"""PDF files, recognised by their header (ISO 32000-1, 7.5.2), which readers accept anywhere in the first 1,024 bytes."""

from __future__ import annotations

from rapporteur.stages.acquire.base import Found, InputFormat, Item, Opening, issue


def _open(item: Item, opening: Opening) -> Found:
    if b"%PDF-" in item.data[:1024]:
        yield item.capture("application/pdf")
    else:
        yield issue("binary", item.place, "named as a PDF, but the file has no PDF header", "save or download it again")


PDF = InputFormat(
    name="pdf",
    suffixes=(".pdf",),
    media_types=("application/pdf",),
    recognises=lambda head: head.startswith(b"%PDF-"),
    open=_open,
)
