"""The contract of an extractor: a function that reads one sheet and yields what it found.

An extractor is a module with ``NAME``, a docstring that users read as its method, and ``extract(sheet)``. It is registered by
one line in ``stages/extract/__init__.py``; the order there is the order in which they run, so that a later one sees what the
earlier ones found (figures see times, names and statements). An extractor yields mentions and claims; it never changes a sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from rapporteur.language.base import Parsed
from rapporteur.model.claims import Claim, Mention, StatementClaim
from rapporteur.model.report import Report
from rapporteur.model.spans import Span


@dataclass(frozen=True)
class Sheet:
    """One report while it is read: its parse and all that the extractors before this one found."""

    report: Report
    parsed: Parsed
    mentions: list[Mention] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)

    def ident(self, letter: str, number: int) -> str:
        """Id of the ``number``-th find of a kind (t time, n name, s statement, f figure, e event, p position, c commitment)."""
        return f"{self.report.id}#{letter}{number}"

    @cached_property
    def token_at(self) -> dict[int, int]:
        """Token index by the code point at which the token starts."""
        return {start: i for i, start in enumerate(self.parsed.starts)}

    @cached_property
    def statements(self) -> list[StatementClaim]:
        """Statements found so far, in text order. Read it only in an extractor that runs after ``statements``."""
        return [c for c in self.claims if isinstance(c, StatementClaim)]

    def mentions_within(self, start: int, end: int, kinds: Iterable[str] = ()) -> list[Mention]:
        """Mentions that lie inside the code points [start, end), of these kinds (all when empty), in text order."""
        wanted = set(kinds)
        return [m for m in self.mentions if m.span.start >= start and m.span.end <= end and (not wanted or m.kind in wanted)]

    def furniture_at(self, span: Span) -> bool:
        """Whether ``span`` touches marked furniture."""
        return any(f.overlaps(span) for f in self.report.furniture)


Extract = Callable[[Sheet], Iterable[Mention | Claim]]


@dataclass(frozen=True, slots=True)
class Extractor:
    """One entry of the registry: name, function, and the method text shown by ``rapporteur explain NAME``."""

    name: str
    extract: Extract
    method: str
