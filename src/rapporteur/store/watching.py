"""Feeds and alerts in the database of a record (``watch/base.py``), for every SQL store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from rapporteur.model.watch import Alert, Feed
from rapporteur.store.database import Database, batches
from rapporteur.store.tables import alerted, alerts, deliveries, feed_entries, feeds
from rapporteur.watch.base import Delivery, Numbered, WatchStore

_FEED = msgspec.json.Decoder(Feed)
_ALERT = msgspec.json.Decoder(Alert)


class SqlWatch(WatchStore):
    """Over the tables of the record's ``database``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def feeds(self) -> tuple[Feed, ...]:
        rows = self._database.rows(select(feeds.c.feed).order_by(feeds.c.address))
        return tuple(_FEED.decode(row[0]) for row in rows)

    def put_feed(self, feed: Feed) -> None:
        text = msgspec.json.encode(feed).decode()
        with self._database.writing() as connection:
            changed = connection.execute(update(feeds).where(feeds.c.address == feed.address).values(feed=text))
            if not changed.rowcount:
                connection.execute(insert(feeds).values(address=feed.address, feed=text))

    def drop_feed(self, address: str) -> bool:
        with self._database.writing() as connection:
            return connection.execute(delete(feeds).where(feeds.c.address == address)).rowcount > 0

    def unseen(self, address: str, entries: Sequence[str]) -> list[str]:
        known: set[str] = set()
        for some in batches(entries):
            asked = (feed_entries.c.address == address, feed_entries.c.entry.in_(some))
            rows = self._database.rows(select(feed_entries.c.entry).where(*asked))
            known.update(row[0] for row in rows)
        return [entry for entry in entries if entry not in known]

    def saw(self, address: str, entries: Iterable[str]) -> None:
        new = [{"address": address, "entry": entry} for entry in self.unseen(address, list(dict.fromkeys(entries)))]
        if new:
            with self._database.writing() as connection:
                connection.execute(insert(feed_entries), new)

    def alerted(self, process: str) -> int | None:
        rows = self._database.rows(select(alerted.c.account).where(alerted.c.process == process))
        return int(rows[0][0]) if rows else None

    def alert(self, process: str, account: int, alerts: Sequence[Alert], targets: Sequence[str]) -> int:
        with self._database.writing() as connection:
            new = [number for one in alerts if (number := _appended(connection, one)) is not None]
            waiting = [
                {"alert": number, "target": target, "failures": 0, "due": ""}
                for number in new
                for target in dict.fromkeys(targets)
            ]
            if waiting:
                connection.execute(insert(deliveries), waiting)
            moved = connection.execute(update(alerted).where(alerted.c.process == process).values(account=account))
            if not moved.rowcount:
                connection.execute(insert(alerted).values(process=process, account=account))
        return len(new)

    def alerts(self, most: int, process: str | None = None) -> list[Numbered]:
        asked = select(alerts.c.number, alerts.c.alert).order_by(alerts.c.number.desc()).limit(most)
        rows = self._database.rows(asked if process is None else asked.where(alerts.c.process == process))
        return [Numbered(number, _ALERT.decode(text)) for number, text in rows]

    def deliveries(self, now: str) -> list[Delivery]:
        return [one for one, _ in self._waiting(deliveries.c.due <= now)]

    def delivered(self, number: int, target: str) -> None:
        with self._database.writing() as connection:
            connection.execute(delete(deliveries).where(deliveries.c.alert == number, deliveries.c.target == target))

    def put_off(self, number: int, target: str, due: str | None, problem: str) -> None:
        failed = {"due": due, "problem": problem, "failures": deliveries.c.failures + 1}
        with self._database.writing() as connection:
            connection.execute(
                update(deliveries).where(deliveries.c.alert == number, deliveries.c.target == target).values(failed)
            )

    def given_up(self) -> list[tuple[Delivery, str]]:
        return self._waiting(deliveries.c.due.is_(None))

    def _waiting(self, which: ColumnElement[bool]) -> list[tuple[Delivery, str]]:
        columns = (deliveries.c.alert, alerts.c.alert, deliveries.c.target, deliveries.c.failures, deliveries.c.due)
        joined = select(*columns, deliveries.c.problem).join_from(deliveries, alerts).where(which)
        rows = self._database.rows(joined.order_by(deliveries.c.alert, deliveries.c.target))
        return [
            (Delivery(number, _ALERT.decode(text), target, failures, due or ""), problem or "")
            for number, text, target, failures, due, problem in rows
        ]


def _appended(connection: Connection, alert: Alert) -> int | None:
    """Number of the alert; None when one with its id is there already."""
    if connection.execute(select(alerts.c.number).where(alerts.c.id == alert.id)).first() is not None:
        return None
    values = {"id": alert.id, "process": alert.process, "alert": msgspec.json.encode(alert).decode()}
    made = connection.execute(insert(alerts).values(values)).inserted_primary_key
    return int(made[0]) if made else None
