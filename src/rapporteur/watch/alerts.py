"""Alerts: what of the followed facts differs between two accounts of one process. Facts, not documents."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from msgspec import Struct

from rapporteur.model.account import Account, AccountReport, CommitmentRow, PositionRow
from rapporteur.model.claims import report_of
from rapporteur.model.lineage import Origin
from rapporteur.model.watch import Alert, AlertChange, AlertKind
from rapporteur.stages.write.changes import earlier
from rapporteur.stages.write.names import name_of, origin_called
from rapporteur.stages.write.passages import Passages
from rapporteur.watch.words import Words, figure_words, row_words

MOST_NAMED = 2
"""Reports that are named of an origin that is none of them."""
Look = Callable[[Iterable[str]], Passages]
"""Looks up the passages of claims of the later account."""


class _Change(Struct, frozen=True):
    """What changed, with the claims to look up (``about``), the line of the account that tells it, and what says it in words."""

    kind: AlertKind
    change: AlertChange
    text: str
    about: tuple[str, ...]
    words: Callable[[Passages], Words]
    finding: str | None = None
    reports: tuple[str, ...] = ()


class Told(Struct, frozen=True):
    """Of which process, in which account (its number) and when (ISO 8601) alerts tell."""

    process: str
    account: int
    at: str


def alerts(before: Account, after: Account, told: Told, look: Look) -> list[Alert]:
    """Changes of followed figures, of positions and commitments, new origins, and new passages with words to watch.

    ``after`` tells changes since ``before`` (its ``changes``). Followed figures are those of the process file's measures;
    without such a file, those of either brief. Where the process file names issues, only positions on these count.
    """
    title = after.process.title
    made = [*_figures(before, after), *_positions(before, after), *_commitments(before, after), *_origins(before, after)]
    made += _words(before, after)
    if not made:
        return []
    passages = look(dict.fromkeys(claim for change in made for claim in change.about))
    return [_alert(change, title, told, change.words(passages)) for change in made]


def _alert(change: _Change, title: str, told: Told, words: Words) -> Alert:
    key = "\0".join((told.process, change.kind, change.change, change.finding or "", change.text, *sorted(change.about)))
    ident = "a-" + hashlib.sha256(key.encode()).hexdigest()[:16]
    reports = change.reports or tuple(sorted({report_of(cite) for cite in words.cites}))
    return Alert(
        ident, told.at, change.kind, change.change, told.process, title, words.text, words.cites, reports, told.account,
        change.finding, words.earlier, words.short,
    )  # fmt: skip # one field a line would hide that all but three are handed through


def _figures(before: Account, after: Account) -> Iterator[_Change]:
    if after.followed:
        followed = {f for account in (before, after) for row in account.followed for f in row["findings"]}
    else:
        followed = {line.finding for account in (before, after) for line in account.brief if line.finding}
    figures = {f.id: f for account in (before, after) for f in account.findings if f.kind == "figure"}
    was, now = earlier(before.findings), {f.id: f for f in after.findings}
    for row in after.changes:
        if row["finding"] in followed & figures.keys() and row["change"] != "dropped":
            new = now.get(row["finding"])
            old = was(new) if new else None
            claims = dict.fromkeys((*row["cites"], *(c for f in (old, new) if f for c in f.claims())))
            words = partial(figure_words, row, old, new)
            yield _Change("figure", row["change"], row["text"], tuple(claims), words, row["finding"])


def _stand(row: PositionRow) -> tuple[str, str, str]:
    return row["party"], row["issue"], row["stance"]


def _positions(before: Account, after: Account) -> Iterator[_Change]:
    """A stand that a party had not taken before; ``changed`` where it had another on the same issue."""
    known = {_stand(row) for row in before.positions}
    taken = {(row["party"], row["issue"]): row for row in before.positions}
    about = {cite for row in after.grid for cite in row["cites"]} if after.grid else None
    for row in after.positions:
        if _stand(row) not in known and (about is None or about & set(row["cites"])):
            known.add(_stand(row))
            old = taken.get((row["party"], row["issue"]))
            turn = f"{old['stance']} → {row['stance']}" if old else row["stance"]
            lead = f"{row['party']} on “{row['issue']}”: {turn}"
            yield _row("position", "changed" if old else "new", row, lead, [*row["cites"], *(old["cites"] if old else ())])


def _row(kind: AlertKind, change: AlertChange, row: PositionRow | CommitmentRow, lead: str, cites: list[str]) -> _Change:
    return _Change(kind, change, row["text"], tuple(cites), partial(row_words, lead, row["text"], tuple(cites)))


def _promise(row: CommitmentRow) -> tuple[str, str]:
    return row["party"], row["action"]


def _commitments(before: Account, after: Account) -> Iterator[_Change]:
    status = {_promise(row): row["status"] for row in before.commitments}
    for row in after.commitments:
        was = status.get(_promise(row))
        if was != row["status"]:
            lead = f"{row['party']}: {row['status']}" if was is None else f"{row['party']}: {was} → {row['status']}"
            yield _row("commitment", "new" if was is None else "changed", row, lead, [*row["cites"], *row.get("later", [])])


def _origins(before: Account, after: Account) -> Iterator[_Change]:
    known = {origin.id for origin in before.origins}
    first: Mapping[str, list[str]] = _claims_by_report(after)
    reports = {report.id: report for report in after.reports}
    for origin in after.origins:
        if origin.id not in known:
            cites = tuple(cite for report in origin.reports for cite in first.get(report, [])[:1])
            name = _called(origin, reports)
            told = partial(_as_told, Words(name, name, cites))
            yield _Change("origin", "new", origin.label, cites, told, origin.id, tuple(sorted(origin.reports)))


def _called(origin: Origin, reports: Mapping[str, AccountReport]) -> str:
    """An origin by its report; one that is not in the record with those that lead to it."""
    name = origin_called(origin, reports)
    if origin.seen:
        return name
    names = [name_of(reports[r]) for r in origin.reports if r in reports]
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f"{name} (not in the record), by way of {'; '.join(names[:MOST_NAMED])}{more}" if names else name


def _as_told(words: Words, passages: Passages) -> Words:
    return words


def _claims_by_report(account: Account) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for claim in account.claims:
        out.setdefault(str(claim["report"]), []).append(str(claim["id"]))
    return out


def _words(before: Account, after: Account) -> Iterator[_Change]:
    known = {(row["word"], cite) for row in before.watch for cite in row["cites"]}
    for row in after.watch:
        if not any((row["word"], cite) in known for cite in row["cites"]):
            cites = tuple(row["cites"])
            yield _Change("word", "new", row["text"], cites, partial(row_words, row["word"], row["text"], cites))
