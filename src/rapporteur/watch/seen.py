"""What a record keeps about feeds and alerts, without the alerts that a person may not see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from rapporteur.model.watch import Alert, Feed
from rapporteur.watch.base import Delivery, Numbered, WatchStore


class SeenWatch(WatchStore):
    """``inner`` without the alerts that ``hides`` says yes to. Whom to tell of what is decided over the whole record."""

    def __init__(self, inner: WatchStore, hides: Callable[[Alert], bool]) -> None:
        self._inner, self._hides = inner, hides

    def feeds(self) -> tuple[Feed, ...]:
        return self._inner.feeds()

    def put_feed(self, feed: Feed) -> None:
        self._inner.put_feed(feed)

    def drop_feed(self, address: str) -> bool:
        return self._inner.drop_feed(address)

    def unseen(self, address: str, entries: Sequence[str]) -> list[str]:
        return self._inner.unseen(address, entries)

    def saw(self, address: str, entries: Iterable[str]) -> None:
        self._inner.saw(address, entries)

    def alerted(self, process: str) -> int | None:
        return self._inner.alerted(process)

    def alert(self, process: str, account: int, alerts: Sequence[Alert], targets: Sequence[str]) -> int:
        return self._inner.alert(process, account, alerts, targets)

    def alerts(self, most: int, process: str | None = None) -> list[Numbered]:
        asked = most
        while True:
            rows = self._inner.alerts(asked, process)
            seen = [row for row in rows if not self._hides(row.alert)]
            if len(seen) >= most or len(rows) < asked:
                return seen[:most]
            asked *= 4  # hidden ones took the places of visible ones

    def deliveries(self, now: str) -> list[Delivery]:
        return [one for one in self._inner.deliveries(now) if not self._hides(one.alert)]

    def delivered(self, number: int, target: str) -> None:
        self._inner.delivered(number, target)

    def put_off(self, number: int, target: str, due: str | None, problem: str) -> None:
        self._inner.put_off(number, target, due, problem)

    def given_up(self) -> list[tuple[Delivery, str]]:
        return [(one, problem) for one, problem in self._inner.given_up() if not self._hides(one.alert)]
