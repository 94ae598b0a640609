"""What changes the record: reports added, judgements made and undone; and what is refused."""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import msgspec
import pytest

from rapporteur.desk import Viewer
from rapporteur.desk.adding import Pasted
from rapporteur.jobs import Task, queue_of
from rapporteur.store import open_store
from rapporteur.store.team_base import COMMON
from rapporteur.web.queued import ADD
from rapporteur.web.work import Accepted
from tests.web.serving import serving

PASTED = (
    "Merrow counts its troops anew\n\nLISSEN, March 28, 2031 (Halden Wire) - About 2,900 Merrovian troops remain in Tavoria, "
    "Defence Minister Ilena Korsk said on Friday. She gave no date for the withdrawal.\n"
)


@pytest.fixture
def desk(copy: Path) -> Iterator[httpx.Client]:
    """A client with a record of its own."""
    with serving(copy) as address, httpx.Client(base_url=address, timeout=60) as client:
        yield client


def token(client: httpx.Client, page: str = "/add") -> str:
    found = re.search(r'name="form_token" value="([^"]+)"', client.get(page).text)
    assert found
    return found[1]


def steps(client: httpx.Client, work: str) -> str:
    """All server-sent events of a work, until it has ended."""
    with client.stream("GET", f"{work}/steps") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        return "".join(answer.iter_text())


def test_a_pasted_report_is_read_and_stands_in_the_account(desk: httpx.Client) -> None:
    answer = desk.post("/add/text", data={"form_token": token(desk), "text": PASTED, "outlet": "Halden Wire"})
    assert answer.status_code == 303
    told = steps(desk, answer.headers["location"])
    assert "event: step" in told and "event: end" in told
    [report] = set(re.findall(r'href="(/report/[^"]+)"', told))
    page = desk.get(report).text
    assert "2,900" in page and "being linked" not in page
    assert "14 reports" in desk.get("/").text
    again = desk.post("/add/text", data={"form_token": token(desk), "text": PASTED, "outlet": "Halden Wire"})
    assert "in the record already" in steps(desk, again.headers["location"])


def test_files_are_read_and_what_is_none_is_told(desk: httpx.Client) -> None:
    sent = [
        ("files", ("../../dispatch.txt", PASTED.encode(), "text/plain")),
        ("files", ("picture.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00", "image/png")),
    ]
    answer = desk.post("/add/files", data={"form_token": token(desk)}, files=sent)
    told = steps(desk, answer.headers["location"])
    assert 'class="read"' in told and 'class="issue"' in told
    [report] = set(re.findall(r'href="(/report/[^"]+)"', told))
    assert "<dd>dispatch.txt</dd>" in desk.get(report).text
    assert "picture.png" in desk.get("/issues").text


@pytest.mark.parametrize("url", ["/etc/passwd", "file:///etc/passwd", "http://127.0.0.1:1/page", "http://[::1]/"])
def test_addresses_lead_nowhere_into_this_machine(desk: httpx.Client, url: str) -> None:
    answer = desk.post("/add/address", data={"form_token": token(desk), "url": url})
    told = steps(desk, answer.headers["location"])
    assert 'class="issue"' in told and 'class="read"' not in told


def test_markup_in_a_report_stays_text(desk: httpx.Client) -> None:
    text = "<script>alert(1)</script> & <img src=x onerror=alert(2)> About 12 troops left Tavoria, Korsk said."
    answer = desk.post(
        "/add/text", data={"form_token": token(desk), "text": text, "title": "<b>bold</b>", "url": "javascript:alert(3)"}
    )
    [report] = set(re.findall(r'href="(/report/[^"]+)"', steps(desk, answer.headers["location"])))
    for page in (report, "/reports", "/table/statements", "/search?q=troops script"):
        html = desk.get(page).text
        assert "<script>" not in html and "<img" not in html and "<b>" not in html
        assert 'href="javascript:' not in html
    assert "&lt;script&gt;" in desk.get(report).text


def test_a_correction_is_shown_holds_and_is_undone(desk: httpx.Client) -> None:
    finding = re.findall(r'href="(/finding\?[^"]+)"', desk.get("/findings?kind=figure&verdict=differ").text)[0]
    page = desk.get(finding).text
    claim = re.findall(r'name="subjects" value="([^"]+)"', page)[0]
    sent = {
        "form_token": token(desk),
        "verb": "reject",
        "subjects": [claim, ""],
        "why": "it is a misprint",
        "back": "/judgements",
    }
    answer = desk.post("/judge", data=sent)
    assert (answer.status_code, answer.headers["location"]) == (303, "/judgements")
    listed = desk.get("/judgements").text
    assert "it is a misprint" in listed and '<td data-h="Who">you</td>' in listed
    assert "rejected by you" in desk.get("/finding", params={"claim": claim}).text
    [ident] = re.findall(r'name="subjects" value="(j-[^"]+)"', listed)
    desk.post("/judge", data={"form_token": token(desk), "verb": "undo", "subjects": ident, "back": "/judgements"})
    assert "rejected by you" not in desk.get("/finding", params={"claim": claim}).text


def test_what_waits_is_no_longer_listed_when_it_was_judged(desk: httpx.Client) -> None:
    page = desk.get("/review").text
    waits = int(re.findall(r"(\d+) waits? to be looked at|(\d+) wait", page)[0][0])
    [form, *_] = re.findall(r'<form class="judge" method="post" action="/judge">.*?</form>', page, re.DOTALL)
    sent = {name: re.findall(rf'name="{name}" value="([^"]*)"', form) for name in ("form_token", "verb", "subjects", "value")}
    desk.post("/judge", data={**sent, "back": "/review"})
    assert f"{waits - 1} wait" in desk.get("/review").text


@pytest.mark.parametrize(
    "sent", [{"verb": "reject", "subjects": "nothing#f1"}, {"verb": "praise", "subjects": "x"}, {"verb": "correct"}]
)
def test_a_judgement_that_makes_no_sense_is_refused_with_the_reason(desk: httpx.Client, sent: dict[str, str]) -> None:
    answer = desk.post("/judge", data={"form_token": token(desk), **sent})
    assert answer.status_code == 422
    assert "None yet" in desk.get("/judgements").text


def test_forms_from_elsewhere_change_nothing(desk: httpx.Client) -> None:
    good = token(desk)
    sent = {"form_token": good, "text": PASTED}
    assert desk.post("/add/text", data=sent, headers={"origin": "https://elsewhere.example"}).status_code == 403
    assert desk.post("/add/text", data=sent, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert desk.post("/add/text", data={**sent, "form_token": "0" * 64}).status_code == 403
    assert httpx.post(f"{desk.base_url}/add/text", data=sent).status_code == 403, "the token of another browser"
    assert "13 reports" in desk.get("/reports").text


def test_a_body_that_is_too_large_is_refused(copy: Path) -> None:
    with serving(copy, most_bytes=10_000) as address, httpx.Client(base_url=address) as client:
        sent = {"form_token": token(client), "text": "x" * 20_000}
        assert client.post("/add/text", data=sent).status_code == 413
        chunks = (b"x" * 1000 for _ in range(50))
        headers = {"content-type": "application/x-www-form-urlencoded"}
        with contextlib.suppress(httpx.HTTPError):  # the connection may be closed while the body is still being sent
            refused = client.post("/add/text", content=chunks, headers=headers)
            assert refused.status_code == 413 and "send fewer reports at once" in refused.text
        assert client.get("/").status_code == 200


def test_the_page_says_what_is_new_since_the_last_visit(desk: httpx.Client) -> None:
    desk.cookies.set("rapporteur-visit", "1.1.0")
    answer = desk.post("/add/text", data={"form_token": token(desk), "text": PASTED, "outlet": "Halden Wire"})
    steps(desk, answer.headers["location"])
    page = desk.get("/").text
    assert "New since your last visit" in page and "2,900" in page


def test_an_account_that_an_older_version_made_is_made_anew(copy: Path) -> None:
    with open_store(copy) as store:
        snapshot = store.snapshot(store.snapshots()[-1].number)
        assert snapshot is not None
        old = snapshot.content.replace(b'"brief"', b'"summary"')
        store.keep(msgspec.structs.replace(snapshot, content=old))
    with serving(copy) as address, httpx.Client(base_url=address, timeout=60) as client:
        end = time.monotonic() + 60
        while "In brief" not in (page := client.get("/")).text:
            assert page.status_code == 200 and time.monotonic() < end
            time.sleep(0.1)


def test_what_an_earlier_run_accepted_is_read_by_the_next(copy: Path) -> None:
    """As a server leaves it that is killed: accepted, in the record, not yet read."""
    texts = [
        f"LISSEN, March {day}, 2031 (Halden Wire) - About {day}00 troops remain in Oskara, Korsk said." for day in range(11, 15)
    ]
    with open_store(copy) as store:
        for number, text in enumerate(texts):
            asked = Accepted(Viewer("you", "admin"), COMMON, (Pasted(text),))
            queue_of(store).enqueue(Task(ADD, msgspec.msgpack.encode(asked), f"left-{number}", "you", "a pasted text"))
    with serving(copy) as address, httpx.Client(base_url=f"{address}/api", timeout=60) as client:
        end = time.monotonic() + 60
        while client.get("/overview").json()["process"]["reports"] != 17:
            assert time.monotonic() < end
            time.sleep(0.1)
        assert client.get("/works/1").json()["ended"]
        last = client.get("/works/4").json()
        assert [step["kind"] for step in last["steps"]] == ["read", "linking", "found", "done"], "the last one reconciles for all"
        assert [step["kind"] for step in client.get("/works/1").json()["steps"]] == ["read", "done"]
