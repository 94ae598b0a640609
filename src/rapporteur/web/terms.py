"""What the record's own terms are called on pages, for people who have not read the vocabulary."""

from __future__ import annotations

from collections.abc import Mapping

from rapporteur.model.account import Verdict
from rapporteur.model.lineage import Relation

STANDS: Mapping[Verdict, str] = {
    "agree": "reports agree",
    "differ": "disputed",
    "drift": "drifted",
    "sum": "sum of parts",
    "superseded": "superseded by a later one",
    "single": "one origin only",
}
"""How a finding stands."""

TOOK: Mapping[Relation, str] = {
    "copy": "a copy of",
    "excerpt": "an excerpt of",
    "rewrite": "a rewrite of",
    "hop": "passed on from",
    "common-origin": "shares its origin with",
}
"""A report, and the one it took from."""

JUDGED = {"same": "belong together", "different": "two things", "reject": "rejected", "correct": "corrected", "undo": "undone"}
"""What a judgement says of its subjects."""


def likely(score: float) -> str:
    """A probability as a person reads it; none is certain: "91 % likely", "over 99 % likely"."""
    if score > 0.99:
        return "over 99 % likely"
    return "under 1 % likely" if score < 0.01 else f"{score * 100:.0f} % likely"
