"""What is new since an earlier account: facts, not documents; and what an updated report no longer says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from msgspec.structs import replace

from rapporteur.model.account import Account, ChangeRow, Finding
from rapporteur.model.claims import report_of
from rapporteur.stages.write.guard import fold
from rapporteur.stages.write.passages import Passages
from rapporteur.stages.write.wording import line_of

Change = Literal["new", "changed", "contradicted", "dropped", "vanished"]


def changes_since(previous: Account, account: Account, passages: Passages, derived: frozenset[str]) -> list[ChangeRow]:
    """Findings that are new, changed (another verdict, range or date), contradicted (now disputed), or dropped.

    Findings meet by id or, as a finding's id may follow its claims, by a claim they share. A dropped finding whose claims no
    report here still holds cannot be cited any more and is left to the earlier account.
    """
    changed, gone = compared(previous.findings, account.findings)
    rows = [row for change, finding, old in changed for row in _row(change, finding, old, passages, derived)]
    return rows + [row for old in gone for row in _row("dropped", old, None, passages, derived)]


def compared(
    before: Sequence[Finding], now: Sequence[Finding]
) -> tuple[list[tuple[Change, Finding, Finding | None]], list[Finding]]:
    """The findings of ``now`` that are new or changed, each with how it stood before, and those of ``before`` that are gone."""
    changed: list[tuple[Change, Finding, Finding | None]] = []
    met: set[str] = set()
    was = earlier(before)
    for finding in now:
        old = was(finding)
        if old:
            met.add(old.id)
        change: Change | None = "new" if old is None else _change(old, finding)
        if change:
            changed.append((change, finding, old))
    return changed, [old for old in before if old.id not in met]


def earlier(before: Sequence[Finding]) -> Callable[[Finding], Finding | None]:
    """Which of the findings ``before`` a later one goes on from: by its id or, as that may follow its claims, by a claim, which
    the later one may hold against what has come."""
    by_id = {f.id: f for f in before}
    by_claim = {c: f for f in before for c in f.supports}
    return lambda now: by_id.get(now.id) or next((by_claim[c] for c in (*now.supports, *now.contradicts) if c in by_claim), None)


def _change(old: Finding, new: Finding) -> Change | None:
    if new.verdict == "differ" and old.verdict != "differ":
        return "contradicted"
    changed = (old.verdict, old.low, old.high, old.as_of) != (new.verdict, new.low, new.high, new.as_of)
    return "changed" if changed else None


def _row(change: Change, finding: Finding, old: Finding | None, passages: Passages, derived: frozenset[str]) -> list[ChangeRow]:
    line = line_of(finding, passages, derived)
    if line is None:
        return []
    return [
        {
            "change": change,
            "finding": finding.id,
            "text": line.text,
            "cites": list(line.cites),
            "verdict": finding.verdict,
            "before": {"verdict": old.verdict, "low": old.low, "high": old.high} if old else None,
        }
    ]


def vanished(account: Account, passages: Passages, revisions: Sequence[tuple[str, str]]) -> list[ChangeRow]:
    """Facts that an updated report dropped without a word. ``revisions``: (earlier capture, later capture of the same place).

    A finding has vanished from a report when the earlier capture bears it, the later one has no claim on it, and the sentence
    that bore it does not stand in the later text. One row per sentence, of the heaviest finding; it cites the earlier capture,
    whatever other reports still say.
    """
    rows: dict[tuple[str, str], ChangeRow] = {}
    for earlier, later in revisions:
        if earlier not in passages.readings or later not in passages.readings:
            continue
        text = _folded(passages.readings[later].report.text)
        for finding in account.findings:
            own = tuple(c for c in finding.supports if report_of(c) == earlier)
            others = (*finding.supports, *finding.contradicts, *finding.parts)
            if not own or any(report_of(c) == later for c in others):
                continue
            gone = tuple(p.claim.id for p in passages.known(own) if _folded(p.text) not in text)
            if not gone:
                continue
            only = replace(finding, supports=gone, contradicts=(), parts=(), drifts=(), verdict="single")
            for row in _row("vanished", only, None, passages, frozenset()):
                rows.setdefault((earlier, passages[gone[0]].text), {**row, "verdict": finding.verdict})
    return list(rows.values())


def _folded(text: str) -> str:
    return " ".join(fold(text).split())
