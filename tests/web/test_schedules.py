"""The pages of schedules: alternatives edited, compared with progress, refused with the line, kept for the account."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import lxml.html
import pytest

from rapporteur.schedule.scenario import loads
from rapporteur.store import open_store
from tests.schedule import made as m
from tests.web.serving import serving


@pytest.fixture
def desk(copy: Path) -> Iterator[httpx.Client]:
    with serving(copy) as address, httpx.Client(base_url=address, timeout=60, follow_redirects=True) as client:
        yield client


def form(html: str) -> dict[str, str]:
    """What a browser would send of the form that edits a schedule, without its buttons."""
    [found] = [f for f in lxml.html.fromstring(html).forms if f.action == "/schedules/compare"]
    return {name: value for name, value in found.form_values() if isinstance(value, str)}


def sent(client: httpx.Client, fields: dict[str, str], do: str = "compare", **changes: str) -> httpx.Response:
    return client.post("/schedules/compare", data={**fields, "runs": "400", "do": do, **changes})


def alert(answer: httpx.Response) -> str:
    assert answer.status_code == 422
    [told] = lxml.html.fromstring(answer.text).xpath("//*[@role='alert']")
    return str(told.text_content())


def test_the_worked_example_is_compared_with_progress_and_kept(desk: httpx.Client, copy: Path) -> None:
    assert "compares no schedules yet" in desk.get("/schedules").text
    answer = sent(desk, form(desk.get("/schedules/edit", params={"name": "hmc"}).text))
    assert answer.url.path.startswith("/schedules/run/")
    with desk.stream("GET", answer.url.path.replace("/schedules/run", "/work") + "/steps") as stream:
        told = "".join(stream.iter_text())
    assert "400 of 400 runs" in told and "event: end" in told
    page = desk.get(answer.url.path)
    shown = lxml.html.fromstring(page.text)
    assert len(shown.xpath("//*[local-name()='svg']")) == 10
    assert not re.search(r"<style|\sstyle=|\son\w+=", page.text)
    assert "Assumption sheet" in page.text and "No date is recommended" in page.text
    idents = shown.xpath("//@id")
    assert len(idents) == len(set(idents))

    [work] = shown.xpath("//input[@name='work']/@value")
    [token] = shown.xpath("//form[@action='/schedules/keep']//input[@name='form_token']/@value")
    kept = desk.post("/schedules/keep", data={"form_token": token, "work": work, "name": "mission-end"})
    assert "mission-end" in kept.text
    assert "Higher Military Commission" in desk.get("/schedules/shown", params={"name": "mission-end"}).text
    assert len(desk.get("/api/schedules/mission-end").json()["outcomes"]) == 3
    assert [s["schedule"] for s in desk.get("/api/schedules").json()] == ["mission-end"]
    with open_store(copy) as store:
        assert [e.runs for e in store.board()] == [400]  # type: ignore[union-attr] # the only entry is a schedule
    gone = desk.post("/schedules/withdraw", data={"form_token": token, "name": "mission-end"})
    assert "compares no schedules yet" in gone.text
    assert desk.get("/schedules/shown", params={"name": "mission-end"}).status_code == 404


def test_a_number_changed_in_the_form_is_a_parameter_of_who_entered_it(desk: httpx.Client) -> None:
    fields = form(desk.get("/schedules/edit", params={"name": "hmc"}).text)
    copied = sent(desk, fields, "copy:hybrid", **{"hybrid.one.latest": "2027-03", "hybrid.review": "4"})
    text = form(copied.text)["text"]
    scenario = loads(text, "hmc.yaml")
    assert [a.id for a in scenario.alternatives] == ["dates", "conditions", "hybrid", "hybrid_2"]
    hybrid = scenario.alternatives[2]
    named = scenario.parameters[hybrid.tranches[0].not_later_than]
    assert (named.date, named.mark, named.note) == ("2027-03", "assumed", "entered at the desk by you")
    assert scenario.number(hybrid.review) == 4
    assert hybrid.tranches[1].not_later_than == "hybrid_two_latest", "what was not changed keeps its parameter"
    assert scenario.number(scenario.alternatives[1].review) == 3
    again = form(sent(desk, form(copied.text), "copy:dates", **{"hybrid.one.latest": "2027-06"}).text)["text"]
    later = loads(again, "hmc.yaml")
    bounds = {a.id: later.parameters[a.tranches[0].not_later_than].date for a in later.alternatives if a.id.startswith("hybrid")}
    assert bounds == {"hybrid": "2027-06", "hybrid_2": "2027-03"}, "the copy keeps what it was copied with"
    fewer = loads(form(sent(desk, form(copied.text), "remove:dates").text)["text"], "hmc.yaml")
    assert [a.id for a in fewer.alternatives] == ["conditions", "hybrid", "hybrid_2"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"hybrid.review": "often"}, "'often' is no number"),
        ({"hybrid.review": "inf"}, "'inf' is no number"),
        ({"do": "copy:nothing"}, "is none of the alternatives"),
        ({"hybrid.one.target.iraq": "9000"}, "lies above the level before it"),
        ({"hybrid.one.earliest": "2029-01"}, "not_earlier_than lies after not_later_than"),
        ({"hybrid.one.latest": "2026-13"}, "is no month"),
        ({"hybrid.agreement": "all"}, "no agreement rule or party is called 'all'"),
        ({"runs": "10"}, "give 100 to"),
        ({"runs": "many"}, "give 100 to"),
    ],
)
def test_what_makes_no_sense_is_refused_and_the_form_shown_again(
    desk: httpx.Client, changes: dict[str, str], reason: str
) -> None:
    fields = form(desk.get("/schedules/edit", params={"name": "hmc"}).text)
    assert reason in alert(sent(desk, fields, **changes))


def test_a_file_is_taken_as_typed_and_refused_with_its_line(desk: httpx.Client) -> None:
    token = form(desk.get("/schedules/edit", params={"name": "hmc"}).text)["form_token"]
    typed = {"form_token": token, "name": "mine", "seed": "1"}
    bad = m.example_text().replace("drift: threat_drift", "drift: nothing")
    answer = sent(desk, typed, "file", text=bad.replace("\n", "\r\n"))
    line = bad[: bad.index("drift: nothing")].count("\n") + 1
    assert f"mine.yaml:{line}: no parameter is called 'nothing'" in alert(answer)
    assert "drift: nothing" in answer.text
    assert "title: is missing" in alert(sent(desk, typed, "compare", text="about: x\n"))
    answer = sent(desk, typed, "file", text=m.example_text())
    assert answer.status_code == 200 and form(answer.text)["hybrid.one.latest"] == "2026-09"
