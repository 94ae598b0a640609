"""Derivations as people judged them: a rejected one is none, a corrected one is of the kind they say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import cast, get_args

from msgspec.structs import replace

from rapporteur.model.judgement import Judgement
from rapporteur.model.lineage import Derivation, Relation


def derivation_id(derivation: Derivation) -> str:
    """How judgements name it: ``REPORT@PARENT``, or ``REPORT@`` and the name that the report credits."""
    return f"{derivation.report}@{derivation.parent or derivation.credited or ''}"


def judged(
    derivations: Sequence[Derivation], fresh: Mapping[str, float], judgements: Iterable[Judgement]
) -> tuple[tuple[Derivation, ...], dict[str, float]]:
    """``derivations`` and ``fresh`` (see ``graph.derivations``) without what was rejected. ``judgements`` are those in force; of
    two on one derivation the later holds."""
    verdicts = {s: j for j in judgements if j.verb in ("reject", "correct") for s in j.subjects if "@" in s}
    if not verdicts:
        return tuple(derivations), dict(fresh)
    out = []
    for derivation in derivations:
        judgement = verdicts.get(derivation_id(derivation))
        if judgement is None:
            out.append(derivation)
        elif judgement.verb == "correct" and judgement.value in get_args(Relation):
            reason = f"corrected by {judgement.who}: {judgement.value}" + (f", {judgement.why}" if judgement.why else "")
            out.append(replace(derivation, relation=cast(Relation, judgement.value), reason=reason))
    derived = {d.report for d in out if d.parent}
    return tuple(out), {report: share for report, share in fresh.items() if report in derived}
