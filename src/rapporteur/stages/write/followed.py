"""What a process file asks an account for: positions by issue and party, measures that come first, words to watch."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from msgspec.structs import replace

from rapporteur.model.account import Account, CitedLine, Finding, FollowedRow, GridRow, WatchRow
from rapporteur.model.claims import FigureClaim, PositionClaim
from rapporteur.model.process import FollowedIssue, FollowedMeasure, FollowedProcess
from rapporteur.model.reading import Reading
from rapporteur.stages.write.compose import BRIEF_LINES, Scribe
from rapporteur.stages.write.passages import Passage, Passages
from rapporteur.stages.write.stand_dates import day_of_stand
from rapporteur.stages.write.wording import attributed, line_of

LOOKED_AT = 20
"""Findings of one measure tried for a line of the brief."""
ROW = 240
"""Longest text of a row in code points."""


@lru_cache(maxsize=1_000)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of ``words``, whole, in any case, with a plural ending: "condition" meets "conditions"."""
    listed = "|".join(r"\s+".join(map(re.escape, w.split())) for w in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{listed})(?:s|es)?(?!\w)", re.IGNORECASE)


def says(words: Sequence[str], text: str) -> bool:
    """Whether ``text`` holds any of ``words`` as words of its own."""
    return bool(words) and _pattern(tuple(words)).search(text) is not None


def grid_of(passages: Passages, process: FollowedProcess | None) -> list[GridRow]:
    """Party x issue x stance over time: one row per position on a followed issue, by issue, party, date.

    A position is about an issue when its own words hold a word of the issue or of one of its options; it leans to the options
    whose words it holds.
    """
    if process is None:
        return []
    owner = {n.casefold(): p.name for p in process.parties for n in (p.name, *p.aliases)}
    rows: dict[tuple[str, str, str, str, str], GridRow] = {}
    for passage in _claims(passages, PositionClaim):
        claim = passage.claim
        assert isinstance(claim, PositionClaim)
        for issue in process.issues:
            options = _options(issue, claim.span.exact)
            if not options and not says(issue.words, claim.span.exact):
                continue
            party = owner.get(claim.party.casefold(), claim.party)
            text = attributed(passage, passages, ROW)
            key = (issue.name, party, claim.stance, passage.date or "", text)
            row = rows.setdefault(
                key,
                {
                    "issue": issue.name,
                    "party": party,
                    "stance": claim.stance,
                    "options": options,
                    "stated": claim.stated,
                    "date": day_of_stand(passage, claim).value,
                    "text": text,
                    "cites": [],
                },
            )
            row["cites"].append(claim.id)
    order = {issue.name: number for number, issue in enumerate(process.issues)}
    return sorted(rows.values(), key=lambda r: (order[r["issue"]], r["party"].casefold(), r["date"] or "", r["text"]))


def _options(issue: FollowedIssue, text: str) -> list[str]:
    return [option.name for option in issue.options if says(option.words, text)]


def followed_of(findings: Sequence[Finding], passages: Passages, process: FollowedProcess | None) -> list[FollowedRow]:
    """Each measure to follow with the findings that read it, heaviest first; a measure that no report gives has none."""
    if process is None:
        return []
    figures = [f for f in findings if f.kind == "figure" and f.supports]
    return [
        {"measure": m.name, "findings": [f.id for f in figures if any(_reads(p, m) for p in passages.known(f.supports))]}
        for m in process.measures
    ]


def _reads(passage: Passage, measure: FollowedMeasure) -> bool:
    claim = passage.claim
    if not isinstance(claim, FigureClaim):
        return False
    figure = claim.figure
    if measure.state and figure.state != measure.state:
        return False
    noun = (figure.counted or figure.unit or "").casefold()
    if measure.counted and not any(says((word,), noun) or says((noun,) if noun else (), word) for word in measure.counted):
        return False
    return not measure.places or says(measure.places, " | ".join(figure.places))


def watch_of(passages: Passages, process: FollowedProcess | None) -> list[WatchRow]:
    """The passages that hold a word to watch, one row per word and sentence, newest first."""
    if process is None or not process.watch:
        return []
    rows: dict[tuple[str, str], WatchRow] = {}
    for reading in passages.readings.values():
        if not says(process.watch, reading.report.text):
            continue
        for claim in reading.claims:
            passage = passages[claim.id]
            for word in process.watch:
                if passage.found and says((word,), passage.text):
                    text = attributed(passage, passages, len(passage.text) + 1)
                    row = rows.setdefault((word, text), {"word": word, "date": passage.date, "text": text, "cites": []})
                    row["cites"].append(claim.id)
    order = {word: number for number, word in enumerate(process.watch)}
    newest = sorted(rows.values(), key=lambda r: r["date"] or "", reverse=True)
    return sorted(newest, key=lambda r: order[r["word"]])


def _claims(passages: Passages, kind: type) -> Iterable[Passage]:
    return (
        passages[c.id]
        for reading in passages.readings.values()
        for c in reading.claims
        if isinstance(c, kind) and passages[c.id].found
    )


def with_process(account: Account, readings: Sequence[Reading], process: FollowedProcess | None) -> Account:
    """``account`` with what ``process`` asks for; every line passes the guard, and what it refuses becomes an issue."""
    if process is None:
        return account
    passages = Passages(sorted(readings, key=lambda r: r.report.id))
    scribe = Scribe(passages)
    followed = followed_of(account.findings, passages, process)
    grid = tuple(r for r in grid_of(passages, process) if scribe.passes("grid", r["text"], r["cites"]))
    watch = tuple(r for r in watch_of(passages, process) if scribe.passes("watch", r["text"], r["cites"]))
    brief = _followed_first(account, followed, passages, scribe)
    issues = tuple(dict.fromkeys((*account.issues, *scribe.issues)))
    return replace(account, grid=grid, followed=tuple(followed), watch=watch, brief=brief, issues=issues)


def _followed_first(
    account: Account, followed: Sequence[FollowedRow], passages: Passages, scribe: Scribe
) -> tuple[CitedLine, ...]:
    """The brief led by one line for each measure followed, in the file's order; the last lines make room."""
    findings = {f.id: f for f in account.findings}
    present = {line.finding: line for line in account.brief}
    derived = frozenset(d.report for d in account.derivations if d.relation != "common-origin")
    first: dict[str, CitedLine] = {}
    for row in followed:
        told = next((present[f] for f in row["findings"] if f in present), None)
        for ident in row["findings"][:LOOKED_AT] if told is None else ():
            finding = findings[ident]
            line = line_of(replace(finding, verdict="agree"), passages, derived)
            if line is not None and scribe.stands(line.text, line.cites):
                told = CitedLine(line.text, line.cites, ident, finding.verdict, finding.origins, finding.speakers)
                break
        if told is not None and told.finding is not None:
            first.setdefault(told.finding, told)
    rest = [line for line in account.brief if line.finding not in first]
    return (*first.values(), *rest)[: max(BRIEF_LINES, len(first))]
