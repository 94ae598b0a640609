"""A record's standing in any SQL database, over SQLAlchemy Core."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec
from sqlalchemy import bindparam, func, or_, select, update

from rapporteur.model.account import Finding, FindingKind, Verdict
from rapporteur.model.claims import report_of
from rapporteur.model.lineage import Derivation
from rapporteur.store import groups_tables
from rapporteur.store.database import Database, InMemory, Writing, batches
from rapporteur.store.groups_base import GroupStore
from rapporteur.store.groups_sql import SqlGroupStore, write
from rapporteur.store.standing_base import StandingStore
from rapporteur.store.standing_records import WHOLE, Asked, Change, Changed, Linked, State, Told
from rapporteur.store.standing_tables import TABLES, claims, derived, findings, links, parts, profiles, states, steps, told

NUMBERS = 4
"""Findings of one name that are asked for at first: more share one hardly ever."""

_ENCODER = msgspec.json.Encoder()
_STATE = msgspec.json.Decoder(State)
_TOLD = msgspec.json.Decoder(Told)
_FINDING = msgspec.json.Decoder(Finding)


_STATES = select(states.c.state).where(states.c.scope == bindparam("scope"))
_HEADS = select(links.c.report, links.c.head)
_BOTH = links.join(profiles, (links.c.scope == profiles.c.scope) & (links.c.report == profiles.c.report))
_LINKED = select(links.c.report, links.c.head, profiles.c.profile, links.c.node).select_from(_BOTH)
_TAKERS = select(steps.c.report).where(steps.c.scope == bindparam("scope"), steps.c.parent == bindparam("parent"))
_PARTS = select(parts.c.name, parts.c.part)
_TOLD_BY = select(told.c.told)


def _json(record: msgspec.Struct) -> str:
    return _ENCODER.encode(record).decode("utf-8")


class SqlStandingStore(StandingStore):
    """Over the tables of the record's ``database``. Each ``audience`` has scopes of its own."""

    def __init__(self, database: Database, audience: str = "") -> None:
        self._database = database
        self._audience = f"{audience}/" if audience else ""

    def state(self, scope: str = WHOLE) -> State | None:
        rows = self._database.rows(_STATES, {"scope": self._audience + scope})
        return _STATE.decode(rows[0][0]) if rows else None

    def change(self, scope: str, change: Change, before: State | None) -> bool:
        scope = self._audience + scope
        held = select(states.c.state).where(states.c.scope == scope).with_for_update()
        with self._database.writing() as connection:
            found = connection.execute(held).scalar()
            if (None if found is None else _STATE.decode(found)) != before:
                return False
            writing = _Writing(connection, scope)
            if change.anew:
                writing.clear((links, profiles, steps, told, derived))
            writing.replace(states, "scope", [{"scope": scope, "state": _json(change.state)}])
            writing.links(change.linked)
            writing.told(change.told)
            writing.findings(change)
            writing.parts(change.parts)
            write(writing, [row.report for row in change.told], change.grouped)
        return True

    def heads(self, scope: str, reports: Sequence[str]) -> dict[str, bytes]:
        rows = self._database.having(_HEADS, links.c.report, reports, self._audience + scope)
        return {report: bytes(head) for report, head in rows}

    def groups(self, scope: str) -> GroupStore:
        return SqlGroupStore(self._database, self._audience + scope)

    def linked(self, scope: str, reports: Sequence[str]) -> dict[str, Linked]:
        rows = self._database.having(_LINKED, links.c.report, reports, self._audience + scope)
        return {report: Linked(report, bytes(head), bytes(profile), bytes(node), None) for report, head, profile, node in rows}

    def takers(self, scope: str, report: str) -> list[str]:
        return sorted(row[0] for row in self._database.rows(_TAKERS, {"scope": self._audience + scope, "parent": report}))

    def parts(self, scope: str, names: Sequence[str]) -> dict[str, bytes]:
        rows = self._database.having(_PARTS, parts.c.name, names, self._audience + scope)
        return {name: bytes(part) for name, part in rows}

    def told(self, scope: str, reports: Sequence[str] | None = None) -> list[Told]:
        scope = self._audience + scope
        if reports is None:
            rows = self._database.rows(_TOLD_BY.where(told.c.scope == scope))
        else:
            rows = self._database.having(_TOLD_BY, told.c.report, reports, scope)
        return sorted((_TOLD.decode(row[0]) for row in rows), key=lambda t: t.report)

    def children(self, scope: str, report: str) -> list[Derivation]:
        taken = self.told(scope, self.told_from(scope, report))
        return [d for one in taken for d in one.derivations if d.parent == report]

    def told_from(self, scope: str, report: str) -> list[str]:
        here = derived.c.scope == self._audience + scope
        return sorted(row[0] for row in self._database.rows(select(derived.c.report).where(here, derived.c.parent == report)))

    def findings(self, scope: str, asked: Asked, limit: int, offset: int = 0) -> tuple[int, list[Finding]]:
        scope = self._audience + scope
        conditions = [findings.c.scope == scope, findings.c.gone.is_(None)]
        exact = ((findings.c.kind, asked.kind), (findings.c.verdict, asked.verdict), (findings.c.origins, asked.origins))
        for column, wanted in exact:
            if wanted is not None:
                conditions.append(column == wanted)
        if asked.text:
            conditions.append(func.lower(findings.c.label).contains(asked.text.lower(), autoescape=True))
        if asked.report is not None:
            holding = select(claims.c.finding).where(claims.c.scope == scope, claims.c.report == asked.report)
            conditions.append(findings.c.id.in_(holding))
        total = self._database.rows(select(func.count()).select_from(findings).where(*conditions))[0][0]
        by = (findings.c.weight.desc(),) if asked.sort == "weight" else (findings.c.as_of.is_(None), findings.c.as_of.desc())
        page = select(findings.c.finding).where(*conditions).order_by(*by, findings.c.id).limit(limit).offset(offset)
        return int(total), [_FINDING.decode(row[0]) for row in self._database.rows(page)]

    def some_findings(self, scope: str, ids: Sequence[str]) -> dict[str, Finding]:
        scope = self._audience + scope
        # Which are gone is looked at here: in the statement it leads SQLite to the index by weight, through all findings.
        found = select(findings.c.id, findings.c.finding, findings.c.gone).where(findings.c.scope == scope)
        rows = (row for some in batches(ids) for row in self._database.rows(found.where(findings.c.id.in_(some))))
        return {ident: _FINDING.decode(text) for ident, text, gone in rows if gone is None}

    def findings_of(self, scope: str, claims_: Sequence[str]) -> dict[str, list[str]]:
        scope = self._audience + scope
        found: dict[str, list[str]] = {claim: [] for claim in claims_}
        for some in batches(claims_):
            holding = select(claims.c.claim, claims.c.finding).where(claims.c.scope == scope, claims.c.claim.in_(some))
            # Sorted here: an order by findings leads SQLite through all of them.
            for claim, finding in sorted(map(tuple, self._database.rows(holding))):
                found[claim].append(finding)
        return found

    def findings_named(self, scope: str, names: Sequence[str]) -> list[Finding]:
        found: dict[str, Finding] = {}
        asked, first = sorted(set(names)), 1
        while asked:
            # By whole ids: a comparison with the beginning of one would go through all findings.
            ids = {f"{name}-{n}" if n > 1 else name: name for name in asked for n in range(first, first + NUMBERS)}
            some = self.some_findings(scope, list(ids))
            found |= some
            first += NUMBERS
            asked = sorted({ids[ident] for ident in some if ident.endswith(f"-{first - 1}")})
        return [found[ident] for ident in sorted(found)]

    def findings_in(self, scope: str, reports: Sequence[str]) -> list[str]:
        here = claims.c.scope == self._audience + scope
        held = (select(claims.c.finding).where(here, claims.c.report.in_(some)) for some in batches(reports))
        return sorted({row[0] for one in held for row in self._database.rows(one)})

    def verdicts(self, scope: str) -> dict[tuple[FindingKind, Verdict], int]:
        scope = self._audience + scope
        grouped = select(findings.c.kind, findings.c.verdict, func.count()).where(
            findings.c.scope == scope, findings.c.gone.is_(None)
        )
        return {
            (kind, verdict): n for kind, verdict, n in self._database.rows(grouped.group_by(findings.c.kind, findings.c.verdict))
        }

    def changed(self, scope: str, report: int, judgement: int, limit: int, offset: int = 0) -> tuple[int, list[Changed]]:
        scope = self._audience + scope
        since = report + judgement
        moved = (findings.c.scope == scope, findings.c.last > since, or_(findings.c.gone.is_(None), findings.c.first <= since))
        total = self._database.rows(select(func.count()).select_from(findings).where(*moved))[0][0]
        columns = select(findings.c.finding, findings.c.first, findings.c.gone).where(*moved)
        page = columns.order_by(findings.c.weight.desc(), findings.c.id).limit(limit).offset(offset)
        return int(total), [
            Changed("dropped" if gone is not None else "new" if first > since else "changed", _FINDING.decode(text))
            for text, first, gone in self._database.rows(page)
        ]


class _Writing(Writing):
    """The statements of one update, within its transaction."""

    def links(self, rows: Sequence[Linked]) -> None:
        self.replace(profiles, "report", [{"report": r.report, "profile": r.profile} for r in rows if r.profile is not None])
        self.replace(links, "report", [{"report": r.report, "head": r.head, "node": r.node} for r in rows])
        moved = [(row.report, row.parents) for row in rows if row.parents is not None]
        self.remove(steps, "report", [report for report, _ in moved])
        pairs = [(parent, report) for report, parents in moved for parent in sorted(set(parents))]
        self.insert(steps, [{"parent": p, "report": r} for p, r in pairs])

    def told(self, rows: Sequence[Told]) -> None:
        names = [row.report for row in rows]
        some = [row for row in rows if row.derivations]
        self.remove(told, "report", names)
        self.insert(told, [{"report": row.report, "told": _json(row)} for row in some])
        self.remove(derived, "report", names)
        pairs = [(d.parent, row.report) for row in some for d in row.derivations if d.parent is not None]
        self.insert(derived, [{"parent": p, "report": r} for p, r in dict.fromkeys(pairs)])

    def findings(self, change: Change) -> None:
        at = change.state.report + change.state.judgement
        here = findings.c.scope == self._scope
        before: dict[str, tuple[str, int, int]] = {}
        ids = [f.id for f in change.findings]
        for some in batches(ids):
            columns = select(findings.c.id, findings.c.finding, findings.c.first, findings.c.last, findings.c.gone)
            # As in ``some_findings``: which are gone is looked at here.
            for ident, text, first, last, gone in self._connection.execute(columns.where(here, findings.c.id.in_(some))).all():
                if gone is None:
                    before[ident] = text, first, last
        for some in batches(change.dropped):
            self._connection.execute(update(findings).where(here, findings.c.id.in_(some)).values(gone=at, last=at))
        self.remove(findings, "id", ids)
        self.insert(findings, [self._finding(f, before.get(f.id), at) for f in change.findings])
        self.remove(claims, "finding", [*ids, *change.dropped])
        self.insert(claims, [row for f in change.findings for row in self._claims(f)])

    def _finding(self, finding: Finding, before: tuple[str, int, int] | None, at: int) -> dict[str, object]:
        text = _json(finding)
        first, last = (before[1], before[2] if before[0] == text else at) if before else (at, at)
        return {
            "id": finding.id, "kind": finding.kind, "verdict": finding.verdict, "weight": finding.weight,
            "as_of": finding.as_of, "origins": finding.origins, "speakers": finding.speakers, "label": finding.label,
            "finding": text, "first": first, "last": last, "gone": None,
        }  # fmt: skip

    def _claims(self, finding: Finding) -> Iterator[dict[str, object]]:
        for claim in finding.claims():
            yield {"claim": claim, "finding": finding.id, "report": report_of(claim)}

    def parts(self, given: Mapping[str, bytes | None]) -> None:
        self.remove(parts, "name", list(given))
        self.insert(parts, [{"name": n, "part": p} for n, p in given.items() if p is not None])


def in_memory() -> SqlStandingStore:
    """A standing that lasts as long as the process, for records that do: SQLite, so that there are no second rules."""
    return SqlStandingStore(InMemory((*TABLES, *groups_tables.TABLES)))
