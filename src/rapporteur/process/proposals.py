"""Processes proposed from the record itself: listed, followed under their names, and found again as the record grows."""

from __future__ import annotations

from collections.abc import Sequence

from rapporteur.model.lineage import Lineage
from rapporteur.model.process import FollowedProcess
from rapporteur.model.reading import Reading
from rapporteur.model.report import Issue
from rapporteur.stages.link import profile
from rapporteur.stages.link.processes import ProposedProcess, propose

SEVERAL = 3
"""Reports that a second process must have for an account to say that its record holds several: one stray report is none."""


def proposals(readings: Sequence[Reading], lineage: Lineage) -> tuple[ProposedProcess, ...]:
    """The processes that ``readings`` seem to be about, largest first."""
    return propose(readings, {r.report.id: profile(r) for r in readings}, lineage)


def as_followed(proposed: ProposedProcess) -> FollowedProcess:
    """A proposed process as one that an account can follow."""
    return FollowedProcess(proposed.name, proposed.title, only=proposed.reports)


def renewed(process: FollowedProcess, proposed: Sequence[ProposedProcess]) -> FollowedProcess:
    """A process that was proposed from an earlier state of the record, with the reports that belong to it now: those of the
    proposal that shares most reports with it. Its name and title stay."""
    old = set(process.only)
    best = max(proposed, key=lambda p: (len(old & set(p.reports)), p.name), default=None)
    if best is None or not old & set(best.reports):
        return process
    return FollowedProcess(process.name, process.title, only=best.reports)


def several(proposed: Sequence[ProposedProcess]) -> Issue | None:
    """What an account of the whole record says when it seems to hold several processes; None when it does not."""
    large = [p for p in proposed if len(p.reports) >= SEVERAL]
    if len(large) < 2:
        return None
    listed = "; ".join(f"{p.title} ({len(p.reports)} reports, --process {p.name})" for p in large[:6])
    message = f"record: seems to hold {len(large)} processes: {listed}; this account mixes them, ask for one with --process NAME"
    return Issue("several-processes", "record", message)
