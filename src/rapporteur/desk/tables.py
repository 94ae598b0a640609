"""The tables of an account by the page: timeline, positions, commitments, incidents, force levels, statements, and more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from rapporteur.desk.record import Record, Standing
from rapporteur.desk.rows import Cite, Rows, cites, paged
from rapporteur.desk.viewer import Viewer
from rapporteur.errors import MissingError
from rapporteur.model.account import Finding, PositionRow, Series

MOST_CITES = 6
MOST_STANDS = 4
"""Of a party on an issue the latest are shown."""


class TableRow(Struct, frozen=True):
    """A row: what its columns hold, its text, its citations, and the finding it tells of."""

    cells: dict[str, Any]
    text: str
    cites: tuple[Cite, ...]
    finding: str | None


class Table(Struct, frozen=True):
    """A page of a table. ``columns`` are (field, heading) pairs."""

    name: str
    title: str
    columns: tuple[tuple[str, str], ...]
    rows: Rows[TableRow]


class Measure(Struct, frozen=True):
    """A measure with all its readings and how the record reads it."""

    series: Series
    finding: Finding | None
    cites: dict[str, Cite]


class Stand(Struct, frozen=True):
    """Where a party stands on an issue, once: by a report of ``date``."""

    stance: str
    stated: bool
    date: str | None
    text: str
    cites: tuple[Cite, ...]


class Matrix(Struct, frozen=True):
    """Parties by issues. ``more`` rows of the account have no place here: their party or issue is named too seldom."""

    parties: tuple[str, ...]
    issues: tuple[str, ...]
    stands: dict[str, dict[str, tuple[Stand, ...]]]
    more: int


Raw = Mapping[str, Any]


def _timeline(standing: Standing) -> Iterable[Raw]:
    return map(msgspec.structs.asdict, standing.shown.timeline)


def _statements(standing: Standing) -> Iterable[Raw]:
    for f in standing.shown.findings:
        if f.kind == "statement" and f.supports:
            speaker, _, words = f.label.partition(": ")
            cited = {"text": words or f.label, "cites": f.supports[:MOST_CITES], "finding": f.id}
            yield {"speaker": speaker if words else "", "verdict": f.verdict, "origins": f.origins, **cited}


TABLES: dict[str, tuple[str, tuple[tuple[str, str], ...], Callable[[Standing], Iterable[Raw]]]] = {
    "timeline": ("Timeline", (("date", "Date"),), _timeline),
    "statements": ("Statements", (("speaker", "Speaker"), ("verdict", "Stands"), ("origins", "Origins")), _statements),
    "positions": (
        "Positions",
        (
            ("party", "Party"), ("stance", "Stance"), ("issue", "Issue"), ("stated", "Stated"),
            ("date", "Date"), ("dated", "The date is"),
        ),
        lambda s: s.shown.positions,
    ),
    "commitments": (
        "Commitments",
        (("party", "Party"), ("due", "Due"), ("status", "Status"), ("date", "Date"), ("dated", "The date is")),
        lambda s: s.shown.commitments,
    ),
    "incidents": (
        "People harmed",
        (
            ("date", "Date"), ("dated", "The date is"), ("state", "State"), ("places", "Where"),
            ("low", "Low"), ("high", "High"), ("origins", "Origins"),
        ),
        lambda s: s.shown.incidents,
    ),
    "posture": (
        "Force levels",
        (
            ("place", "Where"), ("whose", "Whose"), ("date", "As of"),
            ("level", "Level"), ("said_by", "Who says it"), ("origins", "Origins"),
        ),
        lambda s: s.shown.posture,
    ),
    "watch": ("Words to watch", (("word", "Word"), ("date", "Reported")), lambda s: s.shown.watch),
}  # fmt: skip
"""Name of a table -> title, columns, rows."""


def table(record: Record, viewer: Viewer, name: str, words: str = "", page: int = 1) -> Table:
    """A page of the table ``name``, of the rows that hold each of ``words``; ``MissingError`` when there is no such table."""
    if name not in TABLES:
        raise MissingError(name, "is no table", f"there are: {', '.join(TABLES)}")
    title, columns, rows_of = TABLES[name]
    standing = record.standing(viewer)
    if standing is None:
        return Table(name, title, columns, paged((), page))
    wanted = words.casefold().split()
    rows = standing.once((name, *wanted), lambda: [r for r in rows_of(standing) if not wanted or _holds(r, columns, wanted)])
    found = paged(rows, page)
    passages = record.passages(standing, [c for r in found.rows for c in r["cites"][:MOST_CITES]])
    return Table(
        name,
        title,
        columns,
        found.map(
            lambda r: TableRow(
                {key: r.get(key) for key, _ in columns},
                str(r["text"]),
                cites(r["cites"][:MOST_CITES], passages),
                r.get("finding") or (f.id if (f := standing.by_claim.get(r["cites"][0])) else None),
            )
        ),
    )


def _holds(row: Raw, columns: Iterable[tuple[str, str]], wanted: list[str]) -> bool:
    told = " ".join(str(row.get(key) or "") for key, _ in (*columns, ("text", ""))).casefold()
    return all(word in told for word in wanted)


def measures(record: Record, viewer: Viewer, words: str = "", page: int = 1, size: int = 12) -> Rows[Measure]:
    """Measures with more than one reading, those of the heaviest findings first."""
    standing = record.standing(viewer)
    if standing is None:
        return paged((), page)
    wanted = words.casefold().split()
    found = paged([s for s in standing.shown.series if all(w in s.label.casefold() for w in wanted)], page, size)
    return found.map(lambda s: _measure(record, standing, s))


def measure(record: Record, viewer: Viewer, ident: str) -> Measure:
    """The measure whose series has this id; ``MissingError``."""
    standing = record.stand(viewer)
    for series in standing.shown.series:
        if series.id == ident:
            return _measure(record, standing, series)
    raise MissingError(ident, "the account holds no such measure", "see the list of figures")


def _measure(record: Record, standing: Standing, series: Series) -> Measure:
    claims = [point.claim for point in series.points]
    passages = record.passages(standing, claims)
    return Measure(series, standing.findings.get(series.finding), {c.claim: c for c in cites(claims, passages)})


def matrix(record: Record, viewer: Viewer, most: int = 12, wide: int = 8) -> Matrix:
    """The positions as parties by issues: those with the most rows, at most ``most`` parties and ``wide`` issues, which is what a
    page shows without being pushed sideways."""
    standing = record.standing(viewer)
    rows = standing.shown.positions if standing else ()
    parties = _most((r["party"] for r in rows), most)
    issues = _most((r["issue"] for r in rows if r["party"] in parties), wide)
    cells: dict[tuple[str, str], list[PositionRow]] = {}
    for row in sorted(rows, key=lambda r: r["date"] or "", reverse=True):
        cell = cells.setdefault((row["party"], row["issue"]), [])
        if row["party"] in parties and row["issue"] in issues and len(cell) < MOST_STANDS:
            cell.append(row)
    shown = [row for cell in cells.values() for row in cell]
    parties = tuple(p for p in parties if any(r["party"] == p for r in shown))
    stands: dict[str, dict[str, tuple[Stand, ...]]] = {}
    if standing is not None:
        passages = record.passages(standing, [c for r in shown for c in r["cites"][:2]])
        for (party, issue), cell in cells.items():
            if cell:
                stands.setdefault(party, {})[issue] = tuple(
                    Stand(r["stance"], r["stated"], r["date"], r["text"], cites(r["cites"][:2], passages)) for r in cell[::-1]
                )
    return Matrix(parties, issues, stands, len(rows) - len(shown))


def _most(names: Iterable[str], most: int) -> tuple[str, ...]:
    counted: dict[str, int] = {}
    for name in names:
        counted[name] = counted.get(name, 0) + 1
    return tuple(sorted(counted, key=lambda n: (-counted[n], n))[:most])
