"""One round over the feeds that are due: only what has changed is asked for, only new entries are fetched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from msgspec.structs import replace

from rapporteur.errors import InputError
from rapporteur.model.capture import Capture
from rapporteur.model.report import Issue
from rapporteur.model.watch import Feed
from rapporteur.stages.acquire import acquire
from rapporteur.stages.acquire.address import Answer
from rapporteur.watch.base import WatchStore
from rapporteur.watch.entries import Entry, entries, own_text
from rapporteur.watch.polite import Manners, site_of

EVERY = timedelta(minutes=30)
LONGEST_BACK_OFF = timedelta(days=1)
MOST_ENTRIES = 100
"""New entries taken from one feed in one round; the rest stays unseen and comes with the next."""
GONE = 410


@dataclass(frozen=True, slots=True)
class Round:
    """How a round is made: ``every`` is the time between two requests to one feed that is well."""

    manners: Manners
    every: timedelta = EVERY


def instant(moment: datetime) -> str:
    """ISO 8601 in UTC to the second; such texts sort as the moments do."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


@dataclass(frozen=True, slots=True)
class Batch:
    """What one feed brought: its new ``entries``, their ``reports`` (fetched as they are asked for, and an issue for each that
    cannot be had), and the feed as it is kept when these are through."""

    after: Feed
    entries: tuple[str, ...]
    reports: Iterable[Capture | Issue]


def due(store: WatchStore, now: datetime) -> list[Feed]:
    """The feeds that are to be asked by ``now``."""
    return [feed for feed in store.feeds() if feed.due is not None and feed.due <= instant(now)]


def poll(store: WatchStore, how: Round, now: datetime, site: str | None = None) -> Iterator[Batch]:
    """A batch for every feed (of ``site``, or of all) that is due. Nothing is noted until ``through`` is told so: what a run was
    killed over comes again, and what of it was kept is known then."""
    for feed in due(store, now):
        if site is not None and site_of(feed.address) != site:
            continue
        try:
            answer = how.manners.get(feed.address, _conditions(feed))
            after, found = _answered(feed, answer, how, now)
        except InputError as error:
            after, found = _failed(feed, str(error), how, now), []
        if after.problem:
            yield Batch(after, (), [Issue("feed", feed.address, after.problem)])
        else:
            new = _new(feed.address, found, store)
            yield Batch(after, tuple(entry.id for entry in new), _reports(new, how))


def through(store: WatchStore, batch: Batch) -> None:
    """The reports of a batch are in the record: its entries are not fetched again, and the feed has its next turn."""
    store.saw(batch.after.address, batch.entries)
    store.put_feed(batch.after)


def _conditions(feed: Feed) -> dict[str, str]:
    """Headers of a conditional request (RFC 9110, 13.1)."""
    headers = {"Accept": "application/atom+xml,application/rss+xml,application/xml;q=0.9,*/*;q=0.1"}
    if feed.etag:
        headers["If-None-Match"] = feed.etag
    if feed.modified:
        headers["If-Modified-Since"] = feed.modified
    return headers


def _answered(feed: Feed, answer: Answer, how: Round, now: datetime) -> tuple[Feed, list[Entry]]:
    """The feed as it is kept after this answer, and its entries; ``InputError`` for one that is no feed."""
    well = replace(feed, failures=0, problem=None, asked=instant(now), due=instant(now + _interval(answer, how, now)))
    if answer.status == 304:
        return well, []
    if answer.status == GONE:
        return replace(well, due=None, problem=f"{feed.address}: its site says that it is gone for good; follow another"), []
    if answer.status != 200:
        later = _retry_after(answer, now)
        failed = _failed(feed, f"{feed.address}: answered with status {answer.status}; it is asked again later", how, now)
        return (replace(failed, due=max(failed.due or "", instant(now + later))) if later else failed), []
    title, found = entries(answer.data, answer.url, answer.headers)
    etag, modified = answer.headers.get("etag"), answer.headers.get("last-modified")
    if len(found) > MOST_ENTRIES:
        etag = modified = None  # some are left: the next round needs the whole answer
    return replace(well, title=title or feed.title, etag=etag, modified=modified), found


def _failed(feed: Feed, problem: str, how: Round, now: datetime) -> Feed:
    """Back-off: the time between two requests doubles with each failure in a row, up to a day."""
    wait = min(how.every * 2 ** min(feed.failures + 1, 12), LONGEST_BACK_OFF)
    return replace(feed, failures=feed.failures + 1, problem=problem, asked=instant(now), due=instant(now + wait))


def _interval(answer: Answer, how: Round, now: datetime) -> timedelta:
    """A site may ask for longer times by Cache-Control: max-age or Retry-After, up to a day."""
    parts = [part.strip() for part in answer.headers.get("cache-control", "").lower().split(",")]
    ages = [int(part[8:]) for part in parts if part.startswith("max-age=") and part[8:].isdigit()]
    asked = timedelta(seconds=min(max(ages, default=0), 86_400))
    return min(max(how.every, asked, _retry_after(answer, now)), LONGEST_BACK_OFF)


def _retry_after(answer: Answer, now: datetime) -> timedelta:
    said = answer.headers.get("retry-after", "").strip()
    if said.isdigit():
        return min(timedelta(seconds=int(said[:6])), LONGEST_BACK_OFF)
    try:
        until = parsedate_to_datetime(said)
    except ValueError:
        return timedelta()
    return min(max(until.astimezone(UTC) - now, timedelta()), LONGEST_BACK_OFF)


def _new(address: str, found: Sequence[Entry], store: WatchStore) -> list[Entry]:
    """Entries not taken yet, the oldest first (feeds list the newest first), so that a copy meets its origin."""
    by_id = {entry.id: entry for entry in found}
    return [by_id[ident] for ident in reversed(store.unseen(address, list(by_id)))][:MOST_ENTRIES]


def _reports(new: Sequence[Entry], how: Round) -> Iterator[Capture | Issue]:
    for entry in new:
        yield from _report(entry, how)


def _report(entry: Entry, how: Round) -> Iterator[Capture | Issue]:
    """The page that the entry links to; where it cannot be had, the entry's own text if that is the report, else an issue."""
    try:
        how.manners.allow(entry.link)
        met = list(acquire([entry.link], how.manners.options))
    except InputError as error:
        met = [Issue(error.code, entry.link, str(error))]
    if any(isinstance(one, Capture) for one in met):
        yield from met
        return
    instead = own_text(entry)
    yield from met if instead is None else [instead]
