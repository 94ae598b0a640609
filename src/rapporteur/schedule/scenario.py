"""What a schedule file says, as pydantic models. Every number stands once, under ``parameters``, with its unit and its basis;
everywhere else parameters are named. ``load`` reads and checks a file, and its errors name file and line.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from rapporteur.schedule import checks
from rapporteur.yaml_lines import Place, Source, parse, read, validated

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
BoardId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*$")]
Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
NEVER, START = "never", "start"
Criterion = Literal["earlier", "met", "stays_out", "predictable"]


class Model(BaseModel):
    """Frozen, and strict about keys: what is not understood is an error, never passed over."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class Basis(Model):
    """Where a number comes from: a reference, or the open admission that there is none.

    ``assumed``: chosen by the analyst. ``elicit``: a placeholder until experts have been asked.
    """

    reference: Words | None = None
    mark: Literal["assumed", "elicit"] | None = None
    note: str = ""

    @model_validator(mode="after")
    def _one_basis(self) -> Self:
        if (self.reference is None) == (self.mark is None):
            raise ValueError("needs exactly one of 'reference: ...' and 'mark: assumed' or 'mark: elicit'")
        return self

    @property
    def basis(self) -> str:
        """The reference, or the word."""
        return self.reference or str(self.mark)


class Parameter(Basis):
    """A number with its unit: fixed (``value``), a month (``date``), or uncertain (``uniform``, ``triangular``, ``normal``)."""

    unit: Words
    value: float | None = None
    date: str | None = None
    uniform: tuple[float, float] | None = Field(default=None, strict=False)
    triangular: tuple[float, float, float] | None = Field(default=None, strict=False)
    normal: tuple[float, float] | None = Field(default=None, strict=False)

    @model_validator(mode="after")
    def _one_number(self) -> Self:
        given = [k for k in ("value", "date", "uniform", "triangular", "normal") if getattr(self, k) is not None]
        if len(given) != 1:
            raise ValueError(
                "needs exactly one of value, date, uniform [low, high], triangular [low, mode, high], normal [mean, sd]"
            )
        if self.date is not None and not MONTH.fullmatch(self.date):
            raise ValueError(f"date '{self.date}' is no month like 2025-09")
        if self.uniform and self.uniform[0] >= self.uniform[1]:
            raise ValueError("uniform: low must be below high")
        if self.triangular and not (self.triangular[0] <= self.triangular[1] <= self.triangular[2] > self.triangular[0]):
            raise ValueError("triangular: must be low <= mode <= high, low below high")
        if self.normal and self.normal[1] <= 0:
            raise ValueError("normal: sd must be above 0")
        return self

    @property
    def bounds(self) -> tuple[float, float]:
        """Lowest and highest value; for a normal, the mean -+ 4 sd."""
        if self.uniform:
            return self.uniform
        if self.triangular:
            return self.triangular[0], self.triangular[2]
        if self.normal:
            return self.normal[0] - 4 * self.normal[1], self.normal[0] + 4 * self.normal[1]
        return float(self.value or 0), float(self.value or 0)

    @property
    def certain(self) -> bool:
        """True for a fixed value and a month: nothing is drawn."""
        return self.value is not None or self.date is not None

    def written(self) -> str:
        """The number as the assumption sheet shows it, without its unit."""
        if self.date:
            return self.date
        if self.value is not None:
            return f"{self.value:g}"
        if self.uniform:
            return f"uniform, {self.uniform[0]:g} to {self.uniform[1]:g}"
        if self.triangular:
            return "triangular, {:g}, {:g}, {:g}".format(*self.triangular)
        return "normal, mean {:g}, sd {:g}".format(*(self.normal or (0.0, 0.0)))


class Site(Model):
    """A country or a publicly named base; ``level`` is the force there at the start."""

    id: Id
    name: Words
    kind: Literal["country", "named base"]
    level: Id


class Supply(Model):
    """``provider`` must hold at least ``ratio`` persons for each person at ``client``."""

    provider: Id
    client: Id
    ratio: Id


class Condition(Model):
    """What is judged at each site, on the scale 0-3 (not initiated, minimal, intermediate, full)."""

    id: Id
    name: Words
    drift: Id
    volatility: Id


class Initial(Basis):
    """Where a condition stands at a site at the start: a rating with its range, as a board produces it. ``level`` None: none in
    the range is likelier than another."""

    condition: Id
    site: Id
    low: float = Field(ge=0, le=3)
    level: Annotated[float, Field(ge=0, le=3)] | None
    high: float = Field(ge=0, le=3)
    as_of: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.low <= (self.low if self.level is None else self.level) <= self.high:
            raise ValueError("must be low <= level <= high")
        return self

    def written(self) -> str:
        """The distribution as the assumption sheet shows it."""
        if self.low == self.high:
            return f"{self.low:g}"
        if self.level is None:
            return f"uniform, {self.low:g} to {self.high:g}"
        return f"triangular, {self.low:g}, {self.level:g}, {self.high:g}"

    @property
    def id(self) -> str:
        """Name in assumption sheets."""
        return f"initial.{self.condition}.{self.site}"


class BoardSource(Model):
    """Which ratings of a board may take the place of the initial levels: those that answer ``question`` in ``role``.

    ``conditions`` and ``sites`` give the framework's ids for those of the file that have others.
    """

    framework: BoardId
    question: BoardId
    role: Literal["analyst", "party-stated", "party-inferred"] = "analyst"
    conditions: dict[Id, BoardId] = Field(default_factory=dict)
    sites: dict[Id, BoardId] = Field(default_factory=dict)


class Party(Model):
    """Who reads the conditions. ``weights`` are what it cares for: only with the label of who says so."""

    id: Id
    name: Words
    bias: Id
    noise: Id
    label: Literal["party-stated", "party-inferred", "analyst"]
    because: Words
    weights: dict[Criterion, Id] = Field(default_factory=dict)


class Dynamics(Model):
    """How the world moves, apart from drift and volatility, which stand with the conditions."""

    shock_rate: Id
    shock_severity: Id
    presence_effect: Id
    assessed_every: Id
    capacity: dict[Id, Id]
    consent_loss: dict[Id, Id]
    reversal_met: Id
    reversal_unmet: Id


class Gate(Model):
    """Met when at least ``at_least`` of conditions x sites are read at ``threshold`` or above."""

    conditions: list[Id] = Field(min_length=1)
    sites: list[Id] = Field(min_length=1)
    threshold: Id
    at_least: Id


class Tranche(Model):
    """One step: force targets by site, ordered by its gate from ``not_earlier_than`` on, by the date at ``not_later_than``."""

    id: Id
    name: Words
    targets: dict[Id, Id] = Field(min_length=1)
    not_earlier_than: Id
    not_later_than: Id
    gate: Gate


class Alternative(Model):
    """A schedule: its tranches in order, and how it is decided."""

    id: Id
    name: Words
    agreement: Id
    review: Id
    pause: bool
    reversal: bool
    tranches: list[Tranche] = Field(min_length=1)


class Scenario(Model):
    """A whole file."""

    title: Words
    about: Words
    start: str = Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")
    horizon: Id
    parameters: dict[Id, Parameter]
    sites: list[Site] = Field(min_length=1)
    supplies: list[Supply] = Field(default_factory=list)
    conditions: list[Condition] = Field(min_length=1)
    parties: list[Party] = Field(min_length=1)
    initial: list[Initial]
    board: BoardSource | None = None
    dynamics: Dynamics
    alternatives: list[Alternative] = Field(min_length=1)

    def month(self, date: str) -> int:
        """Months from the start to ``date`` (YYYY-MM)."""
        (year, month), (year0, month0) = (map(int, d.split("-")) for d in (date, self.start))
        return (year - year0) * 12 + month - month0

    def number(self, name: str) -> float:
        """The fixed value of a parameter."""
        return float(self.parameters[name].value or 0)

    @property
    def months(self) -> int:
        """The horizon in months."""
        return round(self.number(self.horizon))


def load(path: Path) -> Scenario:
    """A checked scenario. Raises ``FileError`` with file and line when anything is wrong or missing."""
    return _checked(read(path))


def loads(text: str, name: str = "schedule.yaml") -> Scenario:
    """Like ``load``, of a text."""
    return _checked(parse(text, name))


def _checked(source: Source) -> Scenario:
    scenario = validated(source, Scenario, _reason, "see docs/schedule.md")
    checks.check(scenario, source)
    return scenario


def _reason(kind: str, message: str, place: Place) -> str:
    if kind == "missing":
        return "is missing; nothing is filled in silently"
    if kind == "extra_forbidden":
        return "is no key that is understood here"
    if kind == "string_type" and place[0] != "parameters":
        return "must be a name; numbers stand under 'parameters', with unit and basis, and are named here"
    return message
