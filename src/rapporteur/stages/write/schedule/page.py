"""A comparison as one self-contained page in the account's style, and as a section of a page."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from rapporteur.model.comparison import Backtest, Comparison, Force, Outcome, SheetRow
from rapporteur.stages.write.schedule import tables
from rapporteur.stages.write.schedule.charts import completion_chart, force_chart
from rapporteur.stages.write.templating import environment


@dataclass(frozen=True)
class View:
    """What the templates ask for: the comparison, its charts, and the rows of the assumption sheet by id. ``number`` tells the
    ids of several comparisons on one page apart."""

    comparison: Comparison
    rows: dict[str, SheetRow]
    number: int = 1

    @classmethod
    def of(cls, comparison: Comparison, number: int = 1) -> View:
        """The view of a comparison that is the ``number``-th of its page."""
        return cls(comparison, {row.id: row for row in comparison.sheet}, number)

    def ident(self, name: str) -> str:
        """``name`` as an id of the page."""
        return name if self.number == 1 else f"{name}-{self.number}"

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
        return completion_chart(self.comparison, self.ident("s-done"))

    def force(self, outcome: Outcome, force: Force, number: int) -> Markup:
        """Chart of one site under one alternative."""
        return force_chart(self.comparison, outcome.name, force, self.ident(f"s-{outcome.id}-{number}"))


def page(comparison: Comparison) -> str:
    """The whole page: no script, no font, no picture is fetched from anywhere."""
    return environment().get_template("schedule_page.html.j2").render(view=View.of(comparison), tables=tables)


def section(comparison: Comparison) -> str:
    """The comparison as one <section> with id ``schedules``, for the account's style sheet; its other ids begin with ``s-`` or
    ``p-``."""
    return environment().get_template("schedule_section.html.j2").render(view=View.of(comparison), tables=tables)


def backtest_page(outside: Backtest) -> str:
    """The case table with its scores as a page of its own."""
    return environment().get_template("backtest_page.html.j2").render(outside=outside, tables=tables)
