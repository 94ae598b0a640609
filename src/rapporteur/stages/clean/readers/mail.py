"""Mail messages through the standard library: the plain part, else the HTML part; headers are the metadata."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr, parsedate_to_datetime

import msgspec

from rapporteur.errors import InputError
from rapporteur.model.capture import Capture
from rapporteur.stages.clean.encoding import decode
from rapporteur.stages.clean.outlets import looks_like_outlet
from rapporteur.stages.clean.page import Page
from rapporteur.stages.clean.readers.plain import damage
from rapporteur.stages.clean.readers.web import read_web

SHORTEST_PLAIN = 40  # characters: shorter plain parts only say "this message is in HTML"


def read_mail(capture: Capture) -> Page:
    """The message's text with Subject as title, From as outlet or byline, Date as publication. InputError: not a message."""
    try:
        message = message_from_bytes(capture.data, policy=default)
        page = _body(message, capture)
        sender, _ = parseaddr(str(message.get("from", "")))
        title = str(message.get("subject", "")).strip() or None
        published = _date(str(message.get("date", "")))
    except (LookupError, ValueError, AttributeError, TypeError) as error:  # what the parser raises on broken headers
        raise InputError("mail-broken", capture.place, f"not a readable message ({error})", "save the message again") from error
    outlet = sender if sender and looks_like_outlet(sender) else None
    return msgspec.structs.replace(
        page,
        title=title or page.title,
        outlet=outlet or page.outlet,
        byline=(sender,) if sender and outlet is None else page.byline,
        published=published or page.published,
        url=capture.url or page.url,
    )


def _body(message: EmailMessage, capture: Capture) -> Page:
    plain, rich = message.get_body(("plain",)), message.get_body(("html",))
    if plain is not None:
        decoded = decode(_bytes(plain), plain.get_content_charset())
        if rich is None or len(decoded.text.strip()) >= SHORTEST_PLAIN:
            return Page(text=decoded.text, issues=damage(capture.place, decoded))
    if rich is not None:
        return read_web(msgspec.structs.replace(capture, data=_bytes(rich), charset=rich.get_content_charset()))
    return Page(text="")


def _bytes(part: object) -> bytes:
    payload = part.get_payload(decode=True)  # type: ignore[attr-defined]  # typeshed types parts of messages as bare Message
    return payload if isinstance(payload, bytes) else b""


def _date(header: str) -> str | None:
    try:
        return parsedate_to_datetime(header).isoformat(timespec="minutes")
    except (ValueError, TypeError, IndexError):
        return None
