"""How long the desk takes over each of its pages: milliseconds from the request to the last byte, without a network.

    python benchmarks/desk_pages.py (--record FILE | --database URL) [--times 9] [--only WORDS]

The record should hold many reports and an account (``desk_record.py`` makes one of the example). Each page is asked for once to
warm up (the first after a new account also reads it), then ``--times`` more; the median and the longest are shown, with the
processor time of the median. No two questions in a row are the same; the words asked for last are kept
by the server (``store/ranking.py``), so that each question is slower the first time, which ``longest`` shows.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from itertools import cycle
from urllib.parse import quote_plus

from fastapi.testclient import TestClient

from rapporteur.engine import InProcess
from rapporteur.pipeline import Reader
from rapporteur.web import WebOptions, create_app

MOST_MS = 150
QUESTIONS = (
    "how many troops remain in Tavoria?", "who rejects a fixed date?", "how many attacks were counted since November?",
    "when was the convoy at Dunvar attacked?", "what did Defence Minister Korsk say about the timetable?",
    "how many soldiers were wounded at Port Anselm?", "which party demands the release of prisoners?",
)  # fmt: skip


def pages(client: TestClient) -> list[str]:
    """Every page and list of the desk that is read, with a report, a finding and a family of this record."""
    report = client.get("/api/reports").json()["rows"][0]["report"]["id"]
    finding = client.get("/api/findings").json()["rows"][0]["finding"]["id"]
    return [
        "/", "/reports", "/reports?q=halden", f"/report/{report}", "/findings", "/findings?verdict=differ&q=troops",
        f"/finding?id={finding}", "/lineage", "/figures", "/table/timeline", "/table/statements", "/table/incidents",
        "/positions", "/boards", "/schedules", "/review", "/judgements", "/search?q=", "/issues", "/add", "/alerts",
        "/feeds", "/export", "/api/overview", "/api/reports", "/api/findings", f"/api/lineage/{report}", "/api/figures",
        "/api/review", "/api/search?q=", "/api/ask?q=",
    ]  # fmt: skip


def main() -> None:
    """Times the pages, tells those that are slow."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--record")
    where.add_argument("--database")
    parser.add_argument("--times", type=int, default=9)
    parser.add_argument("--only", default="", help="pages whose address holds this")
    asked = parser.parse_args()
    app = create_app(WebOptions(address=asked.record or asked.database, reader=Reader(InProcess()), hosts=("testserver",)))
    slow = []
    # Without ``with``: the application's background work is not started, so that nothing is made anew meanwhile.
    client = TestClient(app)
    questions = cycle(quote_plus(question) for question in QUESTIONS)
    for path in pages(client):
        if asked.only not in path:
            continue
        first = client.get(path + (next(questions) if path.endswith("?q=") else ""))
        assert first.status_code == 200, (path, first.status_code)
        took = []
        for _ in range(asked.times):
            address = path + (next(questions) if path.endswith("?q=") else "")
            wall, cpu = time.perf_counter(), time.process_time()
            client.get(address)
            took.append((1e3 * (time.perf_counter() - wall), 1e3 * (time.process_time() - cpu)))
        median = statistics.median(wall for wall, _ in took)
        cpu = statistics.median(cpu for _, cpu in took)
        print(f"{path:58} median {median:6.0f} ms (processor {cpu:5.0f}), longest {max(took)[0]:6.0f} ms", flush=True)
        slow += [path] if median > MOST_MS else []
    print(f"{len(slow)} over {MOST_MS} ms: {' '.join(slow)}")
    sys.exit(bool(slow))


if __name__ == "__main__":
    main()
