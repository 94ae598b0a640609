"""The index of passages: each claim id with its reading, its sentence, and what is known of who publishes it and when."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapporteur.model.account import Account
from rapporteur.model.claims import Claim, EventClaim, FigureClaim, StatementClaim
from rapporteur.model.lineage import Placement
from rapporteur.model.reading import Reading
from rapporteur.stages.write.dates import contradicts, spoken
from rapporteur.stages.write.names import published_by
from rapporteur.stages.write.sentences import sentence_at

LOOKED_BACK = 40
"""Contents of statements before a place among which the one around it is sought: they nest a few deep, and a report of a
megabyte has thousands."""


@dataclass(frozen=True)
class Passage:
    """One claim in its report: ``sentence`` gives the code points [start, end) of the sentence around the claim's span."""

    reading: Reading
    claim: Claim
    placed: str | None = None
    """About when a report without a date is from (``Placement.value``): orders passages, and is never told as its date."""

    @cached_property
    def sentence(self) -> tuple[int, int]:
        """Bounds of the sentence, stopped at the headline's and at furniture's edge."""
        report = self.reading.report
        start, end = self.claim.span.start, self.claim.span.end
        low, high = sentence_at(report.text, start, end)
        for edge in (*report.furniture, *([report.title_span] if report.title_span else [])):
            if low < edge.end <= start:
                low = edge.end
            elif edge.start <= start and end <= edge.end:
                low, high = max(low, edge.start), min(high, edge.end)
            elif end <= edge.start < high:
                high = edge.start
        if report.dateline and report.dateline.span and low <= report.dateline.span.start < report.dateline.span.end <= start:
            low = report.dateline.span.end
        return low, high

    @property
    def text(self) -> str:
        """The sentence, exactly as it stands in the report."""
        low, high = self.sentence
        return self.reading.report.text[low:high]

    @property
    def found(self) -> bool:
        """Whether the claim's span text is found at its place."""
        return self.claim.span.stands_in(self.reading.report.text)

    @property
    def outlet(self) -> str:
        """Who publishes the report: outlet, else the dateline's agency, else file name or id."""
        return outlet_of(self.reading)

    @property
    def date(self) -> str | None:
        """ISO date on which the report was published (None: not known)."""
        published = self.reading.report.published
        return published.value if published else None

    @property
    def around(self) -> str:
        """ISO date by which passages are put in order: of publication, else about when the report is from; empty when neither."""
        return self.date or self.placed or ""

    def can_date(self, day: str) -> bool:
        """Whether a date in the claim can be told: the report has a date against which "last August" was resolved, or the year
        stands in the sentence itself; and where the sentence names a day of a month, it names this one."""
        report = self.reading.report
        if len(day) == 10 and contradicts(self.text, day):
            return False
        anchored = report.published is not None or bool(report.dateline and report.dateline.date)
        return anchored or day[:4] in self.text

    @property
    def attribution(self) -> str:
        """How a line names this passage: "Outlet, 25 January 2024", or "report of 25 January 2024" when no outlet is known (a
        file name says nothing to a reader, and the citation leads to the report anyway)."""
        report = self.reading.report
        known = report.outlet or (report.dateline.agency if report.dateline else None)
        if self.date:
            return f"{known}, {spoken(self.date)}" if known else f"report of {spoken(self.date)}"
        if known:
            return known
        return f"undated report of about {spoken(self.placed)}" if self.placed else self.outlet


def outlet_of(reading: Reading) -> str:
    """The name under which a report is listed."""
    report = reading.report
    known = published_by(report)
    if known:
        return known
    if report.path:
        return report.path.replace("\\", "/").rsplit("/", 1)[-1]
    return report.id


class Passages:
    """All claims of a set of readings by id. Duplicate ids keep the first. ``placed`` are the undated reports among them that
    could be placed in time."""

    def __init__(self, readings: Sequence[Reading], placed: Iterable[Placement] = ()) -> None:
        self.placed = {p.report: p for p in placed}
        self.readings = {r.report.id: r for r in readings}
        self._by_id: dict[str, Passage] = {}
        self._contents: dict[str, list[tuple[int, int, str, StatementClaim]]] = {
            reading.report.id: sorted(
                (content.start, content.end, claim.id, claim)
                for claim in reading.claims
                if isinstance(claim, StatementClaim)
                for content in claim.content
            )
            for reading in readings
        }
        for reading in readings:
            place = self.placed.get(reading.report.id)
            about = place.value if place else None
            for claim in reading.claims:
                self._by_id.setdefault(claim.id, Passage(reading, claim, about))

    def __getitem__(self, claim_id: str) -> Passage:
        return self._by_id[claim_id]

    def __contains__(self, claim_id: object) -> bool:
        return claim_id in self._by_id

    def known(self, claim_ids: Iterable[str]) -> list[Passage]:
        """The passages of those ids that are claims here, in the order given."""
        return [self._by_id[c] for c in claim_ids if c in self._by_id]

    def statement_around(self, passage: Passage) -> StatementClaim | None:
        """The statement whose words the claim is: the claim itself, the one a figure names, else the narrowest whose content
        holds the claim's span."""
        claim = passage.claim
        if isinstance(claim, StatementClaim):
            return claim
        if isinstance(claim, FigureClaim) and claim.figure.said_by in self._by_id:
            said = self._by_id[claim.figure.said_by].claim
            if isinstance(said, StatementClaim):
                return said
        contents = self._contents.get(passage.reading.report.id, [])
        last = bisect_right(contents, claim.span.start, key=lambda c: c[0])
        near = contents[max(0, last - LOOKED_BACK) : last]
        holding = [(end - start, ident, said) for start, end, ident, said in near if claim.span.end <= end]
        return min(holding)[2] if holding else None

    def one_speaker(self, one: Passage, other: Passage) -> bool:
        """Whether two passages are words of one speaker, by the name that their reports give."""
        a, b = self.speaker_of(one), self.speaker_of(other)
        return a is not None and b is not None and a[:1].isupper() and a.casefold() == b.casefold()

    def teller_of(self, passage: Passage) -> str | None:
        """Who tells it: whoever says it, else whose saying is itself the event ("the ministry announced on Monday that ...")."""
        said, span = self.speaker_of(passage), passage.claim.span
        if said is not None or not (isinstance(passage.claim, EventClaim) and passage.claim.type == "announcement"):
            return said
        for claim in passage.reading.claims:
            cue = claim.cue if isinstance(claim, StatementClaim) else None
            if isinstance(claim, StatementClaim) and claim.speaker and cue and cue.start < span.end and span.start < cue.end:
                return claim.speaker.resolved
        return None

    def speaker_of(self, passage: Passage) -> str | None:
        """Who says it, where the report tells: the speaker of the statement around the claim, or whom a figure names."""
        claim = passage.claim
        said = self.statement_around(passage)
        if said is not None:
            return said.speaker.resolved if said.speaker else None
        if isinstance(claim, FigureClaim) and claim.figure.said_by:
            for mention in passage.reading.mentions:
                if mention.id == claim.figure.said_by:
                    return mention.name or mention.span.exact
        return None


def passages_of(account: Account, readings: Sequence[Reading]) -> Passages:
    """The passages of an account that has been composed from ``readings``."""
    placed = (r.placed for r in account.reports if r.placed)
    return Passages(sorted(readings, key=lambda r: r.report.id), placed)
