"""The tables of the page: findings with both sides marked, drift, timeline, speakers. Each is capped, and says by how much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from markupsafe import Markup

from rapporteur.model.account import Account, Finding
from rapporteur.model.claims import StatementClaim
from rapporteur.stages.write.dates import short
from rapporteur.stages.write.drifted import CHANGED, drifts_of
from rapporteur.stages.write.guard import words
from rapporteur.stages.write.page.cites import Cite, Citer
from rapporteur.stages.write.page.marked import marked_excerpt
from rapporteur.stages.write.passages import Passage, Passages
from rapporteur.stages.write.speakers import Speakers
from rapporteur.stages.write.wording import beginning, best_of

Row = TypeVar("Row")

MOST_FINDINGS, MOST_DRIFTS, MOST_ROWS, MOST_SPEAKERS, MOST_SAID = 20, 30, 60, 24, 6
MOST_SIDES = 3
HEADING = 90
"""Code points of a heading before it is cut: two lines of a column."""
CONTEXT = 150
"""Code points of a passage shown on each side of the claim before it is cut at a word."""


@dataclass(frozen=True, slots=True)
class Capped(Generic[Row]):
    """Rows shown, and how many more stand in the JSON account."""

    rows: tuple[Row, ...]
    more: int

    @classmethod
    def of(cls, rows: Sequence[Row], most: int) -> Capped[Row]:
        """The first ``most`` of ``rows``."""
        return cls(tuple(rows[:most]), max(0, len(rows) - most))


@dataclass(frozen=True, slots=True)
class Side:
    """One passage beside another: its sentence with the claim marked, who publishes it, who says it."""

    html: Markup
    attribution: str
    speaker: str
    cite: Cite
    more: tuple[Cite, ...] = ()


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding with the passages for it and, where there are any, those against it."""

    label: str
    kind: str
    verdict: str
    origins: int
    speakers: int
    sides: tuple[Side, ...]
    against: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Drifted:
    """A fact that changed on the way: what the parent says and what the child says."""

    type: str
    note: str
    parent: Side
    child: Side


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table: ``cells`` by column name, its text, its citations."""

    cells: Mapping[str, str]
    text: str
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """One speaker's statements by date."""

    name: str
    count: int
    said: tuple[Side, ...]


def side_of(passage: Passage, passages: Passages, citer: Citer, more: Sequence[Passage] = ()) -> Side:
    """``passage`` with its claim marked; ``more`` say the same and are cited beside it."""
    report = passage.reading.report
    low, high = beginning(passage), passage.sentence[1]
    span = passage.claim.span
    first, last = low, high
    if span.start - low > CONTEXT:
        first = report.text.find(" ", span.start - CONTEXT, span.start)
        first = first + 1 if first >= 0 else span.start
    if high - span.end > CONTEXT:
        last = max(report.text.rfind(" ", span.end, span.end + CONTEXT), span.end)
    style = f"k k-{passage.claim.__struct_config__.tag}"
    html = marked_excerpt(report.text, (first, last), (span.start, span.end), style)
    html = Markup("… " if first > low else "") + html + Markup(" …" if last < high else "")
    return Side(
        html=html,
        attribution=passage.attribution,
        speaker=passages.speaker_of(passage) or "",
        cite=citer.one(passage.claim.id),
        more=citer.all(p.claim.id for p in more),
    )


def _sides(claims: Sequence[str], passages: Passages, citer: Citer) -> tuple[Side, ...]:
    """The passages of ``claims``: those with the same words together, at most ``MOST_SIDES`` different ones."""
    groups: dict[str, list[Passage]] = {}
    for passage in passages.known(claims):
        if passage.found:
            groups.setdefault(" ".join(passage.claim.span.exact.casefold().split()), []).append(passage)
    chosen = sorted(groups.values(), key=lambda g: -len({p.reading.report.id for p in g}))[:MOST_SIDES]
    sides = []
    for group in chosen:
        first = best_of(group, frozenset())
        rest = {p.reading.report.id: p for p in group if p.reading.report.id != first.reading.report.id}
        sides.append(side_of(first, passages, citer, list(rest.values())[:6]))
    return tuple(sides)


def heading(finding: Finding) -> str:
    """The finding's label on one line, cut at a word when long; of a statement the speaker, as its words stand below."""
    label = " ".join(finding.label.split())
    if finding.kind == "statement" and ": " in label:
        label = label.split(": ", 1)[0]
    if len(label) <= HEADING:
        return label
    return label[: label.rfind(" ", HEADING // 2, HEADING)].rstrip(" ,;:") + " …"


def findings_rows(findings: Sequence[Finding], passages: Passages, citer: Citer) -> Capped[FindingRow]:
    """Findings with the passages on both sides, heaviest first."""
    rows = []
    for finding in findings[:MOST_FINDINGS]:
        sides = _sides(finding.supports, passages, citer)
        if sides:
            against = _sides(finding.contradicts, passages, citer)
            rows.append(
                FindingRow(heading(finding), finding.kind, finding.verdict, finding.origins, finding.speakers, sides, against)
            )
    return Capped(tuple(rows), max(0, len(findings) - MOST_FINDINGS))


def drifted_of(account: Account, passages: Passages, citer: Citer) -> Capped[Drifted]:
    """What changed along derivations, each pair once, in the findings' order."""
    known = [d for d in drifts_of(account, passages) if passages[d.source].found and passages[d.target].found]
    # Two sentences that are word for word the same show a reader no change, whatever their fields resolve to.
    known = [d for d in known if words(passages[d.source].text) != words(passages[d.target].text)]
    rows = [
        Drifted(
            CHANGED[drift.type],
            drift.note,
            side_of(passages[drift.source], passages, citer),
            side_of(passages[drift.target], passages, citer),
        )
        for drift in known[:MOST_DRIFTS]
    ]
    return Capped(tuple(rows), max(0, len(known) - MOST_DRIFTS))


def table_rows(rows: Sequence[Mapping[str, Any]], citer: Citer, lead: str = "") -> Capped[TableRow]:
    """Plain rows as they stand in the account, values as words; ``lead`` names a column to sort by first, if any."""
    ordered = sorted(rows, key=lambda r: str(r.get(lead, ""))) if lead else list(rows)
    shown = [
        TableRow(
            {k: _cell(k, v) for k, v in row.items() if k not in ("text", "cites", "before")},
            str(row["text"]),
            citer.all(row["cites"][:6]),
        )
        for row in ordered[:MOST_ROWS]
    ]
    return Capped(tuple(shown), max(0, len(rows) - MOST_ROWS))


def _cell(name: str, value: object) -> str:
    if value is None:
        return "open" if name in ("low", "high") else ""
    if name in ("date", "due"):
        return short(str(value))
    if isinstance(value, bool):
        return "yes" if value else "inferred"
    if isinstance(value, float):
        return f"{value:,.10g}"
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    return str(value)


def timeline_rows(account: Account, citer: Citer) -> Capped[TableRow]:
    """The timeline; when it is long, the entries of the heaviest findings, still by date."""
    weight = {f.id: f.weight for f in account.findings}
    entries = list(account.timeline)
    if len(entries) > MOST_ROWS:
        heaviest = sorted(entries, key=lambda e: -weight.get(e.finding or "", 0.0))[:MOST_ROWS]
        kept = {id(e) for e in heaviest}
        entries = [e for e in entries if id(e) in kept]
    rows = [
        TableRow({"date": ("week of " if e.precision == "week" else "") + short(e.date)}, e.text, citer.all(e.cites))
        for e in entries
    ]
    return Capped(tuple(rows), len(account.timeline) - len(rows))


def posture_rows(account: Account, citer: Citer) -> Capped[TableRow]:
    """Force levels by place and date."""
    rows = [
        TableRow(
            {
                "place": row["place"],
                "whose": row["whose"] or "not said",
                "date": ("about " if row["dated"] == "placed" else "") + short(row["date"]),
                "level": row["level"],
                "said_by": "; ".join(row["said_by"]),
                "origins": str(row["origins"]),
            },
            row["text"],
            citer.all(row["cites"]),
        )
        for row in account.posture[:MOST_ROWS]
    ]
    return Capped(tuple(rows), max(0, len(account.posture) - MOST_ROWS))


def speakers_of(account: Account, passages: Passages, citer: Citer) -> Capped[SpeakerRow]:
    """Speakers by how many reports they are heard in; of each the statements of the heaviest findings, by date."""
    said: dict[str, list[Passage]] = {}
    order = [c for f in account.findings if f.kind == "statement" for c in f.supports]
    speakers = Speakers(account.actors)
    for passage in passages.known(dict.fromkeys(order)):
        name = speakers.name(passage.claim) if isinstance(passage.claim, StatementClaim) else None
        if name and passage.found:
            said.setdefault(name, []).append(passage)
    ranked = sorted(said.items(), key=lambda i: (-len({p.reading.report.id for p in i[1]}), -len(i[1]), i[0]))
    rows = []
    for name, statements in ranked[:MOST_SPEAKERS]:
        heaviest = sorted(statements[:MOST_SAID], key=lambda p: (p.around, p.reading.report.id, p.claim.span.start))
        rows.append(SpeakerRow(name, len(statements), tuple(side_of(p, passages, citer) for p in heaviest)))
    return Capped(tuple(rows), max(0, len(ranked) - MOST_SPEAKERS))
