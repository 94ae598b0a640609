"""What grouping sees of a claim: its report, its place in the canonical order, the words around it. Kept between runs."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Hashable, Iterable
from functools import lru_cache
from typing import ClassVar, NamedTuple

from msgspec import Struct

from rapporteur.model.claims import Claim
from rapporteur.model.report import Report
from rapporteur.stages.link.heard import Voice

_DATE_PARTS = (4, 2, 2, 2, 2)
_DATE_BASES = (4096, 13, 32, 24, 60)
_REPORTS = 1 << 20
CLAIMS = 1 << 11
"""Places per report: the claims beyond share the last one, and are told apart by ``number``."""


class Base(NamedTuple):
    """The fields that all items have, in their order."""

    number: int
    place: int
    report: str
    published: str | None
    lead: float
    words: frozenset[str]
    voice: Voice | None


class Item(Struct, frozen=True, array_like=True, gc=False, tag=True):
    """One claim. ``number`` identifies it (63 bits), ``place`` orders it: published, then report, then place in the report.

    ``published`` is the ISO date of the report; ``words`` are stems of the content words around the claim, ``lead`` is 1 at the
    head of the report and falls from there, ``voice`` is who says it.
    """

    exclusive: ClassVar[bool] = False
    """Whether two of one report that are not the same keep each other out of a group."""

    number: int
    place: int
    report: str
    published: str | None
    lead: float
    words: frozenset[str]
    voice: Voice | None
    claim: Claim

    @property
    def order(self) -> tuple[int, int]:
        """The canonical order: it does not depend on which report came into the record first."""
        return self.place, self.number


@lru_cache(maxsize=100_000)
def number_of(ident: str) -> int:
    """The number of what is known as ``ident``: of a billion, two share one with a chance of 1 in 18."""
    return int.from_bytes(hashlib.blake2b(ident.encode(), digest_size=8).digest(), "big") >> 1


def key_of(*parts: Hashable) -> int:
    """The number of a look-up key."""
    return number_of("\x1f".join(map(str, parts)))


def first_place(report: str, published: str | None) -> int:
    """The place of a report's first claim: minutes of its publication (0 where none is known), then a hash of its id."""
    digits, minutes = re.sub(r"[^0-9]", "", (published or "")[:16]), 0
    for width, base in zip(_DATE_PARTS, _DATE_BASES, strict=True):
        part, digits = digits[:width], digits[width:]
        minutes = minutes * base + min(int(part or 0), base - 1)
    return (minutes * _REPORTS + number_of(report) % _REPORTS) * CLAIMS


def placed(claim: str, report: Report, index: int) -> tuple[int, int, str]:
    """Number, place and report of a claim, the ``index``-th of its report."""
    first = first_place(report.id, report.published.value if report.published else None)
    return number_of(claim), first + min(index, CLAIMS - 1), report.id


def longest(words: Iterable[str], most: int) -> list[str]:
    """The longest words, which tell most about a subject; copies and light rewrites keep them."""
    return sorted(words, key=lambda w: (-len(w), w))[:most]
