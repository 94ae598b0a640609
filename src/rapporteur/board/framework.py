"""Frameworks: the conditions that are rated, in their source's own wording, with sites, questions, indicators and scales.

A framework is a YAML file, checked by pydantic; an error names file and line. What it must hold stands in docs/board.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Annotated, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from rapporteur.board.places import refused_place
from rapporteur.model.claims import State

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*$")]
Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
PROPOSED = "analyst-proposed"
WORDS_BESIDE: tuple[Literal["unknown"], Literal["not assessable"]] = ("unknown", "not assessable")
"""Values of every scale beside its levels."""


class Model(BaseModel):
    """Frozen, and strict about keys: what is not understood is an error, never passed over."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, protected_namespaces=())


class Sourced(Model):
    """Something that has a public reference, or is openly the analyst's own."""

    reference: Words | None = None
    proposed_by: Literal["analyst-proposed"] | None = None
    note: str = ""

    @model_validator(mode="after")
    def _one_basis(self) -> Self:
        if (self.reference is None) == (self.proposed_by is None):
            raise ValueError("needs exactly one of 'reference: ...' and 'proposed_by: analyst-proposed'")
        return self

    @property
    def basis(self) -> str:
        """The reference, or the words that there is none."""
        return self.reference or PROPOSED


class Scale(Model):
    """Levels from 0 up, by name. Any change of their number, order or meaning is a new ``version``."""

    id: Id
    version: int = Field(ge=1)
    levels: list[Words] = Field(min_length=2, max_length=7)
    reference: Words

    @model_validator(mode="after")
    def _levels_differ(self) -> Self:
        folded = [level.casefold() for level in self.levels]
        if len(set(folded)) < len(folded):
            raise ValueError("two levels have the same name")
        if set(folded) & set(WORDS_BESIDE):
            raise ValueError("'unknown' and 'not assessable' belong to every scale beside its levels and are none of them")
        return self

    @property
    def key(self) -> str:
        """``id@version``: what a rating keeps of the scale it was made on."""
        return f"{self.id}@{self.version}"

    def name(self, level: int | str) -> str:
        """ "2 intermediate"; "unknown"."""
        return f"{level} {self.levels[level]}" if isinstance(level, int) else level


class Question(Model):
    """What a rating answers. ``scale`` is the id of the scale its answers are on."""

    id: Id
    text: Words
    scale: Id


class Site(Model):
    """A country, or a publicly named base in one: nothing below. ``named_base`` says where the base is publicly named."""

    id: Id
    name: Words
    country: Words | None = None
    named_base: Words | None = None

    @model_validator(mode="after")
    def _public(self) -> Self:
        reason = refused_place(self.name, self.country, self.named_base)
        if reason:
            raise ValueError(reason)
        return self


class Match(Model):
    """Which claims bear on an indicator. Any of ``words`` and, where given, any of ``also`` stands in the claim's sentence, and
    none of ``without``; figures may be held to what they ``counted`` and their ``states``, events to their types."""

    kinds: list[Literal["figure", "event", "statement"]] = Field(min_length=1)
    words: list[Words] = Field(min_length=1)
    also: list[Words] = Field(default_factory=list)
    without: list[Words] = Field(default_factory=list)
    counted: list[Words] = Field(default_factory=list)
    states: list[State] = Field(default_factory=list)
    events: list[Words] = Field(default_factory=list)


class Threshold(Sourced):
    """From (``at_least``) or up to (``at_most``) which value an indicator would read as ``level``."""

    level: int = Field(ge=0)
    at_least: float | None = None
    at_most: float | None = None

    @model_validator(mode="after")
    def _one_bound(self) -> Self:
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("needs exactly one of at_least and at_most")
        return self


class Indicator(Sourced):
    """Something observable that bears on a condition. ``direction`` says which way is better."""

    id: Id
    name: Words
    direction: Literal["higher is better", "lower is better", "neither"]
    unit: Words
    match: Match
    thresholds: list[Threshold] = Field(default_factory=list)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        bound = {"higher is better": "at_least", "lower is better": "at_most"}.get(self.direction)
        if self.thresholds and bound is None:
            raise ValueError("an indicator of which neither way is better has no thresholds")
        ordered = sorted(self.thresholds, key=lambda t: t.level)
        values = [getattr(t, bound or "at_least") for t in ordered]
        if None in values:
            raise ValueError(f"thresholds of an indicator of which {self.direction} are all '{bound}'")
        steps = list(pairwise(values))
        rising = all(a < b for a, b in steps) if bound == "at_least" else all(a > b for a, b in steps)
        if not rising or len({t.level for t in ordered}) < len(ordered):
            raise ValueError("a better level needs a better value: thresholds are out of order")
        return self


class Condition(Sourced):
    """One condition in the words of its source. ``core`` ones make up the minimum; ``contextual`` ones stand beside it."""

    id: Id
    name: Words
    wording: Words
    kind: Literal["core", "contextual"]
    sites: list[Id] = Field(min_length=1)
    questions: list[Id] = Field(min_length=1)
    indicators: list[Indicator] = Field(default_factory=list)


T = TypeVar("T", Condition, Site, Question, Scale)


class Framework(Model):
    """A whole file. ``version`` rises with every change; ratings keep the framework's id and their scale's version."""

    framework: Id
    version: int = Field(ge=1)
    title: Words
    about: Words
    scales: list[Scale] = Field(min_length=1)
    questions: list[Question] = Field(min_length=1)
    sites: list[Site] = Field(min_length=1)
    conditions: list[Condition] = Field(min_length=1)

    @property
    def indicators(self) -> dict[str, tuple[Condition, Indicator]]:
        """Every indicator by id, with its condition."""
        return {i.id: (c, i) for c in self.conditions for i in c.indicators}

    def condition(self, ident: str) -> Condition:
        """The condition with this id; ``KeyError``."""
        return _one(self.conditions, ident)

    def site(self, ident: str) -> Site:
        """The site with this id; ``KeyError``."""
        return _one(self.sites, ident)

    def question(self, ident: str) -> Question:
        """The question with this id; ``KeyError``."""
        return _one(self.questions, ident)

    def scale_of(self, question: str) -> Scale:
        """The scale on which a question is answered; ``KeyError``."""
        return _one(self.scales, self.question(question).scale)

    @property
    def cells(self) -> tuple[tuple[Condition, Site], ...]:
        """Every condition at every site where it is rated, in the order of the file."""
        return tuple((c, self.site(s)) for c in self.conditions for s in c.sites)


def _one(items: Sequence[T], ident: str) -> T:
    for item in items:
        if item.id == ident:
            return item
    raise KeyError(ident)


def ids(items: Iterable[Condition | Site | Question | Scale | Indicator]) -> str:
    """Ids in a row, for messages."""
    return ", ".join(item.id for item in items)
