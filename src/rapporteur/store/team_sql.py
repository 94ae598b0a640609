"""A team in the tables of its record's database, over SQLAlchemy Core: the same statements for every SQL store."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any, cast

from msgspec.structs import asdict, replace
from sqlalchemy import Executable, Row, case, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from rapporteur.model.team import AuditEntry, Group, Role, Scope, Session, SignIn, Token, User
from rapporteur.store.database import Database, InMemory
from rapporteur.store.tables import metadata
from rapporteur.store.team_base import Kind, NameTakenError, TeamStore
from rapporteur.store.team_tables import (
    assignments,
    audit,
    group_members,
    private_processes,
    sessions,
    team_groups,
    tokens,
    users,
)

_USER = (users.c.name, users.c.role, users.c.disabled, users.c.subject, users.c.number)
_SESSION = (sessions.c.hash, sessions.c.user, sessions.c.method, sessions.c.made, sessions.c.seen)
_TOKEN = (
    tokens.c.hash,
    tokens.c.user,
    tokens.c.label,
    tokens.c.scopes,
    tokens.c.made,
    tokens.c.expires,
    tokens.c.revoked,
    tokens.c.number,
)
_AUDIT = (audit.c.at, audit.c.who, audit.c.what, audit.c.subject, audit.c.detail, audit.c.address, audit.c.number)


def folded(name: str) -> str:
    """A name without case, accents, compatibility forms and doubled spaces (NFKD, Unicode Standard Annex 15)."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(plain.casefold().split())


class SqlTeamStore(TeamStore):
    """Over the tables of the record's ``database``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def _do(self, *statements: Executable) -> int:
        """Runs all in one transaction; the number of rows that the last changed."""
        changed = 0
        with self._database.writing() as connection:
            for statement in statements:
                changed = connection.execute(statement).rowcount
        return changed

    def _append(self, statement: Executable) -> int:
        with self._database.writing() as connection:
            key = connection.execute(statement).inserted_primary_key
            return int(key[0]) if key else 0

    def add_user(self, user: User, password: str | None) -> User:
        values = {**asdict(user), "key": folded(user.name), "password": password}
        del values["number"]
        try:
            return replace(user, number=self._append(insert(users).values(values)))
        except IntegrityError:
            raise NameTakenError(user.name) from None

    def users(self) -> tuple[User, ...]:
        return tuple(_user(row) for row in self._database.rows(select(*_USER).order_by(users.c.number)))

    def user(self, number: int) -> User | None:
        rows = self._database.rows(select(*_USER).where(users.c.number == number))
        return _user(rows[0]) if rows else None

    def user_called(self, name: str) -> User | None:
        rows = self._database.rows(select(*_USER).where(users.c.key == folded(name)))
        return _user(rows[0]) if rows else None

    def user_of(self, subject: str) -> User | None:
        rows = self._database.rows(select(*_USER).where(users.c.subject == subject))
        return _user(rows[0]) if rows else None

    def change_user(self, user: User) -> None:
        changed = update(users).where(users.c.number == user.number)
        try:
            self._do(changed.values(role=user.role, disabled=user.disabled, subject=user.subject))
        except IntegrityError:
            raise NameTakenError(user.subject or user.name) from None

    def password(self, user: int) -> str | None:
        rows = self._database.rows(select(users.c.password).where(users.c.number == user))
        return rows[0][0] if rows else None

    def set_password(self, user: int, password: str | None) -> None:
        self._do(update(users).where(users.c.number == user).values(password=password))

    def open_session(self, session: Session) -> None:
        self._do(insert(sessions).values(asdict(session)))

    def session(self, token_hash: str) -> Session | None:
        rows = self._database.rows(select(*_SESSION).where(sessions.c.hash == token_hash))
        if not rows:
            return None
        ident, user, method, made, seen = rows[0]
        return Session(ident, user, cast(SignIn, method), made, seen)

    def saw_session(self, token_hash: str, seen: int) -> None:
        self._do(update(sessions).where(sessions.c.hash == token_hash).values(seen=seen))

    def close_sessions(self, *, token_hash: str | None = None, user: int | None = None, unseen_since: int | None = None) -> int:
        conditions = [
            *([] if token_hash is None else [sessions.c.hash == token_hash]),
            *([] if user is None else [sessions.c.user == user]),
            *([] if unseen_since is None else [sessions.c.seen < unseen_since]),
        ]
        return self._do(delete(sessions).where(or_(*conditions))) if conditions else 0

    def add_token(self, token: Token) -> Token:
        values = {**asdict(token), "scopes": " ".join(token.scopes)}
        del values["number"]
        return replace(token, number=self._append(insert(tokens).values(values)))

    def token(self, token_hash: str) -> Token | None:
        rows = self._database.rows(select(*_TOKEN).where(tokens.c.hash == token_hash))
        return _token(rows[0]) if rows else None

    def tokens(self, user: int | None = None) -> tuple[Token, ...]:
        asked = select(*_TOKEN).order_by(tokens.c.number)
        return tuple(_token(row) for row in self._database.rows(asked if user is None else asked.where(tokens.c.user == user)))

    def revoke_token(self, number: int) -> None:
        self._do(update(tokens).where(tokens.c.number == number).values(revoked=True))

    def set_group(self, group: Group) -> None:
        there = self._database.rows(select(team_groups.c.name).where(team_groups.c.name == group.name))
        made = [] if there else [insert(team_groups).values(name=group.name)]
        members = [{"group": group.name, "user": number} for number in sorted(set(group.members))]
        emptied = delete(group_members).where(group_members.c.group == group.name)
        self._do(*made, emptied, *([insert(group_members).values(members)] if members else []))

    def groups(self) -> tuple[Group, ...]:
        members: dict[str, list[int]] = {row[0]: [] for row in self._database.rows(select(team_groups.c.name))}
        for name, user in self._database.rows(select(group_members.c.group, group_members.c.user).order_by(group_members.c.user)):
            members.setdefault(name, []).append(user)
        return tuple(Group(name, tuple(numbers)) for name, numbers in sorted(members.items()))

    def set_private(self, process: str, groups: Sequence[str]) -> None:
        rows = [{"process": process, "group": name} for name in sorted(set(groups))]
        opened = delete(private_processes).where(private_processes.c.process == process)
        self._do(opened, *([insert(private_processes).values(rows)] if rows else []))

    def private(self) -> Mapping[str, frozenset[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for process, group in self._database.rows(select(private_processes.c.process, private_processes.c.group)):
            found[process].add(group)
        return {process: frozenset(names) for process, names in found.items()}

    def assign(self, kind: Kind, subject: str, process: str) -> None:
        try:
            self._do(insert(assignments).values(kind=kind, subject=subject, process=process))
        except IntegrityError:
            return  # noted before

    def assigned(self, kind: Kind, subject: str) -> frozenset[str]:
        asked = select(assignments.c.process).where(assignments.c.kind == kind, assignments.c.subject == subject)
        return frozenset(row[0] for row in self._database.rows(asked))

    def only_in(self, kind: Kind, processes: Collection[str]) -> frozenset[str]:
        if not processes:
            return frozenset()
        elsewhere = func.sum(case((assignments.c.process.in_(sorted(processes)), 0), else_=1))
        asked = select(assignments.c.subject).where(assignments.c.kind == kind)
        return frozenset(row[0] for row in self._database.rows(asked.group_by(assignments.c.subject).having(elsewhere == 0)))

    def log(self, entry: AuditEntry) -> int:
        values = asdict(entry)
        del values["number"]
        return self._append(insert(audit).values(values))

    def audit(self, *, before: int | None = None, most: int = 1000, who: str | None = None) -> tuple[AuditEntry, ...]:
        asked = select(*_AUDIT).order_by(audit.c.number.desc()).limit(most)
        if before is not None:
            asked = asked.where(audit.c.number < before)
        if who is not None:
            asked = asked.where(audit.c.who == who)
        return tuple(AuditEntry(*row) for row in self._database.rows(asked))


def _user(row: Row[*tuple[Any, ...]]) -> User:
    name, role, disabled, subject, number = row
    return User(name, cast(Role, role), disabled, subject, number)


def _token(row: Row[*tuple[Any, ...]]) -> Token:
    ident, user, label, scopes, made, expires, revoked, number = row
    return Token(ident, user, label, cast(tuple[Scope, ...], tuple(scopes.split())), made, expires, revoked, number)


def in_memory() -> SqlTeamStore:
    """A team that lasts as long as the process, for records that do: SQLite, so that there are no second rules."""
    return SqlTeamStore(InMemory(list(metadata.tables.values())))
