"""The outside view: what became of announced withdrawals, and how well each is foretold by the others.

It does not test the simulation: for none of these cases are monthly ratings of conditions public. It says how far
announced dates have been kept, which stands beside every simulated date.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rapporteur.errors import ConfigurationError
from rapporteur.model.comparison import Backtest, CaseScore
from rapporteur.yaml_lines import parse

CAP = 60.0
"""Months: a case that was not carried out counts as this late, the horizon of the worked example. Scores depend on it."""
DAYS = 30.4375
"""Days of a mean month."""


class _Sources(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    announced: str = Field(min_length=1)
    done: str = Field(min_length=1)


class Case(BaseModel):
    """An announced withdrawal. ``done`` is None if it was not carried out as announced; ``read`` says how a document was
    read where it leaves a choice, ``verify`` what has still to be checked."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    name: str
    announced: date
    planned: date
    done: date | None
    sources: _Sources
    read: list[str] = Field(default_factory=list)
    verify: list[str]

    @property
    def delay(self) -> float | None:
        """Months from the planned to the actual day, to a tenth; negative if early, None if not carried out."""
        return None if self.done is None else round((self.done - self.planned).days / DAYS, 1)


@lru_cache(maxsize=1)
def cases() -> tuple[Case, ...]:
    """The case table that ships with the package."""
    return read_cases((files("rapporteur.schedule") / "data" / "cases.yaml").read_text("utf-8"), "cases.yaml")


def read_cases(text: str, name: str) -> tuple[Case, ...]:
    """A case table from YAML. Raises ``FileError`` with file and line, ``ConfigurationError`` for fewer than three cases."""
    source = parse(text, name)
    found = []
    rows = source.content.get("cases") if isinstance(source.content, dict) else None
    if not isinstance(rows, list) or len(rows) < 3:
        raise ConfigurationError(f"{name}: needs a list of at least 3 'cases'; each is foretold by the others")
    for index, row in enumerate(rows):
        try:
            found.append(Case.model_validate(row))
        except ValidationError as error:
            first = error.errors()[0]
            raise source.error(("cases", index, *first["loc"]), f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    return tuple(found)


def crps(members: npt.NDArray[np.float64], observed: float) -> float:
    """Continuous ranked probability score of an empirical distribution, in the unit of its members; 0 is perfect.

    E|X - y| - E|X - X'| / 2 with X, X' drawn independently from the members (Gneiting and Raftery 2007, eq. 21). Ten lines
    instead of the scoringrules package, whose result the tests have on record.
    """
    spread = np.abs(members[:, None] - members[None, :]).mean()
    return float(np.abs(members - observed).mean() - spread / 2)


def backtest(table: Sequence[Case] | None = None) -> Backtest:
    """Scores each case against the delays of the others. Cases not carried out count as ``CAP`` months late."""
    table = cases() if table is None else table
    delays = np.array([CAP if case.delay is None else min(case.delay, CAP) for case in table])
    scores = []
    for index, case in enumerate(table):
        others = np.delete(delays, index)
        low, middle, high = (float(q) for q in np.percentile(others, (10, 50, 90), method="inverted_cdf"))
        inside = bool(low <= delays[index] <= high)
        scored = round(crps(others, float(delays[index])), 1)
        done = case.done.isoformat() if case.done else "not carried out"
        sources = (case.sources.announced, case.sources.done)
        dates = (case.announced.isoformat(), case.planned.isoformat(), done)
        scores.append(
            CaseScore(
                case.id,
                case.name,
                *dates,
                case.delay,
                low,
                middle,
                high,
                inside,
                scored,
                sources,
                tuple(case.read),
                tuple(case.verify),
            )
        )
    carried = sum(case.done is not None for case in table)
    return Backtest(
        schema=1,
        cases=tuple(scores),
        inside=sum(score.inside for score in scores),
        nominal=80,
        crps=round(float(np.mean([score.crps for score in scores])), 1),
        crps_dates=round(float(np.abs(delays).mean()), 1),
        carried_out=carried,
        remarks=(
            f"{len(table)} cases are few: their coverage cannot tell 80 % from 60 %, and one more case moves every figure.",
            "The cases are chosen, not sampled: announced, public and remembered; two of them share one exit (August 2021).",
            f"Cases that were not carried out count as {CAP:.0f} months late; the scores depend on that choice.",
            "This scores the outside view only. The simulation cannot be tested on these cases: no monthly ratings are public.",
        ),
    )
