"""The kernel and a plain program for the same model give the same results, run by run, for any rule."""

from __future__ import annotations

from benchmarks import schedule_plain as plain
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.schedule.kernel import simulate
from rapporteur.schedule.plan import FAR, GateRule, Rule, plan_of, rule_of
from tests.schedule import made as m

EXAMPLE = m.scenario(m.content())
PLAN = plan_of(EXAMPLE)
DRAWS = m.draws_of(EXAMPLE, 48, seed=3)
WORLDS = plain.worlds(DRAWS)


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    count = draw(st.integers(1, 3))
    levels = [PLAN.initial]
    for _ in range(count):
        levels.append(tuple(draw(st.integers(0, before)) for before in levels[-1]))
    # The last step leaves nobody, so that supply can always be kept and every rule can complete.
    levels[-1] = (0, 0, 0)
    windows = [sorted((draw(st.integers(0, 59)), draw(st.integers(1, 70) | st.just(FAR)))) for _ in range(count)]
    gates = []
    for _ in range(count):
        cells = tuple(sorted(draw(st.sets(st.integers(0, PLAN.cells - 1), min_size=1))))
        gates.append(GateRule(cells, draw(st.integers(0, 49152)), draw(st.integers(1, len(cells)))))
    moves = range(count)
    return Rule(
        targets=tuple(levels),
        earliest=tuple(low for low, _ in windows),
        latest=tuple(max(high, 1) for _, high in windows),
        gates=tuple(gates),
        last=tuple(max((k for k in moves if levels[k + 1][s] != levels[k][s]), default=-1) for s in range(3)),
        review=draw(st.integers(1, 12)),
        agreement=draw(st.sampled_from([-1, -2, 0, 1])),
        pause=draw(st.booleans()),
        reverse=draw(st.booleans()),
    )


def check(rule: Rule) -> None:
    runs = simulate(PLAN, rule, DRAWS)
    for i, world in enumerate(WORLDS):
        one = plain.simulate_one(PLAN, rule, world)
        assert int(runs.completed[i]) == one.completed
        assert runs.ordered[:, i].tolist() == one.ordered
        assert runs.cause[:, i].tolist() == one.cause
        assert int(runs.dependency[i]) == one.dependency
        assert bool(runs.returned[i]) == one.returned
        assert [met[:, i].tolist() for met in runs.met] == one.met


@settings(max_examples=60, deadline=None)
@given(rules())
def test_any_rule_runs_the_same_in_plain_python(rule: Rule) -> None:
    check(rule)


def test_the_example_runs_the_same_in_plain_python() -> None:
    for alternative in EXAMPLE.alternatives:
        check(rule_of(EXAMPLE, alternative))
