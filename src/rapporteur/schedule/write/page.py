"""A comparison as one self-contained page, in the account's style, and as a section that the account can include."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import msgspec
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from rapporteur import __version__
from rapporteur.schedule.backtest import Backtest, backtest
from rapporteur.schedule.results import Comparison, Force, Outcome, SheetRow
from rapporteur.schedule.write.charts import completion_chart, force_chart


@dataclass(frozen=True)
class Section:
    """A part of another page: ``html`` is one <section> for the account's style sheet, ``data`` the comparison as JSON."""

    html: str
    data: bytes


@dataclass(frozen=True)
class View:
    """What the templates ask for: the comparison, its charts, and the rows of the assumption sheet by id."""

    comparison: Comparison
    outside: Backtest
    rows: dict[str, SheetRow]

    def rests(self, ids: tuple[str, ...]) -> str:
        """Value of the attribute ``data-rests``: the parameters that all numbers inside rest on."""
        return " ".join(("run", *ids))

    def every(self) -> str:
        """The same, for a figure on all alternatives."""
        return self.rests(self.all_ids())

    def all_ids(self) -> tuple[str, ...]:
        """All parameters that any outcome rests on."""
        return tuple(dict.fromkeys(name for outcome in self.comparison.outcomes for name in outcome.rests_on))

    def completion(self) -> Markup:
        """Chart of completion."""
        return completion_chart(self.comparison, "s-done")

    def force(self, outcome: Outcome, force: Force, number: int) -> Markup:
        """Chart of one site under one alternative."""
        return force_chart(self.comparison, outcome.name, force, f"s-{outcome.id}-{number}")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    own, account = PackageLoader("rapporteur.schedule.write", "templates"), PackageLoader("rapporteur.stages.write", "templates")
    return Environment(
        loader=ChoiceLoader([own, account]), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def _view(comparison: Comparison) -> View:
    return View(comparison, backtest(), {row.id: row for row in comparison.sheet})


def page(comparison: Comparison) -> str:
    """The whole page: no script, no font, no picture is fetched from anywhere."""
    return _environment().get_template("schedule_page.html.j2").render(view=_view(comparison), version=__version__)


def section(comparison: Comparison) -> Section:
    """The comparison as a section with id ``schedules``; its other ids begin with ``s-`` or ``p-``."""
    html = _environment().get_template("schedule_section.html.j2").render(view=_view(comparison))
    return Section(html, msgspec.json.encode(comparison))


def backtest_page(outside: Backtest) -> str:
    """The case table with its scores as a page of its own."""
    return _environment().get_template("backtest_page.html.j2").render(outside=outside, version=__version__)
