"""All derivations of a large record, and its candidate stage beside near-duplicate finders, in one run.

    python benchmarks/link_speed.py [REPORTS.jsonl[.gz]] [--count 50000] [--only candidates|derivations]

The record is REPORTS with seeded, documented perturbation (``perturb.py``). Every finder starts from the text and ends with, for
each report, the others it may share text with, in two steps: what is made once per report and kept (ours: profile and keys; the
others: signatures over 5-word shingles, 128 permutations), and the candidate stage (index and look-ups; LSH at Jaccard 0.5).
passim (``link_passim.py``) does all in one. Times are those of the processor. They do not find the same: the last column is the
share of retold rows whose parent is found.
"""

from __future__ import annotations

import argparse
import re
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from link_one import as_reading
from link_passim import NotRunError, passim
from perturb import Row, perturbed, read_rows

from rapporteur.stages.link.graph import derivations
from rapporteur.stages.link.index import candidates, keys, order
from rapporteur.stages.link.origins import origins
from rapporteur.stages.link.profile import Profile, profile

WIRE = Path(__file__).parents[2] / "shared" / "data" / "wire" / "reports.jsonl.gz"
_WORD = re.compile(r"\w+")
PERMUTATIONS, THRESHOLD, SHINGLE = 128, 0.5, 5
Found = dict[str, set[str]]


def shingles(text: str) -> set[bytes]:
    """The distinct runs of five words of a text."""
    words = _WORD.findall(text.lower())
    return {" ".join(words[i : i + SHINGLE]).encode() for i in range(max(len(words) - SHINGLE + 1, 1))}


def our_keys(profiles: list[Profile]) -> Any:
    return {made.report: keys(made) for made in sorted(profiles, key=order)}


def our_candidates(asked: Any) -> Found:
    return {report: {c.report for c in near} for report, near in candidates(asked, list(asked))}


def datasketch_signatures(rows: list[Row]) -> Any:
    from datasketch import MinHash  # noqa: PLC0415  # an optional peer

    made = {}
    for row in rows:
        made[row["id"]] = MinHash(num_perm=PERMUTATIONS)
        made[row["id"]].update_batch(shingles(row["text"]))
    return made


def datasketch_candidates(made: Any) -> Found:
    from datasketch import MinHashLSH  # noqa: PLC0415  # an optional peer

    lsh = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    for report, sketch in made.items():
        lsh.insert(report, sketch)
    return {report: set(lsh.query(sketch)) - {report} for report, sketch in made.items()}


def rensa_signatures(rows: list[Row]) -> Any:
    from rensa import RMinHash  # noqa: PLC0415  # an optional peer

    made = {}
    for row in rows:
        made[row["id"]] = RMinHash(num_perm=PERMUTATIONS, seed=7)
        made[row["id"]].update([s.decode() for s in shingles(row["text"])])
    return made


def rensa_candidates(made: Any) -> Found:
    from rensa import RMinHashLSH  # noqa: PLC0415  # an optional peer

    lsh = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=32)
    names = list(made)
    for number, report in enumerate(names):
        lsh.insert(number, made[report])
    return {report: {names[i] for i in lsh.query(sketch)} - {report} for report, sketch in made.items()}


def gaoya_index(rows: list[Row]) -> Any:
    import gaoya  # noqa: PLC0415  # an optional peer

    index = gaoya.minhash.MinHashStringIndex(
        hash_size=32, jaccard_threshold=THRESHOLD, num_bands=32, band_size=4, num_hashes=PERMUTATIONS,
        analyzer="word", lowercase=True, ngram_range=(SHINGLE, SHINGLE),
    )  # fmt: skip
    for number, row in enumerate(rows):
        index.insert_document(number, row["text"])
    return index, rows


def gaoya_candidates(made: Any) -> Found:
    index, rows = made  # it signs a text again to look it up
    return {row["id"]: {rows[n]["id"] for n in index.query(row["text"])} - {row["id"]} for row in rows}


PEERS: dict[str, tuple[Callable[[list[Row]], Any], Callable[[Any], Found]]] = {
    "datasketch": (datasketch_signatures, datasketch_candidates),
    "rensa": (rensa_signatures, rensa_candidates),
    "gaoya": (gaoya_index, gaoya_candidates),
}


def compare(rows: list[Row]) -> None:
    start = time.process_time()
    profiles = [profile(as_reading(row)) for row in rows]
    print(f"profiles, made while reading: {time.process_time() - start:.1f} s", flush=True)
    _time("ours", rows, lambda _: our_keys(profiles), our_candidates)
    for name, (sign, look_up) in PEERS.items():
        try:
            _time(name, rows, sign, look_up)
        except ImportError:
            print(f"{name:12} not installed")
    try:
        seconds, found = passim(rows)
        print(f"{'passim':12} passages of pairs, all in all {seconds:.1f} s  parent found {_hit(rows, found):.3f}", flush=True)
    except NotRunError as reason:
        print(f"{'passim':12} skipped: {reason}")


def _time(name: str, rows: list[Row], sign: Callable[[list[Row]], Any], look_up: Callable[[Any], Found]) -> None:
    start = time.process_time()
    signed = sign(rows)
    middle = time.process_time()
    found = look_up(signed)
    end = time.process_time()
    line = f"{name:12} signatures {middle - start:6.1f} s  look-up {end - middle:6.1f} s  together {end - start:6.1f} s"
    print(f"{line}  parent found {_hit(rows, found):.3f}", flush=True)


def _hit(rows: list[Row], found: Found) -> float:
    made = [row for row in rows if row.get("parent")]
    return sum(row["parent"] in found.get(row["id"], ()) for row in made) / max(len(made), 1)


def everything(rows: list[Row]) -> None:
    start = time.process_time()
    readings = [as_reading(row) for row in rows]
    profiles = {r.report.id: profile(r) for r in readings}
    middle = time.process_time()
    found, fresh = derivations({r.report.id: r.report for r in readings}, profiles)
    listed, _ = origins(profiles, found, fresh)
    end = time.process_time()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(
        f"{len(rows):,} reports: profiles {middle - start:.0f} s, derivations and origins {end - middle:.0f} s, {memory:.1f} GB"
    )
    print(f"{len(found):,} derivations, {len(listed):,} origins")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=Path, nargs="?", default=WIRE)
    parser.add_argument("--count", type=int, default=50_000)
    parser.add_argument("--only", choices=("candidates", "derivations"))
    given = parser.parse_args()
    if not given.reports.is_file():
        print(f"skipped: {given.reports} is absent")
        return
    rows = list(perturbed(read_rows(given.reports), given.count, 7))
    if given.only != "derivations":
        compare(rows)
    if given.only != "candidates":
        everything(rows)


if __name__ == "__main__":
    main()
