"""What the team of every store must do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from rapporteur.model.team import AuditEntry, Group, Session, Token, User
from rapporteur.store.team_base import COMMON, NameTakenError, TeamStore
from tests.contract.stores import LASTING, STORES


@pytest.fixture(params=STORES)
def team(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TeamStore]:
    with STORES[request.param](tmp_path) as opened:
        yield opened.team()


def test_users_come_back_as_they_were_added(team: TeamStore) -> None:
    assert team.users() == ()
    one = team.add_user(User("Ida Brandt", "admin"), "hash-1")
    two = team.add_user(User("Ōta", "reader", disabled=True, subject="https://door.example 7"), None)
    assert (one.number, two.number) == (1, 2)
    assert team.users() == (one, two)
    assert team.user(2) == two
    assert team.user(3) is None
    assert team.user_of("https://door.example 7") == two
    assert team.user_of("https://door.example 8") is None
    assert (team.password(1), team.password(2), team.password(3)) == ("hash-1", None, None)


def test_a_name_is_one_users_in_any_spelling(team: TeamStore) -> None:
    ota = team.add_user(User("Ōta  Rin", "analyst"), None)
    for spelling in ("ota rin", "OTA RIN", "ōta rin", " Ｏta Rin "):
        assert team.user_called(spelling) == ota
        with pytest.raises(NameTakenError, match="choose another name"):
            team.add_user(User(spelling, "reader"), None)
    assert team.user_called("ota") is None
    assert len(team.users()) == 1


def test_users_change_but_keep_their_names(team: TeamStore) -> None:
    one = team.add_user(User("Ida", "reader"), "old")
    other = team.add_user(User("Ole", "reader", subject="door 1"), None)
    team.change_user(replace(one, name="Ole", role="editor", disabled=True, subject="door 2"))
    assert team.user(one.number) == User("Ida", "editor", True, "door 2", one.number)
    with pytest.raises(NameTakenError):
        team.change_user(replace(one, subject="door 1"))
    team.set_password(one.number, "new")
    assert (team.password(one.number), team.password(other.number)) == ("new", None)


def test_sessions_are_kept_used_and_ended(team: TeamStore) -> None:
    ida, ole = (team.add_user(User(name, "reader"), None).number for name in ("Ida", "Ole"))
    for name, user, seen in (("a", ida, 10), ("b", ida, 20), ("c", ole, 2**40)):
        team.open_session(Session(name * 64, user, "password", 10, seen))
    team.saw_session("a" * 64, 30)
    assert team.session("a" * 64) == Session("a" * 64, ida, "password", 10, 30)
    assert team.session("d" * 64) is None
    assert team.close_sessions() == 0
    assert team.close_sessions(unseen_since=25) == 1
    assert team.close_sessions(user=ida) == 1
    assert team.close_sessions(token_hash="c" * 64) == 1
    assert all(team.session(name * 64) is None for name in "abc")


def test_tokens_are_kept_and_revoked(team: TeamStore) -> None:
    ida, ole = (team.add_user(User(name, "reader"), None).number for name in ("Ida", "Ole"))
    one = team.add_token(Token("a" * 64, ida, "nightly", ("read", "write"), 10, 2**40))
    two = team.add_token(Token("b" * 64, ole, "", ("read",), 11))
    assert (team.token("a" * 64), team.token("c" * 64)) == (one, None)
    assert team.tokens() == (one, two)
    team.revoke_token(one.number)
    assert team.tokens(ida) == (replace(one, revoked=True),)
    assert team.token("b" * 64) == two


def test_groups_and_what_is_private_to_them(team: TeamStore) -> None:
    ida, ole = (team.add_user(User(name, "reader"), None).number for name in ("Ida", "Ole"))
    team.set_group(Group("north", (ida, ole)))
    team.set_group(Group("empty"))
    team.set_group(Group("north", (ole,)))
    assert team.groups() == (Group("empty"), Group("north", (ole,)))
    assert team.private() == {}
    team.set_private("quiet", ["north", "empty"])
    team.set_private("other", ["north"])
    team.set_private("other", [])
    assert team.private() == {"quiet": frozenset({"north", "empty"})}


def test_what_was_added_to_hidden_processes_alone_is_told(team: TeamStore) -> None:
    for subject, process in (("r1", "quiet"), ("r1", "quiet"), ("r2", "quiet"), ("r2", COMMON), ("r3", "open"), ("r4", "other")):
        team.assign("report", subject, process)
    team.assign("place", "r2", "quiet")
    assert team.only_in("report", []) == frozenset()
    assert team.only_in("report", ["quiet"]) == {"r1"}
    assert team.only_in("report", ["quiet", "other"]) == {"r1", "r4"}
    assert team.only_in("place", ["quiet"]) == {"r2"}
    assert (team.assigned("report", "r2"), team.assigned("report", "r9")) == ({"quiet", COMMON}, frozenset())


def test_the_audit_log_comes_newest_first(team: TeamStore) -> None:
    made = [
        AuditEntry(f"2031-05-0{n}T00:00:00Z", who, "export", "account", "docx", "127.0.0.1") for n, who in enumerate("iio", 1)
    ]
    assert [team.log(entry) for entry in made] == [1, 2, 3]
    numbered = [replace(entry, number=n) for n, entry in enumerate(made, 1)]
    assert team.audit() == tuple(numbered[::-1])
    assert team.audit(before=3, most=1) == (numbered[1],)
    assert team.audit(who="o") == (numbered[2],)


@pytest.mark.parametrize("name", LASTING)
def test_a_team_lasts_with_its_record(name: str, tmp_path: Path) -> None:
    with LASTING[name](tmp_path) as store:
        ida = store.team().add_user(User("Ida", "admin"), "hash")
        store.team().log(AuditEntry("2031-05-01T00:00:00Z", "Ida", "sign-in"))
    with LASTING[name](tmp_path) as store:
        assert store.team().users() == (ida,)
        assert len(store.team().audit()) == 1
