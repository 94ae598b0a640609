"""Groups, and the processes that are private to them."""

from __future__ import annotations

from collections.abc import Sequence

from rapporteur.errors import InputError
from rapporteur.model.team import Group, User
from rapporteur.store.team_base import COMMON, TeamStore
from rapporteur.team.access import LONGEST_NAME, Access


def with_members(access: Access, name: str, members: Sequence[str], *, by: str) -> Group:
    """A group of the users named; one of this name gets these members. ``InputError`` for an unknown user or an odd name."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise InputError("group", name or "GROUP", f"a name has 1 to {LONGEST_NAME} printable characters", "choose another")
    group = Group(name, tuple(sorted({access.called(member).number for member in members})))
    access.team.set_group(group)
    access.log(by, "group set", name, detail=", ".join(members))
    return group


def private_to(access: Access, process: str, groups: Sequence[str], *, by: str) -> None:
    """Makes a process private to groups, or everybody's without any. ``InputError`` for an unknown group."""
    known = {group.name for group in access.team.groups()}
    for name in groups:
        if name not in known:
            raise InputError("group", name, "no such group", "make it first: rapporteur user group")
    if process == COMMON:
        raise InputError("process", "PROCESS", "is empty", "name a process")
    access.team.set_private(process, groups)
    access.log(by, "private to" if groups else "everybody's", process, detail=", ".join(groups))


def hidden_from(user: User | None, team: TeamStore) -> frozenset[str]:
    """The private processes that a user (None: somebody unknown) may not see. A role opens none: an admin who joins a group is
    in the audit log."""
    private = team.private()
    if not private:
        return frozenset()
    mine = {group.name for group in team.groups() if user is not None and user.number in group.members}
    return frozenset(process for process, groups in private.items() if not groups & mine)


def audiences_of(team: TeamStore) -> tuple[frozenset[str] | None, ...]:
    """What users may not see, each different set once; one None where nobody signs in."""
    hidden = {hidden_from(user, team) for user in team.users() if not user.disabled}
    return tuple(sorted(hidden, key=sorted)) or (None,)
