"""The conditions board at the desk: frameworks, observations suggested and decided on, ratings under one's own name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Literal

from msgspec import Struct

from rapporteur.board.entry import Answer, Binding, check_rating, framework_entry, observation, rating_of
from rapporteur.board.evidence import Evidence
from rapporteur.board.framework import Framework, Scale
from rapporteur.board.load import SHIPPED, framework_text, load, loads
from rapporteur.board.shown import board_data, in_words
from rapporteur.board.state import Board, board_of, frameworks
from rapporteur.board.suggest import suggestions
from rapporteur.desk.record import Record
from rapporteur.desk.rows import Rows, paged
from rapporteur.desk.viewer import Viewer
from rapporteur.errors import AccessError, MissingError
from rapporteur.model.board import Observation, Rating, entry_id
from rapporteur.model.board_view import BoardData
from rapporteur.model.claims import Claim, report_of

LOOKED_AT = 200
"""Reports that the search finds for one indicator and that are then looked at claim by claim."""
PER_PAGE = 20


class Offered(Struct, frozen=True):
    """A claim that may bear on an indicator at a site, which ``called`` names for people; ``alike`` more say the same."""

    ident: str
    indicator: str
    site: str
    claim: str
    text: str
    attribution: str
    why: str
    alike: int
    called: str


class Decided(Struct, frozen=True):
    """An observation that somebody accepted or rejected, and what its indicator and site are called."""

    ident: str
    observation: Observation
    called: str


class Sheet(Struct, frozen=True):
    """What a person sees who is about to rate a condition at a site: its wording, the questions, the levels, the accepted
    observations there, and the person's own ratings that hold there, with their words."""

    framework: str
    condition: str
    site: str
    name: str
    wording: str
    basis: str
    questions: tuple[tuple[str, str], ...]
    levels: tuple[str, ...]
    observations: tuple[Decided, ...]
    own: tuple[tuple[str, str, Rating], ...]


def names(record: Record) -> tuple[str, ...]:
    """The frameworks of the record."""
    return tuple(frameworks(record.store.board()))


def titles(record: Record) -> dict[str, str]:
    """What the frameworks of the record are called, by id."""
    return {name: loads(given.text, given.file).title for name, given in frameworks(record.store.board()).items()}


@cache
def shipped() -> dict[str, str]:
    """What the frameworks that come with the program are called, by name."""
    return {name: load(name).title for name in SHIPPED}


def show(record: Record, viewer: Viewer, name: str, as_of: str | None = None) -> BoardData:
    """The board of the framework called ``name``, as of a day; its observations as they stand by the last account."""
    board = _board(record, name)
    claims = {o.claim for o in board.accepted().values()} | {r.quotation for r in board.ratings.values() if r.quotation}
    return board_data(board, _evidence(record, viewer, {report_of(claim) for claim in claims}), as_of=as_of)


def begin(record: Record, viewer: Viewer, text: str, file: str) -> str:
    """Adds a framework: a shipped one by its name, or a text. Returns its id. ``FileError`` names the line that is wrong."""
    _may(viewer, "editor", "add a framework")
    if file in SHIPPED and not text.strip():
        text, file = framework_text(file)
    entry = framework_entry(text, file or "framework.yaml", now(), record.store.board())
    if entry is None:
        return next(e.framework for e in frameworks(record.store.board()).values() if e.text == text)
    record.store.add_to_board(entry)
    return entry.framework


def offered(record: Record, viewer: Viewer, name: str, indicator: str = "", page: int = 1) -> Rows[Offered]:
    """Claims that match the framework's indicators (or one of them) and on which nobody has decided."""
    board = _board(record, name)
    evidence = _evidence(record, viewer, _matching(record, board.framework, indicator))
    found = [s for s in suggestions(board.framework, evidence, board.observations) if indicator in ("", s.indicator)]
    return paged(found, page, PER_PAGE).map(
        lambda s: Offered(
            s.id,
            s.indicator,
            s.site,
            s.claim,
            " ".join(s.passage.text.split()),
            s.passage.attribution,
            s.why,
            s.alike,
            _called(board.framework, s.indicator, s.site),
        )
    )


def decided(record: Record, name: str) -> tuple[Decided, ...]:
    """What people have decided on, latest first."""
    board = _board(record, name)
    return tuple(_decided(board.framework, ident, seen) for ident, seen in reversed(list(board.observations.items())))


def decide(record: Record, viewer: Viewer, name: str, bound: tuple[str, str, str], decision: str, **more: str) -> str:
    """Accepts or rejects a claim (indicator, site, claim) as an observation, under the viewer's name. Returns its id.

    ``more``: ``why``, and ``admiralty`` where there is a code. ``InputError`` when it makes no sense.
    """
    _may(viewer, "analyst", "decide on observations")
    board = _board(record, name)
    indicator, site, claim = bound
    binding = Binding(
        indicator=indicator,
        site=site,
        claim=claim,
        decision="accepted" if decision == "accepted" else "rejected",
        who=viewer.who,
        at=now(),
        why=more.get("why", ""),
        admiralty=more.get("admiralty") or None,
        suggested=True,
    )
    made = observation(board.framework, _evidence(record, viewer, {report_of(claim)}), binding)
    record.store.add_to_board(made)
    return entry_id(made)


def sheet(record: Record, viewer: Viewer, name: str, condition: str, site: str) -> Sheet:
    """What is needed to rate a condition at a site. ``MissingError`` where there is none of the name."""
    board = _board(record, name)
    cell = next((c for c in board.framework.cells if (c[0].id, c[1].id) == (condition, site)), None)
    if cell is None:
        raise MissingError(f"{condition} at {site}", "the framework has no such condition and site", "see its board")
    asked, where = cell
    own = [(i, r) for i, r in board.ratings.items() if r in board.standing() and r.assessor == viewer.who]
    return Sheet(
        board.framework.framework,
        condition,
        site,
        f"{asked.name}, {where.name}",
        asked.wording,
        asked.basis,
        tuple((q, board.framework.question(q).text) for q in asked.questions),
        _levels([board.framework.scale_of(q) for q in asked.questions]),
        tuple(
            _decided(board.framework, ident, seen)
            for ident, seen in board.accepted().items()
            if seen.site == site and board.framework.indicators[seen.indicator][0].id == condition
        ),
        tuple((i, in_words(board.framework, r), r) for i, r in own if (r.condition, r.site) == (condition, site)),
    )


def _decided(framework: Framework, ident: str, seen: Observation) -> Decided:
    return Decided(ident, seen, _called(framework, seen.indicator, seen.site))


def _called(framework: Framework, indicator: str, site: str) -> str:
    """What an indicator and a site are called: "Attacks a month, Orsk"."""
    return f"{framework.indicators[indicator][1].name}, {framework.site(site).name}"


def _levels(scales: Sequence[Scale]) -> tuple[str, ...]:
    """The names of each level from 0 up; of several where the questions are answered on different scales."""
    most = max(len(scale.levels) for scale in scales)
    return tuple(" / ".join(dict.fromkeys(s.name(n) for s in scales if n < len(s.levels))) for n in range(most))


def rate(record: Record, viewer: Viewer, name: str, answer: Answer) -> str:
    """Adds a rating and returns its id; an analyst's own is under the viewer's name. ``InputError`` says why it may not stand."""
    _may(viewer, "analyst", "rate")
    if answer.role == "analyst" and answer.assessor != viewer.who:
        raise AccessError(f"rate: an analyst rates under their own name; you are {viewer.who}")
    board = _board(record, name)
    made = rating_of(answer, board)
    check_rating(made, board, _quoted(record, viewer, made.quotation))
    record.store.add_to_board(made)
    return entry_id(made)


def now() -> str:
    """The time at which something is entered (ISO 8601, UTC)."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _board(record: Record, name: str) -> Board:
    entries = record.store.board()
    if name not in frameworks(entries):
        raise MissingError(name, "the record has no such board", "see the list of boards")
    return board_of(entries, name)


def _may(viewer: Viewer, role: Literal["analyst", "editor"], deed: str) -> None:
    if not viewer.may(role):
        raise AccessError(f"board: to {deed} needs the role of {role}; {viewer.who} is {viewer.role}")


def _quoted(record: Record, viewer: Viewer, claim: str | None) -> Claim | None:
    if not claim:
        return None
    reading = record.store.reading(report_of(claim))
    return next((c for c in reading.claims if c.id == claim), None) if reading else None


def _matching(record: Record, framework: Framework, indicator: str) -> set[str]:
    """Reports in which the search finds the words of the indicators (or of one of them)."""
    found: set[str] = set()
    for ident, (_, one) in framework.indicators.items():
        if indicator in ("", ident):
            needed = [one.match.also] if one.match.also else []
            found |= {hit.report for hit in record.store.search(one.match.words, LOOKED_AT, *needed)}
    return found


def _evidence(record: Record, viewer: Viewer, reports: Iterable[str]) -> Evidence:
    """The claims of some reports, as the last account's findings leave them."""
    standing = record.standing(viewer)
    readings = record.store.some_readings(sorted(set(reports)))
    return Evidence([readings[r] for r in sorted(readings)], standing.shown.findings if standing else ())
