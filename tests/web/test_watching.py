"""Feeds and alerts at the desk: followed by a form, polled while the desk is open, told on a page and as a feed."""

from __future__ import annotations

import re
import time
from pathlib import Path

import feedparser
import httpx
import pytest

from rapporteur.engine import InProcess
from rapporteur.pipeline import Reader
from rapporteur.stages.acquire import AcquireOptions
from rapporteur.watch.deliver import Sending
from rapporteur.watch.polite import Manners
from rapporteur.watch.poll import Round
from rapporteur.watch.round import Watching
from tests.watch.site import running
from tests.web.serving import serving

OPEN = AcquireOptions(allow_private=True, timeout=5.0)
WATCHING = Watching(Reader(InProcess(), acquire=OPEN), Round(Manners(OPEN, pause=0.0)), Sending(OPEN), ())
OPML = b'<opml version="2.0"><body><outline xmlUrl="http://127.0.0.1:9/rss"/></body></opml>'
WAIT_SECONDS = 30.0


def token(client: httpx.Client) -> str:
    found = re.search(r'name="form_token" value="([^"]+)"', client.get("/feeds").text)
    assert found
    return found[1]


def until(client: httpx.Client, address: str, words: str) -> str:
    end = time.monotonic() + WAIT_SECONDS
    while words not in (html := client.get(address).text):
        assert time.monotonic() < end, f"{words} does not appear on {address}"
        time.sleep(0.1)
    return html


def test_a_feed_that_is_followed_is_read_while_the_desk_is_open_and_its_news_is_told(copy: Path) -> None:
    with running() as site:
        site.publish(
            "/a",
            "Trawlers at Calder Bay",
            "2031-04-05",
            "The Calder Bay harbour office counted 31 trawlers at its quay, and dismissed talk of a strike by dockers.",
        )
        with serving(copy, watching=WATCHING) as address, httpx.Client(base_url=address, timeout=30) as client:
            assert "None is followed" in client.get("/feeds").text
            sent = client.post("/feeds", data={"form_token": token(client), "address": f"{site.home}/feed"})
            assert (sent.status_code, sent.headers["location"]) == (303, "/feeds")
        # Opened again: the first round comes at once, not after half a minute.
        with serving(copy, watching=WATCHING) as address, httpx.Client(base_url=address, timeout=30) as client:
            assert "well" in until(client, "/feeds", "Halden Wire")
            until(client, "/reports?q=Trawlers", "Trawlers at Calder Bay")


@pytest.mark.parametrize("kind", ["rss", "atom", "json"])
def test_alerts_are_a_feed_even_when_there_are_none(client: httpx.Client, kind: str) -> None:
    answer = client.get(f"/alerts.{kind}")
    assert answer.status_code == 200
    if kind == "json":
        assert answer.json()["items"] == []
    else:
        assert feedparser.parse(answer.content).feed.title.startswith("Alerts: ")


def test_feeds_come_from_a_list_too_and_can_be_removed(copy: Path) -> None:
    with serving(copy) as address, httpx.Client(base_url=address, timeout=30) as client:
        key = token(client)
        client.post("/feeds", data={"form_token": key}, files={"listed": ("feeds.opml", OPML)})
        assert "http://127.0.0.1:9/rss" in client.get("/feeds").text
        client.post("/feeds/remove", data={"form_token": key, "address": "http://127.0.0.1:9/rss"})
        assert "None is followed" in client.get("/feeds").text


@pytest.mark.parametrize("address", ["", "javascript:alert(1)", "file:///etc/hostname", "ftp://halden.test/feed"])
def test_what_is_no_address_of_a_feed_is_refused(copy: Path, address: str) -> None:
    with serving(copy) as home, httpx.Client(base_url=home, timeout=30) as client:
        answer = client.post("/feeds", data={"form_token": token(client), "address": address})
        assert answer.status_code == 422
        assert "None is followed" in client.get("/feeds").text


def test_another_form_of_the_alerts_is_not_there(client: httpx.Client) -> None:
    assert client.get("/alerts.exe").status_code == 404
    assert client.get("/alerts").status_code == 200
