"""The registry of input formats. A new format is one module with an ``InputFormat`` and one line here."""

from __future__ import annotations

from pathlib import PurePosixPath

from rapporteur.stages.acquire.base import InputFormat, Item
from rapporteur.stages.acquire.eml import EML
from rapporteur.stages.acquire.html import HTML
from rapporteur.stages.acquire.jsonl import JSONL
from rapporteur.stages.acquire.pdf import PDF
from rapporteur.stages.acquire.text import SAMPLE, TEXT, looks_like_text
from rapporteur.stages.acquire.zip import ZIP

# Order matters for what the bytes show: the first format that recognises them opens them.
FORMATS: tuple[InputFormat, ...] = (PDF, HTML, EML, JSONL, ZIP, TEXT)

_BY_SUFFIX = {suffix: known for known in FORMATS for suffix in known.suffixes}
_BY_MEDIA_TYPE = {media_type: known for known in FORMATS for media_type in known.media_types}


def suffix(place: str) -> str:
    """The last suffix of a path or of the path of an address, in lower case, with its dot."""
    return PurePosixPath(place.partition("?")[0]).suffix.lower()


def has_known_suffix(place: str) -> bool:
    """Whether the name alone says that this is an input."""
    return suffix(place) in _BY_SUFFIX


def recognise(item: Item) -> InputFormat | None:
    """The format of some bytes: what they show beyond doubt, then what the carrier or the name says, then text if named.
    None: unknown.
    """
    head = item.data[:SAMPLE]
    for known in FORMATS:
        if known.recognises(head):
            return known
    if item.media_type in _BY_MEDIA_TYPE:
        return _BY_MEDIA_TYPE[item.media_type]
    by_name = _BY_SUFFIX.get(suffix(item.place))
    if by_name is not None:
        return by_name
    return TEXT if item.named and looks_like_text(head) else None
