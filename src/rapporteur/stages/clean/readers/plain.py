"""Plain text and JSON Lines rows: kept character for character, the line ends and the byte order mark of files aside."""

from __future__ import annotations

from rapporteur.model.capture import Capture
from rapporteur.model.report import Issue
from rapporteur.stages.clean.encoding import Decoded, decode
from rapporteur.stages.clean.page import Page


def read_plain(capture: Capture) -> Page:
    """A text file."""
    decoded = decode(capture.data, capture.charset)
    return Page(text=decoded.text, url=capture.url, issues=damage(capture.place, decoded))


def read_row(capture: Capture) -> Page:
    """A row: what was given is taken as it is."""
    given = capture.given
    if given is None:  # rows are made with what they give; a capture made otherwise is read as the text it holds
        return read_plain(capture)
    return Page(
        text=given.text,
        title=given.title,
        outlet=given.outlet,
        published=given.published,
        basis="given",
        url=given.url or capture.url,
    )


def damage(place: str, decoded: Decoded) -> tuple[Issue, ...]:
    """An issue when characters could not be read."""
    if not decoded.damaged:
        return ()
    lost = decoded.text.count("\ufffd")
    message = f"{place}: {lost} characters cannot be read as {decoded.encoding}; save it as UTF-8"
    return (Issue("encoding", place, message),)
