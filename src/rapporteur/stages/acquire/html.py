"""Saved web pages: .html, .htm, .xhtml, and whatever begins as HTML does."""

from __future__ import annotations

import re

from rapporteur.stages.acquire.base import Found, InputFormat, Item, Opening, issue
from rapporteur.stages.acquire.text import looks_like_text

# A page opens with a doctype or the root element, after a byte order mark, an XML declaration or comments ("saved from url").
_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,500}-->\s*)?<(?:!doctype\s+html|html)[\s>]", re.I
)


def _open(item: Item, opening: Opening) -> Found:
    if looks_like_text(item.data):
        yield item.capture("text/html")
    else:
        yield issue("binary", item.place, "named as a web page, but the bytes are not text", "save the page again")


HTML = InputFormat(
    name="html",
    suffixes=(".html", ".htm", ".xhtml"),
    media_types=("text/html", "application/xhtml+xml"),
    recognises=lambda head: _START.match(head) is not None,
    open=_open,
)
