"""What people and programs enter on a board: a claim decided on, a rating. Pages take them as forms, the API as JSON."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from rapporteur.board.entry import Answer
from rapporteur.desk.board import now
from rapporteur.web.queries import Words, no_nul

Text = Annotated[str, Field(max_length=4000), AfterValidator(no_nul)]
Level = Annotated[int, Field(ge=0, le=99)]


class DecisionIn(BaseModel):
    """A claim accepted or rejected as an observation."""

    model_config = ConfigDict(extra="ignore")

    indicator: Words
    site: Words
    claim: Words
    decision: Literal["accepted", "rejected"]
    why: Text = ""
    admiralty: Annotated[str, Field(max_length=2)] = ""


class RatingIn(BaseModel):
    """A rating; ``party`` is whose it is when it is not the analyst's own, ``level`` a number, "unknown" or "not assessable"."""

    model_config = ConfigDict(extra="ignore")

    condition: Words
    site: Words
    question: Words
    level: Words | Level = ""
    low: Level | Literal[""] = ""
    high: Level | Literal[""] = ""
    as_of: Annotated[str, Field(max_length=10)] = ""
    confidence: Literal["low", "moderate", "high"] = "low"
    rationale: Text = ""
    change_my_mind: Text = ""
    observations: Annotated[list[Words], Field(max_length=500)] = []
    role: Literal["analyst", "party-stated", "party-inferred"] = "analyst"
    party: Words = ""
    quotation: Words = ""
    supersedes: Words = ""

    def answer(self, who: str) -> Answer:
        """As the desk takes it, entered by ``who``."""
        return Answer(
            condition=self.condition,
            site=self.site,
            question=self.question,
            level=str(self.level),
            assessor=who if self.role == "analyst" else self.party.strip(),
            role=self.role,
            as_of=self.as_of.strip(),
            made=now(),
            recorded_by=who,
            confidence=self.confidence,
            rationale=" ".join(self.rationale.split()),
            change_my_mind=" ".join(self.change_my_mind.split()),
            low=self.low if isinstance(self.low, int) else None,
            high=self.high if isinstance(self.high, int) else None,
            observations=tuple(self.observations),
            quotation=self.quotation.strip() or None,
            supersedes=self.supersedes or None,
        )
