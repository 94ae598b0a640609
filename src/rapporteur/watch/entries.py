"""Entries of a feed (RSS 0.9x to 2.0, RDF, Atom; feedparser), each with the address of its report."""

from __future__ import annotations

import html
import io
from calendar import timegm
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler

import feedparser
from defusedxml.common import DefusedXmlException
from defusedxml.sax import parseString
from msgspec import Struct

from rapporteur.errors import InputError
from rapporteur.model.capture import Capture, make_capture

LEAST_CONTENT = 600
"""Characters of an entry's own text from which it can stand for the page: below that it is a teaser."""


class Entry(Struct, frozen=True):
    """One entry: ``id`` tells it apart within its feed, ``link`` leads to the report; ``content`` is its own HTML, often a
    teaser."""

    id: str
    link: str
    title: str | None
    published: str | None
    content: str


def entries(data: bytes, address: str, headers: Mapping[str, str]) -> tuple[str | None, list[Entry]]:
    """Title and entries of the feed that ``address`` answered with; entries without an http(s) link are passed over.

    ``InputError``: entities are declared (never expanded here), or it is no feed.
    """
    _refuse_entities(data, address)
    known = {"content-type": headers.get("content-type", ""), "content-location": address}
    parsed: Any = feedparser.parse(io.BytesIO(data), response_headers=known)
    if not parsed.get("version"):
        raise InputError("feed", address, "is no RSS or Atom feed", "give the address of the feed, not of the page")
    found = [entry for raw in parsed.entries if (entry := _entry(raw)) is not None]
    return parsed.feed.get("title") or None, list({entry.id: entry for entry in found}.values())


def _refuse_entities(data: bytes, address: str) -> None:
    try:
        parseString(data, ContentHandler(), forbid_dtd=False, forbid_entities=True)
    except DefusedXmlException as error:
        raise InputError("feed", address, "declares entities of its own, which are not expanded", "ask its publisher") from error
    except (SAXParseException, ValueError, LookupError):
        return  # not well-formed: feedparser knows how to read much of that, without expanding anything


def _entry(raw: Any) -> Entry | None:
    link = str(raw.get("link") or "").strip()
    if not link.lower().startswith(("http://", "https://")):
        return None
    content = max((str(c.get("value") or "") for c in raw.get("content") or ()), key=len, default="")
    moment = raw.get("published_parsed") or raw.get("updated_parsed")
    published = datetime.fromtimestamp(timegm(moment), UTC).isoformat().replace("+00:00", "Z") if moment else None
    return Entry(str(raw.get("id") or link), link, raw.get("title") or None, published, content or str(raw.get("summary") or ""))


def own_text(entry: Entry) -> Capture | None:
    """The entry's own text as a page at its link, for a report that cannot be fetched; None when it is a teaser.

    Title and date, which the feed tells apart from the text, are put where a page has them.
    """
    if len(entry.content) < LEAST_CONTENT:
        return None
    title = html.escape(entry.title or "")
    meta = f'<meta property="article:published_time" content="{html.escape(entry.published)}">' if entry.published else ""
    head = f'<head><meta charset="utf-8"><title>{title}</title>{meta}</head>'
    page = f"<html>{head}<body><article><h1>{title}</h1>{entry.content}</article></body></html>"
    return make_capture(entry.link, page.encode(), "text/html", url=entry.link)
