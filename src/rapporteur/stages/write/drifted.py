"""What changed along derivations, as every format lists it, and what the kinds of change are called for people."""

from __future__ import annotations

from collections.abc import Mapping

from rapporteur.model.account import Account
from rapporteur.model.lineage import Drift, DriftType
from rapporteur.stages.write.passages import Passages

CHANGED: Mapping[DriftType, str] = {
    "value": "number",
    "rounding": "rounding",
    "bound": "exactness",
    "window": "time window",
    "merge": "facts merged",
    "speaker": "speaker",
    "status": "status",
    "modality": "certainty",
    "polarity": "yes or no",
    "cause": "cause",
    "place": "place",
    "date": "date",
    "scope": "how much of it",
    "attribution-loss": "attribution lost",
}
"""What of a fact changed on the way."""


def drifts_of(account: Account, passages: Passages) -> list[Drift]:
    """The drifts of an account, each once, in its findings' order; without those whose passages are not at hand."""
    each = {(d.type, d.source, d.target): d for f in account.findings for d in f.drifts}
    return [d for d in each.values() if d.source in passages and d.target in passages]
