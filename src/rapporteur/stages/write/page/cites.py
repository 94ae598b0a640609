"""Citations of a page: a number for each cited claim, in the order in which a reader meets them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rapporteur.stages.write.passages import Passages


@dataclass(frozen=True, slots=True)
class Cite:
    """``number`` is shown, ``anchor`` is the id of the passage on the page, ``label`` says what stands there."""

    number: int
    anchor: str
    label: str


class Citer:
    """Gives out citation numbers."""

    def __init__(self, passages: Passages) -> None:
        self._passages = passages
        self._cites: dict[str, Cite] = {}

    def all(self, claim_ids: Iterable[str]) -> tuple[Cite, ...]:
        """The citations of those claims that are found at their place."""
        return tuple(self.one(c) for c in dict.fromkeys(claim_ids) if c in self._passages and self._passages[c].found)

    def one(self, claim_id: str) -> Cite:
        """The citation of a known claim, numbered when first asked for."""
        if claim_id not in self._cites:
            passage = self._passages[claim_id]
            number = len(self._cites) + 1
            exact = " ".join(passage.claim.span.exact.split())
            exact = exact if len(exact) <= 90 else exact[:89].rstrip() + "…"
            self._cites[claim_id] = Cite(number, f"c{number}", f"{passage.attribution}: “{exact}”")
        return self._cites[claim_id]

    def given(self, claim_id: str) -> Cite | None:
        """The citation of a claim that has been asked for before."""
        return self._cites.get(claim_id)
