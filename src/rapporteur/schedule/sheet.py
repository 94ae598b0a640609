"""The assumption sheet: which parameter stands behind which figure, and what stands behind the parameter."""

from __future__ import annotations

from rapporteur.model.comparison import SheetRow
from rapporteur.schedule.scenario import NEVER, START, Alternative, Scenario


def shared(scenario: Scenario) -> tuple[str, ...]:
    """Parameters that every figure rests on: the simulated world."""
    dynamics = scenario.dynamics
    names = [scenario.horizon, dynamics.shock_rate, dynamics.shock_severity, dynamics.presence_effect, dynamics.assessed_every]
    names += [*dynamics.capacity.values(), *dynamics.consent_loss.values()]
    names += [name for condition in scenario.conditions for name in (condition.drift, condition.volatility)]
    names += [name for party in scenario.parties for name in (party.bias, party.noise)]
    names += [site.level for site in scenario.sites] + [supply.ratio for supply in scenario.supplies]
    names += [row.id for row in scenario.initial]
    return _once(names)


def of(scenario: Scenario, *alternatives: Alternative) -> tuple[str, ...]:
    """Parameters that figures on these alternatives rest on."""
    names = list(shared(scenario))
    for alternative in alternatives:
        names.append(alternative.review)
        for tranche in alternative.tranches:
            names += [*tranche.targets.values(), tranche.gate.threshold, tranche.gate.at_least]
            names += [name for name in (tranche.not_earlier_than, tranche.not_later_than) if name not in (START, NEVER)]
    return _once(names)


def exits(scenario: Scenario) -> tuple[str, ...]:
    """Parameters of a return after completion."""
    return scenario.dynamics.reversal_met, scenario.dynamics.reversal_unmet


def _once(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def rows(scenario: Scenario) -> tuple[SheetRow, ...]:
    """Every parameter that is used, in the order of the file, then the initial levels."""
    uses: dict[str, list[str]] = {}
    everywhere = {*shared(scenario), *exits(scenario)}
    for alternative in scenario.alternatives:
        for name in of(scenario, alternative):
            if name not in everywhere:
                uses.setdefault(name, []).append(alternative.name)
    for party in scenario.parties:
        for name in party.weights.values():
            uses.setdefault(name, []).append(f"preferences of {party.name}")
    sheet = [
        SheetRow(name, p.written(), p.unit, p.basis, p.note, tuple(uses.get(name, ("all alternatives",))))
        for name, p in scenario.parameters.items()
        if name in everywhere or name in uses
    ]
    for row in scenario.initial:
        note = "; ".join(part for part in (f"as of {row.as_of}" if row.as_of else "", row.note) if part)
        sheet.append(SheetRow(row.id, row.written(), "level (0-3)", row.basis, note, ("all alternatives",)))
    return tuple(sheet)
