"""Board and schedules in a browser: nothing serious for axe-core, nothing wider than the page, nothing that the policy stops, and
all of it by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from rapporteur.accounts import next_account
from rapporteur.board.entry import Binding, observation
from rapporteur.board.evidence import Evidence
from rapporteur.board.load import loads
from rapporteur.model.board import ScheduleText, entry_id
from rapporteur.pipeline import gather
from rapporteur.stages.write import ComposeOptions
from rapporteur.store import open_store
from tests.board.boards import MADE, SMALL, framework_entry, rating
from tests.cli.command import texts
from tests.schedule import made as m
from tests.web.serving import reader, serving
from tests.web.test_board import REPORTS

PAGES = (
    "/boards", "/board/ford", "/board/ford/observations", "/board/ford/rate?condition=security&site=chad",
    "/schedules", "/schedules/edit?name=plan", "/schedules/shown?name=plan",
)  # fmt: skip
VIEWS = ((1180, "light"), (390, "dark"))
"""Axe-core, which takes seconds, looks at the last; the account's page is looked at in all four."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over a record with a board on which two disagree, and a schedule."""
    folder = tmp_path_factory.mktemp("browser")
    with open_store(folder / "r.db") as store:
        list(gather([str(texts(folder / "reports", REPORTS))], store, reader()))
        told, _ = next_account(store, ComposeOptions(title="Ford"))
        claim = next(c["id"] for c in told.account.claims if c["kind"] == "figure")
        binding = Binding(indicator="attacks", site="chad", claim=claim, decision="accepted", who="M. Editor", at=MADE)
        seen = observation(loads(SMALL, "ford.yaml"), Evidence(told.readings, told.account.findings), binding)
        rated = [rating(who, level, observations=(entry_id(seen),)) for who, level in (("A. One", 1), ("B. Two", 3))]
        plan = ScheduleText("plan", "plan.yaml", m.example_text(), 400, 1, "M. Editor", MADE)
        for entry in (framework_entry(), seen, *rated, plan):
            store.add_to_board(entry)
        next_account(store, ComposeOptions(title="Ford"))
    with serving(folder / "r.db") as made:
        yield made


@pytest.mark.parametrize("page", PAGES)
def test_a_page_fits_and_is_accessible(browser: Any, address: str, axe: str, page: str) -> None:
    opened, errors = browser.new_page(), []
    opened.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    for width, scheme in VIEWS:
        opened.set_viewport_size({"width": width, "height": 900})
        opened.emulate_media(color_scheme=scheme)
        assert opened.goto(address + page).status == 200
        assert opened.evaluate("document.documentElement.scrollWidth") <= width
    opened.evaluate(axe)
    found = opened.evaluate("axe.run().then(r => r.violations.map(v => [v.id, v.nodes[0].html]))")
    assert not found
    assert not errors
    opened.close()


def test_a_condition_is_rated_by_keyboard_alone(browser: Any, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/board/ford/rate?condition=security&site=chad")
    page.focus("#level")
    for key in ("2", "Tab", "Tab", "Tab"):
        page.keyboard.press(key)
    page.keyboard.type("2024-05-20")
    for key in ("Tab", "Tab", "Space", "Tab"):  # past the confidence, to the observation
        page.keyboard.press(key)
    page.keyboard.type("The ministry counts fewer.")
    page.keyboard.press("Tab")
    page.keyboard.type("Another count.")
    page.keyboard.press("Tab")
    page.focus("button.main")
    page.keyboard.press("Enter")
    page.wait_for_url("**/board/ford#b-r-*")
    assert "The ministry counts fewer." in page.inner_text("main")
    assert page.locator(":target").count() == 1
    page.close()


def test_a_comparison_is_followed_to_its_charts(browser: Any, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/schedules/edit?name=hmc")
    page.fill("#runs", "20000")
    page.click("text=Compare")
    page.wait_for_selector("ol.steps li.running")
    page.wait_for_selector("#schedules svg")
    assert page.locator("#schedules svg").count() == 10
    page.close()
