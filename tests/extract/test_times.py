"""Time mentions: types, values, days covered, what they are resolved against, and that no text can break them."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.language import load
from rapporteur.model.claims import Mention
from rapporteur.model.report import Dateline, Published, Report
from rapporteur.stages.extract import times
from rapporteur.stages.extract.base import Sheet
from rapporteur.stages.extract.times import calendar
from rapporteur.stages.extract.times.classes import letter
from rapporteur.stages.extract.times.grammar import MASTER


def report(text: str, published: str | None, dateline: str | None = None) -> Report:
    return Report(
        id="r",
        path=None,
        url=None,
        title=None,
        outlet=None,
        byline=(),
        dateline=Dateline(None, dateline, None) if dateline else None,
        published=Published(published, "day", "given") if published else None,
        language="en",
        text=text,
        furniture=(),
        credits=(),
        issues=(),
    )


def mentions(text: str, published: str | None = "2024-01-25", dateline: str | None = None) -> list[Mention]:
    return list(times.extract(Sheet(report(text, published, dateline), load().parse(text))))


def values(text: str, published: str | None = "2024-01-25") -> list[tuple[str, str]]:
    return [(m.span.exact, m.time.value) for m in mentions(text, published) if m.time]


# 25 January 2024 is a Thursday.
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The two sides signed the accord on March 3, 2021.", [("March 3, 2021", "2021-03-03")]),
        ("The two sides signed the accord on 3 March 2021.", [("3 March 2021", "2021-03-03")]),
        ("The log entry is dated 2023-12-01.", [("2023-12-01", "2023-12-01")]),
        ("Orsk will host the meeting on Dec. 11-13 of 2026.", [("Dec. 11-13", "2026-12-11"), ("2026", "2026")]),
        ("Rebels seized the town on Oct. 7.", [("Oct. 7", "2023-10-07")]),
        ("The ministers met on Thursday.", [("Thursday", "2024-01-25")]),
        ("The ministers met on Tuesday.", [("Tuesday", "2024-01-23")]),
        ("The ministers will meet on Tuesday.", [("Tuesday", "2024-01-30")]),
        ("The border stays closed until Monday.", [("Monday", "2024-01-29")]),
        ("Voters go to the polls next month.", [("next month", "2024-02")]),
        ("The mission will end by September.", [("September", "2024-09")]),
        ("Clashes broke out in the city of Mar Alto.", []),
        ("It will pass the bill when elections are held on July 20.", [("July 20", "2024-07-20")]),
        ("The last feast in February was marred by a fire.", [("February", "2023-02")]),
        ("They were voted team of the year.", []),
        ("Fighting has gone on since October.", [("October", "2023-10")]),
        ("The talks began last summer and failed in late 2011.", [("last summer", "2023-SU"), ("late 2011", "2011")]),
        ("The envoy spoke at 9 a.m. Tuesday.", [("9 a.m. Tuesday", "2024-01-23T09:00")]),
        ("The bomb went off at 2200 GMT.", [("2200 GMT", "2024-01-25T22:00Z")]),
        ("Shells fell on the port last night.", [("last night", "2024-01-24TNI")]),
        ("The army withdrew earlier this month.", [("earlier this month", "2024-01")]),
        ("It was the worst storm of the 1990s.", [("the 1990s", "199")]),
        ("Officials meet every week.", [("every week", "P1W")]),
        ("Flights leave each Friday.", [("each Friday", "XXXX-WXX-5")]),
        ("The minister recently resigned.", [("recently", "PAST_REF")]),
        ("He is now in Geneva.", [("now", "PRESENT_REF")]),
        ("A final accord will come soon.", [("soon", "FUTURE_REF")]),
        ("They held out for two and a half years.", [("two and a half years", "P2Y6M")]),
        ("They waited for half an hour.", [("half an hour", "PT30M")]),
        ("Profit rose in the third quarter of 2022.", [("the third quarter of 2022", "2022-Q3")]),
        ("Spending grew in fiscal 2023.", [("fiscal 2023", "2023")]),
        ("The ceasefire was renewed two weeks ago.", [("two weeks ago", "2024-W02")]),
        ("The siege lasted several months.", [("several months", "PXM")]),
        ("Tuesday's bombing shook the market.", [("Tuesday", "2024-01-23")]),
        ("The truce had been due to expire Monday.", [("Monday", "2024-01-22")]),
        ("The summit opens Tuesday.", [("Tuesday", "2024-01-30")]),
        ("Talks were held in August and December last year.", [("August", "2023-08"), ("December last year", "2023-12")]),
        ("It ran from March 3 to April 5, 2023.", [("March 3", "2023-03-03"), ("April 5, 2023", "2023-04-05")]),
        ("The trial was adjourned until January 23 next year.", [("January 23 next year", "2025-01-23")]),
        ("She spoke after the September 11 attacks.", [("the September 11", "2001-09-11")]),
        ("They left their homes in their late 50s.", []),
    ],
)
def test_value(text: str, expected: list[tuple[str, str]]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Rallies were also announced for Sunday in Orvale.", "2024-01-28"),
        ("The king was showered with praise following Tuesday's raid on the camp.", "2024-01-23"),
        ("First to arrive Tuesday was the envoy of Orsk.", "2024-01-23"),
        ("The talks which ended Wednesday are aimed at forging a truce.", "2024-01-24"),
    ],
)
def test_the_words_beside_a_weekday_say_which_way_it_points(text: str, day: str) -> None:
    assert [value for _, value in values(text)] == [day]


def test_types() -> None:
    found = mentions("On Monday the 65-year-old general left at 10 p.m. and calls every day.")
    assert [(m.time.type, m.time.value) for m in found if m.time] == [
        ("DATE", "2024-01-22"),
        ("DURATION", "P65Y"),
        ("TIME", "2024-01-22T22:00"),
        ("SET", "P1D"),
    ]


def test_later_dates_count_from_the_one_before() -> None:
    text = "They met on Jan. 10. Two days later they signed. The same day the guns fell silent. The next day it was over."
    assert [value for _, value in values(text)] == ["2024-01-10", "2024-01-12", "2024-01-12", "2024-01-13"]


def test_a_year_earlier_is_the_same_quarter() -> None:
    text = "Exports rose in the third quarter. They had been far lower a year earlier."
    assert [value for _, value in values(text, "2023-10-20")] == ["2023-Q3", "2022-Q3"]


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("Aid has fallen in the past year.", "2023-01-25", "2024-01-25"),
        ("Aid has fallen over the past three weeks.", "2024-01-04", "2024-01-25"),
        ("Aid has fallen since October.", "2023-10-01", "2023-10-31"),
        ("Aid will resume in the next two days.", "2024-01-25", "2024-01-27"),
        ("Aid fell in 2022.", "2022-01-01", "2022-12-31"),
        ("Talks took place Nov. 3-5.", "2023-11-03", "2023-11-05"),
    ],
)
def test_days_covered(text: str, begin: str, end: str) -> None:
    (found,) = mentions(text)
    assert found.time is not None
    assert (found.time.begin, found.time.end) == (begin, end)


def test_dateline_dates_a_report_without_publication_date() -> None:
    (found,) = mentions("The ministers met on Tuesday.", None, "2024-01-25")
    assert found.time is not None and found.time.value == "2024-01-23"


def test_first_full_date_of_the_text_dates_an_undated_report() -> None:
    text = "GENEVA, January 25, 2024 - The ministers met on Tuesday."
    assert values(text, None)[-1] == ("Tuesday", "2024-01-23")


def test_without_any_date_a_value_stays_open() -> None:
    assert values("The ministers met on Tuesday in May.", None) == [("Tuesday", "XXXX-WXX-2"), ("May", "XXXX-05")]


@pytest.mark.parametrize(
    "text",
    [
        "The march may begin.",
        "About 2,000 people fled.",
        "The plan costs $1998.",
        "He took second place.",
        "The Sun reported it.",
        "They will fall back and spring a trap.",
    ],
)
def test_no_time(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2024-W01", ("2024-01-01", "2024-01-07")),
        ("2024-W01-WE", ("2024-01-06", "2024-01-07")),
        ("2023-WI", ("2023-12-01", "2024-02-29")),
        ("2024-Q4", ("2024-10-01", "2024-12-31")),
        ("199", ("1990-01-01", "1999-12-31")),
        ("19", ("1900-01-01", "1999-12-31")),
    ],
)
def test_extent(value: str, days: tuple[str, str]) -> None:
    covered = calendar.extent(value)
    assert covered is not None and (covered[0].isoformat(), covered[1].isoformat()) == days


@pytest.mark.parametrize("value", ["XXXX-10", "PRESENT_REF", "P3M", "2024-13", "2024-02-30", "", "0000"])
def test_no_extent(value: str) -> None:
    assert calendar.extent(value) is None


@pytest.mark.parametrize(("year", "day"), [(2024, date(2024, 3, 31)), (2000, date(2000, 4, 23)), (1961, date(1961, 4, 2))])
def test_easter(year: int, day: date) -> None:
    assert calendar.easter(year) == day


WORDS = st.sampled_from(
    "last next the a three 3 31 99 1997 2,000,000 years week Monday May Oct. 9 9999 ago later earlier - , 's of in since "
    "every this first quarter half o'clock a.m. noon 10:30 25:61 '80s 1990s fiscal Q3 13/13/99 couple several and to Easter "
    "yesterday mid today night 0800 GMT 999999999 century decades second hours -year-old same before after day year".split()
)


@given(st.lists(WORDS, max_size=25), st.sampled_from(["2024-01-25", "0001-01-01", "9999-12-31", "2024-02-29", "junk", None]))
@settings(max_examples=150, deadline=None)
def test_any_words_on_any_day(words: list[str], day: str | None) -> None:
    text = " ".join(words)
    for found in mentions(text, day):
        assert found.span.stands_in(text)
        assert found.time is not None and found.time.value


@given(st.text(max_size=120))
@settings(max_examples=60, deadline=None)
def test_any_text(text: str) -> None:
    last = 0
    for found in mentions(text):
        assert found.span.stands_in(text)
        assert found.span.start >= last
        last = found.span.end


@pytest.mark.parametrize("word", ["the", "1997", "12", "last", "twenty", "-", "May", "week", "of", "early", "a", "three", "or"])
def test_grammar_is_linear(word: str) -> None:
    """Ten times the words take about ten times as long: the worst case of every repetition in the grammar."""
    took = []
    for size in (2_000, 20_000):
        letters = letter(word) * size
        started = time.perf_counter()
        place = 0
        while m := MASTER.search(letters, place):
            place = m.start() + 1
        took.append(time.perf_counter() - started)
    assert took[1] < 40 * took[0] + 0.2
