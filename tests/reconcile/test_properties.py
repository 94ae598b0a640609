"""Properties of findings over the whole invented example: no order of its thirteen reports, and no subset, is special."""

from __future__ import annotations

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.engine.inprocess import InProcess
from rapporteur.model.claims import report_of
from rapporteur.model.reading import Reading
from rapporteur.pipeline import Reader, read_all
from rapporteur.stages.link import link
from rapporteur.stages.reconcile import reconcile
from tests.golden.digest import REPORTS


@cache
def example() -> tuple[Reading, ...]:
    return tuple(r for r in read_all([str(REPORTS)], Reader(InProcess())) if isinstance(r, Reading))


@settings(max_examples=4, deadline=None)
@given(st.data())
def test_any_order_of_any_reports_gives_the_same_findings(data: st.DataObject) -> None:
    chosen = data.draw(st.permutations(example()))[: data.draw(st.integers(2, len(example())))]
    again = data.draw(st.permutations(chosen))
    assert reconcile(chosen, link(chosen)) == reconcile(again, link(again))


@settings(max_examples=3, deadline=None)
@given(st.integers(0, 12), st.integers(0, 12))
def test_no_finding_has_more_origins_than_the_reports_that_carry_it(first: int, second: int) -> None:
    chosen = [r for i, r in enumerate(example()) if i not in (first, second)]
    for finding in reconcile(chosen, link(chosen)):
        if not finding.parts:
            assert 1 <= finding.origins <= len({report_of(c) for c in finding.supports})
