"""Readings and labelled pairs to fit the link models from.

    python benchmarks/link_labels.py RETELLINGS WIRE JUDGED OUT [--made 1200]

RETELLINGS is a folder with sources/, retold/ and sources.json, WIRE a JSON Lines file (gzip) of agency reports, JUDGED a file of
pairs of WIRE that were read by a person (two ids and 1 or 0: one took from the other, or not). Writes OUT/readings.jsonl and
OUT/labels.tsv for ``python -m rapporteur.stages.link.fit``. Pairs come from the look-up that linking itself uses and are
labelled:

took      a retelling and what it was made from, parent and grandparent (weight 4: they are what is to be found); of made
retellings
          (``perturb.py``) the reposts, trims and light ones; judged 1
related   other made retellings and their parents
apart     reports of different agencies, or two days and more apart, or of which less than 0.35 is aligned; judged 0; a made
          retelling and a report that is apart from its parent
Of all other pairs nobody knows, and they are left out.
"""

from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path
from typing import Any

import msgspec
from perturb import perturbed, read_rows

from rapporteur.model.capture import Capture
from rapporteur.model.reading import Reading
from rapporteur.stages.acquire import acquire
from rapporteur.stages.clean import clean
from rapporteur.stages.link.align import align
from rapporteur.stages.link.index import candidates, keys, order
from rapporteur.stages.link.profile import Profile, profile

Row = dict[str, Any]
Labels = dict[tuple[str, str], str]
_LEAST = 30.0  # nats; shorter bodies are tables and stubs
_CLEAR = {"repost", "trim", "light"}


def retelling_rows(folder: Path) -> tuple[list[Row], dict[str, str]]:
    """Rows of sources (s01) and retellings (r01, r01-b), and for each retelling what it was made from."""
    dates = {f"{s['n']:02d}": s["date"] for s in json.loads((folder / "sources.json").read_text(encoding="utf-8"))}
    rows, parents = [], {}
    for path in sorted([*(folder / "sources").glob("*.txt"), *(folder / "retold").glob("*.txt")]):
        name = ("s" if path.parent.name == "sources" else "r") + path.stem
        rows.append({"id": name, "text": path.read_text(encoding="utf-8"), "published": dates[path.stem[:2]]})
        if name[0] == "r":
            parents[name] = name[:-2] if name.endswith("-b") else "s" + path.stem
    return rows, parents


def read_all(rows: list[Row], out: Path) -> list[Reading]:
    """The rows as the clean stage gives them, through a JSON Lines file."""
    path = out / "rows.jsonl"
    path.write_text("".join(json.dumps({k: r[k] for k in ("id", "text", "published")}) + "\n" for r in rows), encoding="utf-8")
    return [Reading(1, clean(found), (), ()) for found in acquire([str(path)]) if isinstance(found, Capture)]


def lines_of(row: Row, by_id: dict[str, Row]) -> set[str]:
    """A row and all it was made from."""
    out, stack = {row["id"]}, [row]
    while stack:
        at = stack.pop()
        for parent in (at.get("parent"), at.get("second")):
            if parent and parent not in out:
                out.add(parent)
                if parent in by_id:
                    stack.append(by_id[parent])
    return out


def apart(a: Profile, b: Profile, agencies: dict[str, str]) -> bool:
    """Whether two agency reports are surely not one from the other."""
    if agencies.get(a.report, "") != agencies.get(b.report, ""):
        return True
    if a.day is not None and b.day is not None and abs(a.day - b.day) >= 2:
        return True
    found = align(a, b)
    return max(found.first.aligned, found.second.aligned) < 0.35


def label(rows: list[Row], profiles: dict[str, Profile], agencies: dict[str, str], judged: Path) -> Labels:
    by_id = {row["id"]: row for row in rows}
    out: Labels = {}
    for row in rows:
        if row["id"][0] == "r":
            for older in lines_of(row, by_id) - {row["id"]}:
                out[row["id"], older] = "took"
        elif "parent" in row:
            clear = row["kind"] in _CLEAR and "parent" not in by_id[row["parent"]]
            out[row["id"], row["parent"]] = "took" if clear else "related"
            if row["kind"] == "mixed":
                out[row["id"], row["second"]] = "related"
    for line in judged.read_text(encoding="utf-8").splitlines():
        one, other, verdict = line.split()
        out[other, one] = "took" if verdict == "1" else "apart"
    known = {frozenset(pair) for pair in out}
    asked = {report: keys(p) for report, p in profiles.items()}
    for a, near in candidates(asked, sorted(profiles, key=lambda report: order(profiles[report]))):
        for b in (c.report for c in near):
            pair = frozenset((a, b))
            if pair in known or min(profiles[a].arrays.size, profiles[b].arrays.size) < _LEAST:
                continue
            known.add(pair)
            if lines_of(by_id[a], by_id) & lines_of(by_id[b], by_id) or not _plainly_made(a, b, by_id):
                continue
            if apart(profiles[_origin(a, by_id)], profiles[_origin(b, by_id)], agencies):
                out[a, b] = "apart"
    return out


def _plainly_made(a: str, b: str, by_id: dict[str, Row]) -> bool:
    """Whether at most one of the two is made, and from one report only: of others it is not known what they share."""
    made = [r for r in (a, b) if "kind" in by_id[r]]
    return len(made) < 2 and not any("kind" in by_id[_origin(r, by_id)] for r in made)


def _origin(report: str, by_id: dict[str, Row]) -> str:
    while "parent" in by_id[report] and by_id[report].get("kind", "repost") in _CLEAR:
        report = by_id[report]["parent"]
    return report


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("retellings", type=Path)
    parser.add_argument("wire", type=Path)
    parser.add_argument("judged", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--made", type=int, default=1200)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    told, parents = retelling_rows(given.retellings)
    used = {s["id"]: f"s{s['n']:02d}" for s in json.loads((given.retellings / "sources.json").read_text(encoding="utf-8"))}
    wire = read_rows(given.wire)
    with gzip.open(given.wire, "rt", encoding="utf-8") as lines:
        agencies = {d["id"]: d["agency"] for d in map(json.loads, lines)}
    agencies |= {name: agencies[report] for report, name in used.items() if report in agencies}
    made = [row for row in perturbed(wire, len(wire) + given.made, 7) if "parent" in row]
    made = [row for row in made if not {row["parent"], row.get("second")} & set(used)]
    kept = {row["id"] for row in made} | {row["id"] for row in wire}
    rows = [row for row in wire if row["id"] not in used]
    rows += [row | ({"parent": parents[row["id"]]} if row["id"] in parents else {}) for row in told]
    rows += [row for row in made if row["parent"] in kept]
    readings = read_all(rows, given.out)
    profiles = {r.report.id: profile(r) for r in readings}
    rows = [row for row in rows if row["id"] in profiles]
    found = label(rows, profiles, agencies, given.judged)
    with (given.out / "readings.jsonl").open("wb") as out:
        out.writelines(msgspec.json.encode(r) + b"\n" for r in readings)
    table = [f"{a}\t{b}\t{v}\t{4 if a[0] == 'r' and v != 'apart' else 1}" for (a, b), v in sorted(found.items())]
    (given.out / "labels.tsv").write_text("\n".join(table) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
