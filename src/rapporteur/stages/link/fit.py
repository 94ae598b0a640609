"""Fits the models of ``judge`` from labelled pairs: ``python -m rapporteur.stages.link.fit READINGS.jsonl LABELS.tsv``.

READINGS is the output of ``rapporteur read --format jsonl``. A line of LABELS is report, other report, label: ``took`` (the first
took from the second), ``related`` (they are, direction unknown) or ``apart`` (they are not), and optionally a weight. Both
models are logistic regressions
with an L2 penalty, every coefficient kept on the side where its feature can only speak (a larger shared part never speaks against
a relation). Families of retellings are held out together in the cross-validation that is printed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from rapporteur.model.reading import Reading
from rapporteur.stages.link.align import align
from rapporteur.stages.link.features import (
    DIRECTION,
    RELATION,
    UPDATE,
    direction_features,
    relation_features,
    same_agency,
    update_features,
)
from rapporteur.stages.link.judge import Model
from rapporteur.stages.link.profile import PROFILE_VERSION, Profile, profile

Matrix = NDArray[np.float64]

AGAINST = frozenset({"figures_changed", "apart", "rivals", "elsewhere", "template"})
"""Features of ``relation`` and ``update`` that may only lower the probability; the others only raise it."""
PENALTY = 1.0


class Labelled(NamedTuple):
    """Feature rows with labels and the family of each row."""

    rows: Matrix
    labels: Matrix
    groups: list[str]
    names: list[tuple[str, str]]
    weights: Matrix


class Label(NamedTuple):
    """One line of the labels."""

    report: str
    other: str
    label: str
    weight: float


def read_labels(path: Path) -> list[Label]:
    """The lines of a labels file; a line without a weight weighs 1."""
    fields = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line]
    return [Label(f[0], f[1], f[2], float(f[3]) if len(f) > 3 else 1.0) for f in fields]


def families(labels: Sequence[Label]) -> dict[str, str]:
    """For each report the least id of the reports it is connected with by ``took`` or ``related``."""
    edges: dict[str, set[str]] = defaultdict(set)
    for a, b, label, _ in labels:
        edges[a].add(a)
        edges[b].add(b)
        if label != "apart":
            edges[a].add(b)
            edges[b].add(a)
    out: dict[str, str] = {}
    for start in sorted(edges):
        stack = [start]
        while stack:
            at = stack.pop()
            if at not in out:
                out[at] = start
                stack.extend(edges[at])
    return out


def collect(profiles: dict[str, Profile], labels: Sequence[Label]) -> tuple[Labelled, Labelled, Labelled]:
    """Rows for the relation model, for the model of one agency's reports, and for the direction model."""
    family = families(labels)
    relation, update, direction = [], [], []
    for a, b, label, heavy in labels:
        one, other = profiles[a], profiles[b]
        found = align(one, other)
        related = float(label != "apart")
        if same_agency(one, other):
            update.append((update_features(one, other, found), related, family[a], (a, b), heavy))
        else:
            relation.append((relation_features(one, other, found), related, family[a], (a, b), heavy))
        if label == "took":
            direction.append((direction_features(one, other, found), 1.0, family[a], (a, b), heavy))
    return _stack(relation), _stack(update), _stack(direction)


def _stack(rows: list[tuple[tuple[float, ...], float, str, tuple[str, str], float]]) -> Labelled:
    values, labels, groups, names, weights = zip(*rows, strict=True)
    return Labelled(np.array(values), np.array(labels), list(groups), list(names), np.array(weights))


def logistic(data: Labelled, signs: Matrix) -> Matrix:
    """Coefficients of a penalised logistic regression whose signs agree with ``signs`` (0: free, not penalised: the intercept).

    Newton's method; coefficients that come out on the wrong side are set to zero and the rest fitted again.
    """
    use = np.ones(len(signs), bool)
    while True:
        out = np.zeros(len(signs))
        out[use] = _newton(data, use, np.where(signs[use] == 0, 1e-6, PENALTY))
        wrong = use & (out * signs < 0)
        if not wrong.any():
            return out
        use &= ~wrong


def _newton(data: Labelled, use: NDArray[np.bool_], penalty: Matrix) -> Matrix:
    rows = data.rows[:, use]
    at = np.zeros(rows.shape[1])
    for _ in range(100):
        p = 1.0 / (1.0 + np.exp(-rows @ at))
        gradient = rows.T @ (data.weights * (data.labels - p)) - penalty * at
        hessian = (rows * (data.weights * p * (1 - p))[:, None]).T @ rows + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient)
        at += step
        if np.abs(step).max() < 1e-9:
            break
    return at


def fit_related(data: Labelled, features: Sequence[str]) -> Matrix:
    """Coefficients by ``features`` (``RELATION`` or ``UPDATE``), then the intercept."""
    signs = np.array([-1.0 if name in AGAINST else 1.0 for name in features] + [0.0])
    return logistic(data._replace(rows=_with_one(data.rows)), signs)


def fit_direction(data: Labelled) -> Matrix:
    """Coefficients by ``DIRECTION``; every pair is shown both ways round, so there is no intercept."""
    both = data._replace(
        rows=np.concatenate([data.rows, -data.rows]),
        labels=np.concatenate([data.labels, 1 - data.labels]),
        weights=np.tile(data.weights, 2),
    )
    return logistic(both, np.ones(len(DIRECTION)))


def _with_one(rows: Matrix) -> Matrix:
    return np.concatenate([rows, np.ones((len(rows), 1))], axis=1)


def cross_validate(data: Labelled, features: Sequence[str], folds: int = 10) -> Matrix:
    """Probability of each row by a model that has not seen its family (families dealt into ``folds``)."""
    names = sorted(set(data.groups))
    fold = {name: i % folds for i, name in enumerate(names)}
    at = np.array([fold[g] for g in data.groups])
    out = np.zeros(len(at))
    for k in range(folds):
        held = at == k
        part = Labelled(data.rows[~held], data.labels[~held], [], [], data.weights[~held])
        out[held] = 1.0 / (1.0 + np.exp(-_with_one(data.rows[held]) @ fit_related(part, features)))
    return out


def reliability(probability: Matrix, labels: Matrix, edges: Sequence[float]) -> Iterator[tuple[float, float, int]]:
    """Per bin: mean probability, share of related pairs, number of pairs."""
    for low, high in pairwise(edges):
        inside = (probability >= low) & ((probability < high) | (high == edges[-1]))
        if inside.any():
            yield float(probability[inside].mean()), float(labels[inside].mean()), int(inside.sum())


EDGES = (0.0, 0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.98, 1.0)


def load(path: Path) -> dict[str, Profile]:
    """Profiles of the readings in a JSON Lines file."""
    out = {}
    with path.open("rb") as lines:
        for line in lines:
            if line.strip():
                reading = msgspec.json.decode(line, type=Reading)
                out[reading.report.id] = profile(reading)
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("readings", type=Path)
    parser.add_argument("labels", type=Path)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "data" / "model.json")
    parser.add_argument("--reliability", type=Path, help="write probability and label of every pair, cross-validated, as TSV")
    given = parser.parse_args()
    profiles = load(given.readings)
    labels = [row for row in read_labels(given.labels) if row.report in profiles and row.other in profiles]
    relation, update, direction = collect(profiles, labels)
    report_on("relation", relation, RELATION, given.reliability)
    report_on("update", update, UPDATE, given.reliability)
    turn = fit_direction(direction)
    toward = 1.0 / (1.0 + np.exp(-direction.rows @ turn))
    sys.stdout.write("direction: " + "  ".join(f"{n} {v:.2f}" for n, v in zip(DIRECTION, turn, strict=True)) + "\n")
    sys.stdout.write(f"direction right in {int((toward > 0.5).sum())} of {len(toward)}\n")
    for low in np.argsort(toward)[:15]:
        sys.stdout.write(f"  least sure: {direction.names[low]} {toward[low]:.3f} {direction.rows[low].round(2).tolist()}\n")
    model = Model(
        PROFILE_VERSION,
        _named((*RELATION, "intercept"), fit_related(relation, RELATION)),
        _named((*UPDATE, "intercept"), fit_related(update, UPDATE)),
        _named(DIRECTION, turn),
        f"{len(labels)} pairs; related: {int(relation.labels.sum())} of {len(relation.labels)} between carriers, "
        f"{int(update.labels.sum())} of {len(update.labels)} of one agency; {len(direction.labels)} with a direction",
    )
    given.out.write_text(json.dumps(msgspec.to_builtins(model), indent=1) + "\n", encoding="utf-8")


def _named(names: Sequence[str], values: Matrix) -> dict[str, float]:
    return {n: round(float(v), 4) for n, v in zip(names, values, strict=True)}


def report_on(name: str, data: Labelled, features: Sequence[str], table: Path | None) -> None:
    """Prints coefficients, what the cross-validation gets wrong, and how often what was said came true."""
    say = sys.stdout.write
    say(
        f"{name}: " + "  ".join(f"{n} {v:.2f}" for n, v in zip((*features, "1"), fit_related(data, features), strict=True)) + "\n"
    )
    held_out = cross_validate(data, features)
    for low in np.argsort(np.where(data.labels == 1, held_out, 2))[:15]:
        say(f"  least sure of the related: {data.names[low]} {held_out[low]:.3f}\n")
    for high in np.argsort(np.where(data.labels == 0, -held_out, 2))[:15]:
        say(f"  surest of the unrelated: {data.names[high]} {held_out[high]:.3f}\n")
    for mean, share, count in reliability(held_out, data.labels, EDGES):
        say(f"  said {mean:.3f}  is {share:.3f}  pairs {count}\n")
    if table:
        rows = [f"{name}\t{p:.5f}\t{y:.0f}" for p, y in zip(held_out, data.labels, strict=True)]
        with table.open("a", encoding="utf-8") as out:
            out.write("\n".join(rows) + "\n")


if __name__ == "__main__":
    main()
