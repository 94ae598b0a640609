"""Findings: listed with how they stand, and one with all passages for and against it."""

from __future__ import annotations

from msgspec import Struct

from rapporteur.desk.overview import marks_of
from rapporteur.desk.record import Record, Standing
from rapporteur.desk.rows import Cite, Rows, cite, cites, paged
from rapporteur.desk.viewer import Viewer
from rapporteur.errors import MissingError
from rapporteur.model.account import Finding
from rapporteur.model.judgement import Judgement, in_force
from rapporteur.model.lineage import Drift
from rapporteur.stages.write.page.sections import heading
from rapporteur.stages.write.passages import Passage, Passages

MOST_PASSAGES = 200
"""Passages of one finding on a page: more than a person reads; the API has them all by claim."""


LONGEST_HEADING = 110
"""Code points of a statement in a list: one line of the page."""


class Wanted(Struct, frozen=True):
    """Which findings: of a kind, a verdict, with so many origins at most, whose label holds each of ``words``."""

    kind: str = ""
    verdict: str = ""
    origins: int | None = None
    words: str = ""


class FindingRow(Struct, frozen=True):
    """A finding in a list, with a few citations."""

    finding: Finding
    heading: str
    marks: tuple[str, ...]
    cites: tuple[Cite, ...]


class Said(Struct, frozen=True):
    """A passage: ``before``, the claim's words and ``after`` make up its sentence; ``speaker`` says it, where that is known."""

    cite: Cite
    before: str
    exact: str
    after: str
    speaker: str | None
    kind: str


class FindingView(Struct, frozen=True):
    """A finding with its passages by side, what drifted, what was rejected of it, and the judgements that bear on it.

    ``claim`` is one that stands in it: by it the finding is found when others join it and its id is another.
    """

    finding: Finding
    claim: str
    heading: str
    marks: tuple[str, ...]
    supports: tuple[Said, ...]
    contradicts: tuple[Said, ...]
    parts: tuple[Said, ...]
    rejected: tuple[Said, ...]
    drifts: tuple[tuple[Drift, Said, Said], ...]
    judgements: tuple[Judgement, ...]


def findings(record: Record, viewer: Viewer, wanted: Wanted, page: int = 1, process: str | None = None) -> Rows[FindingRow]:
    """The findings that are ``wanted``, heaviest first."""
    standing = record.standing(viewer, process)
    if standing is None:
        return paged((), page)
    rows = paged(standing.once(wanted, lambda: [f for f in standing.shown.findings if _fits(f, wanted)]), page)
    passages = record.passages(standing, [c for f in rows.rows for c in (*f.supports[:3], *f.contradicts[:2])])
    return rows.map(
        lambda f: FindingRow(
            f, _heading(f), marks_of(f.verdict, f.origins), cites((*f.supports[:3], *f.contradicts[:2]), passages)
        )
    )


def _fits(finding: Finding, wanted: Wanted) -> bool:
    if wanted.kind and finding.kind != wanted.kind:
        return False
    if wanted.verdict and finding.verdict != wanted.verdict:
        return False
    if wanted.origins is not None and finding.origins > wanted.origins:
        return False
    label = finding.label.casefold()
    return all(word in label for word in wanted.words.casefold().split())


def finding(record: Record, viewer: Viewer, ident: str) -> FindingView:
    """One finding of the last account; ``MissingError`` when it has none of this id."""
    standing = record.stand(viewer)
    found = standing.findings.get(ident)
    if found is None:
        raise MissingError(ident, "the account holds no such finding", "it may have changed: look it up in the list")
    return view_of(record, standing, found)


def finding_with(record: Record, viewer: Viewer, claim: str) -> FindingView:
    """The finding that ``claim`` stands in; ``MissingError`` when it stands in none."""
    standing = record.stand(viewer)
    found = standing.by_claim.get(claim)
    if found is None:
        raise MissingError(claim, "stands in no finding of the account", "see its report")
    return view_of(record, standing, found)


def view_of(record: Record, standing: Standing, found: Finding) -> FindingView:
    """``found`` with its passages."""
    parts = [c for p in found.parts for c in (standing.findings[p].supports[:1] if p in standing.findings else (p,))]
    drifted = [c for d in found.drifts for c in (d.source, d.target)]
    sides = (found.supports[:MOST_PASSAGES], found.contradicts[:MOST_PASSAGES], parts[:MOST_PASSAGES], found.rejected)
    passages = record.passages(standing, [*(c for side in sides for c in side), *drifted])
    supports, contradicts, others, rejected = (tuple(_said(p, passages) for p in passages.known(side)) for side in sides)
    about = {*found.supports, *found.contradicts, *found.parts, *found.rejected}
    return FindingView(
        finding=found,
        claim=next(iter((*found.supports, *found.rejected, *found.contradicts)), ""),
        heading=_heading(found),
        marks=marks_of(found.verdict, found.origins),
        supports=supports,
        contradicts=contradicts,
        parts=others,
        rejected=rejected,
        drifts=tuple(
            (d, _said(passages[d.source], passages), _said(passages[d.target], passages))
            for d in found.drifts
            if d.source in passages and d.target in passages
        ),
        judgements=tuple(j for j in in_force(record.store.judgements()) if not about.isdisjoint(j.subjects)),
    )


def _heading(finding: Finding) -> str:
    """As in an account; of a statement who says what, as its words stand nowhere else in a list."""
    if finding.kind != "statement":
        return heading(finding)
    label = " ".join(finding.label.split())
    if len(label) <= LONGEST_HEADING:
        return label
    return label[:LONGEST_HEADING].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"


def _said(passage: Passage, passages: Passages) -> Said:
    text, span = passage.reading.report.text, passage.claim.span
    low, high = passage.sentence
    kind = str(passage.claim.__struct_config__.tag)
    return Said(
        cite(passage),
        text[low : span.start].lstrip(),
        span.exact,
        text[span.end : high].rstrip(),
        passages.speaker_of(passage),
        kind,
    )
