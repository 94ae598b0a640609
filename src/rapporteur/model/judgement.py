"""Judgements: decisions of people on the record. They are edges that are added, never overwrites of what was found."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec
from msgspec import Struct

Verb = Literal["same", "different", "unsure", "reject", "correct", "undo"]


class Judgement(Struct, frozen=True):
    """One decision: ``who`` said at ``at`` (ISO 8601, UTC) ``why``, about ``subjects``.

    ``subjects`` are ids that stay when reports are added: of claims and of actors in one report (``REPORT#f3``,
    ``REPORT#a1``), of derivations (``REPORT@PARENT``) and, for ``undo``, of judgements (``judgement_id``). ``same``,
    ``different`` and ``unsure`` are about two sides, ``reject`` and ``correct`` about one, ``correct`` with the right
    ``value``. Findings and actors across reports are named by what they held when they were judged: ``sides`` then says how
    many of the subjects, in order, make up each side; empty, every subject is a side of its own. A later judgement on the
    same subjects prevails; ``undo`` takes one out of force.
    """

    verb: Verb
    subjects: tuple[str, ...]
    who: str
    at: str
    why: str = ""
    value: str | None = None
    sides: tuple[int, ...] = ()


_FAMILY = {"same": "pair", "different": "pair", "unsure": "pair", "reject": "one", "correct": "one"}


def judgement_id(judgement: Judgement) -> str:
    """Its name in every record that holds it: ``j-`` and ten hex digits of SHA-256 over all it says."""
    return "j-" + hashlib.sha256(msgspec.json.encode(judgement)).hexdigest()[:10]


def in_force(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """Those that hold, in the order in which they were made: not undone (an undo can be undone in its turn), and no later one of
    the same kind (same, different, unsure; or reject, correct) on the same subjects."""
    out: list[Judgement] = []
    undone: set[str] = set()
    taken: set[tuple[str, frozenset[str]]] = set()
    for judgement in reversed(tuple(judgements)):
        if judgement_id(judgement) in undone:
            continue
        if judgement.verb == "undo":
            undone.update(judgement.subjects)
            continue
        key = (_FAMILY[judgement.verb], frozenset(judgement.subjects))
        if key not in taken:
            taken.add(key)
            out.append(judgement)
    return tuple(reversed(out))


def sides_of(judgement: Judgement) -> tuple[tuple[str, ...], ...]:
    """The subjects, side by side."""
    if not judgement.sides:
        return tuple((subject,) for subject in judgement.subjects)
    out, rest = [], list(judgement.subjects)
    for size in judgement.sides:
        out.append(tuple(rest[:size]))
        rest = rest[size:]
    return tuple(side for side in (*out, *((r,) for r in rest)) if side)


def is_actor(subject: str) -> bool:
    """Whether a subject names an actor in one report."""
    return subject.rpartition("#")[2].startswith("a")


def pairs(judgement: Judgement) -> Sequence[tuple[str, str]]:
    """Two subjects each from different sides of a ``same``, ``different`` or ``unsure``."""
    sides = sides_of(judgement)
    return [(x, y) for i, one in enumerate(sides) for other in sides[i + 1 :] for x in one for y in other]
