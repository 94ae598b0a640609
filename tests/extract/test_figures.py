"""Figures: what a number says, what is no figure, what is derived, and that no text can break the reading."""

from __future__ import annotations

import time
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.language import load
from rapporteur.model.claims import Figure, FigureClaim
from rapporteur.model.reading import Reading
from rapporteur.model.report import Published, Report
from rapporteur.stages.extract import figures, read
from rapporteur.stages.extract.base import Sheet
from rapporteur.stages.extract.figures import numbers


def report(text: str, published: str | None = "2024-01-25") -> Report:
    return Report(
        id="r",
        path=None,
        url=None,
        title=None,
        outlet=None,
        byline=(),
        dateline=None,
        published=Published(published, "day", "given") if published else None,
        language="en",
        text=text,
        furniture=(),
        credits=(),
        issues=(),
    )


@cache
def reading(text: str) -> Reading:
    return read(report(text), load())


def claims(text: str) -> list[FigureClaim]:
    return [c for c in reading(text).claims if isinstance(c, FigureClaim)]


def found(text: str, number: str) -> Figure:
    """The figure of ``text`` whose number words are ``number``."""
    return next(c.figure for c in claims(text) if c.figure.number.exact == number)


# ------------------------------------------------------------------ values
@pytest.mark.parametrize(
    ("text", "number", "value"),
    [
        ("The council has forty-three members.", "forty-three", 43),
        ("They bought 2.5 million tonnes of wheat.", "2.5 million", 2_500_000),
        ("The depot held two hundred and six crates.", "two hundred and six", 206),
        ("About three and a half million voters registered.", "three and a half million", 3_500_000),
        ("Half a dozen envoys came to the hall.", "Half a dozen", 6),
        ("More than a hundred trucks crossed the bridge.", "a hundred", 100),
        ("A third of the harvest was lost.", "A third", 0.3333),
        ("Two-thirds of the delegates agreed.", "Two-thirds", 0.6667),
        ("One in five households had no water.", "One in five", 0.2),
        ("Nearly eight of 10 voters said so.", "eight of 10", 0.8),
        ("Less than half of 1 percent of the seats were free.", "half of 1", 0.5),
        ("Nine out of ten schools were closed.", "Nine out of ten", 0.9),
        ("The track is 10 1/2 miles long.", "10 1/2", 10.5),
        ("Three quarters of a million visitors came.", "Three quarters of a million", 750_000),
        ("The pact covers 8.2 million hectares.", "8.2 million", 8_200_000),
        ("Around 2, 150 guards serve on the coast.", "2, 150", 2_150),
        ("On May 2, 150 guards came to the coast.", "150", 150),
    ],
)
def test_value(text: str, number: str, value: float) -> None:
    figure = found(text, number)
    assert (figure.value, figure.low, figure.high) == (value, None, None)


@pytest.mark.parametrize(
    ("text", "number", "low", "high"),
    [
        ("Hundreds of farmers blocked the road.", "Hundreds", 200, 999),
        ("Tens of thousands of people marched.", "Tens of thousands", 20_000, 99_999),
        ("Tens to hundreds of thousands of birds nest there.", "Tens to hundreds of thousands", 20_000, 999_999),
        ("Dozens, if not hundreds of villagers saw it.", "Dozens, if not hundreds", 24, 999),
        ("The mission needs between 700 and 800 monitors.", "700 and 800", 700, 800),
        ("Some 20-30 boats were seen.", "20-30", 20, 30),
        ("It will cost $5 million to $7 million.", "5 million to $7 million", 5e6, 7e6),
        ("The fund needs 5 to 7 million euros.", "5 to 7 million", 5e6, 7e6),
        ("Two or three ships were late.", "Two or three", 2, 3),
        ("The bank traded at 119.04-06 yen.", "119.04-06", 119.04, 119.06),
        ("Several hundred miners stayed below.", "Several hundred", 200, 999),
    ],
)
def test_range(text: str, number: str, low: float, high: float) -> None:
    figure = found(text, number)
    assert (figure.value, figure.low, figure.high) == (None, low, high)
    assert figure.bound == "range"


@pytest.mark.parametrize(
    ("words", "bound"),
    [
        ("at least 40", "at-least"),
        ("no fewer than 40", "at-least"),
        ("up to 40", "at-most"),
        ("as many as 40", "at-most"),
        ("more than 40", "more-than"),
        ("well over 40", "more-than"),
        ("fewer than 40", "less-than"),
        ("nearly 40", "less-than"),
        ("about 40", "about"),
        ("some 40", "about"),
        ("an estimated 40", "about"),
        ("exactly 40", "exact"),
        ("40", "exact"),
    ],
)
def test_bound(words: str, bound: str) -> None:
    assert found(f"The envoys met {words} elders on the island.", "40").bound == bound


def test_a_preposition_sets_no_bound() -> None:
    assert found("The row over 12 islets went on.", "12").bound == "exact"
    assert found("The plan is built around three pillars.", "three").bound == "exact"
    assert found("The clan keeps 40 or more camels.", "40").bound == "at-least"


# ------------------------------------------------------------------ unit, counted, whose
@pytest.mark.parametrize(
    ("text", "number", "unit", "counted"),
    [
        ("The road is 300 km long.", "300", "kilometre", None),
        ("They paid 4 million euros.", "4 million", "euro", None),
        ("The ministry signed a $48 million contract.", "48 million", "US dollar", "contract"),
        ("He has a salary of just over 1,000 Hong Kong dollars.", "1,000", "Hong Kong dollar", "salary"),
        ("Only 12 percent of voters agreed.", "12", "percent", "voter"),
        ("Millions of dollars were spent.", "Millions", "US dollar", None),
        ("The base was attacked at least 153 times.", "153", None, "attack"),
        ("The 26-member bloc will meet.", "26", None, "member"),
        ("He commands a 120,000-strong army.", "120,000", None, "troop"),
        ("More than 20 heads of state came.", "20", None, "head of state"),
        ("It was 40 Chinese People's Liberation Army (PLA) soldiers who came.", "40", None, "soldier"),
        ("Some 900 US-led coalition troops arrived.", "900", None, "troop"),
        ("The team had 15 Nepalese and three Indians.", "15", None, "Nepalese"),
        ("Over 1,200 Chinese and overseas journalists came.", "1,200", None, "journalist"),
    ],
)
def test_what_is_measured_or_counted(text: str, number: str, unit: str | None, counted: str | None) -> None:
    figure = found(text, number)
    assert (figure.unit, figure.counted) == (unit, counted)


def test_a_noun_left_out_comes_from_before() -> None:
    text = "They were attacked more than 60 times since mid-October, 32 times in Iraq and 28 in Syria."
    assert found(text, "28").counted == "attack"
    assert found("It will shrink from 14,000 to 11,500 troops.", "14,000").counted == "troop"
    assert found("It killed at least 60, including 12 children, and hurt 200.", "200").counted == "person"
    text = "The force has 2,500 U.S. troops in the north; 900 are deployed to the coast."
    assert found(text, "2,500").whose == "U.S."
    assert (found(text, "900").counted, found(text, "900").state) == ("troop", "deployed")
    assert found("Nine Georgians were freed and 20 others were hurt.", "20").counted == "Georgian"
    assert found("The quake killed 10 on the island.", "10").counted == "person"
    assert found("They put the number of registered voters at around 74,000.", "74,000").counted == "voter"


# ------------------------------------------------------------------ no figures
@pytest.mark.parametrize(
    "text",
    [
        "They met on 7 October 2023 and again on Nov. 4, 2023.",
        "It began in 1991, at 10:30 a.m., and ended at 5 p.m.",
        "The ceasefire held for 14 years and 34 days.",
        "The 66-year-old envoy met Jane Roe, 45, and a boy aged 12.",
        "The Council adopted Resolution 1701 under Article 9.",
        "An F-16 jet and an SA-80 rifle were shown.",
        "The Group of Seven met in the 18th week.",
        "Call 555-0134 or (202) 555-0199.",
        "The shop at 1600 Harbour Avenue was shut.",
        "The visitors won 3-1 at home.",
        "No one knew which one of them spoke one day.",
        "The 1990s were a time of two-way trade.",
    ],
)
def test_no_figure(text: str) -> None:
    assert claims(text) == []


# ------------------------------------------------------------------ states
@pytest.mark.parametrize(
    ("text", "number", "state"),
    [
        ("The blast killed seven guards.", "seven", "killed"),
        ("Seven guards were killed by the blast.", "Seven", "killed"),
        ("The blast left at least 10 people dead.", "10", "killed"),
        ("The death toll rose to 212.", "212", "killed"),
        ("Among the dead were three children.", "three", "killed"),
        ("Dozens of refugees were feared drowned.", "Dozens", "killed"),
        ("Some 4,000 people, including 900 civilians, have died.", "900", "killed"),
        ("The raid wounded 12 officers.", "12", "wounded"),
        ("Five people were shot.", "Five", "wounded"),
        ("Six monitors were kidnapped on the road.", "Six", "captured"),
        ("Eleven sailors are still missing.", "Eleven", "missing"),
        ("More than 13,000 refugees have crossed the sea.", "13,000", "displaced"),
        ("About 2,000 villagers fled.", "2,000", "displaced"),
        ("The plan foresees a force of up to 5,000 troops.", "5,000", "deployed"),
        ("France has 4,000 troops in Chad.", "4,000", "deployed"),
        ("Some 5,000 U.S. troops remain in Iraq.", "5,000", "deployed"),
        ("The war left 40 guards and hundreds of villagers dead.", "40", "killed"),
        ("Two gunmen killed nine guards.", "Two", None),
        ("Three of the 17 sailors were wounded.", "17", None),
        ("Police seized 300 rifles.", "300", None),
        ("The batsman hit 51 in the morning.", "51", None),
    ],
)
def test_state(text: str, number: str, state: str | None) -> None:
    assert [c.figure.state for c in claims(text) if c.figure.number.exact == number] == [state] or state is None


def test_an_article_counts_where_a_state_makes_it_a_count() -> None:
    figure = found("The attack killed a politician near the port.", "a")
    assert (figure.value, figure.counted, figure.state) == (1, "politician", "killed")
    assert claims("A politician spoke near the port.") == []


def test_sum_of_a_coordination_is_derived() -> None:
    text = "The bomb killed two journalists and a driver."
    total = next(c for c in claims(text) if c.figure.derived == "sum")
    assert (total.figure.value, total.figure.counted, total.figure.state) == (3, "person", "killed")
    assert total.span.exact == "two journalists and a driver"


def test_remainder_and_persons_are_derived() -> None:
    shot = claims("Three people were shot, one fatally.")
    assert {(c.figure.value, c.figure.state, c.figure.derived) for c in shot} == {
        (3, "wounded", None),
        (1, "killed", None),
        (2, "wounded", "remainder"),
    }
    named = claims("Police said Anna Berg was pronounced dead at the hospital.")
    assert [(c.figure.value, c.figure.state, c.figure.derived) for c in named] == [(1, "killed", "persons")]


# ------------------------------------------------------------------ context
def test_window_is_resolved() -> None:
    window = found("The base has been attacked 60 times since October.", "60").window
    assert window is not None
    assert (window.text, window.begin, window.end) == ("since October", "2023-10-01", "2024-01-25")
    window = found("Over 3,800 people have been killed this year.", "3,800").window
    assert window is not None
    assert window.begin == "2024-01-01"


def test_a_date_of_another_clause_is_no_window() -> None:
    assert found("The front, which was founded in 1978, has around 10,000 guerrillas.", "10,000").window is None


def test_places_are_those_of_the_clause() -> None:
    assert found("The bomb killed nine shepherds in the village of Darwa in Khost province in Afghanistan.", "nine").places == (
        "Darwa",
        "Khost",
        "Afghanistan",
    )
    assert found("US-led forces killed four rebels in Iraq.", "four").places == ("Iraq",)


def test_as_of_and_said_by() -> None:
    assert found("As of Jan. 20, 2024, 41 wells were closed.", "41").as_of == "2024-01-20"
    text = "The mayor said that 14 houses burned down."
    claim = next(c for c in reading(text).claims if isinstance(c, FigureClaim))
    assert claim.figure.said_by is not None
    assert claim.figure.said_by in {c.id for c in reading(text).claims}


# ------------------------------------------------------------------ properties
def own(text: str) -> list[FigureClaim]:
    """Figures alone, so that a failure here is this extractor's."""
    return list(figures.extract(Sheet(report(text), load().parse(text))))


WORDS = (
    "12 3.5 1,200 - – . , ; $ € ½ 1/2 ( ) “ ’s 's % 🙂 مرحبا a an and of to between or up at least more than no in since "
    "two hundred million dozens scores half third one five km percent year 2003 Iraq killed wounded shot people others"
)
PIECES = st.sampled_from([*WORDS.split(), "\n\n", '"'])


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map(" ".join)))
def test_spans_stand_in_the_text(text: str) -> None:
    for claim in own(text):
        assert claim.span.stands_in(text)
        assert claim.figure.number.stands_in(text)
        assert claim.span.start <= claim.figure.number.start < claim.figure.number.end <= claim.span.end
        figure = claim.figure
        assert (figure.value is None) == (figure.low is not None and figure.high is not None)
        assert figure.low is None or figure.high is None or figure.low <= figure.high


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1,",
        "12 ",
        "two ",
        "tens of ",
        "5 to ",
        "a third of ",
        "“3",
        "(4 ",
        "killed 2 and ",
        "Among the dead were two. ",
        "1/",
        "٣ ",
    ],
)
def test_linear_in_the_text(piece: str) -> None:
    """Ten times the text takes no more than some fifteen times the time, the parse not counted."""
    parses = [(text, load().parse(text)) for text in (piece * (n // len(piece)) for n in (3_000, 30_000))]
    spent = []
    for text, parsed in parses:
        start = time.perf_counter()
        list(figures.extract(Sheet(report(text), parsed)))
        spent.append(time.perf_counter() - start)
    assert spent[1] < 25 * spent[0] + 0.2


@given(st.text(alphabet="0123456789.,/kmbnt", max_size=400))
def test_digits_are_read_or_refused(word: str) -> None:
    read_as = numbers.digits(word) if word else None
    assert read_as is None or read_as[0] >= 0


def test_a_decimal_set_apart_by_mistake_is_not_read_by_its_last_part() -> None:
    assert not claims("Turnout was 59. 2 percent of the voters.")
    assert [c.figure.value for c in claims("Turnout was 59.2 percent of the voters.")] == [59.2]
