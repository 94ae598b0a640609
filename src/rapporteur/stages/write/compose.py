"""Readings, lineage and findings to one account: lines chosen, worded, and passed through the writer's guard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec

from rapporteur import __version__
from rapporteur.errors import UncitedLineError
from rapporteur.model.account import Account, AccountReport, CitedLine, Finding, Process, Verdict
from rapporteur.model.claims import FigureClaim, PositionClaim
from rapporteur.model.lineage import Drift, Lineage
from rapporteur.model.reading import SCHEMA, Reading
from rapporteur.model.report import Issue
from rapporteur.stages.link.descriptions import speaks
from rapporteur.stages.link.origins import independent
from rapporteur.stages.write.changes import changes_since
from rapporteur.stages.write.guard import Guard
from rapporteur.stages.write.incidents import incidents_of
from rapporteur.stages.write.numbers import numbers, stated_number
from rapporteur.stages.write.passages import Passage, Passages
from rapporteur.stages.write.posture import posture_of
from rapporteur.stages.write.salience import FEW, MOST_BACK, MOST_OF_A_KIND, ON_TOPIC, Scale, Topic, looks_back, repeats, salience
from rapporteur.stages.write.speakers import PRONOUNS, Speakers, says_so, speaking
from rapporteur.stages.write.support import for_lines
from rapporteur.stages.write.tables import (
    commitments_of,
    positions_of,
    questions_of,
    series_of,
)
from rapporteur.stages.write.timeline import timeline_of
from rapporteur.stages.write.wording import Line, line_of

Row = TypeVar("Row")

BRIEF_LINES, FEWEST_LINES = 9, 5
AWKWARD = 2.0
"""``wording.awkwardness`` up to which a sentence may stand alone in the brief: a headline has 2.5, a "He said ..." 3."""
LOOKED_AT = 200
"""Findings, by weight, among which the lines of the brief are chosen."""


@dataclass(frozen=True, slots=True)
class ComposeOptions:
    """What the user sets: ``as_of`` and ``made_at`` are ISO dates or times; ``issues`` those met before any reading (inputs
    that could not be read); ``previous`` the account against which ``changes`` are told."""

    title: str | None = None
    as_of: str | None = None
    made_at: str | None = None
    issues: tuple[Issue, ...] = ()
    previous: Account | None = None


class Scribe:
    """Lines pass through here into the account: what the guard refuses becomes an issue, and nothing else of it remains."""

    def __init__(self, passages: Passages) -> None:
        self._guard = Guard(passages)
        self.issues: list[Issue] = []

    def passes(self, where: str, text: str, cites: Sequence[str]) -> bool:
        """Whether the line stands; if not, the refusal is noted under ``where``."""
        try:
            self._guard.check(text, cites)
        except UncitedLineError as refusal:
            self.issues.append(Issue("refused-line", where, str(refusal)))
            return False
        return True

    def stands(self, text: str, cites: Sequence[str]) -> bool:
        """Whether the line stands, noting nothing: for trying a fuller wording before a plainer one."""
        try:
            self._guard.check(text, cites)
        except UncitedLineError:
            return False
        return True


def compose(readings: Sequence[Reading], lineage: Lineage, findings: Sequence[Finding], options: ComposeOptions) -> Account:
    """The account of ``readings``. The order of the readings does not matter; the same input gives the same account."""
    readings = sorted(readings, key=lambda r: r.report.id)
    passages = Passages(readings, lineage.placements)
    findings = _with_all_drifts(findings, lineage.drifts)
    ranked = sorted(findings, key=lambda f: (-f.weight, -f.origins, -f.speakers, f.id))
    derived = frozenset(d.report for d in lineage.derivations if d.relation != "common-origin")
    scribe = Scribe(passages)
    as_of = options.as_of or max((r.report.published.value for r in readings if r.report.published), default=None)
    topic = Topic(passages)
    told = for_lines(_with_part_claims(ranked, passages), passages, lineage.origins, derived, topic)
    brief = _brief(told, passages, derived, scribe, topic, _carried_by_parts(findings))
    claims, broken = _claims(readings)
    account = Account(
        schema=SCHEMA,
        process=Process(
            title=options.title or _title(readings, lineage),
            as_of=as_of,
            reports=len(readings),
            origins=len(lineage.origins),
            speakers=Speakers(lineage.actors).count(readings),
            made_at=options.made_at,
            version=__version__,
            publishers=len(independent(o.id for o in lineage.origins)),
        ),
        reports=tuple(_listed(r, passages) for r in readings),
        claims=claims,
        derivations=lineage.derivations,
        origins=lineage.origins,
        findings=tuple(ranked),
        timeline=_kept(timeline_of(told, passages, derived), "timeline", scribe),
        series=series_of(told, passages),
        positions=_kept(positions_of(passages), "positions", scribe),
        commitments=_kept(commitments_of(passages, as_of), "commitments", scribe),
        incidents=_kept(incidents_of(told, passages, derived), "incidents", scribe),
        brief=brief,
        changes=(),
        issues=(),
        questions=_kept(questions_of(told, passages), "questions", scribe),
        actors=speaking(lineage.actors, readings),
        posture=_kept(posture_of(told, lineage.origins, passages), "posture", scribe),
    )
    if options.previous is not None:
        new = _kept(changes_since(options.previous, account, passages, derived), "changes", scribe)
        account = msgspec.structs.replace(account, changes=new)
    issues = (*options.issues, *_reading_issues(readings), *broken, *scribe.issues)
    return msgspec.structs.replace(account, issues=tuple(dict.fromkeys(issues)))


def _with_all_drifts(findings: Sequence[Finding], drifts: Sequence[Drift]) -> list[Finding]:
    """``findings`` with each drift at the finding that holds its claims, so that none that lineage found is lost from view."""
    told = {(d.type, d.source, d.target) for f in findings for d in f.drifts}
    holder = {c: i for i, f in reversed(list(enumerate(findings))) for c in (*f.supports, *f.contradicts)}
    added: dict[int, list[Drift]] = {}
    for drift in drifts:
        at = holder.get(drift.source, holder.get(drift.target))
        if at is not None and (drift.type, drift.source, drift.target) not in told:
            added.setdefault(at, []).append(drift)
    return [msgspec.structs.replace(f, drifts=(*f.drifts, *added[i])) if i in added else f for i, f in enumerate(findings)]


def _with_part_claims(findings: Sequence[Finding], passages: Passages) -> list[Finding]:
    """``findings`` for wording: a part that is itself a finding stands as its first claim, which a line can quote and cite."""
    first = {f.id: next((c for c in f.supports if c in passages), None) for f in findings}
    return [
        msgspec.structs.replace(f, parts=tuple(c for p in f.parts if (c := first.get(p, p)) is not None)) if f.parts else f
        for f in findings
    ]


def _carried_by_parts(findings: Sequence[Finding]) -> dict[str, tuple[str, ...]]:
    """For each sum the claims of all its parts: on them its origins were counted, and so are its reports."""
    known = {f.id: f.supports for f in findings}
    return {f.id: tuple(c for p in f.parts for c in known.get(p, (p,))) for f in findings if f.verdict == "sum"}


def _kept(rows: Iterable[Row], where: str, scribe: Scribe) -> tuple[Row, ...]:
    kept = []
    for row in rows:
        text, cites = (row["text"], row["cites"]) if isinstance(row, dict) else (row.text, row.cites)  # type: ignore[attr-defined]
        if scribe.passes(where, text, cites):
            kept.append(row)
    return tuple(kept)


def _brief(
    ranked: Sequence[Finding],
    passages: Passages,
    derived: frozenset[str],
    scribe: Scribe,
    topic: Topic,
    of_parts: Mapping[str, Sequence[str]],
) -> tuple[CitedLine, ...]:
    """The heaviest findings whose lines stand and do not repeat a line above them, heaviest first.

    Lines that lean on the sentence before them, headlines and fragments are taken only when too few others are left.
    """
    scale = Scale(ranked, passages, topic)
    ranked = _one_sum(sorted(ranked, key=lambda f: -salience(f, passages, topic, scale)), passages, derived)
    chosen: dict[int, CitedLine] = {}
    kinds: Counter[str] = Counter()
    told = _Told(passages, topic.common)
    for bearable, enough in ((AWKWARD, BRIEF_LINES), (float("inf"), FEWEST_LINES)):
        for rank, finding in enumerate(ranked[:LOOKED_AT]):
            if len(chosen) >= enough:
                break
            line = None if rank in chosen else line_of(finding, passages, derived)
            kind = finding.kind
            if line is None or line.awkwardness > bearable or kinds[kind] >= MOST_OF_A_KIND[kind]:
                continue
            first = passages[line.cites[0]]
            if len(chosen) >= FEWEST_LINES and topic.share_around(first) < ON_TOPIC:
                continue
            back = looks_back(first) or topic.mourns(first)
            if back and kinds["back"] >= MOST_BACK:
                continue
            if told.holds(finding, line):
                continue
            plain = line_of(msgspec.structs.replace(finding, verdict="agree"), passages, derived)
            line = _first_standing(line, plain, scribe)
            if line:
                told.add(line)
                kinds.update([kind, *(["back"] if back else [])])
                carried = (*finding.supports, *of_parts.get(finding.id, ()))
                speakers = _speakers(finding, [p for p in passages.known(line.cites) if p.claim.id in finding.supports], passages)
                counts = finding.origins, speakers, len({p.reading.report.id for p in passages.known(carried)})
                chosen[rank] = CitedLine(line.text, line.cites, finding.id, finding.verdict, *counts)
    return tuple(chosen[rank] for rank in sorted(chosen))


def _speakers(finding: Finding, cited: Sequence[Passage], passages: Passages) -> int:
    """To how many speakers a line ascribes what it says. An event has none of its own, but may be told by someone; what a report
    narrates of a party's stand nobody says; and what a document says has no speaker."""
    tellers = {s for p in cited if (s := passages.teller_of(p)) and s.casefold() not in PRONOUNS}
    heard = {s for s in tellers if speaks(s) or s != s.lower()}
    narrated = all(isinstance(p.claim, PositionClaim) and not p.claim.stated for p in cited)
    own = 0 if narrated or (tellers and not heard) else finding.speakers
    return own or len(heard) or int(any(map(says_so, cited[:1])))


class _Told:
    """What the lines of a brief have told: their claims, sentences, numbers and content words."""

    def __init__(self, passages: Passages, common: frozenset[str]) -> None:
        self._passages = passages
        self._common = common
        self._claims: set[str] = set()
        self._sentences: set[tuple[str, tuple[int, int]]] = set()
        self._numbers: set[float] = set()
        self._bodies: list[str] = []

    def holds(self, finding: Finding, line: Line) -> bool:
        """Whether ``line`` would only repeat: its claims or sentence are cited above, a line above gives its number, or the two
        share most of their content words."""
        first = self._passages[line.cites[0]]
        if self._claims.issuperset(finding.supports) or self._sentence(first) in self._sentences:
            return True
        if isinstance(first.claim, FigureClaim):
            number = stated_number(first.claim.figure)
            if number is not None and number >= FEW and number in self._numbers:
                return True
        return any(repeats(_body(line), body, self._common) for body in self._bodies)

    def add(self, line: Line) -> None:
        """Remembers ``line``."""
        self._claims.update(line.cites)
        self._sentences.update(self._sentence(self._passages[c]) for c in line.cites)
        self._numbers |= numbers(line.text)
        self._bodies.append(_body(line))

    @staticmethod
    def _sentence(passage: Passage) -> tuple[str, tuple[int, int]]:
        return passage.reading.report.id, passage.sentence


def _body(line: Line) -> str:
    """The line without the attribution and the notes."""
    return line.text.split(" (")[0]


def _one_sum(ranked: Sequence[Finding], passages: Passages, derived: frozenset[str]) -> list[Finding]:
    """``ranked`` with one finding for all totals that the same parts make up, at the place of the first of them: that of most
    origins, if possible from a report that took from no other. The claims of the others stand beside it as ``contradicts``, for
    the line only."""
    totals: dict[frozenset[str], list[Finding]] = {}
    for finding in ranked:
        if finding.verdict == "sum":
            totals.setdefault(frozenset(finding.parts), []).append(finding)
    out = []
    for finding in ranked:
        group = totals.get(frozenset(finding.parts), []) if finding.verdict == "sum" else [finding]
        if not group or finding is not group[0]:
            continue
        if len(group) > 1:
            own = {f.id: all(p.reading.report.id in derived for p in passages.known(f.supports)) for f in group}
            best = min(group, key=lambda f: (own[f.id], -f.origins, -f.weight, f.id))
            beside = (c for f in group if f is not best for c in f.supports if c not in best.parts)
            finding = msgspec.structs.replace(best, contradicts=tuple(beside))
        out.append(finding)
    return out


def _shown(finding: Finding) -> Verdict | None:
    """The verdict a line may name: no drift without the pair of passages that shows it."""
    return None if finding.verdict == "drift" and not finding.drifts else finding.verdict


def _first_standing(line: Line, plain: Line | None, scribe: Scribe) -> Line | None:
    """``line`` if the guard lets it pass, else the same without its notes, else None and an issue."""
    if scribe.stands(line.text, line.cites):
        return line
    if plain and scribe.passes("brief", plain.text, plain.cites):
        return plain
    return None


def _claims(readings: Sequence[Reading]) -> tuple[tuple[dict[str, Any], ...], list[Issue]]:
    """All claims as plain objects with their report's id; one whose span is not at its place is left out, with an issue."""
    rows: list[dict[str, Any]] = []
    issues = []
    for reading in readings:
        text, name = reading.report.text, reading.report.path or reading.report.id
        for claim in reading.claims:
            if claim.span.stands_in(text):
                row = msgspec.to_builtins(claim)
                rows.append({"id": row.pop("id"), "report": reading.report.id, **row})
            else:
                issues.append(Issue("misplaced-span", name, f"claim {claim.id} is not found at its place; it was left out"))
    return tuple(rows), issues


def _listed(reading: Reading, passages: Passages) -> AccountReport:
    report = reading.report
    names = set(AccountReport.__struct_fields__) - {"characters", "placed"}
    placed = passages.placed.get(report.id)
    return AccountReport(**{n: getattr(report, n) for n in names}, characters=len(report.text), placed=placed)


def _reading_issues(readings: Sequence[Reading]) -> list[Issue]:
    return [issue for reading in readings for issue in reading.report.issues]


_HEADLINE = 2
"""Reports for which naming somebody in the headline counts beside naming them at all: a headline names whom a report is about."""


def _title(readings: Sequence[Reading], lineage: Lineage) -> str:
    """The one or two places or organizations that the most reports name, above all in headlines (of equals the oftener named),
    and that publish none of the reports; else how many reports."""
    reports: Counter[str] = Counter()
    times: Counter[str] = Counter()
    clusters = {member: actor.name for actor in lineage.actors for member in actor.members}
    publishing: set[str] = set()
    for reading in readings:
        report, title = reading.report, reading.report.title_span
        publishing.update(filter(None, (report.outlet, report.dateline.agency if report.dateline else None)))
        named = [
            (clusters.get(m.actor or "", m.name or m.span.exact), title is not None and title.start <= m.span.start < title.end)
            for m in reading.mentions
            if m.kind in ("place", "organization")
        ]
        times.update(name for name, _ in named)
        reports.update({name for name, _ in named})
        reports.update(dict.fromkeys((name for name, headline in named if headline), _HEADLINE))
    top = sorted(reports.keys() - publishing, key=lambda name: (-reports[name], -times[name], name))[:2]
    return " and ".join(top) if top else f"Account of {len(readings)} reports"
