"""One report at one place is one report: what this run has already yielded."""

from __future__ import annotations

from pathlib import PurePath
from typing import NamedTuple

import msgspec

from rapporteur.model.capture import Capture, capture_id, content_hash
from rapporteur.model.report import Issue
from rapporteur.stages.acquire.base import issue


class _Known(NamedTuple):
    location: str
    digest: str


class Seen:
    """Reports by id, with where each lies and a hash of what it says (some 200 bytes per report)."""

    def __init__(self) -> None:
        self._known: dict[str, _Known] = {}

    def once(self, capture: Capture, location: str) -> Capture | Issue | None:
        """The capture if it is new, None for a repeat, an Issue when its given id already belongs to another text.

        A file that has name and content of one that lies elsewhere is a report at a second place: its place is told apart by the
        names of the folders above it.
        """
        if capture.given is not None and capture.given.id:
            return self._by_given_id(capture, capture.given.text, location)
        folders = list(PurePath(location.removesuffix(capture.place)).parts)
        while (before := self._known.get(capture.id)) is not None:
            if before.location == location or not folders:
                return None
            place = f"{folders.pop()}/{capture.place}"
            capture = msgspec.structs.replace(capture, place=place, path=place, id=capture_id(place, capture.sha256))
        self._known[capture.id] = _Known(location, capture.sha256)
        return capture

    def _by_given_id(self, capture: Capture, text: str, location: str) -> Capture | Issue | None:
        digest = content_hash(text.encode("utf-8", "surrogatepass"))
        before = self._known.get(capture.id)
        if before is None:
            self._known[capture.id] = _Known(location, digest)
            return capture
        if before.digest == digest:
            return None
        reason = f'the id "{capture.id}" already belongs to a report with another text'
        return issue("duplicate-id", capture.place, reason, "give each report an id of its own")
