"""Pages of the desk over the real server and the example's record."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest

from tests.web.serving import serving


def links(html: str, begins: str) -> list[str]:
    return [h.replace("&amp;", "&") for h in re.findall(r'href="([^"]+)"', html) if h.startswith(begins)]


def test_the_overview_cites_passages_that_are_found_and_highlighted(client: httpx.Client) -> None:
    html = client.get("/").text
    cited = links(html, "/report/")
    assert len(cited) >= 9
    page = client.get(cited[0]).text
    assert re.search(r'<mark class="k k-\w+[^"]* lit cited x-cited" id="cited">', page)


def test_every_page_has_the_security_headers_and_no_inline_code(client: httpx.Client) -> None:
    for address in ("/", "/reports", "/report/front-confirms", "/nothing-here", "/static/desk.css"):
        answer = client.get(address)
        policy = answer.headers["content-security-policy"]
        assert "unsafe" not in policy and "script-src 'self'" in policy and "frame-ancestors 'none'" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=", answer.text)


def test_what_is_not_there_is_said_with_its_status(client: httpx.Client) -> None:
    for address in ("/nothing-here", "/report/no-such-report", "/static/no-such-file"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert answer.headers["content-type"].startswith("text/html")


def test_a_name_that_is_not_the_servers_gets_no_page(client: httpx.Client) -> None:
    assert client.get("/", headers={"host": "elsewhere.example"}).status_code == 400


def test_an_empty_record_says_how_to_begin(tmp_path: Path) -> None:
    with serving(tmp_path / "new.db") as address:
        html = httpx.get(address).text
        assert "Nothing has been read yet" in html and 'href="/add"' in html
        assert httpx.get(f"{address}/reports").status_code == 200


@pytest.mark.parametrize("words", ["", "wire", "no such words"])
def test_reports_are_listed_and_found_by_their_names(client: httpx.Client, words: str) -> None:
    html = client.get("/reports", params={"q": words}).text
    shown = len(links(html, "/report/"))
    assert {"": shown == 13, "wire": 0 < shown < 13}.get(words, shown == 0)
