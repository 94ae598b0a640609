"""The server as a process that is killed or stopped, and started again."""

from __future__ import annotations

import re
import signal
import subprocess
import time

import httpx
import lxml.html

from tests.cli.command import arguments

PATIENCE = 300.0
"""Seconds, for a machine that does much else; alone it takes a tenth of that."""


def text(number: int) -> bytes:
    return f"PORT ELLERY, March 3, 2021 - {number} ferry workers were idle on Friday, a spokeswoman said.\n".encode()


class Server:
    """``rapporteur serve``, started anew after each kill."""

    def __init__(self, address: str, *options: str) -> None:
        self._address, self._options = address, options
        self._client = httpx.Client(timeout=30)
        self.start()

    def start(self) -> None:
        command = arguments("serve", "--database", self._address, "--port", 0, *self._options)
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        assert self.process.stderr is not None
        said = self.process.stderr.readline()
        found = re.search(r"http://\S+", said)
        assert found, said
        self.url = found.group()

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def compare(self, runs: int = 200_000) -> int:
        """Begins a comparison that takes some seconds; the number of its job."""
        page = lxml.html.fromstring(self._client.get(f"{self.url}schedules/edit?name=hmc").content)
        [form] = [form for form in page.forms if form.action == "/schedules/compare"]
        sent = self._client.post(f"{self.url}schedules/compare", data={**dict(form.form_values()), "runs": runs, "do": "compare"})
        return int(sent.headers["location"].rpartition("/")[2])

    def upload(self, number: int) -> None:
        """Sends a report until it is accepted."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                files = [("files", (f"r{number:03}.txt", text(number), "text/plain"))]
                if self._client.post(f"{self.url}api/uploads", files=files).status_code == 202:
                    return
            except httpx.TransportError:
                time.sleep(0.1)
        raise AssertionError(f"upload {number} was never accepted")
