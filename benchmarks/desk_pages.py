"""How long the desk takes over each of its pages: milliseconds from the request to the last byte, without a network.

    python benchmarks/desk_pages.py (--record FILE | --database URL) [--times 9] [--question WORDS]

The record should hold many reports and an account. Each page is asked for once to warm up (the first after a new account also
reads it), then ``--times`` more; the median and the longest are shown, with the processor time of the median.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time

from fastapi.testclient import TestClient

from rapporteur.engine import InProcess
from rapporteur.pipeline import Reader
from rapporteur.web import WebOptions, create_app

MOST_MS = 150
QUESTION = "how many troops remain in Tavoria?"


def pages(client: TestClient, question: str) -> list[str]:
    """Every page and list of the desk that is read, with a report, a finding and a family of this record."""
    report = client.get("/api/reports").json()["rows"][0]["report"]["id"]
    finding = client.get("/api/findings").json()["rows"][0]["finding"]["id"]
    words = str(client.build_request("GET", "/search", params={"q": question}).url.query, "ascii")
    return [
        "/", "/reports", "/reports?q=halden", f"/report/{report}", "/findings", "/findings?verdict=differ&q=troops",
        f"/finding?id={finding}", "/lineage", "/figures", "/table/timeline", "/table/statements", "/table/incidents",
        "/positions", "/boards", "/schedules", "/review", "/judgements", f"/search?{words}", "/issues", "/add", "/alerts",
        "/feeds", "/export", "/api/overview", "/api/reports", "/api/findings", f"/api/lineage/{report}", "/api/figures",
        "/api/review", f"/api/search?{words}", f"/api/ask?{words}",
    ]  # fmt: skip


def main() -> None:
    """Times the pages, tells those that are slow."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--record")
    where.add_argument("--database")
    parser.add_argument("--times", type=int, default=9)
    parser.add_argument("--question", default=QUESTION)
    asked = parser.parse_args()
    app = create_app(WebOptions(address=asked.record or asked.database, reader=Reader(InProcess()), hosts=("testserver",)))
    slow = []
    # Without ``with``: the application's background work is not started, so that nothing is made anew meanwhile.
    client = TestClient(app)
    for path in pages(client, asked.question):
        first = client.get(path)
        assert first.status_code == 200, (path, first.status_code)
        took = []
        for _ in range(asked.times):
            wall, cpu = time.perf_counter(), time.process_time()
            client.get(path)
            took.append((1e3 * (time.perf_counter() - wall), 1e3 * (time.process_time() - cpu)))
        median = statistics.median(wall for wall, _ in took)
        cpu = statistics.median(cpu for _, cpu in took)
        print(f"{path:58} median {median:6.0f} ms (processor {cpu:5.0f}), longest {max(took)[0]:6.0f} ms", flush=True)
        slow += [path] if median > MOST_MS else []
    print(f"{len(slow)} over {MOST_MS} ms: {' '.join(slow)}")
    sys.exit(bool(slow))


if __name__ == "__main__":
    main()
