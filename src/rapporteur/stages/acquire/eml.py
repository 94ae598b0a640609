"""Saved mail messages (.eml, RFC 5322), as newsletters and communiques arrive."""

from __future__ import annotations

import re

from rapporteur.stages.acquire.base import Found, InputFormat, Item, Opening, issue
from rapporteur.stages.acquire.text import looks_like_text

# Two header lines of a message at the very start, one of them a name that no report opens with.
_START = re.compile(
    rb"(?:[A-Za-z][A-Za-z-]{1,40}:[^\n]{0,1000}\n(?:[ \t][^\n]{0,1000}\n){0,20}){0,40}"
    rb"(?:Return-Path|Received|Message-ID|MIME-Version|Delivered-To|DKIM-Signature|Content-Transfer-Encoding):",
    re.I,
)


def _open(item: Item, opening: Opening) -> Found:
    if looks_like_text(item.data):
        yield item.capture("message/rfc822")
    else:
        yield issue("binary", item.place, "named as a mail message, but the bytes are not text", "save the message again")


EML = InputFormat(
    name="eml",
    suffixes=(".eml",),
    media_types=("message/rfc822",),
    recognises=lambda head: _START.match(head) is not None,
    open=_open,
)
