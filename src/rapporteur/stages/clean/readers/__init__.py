"""Readers: one per media type, from a capture's bytes to a page's text. Add one: a module with a function and one line here."""

from __future__ import annotations

from collections.abc import Callable

from rapporteur.model.capture import Capture
from rapporteur.stages.clean.page import Page
from rapporteur.stages.clean.readers.mail import read_mail
from rapporteur.stages.clean.readers.pdf import read_pdf
from rapporteur.stages.clean.readers.plain import read_plain, read_row
from rapporteur.stages.clean.readers.web import read_web

READERS: dict[str, Callable[[Capture], Page]] = {
    "text/plain": read_plain,
    "application/json": read_row,
    "text/html": read_web,
    "application/pdf": read_pdf,
    "message/rfc822": read_mail,
}
