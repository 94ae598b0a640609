"""A comparison and a backtest in Markdown, for terminals and notes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapporteur.schedule.backtest import Backtest, backtest
from rapporteur.schedule.results import Band, Comparison, Outcome
from rapporteur.schedule.rounding import words


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [head, ["---"] * len(head), *rows]
    return ["| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in line) + " |" for line in lines] + [""]


def _band(band: Band) -> str:
    return band.p50 if band.p10 == band.p90 else f"{band.p50} ({band.p10} to {band.p90})"


def markdown(comparison: Comparison) -> str:
    """The comparison with its assumption sheet; every table says which parameters it rests on."""
    run = comparison.run
    lines = [
        f"# {comparison.title}",
        "",
        comparison.about,
        "",
        f"**Simulated runs are not findings.** {run.runs:,} runs of {run.months} months from {run.start}, seed {run.seed}, "
        f"Rapporteur {run.version}. Probabilities to 5 %, dates to quarters, brackets hold the middle 80 % of the runs.",
        "",
        *(f"- Warning: {warning}." for warning in comparison.warnings),
        "",
        "## When each would be completed",
        "",
    ]
    lines += _table(
        (
            "Alternative",
            "Completed",
            "Not by the horizon",
            f"Return within {run.window} months",
            "Months of waiting for another site",
        ),
        [
            (o.name, _band(o.completion), o.not_completed.words, o.returned.words, _band(o.dependency_months))
            for o in comparison.outcomes
        ],
    )
    lines += [f"- {o.name}: {o.monte_carlo}" for o in comparison.outcomes]
    lines += ["", "If the presence helps, if it harms:", ""]
    lines += _table(
        ("Alternative", "Presence", "Completed", "Not by the horizon", "Return"),
        [
            (o.name, s.presence, _band(s.completion), s.not_completed.words, s.returned.words)
            for o in comparison.outcomes
            for s in o.signs
        ],
    )
    lines += ["Run by run, in the same worlds:", ""]
    lines += _table(
        ("First", "Second", "First earlier", "Same quarter, or neither", "Second earlier"),
        [(p.first, p.second, words(p.first_earlier), words(p.same_quarter), words(p.second_earlier)) for p in comparison.pairs],
    )
    for outcome in comparison.outcomes:
        lines += _alternative(outcome)
    lines += _preferences(comparison)
    lines += _outside(backtest(), "## The outside view: announced withdrawals and what happened")
    lines += ["## Assumption sheet", ""]
    lines += _table(
        ("Parameter", "Value", "Unit", "Basis", "Note", "Used for"),
        [(row.id, row.number, row.unit, row.basis, row.note, "; ".join(row.used_for)) for row in comparison.sheet],
    )
    lines += [f"- {caveat}" for caveat in comparison.caveats]
    return "\n".join(lines) + "\n"


def _alternative(outcome: Outcome) -> list[str]:
    lines = [f"## {outcome.name} ({outcome.rule})", ""]
    lines += _table(
        ("Tranche", "Ordered", "By gate", "By date", "Consent lost", "Never", "Gate truly met", "Carried out unmet", "Binding"),
        [
            (
                m.tranche,
                _band(m.ordered),
                *(words(share) for share in (m.triggers.gate, m.triggers.deadline, m.triggers.consent, m.triggers.not_ordered)),
                m.all_met.words,
                m.executed_unmet.words,
                m.binding,
            )
            for m in outcome.milestones
        ],
    )
    for m in outcome.milestones:
        lines.append(
            f"- {m.tranche}, truly at the threshold: " + "; ".join(f"{x.condition}, {x.site} {x.chance.words}" for x in m.met)
        )
    lines += ["", "Force in persons at the end of each year's last quarter, 10/50/90:", ""]
    years = [p.quarter for p in outcome.forces[0].points if p.quarter.endswith("Q4")]
    rows = [(f.site, *(f"{p.p10}/{p.p50}/{p.p90}" for p in f.points if p.quarter.endswith("Q4"))) for f in outcome.forces]
    lines += _table(("Site", *years), rows)
    return [*lines, f"Rests on: {', '.join(outcome.rests_on)}.", ""]


def _preferences(comparison: Comparison) -> list[str]:
    if not comparison.preferences:
        return []
    lines = [
        "## Who would prefer which",
        "",
        "Share of one party's weights in which each is best; never summed over parties.",
        "",
    ]
    for party in comparison.preferences:
        shares = "; ".join(f"{name} {words(share)}" for name, share in party.best)
        lines += [f"- {party.party} ({party.label}: {party.because}) {shares}"]
    return [*lines, ""]


def _outside(outside: Backtest, heading: str) -> list[str]:
    lines = [heading, ""]
    lines += _table(
        ("Case", "Planned", "Happened", "Months late", "Others would say (10-90)", "Inside", "CRPS", "Documents"),
        [
            (
                c.name,
                c.planned,
                c.done,
                "not carried out" if c.delay is None else f"{c.delay:+.1f}",
                f"{c.low:.1f} to {c.high:.1f}",
                "yes" if c.inside else "no",
                f"{c.crps:.1f}",
                "; ".join([*c.sources, *(f"to verify: {v}" for v in c.verify)]),
            )
            for c in outside.cases
        ],
    )
    n = len(outside.cases)
    lines.append(
        f"{outside.carried_out} of {n} carried out, on time or late; {outside.inside} of {n} inside bands that should hold "
        f"{outside.nominal} %; mean CRPS {outside.crps} months, believing the announced dates {outside.crps_dates}."
    )
    return [*lines, "", *(f"- {remark}" for remark in outside.remarks), ""]


def backtest_markdown(outside: Backtest) -> str:
    """The case table with its scores."""
    return "\n".join(_outside(outside, "# Announced withdrawals and what happened")) + "\n"
