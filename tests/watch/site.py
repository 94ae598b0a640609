"""A small news site on the loopback: a feed, pages, robots.txt, a receiver of webhooks; it writes down what it is asked."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

RSS = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>Halden Wire</title><link>{home}</link><description>-</description>'
    "{items}</channel></rss>"
)
ITEM = "<item><title>{title}</title><link>{link}</link><guid>{link}</guid><pubDate>{date}</pubDate>{more}</item>"


@dataclass
class Site:
    """``pages``: path to (title, ISO date, paragraphs); ``answers``: path to a status given; ``asked``: (path, headers);
    ``gates``: paths that are answered when an event is set."""

    home: str = ""
    pages: dict[str, tuple[str, str, list[str]]] = field(default_factory=dict)
    listed: list[str] = field(default_factory=list)
    contents: dict[str, str] = field(default_factory=dict)
    answers: dict[str, tuple[int, dict[str, str]]] = field(default_factory=dict)
    robots: str | None = None
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    posted: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    refuse_posts: int = 0
    gates: dict[str, threading.Event] = field(default_factory=dict)

    def publish(self, path: str, title: str, date: str, *paragraphs: str) -> None:
        """Puts a report on the site and at the head of its feed."""
        self.pages[path] = (title, date, list(paragraphs))
        self.listed.insert(0, path)

    def feed(self) -> bytes:
        items = ""
        for path in self.listed:
            title, date, _ = self.pages[path]
            more = f"<description>{self.contents[path]}</description>" if path in self.contents else ""
            day = f"{date[8:10]} {_MONTHS[int(date[5:7]) - 1]} {date[:4]} 08:00:00 GMT"
            items += ITEM.format(title=title, link=self.home + path, date=day, more=more)
        return RSS.format(home=self.home, items=items).encode()

    def page(self, path: str) -> bytes:
        title, date, paragraphs = self.pages[path]
        text = "".join(f"<p>{p}</p>" for p in paragraphs)
        meta = f'<meta property="article:published_time" content="{date}T08:00:00Z">'
        meta += '<meta property="og:site_name" content="Halden Wire">'
        body = f"<body><article><h1>{title}</h1>{text}</article></body>"
        return f"<html><head><title>{title}</title>{meta}</head>{body}</html>".encode()

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


class _Handler(BaseHTTPRequestHandler):
    site: Site

    def do_GET(self) -> None:
        site = self.site
        site.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
        if self.path in site.gates:
            site.gates[self.path].wait(60)
        if self.path in site.answers:
            status, headers = site.answers[self.path]
            self._answer(status, headers, b"")
        elif self.path == "/robots.txt" and site.robots is not None:
            self._answer(200, {"Content-Type": "text/plain"}, site.robots.encode())
        elif self.path == "/feed":
            data = site.feed()
            tag = f'"{hashlib.sha256(data).hexdigest()[:12]}"'
            known = self.headers.get("If-None-Match") == tag
            self._answer(304 if known else 200, {"ETag": tag, "Content-Type": "application/rss+xml"}, b"" if known else data)
        elif self.path in site.pages:
            self._answer(200, {"Content-Type": "text/html; charset=utf-8"}, site.page(self.path))
        else:
            self._answer(404, {}, b"")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.site.refuse_posts:
            self.site.refuse_posts -= 1
            self._answer(503, {}, b"")
            return
        self.site.posted.append(({k.lower(): v for k, v in self.headers.items()}, body))
        self._answer(204, {}, b"")

    def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(BrokenPipeError):  # whoever asked was killed
            self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        pass


@contextmanager
def running() -> Iterator[Site]:
    """The site, served until the block ends."""
    site = Site()
    handler = type("Handler", (_Handler,), {"site": site})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    site.home = f"http://127.0.0.1:{server.server_port}"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
