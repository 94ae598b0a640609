"""``rapporteur ask``: a question, answered with findings and the passages they rest on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

import msgspec
import typer

from rapporteur import language
from rapporteur.accounts import followed, last_account
from rapporteur.asking.answer import Answer, Cited
from rapporteur.asking.desk import Desk, Reply
from rapporteur.cli import options as opts
from rapporteur.cli.progress import Watch
from rapporteur.cli.run import complain, write_bytes
from rapporteur.errors import InputError
from rapporteur.stages.write.dates import spoken
from rapporteur.store import open_store

NO_ANSWER = 3
_SHOWN = 6
"""Passages shown per side of a finding; the JSON reply has them all."""
_BOUNDS = {"exact": "", "about": "about ", "at-least": "at least ", "at-most": "at most ", "more-than": "more than "}
_BOUNDS |= {"less-than": "less than ", "range": ""}


class ReplyFormat(StrEnum):
    """Formats of ``ask``."""

    text = "text"
    json = "json"


@dataclass(frozen=True, kw_only=True)
class Options(opts.Common):
    """Options of ``ask``."""

    question: Annotated[str, typer.Argument(metavar="QUESTION", help='As in "how many attacks since October?"')]
    record: opts.Record
    format: Annotated[ReplyFormat, typer.Option(help="For people, or everything as JSON.")] = ReplyFormat.text
    language: Annotated[
        str | None, typer.Option(metavar="PIPELINE", help="An installed spaCy pipeline instead of the shipped one.")
    ] = None


@opts.command(Options, help_text="Answer a question with cited findings of a record, or say that it holds none.")
def app(options: Options) -> None:
    """Exit code 0 with an answer, 3 without."""
    if not options.question.strip():
        raise InputError("question", "QUESTION", "is empty", "ask in words")
    with open_store(options.record, create=False) as store, Watch(quiet=options.quiet) as watch:
        watch.say("Looking")
        snapshot = last_account(store, followed(store))
        reply = Desk.of(store, snapshot, language.load(options.language)).ask(options.question)
    if options.format is ReplyFormat.json:
        write_bytes(msgspec.json.format(msgspec.json.encode(reply), indent=1) + b"\n", None)
    else:
        write_bytes("".join(f"{line}\n" for line in _lines(reply)).encode("utf-8", "replace"), None)
    if reply.none:
        if options.format is ReplyFormat.json:
            complain(reply.none)
        raise typer.Exit(NO_ANSWER)


def _lines(reply: Reply) -> Iterator[str]:
    if reply.none:
        yield f"No answer: {reply.none}."
    for number, answer in enumerate(reply.answers):
        if number:
            yield ""
        yield from _told(answer)


def _told(answer: Answer) -> Iterator[str]:
    counts = [f"{answer.origins} origin{'' if answer.origins == 1 else 's'}"]
    if answer.speakers:
        counts.append(f"{answer.speakers} speaker{'' if answer.speakers == 1 else 's'}")
    standing = {"differ": "disputed", "drift": "drifted"}.get(answer.verdict, answer.verdict)
    yield f"{answer.label} [{answer.finding}]: {standing}, {', '.join(counts)}"
    for lead, side in (("", answer.supports), ("against: ", answer.contradicts)):
        for cited in side[:_SHOWN]:
            yield f"  {lead}{_figure(cited)}“{cited.passage}”"
            yield f"    {_where(cited)}"
        if len(side) > _SHOWN:
            yield f"  {lead}{len(side) - _SHOWN} more passages in the JSON reply"


def _figure(cited: Cited) -> str:
    if cited.when and cited.value is None:
        return f"{spoken(cited.when)}: "
    if cited.bound is None:
        return ""
    low, high = cited.low, cited.high
    number = f"{cited.value:,.10g}" if cited.value is not None else f"{low or 0:,.10g} to {high or 0:,.10g}"
    window = f" ({cited.window.text})" if cited.window else ""
    return f"{_BOUNDS[cited.bound]}{number}{window}: "


def _where(cited: Cited) -> str:
    said = f"{' '.join(cited.said_by.split())}, in " if cited.said_by else ""
    published = f", {spoken(cited.published)}" if cited.published else ""
    return f"{said}{cited.outlet}{published}; report {cited.report}, characters {cited.start} to {cited.end}"
