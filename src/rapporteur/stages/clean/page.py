"""What a reader hands over: the text of a capture and what its carrier says about it (page metadata, mail headers, a
row's fields).
"""

from __future__ import annotations

from msgspec import Struct

from rapporteur.model.report import Basis, Issue


class Link(Struct, frozen=True):
    """A link that stood in the body of a page: its words and its address."""

    words: str
    address: str


class Page(Struct, frozen=True):
    """The text of one capture, line ends made \\n, and its carrier's metadata as found (not yet understood).

    ``basis`` says whose word ``published`` is: the page's own metadata or the person's who gave it.
    """

    text: str
    title: str | None = None
    outlet: str | None = None
    byline: tuple[str, ...] = ()
    published: str | None = None
    basis: Basis = "metadata"
    url: str | None = None
    canonical: str | None = None
    language: str | None = None
    links: tuple[Link, ...] = ()
    issues: tuple[Issue, ...] = ()
