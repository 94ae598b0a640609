"""Feeds: polled from a real site, politely; what is new is read, what is not is not even asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rapporteur.engine import engine_for
from rapporteur.errors import InputError
from rapporteur.model.reading import Reading
from rapporteur.model.report import Issue
from rapporteur.model.watch import Feed
from rapporteur.pipeline import Known, Reader
from rapporteur.stages.acquire import AcquireOptions
from rapporteur.store.sqlite import SqliteStore
from rapporteur.watch import opml
from rapporteur.watch.entries import entries
from rapporteur.watch.polite import Manners
from rapporteur.watch.poll import Round, instant
from rapporteur.watch.round import read_feeds
from tests.watch.site import Site, running

NOW = datetime(2031, 3, 2, 9, 0, tzinfo=UTC)
OPEN = AcquireOptions(allow_private=True, timeout=5.0)
READER = Reader(engine_for(1, 60.0), acquire=OPEN)
SAID = "Merrow will leave the base in Ostria by June, Defence Minister Ana Keller told reporters on Saturday."


class Desk:
    """A record that follows the site's feed; ``waited`` are the pauses it kept."""

    def __init__(self, folder: Path, site: Site) -> None:
        self.store = SqliteStore(folder / "record.rapporteur")
        self.watch = self.store.watch()
        self.feed = f"{site.home}/feed"
        self.watch.put_feed(Feed(self.feed))
        self.waited: list[float] = []

    def round(self, now: datetime) -> list[Reading | Known | Issue]:
        manners = Manners(OPEN, sleep=self.waited.append, clock=lambda: float(sum(self.waited)))
        return list(read_feeds(self.store, READER, Round(manners), now))

    def kept(self) -> Feed:
        (feed,) = self.watch.feeds()
        return feed


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as site:
        site.publish("/a", "Talks go on", "2031-03-01", SAID, "The talks began in May.")
        yield site


@pytest.fixture
def desk(tmp_path: Path, site: Site) -> Iterator[Desk]:
    made = Desk(tmp_path, site)
    yield made
    made.store.close()


def test_what_is_new_is_read_once_and_the_feed_is_asked_only_for_changes(site: Site, desk: Desk) -> None:
    (first,) = desk.round(NOW)
    assert isinstance(first, Reading)
    assert (first.report.url, first.report.outlet) == (f"{site.home}/a", "Halden Wire")
    assert (desk.kept().title, desk.kept().due) == ("Halden Wire", instant(NOW + timedelta(minutes=30)))

    asked = len(site.asked)
    assert desk.round(NOW + timedelta(minutes=29)) == []
    assert len(site.asked) == asked, "not due: nothing is asked"
    assert desk.round(NOW + timedelta(minutes=31)) == []
    path, headers = site.asked[-1]
    assert path == "/feed"
    assert headers["if-none-match"] == desk.kept().etag

    site.publish("/b", "Later", "2031-03-02", SAID)
    (second,) = desk.round(NOW + timedelta(minutes=62))
    assert isinstance(second, Reading)
    assert site.paths().count("/a") == 1


def test_a_round_that_is_broken_off_is_made_again_and_keeps_each_report_once(site: Site, desk: Desk) -> None:
    site.publish("/b", "Later", "2031-03-02", SAID)
    broken = read_feeds(desk.store, READER, Round(Manners(OPEN, pause=0.0)), NOW)
    next(broken)
    broken.close()
    met = desk.round(NOW)
    assert [type(one) for one in met] == [Known, Reading]
    assert len(list(desk.store.readings())) == 2


def test_robots_txt_is_kept_to(site: Site, desk: Desk) -> None:
    site.robots = "User-agent: rapporteur\nCrawl-delay: 7\nDisallow: /private\n\nUser-agent: *\nDisallow: /"
    site.publish("/private/b", "Not for programs", "2031-03-02", SAID)
    met = desk.round(NOW)
    assert [one.code for one in met if isinstance(one, Issue)] == ["robots"]
    assert "/private/b" not in site.paths()
    assert [one.report.url for one in met if isinstance(one, Reading)] == [f"{site.home}/a"]
    assert desk.waited
    assert all(6.0 < pause <= 7.0 for pause in desk.waited), "between the feed and the page"


def test_a_site_in_trouble_allows_nothing_and_its_feed_is_asked_ever_more_rarely(site: Site, desk: Desk) -> None:
    site.answers["/robots.txt"] = (503, {})
    waits = []
    now = NOW
    for _ in range(8):
        (issue,) = desk.round(now)
        assert isinstance(issue, Issue)
        due = datetime.fromisoformat(desk.kept().due or "")
        waits.append((due - now) / timedelta(minutes=1))
        now = due
    assert waits == [60, 120, 240, 480, 960, 1440, 1440, 1440]
    assert "/feed" not in site.paths()
    del site.answers["/robots.txt"]
    assert isinstance(desk.round(now)[0], Reading)
    assert desk.kept().failures == 0


@pytest.mark.parametrize(
    ("status", "headers", "minutes"),
    [
        (429, {"Retry-After": "7200"}, 120),
        (503, {"Retry-After": "Sun, 02 Mar 2031 14:00:00 GMT"}, 300),
        (500, {}, 60),
        (503, {"Retry-After": "99999999"}, 1440),
    ],
)
def test_a_site_says_when_to_come_back(site: Site, desk: Desk, status: int, headers: dict[str, str], minutes: int) -> None:
    site.answers["/feed"] = (status, headers)
    (issue,) = desk.round(NOW)
    assert isinstance(issue, Issue)
    assert str(status) in issue.message
    assert datetime.fromisoformat(desk.kept().due or "") - NOW == timedelta(minutes=minutes)


def test_a_feed_that_is_gone_is_not_asked_again(site: Site, desk: Desk) -> None:
    site.answers["/feed"] = (410, {})
    assert len(desk.round(NOW)) == 1
    assert desk.kept().due is None
    assert desk.round(NOW + timedelta(days=400)) == []


def test_a_page_that_cannot_be_had_is_an_issue_unless_the_feed_holds_its_text(site: Site, desk: Desk) -> None:
    site.answers["/a"] = (403, {})
    site.answers["/b"] = (403, {})
    site.publish("/b", "In full", "2031-03-02", "never shown")
    site.contents["/b"] = "&lt;p&gt;" + f"{SAID} " * 8 + "&lt;/p&gt;"
    met = desk.round(NOW)
    assert [one.code for one in met if isinstance(one, Issue)] == ["address-refused"]
    (reading,) = [one for one in met if isinstance(one, Reading)]
    assert reading.report.title == "In full"
    assert reading.report.published is not None
    assert reading.report.published.value.startswith("2031-03-02")
    assert SAID in reading.report.text


def test_a_feed_is_no_page_and_expands_no_entity(site: Site, desk: Desk) -> None:
    with pytest.raises(InputError, match="no RSS or Atom feed"):
        entries(site.page("/a"), desk.feed, {})
    bomb = b'<!DOCTYPE r [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;">]><rss version="2.0"><channel><title>&b;</title></channel></rss>'
    with pytest.raises(InputError, match="entities"):
        entries(bomb, desk.feed, {})
    outside = (
        b'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><title>&a;</title></channel></rss>'
    )
    with pytest.raises(InputError, match="entities"):
        entries(outside, desk.feed, {})


def test_feeds_and_pages_in_private_networks_are_refused(site: Site, desk: Desk) -> None:
    met = list(read_feeds(desk.store, READER, Round(Manners(AcquireOptions())), NOW))
    assert [type(one) for one in met] == [Issue]
    assert site.asked == []


def test_opml_lists_feeds_at_any_depth() -> None:
    listed = b"""<opml version="2.0"><body><outline text="wires"><outline type="rss" xmlUrl="https://halden.test/feed"/>
        <outline xmlUrl=" https://ostria.test/rss "/></outline><outline xmlUrl="https://halden.test/feed"/></body></opml>"""
    assert opml.addresses(listed, "feeds.opml") == ["https://halden.test/feed", "https://ostria.test/rss"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<opml><body/></opml>", "lists no feed"),
        (b"<html/>", "no OPML"),
        (b"feeds", "well-formed"),
        (b'<!DOCTYPE o [<!ENTITY a "x">]><opml/>', "document type"),
    ],
)
def test_what_is_no_opml_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=rf"feeds\.opml: .*{reason}"):
        opml.addresses(data, "feeds.opml")


def test_a_sites_rules_are_asked_for_again_after_a_day(site: Site) -> None:
    now = 0.0
    manners = Manners(OPEN, pause=0.0, clock=lambda: now)
    manners.allow(f"{site.home}/a")
    site.robots = "User-agent: *\nDisallow: /a\n"
    now = 86_399.0
    manners.allow(f"{site.home}/a")
    assert site.paths() == ["/robots.txt"]
    now = 86_400.0
    with pytest.raises(InputError, match=r"robots\.txt"):
        manners.allow(f"{site.home}/a")
    assert site.paths() == ["/robots.txt"] * 2


def test_a_site_in_trouble_is_asked_for_its_rules_again_after_half_an_hour(site: Site) -> None:
    now = 0.0
    manners = Manners(OPEN, pause=0.0, clock=lambda: now)
    site.answers["/robots.txt"] = (503, {})
    for _ in range(2):
        with pytest.raises(InputError, match=r"robots\.txt"):
            manners.allow(f"{site.home}/a")
        now = 1_799.0
    assert site.paths() == ["/robots.txt"]
    site.answers.clear()
    now = 1_800.0
    manners.allow(f"{site.home}/a")
