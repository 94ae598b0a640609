"""Lists by the page, and citations: what several parts of the desk hand out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

from msgspec import Struct

from rapporteur.stages.write.passages import Passage, Passages

Row = TypeVar("Row")
Kept = TypeVar("Kept")

PER_PAGE = 50
EXACT = 160
"""Code points of a claim's words that stand in the label of its citation."""


class Rows(Struct, Generic[Row], frozen=True):
    """Page ``page`` (from 1) of ``pages`` of a list of ``total`` rows."""

    rows: tuple[Row, ...]
    total: int
    page: int
    pages: int

    def map(self, change: Callable[[Row], Kept]) -> Rows[Kept]:
        """The same page with each row changed."""
        return Rows(tuple(change(row) for row in self.rows), self.total, self.page, self.pages)


def paged(rows: Sequence[Row], page: int, size: int = PER_PAGE) -> Rows[Row]:
    """One page of ``rows``: the nearest that there is."""
    pages = max(1, -(-len(rows) // size))
    page = min(max(1, page), pages)
    return Rows(tuple(rows[(page - 1) * size : page * size]), len(rows), page, pages)


class Cite(Struct, frozen=True):
    """A citation: the claim, its report, who publishes it and when, and the words at the claim's place."""

    claim: str
    report: str
    label: str
    exact: str


def cite(passage: Passage) -> Cite:
    """The citation of one passage."""
    exact = " ".join(passage.claim.span.exact.split())
    exact = exact if len(exact) <= EXACT else exact[: EXACT - 1].rstrip() + "…"
    return Cite(passage.claim.id, passage.reading.report.id, passage.attribution, exact)


def cites(claims: Iterable[str], passages: Passages) -> tuple[Cite, ...]:
    """The citations of those ``claims`` that are found at their place, each once."""
    return tuple(cite(passage) for passage in passages.known(dict.fromkeys(claims)) if passage.found)
