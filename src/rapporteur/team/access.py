"""Signing in and out, and API tokens: what the browser or a program holds is random; the record keeps its SHA-256.

A token of 256 random bits needs no salt and no slow hash; passwords do (``passwords``). Every sign-in makes a new session,
so that one planted before it is worth nothing (session fixation).
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from rapporteur.errors import AccessError, InputError
from rapporteur.model.team import ROLES, SCOPES, AuditEntry, Role, Scope, Session, SignIn, Token, User
from rapporteur.store.team_base import TeamStore
from rapporteur.team import passwords

IDLE_SECONDS = 12 * 3600
"""A session ends when it was not used for a working day."""
LONGEST_SECONDS = 7 * 24 * 3600
"""And after a week in any case (OWASP session management: an absolute limit)."""
NOTED_EVERY = 300
"""Seconds between two notes of a session's use, so that reading a page does not write to the record."""
PREFIX = "rpt_"
"""Begins every API token, so that scanners for leaked secrets find it."""
LONGEST_NAME = 80

Clock = Callable[[], float]


def digest(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Access:
    """The door to one record. ``clock`` gives seconds since 1970."""

    team: TeamStore
    clock: Clock = time.time

    def log(self, who: str, what: str, subject: str = "", detail: str = "", *, address: str = "") -> None:
        """Adds to the audit log."""
        at = datetime.fromtimestamp(self.clock(), UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        self.team.log(AuditEntry(at, who, what, subject, detail, address))

    def add_user(self, name: str, role: Role, password: str | None, *, by: str) -> User:
        """A new user. ``InputError`` for a name, role or password that will not do, ``NameTakenError``."""
        name = " ".join(name.split())
        if not name or len(name) > LONGEST_NAME or not name.isprintable():
            raise InputError("user", name or "NAME", f"a name has 1 to {LONGEST_NAME} printable characters", "choose another")
        if role not in ROLES:
            raise InputError("role", role, "is no role", f"there are: {', '.join(ROLES)}")
        kept = None if password is None else passwords.hashed(password, name)
        user = self.team.add_user(User(name, role), kept)
        self.log(by, "user added", user.name, detail=role)
        return user

    def called(self, name: str) -> User:
        """The user of this name; ``InputError`` when there is none."""
        user = self.team.user_called(name)
        if user is None:
            raise InputError("user", name, "no such user", "see: rapporteur user list")
        return user

    def change_user(self, user: User, *, by: str) -> None:
        """Gives a user another role or state. The last admin stays one: else nobody could let anybody in."""
        before = self.team.user(user.number)
        others = [u for u in self.team.users() if u.role == "admin" and not u.disabled and u.number != user.number]
        if (user.disabled or user.role != "admin") and before is not None and before.role == "admin" and not others:
            raise InputError("user", user.name, "is the last admin", "make somebody else admin first")
        self.team.change_user(user)
        if user.disabled or (before is not None and before.role != user.role):
            self.team.close_sessions(user=user.number)
        self.log(by, "user changed", user.name, detail=f"{user.role}{', disabled' if user.disabled else ''}")

    def set_password(self, user: User, password: str, *, by: str) -> None:
        """A new password; every session of the user ends."""
        self.team.set_password(user.number, passwords.hashed(password, user.name))
        self.team.close_sessions(user=user.number)
        self.log(by, "password set", user.name)

    def sign_in(self, name: str, password: str, *, address: str = "") -> str:
        """The token of a new session. ``AccessError``, in the same words and after the same time, whatever is wrong."""
        user = self.team.user_called(name)
        kept = None if user is None or user.disabled else self.team.password(user.number)
        if not passwords.fits(password, kept) or user is None or kept is None:
            self.log(" ".join(name.split())[:LONGEST_NAME], "sign-in refused", address=address)
            raise AccessError("sign-in: name or password is wrong, or the user is disabled; try again or ask an admin")
        if passwords.outdated(kept):
            self.team.set_password(user.number, passwords.hashed(password))
        return self.open_session(user, "password", address=address)

    def open_session(self, user: User, method: SignIn, *, address: str = "") -> str:
        """The token of a new session of a user who has shown who it is."""
        token, now = secrets.token_urlsafe(32), int(self.clock())
        self.team.close_sessions(unseen_since=now - IDLE_SECONDS)
        self.team.open_session(Session(digest(token), user.number, method, now, now))
        self.log(user.name, "sign-in", detail=method, address=address)
        return token

    def user_of_session(self, token: str) -> User | None:
        """Whose session it is; None when it has ended or the user is disabled."""
        session, now = self.team.session(digest(token)), int(self.clock())
        if session is None or now - session.seen > IDLE_SECONDS or now - session.made > LONGEST_SECONDS:
            return None
        if now - session.seen > NOTED_EVERY:
            self.team.saw_session(session.hash, now)
        user = self.team.user(session.user)
        return None if user is None or user.disabled else user

    def sign_out(self, token: str, *, address: str = "") -> None:
        """Ends a session."""
        user = self.user_of_session(token)
        self.team.close_sessions(token_hash=digest(token))
        if user is not None:
            self.log(user.name, "sign-out", address=address)

    def make_token(self, user: User, label: str, scopes: Sequence[Scope], *, days: int | None, by: str) -> tuple[str, Token]:
        """A new API token, in clear for this once, and what is kept of it."""
        if not scopes or any(scope not in SCOPES for scope in scopes):
            raise InputError("scope", " ".join(scopes) or "SCOPE", "is no scope", f"there are: {', '.join(SCOPES)}")
        secret, now = PREFIX + secrets.token_urlsafe(32), int(self.clock())
        expires = None if days is None else now + days * 24 * 3600
        kept = tuple(scope for scope in SCOPES if scope in scopes)
        token = self.team.add_token(Token(digest(secret), user.number, label[:LONGEST_NAME], kept, now, expires))
        self.log(by, "token made", user.name, detail=f"{token.number}: {' '.join(kept)}")
        return secret, token

    def revoke_token(self, number: int, *, by: str) -> None:
        """Makes a token useless. ``InputError`` when there is none of this number."""
        if not any(token.number == number for token in self.team.tokens()):
            raise InputError("token", str(number), "no such token", "see: rapporteur user tokens")
        self.team.revoke_token(number)
        self.log(by, "token revoked", str(number))

    def user_of_token(self, secret: str) -> tuple[User, Token] | None:
        """Whose API token it is; None when it is unknown, revoked or has expired, or the user is disabled."""
        token = self.team.token(digest(secret)) if secret.startswith(PREFIX) else None
        if token is None or token.revoked or (token.expires is not None and token.expires <= self.clock()):
            return None
        user = self.team.user(token.user)
        return None if user is None or user.disabled else (user, token)
