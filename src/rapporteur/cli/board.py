"""``rapporteur board``: conditions rated by several assessors on cited claims of the record."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.markup import escape
from rich.table import Table

from rapporteur.board.entry import Answer, Binding, check_rating, framework_entry, observation, rating_of
from rapporteur.board.evidence import Evidence
from rapporteur.board.load import framework_text, loads
from rapporteur.board.shown import board_data
from rapporteur.board.state import Board, board_of
from rapporteur.board.suggest import Suggestion, suggestions
from rapporteur.cli import options as opts
from rapporteur.cli.progress import Watch
from rapporteur.cli.run import counted, entered_at, inform, print_table, write_bytes
from rapporteur.errors import InputError
from rapporteur.model.board import ScheduleText, entry_id
from rapporteur.model.claims import report_of
from rapporteur.pipeline import lineage_of
from rapporteur.stages.reconcile import reconcile
from rapporteur.stages.reconcile.judged import Decided
from rapporteur.stages.write.board import render, rows
from rapporteur.stages.write.board.sheet import ratings_csv
from rapporteur.store import open_store
from rapporteur.store.base import Store

MOST_SUGGESTED = 10


class Confidence(StrEnum):
    """How much a rating rests on, after ICD 203."""

    low = "low"
    moderate = "moderate"
    high = "high"


class RoleOption(StrEnum):
    """Whose rating it is."""

    analyst = "analyst"
    stated = "party-stated"
    inferred = "party-inferred"


class ShowFormat(StrEnum):
    """Formats of ``board show``."""

    table = "table"
    md = "md"
    json = "json"
    html = "html"


class ExportFormat(StrEnum):
    """Formats of ``board export``."""

    jsonl = "jsonl"
    csv = "csv"


Name = Annotated[str | None, typer.Option(metavar="ID", help="The framework, where the record holds several.")]
Who = Annotated[str, typer.Option(metavar="NAME", help="Who enters this.")]
At = Annotated[str | None, typer.Option(metavar="WHEN", help="When it was entered (ISO 8601); by default now.")]
Out = Annotated[Path | None, typer.Option("--out", "-o", metavar="OUT", help="File to write; by default standard output.")]


@dataclass(frozen=True, kw_only=True)
class Init(opts.Common):
    """Options of ``board init``."""

    framework: Annotated[str, typer.Argument(metavar="FRAMEWORK", help="A YAML file, or: hmc-three-factors, transition.")]
    record: Annotated[str | None, typer.Option(metavar="FILE|URL", help="The record that the board belongs to.")] = None
    out: Annotated[Path | None, typer.Option("--out", "-o", metavar="OUT", help="Write the framework's text, to edit it.")] = None
    at: At = None


def init(options: Init) -> None:
    """Checks a framework and adds it to a record; the same one is added once, another text needs a higher version."""
    text, file = framework_text(options.framework)
    framework = loads(text, file)
    if options.out is not None:
        write_bytes(text.encode(), options.out)
    if options.record is None:
        if options.out is None:
            raise InputError("board", "--record", "no record was named", "name it with --record, or a file to edit with -o")
        return
    with open_store(options.record) as store:
        entry = framework_entry(text, file, entered_at(options.at), store.board())
        if entry is None:
            inform(f"{framework.framework}, version {framework.version}: is in the record already", quiet=options.quiet)
            return
        store.add_to_board(entry)
    inform(
        f"{framework.framework}, version {framework.version}: {counted(len(framework.conditions), 'condition')}"
        f" at {counted(len(framework.sites), 'site')}",
        quiet=options.quiet,
    )


@dataclass(frozen=True, kw_only=True)
class Suggest(opts.Common):
    """Options of ``board suggest``."""

    record: opts.Record
    framework: Name = None
    indicator: Annotated[str | None, typer.Option(metavar="ID", help="Only for this indicator.")] = None
    most: Annotated[int, typer.Option(min=1, metavar="N", help="At most N per indicator and site.")] = MOST_SUGGESTED
    format: Annotated[opts.ReadFormat, typer.Option(help="For people, or one per line.")] = opts.ReadFormat.table


def suggest(options: Suggest) -> None:
    """Lists claims that match the indicators and on which nobody has decided."""
    with open_store(options.record, create=False) as store:
        board = board_of(store.board(), options.framework)
        _known_indicator(board, options.indicator)
        found = suggestions(board.framework, _evidence(store, quiet=options.quiet), board.observations)
    taken: dict[tuple[str, str], int] = {}
    shown = []
    for one in found:
        if options.indicator in (None, one.indicator):
            taken[one.indicator, one.site] = taken.get((one.indicator, one.site), 0) + 1
            if taken[one.indicator, one.site] <= options.most:
                shown.append(one)
    if options.format is opts.ReadFormat.jsonl:
        for one in shown:
            sys.stdout.buffer.write(msgspec.json.encode(_suggested(one)) + b"\n")
        sys.stdout.buffer.flush()
    else:
        table = Table("id", "indicator", "site", "what the report says", "report", "why", box=None, header_style="bold")
        for one in shown:
            more = f" (and {counted(one.alike, 'more claim')} alike)" if one.alike else ""
            text = " ".join(one.passage.text.split()) + more
            table.add_row(*map(escape, (one.id, one.indicator, one.site, text, one.passage.attribution, one.why)))
        print_table(table)
    left = sum(taken.values()) - len(shown)
    inform(f"{counted(len(shown), 'suggestion')}" + (f", {left:,} more with --most" if left else ""), quiet=options.quiet)


def _suggested(one: Suggestion) -> dict[str, object]:
    return {
        "id": one.id,
        "indicator": one.indicator,
        "site": one.site,
        "claim": one.claim,
        "text": one.passage.text,
        "report": one.passage.reading.report.id,
        "why": one.why,
        "alike": one.alike,
    }


@dataclass(frozen=True, kw_only=True)
class Observe(opts.Common):
    """Options of ``board observe``."""

    what: Annotated[
        list[str], typer.Argument(metavar="ID | INDICATOR SITE CLAIM", help="A suggestion's id; or indicator, site and claim id.")
    ]
    record: opts.Record
    who: Who
    framework: Name = None
    accept: Annotated[bool, typer.Option("--accept/--reject", help="Whether the claim bears on the indicator.")] = True
    why: Annotated[str, typer.Option(metavar="TEXT", help="The reason.")] = ""
    admiralty: Annotated[str | None, typer.Option(metavar="CODE", help="A1 to F6; shown, never reckoned with.")] = None
    at: At = None


def observe(options: Observe) -> None:
    """Accepts or rejects a claim as an observation of an indicator at a site."""
    with open_store(options.record, create=False) as store:
        board = board_of(store.board(), options.framework)
        evidence = _evidence(store, quiet=options.quiet)
        (indicator, site, claim), suggested = _bound(options.what, board, evidence)
        binding = Binding(
            indicator=indicator,
            site=site,
            claim=claim,
            decision="accepted" if options.accept else "rejected",
            who=options.who,
            at=entered_at(options.at),
            why=options.why,
            admiralty=options.admiralty,
            suggested=suggested,
        )
        made = observation(board.framework, evidence, binding)
        store.add_to_board(made)
    origins = counted(made.origins, "independent origin")
    inform(f"{entry_id(made)}: {made.decision}; {made.standing}, {origins}; {indicator} at {site}", quiet=options.quiet)


def _bound(what: list[str], board: Board, evidence: Evidence) -> tuple[tuple[str, str, str], bool]:
    if len(what) == 3:
        return (what[0], what[1], what[2]), False
    if len(what) != 1:
        raise InputError("observation", " ".join(what), "is neither one id nor three", "give an id, or indicator, site and claim")
    if what[0] in board.observations:
        held = board.observations[what[0]]
        return (held.indicator, held.site, held.claim), held.suggested
    for one in suggestions(board.framework, evidence):
        if one.id == what[0]:
            return (one.indicator, one.site, one.claim), True
    raise InputError("observation", what[0], "no suggestion has this id", "see: rapporteur board suggest")


@dataclass(frozen=True, kw_only=True)
class Rate(opts.Common):
    """Options of ``board rate``."""

    condition: Annotated[str, typer.Argument(metavar="CONDITION")]
    site: Annotated[str, typer.Argument(metavar="SITE")]
    level: Annotated[str, typer.Argument(metavar="LEVEL", help="A level's number or name; unknown; not assessable.")]
    record: opts.Record
    assessor: Annotated[str, typer.Option(metavar="NAME", help="Whose rating it is.")]
    question: Annotated[str, typer.Option(metavar="ID", help="The question it answers.")]
    as_of: Annotated[str, typer.Option(metavar="DATE", help="The day it speaks of.")]
    confidence: Annotated[Confidence, typer.Option(help="How much it rests on.")]
    rationale: Annotated[str, typer.Option(metavar="TEXT", help="Why.")]
    change_my_mind: Annotated[str, typer.Option(metavar="TEXT", help="What would change it.")]
    framework: Name = None
    role: Annotated[RoleOption, typer.Option(help="An analyst's own, what a party states, or what is inferred of it.")] = (
        RoleOption.analyst
    )
    low: Annotated[int | None, typer.Option(metavar="N", help="Lowest level that is held possible; by default the level.")] = None
    high: Annotated[int | None, typer.Option(metavar="N", help="Highest level that is held possible.")] = None
    on: Annotated[list[str] | None, typer.Option(metavar="ID", help="An accepted observation it rests on; repeat.")] = None
    quotation: Annotated[str | None, typer.Option(metavar="CLAIM", help="For party-stated: the statement quoted.")] = None
    supersedes: Annotated[str | None, typer.Option(metavar="ID", help="The rating that this one corrects.")] = None
    who: Annotated[str | None, typer.Option(metavar="NAME", help="Who enters it; by default the assessor.")] = None
    at: At = None


def rate(options: Rate) -> None:
    """Adds a rating; none is ever changed."""
    with open_store(options.record, create=False) as store:
        board = board_of(store.board(), options.framework)
        made = rating_of(_answer(options), board)
        report = store.reading(report_of(made.quotation)) if made.quotation else None
        check_rating(made, board, next((c for c in report.claims if c.id == made.quotation), None) if report else None)
        store.add_to_board(made)
    inform(f"{entry_id(made)}: {made.condition} at {made.site}, {made.question}: {made.level}", quiet=options.quiet)


def _answer(options: Rate) -> Answer:
    return Answer(
        condition=options.condition,
        site=options.site,
        question=options.question,
        level=options.level,
        assessor=options.assessor,
        role=options.role.value,
        as_of=options.as_of,
        made=entered_at(options.at),
        recorded_by=options.who or options.assessor,
        confidence=options.confidence.value,
        rationale=options.rationale,
        change_my_mind=options.change_my_mind,
        low=options.low,
        high=options.high,
        observations=tuple(options.on or ()),
        quotation=options.quotation,
        supersedes=options.supersedes,
    )


@dataclass(frozen=True, kw_only=True)
class Show(opts.Common):
    """Options of ``board show``."""

    record: opts.Record
    framework: Name = None
    format: Annotated[ShowFormat, typer.Option(help="For the terminal, or a file.")] = ShowFormat.table
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="Only ratings that speak of days until DATE.")] = None
    known: Annotated[str | None, typer.Option(metavar="DATE", help="Only what was entered until DATE.")] = None
    out: Out = None


def show(options: Show) -> None:
    """Shows the board: matrix, disagreements, counts, minimum, agreement."""
    with open_store(options.record, create=False) as store:
        board = board_of(store.board(), options.framework)
        data = board_data(board, _evidence(store, quiet=options.quiet), as_of=options.as_of, known=options.known)
    if options.format is not ShowFormat.table:
        write_bytes(render(data, options.format.value), options.out)
        return
    matrix = rows.matrix(data)
    table = Table("condition", "site", "how it stands", *map(escape, rows.headings(data)), box=None, header_style="bold")
    for row in matrix:
        table.add_row(
            *map(escape, (row.condition, row.site, row.summary, *("\n".join(map(rows.stated, cell)) for cell in row.under)))
        )
    print_table(table)
    for row in matrix:
        for why in row.why:
            typer.echo(f"{row.condition}, {row.site}: {why}")
    for voice, heading in zip(data.voices, rows.headings(data), strict=True):
        numbers = ", ".join(f"{name}: {number}" for name, number in voice.counts)
        typer.echo(f"{heading}. {numbers}. Lowest: {rows.lowest(voice)}")


@dataclass(frozen=True, kw_only=True)
class Export(opts.Common):
    """Options of ``board export``."""

    record: opts.Record
    framework: Name = None
    format: Annotated[ExportFormat, typer.Option(help="Every entry as it was made, or the ratings as a table.")] = (
        ExportFormat.jsonl
    )
    out: Out = None


def export(options: Export) -> None:
    """Writes all entries, oldest first, or every rating as a row for spreadsheets."""
    with open_store(options.record, create=False) as store:
        entries = store.board()
        board = board_of(entries, options.framework)
        if options.format is ExportFormat.jsonl:
            name = board.framework.framework
            mine = [e for e in entries if not isinstance(e, ScheduleText) and e.framework == name]
            lines = (msgspec.json.encode({"id": entry_id(e), **msgspec.to_builtins(e)}) + b"\n" for e in mine)
            write_bytes(b"".join(lines), options.out)
        else:
            write_bytes(ratings_csv(board_data(board)), options.out)


def _evidence(store: Store, *, quiet: bool) -> Evidence:
    with Watch(quiet=quiet) as watch:
        watch.say("Linking and reconciling")
        readings, lineage = lineage_of(store)
        return Evidence(readings, reconcile(readings, lineage, Decided.of(store.judgements())))


def _known_indicator(board: Board, name: str | None) -> None:
    if name is not None and name not in board.framework.indicators:
        there = ", ".join(board.framework.indicators)
        raise InputError("indicator", name, "the framework has no such indicator", f"there are: {there}")


app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True,
                  help="Rate the conditions of a process on cited claims; see who disagrees, and why.",
                  context_settings={"help_option_names": ["-h", "--help"]})  # fmt: skip
for _task in (
    opts.command(Init, help_text="Check a framework and add it to a record.")(init),
    opts.command(Suggest, help_text="List claims that match an indicator.")(suggest),
    opts.command(Observe, help_text="Accept or reject a claim as an observation.")(observe),
    opts.command(Rate, help_text="Rate a condition at a site.")(rate),
    opts.command(Show, help_text="Show the board.")(show),
    opts.command(Export, help_text="Write the board's entries.")(export),
):
    app.registered_commands += _task.registered_commands
for _info, _name in zip(app.registered_commands, ("init", "suggest", "observe", "rate", "show", "export"), strict=True):
    _info.name = _name
