"""The desk in Debian's Chromium: a newcomer's whole path, the keyboard alone, 390 px, dark, without script, and axe-core."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import feedparser
import pytest

from rapporteur.store import open_store
from rapporteur.team.access import Access
from rapporteur.team.groups import private_to, with_members
from tests.board.boards import SMALL
from tests.cli.command import arguments
from tests.web.conftest import SHOTS
from tests.web.serving import serving
from tests.web.test_board import REPORTS

WAIT = 60_000
"""Milliseconds: machines that build are slow at times."""
WORDS = "nine grey ferries"
SERIOUS = ("serious", "critical")
PASTED = (
    "Front shells coast road\n\nPORT ANSELM, March 30, 2031 (Halden Wire) - Four soldiers were wounded at Port Anselm, the "
    "ministry said on Sunday. About 3,000 Merrovian troops remain in Tavoria, Defence Minister Ilena Korsk said.\n"
)


@contextmanager
def window(browser: Any, **context: Any) -> Iterator[Any]:
    """A page in a context of its own. At its end nothing may stand in the console that is an error."""
    made = browser.new_context(accept_downloads=True, **context)
    made.set_default_timeout(WAIT)
    page = made.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    made.close()
    assert wrong == []


def shot(page: Any, name: str) -> None:
    """A screenshot, kept for people to look at."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)


@contextmanager
def command(record: Path) -> Iterator[str]:
    """``rapporteur serve`` as a newcomer starts it; its address is read from what it says."""
    words = arguments("serve", "--record", record, "--port", 0, "--who", "Ada Noor")
    process = subprocess.Popen(words, stderr=subprocess.PIPE, text=True)
    assert process.stderr
    try:
        said = process.stderr.readline()
        found = re.search(r"The desk is open at (http://127\.0\.0\.1:\d+)/", said)
        assert found, said
        yield found[1]
    finally:
        process.terminate()
        process.wait(20)


def test_a_newcomers_whole_path(browser: Any, tmp_path: Path) -> None:
    with command(tmp_path / "new.db") as address, window(browser, viewport={"width": 1280, "height": 900}) as page:
        page.goto(address)
        shot(page, "empty")
        page.get_by_role("main").get_by_role("link", name="Add reports").click()
        page.get_by_role("button", name="Add the example’s reports").click()
        page.get_by_text("13 reports added").wait_for()
        shot(page, "added")
        page.get_by_role("link", name="To the overview").click()
        page.get_by_role("heading", name="In brief").wait_for()
        assert "13 reports" in page.inner_text("main")

        page.locator("ol.brief a.cite").first.click()
        lit = page.locator("#cited")
        lit.wait_for()
        assert_in_view(page, lit)
        assert lit.evaluate("e => getComputedStyle(e).backgroundColor") not in ("rgba(0, 0, 0, 0)", "transparent")

        page.get_by_role("link", name="Lineage").first.click()
        page.locator(".lineage svg[role=img]").wait_for()
        shot(page, "lineage")
        page.get_by_role("row").nth(1).get_by_role("link").click()
        page.get_by_role("heading", name="In words, with the evidence").wait_for()
        page.locator(".card a").first.click()
        page.get_by_role("heading", name=re.compile("Taken from")).wait_for()
        assert page.locator("mark.shared").count() > 2
        assert page.locator("mark.changed").count() > 0
        shot(page, "beside")

        correct_a_figure(page, address)
        paste(page, address, PASTED)
        page.goto(f"{address}/judgements")
        page.get_by_role("main").locator("td a").first.click()
        page.locator("tr.lit td").last.get_by_role("link").click()
        assert "corrected by Ada Noor" in page.inner_text("main"), "the correction holds after a new report"
        page.goto(address)
        assert "14 reports" in page.inner_text("main")

        export(page, address)
        receive_the_alert(page, address)
        compare_schedules(page, address)
        begin_a_board(page, address)
        for name in ("Ida", "Ole"):
            words = arguments("user", "add", name, "--role", "admin", "--password-stdin", "--record", tmp_path / "new.db")
            subprocess.run(words, input=WORDS, text=True, check=True, capture_output=True)
        two_disagree(browser, address)


def two_disagree(browser: Any, address: str) -> None:
    """Two users rate one condition under their own names, one of them on a telephone."""
    with window(browser) as ida, window(browser, viewport={"width": 390, "height": 800}, color_scheme="dark") as ole:
        for page, name, level in ((ida, "Ida", "1"), (ole, "Ole", "3")):
            sign_in(page, address, name)
            rate(page, address, level)
        shot(ole, "rated-390-dark")
        ida.goto(f"{address}/board/ford")
        board = ida.inner_text("main")
        assert "disputed: 1 v 3" in board
        assert "Ole says 3" in board
        shot(ida, "disagreement")


def export(page: Any, address: str) -> None:
    page.goto(f"{address}/export")
    with page.expect_download() as started:
        page.get_by_role("link", name="Word (docx)").click()
    assert Path(started.value.path()).read_bytes().startswith(b"PK")


def receive_the_alert(page: Any, address: str) -> None:
    """What was pasted is told on the page and to a feed reader."""
    page.goto(f"{address}/alerts")
    news = page.locator("ol.alerts li", has_text="Merrovian troops remain")
    end = time.monotonic() + 60
    while not news.count():
        assert time.monotonic() < end
        page.wait_for_timeout(100)
        page.reload()
    shot(page, "alerts")
    told = feedparser.parse(page.request.get(f"{address}/alerts.rss").body())
    assert any("→ “About 3,000 Merrovian troops”" in entry.title for entry in told.entries)


def compare_schedules(page: Any, address: str) -> None:
    page.goto(f"{address}/schedules")
    page.get_by_role("link", name="worked example").click()
    page.get_by_label("Runs").fill("400")
    page.get_by_role("button", name="Compare").click()
    page.locator("#schedules svg").first.wait_for()
    shot(page, "schedules-compared")


def begin_a_board(page: Any, address: str) -> None:
    paste(page, address, REPORTS[0][1])
    page.goto(f"{address}/boards")
    page.get_by_label("The framework, in YAML").fill(SMALL)
    page.get_by_role("button", name="Add it").click()
    page.get_by_role("link", name="Observations").click()
    page.get_by_role("button", name="Accept").first.click()
    page.get_by_role("heading", name="Decided").wait_for()


def sign_in(page: Any, address: str, name: str) -> None:
    page.goto(f"{address}/board/ford")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(WORDS)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Board", exact=True).wait_for()


def rate(page: Any, address: str, level: str) -> None:
    page.goto(f"{address}/board/ford/rate?condition=security&site=chad")
    page.get_by_label("Level", exact=True).select_option(level)
    page.get_by_label("The day it speaks of").fill("2024-05-20")
    page.get_by_role("checkbox").first.check()
    page.get_by_label("Rationale").fill("As the ministry counts.")
    page.get_by_label("What would change my mind").fill("Another count.")
    page.get_by_role("button", name="Add the rating").click()
    page.wait_for_url("**/board/ford#*")


def assert_in_view(page: Any, found: Any) -> None:
    box, height = found.bounding_box(), page.viewport_size["height"]
    assert 0 <= box["y"] < height


def correct_a_figure(page: Any, address: str) -> None:
    page.goto(f"{address}/findings?kind=figure&verdict=differ")
    page.get_by_role("row").nth(1).get_by_role("link").first.click()
    form = page.locator("form.wide-form")
    form.get_by_role("checkbox").first.check()
    form.get_by_label("What is right").fill("at least 4")
    form.get_by_label("Why").fill("the ministry said at least")
    form.get_by_role("button", name="Correct the one chosen").click()
    page.goto(f"{address}/judgements")
    assert "the ministry said at least" in page.inner_text("main")
    shot(page, "judgements")


def paste(page: Any, address: str, text: str) -> None:
    page.goto(f"{address}/add")
    page.get_by_label("The words of the report").fill(text)
    page.get_by_role("button", name="Read it", exact=True).click()
    page.get_by_text("1 report added").wait_for()


PAGES = {
    "overview": "/",
    "reports": "/reports",
    "report": "",
    "findings": "/findings",
    "finding": "",
    "lineage": "/lineage",
    "figures": "/figures",
    "timeline": "/table/timeline",
    "statements": "/table/statements",
    "positions": "/positions",
    "incidents": "/table/incidents",
    "review": "/review",
    "search": "/search?q=how+many+troops+remain+in+Tavoria",
    "add": "/add",
    "export": "/export",
    "api": "/api/docs",
    "alerts": "/alerts",
    "feeds": "/feeds",
    "judgements": "/judgements",
    "issues": "/issues",
}
TEAM_PAGES = {"team": "/team", "audit": "/audit", "me": "/me", "add-into": "/add"}


VIEWS = ((1280, "light", None), (390, "dark", ["color-contrast", "scrollable-region-focusable"]))
"""Each page is loaded once and looked at twice; the second time by those rules of axe-core that hang on width and colours."""
AXE = """async rules => (await axe.run(
    {exclude: [["tbody tr:nth-child(n+9)"], [".charts figure:nth-of-type(n+4)"]]}, rules ? {runOnly: rules} : {}
)).violations"""
"""Of what repeats it looks at the first few: each row takes it as long as the last."""


def test_pages_keep_to_their_policy_hold_against_axe_and_fit_into_the_window(browser: Any, server: str, axe: str) -> None:
    with window(browser) as page:
        assert faults(page, server, PAGES, axe) == []
    lost = browser.new_page()  # its status is an error in the console
    assert faults(lost, server, {"not-found": "/nothing-here"}, axe) == []
    lost.close()


def test_the_pages_of_a_team_do_too(browser: Any, team: tuple[str, str], axe: str) -> None:
    address, session = team
    with window(browser) as page:
        found = faults(page, address, {"sign-in": "/sign-in"}, axe)
        page.context.add_cookies([{"name": "rapporteur-session", "value": session, "url": address}])
        assert found + faults(page, address, TEAM_PAGES, axe) == []


def faults(page: Any, address: str, pages: dict[str, str], axe: str) -> list[str]:
    """What is wrong with the pages, each of which leaves two screenshots."""
    wrong: list[str] = []
    for name, path in pages.items():
        page.goto(address + (path or chosen(page, address, name)))
        if name in ("lineage", "figures"):
            page.locator("svg[role=img]").first.wait_for()
        page.evaluate(axe)
        for width, scheme, rules in VIEWS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            shot(page, f"{name}-{width}-{scheme}")
            found = page.evaluate(AXE, rules)
            serious = [violation for violation in found if violation["impact"] in SERIOUS]
            wrong += [f"{name}, {width}: {v['id']} at {[n['target'] for n in v['nodes'][:3]]}" for v in serious]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wrong.append(f"{name}: scrolls sideways")
    return wrong


@pytest.fixture(scope="module")
def team(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Address of a team's desk at which something has been done, and the session of an admin there."""
    path = Path(shutil.copy(example, tmp_path_factory.mktemp("team") / "team.db"))
    with open_store(path) as store:
        access = Access(store.team())
        admin = access.add_user("Ida Moss", "admin", WORDS, by="test")
        ole = access.add_user("Ole-Bastian Nordahl-Ravnsborg", "analyst", WORDS, by="Ida Moss")
        access.add_user("Rut", "reader", None, by="Ida Moss")
        with_members(access, "north", [ole.name, admin.name], by="Ida Moss")
        private_to(access, "back-channel", ["north"], by="Ida Moss")
        access.make_token(admin, "nightly export", ("read",), days=90, by="Ida Moss")
        session = access.open_session(admin, "password", address="192.0.2.7")
    with serving(path) as address:
        yield address, session


def chosen(page: Any, server: str, name: str) -> str:
    """The address of a report with a parent, or of a disputed finding."""
    page.goto(f"{server}/lineage" if name == "report" else f"{server}/findings?verdict=differ")
    link = page.get_by_role("row").nth(1).get_by_role("link").first
    if name == "report":
        page.goto(server + str(link.get_attribute("href")))
        link = page.locator(".card a").first
    return str(link.get_attribute("href"))


def test_the_keyboard_alone_leads_from_a_question_to_its_passage(browser: Any, server: str) -> None:
    with window(browser, viewport={"width": 1280, "height": 900}) as page:
        page.goto(server)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the page"
        page.keyboard.press("/")
        page.keyboard.type("how many troops remain in Tavoria?")
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="Answers").wait_for()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        for _ in range(80):
            if page.evaluate("document.activeElement.closest('.attr') !== null"):
                break
            page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", "the focus can be seen"
        page.keyboard.press("Enter")
        page.locator("#cited").wait_for()


def test_lists_answer_while_one_types(browser: Any, server: str) -> None:
    with window(browser) as page:
        page.goto(f"{server}/reports")
        page.get_by_label("Outlet, headline or file").press_sequentially("halden")
        page.wait_for_url(re.compile("q=halden"))
        assert 0 < page.locator("tbody tr").count() < 13


def test_all_works_without_script(browser: Any, copy: Path) -> None:
    with serving(copy) as address, window(browser, java_script_enabled=False) as page:
        page.goto(f"{address}/reports")
        page.get_by_label("Outlet, headline or file").fill("halden")
        page.get_by_role("button", name="Show").click()
        assert 0 < page.locator("tbody tr").count() < 13
        page.goto(f"{address}/add")
        page.get_by_label("The words of the report").fill(PASTED)
        page.get_by_role("button", name="Read it", exact=True).click()
        end = time.monotonic() + 60
        while not page.get_by_text("1 report added").count():
            assert time.monotonic() < end
            page.wait_for_timeout(200)
            page.reload()
