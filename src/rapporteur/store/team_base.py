"""The contract of a team's store: users, sessions, tokens, groups, what is private, and the audit log of one record.

A record has one (``Store.team``), in the same database and so in the same back-up. It keeps hashes of passwords, session
and API tokens, never these themselves; how they are made and checked is ``rapporteur.team``'s. The audit log is only
ever added to: a database that can refuse changes and deletions does.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from typing import Literal

from rapporteur.errors import InputError
from rapporteur.model.team import AuditEntry, Group, Session, Token, User

Kind = Literal["report", "place"]
"""What is added to a process: a report by its id, or what could not be read by the place where it was met."""

COMMON = ""
"""Stands for no process: what is added outside every process is everybody's."""


class NameTakenError(InputError):
    """A user was not added because the name, in any spelling, or the person at the provider, is another user's."""

    def __init__(self, name: str) -> None:
        reason = "is a user of this record already (case and accents make no difference)"
        super().__init__("name", name, reason, "choose another name")


class TeamStore(ABC):
    """Users and their rights. ``StoreError`` when the database cannot be read or written."""

    @abstractmethod
    def add_user(self, user: User, password: str | None) -> User:
        """The user with a number, kept with the hash of a password (None: signs in elsewhere). ``NameTakenError``."""

    @abstractmethod
    def users(self) -> tuple[User, ...]:
        """All users, also disabled ones, in the order in which they were added."""

    @abstractmethod
    def user(self, number: int) -> User | None:
        """The user with this number."""

    @abstractmethod
    def user_called(self, name: str) -> User | None:
        """The user with this name, in any spelling that ``folded`` makes alike."""

    @abstractmethod
    def user_of(self, subject: str) -> User | None:
        """The user who is ``subject`` at an OpenID Connect provider."""

    @abstractmethod
    def change_user(self, user: User) -> None:
        """Gives the user with this number this role, state and subject; the name stays."""

    @abstractmethod
    def password(self, user: int) -> str | None:
        """The hash of a user's password."""

    @abstractmethod
    def set_password(self, user: int, password: str | None) -> None:
        """Replaces the hash of a user's password."""

    @abstractmethod
    def open_session(self, session: Session) -> None:
        """Keeps a session."""

    @abstractmethod
    def session(self, token_hash: str) -> Session | None:
        """The session whose token has this hash."""

    @abstractmethod
    def saw_session(self, token_hash: str, seen: int) -> None:
        """Notes when a session was last used."""

    @abstractmethod
    def close_sessions(self, *, token_hash: str | None = None, user: int | None = None, unseen_since: int | None = None) -> int:
        """Ends the sessions that meet any of the conditions given; returns how many."""

    @abstractmethod
    def add_token(self, token: Token) -> Token:
        """The token with a number."""

    @abstractmethod
    def token(self, token_hash: str) -> Token | None:
        """The token with this hash."""

    @abstractmethod
    def tokens(self, user: int | None = None) -> tuple[Token, ...]:
        """All tokens, or those of one user, revoked ones too, oldest first."""

    @abstractmethod
    def revoke_token(self, number: int) -> None:
        """Makes a token useless for ever."""

    @abstractmethod
    def set_group(self, group: Group) -> None:
        """Keeps a group with these members; one of its name is replaced."""

    @abstractmethod
    def groups(self) -> tuple[Group, ...]:
        """All groups by name."""

    @abstractmethod
    def set_private(self, process: str, groups: Sequence[str]) -> None:
        """Makes a process private to the groups named, or everybody's when none is."""

    @abstractmethod
    def private(self) -> Mapping[str, frozenset[str]]:
        """The private processes with the names of their groups."""

    @abstractmethod
    def assign(self, kind: Kind, subject: str, process: str) -> None:
        """Notes that something was added to a process (``COMMON``: to none); twice is once."""

    @abstractmethod
    def assigned(self, kind: Kind, subject: str) -> frozenset[str]:
        """The processes that something was added to; none for what is everybody's."""

    @abstractmethod
    def only_in(self, kind: Kind, processes: Collection[str]) -> frozenset[str]:
        """What was added to ``processes`` and nowhere else: hidden from whoever may see none of them."""

    @abstractmethod
    def log(self, entry: AuditEntry) -> int:
        """Appends to the audit log and returns the entry's number, from 1."""

    @abstractmethod
    def audit(self, *, before: int | None = None, most: int = 1000, who: str | None = None) -> tuple[AuditEntry, ...]:
        """The ``most`` newest entries (with a number under ``before``, by ``who``), newest first."""
