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


PAGES = (
    "/findings", "/findings?kind=figure&verdict=differ&origins=9", "/lineage", "/figures", "/table/timeline", "/table/statements",
    "/table/positions", "/table/commitments", "/table/incidents", "/table/posture", "/table/watch", "/positions", "/search",
    "/search?q=how many troops remain in Tavoria", "/review", "/judgements", "/export", "/issues", "/add",
)  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_every_place_has_its_page_with_one_heading_and_unique_ids(client: httpx.Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert len(re.findall("<h1", answer.text)) == 1
    idents = re.findall(r'\sid="([^"]+)"', answer.text)
    assert len(idents) == len(set(idents))


def test_a_record_without_reports_has_every_page_too(tmp_path: Path) -> None:
    with serving(tmp_path / "new.db") as address:
        assert {httpx.get(f"{address}{page}").status_code for page in PAGES} == {200}


def test_a_finding_shows_its_passages_and_each_leads_to_its_place(client: httpx.Client) -> None:
    first = links(client.get("/findings?verdict=differ").text, "/finding?")[0]
    page = client.get(first).text
    assert "Against it" in page
    for passage in links(page, "/report/")[:4]:
        assert 'id="cited"' in client.get(passage).text


def test_pictures_come_after_the_page_as_pieces(client: httpx.Client) -> None:
    for address in ("/figures", "/lineage"):
        [piece, *_] = re.findall(r'hx-get="(/(?:figures/chart|lineage/picture)[^"]+)"', client.get(address).text)
        drawn = client.get(piece).text
        assert drawn.count("<svg") >= 1 and "style=" not in drawn.replace("font-style=", "")


def test_an_answer_is_cited_and_a_question_on_nothing_has_none(client: httpx.Client) -> None:
    answered = client.get("/search", params={"q": "how many troops remain in Tavoria?"}).text
    assert "3,400" in answered and links(answered, "/report/")
    assert "No answer" in client.get("/search", params={"q": "how many submarines sank in Bolivia?"}).text


@pytest.mark.parametrize(
    ("name", "begins"), [("docx", b"PK"), ("json", b"{"), ("md", b"# "), ("csv", b"PK"), ("html", b"<!DOCTYPE")]
)
def test_the_account_is_handed_out_in_every_format(client: httpx.Client, name: str, begins: bytes) -> None:
    answer = client.get(f"/export/account/{name}")
    assert answer.content.startswith(begins)
    assert answer.headers["content-disposition"].startswith("attachment")


def test_a_table_is_handed_out_and_an_unknown_one_is_told(client: httpx.Client) -> None:
    assert client.get("/export/table/findings").text.startswith("\ufeff")
    assert client.get("/export/table/nothing").status_code == 404
    assert client.get("/export/account/odt").status_code == 404


def test_each_change_between_two_reports_leads_to_its_passages(client: httpx.Client) -> None:
    family = client.get(links(client.get("/lineage").text, "/lineage/")[0]).text
    cited = set()
    for pair in {link for link in links(family, "/report/") if "beside=" in link}:
        changed = client.get(pair).text.partition('id="h-drift"')[2].partition("</section>")[0]
        cited.update(links(changed, "/report/"))
    assert len(cited) >= 4
    for passage in cited:
        assert 'id="cited"' in client.get(passage).text, passage


def test_one_person_signs_with_a_name_of_their_own(copy: Path) -> None:
    with serving(copy, who="Ada Noor") as address, httpx.Client(base_url=address, timeout=60) as client:
        claim = client.get("/api/findings").json()["rows"][0]["finding"]["supports"][0]
        sent = client.post("/api/judgements", json={"verb": "reject", "subjects": [claim], "why": "misread"})
        assert sent.json()["judgement"]["who"] == "Ada Noor"
