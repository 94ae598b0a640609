"""Who sends a request: the one person of a record without users; else whoever has signed in, or brings an API token."""

from __future__ import annotations

import base64
import binascii
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol

from fastapi import Request
from starlette.responses import Response

from rapporteur.desk import Viewer
from rapporteur.errors import AccessError
from rapporteur.model.team import Scope, User
from rapporteur.store.base import Store
from rapporteur.team.access import LONGEST_SECONDS, Access
from rapporteur.team.groups import hidden_from

if TYPE_CHECKING:
    from rapporteur.web.limits import Limits

READING = frozenset({"GET", "HEAD", "OPTIONS"})


class Stores(Protocol):
    """Opens the record."""

    def lease(self) -> AbstractContextManager[Store]:
        """A store that nobody else uses meanwhile."""
        ...


class Door(Protocol):
    """What of the running application tells who asks; ``has_users`` is what was found last."""

    has_users: bool

    @property
    def alone(self) -> Viewer:
        """The one person on one machine, who may do everything."""
        ...

    @property
    def stores(self) -> Stores: ...
    @property
    def limits(self) -> Limits: ...


def who_asks(request: Request, door: Door) -> Viewer | None:
    """The viewer behind a request, looked up once; None: nobody known. ``AccessError`` for a token that may not do this."""
    if not hasattr(request.state, "viewer"):
        with door.stores.lease() as store:
            request.state.viewer = _viewer(request, Access(store.team()), door)
    found: Viewer | None = request.state.viewer
    return found


def _viewer(request: Request, access: Access, door: Door) -> Viewer | None:
    if not door.has_users:
        # Looked up until there are some: who adds the first user need not start the server anew. Users are never removed.
        door.has_users = bool(access.team.users())
    if not door.has_users:
        return door.alone
    token = _token(request)
    user = _of_token(request, token, access, door) if token else access.user_of_session(request.cookies.get(cookie(request), ""))
    return None if user is None else seen_as(user, access)


def seen_as(user: User, access: Access) -> Viewer:
    """A user as a viewer of the record."""
    return Viewer(user.name, user.role, hidden=hidden_from(user, access.team))


def _of_token(request: Request, token: str, access: Access, door: Door) -> User | None:
    found = access.user_of_token(token)
    if found is None:
        return None
    user, kept = found
    door.limits.token(kept.number)
    needed: Scope = "read" if request.method in READING else "write"
    if needed not in kept.scopes:
        raise AccessError(f"{request.url.path}: this token may {' and '.join(kept.scopes)}, not {needed}; make another")
    return user


def _token(request: Request) -> str:
    """The API token of a request: as a bearer (RFC 6750), or as the password of the basic scheme, which feed readers can send."""
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(value, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return "?"
    return ""


def address_of(request: Request) -> str:
    """From where a request comes."""
    return request.client.host if request.client else ""


def cookie(request: Request) -> str:
    """Name of the session's cookie. Browsers let no other host and no page without TLS set one that begins with ``__Host-``."""
    return "__Host-rapporteur" if request.url.scheme == "https" else "rapporteur-session"


def keep_session(request: Request, response: Response, token: str) -> None:
    """Gives the browser its session. Lax, so that a link in a mail opens a page; forms are checked besides."""
    secure = request.url.scheme == "https"
    response.set_cookie(cookie(request), token, max_age=LONGEST_SECONDS, httponly=True, samesite="lax", secure=secure, path="/")


def drop_session(request: Request, response: Response) -> None:
    """Takes it away."""
    secure = request.url.scheme == "https"
    response.delete_cookie(cookie(request), path="/", httponly=True, samesite="lax", secure=secure)
