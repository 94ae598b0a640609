"""The board and the schedules as parts of an account: shown in every format, made again byte for byte."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lxml.html
import pytest
import yaml

from rapporteur.accounts import account_again, next_account
from rapporteur.board.entry import Binding, observation
from rapporteur.board.evidence import Evidence
from rapporteur.board.load import loads
from rapporteur.engine import InProcess
from rapporteur.model.board import ScheduleText, entry_id
from rapporteur.pipeline import Reader, Told, gather, give_account
from rapporteur.stages.write import ComposeOptions, render
from rapporteur.store import open_store
from rapporteur.store.base import Store
from tests.board.boards import MADE, SMALL, framework_entry, rating
from tests.cli.command import texts
from tests.schedule import made as m
from tests.schema import validate

REPORTS = (
    ("a.txt", "NDJAMENA, May 12, 2024 (Northern Wire) - Rebels carried out 14 attacks in Chad in April, the ministry said.\n"),
    ("b.txt", "NDJAMENA, May 19, 2024 (Dalen Press) - Monitors counted 22 rebel attacks in Chad in April.\n"),
)
RATED = {"framework": "ford", "question": "met", "conditions": {"threat": "security"}, "sites": {"iraq": "chad"}}
OPTIONS = ComposeOptions(title="Ford", made_at="2031-06-02")


def schedule(name: str = "plan", *, text: str | None = None, **changes: Any) -> ScheduleText:
    content = yaml.safe_dump({**m.only(m.content(), "conditions"), "board": RATED}, sort_keys=False)
    return ScheduleText(name, f"{name}.yaml", content if text is None else text, 200, 1, "M. Editor", MADE, **changes)


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with two reports, of whose claims one is bound and rated, and one schedule."""
    folder = tmp_path_factory.mktemp("parts")
    with open_store(folder / "r.rapporteur") as made:
        list(gather([str(texts(folder / "reports", REPORTS))], made, Reader(InProcess())))
        told = give_account(made, ComposeOptions())
        claim = next(c["id"] for c in told.account.claims if c["kind"] == "figure" and "14" in c["span"]["exact"])
        binding = Binding(indicator="attacks", site="chad", claim=claim, decision="accepted", who="M. Editor", at=MADE)
        seen = observation(loads(SMALL, "ford.yaml"), Evidence(told.readings, told.account.findings), binding)
        rated = rating("A. One", 1, as_of="2024-05-20", low=0, observations=(entry_id(seen),))
        for entry in (framework_entry(), seen, rated, schedule()):
            made.add_to_board(entry)
    return folder / "r.rapporteur"


@pytest.fixture
def store(record: Path, tmp_path: Path) -> Iterator[Store]:
    """A copy of it."""
    with open_store(shutil.copy(record, tmp_path / "r.rapporteur")) as made:
        yield made


def page(told: Told) -> Any:
    return lxml.html.fromstring(render(told.account, told.readings, "html"))


def test_the_account_shows_board_and_schedules_with_their_assumptions(store: Store) -> None:
    told = give_account(store, OPTIONS)
    shown = page(told)
    assert [a.text for a in shown.xpath("//nav//a") if a.text in ("Board", "Schedules")] == ["Board", "Schedules"]
    (board,) = shown.xpath("//section[@id='board-ford']")
    assert "1 minimal (0 to 1), as of 2024-05-20" in board.text_content()
    (cite,) = board.xpath(".//a[@class='cite']")
    (passage,) = shown.xpath(f"//section[@id='reports']//*[@id='{cite.get('href')[1:]}']")
    assert "14" in passage.text_content()
    (compared,) = shown.xpath("//section[@id='schedules']")
    basis = compared.xpath(".//tr[@id='p-initial.threat.iraq']")[0].text_content()
    assert "rated 0-1 by A. One on 2024-05-20; board ford, version 1, question met" in basis
    identifiers = shown.xpath("//@id")
    assert len(identifiers) == len(set(identifiers))
    assert {h[1:] for h in shown.xpath("//a/@href") if h.startswith("#")} <= set(identifiers)


def test_every_format_has_them(store: Store) -> None:
    told = give_account(store, OPTIONS)
    made = json.loads(render(told.account, told.readings, "json"))
    validate("account", made)
    assert made["boards"][0]["cells"][0]["summary"] == "1 minimal"
    assert made["schedules"][0]["outside"]["cases"]
    text = render(told.account, told.readings, "md").decode()
    assert "\n## The ford\n" in text and "\n### Assumption sheet\n" in text
    sheets = zipfile.ZipFile(io.BytesIO(render(told.account, told.readings, "csv"))).namelist()
    assert {"ratings.csv", "observations.csv", "schedules.csv", "schedules-assumptions.csv"} <= set(sheets)
    assert render(told.account, told.readings, "docx")[:2] == b"PK"


def test_an_account_is_made_again_byte_for_byte_when_ratings_and_schedules_have_changed(store: Store) -> None:
    told, number = next_account(store, OPTIONS)
    before = {form: render(told.account, told.readings, form) for form in ("json", "html")}
    store.add_to_board(rating("B. Two", 3, as_of="2024-05-21"))
    store.add_to_board(schedule("other"))
    later, other = next_account(store, OPTIONS)
    assert other != number
    assert later.account.boards[0].cells[0].summary == "disputed: 1 v 3"
    assert len(later.account.schedules) == 2
    assert page(later).xpath("//section[starts-with(@id, 'schedules')]/@id") == ["schedules", "schedules-2"]
    again = account_again(store, number)
    assert {form: render(again.account, again.readings, form) for form in before} == before


def test_an_earlier_account_has_only_the_ratings_of_its_day(store: Store) -> None:
    store.add_to_board(rating("B. Two", 3, as_of="2024-06-11"))
    for as_of, summary in (("2024-05-31", "1 minimal"), ("2024-05", "1 minimal"), ("2024-06", "disputed: 1 v 3")):
        account = give_account(store, ComposeOptions(as_of=as_of)).account
        assert account.boards[0].cells[0].summary == summary
        basis = next(r.basis for r in account.schedules[0].sheet if r.id == "initial.threat.iraq")
        assert ("B. Two" in basis) == (as_of == "2024-06")
    early = give_account(store, ComposeOptions(as_of="2024-05-15")).account
    assert not early.boards[0].ratings and len(early.boards[0].observations) == 1
    assert next(r.basis for r in early.schedules[0].sheet if r.id == "initial.threat.iraq") == "elicit"


def test_a_schedule_that_cannot_be_compared_is_an_issue_and_the_rest_is_there(store: Store) -> None:
    store.add_to_board(schedule("broken", text="title: x\n"))
    account = give_account(store, OPTIONS).account
    assert len(account.schedules) == len(account.boards) == 1
    assert next(i.message for i in account.issues if i.code == "schedule").startswith("broken.yaml:1: ")
    store.add_to_board(schedule("broken", text="title: x\n", shown=False))
    store.add_to_board(schedule(shown=False))
    account = give_account(store, OPTIONS).account
    assert not account.schedules and not account.issues


def test_a_board_that_nobody_has_used_is_not_shown(store: Store) -> None:
    store.add_to_board(framework_entry(SMALL.replace("framework: ford", "framework: weir"), "weir"))
    told = give_account(store, OPTIONS)
    assert [data.framework["framework"] for data in told.account.boards] == ["ford"]
    assert page(told).xpath("//section[starts-with(@id, 'board')]/@id") == ["board-ford"]
