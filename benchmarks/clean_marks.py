"""How well credits, outlets, datelines and furniture are found: measures on the data folder, which is not part of the project.

    python benchmarks/clean_marks.py [DATA]      (default ../shared/data)

``credits``: of the credits planted in the retellings (their .json), how many are found at their place with their name;
and the credited names that were not planted, for reading. ``outlets``: the retelling's outlet found on its page.
``agency copy``: datelines and dates of the wire reports put together as they were sent, and how much of their text is
marked as furniture, which should be next to nothing.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from rapporteur.model.capture import Given, make_capture
from rapporteur.model.report import Report
from rapporteur.stages.clean import clean
from rapporteur.stages.clean.outlets import known


def usual(name: str) -> str:
    """One form of a name for comparing: the gazetteer's, in lower case, without article and abbreviation in brackets."""
    bare = name.partition(" (")[0]
    entry = known(bare)
    return (entry.name if entry else bare).lower().removeprefix("the ")


def retellings(data: Path) -> list[tuple[Report, dict[str, Any]]]:
    """The retold reports with what was planted in them."""
    folder = data / "retellings" / "retold"
    pairs = []
    for path in sorted(folder.glob("*.txt")):
        report = clean(make_capture(path.name, path.read_bytes(), "text/plain", path=path.name))
        pairs.append((report, json.loads(path.with_suffix(".json").read_text("utf-8"))))
    return pairs


def measure_credits(data: Path) -> dict[str, float]:
    """Recall of planted credits by place and by report, outlets found; prints what was missed and what was added."""
    planted = found = names_planted = names_found = outlets = 0
    extra: Counter[tuple[str, str]] = Counter()
    pairs = retellings(data)
    for report, gold in pairs:
        outlets += usual(report.outlet or "") == usual(gold["outlet"])
        credited = {usual(name) for credit in report.credits for name in credit.names}
        wanted = {usual(credit["names"]) for credit in gold["credits"]}
        names_planted, names_found = names_planted + len(wanted), names_found + len(wanted & credited)
        extra.update((report.id and str(report.path), name) for name in credited - wanted - {usual(gold["outlet"])})
        for credit in gold["credits"]:
            planted += 1
            if _found(report, credit):
                found += 1
            else:
                print(f"  missed in {report.path}: {credit['text']!r}")
    print("  credited besides:", ", ".join(f"{path}: {name}" for path, name in sorted(extra)))
    return {
        "planted credits found at their place": found / planted,
        "planted names found": names_found / names_planted,
        "outlets found": outlets / len(pairs),
    }


def _found(report: Report, credit: dict[str, str]) -> bool:
    start = report.text.find(credit["text"])
    end = start + len(credit["text"])
    name = usual(credit["names"])
    return any(
        c.span is not None and c.span.start < end and start < c.span.end and name in map(usual, c.names) for c in report.credits
    )


def measure_wire(data: Path) -> dict[str, float]:
    """Agency copy put together as title, dateline and text."""
    with gzip.open(data / "wire" / "reports.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    counts: Counter[str] = Counter()
    spent = 0.0
    for row in rows:
        text = f"{row['title']}\n\n{row['dateline']}\n\n{row['text']}"
        start = time.process_time()
        whole = clean(make_capture("a.txt", text.encode(), "text/plain"))
        spent += time.process_time() - start
        body = clean(make_capture("rows", b"", "application/json", given=Given(text=row["text"], title=row["title"])))
        counts["datelines"] += (
            whole.dateline is not None and whole.dateline.span is not None and whole.dateline.span.exact == row["dateline"]
        )
        counts["dates"] += whole.published is not None and whole.published.value == row["published"]
        counts["furniture"] += sum(len(span.exact) for span in body.furniture)
        counts["characters"] += len(body.text)
    return {
        "datelines found whole": counts["datelines"] / len(rows),
        "dates of publication right": counts["dates"] / len(rows),
        "share of agency text marked as furniture": counts["furniture"] / counts["characters"],
        "milliseconds per report": 1000 * spent / len(rows),
    }


def main() -> None:
    """Print all measures."""
    data = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data")
    for measure in (measure_credits, measure_wire):
        for name, value in measure(data).items():
            print(f"{name}: {value:.5f}")


if __name__ == "__main__":
    main()
