"""Alerts: what of the followed facts differs between two accounts of one process. Facts, not documents."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from msgspec import Struct

from rapporteur.model.account import Account, CommitmentRow, PositionRow
from rapporteur.model.claims import report_of
from rapporteur.model.watch import Alert, AlertChange, AlertKind


class _Change(Struct, frozen=True):
    kind: AlertKind
    change: AlertChange
    text: str
    cites: tuple[str, ...]
    reports: tuple[str, ...]
    finding: str | None = None


class Told(Struct, frozen=True):
    """Of which process, in which account (its number) and when (ISO 8601) alerts tell."""

    process: str
    account: int
    at: str


def alerts(before: Account, after: Account, told: Told) -> list[Alert]:
    """Changes of followed figures, of positions and commitments, new origins, and new passages with words to watch.

    ``after`` tells changes since ``before`` (its ``changes``). Followed figures are those of the process file's measures;
    without such a file, those of either brief. Where the process file names issues, only positions on these count.
    """
    title = after.process.title
    made = [*_figures(before, after), *_positions(before, after), *_commitments(before, after), *_origins(before, after)]
    made += _words(before, after)
    return [_alert(change, title, told) for change in made]


def _alert(change: _Change, title: str, told: Told) -> Alert:
    key = "\0".join((told.process, change.kind, change.change, change.finding or "", change.text, *sorted(change.cites)))
    ident = "a-" + hashlib.sha256(key.encode()).hexdigest()[:16]
    return Alert(
        ident, told.at, change.kind, change.change, told.process, title, change.text, change.cites, change.reports,
        told.account, change.finding,
    )  # fmt: skip # one field a line would hide that all but three are handed through


def _reports(cites: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({report_of(cite) for cite in cites}))


def _cited(kind: AlertKind, change: AlertChange, text: str, cites: list[str], finding: str | None = None) -> _Change:
    claims = tuple(cites)
    return _Change(kind, change, text, claims, _reports(claims), finding)


def _figures(before: Account, after: Account) -> Iterator[_Change]:
    if after.followed:
        followed = {f for account in (before, after) for row in account.followed for f in row["findings"]}
    else:
        followed = {line.finding for account in (before, after) for line in account.brief if line.finding}
    figures = {f.id for account in (before, after) for f in account.findings if f.kind == "figure"}
    for row in after.changes:
        if row["finding"] in followed & figures and row["change"] != "dropped":
            yield _cited("figure", row["change"], row["text"], row["cites"], row["finding"])


def _stand(row: PositionRow) -> tuple[str, str, str]:
    return row["party"], row["issue"], row["stance"]


def _positions(before: Account, after: Account) -> Iterator[_Change]:
    """A stand that a party had not taken before; ``changed`` where it had another on the same issue."""
    known = {_stand(row) for row in before.positions}
    taken = {(row["party"], row["issue"]) for row in before.positions}
    about = {cite for row in after.grid for cite in row["cites"]} if after.grid else None
    for row in after.positions:
        if _stand(row) not in known and (about is None or about & set(row["cites"])):
            known.add(_stand(row))
            change: AlertChange = "changed" if (row["party"], row["issue"]) in taken else "new"
            yield _cited("position", change, row["text"], row["cites"])


def _promise(row: CommitmentRow) -> tuple[str, str]:
    return row["party"], row["action"]


def _commitments(before: Account, after: Account) -> Iterator[_Change]:
    status = {_promise(row): row["status"] for row in before.commitments}
    for row in after.commitments:
        earlier = status.get(_promise(row))
        if earlier != row["status"]:
            cites = [*row["cites"], *row.get("later", [])]
            yield _cited("commitment", "new" if earlier is None else "changed", f"{row['text']} ({row['status']})", cites)


def _origins(before: Account, after: Account) -> Iterator[_Change]:
    known = {origin.id for origin in before.origins}
    first: Mapping[str, list[str]] = _claims_by_report(after)
    for origin in after.origins:
        if origin.id not in known:
            cites = [cite for report in origin.reports for cite in first.get(report, [])[:1]]
            yield _Change("origin", "new", f"New origin: {origin.label}", tuple(cites), tuple(sorted(origin.reports)), origin.id)


def _claims_by_report(account: Account) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for claim in account.claims:
        out.setdefault(str(claim["report"]), []).append(str(claim["id"]))
    return out


def _words(before: Account, after: Account) -> Iterator[_Change]:
    known = {(row["word"], cite) for row in before.watch for cite in row["cites"]}
    for row in after.watch:
        if not any((row["word"], cite) in known for cite in row["cites"]):
            yield _cited("word", "new", f"{row['word']}: {row['text']}", row["cites"])
