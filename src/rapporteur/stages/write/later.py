"""What an account tells beside its findings: facts that vanished from updated reports, and what became of commitments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from rapporteur.model.account import Account
from rapporteur.model.reading import Reading
from rapporteur.stages.write.changes import vanished
from rapporteur.stages.write.compose import Scribe
from rapporteur.stages.write.outcomes import LaterEvents, with_outcome
from rapporteur.stages.write.passages import Passages


def with_later(
    account: Account,
    readings: Sequence[Reading],
    revisions: Sequence[tuple[str, str]],
    judged: Mapping[str, str],
) -> Account:
    """``account`` with the facts that ``revisions`` dropped (see ``changes.vanished``), and each commitment with what
    later reports say of it, or what a person has ``judged`` to have become of it (by claim id)."""
    passages = Passages(sorted(readings, key=lambda r: r.report.id))
    scribe = Scribe(passages)
    gone = [r for r in vanished(account, passages, revisions) if scribe.passes("changes", r["text"], r["cites"])]
    events = LaterEvents(passages) if account.commitments else None
    commitments = tuple(with_outcome(row, passages, events, judged) for row in account.commitments if events)
    issues = tuple(dict.fromkeys((*account.issues, *scribe.issues)))
    return replace(account, changes=(*account.changes, *gone), commitments=commitments, issues=issues)
