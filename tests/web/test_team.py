"""A team at one record: admins manage it, two rate one condition under their own names, and the log tells who did what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack

import httpx
import lxml.html
import pytest

from rapporteur.accounts import next_account
from rapporteur.model.team import Role
from rapporteur.pipeline import gather
from rapporteur.stages.write import ComposeOptions
from rapporteur.store import open_store
from rapporteur.team.access import Access
from tests.board.boards import SMALL, framework_entry
from tests.cli.command import texts
from tests.web.serving import reader, serving
from tests.web.test_board import RATED, REPORTS

USERS: dict[str, Role] = {"Adm": "admin", "Ida": "editor", "Ole": "analyst", "Rut": "reader"}


class Desk:
    """A server over a record, and a client for each user."""

    def __init__(self, address: str, sessions: dict[str, str], stack: ExitStack) -> None:
        self.address = address
        self._clients = {
            name: stack.enter_context(httpx.Client(base_url=address, cookies={"rapporteur-session": session}, timeout=60))
            for name, session in sessions.items()
        }

    def get(self, who: str, path: str) -> httpx.Response:
        return self._clients[who].get(path)

    def post(self, user: str, path: str, **form: object) -> httpx.Response:
        found = re.search(r'name="form_token" value="(\w+)"', self.get(user, "/me").text)
        assert found
        return self._clients[user].post(path, data={"form_token": found[1], **form})

    def log(self) -> list[tuple[str, str, str]]:
        rows = re.findall(r'data-h="Who">(.*?)</td><td data-h="What">(.*?)</td>.*?>(.*?)</td>', self.get("Adm", "/audit").text)
        return [(who, what, subject) for who, what, subject in rows][::-1]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("together")
    path = folder / "team.db"
    with open_store(path) as store:
        access = Access(store.team())
        sessions = {n: access.open_session(access.add_user(n, r, None, by="test"), "password") for n, r in USERS.items()}
        list(gather([str(texts(folder / "reports", REPORTS))], store, reader()))
        next_account(store, ComposeOptions(title="Ford"))
        store.add_to_board(framework_entry(SMALL, "ford"))
    with serving(path) as address, ExitStack() as stack:
        yield Desk(address, sessions, stack)


def test_an_admin_adds_users_groups_and_what_is_private_and_nobody_else_does(desk: Desk) -> None:
    assert desk.post("Adm", "/team/users", name="Eva", role="reader", password="eleven red ferries").status_code == 303
    assert desk.post("Adm", "/team/users", name="EVA", role="reader").status_code == 422
    assert desk.post("Adm", "/team/user", name="Eva", role="analyst", disabled="true").status_code == 303
    assert desk.post("Adm", "/team/group", name="north", members=["Eva", "Ida"]).status_code == 303
    assert desk.post("Adm", "/team/private", process="back-channel", groups="north").status_code == 303
    page = desk.get("Adm", "/team").text
    assert "back-channel</strong>: private to north" in page and "north</strong>: Ida, Eva" in page
    assert "is the last admin" in desk.post("Adm", "/team/user", name="Adm", role="reader").text
    for who in ("Ida", "Rut"):
        assert desk.get(who, "/team").status_code == desk.get(who, "/audit").status_code == 403
        assert desk.post(who, "/team/users", name="x", role="admin").status_code == 403
    log = desk.log()
    assert ("Adm", "user changed", "Eva: analyst, disabled") in log and ("Adm", "private to", "back-channel: north") in log


def test_everybody_has_tokens_of_their_own(desk: Desk) -> None:
    made = desk.post("Rut", "/me/tokens", label="nightly", scopes="read", days="30")
    token = re.search(r"rpt_[\w-]+", made.text)
    assert token and token[0] not in desk.get("Rut", "/me").text
    headers = {"authorization": f"Bearer {token[0]}"}
    assert httpx.get(f"{desk.address}/api/overview", headers=headers).status_code == 200
    number = re.search(r'name="number" value="(\d+)"', desk.get("Rut", "/me").text)
    assert number
    assert desk.post("Ole", "/me/tokens/revoke", number=number[1]).status_code == 403
    assert desk.post("Rut", "/me/tokens/revoke", number=number[1]).status_code == 303
    assert httpx.get(f"{desk.address}/api/overview", headers=headers).status_code == 401


def test_judgements_and_exports_stand_in_the_log_under_their_makers_names(desk: Desk) -> None:
    claim = re.search(r"claim=([^&\"#]+%23\w+)", desk.get("Ida", "/").text)
    assert claim
    subject = claim[1].replace("%23", "#")
    assert desk.post("Ida", "/judge", verb="reject", subjects=subject, why="misheard", who="Somebody else").status_code == 303
    assert desk.post("Ole", "/judge", verb="reject", subjects=subject).status_code == 403
    assert "Ida" in desk.get("Rut", "/judgements").text and "Somebody else" not in desk.get("Rut", "/judgements").text
    assert desk.get("Rut", "/export/account/json").status_code == 200
    deeds = [(who, what) for who, what, _ in desk.log()]
    assert ("Ida", "judgement") in deeds and ("Rut", "export") in deeds and ("Ole", "judgement") not in deeds


def test_two_rate_a_condition_under_their_own_names_and_see_that_they_disagree(desk: Desk) -> None:
    page = desk.get("Ole", "/board/ford/observations").text
    claim = re.search(r'name="claim" value="([^"]+)"', page)
    assert claim
    bound = {"indicator": "attacks", "site": "chad", "claim": claim[1], "decision": "accepted"}
    assert desk.post("Ole", "/board/ford/observe", **bound).status_code == 303
    seen = re.search(
        r'name="observations" value="(o-[^"]+)"', desk.get("Ida", "/board/ford/rate?condition=security&site=chad").text
    )
    assert seen
    for who, level, high in (("Ole", "1", "1"), ("Ida", "3", "3")):
        rated = {**RATED, "level": level, "high": high, "observations": seen[1], "assessor": "Somebody else", "recorded_by": "x"}
        assert desk.post(who, "/board/ford/rate", **rated).status_code == 303
    text = lxml.html.fromstring(desk.get("Rut", "/board/ford").text).text_content()
    assert "disputed: 1 v 3" in text and "Ole says 1" in text and "Ida says 3" in text and "Somebody else" not in text
    assert desk.post("Rut", "/board/ford/rate", **RATED, observations=seen[1]).status_code == 403
    assert {("Ole", "observation"), ("Ole", "rating"), ("Ida", "rating")} <= {(who, what) for who, what, _ in desk.log()}


def test_one_persons_record_has_no_team(server: str) -> None:
    refused = httpx.get(f"{server}/team")
    assert refused.status_code == 403 and "rapporteur user add NAME --role admin" in refused.text
