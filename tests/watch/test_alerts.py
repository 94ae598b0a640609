"""Alerts: what of the followed facts has changed between two states of a record, and how it reaches people."""

from __future__ import annotations

import json
import queue
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.header import decode_header, make_header
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.parse import quote

import feedparser
import msgspec
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler
from typer.testing import CliRunner

from rapporteur.accounts import changes_between, next_account, told_since
from rapporteur.cli import app
from rapporteur.desk.adding import Pasted, captures
from rapporteur.engine import engine_for
from rapporteur.errors import ConfigurationError
from rapporteur.model.process import FollowedMeasure, FollowedProcess
from rapporteur.model.team import Group
from rapporteur.model.watch import Alert, Feed
from rapporteur.pipeline import Reader, take
from rapporteur.stages.acquire import AcquireOptions
from rapporteur.stages.write import ComposeOptions
from rapporteur.store.sqlite import SqliteStore
from rapporteur.watch.deliver import TRIES, Sending, deliver
from rapporteur.watch.deliver.syndication import SYNDICATIONS, Channel
from rapporteur.watch.deliver.webhook import key_of, signed
from rapporteur.watch.polite import Manners
from rapporteur.watch.poll import Round
from rapporteur.watch.round import read_feeds, tell
from tests.watch.site import Site, running

NOW = datetime(2031, 3, 2, 9, 0, tzinfo=UTC)
OPEN = AcquireOptions(allow_private=True, timeout=5.0)
READER = Reader(engine_for(1, 60.0), acquire=OPEN)
SECRET = "whsec_" + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
TARGET = "mailto:desk@ostria.test"
CHANNEL = Channel("Alerts", "https://desk.test/alerts", "https://desk.test/alerts.rss")
FIRST = "About 1,800 Merrow soldiers are stationed in Ostria, Defence Minister Ana Keller told reporters on Saturday."
OTHER = "The Calder Bay harbour office counted 31 trawlers at its quay, and dismissed talk of a strike by dockers."
SECOND = "Some 1,200 Merrow soldiers are stationed in Ostria, Defence Minister Ana Keller told reporters on Tuesday."


class Desk:
    def __init__(self, folder: Path, site: Site) -> None:
        self.path = folder / "record.rapporteur"
        self.store = SqliteStore(self.path)
        self.watch = self.store.watch()
        self.watch.put_feed(Feed(f"{site.home}/feed"))

    def round(self, now: datetime, *targets: str) -> list[Alert]:
        list(read_feeds(self.store, READER, Round(Manners(OPEN, pause=0.0)), now))
        new = tell(self.store, self.watch, targets, now)
        return [row.alert for row in self.watch.alerts(new)] if new else []

    def owes(self, alerts: list[Alert], target: str) -> list[Alert]:
        """The desk is to deliver ``alerts`` to ``target``."""
        self.watch.alert("", alerts[0].account, alerts, [target])
        return alerts


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as site:
        site.publish("/a", "Soldiers in Ostria", "2031-03-01", FIRST)
        yield site


@pytest.fixture
def desk(tmp_path: Path, site: Site) -> Iterator[Desk]:
    made = Desk(tmp_path, site)
    yield made
    made.store.close()


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[Alert]:
    """The alerts of a real record, made once for the tests of delivery."""
    with running() as site:
        site.publish("/a", "Soldiers in Ostria", "2031-03-01", FIRST)
        desk = Desk(tmp_path_factory.mktemp("told"), site)
        desk.round(NOW)
        alerts = desk.round(later(site))
        desk.store.close()
    assert len(alerts) > 1
    return alerts


def later(site: Site) -> datetime:
    """Two more reports, a month on: one with another level, one on something else."""
    site.publish("/c", "Trawlers at Calder Bay", "2031-04-05", OTHER)
    site.publish("/b", "Fewer soldiers in Ostria", "2031-04-06", SECOND)
    return NOW + timedelta(days=35)


def test_a_changed_figure_and_a_new_origin_are_told_once_with_their_citations(site: Site, desk: Desk) -> None:
    assert desk.round(NOW) == [], "the first account is where alerts begin"
    assert desk.round(NOW + timedelta(hours=1)) == [], "nothing has changed"
    alerts = desk.round(later(site))
    figures = [alert for alert in alerts if alert.kind == "figure"]
    (changed,) = [alert for alert in figures if "1,200" in alert.text]
    assert (changed.heading, changed.short) == ("Figure changed", "“About 1,800 Merrow soldiers” → “Some 1,200 Merrow soldiers”")
    assert changed.text == (
        "“About 1,800 Merrow soldiers” (Halden Wire, 1 March 2031) → “Some 1,200 Merrow soldiers” (Halden Wire, 6 April 2031): "
        "Some 1,200 Merrow soldiers are stationed in Ostria, Defence Minister Ana Keller told reporters on Tuesday."
    )
    said = {claim.id: claim.span.exact for reading in desk.store.readings() for claim in reading.claims}
    assert ["1,200" in said[cite] for cite in changed.cites] == [True, False], "what came is cited first"
    assert changed.earlier == changed.cites[1:]
    texts = {reading.report.id: reading.report.text for reading in desk.store.readings()}
    for alert in figures:
        assert alert.cites
        assert set(alert.reports) <= set(texts)
        assert [alert.account] == [snapshot.number for snapshot in desk.store.snapshots()][-1:]
    (origin,) = [alert for alert in alerts if alert.kind == "origin"]
    assert (origin.heading, origin.text) == ("New origin", "Halden Wire: Trawlers at Calder Bay")
    assert len(origin.reports) == 1
    assert desk.round(NOW + timedelta(days=40)) == []


def test_what_is_private_to_a_group_is_told_at_the_desk_and_sent_to_nobody(site: Site, desk: Desk) -> None:
    desk.round(NOW, TARGET)
    team = desk.store.team()
    team.set_group(Group("inner circle", ()))
    team.set_private("secret", ["inner circle"])
    later(site)
    list(read_feeds(desk.store, READER, Round(Manners(OPEN, pause=0.0)), NOW + timedelta(days=35)))
    (hidden,) = [r.report.id for r in desk.store.readings() if "1,200" in r.report.text]
    team.assign("report", hidden, "secret")
    alerts = desk.round(NOW + timedelta(days=36), TARGET)
    private = {alert.id for alert in alerts if hidden in alert.reports}
    sent = [one.alert.id for one in desk.watch.deliveries("2099")]
    assert private and sent
    assert set(sent) == {alert.id for alert in alerts} - private
    assert desk.round(NOW + timedelta(days=37), TARGET) == [], "nothing is told twice"


def test_a_figure_that_another_excludes_is_told_as_disputed_with_both(site: Site, desk: Desk) -> None:
    wounded = "{} soldiers were wounded in the attack at Calder Bay on March 1, {} said on Sunday."
    site.publish("/hurt", "An attack", "2031-03-02", wounded.format("Four", "the army"))
    desk.round(NOW)
    site.publish("/other", "More were hurt", "2031-03-02", wounded.format("Nine", "a hospital director"))
    (told,) = [alert for alert in desk.round(NOW + timedelta(days=1)) if alert.kind == "figure"]
    assert (told.heading, told.short) == ("Figure disputed", "“Four soldiers” against “Nine soldiers”")


def test_what_was_pasted_without_a_title_is_named_by_its_first_words_and_a_stand_by_who_takes_it(site: Site, desk: Desk) -> None:
    desk.round(NOW)
    pasted = Pasted(
        "LISSEN, April 9, 2031 - Opposition leader Tomas Reyl rejects any extension of the mandate, he said on Wednesday."
    )
    list(take(captures([pasted], OPEN), desk.store, READER))
    told = {alert.kind: alert for alert in desk.round(NOW + timedelta(hours=1))}
    assert told["origin"].text == "“LISSEN, April 9, 2031 - Opposition leader Tomas Reyl…” (pasted)"
    assert told["position"].heading == "New position"
    assert told["position"].text.startswith("Tomas Reyl on “any extension of the mandate”: rejects. Opposition leader")


def test_a_round_goes_on_under_the_title_that_accounts_were_given(site: Site, desk: Desk) -> None:
    list(read_feeds(desk.store, READER, Round(Manners(OPEN, pause=0.0)), NOW))
    next_account(desk.store, ComposeOptions(title="Merrow leaves"))
    desk.round(NOW)
    assert {alert.title for alert in desk.round(later(site))} == {"Merrow leaves"}
    assert {snapshot.title for snapshot in desk.store.snapshots()} == {"Merrow leaves"}


def test_what_an_account_tells_of_the_one_before_is_what_would_be_worked_out_again(site: Site, desk: Desk) -> None:
    desk.round(NOW)
    desk.round(later(site))
    since, last = desk.store.snapshots()[-2:]
    kept = desk.store.snapshot(last.number)
    assert kept is not None
    before, again = changes_between(desk.store, since.number)
    told = told_since(desk.store, since.number, kept)
    assert msgspec.json.encode(told[1]) == msgspec.json.encode(again.account)
    assert told[0] == before and told[1].changes


def test_only_what_the_process_file_follows_is_told(site: Site, desk: Desk) -> None:
    ships = FollowedProcess("merrow", "Merrow leaves", measures=(FollowedMeasure("Ships", ("ship",)),))
    desk.store.follow(ships)
    desk.round(NOW)
    assert [alert.kind for alert in desk.round(later(site)) if alert.kind == "figure"] == []


def test_the_measure_that_the_process_file_follows_is_told_under_its_name(site: Site, desk: Desk) -> None:
    desk.store.follow(FollowedProcess("merrow", "Merrow leaves", measures=(FollowedMeasure("Force", ("soldier",)),)))
    desk.round(NOW)
    alerts = desk.round(later(site))
    assert {(alert.process, alert.title) for alert in alerts} == {("merrow", "Merrow leaves")}
    assert any(alert.kind == "figure" and "1,200" in alert.text for alert in alerts)
    assert desk.watch.alerts(10, "merrow")
    assert desk.watch.alerts(10, "another") == []


def test_a_webhook_is_signed_and_comes_again_after_a_failure_until_it_is_taken(site: Site, desk: Desk, told: list[Alert]) -> None:
    alerts = desk.owes(told, f"{site.home}/hook")
    sending = Sending(OPEN, secret=SECRET)
    site.refuse_posts = 1
    assert deliver(desk.watch, sending, NOW) == (len(alerts) - 1, 1)
    assert deliver(desk.watch, sending, NOW + timedelta(minutes=4)) == (0, 0)
    assert deliver(desk.watch, sending, NOW + timedelta(minutes=6)) == (1, 0)
    assert deliver(desk.watch, sending, NOW + timedelta(days=9)) == (0, 0)
    assert sorted(headers["webhook-id"] for headers, _ in site.posted) == sorted(alert.id for alert in alerts)
    for headers, body in site.posted:
        again = signed(headers["webhook-id"], int(headers["webhook-timestamp"]), body, key_of(SECRET))
        assert again["webhook-signature"] == headers["webhook-signature"]
        assert json.loads(body)["data"]["id"] == headers["webhook-id"]


def test_the_signature_is_that_of_the_standard() -> None:
    """The example of the Standard Webhooks specification."""
    made = signed("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}', key_of(SECRET))
    assert made["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize("secret", [None, "", "whsec_???", "whsec_c2hvcnQ="])
def test_a_webhook_is_not_sent_without_a_proper_secret(secret: str | None) -> None:
    with pytest.raises(ConfigurationError, match="webhook_secret"):
        key_of(secret)


def test_a_webhook_leads_into_no_private_network(site: Site, desk: Desk, told: list[Alert]) -> None:
    alerts = desk.owes(told, f"{site.home}/hook")
    assert deliver(desk.watch, Sending(secret=SECRET), NOW) == (0, len(alerts))
    assert site.posted == []


def test_what_cannot_be_delivered_is_given_up_in_the_end_and_said(site: Site, desk: Desk, told: list[Alert]) -> None:
    alerts = desk.owes(told, f"{site.home}/hook")
    site.refuse_posts = 1_000
    now = NOW
    for _ in range(TRIES + 3):
        deliver(desk.watch, Sending(OPEN, secret=SECRET), now)
        now += timedelta(days=30)
    given_up = desk.watch.given_up()
    assert len(given_up) == len(alerts)
    assert all(delivery.failures == TRIES and "503" in problem for delivery, problem in given_up)


class Mailbox(MessageHandler):
    def __init__(self) -> None:
        super().__init__()
        self.got: queue.Queue[Message] = queue.Queue()

    def handle_message(self, message: Message) -> None:
        self.got.put(message)


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, str]]:
    handler = Mailbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, f"127.0.0.1:{port}"
    controller.stop()


def test_a_mail_says_what_changed_and_what_it_rests_on(desk: Desk, told: list[Alert], mailbox: tuple[Mailbox, str]) -> None:
    handler, address = mailbox
    alerts = desk.owes(told, TARGET)
    sending = Sending(OPEN, smtp=f"smtp://{address}", sender="rapporteur@desk.test", desk="https://desk.test")
    assert deliver(desk.watch, sending, NOW) == (len(alerts), 0)
    mails = [handler.got.get(timeout=5) for _ in alerts]
    for alert, mail in zip(sorted(alerts, key=lambda a: a.id), sorted(mails, key=lambda m: m["Message-ID"]), strict=True):
        body: Any = mail.get_payload(decode=True)
        assert mail["To"] == "desk@ostria.test"
        assert body.decode().startswith(f"{alert.heading}: {alert.text}\r\n")
        assert all(f"?claim={quote(cite, safe='')}#cited" in body.decode() for cite in alert.cites)
        assert f"https://desk.test/alerts#{alert.id}" in body.decode()
        subject = " ".join(str(make_header(decode_header(mail["Subject"]))).split())
        assert subject.startswith(f"[{alert.title}] {alert.heading}: {alert.short[:40]}")


def test_a_password_is_not_sent_over_an_open_line(desk: Desk, told: list[Alert], mailbox: tuple[Mailbox, str]) -> None:
    handler, address = mailbox
    alerts = desk.owes(told, TARGET)
    sending = Sending(OPEN, smtp=f"smtp://name:word@{address}", sender="rapporteur@desk.test")
    assert deliver(desk.watch, sending, NOW) == (0, len(alerts))
    assert handler.got.empty()


def test_alerts_are_a_feed_that_readers_of_feeds_understand(told: list[Alert]) -> None:
    alerts = told
    for ending in ("rss", "atom"):
        written = SYNDICATIONS[ending][1](alerts, CHANNEL)
        parsed = feedparser.parse(written)
        assert not parsed.bozo
        assert [entry.id for entry in parsed.entries] == [alert.id for alert in alerts]
        assert written == SYNDICATIONS[ending][1](alerts, CHANNEL), "the same alerts give the same bytes"
    made = json.loads(SYNDICATIONS["json"][1](alerts, CHANNEL))
    assert made["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["content_text"] for item in made["items"]] == [alert.text for alert in alerts]


def test_the_command_follows_reads_tells_and_lists(tmp_path: Path, site: Site) -> None:
    record, out = str(tmp_path / "desk.db"), tmp_path / "alerts.json"
    (tmp_path / "feeds.opml").write_text(f'<opml version="2.0"><body><outline xmlUrl="{site.home}/feed"/></body></opml>')

    def watch(*words: str) -> str:
        result = CliRunner().invoke(app, ["watch", "--record", record, "--allow-private", *words], catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.output

    assert "1 report read; 0 alerts" in watch(str(tmp_path / "feeds.opml"), "--once", "--alerts", str(out))
    assert json.loads(out.read_text())["items"] == []
    assert "Halden Wire" in watch("--list")
    assert site.home not in watch("--remove", f"{site.home}/feed", "--list")
