"""From simulated runs to the figures of a comparison."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

from rapporteur import __version__
from rapporteur.errors import ConfigurationError
from rapporteur.model import comparison as r
from rapporteur.schedule import sheet
from rapporteur.schedule.backtest import backtest
from rapporteur.schedule.draws import WINDOW
from rapporteur.schedule.kernel import CONSENT, DEADLINE, GATE, NOT_ORDERED
from rapporteur.schedule.plan import FAR, Rule
from rapporteur.schedule.preferences import preferences
from rapporteur.schedule.rounding import percent, percents, quarter
from rapporteur.schedule.scenario import Alternative, Scenario
from rapporteur.schedule.tally import Tallies, Tally, late, quantiles, tallying

RUNS, SEED = 100_000, 1
MOST_RUNS = 10_000_000
RARE_GATE = 0.10
"""Below this share of gate orders, a schedule that is called conditions-based is in fact a late timeline."""
REFUSED = (
    "No date is recommended, no readiness score and no go or no-go is given, and nothing is shown below country or publicly "
    "named base: these are for the parties to decide, and the parameters do not carry them.",
)
CAVEATS = (
    "Simulated runs are not findings. They show what follows from the parameters below, most of which are assumed.",
    "Whether the presence of forces helps or harms the conditions is disputed; both signs are drawn and both are shown.",
    "A return of forces is counted in an equal window after completion for all alternatives, whenever they complete.",
    "Bands hold the middle 80 % of the runs (10th, 50th and 90th percentile).",
    *REFUSED,
)


def compare(scenario: Scenario, *, runs: int = RUNS, seed: int = SEED) -> r.Comparison:
    """Simulates every alternative in the same worlds. Same scenario, runs and seed give the same comparison.

    Raises ``ConfigurationError`` for runs outside 100..10,000,000 and a negative seed.
    """
    steps = comparing(scenario, runs=runs, seed=seed)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: r.Comparison = end.value
            return found


def comparing(scenario: Scenario, *, runs: int = RUNS, seed: int = SEED) -> Generator[int, None, r.Comparison]:
    """As ``compare``, step by step: yields how many runs have been done, returns the comparison."""
    if not 100 <= runs <= MOST_RUNS:
        raise ConfigurationError(f"--runs {runs}: give 100 to {MOST_RUNS:,}; fewer say nothing")
    if seed < 0:
        raise ConfigurationError(f"--seed {seed}: give a number from 0 up")
    tallies = yield from tallying(scenario, runs, seed)
    outcomes = tuple(
        _outcome(scenario, alternative, rule, one, tallies)
        for alternative, rule, one in zip(scenario.alternatives, tallies.rules, tallies.alternatives, strict=True)
    )
    return r.Comparison(
        schema=1,
        title=scenario.title,
        about=" ".join(scenario.about.split()),
        run=r.Run(runs, seed, __version__, scenario.start, scenario.months, WINDOW),
        outcomes=outcomes,
        pairs=tuple(_pairs(scenario, tallies)),
        preferences=preferences(scenario, tallies, seed),
        sheet=sheet.rows(scenario),
        outside=backtest(),
        caveats=CAVEATS,
        warnings=tuple(f"{o.name}, {m.tranche}: {m.warning}" for o in outcomes for m in o.milestones if m.warning),
    )


def _chance(hits: npt.NDArray[np.bool_]) -> r.Chance:
    rounded = percent(float(hits.mean())) if hits.size else 0
    return r.Chance(rounded, r.in_words(rounded) if hits.size else "no such run")


def _of(count: int, runs: int) -> r.Chance:
    rounded = percent(count / runs)
    return r.Chance(rounded, r.in_words(rounded))


def _dates(scenario: Scenario, months: npt.NDArray[np.int16]) -> r.Band:
    if not months.size:
        return r.Band("no such run", "no such run", "no such run")
    return r.Band(*(quarter(scenario, month) for month in quantiles(months)))


def _kind(rule: Rule) -> str:
    if rule.earliest == rule.latest:
        return "dates"
    return "conditions" if all(month == FAR for month in rule.latest) else "hybrid"


def _outcome(scenario: Scenario, alternative: Alternative, rule: Rule, one: Tally, tallies: Tallies) -> r.Outcome:
    rests = sheet.of(scenario, alternative)
    months = late(one.completed, tallies.plan)
    done = one.completed > 0
    return r.Outcome(
        id=alternative.id,
        name=alternative.name,
        rule=_kind(rule),  # type: ignore[arg-type] # one of the three words
        completion=_dates(scenario, months),
        not_completed=_chance(~done),
        completed_by=tuple(
            r.Cumulative(quarter(scenario, month), month, percent(float((months <= month).mean())))
            for month in _quarter_ends(scenario)
        ),
        milestones=tuple(_milestone(scenario, alternative, rule, one, k) for k in range(len(rule.gates))),
        forces=_forces(scenario, one, rests),
        dependency_months=r.Band(*(f"{months} months" for months in quantiles(one.dependency))),
        returned=_chance(one.returned[done]),
        signs=tuple(_sign(scenario, one, months, tallies.helps, helps=helps) for helps in (True, False)),
        monte_carlo=_error(months, one),
        rests_on=(*rests, *sheet.exits(scenario)),
    )


def _quarter_ends(scenario: Scenario) -> list[int]:
    """Months after the start that end a quarter of the calendar, and the horizon."""
    first = int(scenario.start[5:])
    ends = [month for month in range(scenario.months + 1) if (first + month) % 3 == 0]
    return ends if ends and ends[-1] == scenario.months else [*ends, scenario.months]


def _milestone(scenario: Scenario, alternative: Alternative, rule: Rule, one: Tally, k: int) -> r.Milestone:
    gate, n = rule.gates[k], one.completed.size
    shares = [float((one.cause[k] == cause).mean()) for cause in (GATE, DEADLINE, CONSENT, NOT_ORDERED)]
    met = []
    for cell, count in zip(gate.cells, one.met[k], strict=True):
        condition, site = divmod(cell, len(scenario.sites))
        met.append(r.MetChance(scenario.conditions[condition].name, scenario.sites[site].name, _of(int(count), n)))
    least = met[int(np.argmin(one.met[k]))]
    warning = ""
    if shares[0] < RARE_GATE and rule.earliest[k] != rule.latest[k]:
        turned = "a late timeline" if rule.latest[k] < FAR else "a wait for loss of consent or for nothing"
        warning = f"its gate orders it in under 10 % of the runs, which makes it {turned}"
    ordered = one.ordered[k] > 0
    return r.Milestone(
        tranche=alternative.tranches[k].name,
        ordered=_dates(scenario, np.where(ordered, one.ordered[k], np.int16(scenario.months + 1)).astype(np.int16)),
        triggers=r.Triggers(*percents(shares)),
        met=tuple(met),
        all_met=_of(one.every[k], n),
        gate_met=_chance(ordered & ~one.unmet[k]),
        executed_unmet=_chance(one.unmet[k][ordered]),
        binding=f"{least.condition}, {least.site}",
        warning=warning,
        rests_on=sheet.of(scenario, alternative),
    )


def _forces(scenario: Scenario, one: Tally, rests: tuple[str, ...]) -> tuple[r.Force, ...]:
    low, middle, high = (one.fan.quantile(share) for share in (0.1, 0.5, 0.9))
    ends = [0, *(month for month in _quarter_ends(scenario) if month)]
    return tuple(
        r.Force(
            site.name,
            tuple(
                r.ForcePoint(quarter(scenario, month), month, int(low[month, s]), int(middle[month, s]), int(high[month, s]))
                for month in ends
            ),
            rests,
        )
        for s, site in enumerate(scenario.sites)
    )


def _sign(
    scenario: Scenario, one: Tally, months: npt.NDArray[np.int16], all_helps: npt.NDArray[np.bool_], *, helps: bool
) -> r.SignOutcome:
    chosen = all_helps == helps
    return r.SignOutcome(
        presence="helps" if helps else "harms",
        completion=_dates(scenario, months[chosen]),
        not_completed=_chance(one.completed[chosen] == 0),
        returned=_chance(one.returned[chosen & (one.completed > 0)]),
    )


def _error(months: npt.NDArray[np.int16], one: Tally) -> str:
    """Standard error of the probabilities, and how far the percentiles of completion may be off (95 %, by order statistics)."""
    n = months.size
    done = int((one.completed > 0).sum())
    ordered = np.sort(months)
    widest = 0
    for share in (0.1, 0.5, 0.9):
        reach = 1.96 * (n * share * (1 - share)) ** 0.5
        low, high = (int(np.clip(n * share + side * reach, 0, n - 1)) for side in (-1, 1))
        widest = max(widest, int(ordered[high]) - int(ordered[low]))
    points = 50 / max(done, 1) ** 0.5
    span = "span a single month" if widest == 0 else f"span {widest} {'month' if widest == 1 else 'months'}"
    return (
        f"Monte Carlo error: probabilities have a standard error of at most {points:.1f} percentage points over {done:,} "
        f"completed and {50 / n**0.5:.1f} over all {n:,} runs; the 95 % intervals of the percentiles of completion {span} "
        "at most. It says nothing about how good the parameters are."
    )


def _pairs(scenario: Scenario, tallies: Tallies) -> Sequence[r.Pair]:
    """Compared by quarter, as dates are shown; runs in which neither completes count as the same."""
    first_month = int(scenario.start[5:]) - 1
    pairs = []
    for (a, one), (b, two) in combinations(zip(scenario.alternatives, tallies.alternatives, strict=True), 2):
        quarters = [(late(t.completed, tallies.plan).astype(np.int32) + first_month) // 3 for t in (one, two)]
        for t, q in zip((one, two), quarters, strict=True):
            q[t.completed == 0] = np.iinfo(np.int32).max
        shares = [float(m.mean()) for m in (quarters[0] < quarters[1], quarters[0] == quarters[1], quarters[0] > quarters[1])]
        earlier, same, later = percents(shares)
        pairs.append(r.Pair(a.name, b.name, earlier, same, later, sheet.of(scenario, a, b)))
    return pairs
