"""Quality as a ratchet: no figure on the dev sets falls below its floor, and floors only rise."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from measures import FLOORS, MEASURES, SCORER, flatten, load_floors


@pytest.mark.quality
@pytest.mark.parametrize("name", list(MEASURES))
def test_no_figure_is_below_its_floor(name: str, tmp_path: Path) -> None:
    if not SCORER.exists():
        pytest.skip(f"the dev sets are not here ({SCORER} is absent)")
    figures = flatten(MEASURES[name](tmp_path))
    fallen = {k: (figures[k], floor) for k, floor in load_floors()[name].items() if figures[k] < floor}
    assert not fallen, f"{name}: reached and floor {fallen}"


def test_floors_only_rise() -> None:
    """Compared with every earlier version of the file that git knows."""
    root = FLOORS.parents[2]
    place = FLOORS.relative_to(root).as_posix()
    log = subprocess.run(["git", "log", "--format=%H", "--", place], cwd=root, capture_output=True, text=True, check=False)
    if log.returncode != 0:
        pytest.skip("not a git checkout")
    now = load_floors()
    for commit in log.stdout.split():
        shown = subprocess.run(["git", "show", f"{commit}:{place}"], cwd=root, capture_output=True, text=True, check=False)
        before = json.loads(shown.stdout) if shown.returncode == 0 else {}
        for name, floors in before.items():
            for figure, floor in floors.items():
                assert now.get(name, {}).get(figure, 0.0) >= floor, f"{name} {figure} was {floor} in {commit[:10]}"
