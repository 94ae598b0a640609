"""Every number leads back to a parameter, every parameter to a reference or to the word that there is none."""

from __future__ import annotations

import re
from typing import Any

import lxml.html
import msgspec
import pytest

from rapporteur.model.comparison import Comparison
from rapporteur.schedule import compare
from rapporteur.schedule.backtest import cases
from rapporteur.schedule.rounding import percents
from rapporteur.stages.write.schedule import render
from rapporteur.stages.write.schedule.page import section
from tests.schedule import made as m


@pytest.fixture(scope="module")
def found() -> Comparison:
    return compare(m.scenario(m.content()), runs=2000)


@pytest.fixture(scope="module")
def page(found: Comparison) -> Any:
    return lxml.html.fromstring(render(found, "html"))


def test_every_number_of_the_record_stands_beside_the_parameters_it_rests_on(found: Comparison) -> None:
    sheet = {row.id for row in found.sheet}
    seen = 0

    def walk(value: Any, rests: tuple[str, ...]) -> None:
        nonlocal seen
        if isinstance(value, dict):
            rests = tuple(value.get("rests_on", rests))
            for key, inner in value.items():
                if key != "rests_on":
                    walk(inner, rests)
        elif isinstance(value, list | tuple):
            for inner in value:
                walk(inner, rests)
        elif isinstance(value, int | float) or (isinstance(value, str) and re.search(r"\d", value)):
            seen += 1
            assert rests, value
            assert set(rests) <= sheet

    record = msgspec.to_builtins(found)
    for part in ("outcomes", "pairs", "preferences"):
        walk(record[part], ())
    assert seen > 500


def test_every_parameter_has_a_reference_or_says_that_it_has_none(found: Comparison) -> None:
    assert len(found.sheet) > 50
    for row in found.sheet:
        assert row.basis in ("assumed", "elicit") or len(row.basis.split()) >= 4, row
        assert row.number and row.unit and row.used_for
    made = m.scenario(m.content())
    assert {row.id for row in found.sheet} == {*made.parameters, *(row.id for row in made.initial)}
    assert sum(row.basis not in ("assumed", "elicit") for row in found.sheet) >= 3


def test_every_number_on_the_page_lies_in_something_that_names_its_parameters(page: Any, found: Comparison) -> None:
    known = {row.id for row in found.sheet} | {"run"} | {f"case:{case.id}" for case in cases()}
    body, numbers = page.find("body"), 0
    for element in body.iter():
        if not isinstance(element.tag, str):
            continue
        texts = [element.text, *(child.tail for child in element)]
        if not any(text and re.search(r"\d", text) for text in texts):
            continue
        holders = [e.get("data-rests") for e in [element, *element.iterancestors()] if e.get("data-rests")]
        assert holders, lxml.html.tostring(element)[:200]
        assert set(holders[0].split()) <= known
        numbers += 1
    assert numbers > 500


def test_every_figure_has_its_assumption_sheet_and_every_row_its_parameter(page: Any) -> None:
    holders = page.xpath("//figure[not(ancestor::div[contains(@class, 'card')])] | //div[contains(@class, 'card')]")
    assert len(holders) >= 8
    for holder in holders:
        rows = holder.xpath(".//details[@class='sheet']//tbody/tr")
        assert rows
        assert all(row.xpath("./td[4]")[0].text_content().strip() for row in rows)
    targets = {link.get("href") for link in page.xpath("//details[@class='sheet']//a")}
    ids = {f"#{element.get('id')}" for element in page.xpath("//*[@id]")}
    assert targets <= ids


def test_probabilities_are_to_five_percent_and_dates_to_quarters(found: Comparison) -> None:
    def walk(value: Any) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                if key in ("percent", "gate", "deadline", "consent", "not_ordered", "first_earlier", "second_earlier"):
                    assert inner % 5 == 0 and 0 <= inner <= 100
                if key in ("completion", "ordered"):
                    assert all(re.fullmatch(r"(after )?20\d\d-Q[1-4]|no such run", date) for date in inner.values())
                walk(inner)
        elif isinstance(value, list | tuple):
            for inner in value:
                walk(inner)

    walk(msgspec.to_builtins(found))


def test_both_signs_of_the_presence_effect_are_shown(found: Comparison, page: Any) -> None:
    for outcome in found.outcomes:
        assert [sign.presence for sign in outcome.signs] == ["helps", "harms"]
    text = page.text_content()
    assert "If the presence helps, if it harms" in text
    assert "Monte Carlo error" in text


def test_what_is_refused_is_not_there(found: Comparison, page: Any) -> None:
    names = set(re.findall(r'"(\w+)":', msgspec.json.encode(found).decode()))
    assert not names & {"score", "readiness", "recommended", "recommendation", "index", "go"}
    for text in (page.text_content(), render(found, "md").decode()):
        assert "No date is recommended" in text
        assert "Simulated runs are not findings" in text


def test_a_gate_that_hardly_ever_orders_is_warned_of() -> None:
    made = m.only(m.content(phase_one_need=6.0, phase_two_need=9.0, threshold=2.8), "hybrid")
    warnings = compare(m.scenario(made), runs=1000).warnings
    assert len(warnings) == 2
    assert all("under 10 %" in warning and "late timeline" in warning for warning in warnings)
    assert not compare(m.scenario(m.only(m.content(), "dates")), runs=1000).warnings


def test_preferences_are_labelled_and_never_summed(found: Comparison, page: Any) -> None:
    assert [p.party for p in found.preferences] == ["United States", "Iraq"]
    for party in found.preferences:
        assert party.label in ("party-stated", "party-inferred", "analyst") and party.because
        assert sum(share for _, share in party.best) == 100
    assert "never summed over parties" in page.text_content()


def test_pairs_of_alternatives_are_compared_in_the_same_worlds(found: Comparison) -> None:
    assert len(found.pairs) == 3
    for pair in found.pairs:
        assert pair.first_earlier + pair.same_quarter + pair.second_earlier == 100
    made = m.content()
    made["alternatives"] = [made["alternatives"][2], {**made["alternatives"][2], "id": "again", "name": "Again"}]
    assert compare(m.scenario(made), runs=1000).pairs[0].same_quarter == 100


def test_rounded_shares_keep_their_sum() -> None:
    assert percents([1 / 3, 1 / 3, 1 / 3]) == (35, 35, 30)
    assert percents([0.98, 0.01, 0.01]) == (100, 0, 0)
    assert sum(percents([0.124, 0.126, 0.5, 0.25])) == 100


def test_charts_have_titles_units_and_a_text_alternative(page: Any) -> None:
    charts = page.xpath("//*[local-name()='svg']")
    assert len(charts) == 1 + 3 * 3
    for chart in charts:
        assert chart.get("role") == "img"
        (title,) = chart.xpath("./*[local-name()='title']")
        assert title.get("id") == chart.get("aria-labelledby")
        assert "percent" in title.text or "persons" in title.text
    identifiers = [element.get("id") for element in page.xpath("//*[@id]")]
    assert len(identifiers) == len(set(identifiers))


def test_the_page_fetches_nothing_and_the_section_stands_alone(found: Comparison, page: Any) -> None:
    assert not page.xpath("//script | //link | //img | //iframe")
    assert lxml.html.fragment_fromstring(section(found).strip()).get("id") == "schedules"
    assert msgspec.json.decode(render(found, "json"), type=Comparison) == found


def test_words_of_a_file_are_escaped() -> None:
    made = m.content()
    made["title"] = "<script>alert(1)</script>"
    made["alternatives"][0]["name"] = "<b>dates</b> & more"
    html = render(compare(m.scenario(made), runs=200), "html").decode()
    assert "<script>" not in html and "<b>dates" not in html
