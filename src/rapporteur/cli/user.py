"""``rapporteur user``: who may sign in to a record, what they may do, and what is private to whom."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated

import typer
from msgspec.structs import replace
from rich.markup import escape
from rich.table import Table

from rapporteur.cli import options as opts
from rapporteur.cli.run import acting, inform, print_table, write_bytes
from rapporteur.errors import InputError
from rapporteur.model.team import Scope, User
from rapporteur.store import open_store
from rapporteur.team.access import Access
from rapporteur.team.groups import private_to, with_members


class RoleOption(StrEnum):
    """Roles; each may do what those before it may."""

    reader = "reader"
    analyst = "analyst"
    editor = "editor"
    admin = "admin"


class ScopeOption(StrEnum):
    """What an API token may do."""

    read = "read"
    write = "write"


Name = Annotated[str, typer.Argument(metavar="NAME", help="The user; it stands under judgements and ratings.")]
Stdin = Annotated[bool, typer.Option("--password-stdin", help="Take the password from standard input instead of asking.")]


@contextmanager
def _access(options: opts.Held) -> Iterator[Access]:
    with open_store(options.address, create=False) as store:
        yield Access(store.team())


def _new_password(*, stdin: bool) -> str:
    if stdin:
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass("Password: ")
    if getpass.getpass("Again: ") != password:
        raise InputError("password", "password", "the two are not the same", "try again")
    return password


@dataclass(frozen=True, kw_only=True)
class Add(opts.Held):
    """Options of ``user add``."""

    name: Name
    role: Annotated[RoleOption, typer.Option(help="reader reads, analyst adds and rates, editor judges, admin manages users.")]
    openid: Annotated[bool, typer.Option("--openid", help="No password: signs in at the OpenID Connect provider.")] = False
    password_stdin: Stdin = False


def add(options: Add) -> None:
    """Adds a user. The first one is an admin and makes the record a team's: from then on everybody signs in."""
    with open_store(options.address) as store:
        access = Access(store.team())
        if options.role is not RoleOption.admin and not any(u.role == "admin" for u in access.team.users()):
            raise InputError("role", "--role", "the first user of a record must be an admin", "add one with --role admin")
        password = None if options.openid else _new_password(stdin=options.password_stdin)
        user = access.add_user(options.name, options.role.value, password, by=acting())
    inform(f"{user.name}: added as {user.role}", quiet=options.quiet)


@dataclass(frozen=True, kw_only=True)
class Show(opts.Held):
    """Options of ``user list``."""


def show(options: Show) -> None:
    """Lists users with their groups, then what is private."""
    with _access(options) as access:
        groups, private = access.team.groups(), access.team.private()
        table = Table("user", "role", "state", "groups", box=None, header_style="bold")
        for user in access.team.users():
            mine = ", ".join(g.name for g in groups if user.number in g.members)
            table.add_row(*map(escape, (user.name, user.role, "disabled" if user.disabled else "", mine)))
    print_table(table)
    for process, names in sorted(private.items()):
        typer.echo(f"{process}: private to {', '.join(sorted(names))}")


@dataclass(frozen=True, kw_only=True)
class GiveRole(opts.Held):
    """Options of ``user role``."""

    name: Name
    role: Annotated[RoleOption, typer.Argument(help="The new role.")]


def give_role(options: GiveRole) -> None:
    """Gives a user another role."""
    with _access(options) as access:
        user = access.called(options.name)
        access.change_user(replace(user, role=options.role.value), by=acting())
    inform(f"{user.name}: is now {options.role.value}", quiet=options.quiet)


@dataclass(frozen=True, kw_only=True)
class Named(opts.Held):
    """Options of ``user disable`` and ``enable``."""

    name: Name


def disable(options: Named) -> None:
    """Shuts a user out, sessions and tokens too."""
    _switch(options, disabled=True)


def enable(options: Named) -> None:
    """Lets a user in again."""
    _switch(options, disabled=False)


def _switch(options: Named, *, disabled: bool) -> None:
    with _access(options) as access:
        user = access.called(options.name)
        access.change_user(replace(user, disabled=disabled), by=acting())
    inform(f"{user.name}: {'disabled' if disabled else 'enabled'}", quiet=options.quiet)


@dataclass(frozen=True, kw_only=True)
class SetPassword(opts.Held):
    """Options of ``user password``."""

    name: Name
    password_stdin: Stdin = False


def set_password(options: SetPassword) -> None:
    """Sets a new password; the user's sessions end."""
    with _access(options) as access:
        user = access.called(options.name)
        access.set_password(user, _new_password(stdin=options.password_stdin), by=acting())
    inform(f"{user.name}: has a new password", quiet=options.quiet)


@dataclass(frozen=True, kw_only=True)
class MakeToken(opts.Held):
    """Options of ``user token``."""

    name: Name
    scope: Annotated[list[ScopeOption], typer.Option(help="What it may do, within the user's role; may be repeated.")]
    label: Annotated[str, typer.Option(metavar="TEXT", help="What it is for.")] = ""
    days: Annotated[int | None, typer.Option(min=1, max=3650, metavar="N", help="Days until it expires; by default 90.")] = 90


def make_token(options: MakeToken) -> None:
    """Makes an API token and shows it, this once."""
    with _access(options) as access:
        user = access.called(options.name)
        scopes: tuple[Scope, ...] = tuple(scope.value for scope in options.scope)
        secret, token = access.make_token(user, options.label, scopes, days=options.days, by=acting())
    inform(f"token {token.number} of {user.name}, shown this once:", quiet=options.quiet)
    write_bytes(f"{secret}\n".encode(), None)


@dataclass(frozen=True, kw_only=True)
class ShowTokens(opts.Held):
    """Options of ``user tokens``."""


def show_tokens(options: ShowTokens) -> None:
    """Lists API tokens; none can be shown again."""
    with _access(options) as access:
        names: dict[int, User] = {user.number: user for user in access.team.users()}
        table = Table("no", "user", "for", "scopes", "until", "state", box=None, header_style="bold")
        for token in access.team.tokens():
            until = datetime.fromtimestamp(token.expires, UTC).date().isoformat() if token.expires else "for ever"
            cells = (str(token.number), names[token.user].name, token.label, " ".join(token.scopes), until)
            table.add_row(*map(escape, cells), "revoked" if token.revoked else "")
    print_table(table)


@dataclass(frozen=True, kw_only=True)
class Revoke(opts.Held):
    """Options of ``user revoke``."""

    number: Annotated[int, typer.Argument(metavar="NO", help="Number of the token.")]


def revoke(options: Revoke) -> None:
    """Makes an API token useless."""
    with _access(options) as access:
        access.revoke_token(options.number, by=acting())
    inform(f"token {options.number}: revoked", quiet=options.quiet)


@dataclass(frozen=True, kw_only=True)
class MakeGroup(opts.Held):
    """Options of ``user group``."""

    group: Annotated[str, typer.Argument(metavar="GROUP", help="Its name.")]
    member: Annotated[list[str] | None, typer.Option(metavar="NAME", help="A user; repeat it. They replace those before.")] = None


def make_group(options: MakeGroup) -> None:
    """Makes a group, or gives one other members."""
    with _access(options) as access:
        group = with_members(access, options.group, tuple(options.member or ()), by=acting())
    inform(f"{group.name}: {len(group.members)} members", quiet=options.quiet)


@dataclass(frozen=True, kw_only=True)
class MakePrivate(opts.Held):
    """Options of ``user private``."""

    process: Annotated[str, typer.Argument(metavar="PROCESS", help="Its name, as in its process file.")]
    group: Annotated[list[str] | None, typer.Option(metavar="GROUP", help="Who may see it; repeat it. None: everybody.")] = None


def make_private(options: MakePrivate) -> None:
    """Makes a process, and the reports added to it, private to groups; without any, everybody's again."""
    with _access(options) as access:
        private_to(access, options.process, tuple(options.group or ()), by=acting())
    who = ", ".join(options.group) if options.group else "nobody, everybody sees it"
    inform(f"{options.process}: private to {who}", quiet=options.quiet)


app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True,
                  help="Users of a record, their roles, groups and API tokens. The first user makes everybody sign in.",
                  context_settings={"help_option_names": ["-h", "--help"]})  # fmt: skip
_TASKS = {
    "add": opts.command(Add, help_text="Add a user.")(add),
    "list": opts.command(Show, help_text="List users and what is private.")(show),
    "role": opts.command(GiveRole, help_text="Give a user another role.")(give_role),
    "disable": opts.command(Named, help_text="Shut a user out.")(disable),
    "enable": opts.command(Named, help_text="Let a user in again.")(enable),
    "password": opts.command(SetPassword, help_text="Set a user's password.")(set_password),
    "token": opts.command(MakeToken, help_text="Make an API token.")(make_token),
    "tokens": opts.command(ShowTokens, help_text="List API tokens.")(show_tokens),
    "revoke": opts.command(Revoke, help_text="Make an API token useless.")(revoke),
    "group": opts.command(MakeGroup, help_text="Make a group, or change its members.")(make_group),
    "private": opts.command(MakePrivate, help_text="Make a process private to groups.")(make_private),
}
for _name, _task in _TASKS.items():
    _task.registered_commands[0].name = _name
    app.registered_commands += _task.registered_commands
