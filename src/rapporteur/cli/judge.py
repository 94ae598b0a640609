"""``rapporteur judge``: decisions of people on the record, made, undone, listed, and carried from record to record."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, cast

import msgspec
import typer
from rich.markup import escape
from rich.table import Table

from rapporteur.cli import options as opts
from rapporteur.cli.progress import Watch
from rapporteur.cli.run import counted, inform, print_table, write_bytes
from rapporteur.desk.judging import judgement_called, known_last, known_now
from rapporteur.errors import InputError
from rapporteur.judging.files import from_lines, to_lines
from rapporteur.judging.subjects import judgement_on
from rapporteur.model.claims import report_of
from rapporteur.model.judgement import Judgement, Verb, in_force, judgement_id
from rapporteur.store import open_store
from rapporteur.store.base import Store


class Task(StrEnum):
    """What ``judge`` can be asked to do."""

    same = "same"
    different = "different"
    unsure = "unsure"
    reject = "reject"
    correct = "correct"
    undo = "undo"
    list = "list"
    export = "export"
    take = "import"


@dataclass(frozen=True, kw_only=True)
class Options(opts.Common):
    """Options of ``judge``."""

    task: Annotated[Task, typer.Argument(help="The judgement; or list, export, import.")]
    subjects: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SUBJECT...",
            help="Ids of findings, claims, actors, or REPORT@PARENT; for undo number or id of a judgement; for import a file.",
            show_default=False,
        ),
    ] = None
    record: opts.Record
    who: Annotated[str | None, typer.Option(metavar="NAME", help="Who judges.")] = None
    why: Annotated[str, typer.Option(metavar="TEXT", help="The reason; it is shown in the account.")] = ""
    value: Annotated[str | None, typer.Option(metavar="V", help="For correct: what is right.")] = None
    at: Annotated[str | None, typer.Option(metavar="WHEN", help="When it was judged (ISO 8601); by default now.")] = None
    out: Annotated[Path | None, typer.Option("--out", "-o", metavar="OUT", help="For export: file to write.")] = None
    format: Annotated[opts.ReadFormat, typer.Option(help="For list: for people, or one judgement per line.")] = (
        opts.ReadFormat.table
    )


@opts.command(Options, help_text="Merge, split, reject or correct what was found; list, undo, export and import such judgements.")
def app(options: Options) -> None:
    """Opens the record and does what was asked."""
    with open_store(options.record, create=False) as store:
        if options.task is Task.list:
            _list(store.judgements(), options)
        elif options.task is Task.export:
            write_bytes(b"".join(to_lines(store.judgements())), options.out)
        elif options.task is Task.take:
            _import(store, options)
        else:
            judgement = _judgement(store, options)
            number = store.judge(judgement)
            inform(f"judgement {number} ({judgement_id(judgement)}): {_in_words(judgement)}", quiet=options.quiet)


def _judgement(store: Store, options: Options) -> Judgement:
    subjects = tuple(options.subjects or ())
    if not options.who or not options.who.strip():
        raise InputError("who", "--who", "a judgement is signed", "say who judges with --who")
    if not subjects:
        raise InputError("subject", "SUBJECT", "nothing to judge was named", "name findings, claims or actors by id")
    at = options.at or datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    try:
        datetime.fromisoformat(at)
    except ValueError:
        raise InputError("date", f"--at {at}", "is no time", "write it as 2024-01-31T09:00:00Z") from None
    verb = cast(Verb, str(options.task.value))
    raw = Judgement(verb, subjects, options.who, at, options.why, options.value)
    if verb == "undo":
        return msgspec.structs.replace(raw, subjects=tuple(judgement_called(s, store.judgements()) for s in subjects))
    last = known_last(store, subjects)
    try:
        return judgement_on(raw, last)
    except InputError as error:
        if error.code != "subject":
            raise
    with Watch(quiet=options.quiet) as watch:
        watch.say("Linking and reconciling")
        return judgement_on(raw, known_now(store))


def _import(store: Store, options: Options) -> None:
    held = {judgement_id(j) for j in store.judgements()}
    new = unknown = 0
    for name in options.subjects or ():
        try:
            data = Path(name).read_bytes()
        except OSError as error:
            raise InputError("unreadable", name, f"cannot be read ({error.strerror})", "name a file of judgements") from error
        for judgement in list(from_lines(data, name)):
            if judgement_id(judgement) not in held:
                held.add(judgement_id(judgement))
                store.judge(judgement)
                new += 1
                reports = {report_of(s) for s in judgement.subjects if "#" in s}
                unknown += any(store.reading(report) is None for report in reports)
    if not options.subjects:
        raise InputError("subject", "FILE", "no file of judgements was named", "name it after import")
    later = f"; {unknown:,} on reports that the record does not hold yet" if unknown else ""
    inform(f"{counted(new, 'judgement')} taken in{later}", quiet=options.quiet)


def _list(judgements: tuple[Judgement, ...], options: Options) -> None:
    if options.format is opts.ReadFormat.jsonl:
        for line in to_lines(judgements):
            sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()
        return
    holding = {judgement_id(j) for j in in_force(judgements)}
    table = Table("no", "id", "judgement", "who", "when", "why", "in force", box=None, header_style="bold")
    for number, judgement in enumerate(judgements, 1):
        ident = judgement_id(judgement)
        state = "yes" if ident in holding else "" if judgement.verb == "undo" else "no"
        cells = (str(number), ident, _in_words(judgement), judgement.who, judgement.at, judgement.why, state)
        table.add_row(*map(escape, cells))
    print_table(table)


def _in_words(judgement: Judgement) -> str:
    """``correct wire#f3 to 31``; of long sides the first subject and how many more."""
    words = list(judgement.subjects[:3])
    if len(judgement.subjects) > 3:
        words.append(f"and {len(judgement.subjects) - 3} more")
    value = f" to {judgement.value}" if judgement.value else ""
    return f"{judgement.verb} {' '.join(words)}{value}"
