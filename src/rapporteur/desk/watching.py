"""Feeds that a record follows, and its alerts."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from rapporteur.desk.record import Record
from rapporteur.desk.rows import Cite, Rows, cite, paged
from rapporteur.desk.viewer import Viewer
from rapporteur.errors import AccessError, InputError, MissingError
from rapporteur.model.claims import report_of
from rapporteur.model.watch import Alert, Feed
from rapporteur.stages.acquire.address import is_address
from rapporteur.stages.write.passages import Passages
from rapporteur.watch import opml

LATEST = 500
"""Alerts that the page and the feeds of alerts go back to."""


class AlertRow(Struct, frozen=True):
    """An alert with the citations that are still found at their place."""

    alert: Alert
    cites: tuple[Cite, ...]


class Failed(Struct, frozen=True):
    """A delivery that was given up."""

    target: str
    alert: Alert
    problem: str


def latest(record: Record, viewer: Viewer, process: str | None = None) -> list[Alert]:
    """The last alerts that ``viewer`` may see, newest first."""
    return [row.alert for row in record.store.watch().alerts(LATEST, process)]


def alerts(record: Record, viewer: Viewer, page: int = 1) -> Rows[AlertRow]:
    """One page of the alerts."""
    rows = paged(latest(record, viewer), page)
    claims = [claim for alert in rows.rows for claim in alert.cites]
    readings = record.store.some_readings(sorted({report_of(claim) for claim in claims}))
    passages = Passages(list(readings.values()), [])
    return rows.map(lambda alert: AlertRow(alert, tuple(cite(p) for p in passages.known(alert.cites) if p.found)))


def feeds(record: Record, viewer: Viewer) -> Sequence[Feed]:
    """The feeds that are followed. They are the desk's own business: who sees but a part of the record does not see them."""
    return () if viewer.hidden else record.store.watch().feeds()


def failed(record: Record, viewer: Viewer) -> list[Failed]:
    """Deliveries that were given up, for those who can mend them."""
    if not viewer.may("editor") or viewer.hidden:
        return []
    return [Failed(one.target, one.alert, problem) for one, problem in record.store.watch().given_up()]


def follow(record: Record, viewer: Viewer, address: str, listed: bytes = b"") -> int:
    """Follows the feed at ``address``, and those of the OPML file ``listed``; returns how many are new."""
    _may_change(viewer)
    named = [address.strip()] if address.strip() else []
    named += opml.addresses(listed, "OPML file") if listed else []
    if not named:
        raise InputError("feed", "address", "is missing", "give the address of a feed, or an OPML file")
    for one in named:
        if not is_address(one) or not one.lower().startswith(("http://", "https://")):
            raise InputError("feed", one, "is no http(s) address", "give the address of an RSS or Atom feed")
    watch = record.store.watch()
    known = {feed.address for feed in watch.feeds()}
    new = [one for one in dict.fromkeys(named) if one not in known]
    for one in new:
        watch.put_feed(Feed(one))
    return len(new)


def unfollow(record: Record, viewer: Viewer, address: str) -> None:
    """Follows the feed at ``address`` no longer; ``MissingError`` when it was not followed."""
    _may_change(viewer)
    if not record.store.watch().drop_feed(address):
        raise MissingError(address, "is not followed", "see the list of feeds")


def _may_change(viewer: Viewer) -> None:
    if not viewer.may("editor") or viewer.hidden:
        raise AccessError("feeds: only editors who see the whole record may say what is followed")
