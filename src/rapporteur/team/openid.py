"""Signing in at an OpenID Connect provider (OpenID Connect Core 1.0): which user of the record a person there is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from rapporteur.errors import AccessError
from rapporteur.model.team import User
from rapporteur.team.access import Access


class OpenId(Struct, frozen=True, forbid_unknown_fields=True):
    """``issuer`` is the provider's address, under which it describes itself; ``client_id`` and ``client_secret`` are what it
    calls this desk; ``label`` what people call it."""

    issuer: str
    client_id: str
    client_secret: str = ""
    label: str = "OpenID Connect"


def user_of(claims: Mapping[str, Any], access: Access, *, address: str = "") -> User:
    """The user whom the checked claims of an ID token name. ``AccessError`` when the record has none, or the user is disabled.

    A user added without a password is bound to the first person who comes with its name as verified address or as user name at
    the provider; from then on by the provider's ``sub`` alone, which alone it promises never to give to another (section 2).
    """
    subject = f"{claims['iss']} {claims['sub']}"
    user = access.team.user_of(subject)
    if user is None:
        names = [claims.get("email") if claims.get("email_verified") is True else None, claims.get("preferred_username")]
        found = [access.team.user_called(name) for name in names if isinstance(name, str) and name]
        free = [u for u in found if u is not None and u.subject is None and access.team.password(u.number) is None]
        if free:
            user = replace(free[0], subject=subject)
            access.team.change_user(user)
            access.log(user.name, "bound to provider", user.name, detail=subject, address=address)
    if user is None or user.disabled:
        access.log(
            str(claims.get("preferred_username") or claims["sub"])[:80], "sign-in refused", detail="openid", address=address
        )
        raise AccessError("sign-in: the record has no such user; ask an admin to add you")
    return user
