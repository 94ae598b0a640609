"""A report's text with its claims marked and its furniture greyed, as HTML.

Claims overlap freely (a figure inside a statement, two statements that share words). HTML elements may only nest, so a mark
that crosses another is cut where the other ends; its pieces share a class, by which the style sheet lights them together.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

LINE = re.compile(r"\n+")


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """Code points [start, end) of a text. ``style``: CSS classes; ``anchor``: the element's id where it is cited; ``number``:
    the citation's number, shown before it."""

    start: int
    end: int
    style: str
    anchor: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Marked:
    """``html`` is safe markup; ``split`` the anchors whose mark had to be cut into pieces."""

    html: Markup
    split: tuple[str, ...]


def marked_text(text: str, marks: Iterable[Mark]) -> Marked:
    """``text`` as paragraphs (one per line of the text) with ``marks`` around their places."""
    ordered = sorted((m for m in marks if 0 <= m.start < m.end <= len(text)), key=lambda m: (m.start, -m.end, m.anchor))
    out: list[str] = []
    cut: set[str] = set()
    seen: set[str] = set()
    waiting: list[Mark] = []
    at = 0
    for begin, end in _paragraphs(text):
        while at < len(ordered) and ordered[at].start < end:
            waiting.append(ordered[at])
            at += 1
        inside, later = [], []
        for mark in waiting:
            if mark.end > end:
                later.append(Mark(end, mark.end, mark.style, mark.anchor, mark.number))
            if mark.start < end and mark.end > begin:
                inside.append(Mark(max(mark.start, begin), min(mark.end, end), mark.style, mark.anchor, mark.number))
        waiting = later
        cut.update(m.anchor for m in later if m.anchor and any(i.anchor == m.anchor for i in inside))
        out.append("<p>" + _line(text, (begin, end), inside, seen, cut) + "</p>\n")
    return Marked(Markup("".join(out)), tuple(sorted(cut)))


def _paragraphs(text: str) -> list[tuple[int, int]]:
    bounds, at = [], 0
    for found in LINE.finditer(text):
        if found.start() > at:
            bounds.append((at, found.start()))
        at = found.end()
    if at < len(text):
        bounds.append((at, len(text)))
    return bounds


def _line(text: str, bounds: tuple[int, int], marks: Sequence[Mark], seen: set[str], cut: set[str]) -> str:
    """One paragraph. ``seen`` collects anchors already given out (an id stands once on a page), ``cut`` those in pieces."""
    heap = [(m.start, -m.end, i, m) for i, m in enumerate(marks)]
    heapq.heapify(heap)
    out: list[str] = []
    open_: list[Mark] = []
    at, count = bounds[0], len(heap)

    def advance(to: int) -> None:
        nonlocal at
        while open_ and open_[-1].end <= to:
            out.append(str(escape(text[at : open_[-1].end])))
            at = max(at, open_.pop().end)
            out.append("</mark>")
        out.append(str(escape(text[at:to])))
        at = max(at, to)

    while heap:
        _, _, _, mark = heapq.heappop(heap)
        advance(mark.start)
        if open_ and mark.end > open_[-1].end:
            edge = open_[-1].end
            rest = Mark(edge, mark.end, mark.style, mark.anchor, mark.number)
            heapq.heappush(heap, (edge, -mark.end, count, rest))
            count += 1
            mark = Mark(mark.start, edge, mark.style, mark.anchor, mark.number)
            if mark.anchor:
                cut.add(mark.anchor)
        out.append(_opening(mark, seen))
        open_.append(mark)
    advance(bounds[1])
    return "".join(out)


def _opening(mark: Mark, seen: set[str]) -> str:
    if not mark.anchor:
        return f'<mark class="{mark.style}">'
    first = mark.anchor not in seen
    seen.add(mark.anchor)
    ident = f' id="{mark.anchor}"' if first else ""
    number = f'<sup aria-hidden="true">{mark.number}</sup>' if first and mark.number else ""
    return f'<mark class="{mark.style} cited x-{mark.anchor}"{ident}>{number}'


def marked_excerpt(text: str, bounds: tuple[int, int], inner: tuple[int, int], style: str) -> Markup:
    """``text`` within ``bounds`` on one line with the code points ``inner`` marked; white space runs become one space."""
    low, high = bounds
    start, end = max(low, inner[0]), min(high, inner[1])
    if start >= end:
        return Markup(escape(" ".join(text[low:high].split())))
    parts = [re.sub(r"\s+", " ", part) for part in (text[low:start], text[start:end], text[end:high])]
    return (
        escape(parts[0].lstrip())
        + Markup(f'<mark class="{style}">')
        + escape(parts[1])
        + Markup("</mark>")
        + escape(parts[2].rstrip())
    )
