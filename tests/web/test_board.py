"""The board's pages: a framework begun, observations decided on, ratings under one's own name, disagreement with its kind."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import lxml.html
import pytest

from rapporteur.accounts import next_account
from rapporteur.pipeline import gather
from rapporteur.stages.write import ComposeOptions
from rapporteur.store import open_store
from tests.board.boards import SMALL, framework_entry, rating
from tests.cli.command import texts
from tests.web.serving import reader, serving

REPORTS = (
    ("a.txt", "NDJAMENA, May 12, 2024 (Northern Wire) - Rebels carried out 14 attacks in Chad in April, the ministry said.\n"),
    ("b.txt", "NDJAMENA, May 19, 2024 (Dalen Press) - Monitors counted 22 rebel attacks in Chad in April.\n"),
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with two reports and one account."""
    folder = tmp_path_factory.mktemp("board")
    with open_store(folder / "r.db") as store:
        list(gather([str(texts(folder / "reports", REPORTS))], store, reader()))
        next_account(store, ComposeOptions(title="Ford"))
    return folder / "r.db"


@pytest.fixture
def record(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path / "r.db"))


@pytest.fixture
def desk(record: Path) -> Iterator[httpx.Client]:
    with serving(record) as address, httpx.Client(base_url=address, timeout=60, follow_redirects=True) as client:
        yield client


def send(client: httpx.Client, address: str, page: str, **sent: object) -> httpx.Response:
    """A form of ``page`` sent to ``address``."""
    [token, *_] = re.findall(r'name="form_token" value="([^"]+)"', client.get(page).text)
    return client.post(address, data={"form_token": token, **sent})


RATED = {
    "condition": "security", "site": "chad", "question": "met", "level": "1", "high": "2", "as_of": "2024-05-20",
    "confidence": "low",
    "rationale": "A return is unlikely (20-45 %).", "change_my_mind": "More attacks.",
}  # fmt: skip


def test_from_a_framework_to_a_disagreement_with_its_kind(desk: httpx.Client, record: Path) -> None:
    assert "no board yet" in desk.get("/board").text
    refused = send(desk, "/boards", "/boards", text=SMALL.replace("kind: core", "kind: vital"))
    assert refused.status_code == 422 and "framework.yaml:17: " in refused.text
    assert "kind: vital" in refused.text, "what was typed is not lost"
    assert "The ford" in send(desk, "/boards", "/boards", text=SMALL).text

    page = desk.get("/board/ford/observations").text
    assert "2 claims wait" in page
    claims = re.findall(r'name="claim" value="([^"]+)"', page)
    bound = {"indicator": "attacks", "site": "chad"}
    observed = "/board/ford/observe"
    assert "1 claim waits" in send(desk, observed, "/boards", **bound, claim=claims[0], decision="accepted", admiralty="b2").text
    page = send(desk, observed, "/boards", **bound, claim=claims[1], decision="rejected", why="another count").text
    assert "Nothing waits" in page and "another count" in page

    form = desk.get("/board/ford/rate", params={"condition": "security", "site": "chad"}).text
    [seen] = re.findall(r'name="observations" value="(o-[^"]+)"', form)
    shown = send(desk, "/board/ford/rate", "/boards", **RATED, observations=seen)
    assert shown.url.path == "/board/ford" and shown.url.fragment.startswith("b-r-")
    with open_store(record) as store:
        store.add_to_board(rating("B. Two", 3, as_of="2024-05-21", observations=(seen,)))
        store.add_to_board(framework_entry(SMALL.replace("framework: ford", "framework: weir"), "weir"))
    text = lxml.html.fromstring(desk.get("/board/ford").text).text_content()
    assert "disputed: 1 v 3" in text and "they read the same evidence differently" in text
    assert "you say 1 minimal (1 to 2)" in text and "Admiralty B2" in text
    assert "Observation 1: " in text and "Rests on observation 1." in text
    assert not re.search(r"\b[or]-[0-9a-f]{10}", text), "people are shown names"
    assert "not rated" in desk.get("/board/ford", params={"as_of": "2024-05-19"}).text
    told = desk.get("/api/boards/ford").json()
    assert told["cells"][0]["summary"] == "disputed: 1 v 3"
    assert desk.get("/api/boards/ford", params={"as_of": "2024-05-20"}).json()["cells"][0]["summary"] == "1 minimal"
    assert desk.get("/api/boards/none").status_code == 404
    assert {"/board/ford", "/board/weir"} <= set(re.findall(r'href="(/board/[^"]+)"', desk.get("/board").text))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"level": "1"}, "a level rests on at least one observation"),
        ({"level": "unknown", "high": "", "rationale": "Likely, with high confidence."}, "likely"),
        ({"level": "unknown", "high": "", "as_of": "2099-01-01"}, "lies after the day on which the rating is made"),
        ({"level": "unknown", "high": "", "as_of": "soon"}, "is no day"),
        ({"role": "party-stated", "party": "The ministry"}, "needs the party&#39;s own words"),
        ({"role": "party-inferred", "party": " "}, "is empty"),
    ],
)
def test_a_rating_that_may_not_stand_is_shown_again_with_the_reason(
    desk: httpx.Client, changes: dict[str, str], reason: str
) -> None:
    send(desk, "/boards", "/boards", text=SMALL)
    answer = send(desk, "/board/ford/rate", "/boards", **{**RATED, **changes})
    assert answer.status_code == 422
    assert reason in answer.text and 'role="alert"' in answer.text
    assert "More attacks." in answer.text, "what was typed is not lost"
    assert "No rating" not in desk.get("/board/ford").text


def test_what_the_board_does_not_have_is_not_there(desk: httpx.Client) -> None:
    send(desk, "/boards", "/boards", shipped="hmc-three-factors")
    assert desk.get("/board").url.path == "/board/hmc-three-factors"
    assert desk.get("/board/none").status_code == 404
    assert desk.get("/board/hmc-three-factors/rate", params={"condition": "luck", "site": "iraq"}).status_code == 404
    sent = {"indicator": "isis-attacks", "site": "iraq", "claim": "none#f1", "decision": "accepted"}
    assert send(desk, "/board/hmc-three-factors/observe", "/boards", **sent).status_code == 422
