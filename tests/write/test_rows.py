"""Rows of tables as they come out of whole invented reports: what a sentence is about, when it was, whose it is."""

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
    ("text", "date", "dated"),
    [
        ("Nine soldiers were killed on Tuesday in Orvale.", "2031-03-11", "named"),
        ("The worst blast came in February 2030, killing nine people in Orvale.", "2030-02", "named"),
        ("Nine soldiers were killed in Orvale, the ministry said on Tuesday.", "2031-03-13", "published"),
        ("More than 900 people have been killed since the war began.", "2031-03-13", "published"),
        ("Around 2,154 soldiers have been killed since the 2024 invasion.", "2031-03-13", "published"),
    ],
)
def test_an_incident_has_the_day_on_which_people_were_harmed(text: str, date: str, dated: str) -> None:
    (row,) = account(text).incidents
    assert (row["date"], row["dated"]) == (date, dated)


def test_a_part_of_a_number_of_victims_is_no_incident_of_its_own() -> None:
    made = account("Eleven people, including two medics and one nurse, were wounded in Orvale on Tuesday.")
    assert [(row["low"], row["high"]) for row in made.incidents] == [(11.0, 11.0)]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Minister Ilse Tarn will visit Orvale on Friday, her office said on Thursday.", "2031-03-14"),
        ("The convoy crossed the bridge on Tuesday and met a patrol that was founded in 2020.", "2031-03-11"),
        ("The council was dissolved after rebels signed the Orvale accord on May 4, 2029.", "2029-05-04"),
    ],
)
def test_the_timeline_has_the_day_of_what_is_told(text: str, date: str) -> None:
    assert [entry.date for entry in account(text).timeline] == [date]


@pytest.mark.parametrize(
    "text",
    [
        "Around 2,150 soldiers have died since the invasion in 2024.",
        "Ostria and Tavoria have fought three wars since they became independent in 1947.",
        "Controls are even tighter than those laid on for the king in 2024, with the centre of Orvale closed.",
        "With the talks on the border set to resume on Monday, Tarn said that the weather was good.",
        "The firm's debt stood at 228 million crowns from January to September this year.",
        "The airstrike this week hit a camp, the governor said on Wednesday.",
    ],
)
def test_what_is_only_told_by_the_way_is_no_entry(text: str) -> None:
    assert all(entry.precision == "week" for entry in account(text).timeline)


@pytest.mark.parametrize(
    ("text", "date", "words"),
    [
        ("The governor, who was elected in 2024, is a friend of the king.", "2024", "The governor, who was elected in 2024 …"),
        (
            "After a missile test over Orvale on March 2, the king agreed to return to the talks on the border.",
            "2031-03-02",
            None,
        ),
        (
            "Ministers hailed the accord on the border that was signed in Orvale on March 2.",
            "2031-03-02",
            "… the accord on the border that was signed in Orvale on March 2",
        ),
    ],
)
def test_an_event_beside_the_news_stands_in_its_own_words(text: str, date: str, words: str | None) -> None:
    assert [(entry.date, entry.text) for entry in account(text).timeline] == ([(date, words)] if words else [])


def test_what_follows_the_date_of_a_clause_is_not_taken_for_its_own() -> None:
    made = account(
        "Envoys have asked for talks since the rebels formed a new cabinet in March 2030, demanding an end to the strikes."
    )
    assert [entry.text for entry in made.timeline] == ["… the rebels formed a new cabinet in March 2030 …"]


@pytest.mark.parametrize(
    "text",
    [
        "Orvale and Tavoria fought a long war from 2001 to 2008, in which many people were killed.",
        '"The jump was hard for me and I nearly fell on Tuesday. I landed badly," she said.',
        "In March alone, at least 61 have died.",
        "Ilse Tarn earned a place in the final in Orvale later this month.",
        "Of them, 42 have died, the Health Ministry announced early this week.",
    ],
)
def test_what_says_too_little_by_itself_is_no_entry(text: str) -> None:
    assert account(text).timeline == ()


def test_the_moment_at_which_something_happened_leaves_the_sentence_whole() -> None:
    text = "Three soldiers died and a fourth was wounded when a bomb exploded near Orvale on Tuesday, the army said."
    assert [(entry.date, entry.text) for entry in account(text).timeline] == [("2031-03-11", text)]


def test_a_rate_is_no_number_of_victims() -> None:
    assert account("About 60 refugees die every day in the camps of Orvale.").incidents == ()


def test_a_day_that_only_the_sentence_before_names_dates_no_entry() -> None:
    made = account("Talks on the border were held in Orvale on Tuesday.\n\nThe talks ended without any result for the ministers.")
    assert [entry.date for entry in made.timeline] == ["2031-03-11"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Six guards, a chief and a passer-by were killed in Orvale on Tuesday.", [(8.0, 8.0)]),
        ("Gunmen kidnapped two hostages, a man and a woman, in Orvale on Tuesday.", [(2.0, 2.0)]),
        ("A bomber killed 13 recruits in Orvale on Tuesday and wounded 12 more, medics said.", [(12.0, 12.0), (13.0, 13.0)]),
        ("A mine killed at least four guards and one Norwegian in Orvale.", [(5.0, None)]),
        ("One guard was killed and two guards were injured in Orvale on Tuesday.", [(1.0, 1.0), (2.0, 2.0)]),
        ("Scores were feared drowned when a boat sank in Orvale.", []),
        ("The trial of four men accused of killing a guard in Orvale opened on Tuesday.", [(1.0, 1.0)]),
        ("A king's death is always a trial for his people.", []),
        ("All 14 rebels, two soldiers and one hostage died in Orvale.", [(17.0, 17.0)]),
        ("Only these two bodies opposed the plan.", []),
        ("The death of even one guard is a strain on the force.", []),
        ("A mine wounded 11 guests, including two Germans and one Greek, in Orvale.", [(11.0, 11.0)]),
        ("Norway has executed 10 power projects in Orvale.", []),
        ("The war caused the death, abduction or forced displacement of two million people.", []),
        ("Funerals were held on Tuesday for five of the 16 people killed in Orvale.", [(16.0, 16.0)]),
        ("Mines injured or killed 36 in Orvale on Tuesday.", []),
        ("Two soldiers, one guest and all 14 rebels were killed in Orvale.", []),
        ("Among the dead are two locals.", []),
    ],
)
def test_a_number_that_is_not_the_whole_is_told_as_what_it_is(text: str, expected: list[tuple[float, float | None]]) -> None:
    assert [(row["low"], row["high"]) for row in account(text).incidents] == expected


def test_where_and_when_somebody_spoke_is_not_where_and_when_people_died() -> None:
    (row,) = account("A minister told guests in Orvale on Wednesday that nine soldiers were killed by a mine.").incidents
    assert (row["places"], row["date"], row["dated"]) == ([], "2031-03-13", "published")


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("The king ordered strikes on rebels in Orvale after a rocket killed nine soldiers.", []),
        ("Nine soldiers were killed when gunmen stormed a post in Orvale.", ["Orvale"]),
        ("Turning to Orvale, where mines have killed nine soldiers, the king spoke of peace.", ["Orvale"]),
        ("Nine soldiers were killed in Norway's western province of Orvale on Tuesday.", ["Norway", "Orvale"]),
        ("A flood killed nine soldiers in Orvale, Tarn and Velm provinces on Tuesday.", ["Orvale", "Tarn", "Velm"]),
        ("A fire on Tuesday in Norway's commercial capital Orvale killed nine people.", ["Norway", "Orvale"]),
        ("Rain caused mudslides in the eastern Philippines on Friday, killing 388 people.", ["Philippines"]),
        ("Nine soldiers were killed in Norway's southern Orvale province on Tuesday.", ["Norway", "Orvale"]),
        ("Nine soldiers were killed at the US base in Orvale on Tuesday.", ["Orvale"]),
        ("Nine soldiers were killed in a remote part of southeastern Norway on Tuesday.", ["Norway"]),
        ("Nine soldiers were pulled dead from a house in the centre of Orvale.", ["Orvale"]),
        ("In Orvale, where mines are many, nine soldiers were killed on Tuesday.", ["Orvale"]),
        ("Nine other people died in the attack which came a day after the king returned to Norway from Chad.", []),
        ("Police arrested 20 people, most of whom came from Chad to find work in Norway.", []),
    ],
)
def test_a_place_is_where_people_were_harmed(text: str, places: list[str]) -> None:
    (row,) = account(text).incidents
    assert row["places"] == places


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Last week's clashes in Orvale, which left nine soldiers dead, came amid a strike.", None),
        ("From 2001 to 2010, floods in Norway killed 900 people.", None),
        ("The court hailed a plan against attacks that killed almost 40 people during April's vote.", None),
        ("The general took command on Monday after nine soldiers were killed in two blasts.", None),
        ("Troops stormed the house on Tuesday and freed 71 hostages.", None),
        ("It was the second blast since Monday when nine soldiers were killed.", "2031-03-10"),
        ("Nine soldiers were killed in two blasts.", "2031-03-13"),
        ("Around 2,100 soldiers have been killed since the invasion, which the king admitted Tuesday was a fault.", "2031-03-13"),
    ],
)
def test_the_day_of_the_report_is_not_told_where_the_sentence_has_another(text: str, date: str | None) -> None:
    rows = account(text).incidents
    assert {row["date"] for row in rows} == {date}


@pytest.mark.parametrize("text", ["The 225-share index lost 30 points.", "Two of the hostages were wounded in Orvale."])
def test_a_part_of_a_word_or_of_a_set_is_no_number_of_victims(text: str) -> None:
    assert account(text).incidents == ()


@pytest.mark.parametrize(
    "text",
    [
        "The firm doubled the price of gas supplied to Norway at the start of this year.",
        "The vote led to the resignation of the president and the appointment of Ilse Tarn in February.",
        "Earlier in the day, Ilse Tarn, an economist appointed as special envoy to Norway, took another view.",
    ],
)
def test_an_aside_whose_date_may_be_that_of_the_sentence_or_that_is_cut_is_no_entry(text: str) -> None:
    assert not [entry for entry in account(text).timeline if "…" in entry.text]


def test_herds_are_no_victims() -> None:
    assert account("The same flu killed 3,500 geese on Tuesday in Orvale.").incidents == ()


@pytest.mark.parametrize(
    "text",
    [
        "Tarn made it through to Sunday's final of the cup in Orvale.",
        "Exports of the firm fell from 406 million crowns in 2029 to 133 million crowns in 2030.",
        "Sales in Orvale dropped to 133 million crowns from 406 million crowns in 2029.",
        "The northern states put the blockade on Orvale more than 40 years ago.",
        "He spoke on Tuesday's visit to Orvale that he believed the vote would be lost.",
    ],
)
def test_a_date_that_may_point_either_way_or_only_compares_dates_no_entry(text: str) -> None:
    assert [entry.date for entry in account(text).timeline if entry.date != "2030"] == []


def test_the_day_of_a_ceremony_is_not_that_of_the_deaths() -> None:
    (row,) = account("The army on Wednesday honored the two soldiers who died in the raid on Orvale.").incidents
    assert (row["date"], row["dated"]) == (None, None)


def test_those_left_homeless_are_not_among_the_killed() -> None:
    made = account("The storm killed two people and left thousands homeless in Orvale.")
    assert {(row["state"], row["low"]) for row in made.incidents} == {("killed", 2.0), ("displaced", 2000.0)}


def test_his_government_is_named_and_the_day_is_no_part_of_a_party() -> None:
    made = account(
        "Premier Daro Venn asked for a fixed date, and his government demands a new timetable.",
        "The Iraqi branch of the Northern League on Saturday urged the country's voters not to be fooled by the success of "
        "this week's elections.",
    )
    assert {"Daro Venn's government", "The Iraqi branch of the Northern League"} <= {row["party"] for row in made.positions}


def test_forces_counted_after_others_are_of_the_same_country() -> None:
    (row,) = account("Tarn said that Norway, which has 4,000 troops deployed in Sweden, wants to leave.").posture
    assert row["whose"] == "Norway"
    rows = account("About 2,500 Norwegian troops remain in Sweden and 900 are deployed to Finland.").posture
    assert [(row["place"], row["whose"]) for row in rows] == [("Finland", "Norway"), ("Sweden", "Norway")]


def test_a_force_elsewhere_is_no_level_of_the_place_that_it_watches() -> None:
    made = account(
        "Sweden has deployed 80,000 troops along the border to stop militants launching attacks in Norway.",
        "Finland has about 1,400 troops in Norway.",
    )
    assert [(row["place"], row["whose"], row["level"]) for row in made.posture] == [("Norway", "Finland", "about 1,400")]


def test_what_several_reports_tell_of_one_day_is_one_entry() -> None:
    made = account(
        "In the latest attack, on Sunday, four guards were wounded at Port Orsk when a rocket hit a vehicle park.",
        "On Sunday a rocket hit a vehicle park at Port Orsk and left four guards wounded.",
        "The latest attack came on Sunday, when a rocket hit a vehicle park.",
        "The council of Orsk met on Sunday to talk about the price of bread and fish.",
    )
    assert [(entry.date, len(entry.cites)) for entry in made.timeline] == [("2031-03-09", 3), ("2031-03-09", 1)]


def test_a_stand_of_long_ago_is_none_of_the_day_of_its_report() -> None:
    assert not account("Tarn sought support from the king of Vessia in November 2019.").positions


def test_one_with_a_family_is_more_than_one() -> None:
    (row,) = account("A former guard and his family were killed in Orvale on Tuesday.").incidents
    assert (row["low"], row["high"]) == (1.0, None)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("A mine killed two guards in Orvale last week.", None),
        ("The raid on Orvale came a week after five people were killed in the hills.", None),
        ("Norway and Sweden made peace over a shipwreck in which 20 people drowned.", None),
        ("Initial reports had said that 15 people had died in the blast.", None),
        ("A guard is charged with the murder of 15 people in Orvale.", None),
        ("The king came to Orvale on Monday. A mine had hit the port. Nine people were killed.", "2031-03-13"),
        ("A boat sank off Orvale last week. Four people were drowned.", None),
        ("On Tuesday the king paid tribute to the nine killed.", None),
        ("On Tuesday, a mine killed four people in Orvale.", "2031-03-11"),
        ("Police said that the death toll rose to eight late on Tuesday.", "2031-03-11"),
        ("Norway has stepped up raids since a bomb attack killed six people in a seaside city last month.", "2031-02"),
        ("The king spoke of the shipwreck Tuesday in which 80 people were killed.", "2031-03-11"),
        ("The bodies of nine guards were found on Tuesday.", None),
        ("Tarn took command on Tuesday after 14 soldiers were killed in two raids.", None),
        ("Eight people were slightly hurt during the operation.", None),
        ("The visit is the first since the army stormed the square on June 4, 2009, killing hundreds of people.", None),
        ("Tarn was among the hostages freed on Tuesday in the house where 71 others had been held hostage.", None),
        ("The house was the target of an attack on August 7, 2028 that killed 11 people and injured 72.", "2028-08-07"),
        ("The last blast, which occurred in 2023, killed nine people.", "2023"),
        ("A plane crashed near Orvale on February 22 three minutes after take-off, killing all 117 on board.", "2031-02-22"),
        ("In February, a plane hit a tree after leaving Orvale, killing four people.", "2031-02"),
        ("A strike in Orvale this week killed 30 guards.", None),
        ("The army has killed 30 rebels, a governor said on Tuesday, four days after the raid.", None),
        ("He murdered 13 women between 1975 and 1980.", None),
        ("Two guards seized by rebels in the February 12 raid have been freed.", "2031-02-12"),
        ("The death toll of the war has reached 2,947.", "2031-03-13"),
        ("The latest deaths bring the number of deaths in Norway since the March 2029 invasion to 2,944.", "2031-03-13"),
    ],
)
def test_the_day_of_a_harm_told_by_the_way_is_not_that_of_the_report(text: str, date: str | None) -> None:
    assert {row["date"] for row in account(text).incidents} == {date}


def test_what_a_report_tells_twice_is_one_incident() -> None:
    (row,) = account(
        "Nine guards were killed in a weekend attack in northern Norway. On Saturday, gunmen killed nine guards in Orvale."
    ).incidents
    assert (row["date"], row["low"], row["high"], len(row["cites"])) == ("2031-03-08", 9.0, 9.0, 2)


def test_an_incident_of_a_day_that_is_only_named_has_no_date() -> None:
    (row,) = account("Clashes on polling day left four people dead.").incidents
    assert row["date"] is None


def test_victims_who_are_only_supposed_are_no_incident() -> None:
    assert not account("The flood could lead to a famine with a potential death toll of 2,000 people.").incidents


def test_what_a_fire_claims_is_no_statement() -> None:
    (row,) = account("A fire broke out at the port of Orvale on March 2, claiming 34 lives.").incidents
    assert (row["date"], row["low"]) == ("2031-03-02", 34.0)


def test_parts_that_are_counted_in_the_first_number_are_not_added_to_it() -> None:
    (row,) = account("Eight people, including four men, one woman and three children were killed in Orvale on Tuesday.").incidents
    assert (row["low"], row["high"]) == (8.0, 8.0)


def test_what_promises_to_be_something_is_no_promise() -> None:
    assert not account("At 39, Tarn promises to be the leader that his father was.").commitments
