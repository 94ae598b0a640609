"""What one report has brought, from the record's standing: known at once, while the account is made in its own time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from msgspec import Struct

from rapporteur.accounts import LARGE
from rapporteur.model.account import Finding
from rapporteur.model.claims import report_of
from rapporteur.model.lineage import Derivation, Drift
from rapporteur.stages.write.numbers import plural
from rapporteur.standing import behind, bring_up
from rapporteur.store.base import Store
from rapporteur.store.standing_records import WHOLE

AT_ONCE = 25
"""Reports that are linked and reconciled while somebody waits for what the last has brought. In a record of 20,000 that many,
alike as in ``benchmarks/desk_load.py``, take some 2 s of processor; one made by other rules takes twelve minutes as a whole."""


class Placed(Struct, frozen=True):
    """A report among the others, as the record stands: what it took and gave, what drifted, and its ``findings`` by claim."""

    parents: tuple[Derivation, ...]
    children: tuple[Derivation, ...]
    drifts: tuple[Drift, ...]
    findings: Mapping[str, Finding]

    def words(self, name: Callable[[str], str]) -> str:
        """In a sentence, for somebody who has just added the report; ``name`` says what a report is called, by its id."""
        found = {f.id: f for f in self.findings.values()}.values()
        alone = [f for f in found if len({report_of(c) for c in f.claims()}) == 1]
        differ = sum(f.verdict == "differ" for f in found)
        facts = f"{plural(len(found), 'fact')}, {len(alone)} that no other report has" if found else "no facts read"
        told = [_taken(self.parents, self.children, name), facts]
        if differ:
            told.append(f"{differ} on which reports differ")
        if self.drifts:
            told.append(f"{plural(len(self.drifts), 'change')} on the way from or to others")
        return "; ".join(told)


def placed(store: Store, report: str) -> Placed | None:
    """Where ``report`` stands; None while the standing does not count it."""
    kept = store.standing()
    state = kept.state()
    if state is None or state.report < store.moment().report or state.judgement < store.moment().judgement:
        return None
    ids = kept.findings_in(WHOLE, [report])
    found = kept.some_findings(WHOLE, ids).values()
    own = kept.told(WHOLE, [report])
    children = kept.children(WHOLE, report)
    drifts = dict.fromkeys(d for told in own for d in told.drifts)
    drifts |= dict.fromkeys(d for f in found for d in f.drifts if report in (report_of(d.source), report_of(d.target)))
    plain = sorted((f for f in found if f.verdict != "sum"), key=lambda f: f.id, reverse=True)
    by_claim = {claim: f for f in plain for claim in f.claims() if report_of(claim) == report}
    return Placed(tuple(d for told in own for d in told.derivations), tuple(children), tuple(drifts), by_claim)


def news_of(store: Store, reports: Sequence[str]) -> list[tuple[str, str]]:
    """Brings the standing up; for each of ``reports`` its id and what it has brought, in a sentence. In a large record that many
    reports wait for, nothing: they are left to the process that makes its account, and pages need not wait meanwhile."""
    if store.moment().report > LARGE and ((waiting := behind(store)) is None or waiting > AT_ONCE):
        return []
    bring_up(store)
    return [(report, found.words(partial(_name, store))) for report in reports if (found := placed(store, report)) is not None]


def _name(store: Store, report: str) -> str:
    found = store.reading(report)
    known = found and (found.report.outlet or found.report.title)
    return f"“{known}”" if known else report


def _taken(parents: Sequence[Derivation], children: Sequence[Derivation], name: Callable[[str], str]) -> str:
    told = []
    seen = [d for d in parents if d.parent is not None and d.relation != "common-origin"]
    if seen:
        best = max(seen, key=lambda d: d.score)
        told.append(f"{best.relation} of {name(best.parent or '')}" + (f" and {len(seen) - 1} more" if len(seen) > 1 else ""))
    elif credited := [d.credited for d in parents if d.credited]:
        told.append(f"credited to {credited[-1]}")
    tied = sorted({d.parent for d in parents if d.parent and d.relation == "common-origin"})
    tied += sorted({d.report for d in children if d.relation == "common-origin"})
    if tied:
        told.append(f"shares its origin with {name(tied[0])}" + (f" and {len(tied) - 1} more" if len(tied) > 1 else ""))
    if took := [d for d in children if d.relation != "common-origin"]:
        told.append(f"{plural(len(took), 'report')} took from it")
    return ", ".join(told) or "taken from no other report that is known"
