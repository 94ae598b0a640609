"""No route shows a person without access anything of a private process. One test per route, made from the router."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import httpx
import pytest
from fastapi.routing import APIRoute

from tests.web.private import PROCESS, WORD, Team, requests, team_record
from tests.web.serving import serving
from tests.web.test_routes import ROUTES


@pytest.fixture(scope="module")
def team(example, tmp_path_factory) -> Team:  # type: ignore[no-untyped-def] # fixtures
    return team_record(example, tmp_path_factory.mktemp("private"))


@pytest.fixture(scope="module")
def address(team: Team) -> Iterator[str]:
    with serving(team.record) as found:
        yield found


def client_of(name: str, team: Team, address: str) -> httpx.Client:
    return httpx.Client(base_url=address, cookies={"rapporteur-session": team.sessions[name]}, timeout=60)


@pytest.fixture(scope="module")
def ole(team: Team, address: str) -> Iterator[httpx.Client]:
    with client_of("Ole", team, address) as client:
        yield client


@pytest.fixture(scope="module")
def ida(team: Team, address: str) -> Iterator[httpx.Client]:
    with client_of("Ida", team, address) as client:
        yield client


@pytest.fixture(scope="module")
def work(ida: httpx.Client) -> str:
    """A work that Ida began, whose steps tell of a private report."""
    sent = {"form_token": token(ida), "text": "Kelmithra falls silent, the Kelmithra dockers said.", "into": PROCESS}
    return ida.post("/add/text", data=sent).headers["location"].rpartition("/")[2]


def token(client: httpx.Client) -> str:
    found = re.search(r'name="form_token" value="(\w+)"', client.get("/add").text)
    assert found
    return found[1]


def words_of(answer: httpx.Response) -> str:
    """What an answer says, unpacked."""
    if answer.content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist()).casefold()
    return answer.text.casefold()


def answers(client: httpx.Client, route: APIRoute, team: Team, work: str) -> Iterator[tuple[str, httpx.Response]]:
    """Each way to ask, and the answer; ways to sign out are left out, as they end the session."""
    if route.path == "/sign-out":
        return
    form = {
        "verb": "reject",
        "subjects": team.ids["claim"][0],
        "into": PROCESS,
        "text": "x",
        "url": "x",
        "value": "1",
        "back": "/",
    }
    for method, path, parameters in requests(route, team.ids, work):
        if method == "GET":
            yield f"{path} {parameters}", client.get(path, params=parameters)
        elif path.startswith("/api/"):
            row = {"text": "x", "verb": "reject", "subjects": team.ids["claim"][:1], "url": "x"}
            yield f"{path} {row}", client.request(method, path, json=[row] if path == "/api/reports" else row, params=parameters)
        else:
            sent = {**form, **parameters, "form_token": token(client)}
            yield f"{path} {sent}", client.request(method, path, data=sent)


@pytest.mark.parametrize("route", ROUTES, ids=lambda r: f"{','.join(sorted(getattr(r, 'methods', None) or []))} {r.path}")
def test_a_route_shows_nothing_private(route: object, ole: httpx.Client, team: Team, work: str) -> None:
    assert isinstance(route, APIRoute)
    count = 0
    for asked, answer in answers(ole, route, team, work):
        count += 1
        assert answer.status_code < 500, asked
        policy = answer.headers["content-security-policy"]
        assert "script-src 'self'" in policy and "unsafe" not in policy, asked
        assert answer.headers["x-content-type-options"] == "nosniff" and answer.headers["x-frame-options"] == "DENY", asked
        told = words_of(answer)
        assert WORD not in told, asked
        names = (PROCESS, *team.ids["report"])
        assert not [name for name in names if name.casefold() in told and name not in asked], asked
    assert count or route.path == "/sign-out"


def test_who_has_access_sees_it_in_most_places(ida: httpx.Client, team: Team, work: str) -> None:
    """Else the tests above could not fail."""
    seen = set()
    for route in ROUTES:
        if isinstance(route, APIRoute) and "GET" in route.methods:
            found = (answer for _, answer in answers(ida, route, team, work))
            if any(answer.status_code == 200 and WORD in words_of(answer) for answer in found):
                seen.add(route.path)
    assert len(seen) >= 15, sorted(seen)
