"""Alerts as a feed of their own: RSS 2.0, Atom (RFC 4287; both feedgen) and JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import msgspec
from feedgen.feed import FeedGenerator

from rapporteur.model.watch import Alert


class Channel(msgspec.Struct, frozen=True):
    """``title`` of the feed and ``home``, the address of the page that shows its alerts; ``address`` is the feed's own."""

    title: str
    home: str
    address: str


def rss(alerts: Sequence[Alert], channel: Channel) -> bytes:
    """RSS 2.0, newest first."""
    return bytes(_generated(alerts, channel).rss_str(pretty=True))


def atom(alerts: Sequence[Alert], channel: Channel) -> bytes:
    """Atom, newest first."""
    return bytes(_generated(alerts, channel).atom_str(pretty=True))


def json_feed(alerts: Sequence[Alert], channel: Channel) -> bytes:
    """JSON Feed 1.1, newest first; ``_rapporteur`` holds the alert itself."""
    items = [
        {
            "id": alert.id,
            "url": f"{channel.home}#{alert.id}",
            "title": title_of(alert),
            "content_text": alert.text,
            "date_published": alert.at,
            "tags": [alert.kind, alert.change],
            "_rapporteur": alert,
        }
        for alert in alerts
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": channel.home,
        "feed_url": channel.address,
        "items": items,
    }
    return msgspec.json.format(msgspec.json.encode(feed), indent=1) + b"\n"


SYNDICATIONS: Mapping[str, tuple[str, Callable[[Sequence[Alert], Channel], bytes]]] = {
    "rss": ("application/rss+xml", rss),
    "atom": ("application/atom+xml", atom),
    "json": ("application/feed+json", json_feed),
}
"""Ending of a file or address -> its media type and what writes it."""


def title_of(alert: Alert) -> str:
    """``Figure changed: ...``, cut between words."""
    words = " ".join(_clean(alert.short or alert.text).split())
    return f"{alert.heading}: {words if len(words) <= _TITLE else words[:_TITLE].rsplit(' ', 1)[0] + ' …'}"


_TITLE = 120
"""Code points: what the list of a feed reader or a mailbox shows in one line."""


def _generated(alerts: Sequence[Alert], channel: Channel) -> FeedGenerator:
    made = FeedGenerator()
    made.id(channel.address)
    made.title(channel.title)
    made.description(f"What has changed in the record: {channel.title}")
    made.link(href=channel.home, rel="alternate")
    made.link(href=channel.address, rel="self")
    # feedgen states the time of writing otherwise: the same alerts give the same bytes.
    latest = datetime.fromisoformat(alerts[0].at if alerts else "1970-01-01T00:00:00+00:00")
    made.updated(latest)
    made.lastBuildDate(latest)
    for alert in alerts:
        entry = made.add_entry(order="append")
        entry.id(alert.id)
        entry.guid(alert.id, permalink=False)
        entry.title(title_of(alert))
        entry.content(_clean(alert.text))
        entry.link(href=f"{channel.home}#{alert.id}")
        entry.published(datetime.fromisoformat(alert.at))
        entry.updated(datetime.fromisoformat(alert.at))
        entry.category([{"term": alert.kind}, {"term": alert.change}])
    return made


def _clean(text: str) -> str:
    """Without the control characters that XML 1.0 does not allow, which reports may contain."""
    return "".join(c for c in text if c in "\t\n" or c >= " ")
