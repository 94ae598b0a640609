"""Web pages: the main text through trafilatura (fast mode), paragraphs kept apart; the head's own word on title, date
and address.

Trafilatura: Barbaresi, ACL 2021 demos, https://aclanthology.org/2021.acl-demo.15/.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin

from lxml import etree, html
from trafilatura import bare_extraction

from rapporteur.model.capture import Capture
from rapporteur.stages.clean.encoding import decode
from rapporteur.stages.clean.page import Link, Page
from rapporteur.stages.clean.readers.plain import damage

_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{1,40})""", re.I)
# Browsers write where a page was saved from: "<!-- saved from url=(0030)https://... -->" (Windows), "Page saved from"
# (SingleFile).
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)|^\s*url:\s+(https?://\S+)", re.I | re.M)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>", re.I)
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
BLOCKS = {"p", "head", "quote", "item", "code", "row", "cell", "dd", "dt"}
SKIPPED = {
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "iframe",
    "form",
    "nav",
    "footer",
    "header",
    "aside",
    "button",
    "select",
}
PARAGRAPHS = {
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "blockquote",
    "pre",
    "dd",
    "td",
    "div",
    "section",
    "article",
    "br",
    "tr",
}
MAX_LINKS = 500  # each is looked for in the text; pages of reports have some hundred
SHORTEST_MAIN = 250  # characters: below this trafilatura has found no main text (its own limit) and strings words together
MAX_DEPTH_BYTES = 20_000_000  # an HTML tree takes some ten times the room of its bytes


def read_web(capture: Capture) -> Page:
    """The page's text and metadata; the text is empty when the page has none."""
    declared = _META_CHARSET.search(capture.data[:4096])
    decoded = decode(capture.data[:MAX_DEPTH_BYTES], capture.charset or (declared[1].decode("ascii") if declared else None))
    source = _DECLARATION.sub("", decoded.text.replace("\0", ""))
    tree = _parse(source)
    if tree is None:
        return Page(text="", url=capture.url)
    address = capture.url or _saved_from(source)
    found = _extract(source)
    text = _main_text(found.body) if found is not None and found.body is not None else ""
    head = _Head(tree)
    return Page(
        text=text if len(text) >= SHORTEST_MAIN else _all_text(tree) or text,
        title=head.meta("og:title") or (found.title if found else None) or head.title(),
        outlet=head.meta("og:site_name") or (found.sitename if found else None),
        byline=tuple(name.strip() for name in ((found.author if found else None) or "").split(";") if name.strip()),
        published=head.published() or (found.date if found else None),
        url=address or head.meta("og:url") or head.canonical(),
        canonical=head.canonical(),
        language=head.language(),
        links=tuple(_links(tree, address)),
        issues=damage(capture.place, decoded),
    )


def _parse(source: str) -> Any:
    try:
        return html.document_fromstring(source, parser=html.HTMLParser(remove_comments=True, huge_tree=False))
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _extract(source: str) -> Any:
    """Trafilatura's document, or None. It is a third party's code over hostile input: whatever it raises, the fallback
    reads the page.
    """
    try:
        return bare_extraction(
            source,
            fast=True,
            include_comments=False,
            include_tables=True,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception:
        return None


def _main_text(body: Any) -> str:
    parts: list[str] = []
    for element in body.iter():
        if element.tag not in BLOCKS or any(child.tag in BLOCKS for child in element.iterdescendants()):
            continue
        words = _SPACES.sub(" ", "".join(element.itertext())).strip()
        if words:
            parts.append(f"- {words}" if element.tag == "item" else words)
    return "\n\n".join(parts)


def _all_text(tree: Any) -> str:
    """Everything in the body that is shown, for pages in which no main text is found."""
    body = tree.find(".//body")
    if body is None:
        return ""
    pieces: list[str] = []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if any(a.tag in SKIPPED for a in element.iterancestors()) or tag in SKIPPED:
            if event == "end" and tag in SKIPPED:
                pieces.append(element.tail or "")
            continue
        if tag in PARAGRAPHS:
            pieces.append("\n\n")
        pieces.append((element.text if event == "start" else element.tail) or "")
    paragraphs = (_SPACES.sub(" ", part).strip() for part in "".join(pieces).split("\n\n"))
    return "\n\n".join(part for part in paragraphs if part)


class _Head:
    """What the head of a page says: Open Graph, the usual meta names, link rel=canonical."""

    def __init__(self, tree: Any) -> None:
        self._tree = tree
        self._meta: dict[str, str] = {}
        for element in tree.iter("meta"):
            name = element.get("property") or element.get("name") or element.get("itemprop")
            content = (element.get("content") or "").strip()
            if name and content:
                self._meta.setdefault(name.lower(), content)

    def meta(self, name: str) -> str | None:
        return self._meta.get(name)

    def published(self) -> str | None:
        """The moment of publication, in the order in which sites keep it most exactly."""
        names = ("article:published_time", "datepublished", "parsely-pub-date", "dc.date.issued", "dc.date", "pubdate", "date")
        return next((self._meta[name] for name in names if name in self._meta), None)

    def title(self) -> str | None:
        words = self._tree.findtext(".//title")
        return _SPACES.sub(" ", words).strip() or None if words else None

    def canonical(self) -> str | None:
        for element in self._tree.iter("link"):
            if (element.get("rel") or "").lower() == "canonical" and (element.get("href") or "").startswith("http"):
                return str(element.get("href"))
        return None

    def language(self) -> str | None:
        return (self._tree.get("lang") or "").split("-")[0].lower() or None


def _saved_from(source: str) -> str | None:
    found = _SAVED_FROM.search(source, 0, 2000)
    return (found[1] or found[2]) if found else None


def _links(tree: Any, address: str | None) -> list[Link]:
    """Links of the body with words, to pages elsewhere."""
    links: list[Link] = []
    for element in tree.iter("a"):
        target = element.get("href") or ""
        words = _SPACES.sub(" ", "".join(element.itertext())).strip()
        if len(links) == MAX_LINKS:
            break
        if words and len(words) <= 200 and (address or target.startswith("http")):
            try:
                links.append(Link(words, urljoin(address or "", target)))
            except ValueError:
                continue
    return links
