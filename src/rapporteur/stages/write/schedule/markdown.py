"""A comparison and a backtest in Markdown, for terminals and notes."""

from __future__ import annotations

from collections.abc import Iterator

from rapporteur.model.comparison import Backtest, Comparison, Outcome
from rapporteur.stages.write.schedule import tables
from rapporteur.stages.write.schedule.tables import Table


def markdown(comparison: Comparison) -> str:
    """The comparison with its assumption sheet; every table says which parameters it rests on."""
    return "\n".join(lines(comparison)) + "\n"


def lines(comparison: Comparison, level: int = 1) -> Iterator[str]:
    """The comparison line by line, under a heading of ``level``."""
    head = "#" * (level + 1)
    yield from (f"{'#' * level} {comparison.title}", "", comparison.about, "")
    yield from (f"**Simulated runs are not findings.** {tables.about_runs(comparison)} Rapporteur {comparison.run.version}.", "")
    yield from (f"- Warning: {warning}." for warning in comparison.warnings)
    yield from ("", f"{head} When each would be completed", "")
    yield from _table(tables.completion(comparison))
    yield from (f"- {o.name}: {o.monte_carlo}" for o in comparison.outcomes)
    yield from ("", "If the presence helps, if it harms:", "")
    yield from _table(tables.signs(comparison))
    if comparison.pairs:
        yield from ("Run by run, in the same worlds:", "")
        yield from _table(tables.pairs(comparison))
    for outcome in comparison.outcomes:
        yield from _alternative(outcome, head)
    yield from _preferences(comparison, head)
    yield from _outside(comparison.outside, f"{head} The outside view: announced withdrawals and what happened")
    yield from (f"{head} Assumption sheet", "")
    yield from _table(tables.sheet(comparison.sheet))
    yield from (f"- {caveat}" for caveat in comparison.caveats)


def backtest_markdown(outside: Backtest) -> str:
    """The case table with its scores."""
    return "\n".join(_outside(outside, "# Announced withdrawals and what happened")) + "\n"


def _table(table: Table) -> Iterator[str]:
    for line in (table.columns, ("---",) * len(table.columns), *table.rows):
        yield "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in line) + " |"
    yield ""


def _alternative(outcome: Outcome, head: str) -> Iterator[str]:
    yield from (f"{head} {outcome.name} ({outcome.rule})", "")
    yield from _table(tables.milestones(outcome))
    for milestone in outcome.milestones:
        yield from (f"{milestone.tranche}, each condition when ordered:", "")
        yield from _table(tables.met(milestone))
    yield from ("Force in persons at the end of each year, 10/50/90:", "")
    yield from _table(tables.forces(outcome))
    yield from (f"Rests on: {', '.join(outcome.rests_on)}.", "")


def _preferences(comparison: Comparison, head: str) -> Iterator[str]:
    if not comparison.preferences:
        return
    yield from (f"{head} Who would prefer which", "")
    yield from ("Share of one party's weights in which each is best; never summed over parties.", "")
    for party in comparison.preferences:
        yield from (f"{party.party} ({party.label}): {party.because}", "")
        yield from _table(tables.best(party))


def _outside(outside: Backtest, heading: str) -> Iterator[str]:
    yield from (heading, "")
    yield from _table(tables.cases(outside))
    yield from (tables.scored(outside), "")
    yield from (f"- {remark}" for remark in outside.remarks)
    yield ""
