"""Users, groups and what is private, for admins; the audit log; and everybody's own password and API tokens.

Who manages rights sees the names of private processes and of their groups; nothing else of them.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response
from msgspec.structs import replace

from rapporteur.desk import Record, Viewer
from rapporteur.errors import AccessError
from rapporteur.model.team import ROLES, SCOPES, Role, Scope
from rapporteur.team import passwords
from rapporteur.team.access import Access
from rapporteur.team.groups import private_to, with_members
from rapporteur.web.rules import Administering, Reading
from rapporteur.web.security import FormChecked
from rapporteur.web.show import framed, page
from rapporteur.web.state import InUse, shared_of
from rapporteur.web.who import address_of

router = APIRouter(include_in_schema=False)

PER_PAGE = 100
Name = Annotated[str, Form(max_length=200)]
RoleChosen = Annotated[Role, Form()]
Password = Annotated[str, Form(max_length=1000)]


def _access(record: Record, viewer: Viewer) -> Access:
    """The door of the record. ``AccessError`` where nobody signs in: the first user is added on the command line."""
    if viewer.hidden is None:
        raise AccessError("team: this record is one person's; add the first user with: rapporteur user add NAME --role admin")
    return Access(record.store.team())


@router.get("/team")
def team(request: Request, viewer: Administering, record: InUse) -> Response:
    """Users, groups, and what is private to them."""
    access = _access(record, viewer)
    users, groups = access.team.users(), access.team.groups()
    names = {user.number: user.name for user in users}
    return page(
        request,
        "team.html.j2",
        viewer,
        title="Team",
        users=users,
        roles=ROLES,
        groups=[(group.name, [names[number] for number in group.members]) for group in groups],
        private=sorted((process, sorted(of)) for process, of in access.team.private().items()),
        names=record.processes(viewer),
        **framed(record, record.standing(viewer)),
    )


@router.post("/team/users", dependencies=[FormChecked])
def add_user(viewer: Administering, record: InUse, name: Name, role: RoleChosen, password: Password = "") -> Response:
    """Adds a user; without a password one who signs in at the provider."""
    _access(record, viewer).add_user(name, role, password or None, by=viewer.who)
    return RedirectResponse("/team", 303)


@router.post("/team/user", dependencies=[FormChecked])
def change_user(
    viewer: Administering, record: InUse, name: Name, role: RoleChosen, disabled: Annotated[Literal["true", ""], Form()] = ""
) -> Response:
    """Gives a user another role, or shuts it out."""
    access = _access(record, viewer)
    access.change_user(replace(access.called(name), role=role, disabled=bool(disabled)), by=viewer.who)
    return RedirectResponse("/team", 303)


@router.post("/team/group", dependencies=[FormChecked])
def set_group(
    request: Request, viewer: Administering, record: InUse, name: Name, members: Annotated[list[str] | None, Form()] = None
) -> Response:
    """Makes a group, or gives one other members."""
    with_members(_access(record, viewer), name, tuple(members or ()), by=viewer.who)
    shared_of(request).works.refresh()
    return RedirectResponse("/team", 303)


@router.post("/team/private", dependencies=[FormChecked])
def set_private(
    request: Request, viewer: Administering, record: InUse, process: Name, groups: Annotated[list[str] | None, Form()] = None
) -> Response:
    """Makes a process private to groups, or everybody's without any."""
    private_to(_access(record, viewer), process.strip(), tuple(groups or ()), by=viewer.who)
    shared_of(request).works.refresh()
    return RedirectResponse("/team", 303)


@router.get("/audit")
def audit(
    request: Request,
    viewer: Administering,
    record: InUse,
    before: Annotated[int | None, Query(ge=1, le=2**31)] = None,
    who: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """The audit log, newest first."""
    entries = _access(record, viewer).team.audit(before=before, most=PER_PAGE, who=who or None)
    frame = framed(record, record.standing(viewer))
    last = entries[-1].number if len(entries) == PER_PAGE else None
    return page(request, "audit.html.j2", viewer, title="Audit", entries=entries, who=who, last=last, **frame)


@router.get("/me")
def me(request: Request, viewer: Reading, record: InUse) -> Response:
    """One's own password and API tokens."""
    return _me(request, viewer, record, None)


@router.post("/me/password", dependencies=[FormChecked])
def set_password(request: Request, viewer: Reading, record: InUse, current: Password, new: Password) -> Response:
    """Sets one's own password; all sessions end, this one too."""
    access = _access(record, viewer)
    user = access.called(viewer.who)
    shared_of(request).limits.sign_in(user.name, address_of(request))
    if not passwords.fits(current, access.team.password(user.number)):
        raise AccessError("password: the present one is wrong; try again")
    access.set_password(user, new, by=viewer.who)
    return RedirectResponse("/sign-in", 303)


@router.post("/me/tokens", dependencies=[FormChecked])
def make_token(
    request: Request,
    viewer: Reading,
    record: InUse,
    label: Name = "",
    scopes: Annotated[list[Scope] | None, Form()] = None,
    days: Annotated[int, Form(ge=1, le=3650)] = 90,
) -> Response:
    """Makes an API token and shows it, this once."""
    access = _access(record, viewer)
    secret, _ = access.make_token(access.called(viewer.who), label, scopes or (), days=days, by=viewer.who)
    return _me(request, viewer, record, secret)


@router.post("/me/tokens/revoke", dependencies=[FormChecked])
def revoke_token(viewer: Reading, record: InUse, number: Annotated[int, Form()]) -> Response:
    """Makes one of one's own tokens useless."""
    access = _access(record, viewer)
    if number not in {token.number for token in access.team.tokens(access.called(viewer.who).number)}:
        raise AccessError("token: is not yours; see your own")
    access.revoke_token(number, by=viewer.who)
    return RedirectResponse("/me", 303)


def _me(request: Request, viewer: Viewer, record: Record, secret: str | None) -> Response:
    access = _access(record, viewer)
    user = access.called(viewer.who)
    tokens = [
        (token, datetime.fromtimestamp(token.expires, UTC).date().isoformat() if token.expires else "for ever")
        for token in access.team.tokens(user.number)
    ]
    return page(
        request,
        "me.html.j2",
        viewer,
        title=user.name,
        tokens=tokens,
        scopes=SCOPES,
        secret=secret,
        by_password=access.team.password(user.number) is not None,
        **framed(record, record.standing(viewer)),
    )
