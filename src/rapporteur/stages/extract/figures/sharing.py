"""Places shared out among the figures of one sentence: "60 attacks in Iraq and more than 90 in Syria" have one place each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

import msgspec

from rapporteur.language.base import Parsed
from rapporteur.model.claims import FigureClaim


def shared_out(p: Parsed, claims: Sequence[FigureClaim]) -> list[FigureClaim]:
    """The claims, in order. Where two or more figures of one sentence count the same and each is followed by places of its own
    before the next one begins, each keeps only those that follow it; a place that belongs to the figure's owner is none."""
    by_sentence: dict[int, list[int]] = {}
    starts = [p.starts[a] for a, _ in p.sentences]
    for at, claim in enumerate(claims):
        by_sentence.setdefault(bisect_right(starts, claim.figure.number.start) - 1, []).append(at)
    out = [_without_owner(c) for c in claims]
    for sentence, numbers in by_sentence.items():
        if len(numbers) > 1:
            end = p.ends[p.sentences[sentence][1] - 1]
            for at, places in _own_places(p.text, [(at, out[at]) for at in numbers], end):
                out[at] = _with_places(out[at], places)
    return out


def _own_places(text: str, figures: Sequence[tuple[int, FigureClaim]], end: int) -> Iterable[tuple[int, tuple[str, ...]]]:
    """For each run of figures that count one thing: the places that stand between each one and the next."""
    runs: list[list[tuple[int, FigureClaim]]] = []
    for item in figures:
        if runs and _count_alike(runs[-1][0][1], item[1]):
            runs[-1].append(item)
        else:
            runs.append([item])
    for i, run in enumerate(runs):
        stop = runs[i + 1][0][1].span.start if i + 1 < len(runs) else end
        bounds = [*(claim.span.start for _, claim in run[1:]), stop]
        own = [
            tuple(name for name in claim.figure.places if claim.span.end <= text.find(name, claim.span.end, bound))
            for (_, claim), bound in zip(run, bounds, strict=True)
        ]
        if len(run) > 1 and all(own):
            yield from ((at, places) for (at, _), places in zip(run, own, strict=True))


def _count_alike(a: FigureClaim, b: FigureClaim) -> bool:
    x, y = a.figure, b.figure
    return (not x.counted or not y.counted or x.counted == y.counted) and x.unit == y.unit


def _without_owner(claim: FigureClaim) -> FigureClaim:
    """ "Some 5,000 US troops remain in Iraq": the US is whose they are, not where."""
    whose = claim.figure.whose
    if whose is None or whose not in claim.figure.places:
        return claim
    return _with_places(claim, tuple(name for name in claim.figure.places if name != whose))


def _with_places(claim: FigureClaim, places: tuple[str, ...]) -> FigureClaim:
    return msgspec.structs.replace(claim, figure=msgspec.structs.replace(claim.figure, places=places))
