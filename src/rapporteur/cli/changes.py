"""``rapporteur changes``: what is new, changed, contradicted, dropped or vanished since a day or an earlier account."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from rapporteur.accounts import changes_between
from rapporteur.cli import options as opts
from rapporteur.cli.progress import Watch
from rapporteur.cli.run import write_bytes
from rapporteur.errors import InputError
from rapporteur.model.account import Account, ChangeRow
from rapporteur.pipeline import Told
from rapporteur.stages.write.formats.markdown import plain
from rapporteur.stages.write.passages import Passages
from rapporteur.store import open_store

_ACCOUNT = re.compile(r"@(\d{1,9})")
HEADINGS = {
    "contradicted": "Contradicted",
    "changed": "Changed",
    "vanished": "Vanished from an updated report",
    "dropped": "Dropped",
    "new": "New",
}
"""Kinds of change, what unsettles an earlier account first."""


class ChangesFormat(StrEnum):
    """Formats of ``changes``."""

    md = "md"
    json = "json"


@dataclass(frozen=True, kw_only=True)
class Options(opts.Common):
    """Options of ``changes``."""

    record: opts.Record
    since: Annotated[
        str, typer.Option(metavar="DATE|@N", help="Against what was published until DATE, or against account N of the record.")
    ]
    format: Annotated[ChangesFormat, typer.Option(help="For people, or JSON.")] = ChangesFormat.md
    out: Annotated[Path | None, typer.Option("--out", "-o", metavar="OUT", help="File to write.")] = None


@opts.command(Options, help_text="Tell what is new, changed, contradicted, dropped or vanished: facts, not documents.")
def app(options: Options) -> None:
    """Nothing is kept: the account of now is only compared."""
    since = _since(options.since)
    with open_store(options.record, create=False) as store, Watch(quiet=options.quiet) as watch:
        watch.say("Linking and reconciling")
        before, told = changes_between(store, since)
    if options.format is ChangesFormat.json:
        made: dict[str, Any] = {
            "schema": told.account.schema,
            "since": {"asked": options.since, **_state(before)},
            "until": _state(told.account),
            "changes": told.account.changes,
        }
        data = msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n"
    else:
        data = "".join(f"{line}\n" for line in _markdown(options.since, before, told)).encode("utf-8", "replace")
    write_bytes(data, options.out)


def _since(text: str) -> int | str:
    again = _ACCOUNT.fullmatch(text)
    if again:
        return int(again[1])
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise InputError("date", f"--since {text}", "is no date and no account", "write 2024-01-31 or @3") from None


def _state(account: Account) -> dict[str, Any]:
    process = account.process
    return {"as_of": process.as_of, "made_at": process.made_at, "reports": process.reports, "findings": len(account.findings)}


def _markdown(since: str, before: Account, told: Told) -> Iterator[str]:
    account, passages = told.account, Passages(told.readings)
    yield f"# {plain(account.process.title)}: changes since {plain(since)}"
    yield ""
    yield f"{before.process.reports} reports then, {account.process.reports} now. {len(account.changes)} changes of facts."
    for kind, heading in HEADINGS.items():
        rows = [row for row in account.changes if row["change"] == kind]
        if rows:
            yield from ("", f"## {heading}", "")
        for row in rows:
            yield f"- {plain(row['text'])}{_before(row)}"
            for passage in passages.known(row["cites"][:3]):
                span, report = passage.claim.span, plain(passage.reading.report.id)
                yield f"  - {plain(passage.attribution)}, report {report}, characters {span.start} to {span.end}"


def _before(row: ChangeRow) -> str:
    """How the finding stood: ``(was single, 31; now differ)``."""
    earlier = row["before"]
    if earlier is None:
        return ""
    low, high = earlier["low"], earlier["high"]
    number = "" if low is None or high is None else f", {low:,.10g}" if low == high else f", {low:,.10g} to {high:,.10g}"
    return f" (was {earlier['verdict']}{number}; now {row['verdict']})"
