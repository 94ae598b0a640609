"""What reports and origins are called, for people: never by an id where anything else is known."""

from __future__ import annotations

from collections.abc import Mapping

from rapporteur.model.account import AccountReport, Process
from rapporteur.model.lineage import Origin
from rapporteur.model.report import Report
from rapporteur.stages.write.numbers import plural

OPENING = 60
"""Code points of a text that stand for it where nothing else is known of it: half a line."""


def opening(text: str) -> str:
    """The first words of a text, in quotation marks; without slashes, so that it can stand where a path does."""
    words = " ".join(text.strip()[: 4 * OPENING].replace("/", " ").replace("\\", " ").split())
    if len(words) <= OPENING:
        return f"“{words}”"
    return f"“{words[:OPENING].rsplit(' ', 1)[0].rstrip(' ,;:.')}…”"


def published_by(report: AccountReport | Report) -> str | None:
    """Outlet or agency."""
    return report.outlet or (report.dateline.agency if report.dateline else None)


def name_of(report: AccountReport | Report) -> str:
    """Outlet and headline, as far as they are known, else where it was found."""
    return ": ".join(part for part in (published_by(report), report.title) if part) or report.path or report.url or report.id


def publisher_of(report: Report) -> str:
    """Outlet or agency; of a report that names none its headline."""
    return published_by(report) or (f"“{report.title}”" if report.title else report.path or report.id)


def origins_counted(process: Process) -> str:
    """ "3 origins"; "12 origins of 2 publishers" where some have one publisher."""
    told = plural(process.origins, "origin")
    return f"{told} of {plural(process.publishers, 'publisher')}" if 0 < process.publishers < process.origins else told


def origin_called(origin: Origin, reports: Mapping[str, AccountReport | Report]) -> str:
    """An origin by its report's name; one that is not in the record by who is credited."""
    own = (r for r in origin.reports if r in reports and (origin.label == r or origin.label.endswith(f": {r}")))
    found = next(own, None) if origin.seen else None
    return origin.label if found is None else name_of(reports[found])
