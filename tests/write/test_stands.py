"""Stands and promises in the tables: when they were taken, whose they are, whether the party took them itself."""

from __future__ import annotations

import pytest

from rapporteur.model.account import Account
from rapporteur.stages.link import link
from rapporteur.stages.reconcile import reconcile
from rapporteur.stages.write import ComposeOptions, compose
from tests.made import reading


def account(*texts: str) -> Account:
    """The account of these texts, all of one Thursday."""
    readings = [reading(f"r{number}", text, "2031-03-13") for number, text in enumerate(texts)]
    lineage = link(readings)
    return compose(readings, lineage, reconcile(readings, lineage), ComposeOptions())


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Minister Ilse Tarn rejected the plan of the king.", "2031-03-13"),
        ("Minister Ilse Tarn rejected on Tuesday the plan of the king.", "2031-03-11"),
        ("On Tuesday, Ostria urged both sides to return to the talks.", "2031-03-11"),
        ("Minister Ilse Tarn on Tuesday urged both sides to return to the talks.", "2031-03-11"),
        ("Minister Ilse Tarn said on Tuesday that Ostria was ready to send more troops.", "2031-03-11"),
        ("Ostria is ready to send more troops, minister Ilse Tarn said on Tuesday.", "2031-03-11"),
        ("Minister Tarn, who met the king on Tuesday, rejected the plan.", "2031-03-13"),
        ("Ostria had previously warned the council that the talks could fail.", None),
        ("At their meeting last month in Orvale, the ministers rejected the plan of the council.", None),
        ('Minister Ilse Tarn spoke in Orvale. "We want a fixed date," Tarn said.', "2031-03-13"),
        ('The army will leave, Ilse Tarn said in an interview on Tuesday. "We want a fixed date," Tarn said.', "2031-03-11"),
    ],
)
def test_a_stand_has_the_day_on_which_it_was_taken(text: str, date: str | None) -> None:
    assert {row["date"] for row in account(text).positions} == {date}


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Ostria pledged to send more troops to Orvale.", "2031-03-13"),
        ("On Tuesday, Ostria pledged to send more troops to Orvale.", "2031-03-11"),
        ("During the run-up to the elections, Ostria promised to send more troops to Orvale.", None),
    ],
)
def test_a_promise_has_the_day_on_which_it_was_made(text: str, date: str | None) -> None:
    assert [row["date"] for row in account(text).commitments] == [date]


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("The council of Ostria rejected the plan.", True),
        ("Ilse Tarn rejected the idea.", False),
        ("An embassy urged all guests to leave.", False),
        ("The movement is ready to stand firm.", False),
        ("The Norwegian envoy rejected the plan.", False),
        ("The Norwegians rejected the plan.", True),
        ("The rebels warned that they would attack the port.", True),
        ("The Northern League warned that they would bring disease.", False),
    ],
)
def test_who_and_what_is_only_pointed_at_makes_no_row(text: str, stands: bool) -> None:
    assert bool(account(text).positions) is stands


def test_the_group_is_the_one_that_the_sentence_before_is_about() -> None:
    rows = account("The Tarn Front met in Orvale. The group is ready to halt its attacks.").positions
    assert [row["party"] for row in rows] == ["Tarn Front"]


def test_a_time_that_is_over_is_no_part_of_what_was_promised() -> None:
    text = "Norway and Sweden have agreed to build a road during his February visit to Orsk."
    assert account(text).commitments == ()


def test_what_is_recalled_was_promised_before() -> None:
    (row,) = account("Norway in its turn pledged to send more troops to Orsk, the daily Valen recalled.").commitments
    assert (row["party"], row["date"]) == ("Norway", None)


@pytest.mark.parametrize(
    ("one", "other", "asked"),
    [
        ("Norway leads a 6,000-strong force in Orvale.", "Norway leads a 5,000-strong force in Orvale.", False),
        ("Nine soldiers were killed on March 4 in Orvale.", "Eight soldiers were killed on March 4 in Orvale.", True),
    ],
)
def test_what_may_have_changed_between_two_reports_is_no_open_question(one: str, other: str, asked: bool) -> None:
    readings = [reading("r0", one, "2031-03-05"), reading("r1", other, "2031-03-13")]
    lineage = link(readings)
    made = compose(readings, lineage, reconcile(readings, lineage), ComposeOptions())
    assert bool(made.questions) is asked
