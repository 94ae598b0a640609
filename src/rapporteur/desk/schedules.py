"""Schedules at the desk: alternatives edited in a form, compared step by step, kept for the account."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Mapping, Sequence
from copy import deepcopy
from importlib.resources import files
from itertools import count
from math import isfinite, nan
from typing import Any

import yaml
from msgspec import Struct
from msgspec.structs import replace

from rapporteur.board.state import frameworks
from rapporteur.desk.adding import Step
from rapporteur.desk.board import now
from rapporteur.desk.record import Record
from rapporteur.desk.viewer import Viewer
from rapporteur.errors import AccessError, InputError, MissingError
from rapporteur.model.board import ScheduleText
from rapporteur.model.comparison import Comparison
from rapporteur.parts import compared, schedules_of
from rapporteur.schedule.compare import RUNS, SEED, comparing
from rapporteur.schedule.handover import with_ratings
from rapporteur.schedule.scenario import NEVER, START, Alternative, Scenario, loads
from rapporteur.yaml_lines import parse

EXAMPLE = "hmc"
MOST_RUNS = 1_000_000
"""Runs at the desk: what takes longer than a quarter of a minute should not hold up those who add reports."""
NAME = r"[a-z][a-z0-9_-]{0,40}"
"""What a schedule may be called: a file's name without its ending."""


class TrancheDraft(Struct, frozen=True):
    """A step of an alternative as a form shows it: months as YYYY-MM, or ``start`` and ``never``; force targets by site id."""

    ident: str
    name: str
    earliest: str
    latest: str
    threshold: str
    at_least: str
    targets: dict[str, str]


class AlternativeDraft(Struct, frozen=True):
    """An alternative as a form shows it; numbers as text, as people type them."""

    ident: str
    name: str
    agreement: str
    review: str
    pause: bool
    reversal: bool
    tranches: tuple[TrancheDraft, ...]


class Draft(Struct, frozen=True):
    """A schedule file with its alternatives taken apart for a form. ``deciders`` are the agreement rules there are, ``sites`` the
    sites' names by id, ``rated`` whether the record's board can give the initial levels."""

    name: str
    title: str
    text: str
    deciders: tuple[str, ...]
    sites: dict[str, str]
    rated: bool
    alternatives: tuple[AlternativeDraft, ...]


class Asked(Struct, frozen=True):
    """A file to compare, under a name; ``rated``: its initial levels from the record's board."""

    name: str
    text: str
    runs: int = RUNS
    seed: int = SEED
    rated: bool = False


class Compared(Struct, frozen=True):
    """A comparison with what was asked for."""

    asked: Asked
    comparison: Comparison


def named(name: str) -> bool:
    """Whether a schedule may be called so."""
    return re.fullmatch(NAME, name) is not None


def kept(record: Record) -> tuple[ScheduleText, ...]:
    """The schedules that the record keeps for its account."""
    return tuple(schedules_of(record.store.board()))


def text_of(record: Record, name: str) -> str:
    """The file kept under ``name``, or the worked example; ``MissingError``."""
    for one in kept(record):
        if one.schedule == name:
            return one.text
    if name == EXAMPLE:
        return (files("rapporteur.schedule") / "examples" / f"{EXAMPLE}.yaml").read_text("utf-8")
    raise MissingError(name, "the record keeps no such schedule", "see the list of schedules")


def shown(record: Record, name: str) -> Comparison:
    """The comparison of a kept schedule, as the account has it."""
    entries = record.store.board()
    for one in schedules_of(entries):
        if one.schedule == name:
            return compared(one, entries)
    raise MissingError(name, "the record keeps no such schedule", "see the list of schedules")


def draft(record: Record, text: str, name: str) -> Draft:
    """A file taken apart for the form; ``FileError`` names the line that is wrong."""
    scenario = loads(text, f"{name}.yaml")
    return Draft(
        name,
        scenario.title,
        text,
        ("both", "either", *(party.id for party in scenario.parties)),
        {site.id: site.name for site in scenario.sites},
        scenario.board is not None and scenario.board.framework in frameworks(record.store.board()),
        tuple(_drafted(scenario, alternative) for alternative in scenario.alternatives),
    )


def _drafted(scenario: Scenario, alternative: Alternative) -> AlternativeDraft:
    def number(name: str) -> str:
        return f"{scenario.number(name):g}"

    def month(name: str) -> str:
        return name if name in (START, NEVER) else str(scenario.parameters[name].date)

    return AlternativeDraft(
        alternative.id,
        alternative.name,
        alternative.agreement,
        number(alternative.review),
        alternative.pause,
        alternative.reversal,
        tuple(
            TrancheDraft(
                t.id,
                t.name,
                month(t.not_earlier_than),
                month(t.not_later_than),
                number(t.gate.threshold),
                number(t.gate.at_least),
                {site: number(name) for site, name in t.targets.items()},
            )
            for t in alternative.tranches
        ),
    )


def edited(text: str, name: str, alternatives: Sequence[AlternativeDraft], who: str) -> str:
    """The file with its alternatives as the form has them. A number that was changed becomes a parameter of its own, marked
    assumed and with the name of who entered it, so that the assumption sheet shows it as what it is. ``InputError`` for what is
    no number; the rest is checked when the file is read."""
    content = parse(text, f"{name}.yaml").content
    parameters: dict[str, Any] = content["parameters"]
    there = {a["id"]: a for a in content["alternatives"]}
    made = []
    for one in alternatives:
        alternative = deepcopy(there[one.ident])
        put = _Put(parameters, one.ident, f"entered at the desk by {who}")
        alternative.update(name=one.name.strip(), agreement=one.agreement, pause=one.pause, reversal=one.reversal)
        alternative["review"] = put.number(alternative["review"], one.review, "review")
        for tranche, form in zip(alternative["tranches"], one.tranches, strict=True):
            _put_tranche(tranche, form, put)
        made.append(alternative)
    content["alternatives"] = made
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=120)


def _put_tranche(tranche: dict[str, Any], form: TrancheDraft, put: _Put) -> None:
    key = form.ident
    tranche["not_earlier_than"] = put.month(tranche["not_earlier_than"], form.earliest, f"{key}_earliest", START)
    tranche["not_later_than"] = put.month(tranche["not_later_than"], form.latest, f"{key}_latest", NEVER)
    gate = tranche["gate"]
    gate["threshold"] = put.number(gate["threshold"], form.threshold, f"{key}_threshold")
    gate["at_least"] = put.number(gate["at_least"], form.at_least, f"{key}_at_least")
    for site, value in form.targets.items():
        tranche["targets"][site] = put.number(tranche["targets"][site], value, f"{key}_{site}")


class _Put:
    """Puts what a form says of one alternative: the parameter that is named where it says the same, else a new one."""

    def __init__(self, parameters: dict[str, Any], alternative: str, note: str) -> None:
        self.parameters, self.alternative, self.note = parameters, alternative, note

    def number(self, named: str, typed: str, what: str) -> str:
        """The name of a parameter with the value ``typed``."""
        try:
            value = float(typed)
        except ValueError:
            value = nan
        if not isfinite(value):
            raise InputError("schedule", f"{self.alternative}, {what}", f"'{typed}' is no number", "write it as 100")
        old = self.parameters[named]
        if old.get("value") == value:
            return named
        return self._new(what, {"value": int(value) if value == int(value) else value, "unit": old["unit"]})

    def month(self, named: str, typed: str, what: str, free: str) -> str:
        """The name of a parameter with the month ``typed``, or the word that there is no bound."""
        typed = typed.strip() or free
        if typed == free:
            return free
        if named != free and self.parameters[named].get("date") == typed:
            return named
        return self._new(what, {"date": typed, "unit": "month"})

    def _new(self, what: str, number: Mapping[str, Any]) -> str:
        made = {**number, "mark": "assumed", "note": self.note}
        # What was entered before may be named by a copy of this alternative too: it is left as it is.
        name = next(n for n in self._names(what) if self.parameters.get(n, made) == made)
        self.parameters[name] = made
        return name

    def _names(self, what: str) -> Iterator[str]:
        base = f"{self.alternative}_{what}_entered"
        yield base
        yield from (f"{base}_{number}" for number in count(2))


def with_copy(text: str, name: str, ident: str) -> str:
    """The file with one more alternative, a copy of ``ident``."""
    content = parse(text, f"{name}.yaml").content
    there = {a["id"]: a for a in content["alternatives"]}
    if ident not in there:
        raise InputError("schedule", ident, "is none of the alternatives", f"there are: {', '.join(there)}")
    copied, number = deepcopy(there[ident]), next(n for n in count(2) if f"{ident}_{n}" not in there)
    copied.update(id=f"{ident}_{number}", name=f"{copied['name']} ({number})")
    content["alternatives"].append(copied)
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=120)


def without(text: str, name: str, ident: str) -> str:
    """The file without the alternative ``ident``; ``InputError`` when it is the last."""
    content = parse(text, f"{name}.yaml").content
    content["alternatives"] = [a for a in content["alternatives"] if a["id"] != ident]
    if not content["alternatives"]:
        raise InputError("schedule", ident, "is the last alternative", "keep one, or begin another file")
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=120)


def begin(record: Record, viewer: Viewer, asked: Asked) -> Scenario:
    """What is to be compared, checked: ``FileError`` and others say what is wrong before anything is run."""
    if not viewer.may("analyst"):
        raise AccessError(f"schedule: to compare needs the role of analyst; {viewer.who} is {viewer.role}")
    if not 100 <= asked.runs <= MOST_RUNS or asked.seed < 0:
        what = f"{asked.runs} runs, seed {asked.seed}"
        raise InputError("schedule", what, "cannot be run", f"give 100 to {MOST_RUNS:,} runs and a seed from 0 up")
    scenario = loads(asked.text, f"{asked.name}.yaml")
    return with_ratings(scenario, record.store.board()) if asked.rated else scenario


def running(scenario: Scenario, asked: Asked) -> Generator[Step, None, Compared]:
    """Compares, yielding a step for every tenth of the runs."""
    told = 0
    steps = comparing(scenario, runs=asked.runs, seed=asked.seed)
    while True:
        try:
            done = next(steps)
        except StopIteration as end:
            return Compared(asked, end.value)
        if done * 10 // asked.runs > told:
            told = done * 10 // asked.runs
            yield Step("running", f"{done:,} of {asked.runs:,} runs of each alternative")


def keep(record: Record, viewer: Viewer, asked: Asked) -> None:
    """Adds a schedule to those that the record's account compares; one of the same name is replaced."""
    _enter(record, viewer, ScheduleText(asked.name, f"{asked.name}.yaml", asked.text, asked.runs, asked.seed, viewer.who, now()))


def withdraw(record: Record, viewer: Viewer, name: str) -> None:
    """Shows a kept schedule no longer; what was entered stays in the record."""
    for one in kept(record):
        if one.schedule == name:
            _enter(record, viewer, replace(one, who=viewer.who, made=now(), shown=False))
            return
    raise MissingError(name, "the record keeps no such schedule", "see the list of schedules")


def _enter(record: Record, viewer: Viewer, entry: ScheduleText) -> None:
    if not viewer.may("editor"):
        raise AccessError(f"schedule: to keep or withdraw one needs the role of editor; {viewer.who} is {viewer.role}")
    record.store.add_to_board(entry)
