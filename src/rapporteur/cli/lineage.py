"""``rapporteur lineage``: one report's chain back to its origins, with the evidence."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.markup import escape
from rich.tree import Tree

from rapporteur.cli import options as opts
from rapporteur.cli.progress import Watch
from rapporteur.errors import InputError
from rapporteur.model.lineage import Derivation, Evidence, Lineage
from rapporteur.model.reading import Reading
from rapporteur.model.report import Report
from rapporteur.pipeline import lineage_of
from rapporteur.store import open_store

# Characters of a passage shown: two lines of a terminal.
_SHOWN = 160


@dataclass(frozen=True, kw_only=True)
class Options(opts.Common):
    """Options of ``lineage``."""

    report: Annotated[str, typer.Argument(metavar="REPORT", help="Its id, the beginning of its id, its path or address.")]
    record: opts.Record
    format: Annotated[opts.ReadFormat, typer.Option(help="For people, or one derivation per line.")] = opts.ReadFormat.table


@opts.command(Options, help_text="Show from whom a report took what it says, back to its origins, with the evidence.")
def app(options: Options) -> None:
    """Finds the report and walks its derivations."""
    with open_store(options.record, create=False) as store, Watch(quiet=options.quiet) as watch:
        watch.say("Linking")
        readings, lineage = lineage_of(store)
    report = _find(options.report, readings)
    if options.format is opts.ReadFormat.jsonl:
        for derivation in _chain(report.id, lineage):
            sys.stdout.buffer.write(msgspec.json.encode(derivation) + b"\n")
        sys.stdout.buffer.flush()
    else:
        _show(report, {reading.report.id: reading.report for reading in readings}, lineage)


def _find(wanted: str, readings: Sequence[Reading]) -> Report:
    reports = [reading.report for reading in readings]
    same = [r for r in reports if wanted in (r.id, r.path, r.url)] or [r for r in reports if r.id.startswith(wanted)]
    if len(same) == 1:
        return same[0]
    if not same:
        raise InputError("report", wanted, "no such report in the record", "list them with: rapporteur read --record")
    raise InputError("report", wanted, f"names {len(same)} reports", f"say which: {', '.join(r.id for r in same[:9])}")


def _chain(report: str, lineage: Lineage) -> list[Derivation]:
    """Derivations of the report, of its parents, and so on; each once, nearest first."""
    chain: list[Derivation] = []
    seen, wave = {report}, [report]
    while wave:
        found = [d for d in lineage.derivations if d.report in wave]
        chain.extend(found)
        wave = [d.parent for d in found if d.parent is not None and d.parent not in seen]
        seen.update(wave)
    return chain


def _show(report: Report, reports: dict[str, Report], lineage: Lineage) -> None:
    tree = Tree(_name(report))
    branches = {report.id: tree}
    for derivation in _chain(report.id, lineage):
        parent = reports.get(derivation.parent or "")
        name = _name(parent) if parent else f"{escape(derivation.credited or '?')} (not in the record)"
        line = f"[bold]{derivation.relation}[/bold] of {name}  score {derivation.score:.2f}, covers {derivation.coverage:.0%}"
        branch = branches[derivation.report].add(line)
        if derivation.reason:
            branch.add(f"because {escape(derivation.reason)}")
        for evidence in derivation.evidence:
            branch.add(_evidence(evidence))
        if parent:
            branches.setdefault(parent.id, branch)
    console = Console(soft_wrap=True)
    console.print(tree)
    origins = [origin for origin in lineage.origins if report.id in origin.reports]
    for origin in origins:
        console.print(f"origin: {escape(origin.label)}" + ("" if origin.seen else " (not in the record)"))


def _name(report: Report) -> str:
    published = f", {report.published.value}" if report.published else ""
    return escape(f"{report.title or report.path or report.url or report.id} [{report.outlet or '?'}{published}; {report.id}]")


def _evidence(evidence: Evidence) -> str:
    parts: list[str] = [evidence.kind]
    if evidence.report:
        parts.append(f"“{_cut(evidence.report.exact)}”")
    if evidence.parent and (not evidence.report or evidence.parent.exact != evidence.report.exact):
        parts.append(f"there: “{_cut(evidence.parent.exact)}”")
    if evidence.note:
        parts.append(f"({evidence.note})")
    return escape(" ".join(parts))


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]} …"
