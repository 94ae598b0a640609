"""Many at one desk: users who read and users who add, for a while, against a server of its own; what they see, and what is lost.

    python benchmarks/desk_load.py [--record FILE | --database URL] [--readers 50] [--writers 5] [--seconds 120]

The record is new where none is named. Readers walk from page to page as people do, each with a pause of up to a second; writers
paste invented reports, each different from all others, one every second. At the end every report that was accepted must be in
the record once, and no answer may have been a 5xx.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

import httpx

PAGES = (
    "/", "/reports", "/findings", "/findings?kind=figure", "/lineage", "/figures", "/table/timeline", "/table/statements",
    "/positions", "/table/incidents", "/review", "/search?q=how+many+troops+remain", "/api/overview", "/api/findings",
)  # fmt: skip
TOWNS = "Arrel Bastow Corrin Dunmar Esk Farrow Glenmoor Harrel Istow Jarrow Kellin Lorne Marrick Norrel Oskby".split()


@dataclass
class Seen:
    """What the users saw: statuses, milliseconds by page, reports that were accepted."""

    statuses: Counter[int] = field(default_factory=Counter)
    times: dict[str, list[float]] = field(default_factory=dict)
    accepted: int = 0

    async def get(self, client: httpx.AsyncClient, path: str) -> httpx.Response:
        """One page."""
        start = time.perf_counter()
        answer = await client.get(path)
        self.statuses[answer.status_code] += 1
        self.times.setdefault(path, []).append(1e3 * (time.perf_counter() - start))
        return answer


async def reads(client: httpx.AsyncClient, seen: Seen, end: float, chance: random.Random) -> None:
    """One reader: a page, now and then a report of the list."""
    while time.monotonic() < end:
        answer = await seen.get(client, chance.choice(PAGES))
        links = re.findall(r'href="(/report/[^"?]+)', answer.text)
        if links:
            start = time.perf_counter()
            report = await client.get(chance.choice(links))
            seen.statuses[report.status_code] += 1
            seen.times.setdefault("/report", []).append(1e3 * (time.perf_counter() - start))
        await asyncio.sleep(chance.random())


async def writes(client: httpx.AsyncClient, seen: Seen, end: float, chance: random.Random) -> None:
    """One writer: a report a second."""
    count = 0
    while time.monotonic() < end:
        count += 1
        town, number = chance.choice(TOWNS), chance.randrange(100, 9000)
        text = (
            f"{town.upper()}, March {1 + count % 28}, 2031 (Halden Wire) - About {number} Merrovian troops remain near {town}, "
            f"a spokesman said in statement {chance.getrandbits(40)}. At least {number % 40 + 1} attacks were counted."
        )
        answer = await client.post("/api/reports", json=[{"text": text, "published": f"2031-03-{1 + count % 28:02}"}])
        seen.statuses[answer.status_code] += 1
        seen.accepted += answer.status_code == 202
        await asyncio.sleep(1.0)


async def held(client: httpx.AsyncClient) -> int:
    """Reports of the record: those of the last account, and those that came after it."""
    shown = (await client.get("/api/overview")).json()
    return shown["process"]["reports"] + shown["waiting"] if shown else 0


async def load(address: str, readers: int, writers: int, seconds: float) -> Seen:
    """All users at once."""
    seen, end = Seen(), time.monotonic() + seconds
    # No connection is kept: the server closes idle ones, and one that is used at that moment ends without an answer.
    limits = httpx.Limits(max_connections=readers + writers, max_keepalive_connections=0)
    async with httpx.AsyncClient(base_url=address, timeout=120, limits=limits, follow_redirects=True) as client:
        before = await held(client)
        users = [reads(client, seen, end, random.Random(n)) for n in range(readers)]
        users += [writes(client, seen, end, random.Random(1000 + n)) for n in range(writers)]
        await asyncio.gather(*users)
        patience = time.monotonic() + 300
        while (found := await held(client) - before) < seen.accepted and time.monotonic() < patience:
            await asyncio.sleep(1)
    print(f"{seen.accepted} reports accepted, {found} in the record", "" if found == seen.accepted else "(LOST OR WAITING)")
    return seen


def main() -> None:
    """Starts the server, sends the users, tells what they saw."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--record")
    parser.add_argument("--database")
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--writers", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=120)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        where = ["--database", asked.database] if asked.database else ["--record", asked.record or str(Path(folder) / "load.db")]
        words = [sys.executable, "-m", "rapporteur", "serve", *where, "--port", "0"]
        with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as server:
            assert server.stderr
            said = server.stderr.readline()
            found = re.search(r"http://\S+(?=/ )", said)
            assert found, said
            # Read to its end: a server that has much to say would stand still when nobody listens.
            Thread(target=lambda: sys.stderr.writelines(server.stderr or ()), daemon=True).start()
            try:
                seen = asyncio.run(load(found[0], asked.readers, asked.writers, asked.seconds))
            finally:
                server.terminate()
    print("statuses:", dict(sorted(seen.statuses.items())))
    for path, times in sorted(seen.times.items()):
        slow = sorted(times)[int(0.95 * (len(times) - 1))]
        print(f"{path:42} {len(times):6} times, median {statistics.median(times):7.0f} ms, 95 % within {slow:7.0f} ms")
    if any(status >= 500 for status in seen.statuses):
        sys.exit("an answer was a 5xx")


if __name__ == "__main__":
    main()
