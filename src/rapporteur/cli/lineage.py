"""``rapporteur lineage``: one report's chain back to its origins, with the evidence."""

from __future__ import annotations

import sys
from collections import Counter
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
from rapporteur.model.lineage import Evidence, Relation
from rapporteur.model.report import Report
from rapporteur.stages.write.drifted import CHANGED
from rapporteur.standing import Chain, chain
from rapporteur.store import open_store
from rapporteur.store.base import Store

# Characters of a passage shown: two lines of a terminal.
_SHOWN = 160
_LINE = 10_000  # columns for a program that reads the output


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
        report = _find(options.report, store)
        watch.say("Linking")
        found = chain(store, report)
    if options.format is opts.ReadFormat.jsonl:
        for derivation in found.derivations:
            sys.stdout.buffer.write(msgspec.json.encode(derivation) + b"\n")
        sys.stdout.buffer.flush()
    else:
        _show(report, found)


def _find(wanted: str, store: Store) -> str:
    """The id of the report that ``wanted`` names."""
    captures = store.captures()
    same = [c.report for c in captures if wanted in (c.report, c.place)] or [
        c.report for c in captures if c.report.startswith(wanted)
    ]
    # What a report calls its own address stands in its reading alone.
    same = same or [r.report.id for r in store.readings() if wanted in (r.report.path, r.report.url)]
    if len(same) == 1:
        return same[0]
    if not same:
        raise InputError("report", wanted, "no such report in the record", "list them with: rapporteur read --record")
    raise InputError("report", wanted, f"names {len(same)} reports", f"say which: {', '.join(same[:9])}")


def _show(report: str, chain: Chain) -> None:
    tree = Tree(_name(chain.readings[report].report))
    branches = {report: tree}
    changed = _changed(chain)
    for derivation in chain.derivations:
        parent = chain.readings.get(derivation.parent or "")
        name = _name(parent.report) if parent else f"{escape(derivation.credited or '?')} (not in the record)"
        kind = _SAID[derivation.relation]
        covers = f"; {derivation.coverage:.0%} of its sentences stand there" if parent else ""
        branch = branches[derivation.report].add(f"[bold]{kind}[/bold] {name}  (probability {derivation.score:.2f}{covers})")
        if derivation.reason:
            branch.add(f"because: {escape(derivation.reason)}")
        for line in _evidence(derivation.evidence):
            branch.add(escape(line))
        for line in changed.get((derivation.report, derivation.parent or ""), ()):
            branch.add(f"[bold]changed:[/bold] {escape(line)}")
        if parent:
            branches.setdefault(parent.report.id, branch)
    # A tree cuts what is wider than the screen; where there is none, a program reads line by line.
    console = Console(highlight=False, width=None if sys.stdout.isatty() else _LINE)
    console.print(tree)
    for origin in chain.origins:
        seen = chain.readings.get(origin.label.rpartition(": ")[2]) if origin.seen else None
        console.print("origin: " + (_name(seen.report) if seen else f"{escape(origin.label)} (not in the record)"))


_SAID: dict[Relation, str] = {
    "copy": "copy of", "excerpt": "excerpt from", "rewrite": "rewrite of", "hop": "reports what was reported by",
    "common-origin": "same origin as",
}  # fmt: skip


def _changed(chain: Chain) -> dict[tuple[str, str], list[str]]:
    """What drifted, in a line each, by report and parent."""
    claims = {claim.id: (name, claim) for name, reading in chain.readings.items() for claim in reading.claims}
    out: dict[tuple[str, str], list[str]] = {}
    for drift in chain.drifts:
        (parent, source), (child, target) = claims[drift.source], claims[drift.target]
        line = f"{CHANGED[drift.type]}, {drift.note}: “{_cut(source.span.exact)}” → “{_cut(target.span.exact)}”"
        out.setdefault((child, parent), []).append(line)
    return out


def _name(report: Report) -> str:
    who = report.outlet or (report.dateline.agency if report.dateline else None)
    about = ", ".join(filter(None, (who, report.published.value if report.published else None, report.id)))
    return escape(f"{report.title or report.path or report.url or report.id} [{about}]")


def _evidence(evidence: Sequence[Evidence]) -> list[str]:
    """What a derivation rests on: the strongest passages in full, and how many there are beside them."""
    passages = [e for e in evidence if e.kind == "passage"]
    best = sorted(passages, key=lambda e: _CLOSE.index(e.note) if e.note in _CLOSE else len(_CLOSE))[:_PASSAGES]
    lines = [_line(e) for e in passages if e in best]
    if len(passages) > len(best):
        notes = Counter(e.note for e in passages)
        said = ", ".join(f"{count} {note}" for note, count in notes.items())
        lines.append(f"{len(passages)} passages in all: {said}")
    lines += [_line(e) for e in evidence if e.kind in ("quotation", "order")]
    for kind, said in _MANY.items():
        listed = dict.fromkeys(f"“{_cut(e.report.exact)}”" for e in evidence if e.kind == kind and e.report)
        if listed:
            lines.append(f"{said}: {', '.join(listed)}")
    known = {"passage", "quotation", "order", *_MANY}
    return lines + [_line(e) for e in evidence if e.kind not in known or (e.kind in _MANY and not e.report)]


_MANY = {"figure": "figures in common", "name": "rare names in common", "credit": "credits"}
"""Kinds of evidence of which one line says all."""
_CLOSE = ("word for word", "partly word for word", "reworded")
_PASSAGES = 3
"""Passages shown of a derivation; a copy shares all it has."""


def _line(evidence: Evidence) -> str:
    parts: list[str] = [evidence.kind]
    if evidence.report:
        parts.append(f"“{_cut(evidence.report.exact)}”")
    if evidence.parent and (not evidence.report or evidence.parent.exact != evidence.report.exact):
        parts.append(f"there: “{_cut(evidence.parent.exact)}”")
    if evidence.note:
        parts.append(f"({evidence.note})")
    return " ".join(parts)


def _cut(text: str) -> str:
    line = " ".join(text.split()).strip('“”"')
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]} …"
