"""Lines of briefs and tables drawn at random, each with the passages it cites, for a person to read and mark.

    python benchmarks/draw_lines.py --seed 101 FOLDER...                  100 lines of the accounts of these folders
    python benchmarks/draw_lines.py --seed 101 --topic nepal,maoist ...   of reports of ../shared/data/wire on a topic

A topic is a list of words; its reports are those whose first 600 characters hold each of them, at most ``MOST`` of them, earliest
first. Give --topic once for each. --briefs prints the briefs whole. Readings are kept in --record FOLDER between runs, so that
only the writing is done again; without it all is read afresh.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

from rapporteur.engine import InProcess
from rapporteur.model.account import Account
from rapporteur.model.reading import Reading
from rapporteur.pipeline import Reader, gather, give_account
from rapporteur.stages.write import ComposeOptions
from rapporteur.stages.write.passages import Passages, passages_of
from rapporteur.store import open_store

SHARED = Path(os.environ.get("SHARED_FOLDER", Path(__file__).resolve().parents[2] / "shared"))
WIRE = SHARED / "data" / "wire" / "reports.jsonl.gz"
MOST = 60
HEAD = 600
"""Code points of a report in which a topic's words must stand: title and lead."""
TABLES = ("timeline", "positions", "commitments", "incidents", "posture", "questions")


def topic_file(words: str, folder: Path) -> Path:
    """The reports on a topic as a JSON Lines file in ``folder``."""
    wanted = [w.casefold() for w in words.split(",")]
    found = []
    with gzip.open(WIRE, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            head = f"{row['title']} {row['text'][:HEAD]}".casefold()
            if all(w in head for w in wanted):
                found.append({"outlet": row["agency"], **{k: row[k] for k in ("id", "title", "text", "published")}})
    found.sort(key=lambda r: (r["published"], r["id"]))
    path = folder / f"{'-'.join(wanted)}.jsonl"
    path.write_text("".join(json.dumps(r) + "\n" for r in found[:MOST]), encoding="utf-8")
    return path


def account_of(given: Path, records: Path) -> tuple[Account, tuple[Reading, ...]]:
    """The account of a folder or file, its readings kept under ``records``."""
    with open_store(str(records / f"{given.stem}.db")) as store:
        for _ in gather([str(given)], store, Reader(engine=InProcess())):
            pass
        told = give_account(store, ComposeOptions())
    return told.account, told.readings


def lines_of(account: Account, passages: Passages) -> Iterator[str]:
    """Each line with what a reader of the account is told beside it, and the sentence of each citation."""
    for line in account.brief:
        yield _shown(
            "brief", f"[{line.verdict}; {line.origins} origins, {line.speakers} speakers] {line.text}", line.cites, passages
        )
    for name in TABLES:
        for row in getattr(account, name):
            cells = row if isinstance(row, dict) else {n: getattr(row, n) for n in row.__struct_fields__}
            told = {k: v for k, v in cells.items() if k not in ("text", "cites", "finding")}
            text = " | ".join(f"{k}={v}" for k, v in told.items())
            yield _shown(name, f"{cells['text']}\n    {text}", cells["cites"], passages)


def _shown(table: str, text: str, cites: list[str] | tuple[str, ...], passages: Passages) -> str:
    out = [f"{table}: {text}"]
    for passage in passages.known(cites)[:4]:
        low, high = passage.sentence
        report = passage.reading.report
        around = " ".join(report.text[max(0, low - 160) : low].split()), " ".join(report.text[high : high + 80].split())
        out.append(
            f"      {report.path or report.id} ({passage.date}): ..{around[0]} >>{' '.join(passage.text.split())}<< {around[1]}.."
        )
    return "\n".join(out)


def main() -> None:
    """Prints the drawn lines, numbered, or the briefs."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folders", nargs="*", type=Path)
    arguments.add_argument("--topic", action="append", default=[])
    arguments.add_argument("--seed", type=int, default=101)
    arguments.add_argument("--lines", type=int, default=100)
    arguments.add_argument("--record", type=Path)
    arguments.add_argument("--briefs", action="store_true")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        kept = given.record or Path(scratch)
        kept.mkdir(parents=True, exist_ok=True)
        inputs = [*given.folders, *(topic_file(words, kept) for words in given.topic)]
        pool = []
        for path in inputs:
            account, readings = account_of(path, kept)
            found = list(lines_of(account, passages_of(account, readings)))
            pool += [f"({path.stem}) {line}" for line in found]
            if given.briefs:
                print(
                    f"== {path.stem}: {account.process.title}, {len(account.reports)} reports, {account.process.origins} origins"
                )
                print(*(line for line in found if line.startswith("brief")), sep="\n")
        if not given.briefs:
            drawn = random.Random(given.seed).sample(pool, min(given.lines, len(pool)))
            print(f"{len(drawn)} of {len(pool)} lines, seed {given.seed}")
            print(*(f"{n}. {line}" for n, line in enumerate(drawn, start=1)), sep="\n")


if __name__ == "__main__":
    main()
