"""The reliability plot of the link models: how often what was said came true.

    python benchmarks/link_reliability.py TABLE.tsv OUT.svg

TABLE is what ``python -m rapporteur.stages.link.fit --reliability`` writes: model, cross-validated probability, label. Points
are bins
of probability; the bars are 95 % intervals (Wilson 1927).
"""

from __future__ import annotations

import argparse
import math
from itertools import pairwise
from pathlib import Path

import altair as alt

EDGES = (0.0, 0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.98, 1.0001)
NAMES = {"relation": "between carriers", "update": "reports of one agency"}


def wilson(hits: int, count: int) -> tuple[float, float]:
    """Bounds of a share at 95 %."""
    z = 1.96
    share = hits / count
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count)) / (1 + z * z / count)
    return middle - half, middle + half


def points(table: Path) -> list[dict[str, object]]:
    """One row per model and bin that holds pairs."""
    rows = [line.split("\t") for line in table.read_text(encoding="utf-8").splitlines()]
    out: list[dict[str, object]] = []
    for model, name in NAMES.items():
        pairs = [(float(p), int(y)) for kind, p, y in rows if kind == model]
        for low, high in pairwise(EDGES):
            inside = [(p, y) for p, y in pairs if low <= p < high]
            if inside:
                hits = sum(y for _, y in inside)
                below, above = wilson(hits, len(inside))
                said = sum(p for p, _ in inside) / len(inside)
                share = hits / len(inside)
                out.append({"model": name, "said": said, "is": share, "low": below, "high": above, "pairs": len(inside)})
    return out


def chart(rows: list[dict[str, object]]) -> alt.LayerChart:
    data = alt.Data(values=rows)
    x = alt.X("said:Q", title="probability said", scale=alt.Scale(domain=[0, 1]))
    y = alt.Y("is:Q", title="share of pairs that are related", scale=alt.Scale(domain=[0, 1]))
    line = alt.Chart(alt.Data(values=[{"said": 0, "is": 0}, {"said": 1, "is": 1}])).mark_line(color="#999", strokeDash=[4, 4])
    base = alt.Chart(data).encode(x=x, color=alt.Color("model:N", title=None, legend=alt.Legend(orient="top")))
    bars = base.mark_rule().encode(y=alt.Y("low:Q"), y2="high:Q")
    dots = base.mark_point(filled=True, size=60).encode(
        y=y, shape=alt.Shape("model:N", title=None, legend=alt.Legend(orient="top"))
    )
    return alt.layer(line.encode(x=x, y=y), bars, dots).properties(width=340, height=340)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", type=Path)
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    chart(points(given.table)).save(str(given.out))


if __name__ == "__main__":
    main()
