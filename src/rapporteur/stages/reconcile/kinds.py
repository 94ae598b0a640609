"""The kinds of claims, each with how it becomes an item, under what it is looked up, and what makes two of them one finding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from rapporteur.model.account import Finding
from rapporteur.model.claims import EventClaim, FigureClaim, StatementClaim
from rapporteur.stages.link.items import Item, key_of
from rapporteur.stages.link.utterances import Said, one_utterance, said_keys
from rapporteur.stages.reconcile.context import ReportContext
from rapporteur.stages.reconcile.counting import Standing
from rapporteur.stages.reconcile.events import Happening, event_finding, event_keys, happening, same_event
from rapporteur.stages.reconcile.figures import figure_finding, figure_keys, figure_likeness
from rapporteur.stages.reconcile.measures import Measure, measure
from rapporteur.stages.reconcile.positions import Stand, same_stand, stand, stand_finding, stand_keys
from rapporteur.stages.reconcile.statements import denial_keys, statement, statement_finding

AnyItem = Measure | Said | Happening | Stand
"""All kinds of items, for those that decode them."""


def items_of(context: ReportContext) -> list[Item]:
    """An item for each claim of a report, in their order."""
    out: list[Item] = []
    for index, claim in enumerate(context.reading.claims):
        if isinstance(claim, FigureClaim):
            out.append(measure(claim, context, index))
        elif isinstance(claim, StatementClaim):
            out.append(statement(claim, context, index))
        elif isinstance(claim, EventClaim):
            out.append(happening(claim, context, index))
        else:
            out.append(stand(claim, context, index))
    return out


def keys(item: Item) -> list[int]:
    """Under what an item is looked up by those that may join it."""
    if isinstance(item, Said):
        return said_keys(item)
    found: Iterable[tuple[str | None, ...]] = ()
    if isinstance(item, Measure):
        found = figure_keys(item)
    elif isinstance(item, Happening):
        found = event_keys(item)
    elif isinstance(item, Stand):
        found = stand_keys(item)
    return list(dict.fromkeys(key_of(*key) for key in found))


def more_keys(item: Item) -> list[int]:
    """Under what an item is kept for others that may contradict it."""
    return denial_keys(item)[0] if isinstance(item, Said) else []


def likeness(related: Callable[[str, str], bool]) -> Callable[[Item, Item], float]:
    """How surely two items are of one finding: 0 for not at all, below for never; ``related``: whether reports go back to one."""

    def alike(a: Item, b: Item) -> float:
        if isinstance(a, Measure) and isinstance(b, Measure):
            return figure_likeness(a, b, related=related(a.report, b.report))
        if isinstance(a, Said) and isinstance(b, Said):
            return one_utterance(a, b, related=related(a.report, b.report))
        if isinstance(a, Happening) and isinstance(b, Happening):
            return same_event(a, b, related=related(a.report, b.report))
        return same_stand(a, b) if isinstance(a, Stand) and isinstance(b, Stand) else 0.0

    return alike


def finding(members: Sequence[Item], against: Sequence[str], standing: Standing) -> Finding:
    """The finding of one group, by its name (``ids.named``). ``members``: of one kind, in canonical order; ``against``: ids of
    the claims that say the opposite of a statement."""
    first = members[0]
    if isinstance(first, Measure):
        return figure_finding([m for m in members if isinstance(m, Measure)], standing)
    if isinstance(first, Said):
        return statement_finding([m for m in members if isinstance(m, Said)], against, standing)
    if isinstance(first, Happening):
        return event_finding([m for m in members if isinstance(m, Happening)], standing)
    return stand_finding([m for m in members if isinstance(m, Stand)], standing)
