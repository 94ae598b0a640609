"""Addresses: fetched from a real server on this machine; what leads into private networks is refused, also by redirect
and by name.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest

from rapporteur.model.capture import Capture
from rapporteur.model.report import Issue
from rapporteur.stages.acquire import AcquireOptions, acquire, address

PAGE = b"<html><body><p>The talks were put off until the autumn, the mediator said on Sunday.</p></body></html>"
OPEN = AcquireOptions(allow_private=True, timeout=5.0)


class Site(BaseHTTPRequestHandler):
    seen_hosts: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        Site.seen_hosts.append(self.headers["Host"])
        where = {
            "/loop": "/loop",
            "/moved": "/page",
            "/inward": f"http://127.0.0.2:{self.headers['Host'].rpartition(':')[2]}/page",
            "/file": "file:///etc/hosts",
        }
        if self.path in where:
            self.send_response(302)
            self.send_header("Location", where[self.path])
            self.end_headers()
            return
        if self.path == "/dribble":  # the head of an answer, ever so slowly
            try:
                for _ in range(60):
                    self.wfile.write(b"H" if _ == 0 else b"x")
                    time.sleep(0.1)
            except OSError:
                pass
            return
        self.send_response(404 if self.path == "/none" else 200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        try:
            if self.path == "/endless":
                for _ in range(2000):
                    self.wfile.write(bytes(65536))
            elif self.path == "/slow":
                for _ in range(40):
                    self.wfile.write(b"<p>")
                    self.wfile.flush()
                    time.sleep(0.1)
            else:
                self.wfile.write(PAGE)
        except OSError:
            pass  # the reader has hung up, as it should

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def take(url: str, options: AcquireOptions = OPEN) -> Capture | Issue:
    (found,) = acquire([url], options)
    return found


def code(url: str, options: AcquireOptions = OPEN) -> str:
    found = take(url, options)
    assert isinstance(found, Issue)
    assert url in found.message
    assert "\n" not in found.message
    return found.code


def test_a_page_is_a_capture_at_its_address(site: str) -> None:
    found = take(f"{site}/moved")
    assert isinstance(found, Capture)
    assert (found.place, found.url, found.data) == (f"{site}/moved", f"{site}/page", PAGE)
    assert (found.media_type, found.charset, found.path) == ("text/html", "utf-8", None)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "10.1.2.3",
        "192.168.0.1",
        "169.254.169.254",
        "[::1]",
        "[fd00::1]",
        "[::ffff:127.0.0.1]",
        "0.0.0.0",
        "2130706433",
        "0x7f.1",
        "0177.0.0.1",
        "127.1",
        "[::ffff:7f00:1]",
        "[::]",
        "[2002:7f00:1::]",
        "[64:ff9b::a01:203]",
    ],
)
def test_private_targets_are_refused(host: str) -> None:
    assert code(f"http://{host}:9/page", AcquireOptions(timeout=2.0)) in ("address-private", "address-unreachable")
    if host not in ("2130706433", "0177.0.0.1"):  # forms of 127.0.0.1 that not every resolver and client reads
        assert code(f"http://{host}:9/page", AcquireOptions(timeout=2.0)) == "address-private"


def test_a_redirect_into_a_private_network_is_refused(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(address, "is_public", lambda number: str(number) == "127.0.0.1")  # this machine plays the public site
    assert isinstance(take(f"{site}/page", AcquireOptions()), Capture)
    assert code(f"{site}/inward", AcquireOptions()) == "address-private"
    assert code(f"{site}/file", AcquireOptions()) == "address-scheme"


def test_the_address_that_was_checked_is_the_one_that_is_called(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    port = int(site.rpartition(":")[2])
    answers: list[str] = []
    resolve = socket.getaddrinfo

    def rebinding(host: Any, *args: Any, **more: Any) -> Any:
        if host != "site.test":
            return resolve(host, *args, **more)
        answers.append("127.0.0.1" if not answers else "127.0.0.9")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answers[-1], port))]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    found = take(f"http://site.test:{port}/page")
    assert isinstance(found, Capture)
    assert answers == ["127.0.0.1"]
    assert Site.seen_hosts[-1] == f"site.test:{port}"


def test_every_address_of_a_name_must_be_public(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (n, 80)) for n in ("93.184.216.34", "10.0.0.5")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **more: both)
    assert code("http://two-faced.test/", AcquireOptions(timeout=2.0)) == "address-private"


def test_no_answer(site: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert code(f"http://127.0.0.1:{port}/") == "address-unreachable"
    assert code("http://no-such-host.invalid/") == "address-unreachable"
    assert code(f"{site}/none") == "address-refused"


def test_size_time_and_redirects_are_limited(site: str) -> None:
    assert code(f"{site}/endless", AcquireOptions(allow_private=True, max_bytes=1_000_000)) == "too-large"
    assert code(f"{site}/slow", AcquireOptions(allow_private=True, timeout=0.5)) == "address-slow"
    assert code(f"{site}/loop") == "too-many-redirects"
    begun = time.monotonic()
    assert code(f"{site}/dribble", AcquireOptions(allow_private=True, timeout=0.7)) == "address-slow"
    assert time.monotonic() - begun < 4, "each byte is no new reason to wait"


@pytest.mark.parametrize(
    "url", ["ftp://example.org/x", "file:///etc/passwd", "http://", "http://user:word@127.0.0.1/", "http://[broken/"]
)
def test_other_schemes_and_malformed_addresses(url: str) -> None:
    assert code(url) in ("address-scheme", "address-unreachable")


@pytest.mark.parametrize(
    ("number", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("100.64.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("64:ff9b::5db8:d822", True),
    ],
)
def test_public_addresses(number: str, public: bool) -> None:
    assert address.is_public(ipaddress.ip_address(number)) is public
