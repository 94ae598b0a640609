"""Signing in at the real server: sessions, forms, tokens, rates, and who may reach it at all."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from rapporteur.model.team import Role
from rapporteur.store import open_store
from rapporteur.team.access import Access
from rapporteur.web.limits import network
from rapporteur.web.pages.signing import local
from tests.cli.command import rapporteur
from tests.web.serving import serving

WORDS = "nine grey ferries"


def add_users(record: Path, **roles: Role) -> None:
    with open_store(record) as store:
        access = Access(store.team())
        for name, role in roles.items():
            access.add_user(name, role, WORDS, by="test")


def token_for(record: Path, name: str, *scopes: str) -> str:
    with open_store(record) as store:
        access = Access(store.team())
        return access.make_token(access.called(name), "", scopes, days=1, by="test")[0]  # type: ignore[arg-type] # literals


def form_token(client: httpx.Client, address: str = "/sign-in") -> str:
    found = re.search(r'name="form_token" value="(\w+)"', client.get(address).text)
    assert found
    return found[1]


def sign_in(client: httpx.Client, name: str, password: str = WORDS, **more: str) -> httpx.Response:
    return client.post("/sign-in", data={"name": name, "password": password, "form_token": form_token(client), **more})


@pytest.fixture(scope="module")
def record(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("team") / "team.db"
    path.write_bytes(example.read_bytes())
    add_users(path, Ida="admin", Ole="reader", Rut="reader")
    return path


@pytest.fixture(scope="module")
def team_server(record: Path) -> Iterator[str]:
    with serving(record) as address:
        yield address


@pytest.fixture
def client(team_server: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=team_server, timeout=60) as made:
        yield made


def test_nothing_is_shown_before_signing_in_and_all_of_it_after(client: httpx.Client) -> None:
    away = client.get("/reports")
    assert (away.status_code, away.headers["location"]) == (303, "/sign-in?to=%2Freports")
    inside = sign_in(client, "ole", to="/reports")
    assert (inside.status_code, inside.headers["location"]) == (303, "/reports")
    assert "13 reports" in client.get("/reports").text
    kept = inside.headers["set-cookie"]
    assert "HttpOnly" in kept and "SameSite=lax" in kept and "Secure" not in kept
    session = client.cookies["rapporteur-session"]
    assert ">Ole</a>" in client.get("/").text
    out = client.post("/sign-out", data={"form_token": form_token(client, "/")})
    assert out.headers["location"] == "/sign-in"
    assert client.get("/reports", headers={"cookie": f"rapporteur-session={session}"}).status_code == 303


def test_every_sign_in_makes_a_new_session_and_ends_the_old_one(client: httpx.Client) -> None:
    sign_in(client, "Ole")
    first = client.cookies["rapporteur-session"]
    again = {"name": "Ole", "password": WORDS, "form_token": form_token(client, "/")}
    assert client.post("/sign-in", data=again).status_code == 303
    assert client.cookies["rapporteur-session"] != first
    assert client.get("/reports").status_code == 200
    assert client.get("/reports", headers={"cookie": f"rapporteur-session={first}"}).status_code == 303


def test_behind_tls_the_cookie_never_travels_without(client: httpx.Client) -> None:
    client.headers["x-forwarded-proto"] = "https"  # as a proxy on this machine says it
    page = client.get("/sign-in")
    (form,) = page.headers.get_list("set-cookie")
    assert "Secure" in form and "HttpOnly" in form
    client.headers["cookie"] = form.partition(";")[0]
    found = re.search(r'name="form_token" value="(\w+)"', page.text)
    inside = client.post("/sign-in", data={"name": "Ole", "password": WORDS, "form_token": found[1] if found else ""})
    session = next(c for c in inside.headers.get_list("set-cookie") if c.startswith("__Host-rapporteur="))
    assert "Secure" in session and "Path=/" in session and "Domain" not in session


def test_a_form_of_another_site_signs_nobody_in(client: httpx.Client) -> None:
    sent = {"name": "Ole", "password": WORDS}
    assert client.post("/sign-in", data=sent).status_code == 403
    sent["form_token"] = form_token(client)
    assert client.post("/sign-in", data=sent, headers={"origin": "https://elsewhere.example"}).status_code == 403
    assert client.post("/sign-in", data=sent, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert client.post("/sign-in", data=sent).status_code == 303


def test_who_guesses_waits_ever_longer_and_nobody_else_does(client: httpx.Client) -> None:
    answers = [sign_in(client, "Rut", "a wrong pass phrase") for _ in range(6)]
    assert [a.status_code for a in answers] == [401] * 5 + [429]
    assert "name or password is wrong" in answers[0].text
    assert 0 < int(answers[-1].headers["retry-after"]) <= 60
    assert sign_in(client, "Rut").status_code == 429, "the right one is not tried either"
    assert sign_in(client, "Ole").status_code == 303


@pytest.mark.parametrize("to", ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example", "/x\r\ny", "", "x"])
def test_nobody_is_led_elsewhere(to: str) -> None:
    assert local(to) == "/"


def test_a_token_does_what_its_scopes_and_its_users_role_say(client: httpx.Client, record: Path) -> None:
    reads, writes = token_for(record, "Ole", "read"), token_for(record, "Ole", "write")
    for headers, status in (
        ({"authorization": f"Bearer {reads}"}, 200),
        ({"authorization": f"Bearer {writes}"}, 403),
        ({"authorization": f"Bearer {reads}x"}, 303),
        ({"authorization": "Basic !"}, 303),
        ({"authorization": "Basic " + b64encode(f"x:{reads}".encode()).decode()}, 200),
    ):
        assert client.get("/reports", headers=headers).status_code == status, headers


@pytest.mark.parametrize(
    ("address", "one"),
    [("192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"), ("::ffff:192.0.2.7", "192.0.2.7"), ("", "")],
)
def test_what_counts_as_one_address(address: str, one: str) -> None:
    assert network(address) == one


def test_others_reach_no_desk_at_which_nobody_signs_in(tmp_path: Path) -> None:
    ran = rapporteur("serve", "--host", "0.0.0.0", "--port", "0", "--record", tmp_path / "new.db")
    assert ran.code == 2
    assert "--host 0.0.0.0: other machines could reach this desk, and nobody would have to sign in; add an admin first" in ran.err


def test_the_first_user_ends_the_time_without_signing_in(copy: Path) -> None:
    with serving(copy) as address:
        assert httpx.get(f"{address}/reports").status_code == 200
        add_users(copy, Ida="admin")
        assert httpx.get(f"{address}/reports").status_code == 303
