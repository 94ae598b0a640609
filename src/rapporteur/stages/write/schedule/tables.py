"""The tables of a comparison and of the outside view, for every format that has tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapporteur.model.comparison import (
    Backtest,
    Band,
    Comparison,
    Force,
    ForcePoint,
    Milestone,
    Outcome,
    Preference,
    SheetRow,
    in_words,
)


@dataclass(frozen=True, slots=True)
class Table:
    """``rows`` as long as ``columns``; ``numbers``: columns that stand as figures. ``keys``: what each row rests on, where it is
    not what the whole table rests on (a parameter, a case)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[str] = frozenset()
    keys: tuple[str, ...] = ()


def _table(columns: tuple[str, ...], rows: Sequence[tuple[str, ...]], *numbers: str) -> Table:
    return Table(columns, tuple(rows), frozenset(numbers))


def band(shown: Band) -> str:
    """ "2026-Q3 (2026-Q1 to 2027-Q4)"; one value where all three are the same."""
    return shown.p50 if shown.p10 == shown.p90 else f"{shown.p50} ({shown.p10} to {shown.p90})"


def completion(comparison: Comparison) -> Table:
    """When each alternative is completed, whether at all, and what follows."""
    returned = f"Return within {comparison.run.window} months of completion"
    return _table(
        ("Alternative", "Completed", "Not by the horizon", returned, "Waits for another site"),
        [
            (o.name, band(o.completion), o.not_completed.words, o.returned.words, band(o.dependency_months))
            for o in comparison.outcomes
        ],
    )


def pairs(comparison: Comparison) -> Table:
    """Who is earlier, run by run."""
    shares = ("First earlier", "Same quarter, or neither", "Second earlier")
    return _table(
        ("First", "Second", *shares),
        [
            (p.first, p.second, *(in_words(share) for share in (p.first_earlier, p.same_quarter, p.second_earlier)))
            for p in comparison.pairs
        ],
        *shares,
    )


def signs(comparison: Comparison) -> Table:
    """The runs in which the presence helps, and those in which it harms."""
    return _table(
        ("Alternative", "Presence", "Completed", "Not by the horizon", "Return"),
        [
            (o.name, s.presence, band(s.completion), s.not_completed.words, s.returned.words)
            for o in comparison.outcomes
            for s in o.signs
        ],
    )


def milestones(outcome: Outcome) -> Table:
    """What ordered each tranche, and how its gate stood."""
    orders = ("By gate", "By date", "Consent lost", "Never")
    return _table(
        ("Tranche", "Ordered", *orders, "All met", "Gate truly met", "Carried out unmet", "Binding"),
        [
            (m.tranche, band(m.ordered), *_ordered(m), m.all_met.words, m.gate_met.words, m.executed_unmet.words, m.binding)
            for m in outcome.milestones
        ],
        *orders,
    )


def _ordered(milestone: Milestone) -> tuple[str, ...]:
    t = milestone.triggers
    return tuple(in_words(share) for share in (t.gate, t.deadline, t.consent, t.not_ordered))


def met(milestone: Milestone) -> Table:
    """Each condition of a gate when its tranche was ordered."""
    return _table(("Condition", "Site", "Truly at its threshold"), [(x.condition, x.site, x.chance.words) for x in milestone.met])


def forces(outcome: Outcome) -> Table:
    """Force at each site at the start and at the end of each year, 10/50/90."""

    def shown(force: Force) -> list[ForcePoint]:
        return [p for p in force.points if p.month == 0 or p.quarter.endswith("Q4")]

    ends = ["Start" if p.month == 0 else p.quarter for p in shown(outcome.forces[0])]
    rows = [(f.site, *(f"{p.p10:,} / {p.p50:,} / {p.p90:,}" for p in shown(f))) for f in outcome.forces]
    return _table(("Site", *ends), rows, *ends)


def best(preference: Preference) -> Table:
    """In which share of a party's weights each alternative is best."""
    return _table(
        ("Alternative", "Best in"), [(name, f"{in_words(share)} of the weights") for name, share in preference.best], "Best in"
    )


def sheet(rows: Sequence[SheetRow]) -> Table:
    """The assumption sheet."""
    return Table(
        ("Parameter", "Value", "Unit", "Basis", "Note", "Used for"),
        tuple((row.id, row.number, row.unit, row.basis, row.note, "; ".join(row.used_for)) for row in rows),
        frozenset(("Value",)),
        tuple(row.id for row in rows),
    )


def cases(outside: Backtest) -> Table:
    """Announced withdrawals and what happened, each foretold by the others."""
    numbers = ("Planned", "Happened", "Months late", "Others would say", "Inside", "CRPS")
    return Table(
        ("Case", *numbers, "Documents"),
        tuple(
            (
                c.name,
                c.planned,
                c.done,
                "not carried out" if c.delay is None else f"{c.delay:+.1f}",
                f"{c.low:.1f} to {c.high:.1f}",
                "yes" if c.inside else "no",
                f"{c.crps:.1f}",
                "; ".join([*c.sources, *(f"read: {r}" for r in c.read), *(f"to verify: {v}" for v in c.verify)]),
            )
            for c in outside.cases
        ),
        frozenset(numbers),
        tuple(f"case:{c.id}" for c in outside.cases),
    )


def scored(outside: Backtest) -> str:
    """The scores over all cases, in a sentence."""
    n = len(outside.cases)
    return (
        f"{outside.carried_out} of {n} were carried out, on time or late. Foretold by the other cases (10th to 90th percentile, "
        f"nominally {outside.nominal} %), {outside.inside} of {n} lie inside. Mean CRPS {outside.crps} months; believing the "
        f"announced dates {outside.crps_dates}."
    )


def about_runs(comparison: Comparison) -> str:
    """How the figures were made, in words."""
    run = comparison.run
    return (
        f"{run.runs:,} runs of {run.months} months from {run.start}, seed {run.seed}; every alternative meets the same simulated "
        "worlds. Probabilities are rounded to 5 %, dates to quarters; brackets hold the middle 80 % of the runs."
    )
