"""What pydantic cannot see: names that lead nowhere, tranches that cannot be carried out, dependencies in a circle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from rapporteur.yaml_lines import Place, Source

if TYPE_CHECKING:  # the models import this module
    from rapporteur.schedule.scenario import Alternative, Condition, Party, Scenario, Site, Tranche

# 24 bits of a float32 less 6 for sixty-fourths: whole numbers of persons up to here are exact in every sum of the kernel.
MOST_PERSONS = 2**17
MOST_CELL_MONTHS = 20_000
"""Conditions x sites x months of the horizon: a chunk of that many worlds takes 330 MB (``draws.CHUNK`` x 4 bytes)."""
LONGEST = 600
LEVELS = ("drift", "volatility", "bias", "noise", "shock_severity", "presence_effect")
MOST_LEVELS = 6
"""Twice the scale: what moves more in a year is a slip of the pen, and sums would no longer be exact."""
UNBOUNDED = ("drift", "bias", "presence_effect")
"""Quantities that may be negative; all others may not."""


def check(scenario: Scenario, source: Source) -> None:
    """Raises ``FileError`` at the first thing that is wrong, in the order of the file."""
    _unique(scenario, source)
    for place, name in _named(scenario):
        if name not in scenario.parameters:
            raise source.error(place, f"no parameter is called '{name}'", "name one that stands under 'parameters'")
        _kind(scenario, source, place, name)
    size = len(scenario.conditions) * len(scenario.sites) * scenario.months
    if size > MOST_CELL_MONTHS:
        reason = f"conditions x sites x months of the horizon are {size:,}"
        raise source.error(("conditions",), reason, f"at most {MOST_CELL_MONTHS:,} can be simulated")
    _levels(scenario, source)
    _supplies(scenario, source)
    _initial(scenario, source)
    for index, alternative in enumerate(scenario.alternatives):
        _alternative(scenario, source, alternative, ("alternatives", index))


def _unique(scenario: Scenario, source: Source) -> None:
    groups: dict[str, Sequence[Site | Condition | Party | Alternative]] = {
        "sites": scenario.sites,
        "conditions": scenario.conditions,
        "parties": scenario.parties,
        "alternatives": scenario.alternatives,
    }
    for group, items in groups.items():
        counts = Counter(item.id for item in items)
        for index, item in enumerate(items):
            if counts[item.id] > 1:
                raise source.error((group, index, "id"), f"'{item.id}' is used {counts[item.id]} times", "give each its own id")


def _named(scenario: Scenario) -> Iterable[tuple[Place, str]]:
    """Every place where a parameter is named, with the name."""
    yield ("horizon",), scenario.horizon
    for i, site in enumerate(scenario.sites):
        yield ("sites", i, "level"), site.level
    for i, supply in enumerate(scenario.supplies):
        yield ("supplies", i, "ratio"), supply.ratio
    for i, condition in enumerate(scenario.conditions):
        yield ("conditions", i, "drift"), condition.drift
        yield ("conditions", i, "volatility"), condition.volatility
    for i, party in enumerate(scenario.parties):
        yield ("parties", i, "bias"), party.bias
        yield ("parties", i, "noise"), party.noise
        for criterion, name in party.weights.items():
            yield ("parties", i, "weights", criterion), name
    for key, value in scenario.dynamics.model_dump().items():
        if isinstance(value, dict):
            for site_id, name in value.items():
                yield ("dynamics", key, site_id), name
        else:
            yield ("dynamics", key), value
    for i, alternative in enumerate(scenario.alternatives):
        yield ("alternatives", i, "review"), alternative.review
        for j, tranche in enumerate(alternative.tranches):
            at: Place = ("alternatives", i, "tranches", j)
            for site_id, name in tranche.targets.items():
                yield (*at, "targets", site_id), name
            for bound, free in (("not_earlier_than", "start"), ("not_later_than", "never")):
                if getattr(tranche, bound) != free:
                    yield (*at, bound), getattr(tranche, bound)
            yield (*at, "gate", "threshold"), tranche.gate.threshold
            yield (*at, "gate", "at_least"), tranche.gate.at_least


def _kind(scenario: Scenario, source: Source, place: Place, name: str) -> None:
    """Dates where dates belong, fixed whole numbers where something is counted, nothing below 0 that cannot be."""
    parameter, last = scenario.parameters[name], place[-1]
    dated = last in ("not_earlier_than", "not_later_than")
    if dated != (parameter.date is not None):
        raise source.error(place, f"'{name}' is {'no month' if dated else 'a month'}", "name a parameter of the right kind")
    fixed = {"horizon", "level", "ratio", "review", "assessed_every", "threshold", "at_least"}
    counted = last in {"horizon", "level", "review", "assessed_every", "at_least"} or "targets" in place
    if (last in fixed or counted) and not dated and not parameter.certain:
        raise source.error(place, f"'{name}' must be a fixed value here", "give it as 'value: ...'")
    low, high = parameter.bounds
    if counted and (low != round(low) or low < (0 if "targets" in place else 1)):
        raise source.error(
            place, f"'{name}' must be a whole number here, {low:g} is not", "it counts persons, months or conditions"
        )
    if low < 0 and last not in UNBOUNDED:
        raise source.error(place, f"'{name}' can fall below 0, which means nothing here", "give only positive numbers")
    if high > MOST_PERSONS or (last == "horizon" and high > LONGEST):
        raise source.error(place, f"'{name}' is too large: {high:g}", f"at most {MOST_PERSONS} persons and {LONGEST} months")
    if last in LEVELS and max(-low, high) > MOST_LEVELS:
        raise source.error(place, f"'{name}' is too large for a scale from 0 to 3", f"at most {MOST_LEVELS} levels")
    if last == "threshold" and high > 3:
        raise source.error(place, f"'{name}' lies above the scale", "levels run from 0 to 3")


def _levels(scenario: Scenario, source: Source) -> None:
    sites = {site.id for site in scenario.sites}
    for key in ("capacity", "consent_loss"):
        given = getattr(scenario.dynamics, key)
        for site_id in given:
            _known(source, ("dynamics", key, site_id), site_id, sites, "site")
        for site in scenario.sites:
            if site.id not in given:
                raise source.error(("dynamics", key), f"says nothing of site '{site.id}'", "nothing is filled in silently")


def _known(source: Source, place: Place, name: str, there: set[str], what: str) -> None:
    if name not in there:
        raise source.error(place, f"no {what} is called '{name}'", f"there are: {', '.join(sorted(there))}")


def _supplies(scenario: Scenario, source: Source) -> None:
    sites = {site.id: site for site in scenario.sites}
    graph: dict[str, set[str]] = {}
    for index, supply in enumerate(scenario.supplies):
        place: Place = ("supplies", index)
        _known(source, (*place, "provider"), supply.provider, set(sites), "site")
        _known(source, (*place, "client"), supply.client, set(sites), "site")
        graph.setdefault(supply.provider, set()).add(supply.client)
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            circle = " needs ".join(reversed(error.args[1]))
            raise source.error(place, f"circular dependency: {circle}", "a site cannot be supplied through itself") from error
        need = scenario.number(supply.ratio) * scenario.number(sites[supply.client].level)
        if scenario.number(sites[supply.provider].level) < need:
            reason = f"'{supply.provider}' starts below what '{supply.client}' needs of it ({need:g})"
            raise source.error((*place, "ratio"), reason, "lower the ratio or raise the provider's level")


def _initial(scenario: Scenario, source: Source) -> None:
    sites, conditions = ({item.id for item in group} for group in (scenario.sites, scenario.conditions))
    seen: set[tuple[str, str]] = set()
    for index, row in enumerate(scenario.initial):
        _known(source, ("initial", index, "site"), row.site, sites, "site")
        _known(source, ("initial", index, "condition"), row.condition, conditions, "condition")
        if (row.condition, row.site) in seen:
            raise source.error(("initial", index), f"'{row.condition}' at '{row.site}' is given twice", "keep one of the two")
        seen.add((row.condition, row.site))
    for key, there in (("conditions", conditions), ("sites", sites)):
        for name in getattr(scenario.board, key, ()):
            _known(source, ("board", key, name), name, there, key.removesuffix("s"))
    for condition in scenario.conditions:
        for site in scenario.sites:
            if (condition.id, site.id) not in seen:
                reason = f"'{condition.id}' at '{site.id}' has no initial level"
                raise source.error(("initial",), reason, "an unknown level is low 0, high 3, never left out")


def _alternative(scenario: Scenario, source: Source, alternative: Alternative, place: Place) -> None:
    parties = {party.id for party in scenario.parties}
    _known(source, (*place, "agreement"), alternative.agreement, parties | {"both", "either"}, "agreement rule or party")
    current = {site.id: scenario.number(site.level) for site in scenario.sites}
    for index, tranche in enumerate(alternative.tranches):
        at: Place = (*place, "tranches", index)
        _window(scenario, source, tranche, at)
        _gate(scenario, source, tranche, at)
        for site_id, name in tranche.targets.items():
            _known(source, (*at, "targets", site_id), site_id, set(current), "site")
            target = scenario.number(name)
            if target > current[site_id]:
                reason = f"target {target:g} at '{site_id}' lies above the level before it, {current[site_id]:g}"
                raise source.error((*at, "targets", site_id), reason, "a tranche draws down")
            current[site_id] = target
    for supply in scenario.supplies:
        need = scenario.number(supply.ratio) * current[supply.client]
        if current[supply.provider] < need:
            last: Place = (*place, "tranches", len(alternative.tranches) - 1)
            ends = current[supply.provider]
            reason = f"ends with '{supply.provider}' at {ends:g}, below the {need:g} that '{supply.client}' needs"
            raise source.error((*last, "targets"), reason, "raise the provider's last target or lower the client's")


def _window(scenario: Scenario, source: Source, tranche: Tranche, at: Place) -> None:
    earliest, latest = (
        None if name in ("start", "never") else scenario.month(str(scenario.parameters[name].date))
        for name in (tranche.not_earlier_than, tranche.not_later_than)
    )
    if latest is not None and latest < 1:
        raise source.error((*at, "not_later_than"), f"lies before the first month after the start ({scenario.start})", "move one")
    if earliest is not None and latest is not None and earliest > latest:
        raise source.error((*at, "not_earlier_than"), "not_earlier_than lies after not_later_than", "exchange or correct them")


def _gate(scenario: Scenario, source: Source, tranche: Tranche, at: Place) -> None:
    gate = tranche.gate
    for key, items in (("sites", scenario.sites), ("conditions", scenario.conditions)):
        for index, name in enumerate(getattr(gate, key)):
            _known(source, (*at, "gate", key, index), name, {item.id for item in items}, key.removesuffix("s"))
    cells = len(set(gate.conditions)) * len(set(gate.sites))
    if scenario.number(gate.at_least) > cells:
        raise source.error((*at, "gate", "at_least"), f"asks for more than the gate's {cells} conditions x sites", "lower it")
