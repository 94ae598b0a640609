"""The door: passwords, sessions and tokens, over a record in memory and a clock that the tests turn."""

from __future__ import annotations

import time

import argon2
import pytest
from msgspec.structs import replace

from rapporteur.errors import AccessError, InputError
from rapporteur.store.memory import MemoryStore
from rapporteur.team import passwords
from rapporteur.team.access import IDLE_SECONDS, LONGEST_SECONDS, PREFIX, Access, digest
from rapporteur.team.groups import hidden_from, private_to, with_members
from rapporteur.team.passwords import fits, hashed

WORDS = "nine grey ferries"


class Clock:
    def __init__(self) -> None:
        self.now = 1_900_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def door(clock: Clock) -> Access:
    access = Access(MemoryStore().team(), clock)
    access.add_user("Ida Brandt", "admin", WORDS, by="test")
    return access


def deeds(door: Access) -> list[tuple[str, str, str]]:
    return [(e.who, e.what, e.subject) for e in door.team.audit()[::-1]]


def test_nothing_that_opens_the_door_is_kept(door: Access) -> None:
    session = door.sign_in("ida brandt", WORDS)
    secret, token = door.make_token(door.called("Ida Brandt"), "nightly", ["read"], days=1, by="test")
    assert door.team.session(digest(session)) is not None
    assert WORDS not in str(door.team.password(1))
    assert secret.startswith(PREFIX) and secret not in repr(token)
    assert len({session, secret, door.sign_in("Ida Brandt", WORDS)}) == 3


def test_whatever_is_wrong_the_answer_is_the_same_and_takes_as_long(door: Access) -> None:
    ole = door.add_user("Ole", "reader", WORDS, by="test")
    door.change_user(replace(ole, disabled=True), by="test")
    door.add_user("Eva", "reader", None, by="test")
    told, took = set(), {}
    for name in ("nobody", "Ida Brandt", "Ole", "Eva") * 3:
        begun = time.process_time()
        with pytest.raises(AccessError) as refused:
            door.sign_in(name, "a wrong pass phrase" if name == "Ida Brandt" else WORDS)
        told.add(str(refused.value))
        took[name] = min(took.get(name, 9.0), time.process_time() - begun)  # the least: others share the machine
    assert len(told) == 1
    assert min(took.values()) > 0.4 * max(took.values()), took
    assert ("nobody", "sign-in refused", "") in deeds(door)


def test_the_first_unknown_user_takes_no_longer_than_the_next(door: Access) -> None:
    passwords._nobody.cache_clear()
    begun = time.process_time()
    kept = passwords._nobody()
    assert time.process_time() - begun < 0.02  # a hash takes ten times that
    assert argon2.extract_parameters(kept) == argon2.extract_parameters(hashed(WORDS))
    assert not fits(WORDS, kept)


@pytest.mark.parametrize(
    ("password", "reason"), [("too short", "9 characters"), ("x" * 257, "257"), ("Ida Brandt Senior", "name")]
)
def test_a_password_that_will_not_do(password: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        hashed(password, "Ida Brandt Senior")


def test_a_password_is_the_same_on_every_keyboard() -> None:
    assert fits("cafe\u0301 \uff4eorthbound", hashed("caf\u00e9 northbound"))
    assert not fits("anything", "no hash at all")


def test_a_hash_of_other_parameters_is_made_anew_at_sign_in(door: Access) -> None:
    weak = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(WORDS)
    door.team.set_password(1, weak)
    door.sign_in("Ida Brandt", WORDS)
    assert door.team.password(1) not in (None, weak)
    assert door.sign_in("Ida Brandt", WORDS)


def test_a_session_ends_by_itself(door: Access, clock: Clock) -> None:
    session = door.sign_in("Ida Brandt", WORDS)
    clock.now += IDLE_SECONDS - 10
    assert door.user_of_session(session) is not None
    clock.now += IDLE_SECONDS - 10
    assert door.user_of_session(session) is not None, "it was used meanwhile"
    clock.now += IDLE_SECONDS + 10
    assert door.user_of_session(session) is None
    session = door.sign_in("Ida Brandt", WORDS)
    for _ in range(int(LONGEST_SECONDS // IDLE_SECONDS) * 2):
        clock.now += IDLE_SECONDS // 2
        door.user_of_session(session)
    clock.now += 1
    assert door.user_of_session(session) is None, "and after a week however much it was used"


def test_signing_out_and_being_shut_out_end_sessions(door: Access) -> None:
    ole = door.add_user("Ole", "reader", WORDS, by="test")
    one, two, three = (door.sign_in("Ole", WORDS) for _ in range(3))
    door.sign_out(one)
    assert (door.user_of_session(one), door.user_of_session(two)) == (None, ole)
    door.set_password(ole, "eleven red ferries", by="test")
    assert door.user_of_session(two) is None
    four = door.sign_in("Ole", "eleven red ferries")
    secret, _ = door.make_token(ole, "", ["read"], days=None, by="test")
    door.change_user(replace(ole, disabled=True), by="test")
    assert [door.user_of_session(s) for s in (three, four, "made up")] == [None] * 3
    assert door.user_of_token(secret) is None
    assert ("Ole", "sign-out", "") in deeds(door)


def test_a_token_ends(door: Access, clock: Clock) -> None:
    ida = door.called("Ida Brandt")
    secret, token = door.make_token(ida, "", ["write", "read"], days=1, by="test")
    assert door.user_of_token(secret) == (ida, token)
    assert token.scopes == ("read", "write")
    clock.now += 24 * 3600
    assert door.user_of_token(secret) is None
    secret, token = door.make_token(ida, "", ["read"], days=None, by="test")
    door.revoke_token(token.number, by="Ida Brandt")
    assert door.user_of_token(secret) is None
    assert door.user_of_token(door.sign_in("Ida Brandt", WORDS)) is None, "a session is no token"
    with pytest.raises(InputError, match="is no scope; there are: read, write"):
        door.make_token(ida, "", ["all"], days=1, by="test")  # type: ignore[list-item] # as typed by a user
    with pytest.raises(InputError, match="no such token"):
        door.revoke_token(99, by="test")


def test_there_is_always_an_admin(door: Access) -> None:
    ida = door.called("Ida Brandt")
    for changed in (replace(ida, role="reader"), replace(ida, disabled=True)):
        with pytest.raises(InputError, match="last admin"):
            door.change_user(changed, by="test")
    door.add_user("Ole", "admin", None, by="test")
    door.change_user(replace(ida, role="reader"), by="Ole")
    assert ("Ole", "user changed", "Ida Brandt") in deeds(door)


def test_what_is_private_is_hidden_from_everybody_else(door: Access) -> None:
    ida, ole = door.called("Ida Brandt"), door.add_user("Ole", "reader", None, by="test")
    with_members(door, "north", ["Ole"], by="Ida Brandt")
    private_to(door, "quiet", ["north"], by="Ida Brandt")
    team = door.team
    assert [hidden_from(user, team) for user in (ida, ole, None)] == [{"quiet"}, set(), {"quiet"}], "a role opens nothing"
    with_members(door, "north", ["Ida Brandt", "Ole"], by="Ida Brandt")
    assert hidden_from(ida, team) == set()
    private_to(door, "quiet", [], by="Ida Brandt")
    assert hidden_from(None, team) == set()
    assert ("Ida Brandt", "private to", "quiet") in deeds(door)
    with pytest.raises(InputError, match="no such group"):
        private_to(door, "quiet", ["south"], by="Ida Brandt")
