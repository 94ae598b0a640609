"""Who works with a record: users with roles, groups, what is private to them, and the log of what they did."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Role = Literal["reader", "analyst", "editor", "admin"]
ROLES: tuple[Role, ...] = ("reader", "analyst", "editor", "admin")
"""Each may do what those before it may: read and ask; add reports and rate; judge; manage users, groups and what is private."""

Scope = Literal["read", "write"]
SCOPES: tuple[Scope, ...] = ("read", "write")
"""What an API token may do, within the role of its user: ask for things, or change them."""

SignIn = Literal["password", "openid"]


class User(Struct, frozen=True):
    """A person who signs in. ``name`` stands under judgements and ratings, so it is never given to another.

    ``subject`` is the person at an OpenID Connect provider: issuer, a space, the provider's ``sub``.
    """

    name: str
    role: Role
    disabled: bool = False
    subject: str | None = None
    number: int = 0


class Session(Struct, frozen=True):
    """A sign-in that lasts. ``hash`` is the SHA-256 of the token that the browser holds; times are seconds since 1970 (UTC)."""

    hash: str
    user: int
    method: SignIn
    made: int
    seen: int


class Token(Struct, frozen=True):
    """A token for the API. ``hash`` as in ``Session``; ``expires`` in seconds since 1970, None for never."""

    hash: str
    user: int
    label: str
    scopes: tuple[Scope, ...]
    made: int
    expires: int | None = None
    revoked: bool = False
    number: int = 0


class Group(Struct, frozen=True):
    """Users (by number) to whom processes can be private."""

    name: str
    members: tuple[int, ...] = ()


class AuditEntry(Struct, frozen=True):
    """One deed: ``who`` did ``what`` to ``subject`` at ``at`` (ISO 8601, UTC), from ``address``."""

    at: str
    who: str
    what: str
    subject: str = ""
    detail: str = ""
    address: str = ""
    number: int = 0
