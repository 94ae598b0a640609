"""The schedule kernel against SimPy and plain Python: the same model, the same random numbers, the same results run by run.

    OMP_NUM_THREADS=1 python -m benchmarks.schedule_speed        (needs: pip install simpy)

Ratios are per run of the simulation alone, from the same draws ready in memory. The whole comparison (drawing, simulating,
figures) of 100,000 runs x 60 months x 3 sites x 3 factors is timed apart, each alternative in a process of its own, with its
peak memory. Times are processor time, best of three, so that a busy machine does not move them much.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from importlib.resources import files
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from benchmarks import schedule_plain as plain

from rapporteur.schedule import loads
from rapporteur.schedule.compare import compare
from rapporteur.schedule.draws import CHUNK, draw, draw_parameters, normal_table
from rapporteur.schedule.kernel import simulate
from rapporteur.schedule.plan import plan_of, rule_of
from rapporteur.schedule.scenario import Scenario

RUNS = 100_000
PEER_RUNS = 1_000


def timed(work: Callable[[], Any], repeats: int = 3) -> tuple[float, Any]:
    best, result = float("inf"), None
    for _ in range(repeats):
        start = time.process_time()
        result = work()
        best = min(best, time.process_time() - start)
    return best, result


def same(runs: Any, outcomes: list[plain.Outcome]) -> bool:
    """Whether every run came out the same in every respect."""
    return all(
        (
            int(runs.completed[i]),
            runs.ordered[:, i].tolist(),
            runs.cause[:, i].tolist(),
            int(runs.dependency[i]),
            bool(runs.returned[i]),
        )
        == (out.completed, out.ordered, out.cause, out.dependency, out.returned)
        and [met[:, i].tolist() for met in runs.met] == out.met
        for i, out in enumerate(outcomes)
    )


def ratios(scenario: Scenario) -> None:
    from benchmarks.schedule_simpy import SimpyRun  # noqa: PLC0415 # a peer that need not be installed

    plan = plan_of(scenario)
    draws = draw(scenario, plan, draw_parameters(scenario, 1, 0), seed=1)
    chunk = plain.worlds(draws)[:PEER_RUNS]
    print(f"{'alternative':12} {'kernel':>10} {'plain':>10} {'SimPy':>10}  us/run   ratios")
    for alternative in scenario.alternatives:
        rule = rule_of(scenario, alternative)
        kernel, runs = timed(lambda rule=rule: simulate(plan, rule, draws), 7)
        python, ours = timed(lambda rule=rule: plain.simulate_all(plan, rule, chunk))
        simpys, theirs = timed(lambda rule=rule: [SimpyRun(plan, rule, world).run() for world in chunk])
        each = [kernel / CHUNK, python / PEER_RUNS, simpys / PEER_RUNS]
        print(f"{alternative.id:12} " + " ".join(f"{t * 1e6:10.2f}" for t in each), end="")
        print(f"           {each[1] / each[0]:.0f} x plain, {each[2] / each[0]:.0f} x SimPy;", end=" ")
        print("run by run the same" if same(runs, ours) and same(runs, theirs) else "RESULTS DIFFER")


def whole(name: str | None) -> tuple[float, float]:
    """Seconds for all figures of one alternative of the example (None: of all), and the peak memory of this process in MB."""
    scenario = example()
    if name is not None:
        scenario = scenario.model_copy(update={"alternatives": [a for a in scenario.alternatives if a.id == name]})
    seconds, _ = timed(lambda: compare(scenario, runs=RUNS))
    return seconds, peak()


def peak() -> float:
    """Highest resident memory of this process in MB. On Linux ``ru_maxrss`` of a new process begins with its parent's."""
    status = Path("/proc/self/status")
    if status.exists():
        kilobytes = next(line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(kilobytes) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def example() -> Scenario:
    return loads((files("rapporteur.schedule") / "examples" / "hmc.yaml").read_text("utf-8"), "hmc.yaml")


def main() -> None:
    """Times of the whole comparison, then the ratios; those need SimPy."""
    normal_table()
    scenario = example()
    what = f"{RUNS:,} runs x {scenario.months} months x 3 sites x 3 factors"
    for name in (*(a.id for a in scenario.alternatives), None):
        # Each in a process of its own, so that its peak is its own.
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as fresh:
            seconds, megabytes = fresh.submit(whole, name).result()
        told = name or f"all {len(scenario.alternatives)} alternatives"
        print(f"{what}, {told}: {seconds:.2f} s with all figures, at most {megabytes:.0f} MB")
    if find_spec("simpy") is None:
        print("SimPy is not installed, so that nothing is compared: pip install simpy")
    else:
        ratios(scenario)


if __name__ == "__main__":
    main()
