"""Lists of feeds: OPML 2.0 (http://opml.org/spec2.opml), as every feed reader exports them."""

from __future__ import annotations

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from rapporteur.errors import InputError


def addresses(data: bytes, source: str) -> list[str]:
    """The ``xmlUrl`` of every outline at any depth, each once, in their order. ``InputError``: no OPML, or no feed in it."""
    try:
        root = ElementTree.fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise InputError("opml", source, f"declares entities or a document type ({error})", "export it again") from error
    except ElementTree.ParseError as error:
        raise InputError("opml", source, f"is no well-formed XML ({error})", "export it again as OPML") from error
    if root.tag.lower() != "opml":
        raise InputError("opml", source, f"is a <{root.tag}>, no OPML", "name feeds by address, or export a list as OPML")
    found = [value for outline in root.iter() for key, value in outline.attrib.items() if key.lower() == "xmlurl"]
    if not found:
        raise InputError("opml", source, "lists no feed", "export it again with the feeds in it")
    return list(dict.fromkeys(address.strip() for address in found))
