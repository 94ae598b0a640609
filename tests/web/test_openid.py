"""Signing in at a provider: a small real one on this machine, with the faults that a bad one could have."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from joserfc.jwk import RSAKey

from rapporteur.store import open_store
from rapporteur.team.access import Access
from rapporteur.team.openid import OpenId
from tests.web.provider import CLIENT, SECRET, Provider, provider
from tests.web.serving import serving


@pytest.fixture(scope="module")
def there() -> Iterator[Provider]:
    with provider() as made:
        yield made


@pytest.fixture(scope="module")
def record(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("openid") / "team.db"
    path.write_bytes(example.read_bytes())
    with open_store(path) as store:
        access = Access(store.team())
        access.add_user("Ida", "admin", "nine grey ferries", by="test")
        for name in ("rut@desk.example", "Ole"):
            access.add_user(name, "analyst", None, by="test")
    return path


@pytest.fixture(scope="module")
def desk(record: Path, there: Provider) -> Iterator[str]:
    with serving(record, openid=OpenId(there.issuer, CLIENT, SECRET, "the newsroom")) as address:
        yield address


@pytest.fixture
def client(desk: str, there: Provider) -> Iterator[httpx.Client]:
    there.claims, there.key = {}, there.published
    with httpx.Client(base_url=desk, timeout=60) as made:
        yield made


def arrive(client: httpx.Client, to: str = "/reports") -> httpx.Response:
    """Goes to the provider and comes back."""
    leaving = client.get("/sign-in/openid", params={"to": to})
    back = httpx.get(leaving.headers["location"])
    return client.get(back.headers["location"])


def test_a_person_known_there_is_let_in_and_led_on(client: httpx.Client, there: Provider, record: Path) -> None:
    assert "Sign in with the newsroom" in client.get("/sign-in").text
    there.claims = {"preferred_username": "ole", "sub": "7"}
    inside = arrive(client)
    assert (inside.status_code, inside.headers["location"]) == (303, "/reports")
    assert ">Ole</a>" in client.get("/reports").text
    asked = there.asked[-1]
    assert asked["scope"] == "openid profile email" and len(asked["nonce"]) > 15 and len(asked["code_challenge"]) == 43
    there.claims = {"preferred_username": "renamed there", "sub": "7"}
    assert arrive(client).status_code == 303, "known by the provider's own number from then on"
    with open_store(record) as store:
        deeds = [(e.who, e.what, e.detail) for e in store.team().audit(most=4)]
    assert ("Ole", "sign-in", "openid") in deeds


def test_a_verified_address_names_a_user_and_one_that_is_not_verified_does_not(client: httpx.Client, there: Provider) -> None:
    there.claims = {"email": "rut@desk.example", "email_verified": False, "sub": "8"}
    assert arrive(client).status_code == 403
    there.claims["email_verified"] = True
    assert arrive(client).status_code == 303


@pytest.mark.parametrize("name", ["nobody", "Ida", "Ole"])
def test_nobody_takes_anothers_place(client: httpx.Client, there: Provider, name: str) -> None:
    """Not a user's who has a password, nor that of one who came before (a later person of the same name)."""
    if name == "Ole":
        there.claims = {"preferred_username": "Ole", "sub": "7"}
        arrive(client)
    there.claims = {"preferred_username": name, "sub": "9"}
    refused = arrive(client)
    assert refused.status_code == 403 and "no such user; ask an admin" in refused.text


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "of another sign-in"},
        {"aud": "another desk"},
        {"iss": "https://elsewhere.example"},
        {"exp": int(time.time()) - 3600},
    ],
)
def test_a_token_that_does_not_hold_opens_nothing(client: httpx.Client, there: Provider, claims: dict[str, Any]) -> None:
    there.claims = {"preferred_username": "ole", "sub": "7", **claims}
    refused = arrive(client)
    assert refused.status_code == 403 and "does not hold" in refused.text
    assert client.get("/reports").status_code == 303


def test_nor_does_one_signed_by_somebody_else(client: httpx.Client, there: Provider) -> None:
    there.claims, there.key = {"preferred_username": "ole", "sub": "7"}, RSAKey.generate_key(2048, {"kid": "one"})
    assert arrive(client).status_code == 403


def test_an_answer_that_nobody_here_asked_for_is_refused(client: httpx.Client, there: Provider) -> None:
    there.claims = {"preferred_username": "ole", "sub": "7"}
    with httpx.Client(base_url=str(client.base_url)) as other:
        back = httpx.get(other.get("/sign-in/openid").headers["location"]).headers["location"]
    assert client.get(back).status_code == 403, "the state is another browser's"
    leaving = client.get("/sign-in/openid")
    back = httpx.get(leaving.headers["location"]).headers["location"]
    assert client.get(back.replace("state=", "state=x")).status_code == 403
    assert client.get(back).status_code == 403, "and is good for one try"


def test_a_desk_without_a_provider_offers_none(server: str) -> None:
    assert httpx.get(f"{server}/sign-in/openid").status_code == 404
