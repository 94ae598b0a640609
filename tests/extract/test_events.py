"""Events: type, date, place, participants and status, and that no text can break the extractor."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.language import load
from rapporteur.model.claims import EventClaim, Mention
from rapporteur.model.report import Dateline, Published, Report
from rapporteur.stages.extract import events, times
from rapporteur.stages.extract.base import Sheet
from rapporteur.stages.extract.events.lexicon import EVENT_NOUNS, NOUNS, VERBS

TODAY = "2024-01-25"  # a Thursday


def read(
    text: str, published: str | None = TODAY, places: tuple[str, ...] = (), people: tuple[str, ...] = ()
) -> list[EventClaim]:
    report = Report(
        id="r",
        path=None,
        url=None,
        title=None,
        outlet=None,
        byline=(),
        dateline=Dateline("Geneva", published, None) if published else None,
        published=Published(published, "day", "given") if published else None,
        language="en",
        text=text,
        furniture=(),
        credits=(),
        issues=(),
    )
    parsed = load().parse(text)
    sheet = Sheet(report, parsed)
    sheet.mentions.extend(times.extract(sheet))
    for kind, names in (("place", places), ("person", people)):
        for name in names:
            at = text.index(name)
            first = next(i for i, start in enumerate(parsed.starts) if start >= at)
            span = parsed.span(first, first + len(name.split()))
            sheet.mentions.append(Mention(f"n{at}", kind, span, name=name))  # type: ignore[arg-type]
    return list(events.extract(sheet))


def one(text: str, kind: str, **options: tuple[str, ...]) -> EventClaim:
    """The only event of this type in the text."""
    (found,) = [e for e in read(text, **options) if e.type == kind]  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize(
    ("text", "kind", "date"),
    [
        ("The ministers met in the capital on Tuesday.", "meeting", "2024-01-23"),
        ("Rebels attacked a convoy on Monday.", "attack", "2024-01-22"),
        ("The two sides held talks on Wednesday.", "meeting", "2024-01-24"),
        ("Parliament will vote on the bill on Friday.", "vote", "2024-01-26"),
        ("The army withdrew from the valley in 1994.", "withdrawal", "1994"),
        ("The sides signed a treaty last month.", "agreement", "2023-12"),
        ("The president dismissed his defence minister on Sunday.", "appointment", "2024-01-21"),
        ("Police arrested two men on Monday.", "arrest", "2024-01-22"),
        ("Thousands of people protested on Saturday.", "protest", "2024-01-20"),
        ("France deployed 300 soldiers in March 2013.", "deployment", "2013-03"),
        ("Tuesday's bombing shook the market.", "attack", "2024-01-23"),
        ("The regime was toppled in 2001.", "appointment", "2001"),
        ("Workers went on strike Monday.", "strike", "2024-01-22"),
        ("A drone strike hit the depot on Monday.", "attack", "2024-01-22"),
        ("The dam burst on Tuesday.", "other", "2024-01-23"),
        ("The minister told reporters on Tuesday that talks were useful.", "announcement", "2024-01-23"),
    ],
)
def test_type_and_date(text: str, kind: str, date: str) -> None:
    found = one(text, kind)
    assert found.when is not None
    assert found.when.value.startswith(date)


@pytest.mark.parametrize(
    ("text", "precision", "value"),
    [
        ("Rebels attacked the base in 2019.", "year", "2019"),
        ("Rebels attacked the base in May 2019.", "month", "2019-05"),
        ("Rebels attacked the base last week.", "week", "2024-01-15"),
        ("Rebels attacked the base in the third quarter of 2019.", "quarter", "2019-Q3"),
        ("Rebels attacked the base at 10 p.m. Tuesday.", "minute", "2024-01-23T22:00"),
    ],
)
def test_precision_is_kept(text: str, precision: str, value: str) -> None:
    when = one(text, "attack").when
    assert when is not None
    assert (when.precision, when.value) == (precision, value)


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("Rebels attacked the town.", "attack", "asserted"),
        ("Rebels did not attack the town.", "attack", "denied"),
        ("Rebels denied attacking the town.", "attack", "denied"),
        ("Nobody was killed.", "casualties", "denied"),
        ("The ministers will meet in Oslo.", "meeting", "planned"),
        ("The army plans to withdraw from the valley.", "withdrawal", "planned"),
        ("The army may withdraw from the valley.", "withdrawal", "possible"),
        ("The army threatened to attack the town.", "attack", "possible"),
        ("If rebels attack the town, people will flee.", "attack", "possible"),
        ("The parties failed to agree.", "agreement", "denied"),
    ],
)
def test_status(text: str, kind: str, status: str) -> None:
    assert one(text, kind).status == status


def test_what_lies_after_the_report_is_planned() -> None:
    assert one("The summit opens on June 5.", "meeting").status == "planned"


def test_joined_verbs_share_a_date() -> None:
    found = read("A bomb killed nine people and wounded twenty on Sunday.")
    assert [(e.trigger, e.when.value if e.when else None) for e in found] == [
        ("kill", "2024-01-21"),
        ("wound", "2024-01-21"),
    ]


def test_the_event_told_of_again_keeps_its_date() -> None:
    found = read("A blast wrecked a hotel on Sunday. The blast broke windows far away.")
    assert [e.when.value for e in found if e.trigger == "blast" and e.when] == ["2024-01-21", "2024-01-21"]


@pytest.mark.parametrize(
    "text",
    [
        "The league, which joined the protest of the farmers, on Tuesday urged the council to turn back.",
        "Tarn, who had led a column of the army, in 2019 told a court that it was lost.",
    ],
)
def test_a_date_after_the_comma_of_an_aside_is_not_that_of_the_aside(text: str) -> None:
    assert [c.trigger for c in read(text) if c.when is not None and c.trigger in ("join", "lead")] == []


def test_no_date_is_invented() -> None:
    assert one("Rebels attacked the town.", "attack").when is None


def test_a_date_of_saying_is_not_the_date_of_what_is_said() -> None:
    found = one("The minister said on Tuesday that rebels had attacked the town.", "attack")
    assert found.when is None


def test_participants_and_place() -> None:
    text = "Ali Hassan attacked government troops in Tikrit on Monday."
    found = one(text, "attack", places=("Tikrit",), people=("Ali Hassan",))
    assert found.place == "Tikrit"
    assert [(p.name, p.role) for p in found.participants] == [("Ali Hassan", "agent"), ("government troops", "patient")]
    assert found.participants[0].mention is not None


def test_passive_agent() -> None:
    found = one("Three soldiers were killed by rebels.", "casualties")
    assert [(p.name, p.role) for p in found.participants] == [("Three soldiers", "patient"), ("rebels", "agent")]


def test_here_is_the_place_of_the_dateline() -> None:
    assert one("The ministers met here on Tuesday.", "meeting").place == "Geneva"


@pytest.mark.parametrize(
    "text",
    [
        "The plan meets all conditions.",
        "The storm left nine villages dark.",
        "He said the road was long.",
        "The bridge is old and needs care.",
    ],
)
def test_no_event(text: str) -> None:
    assert read(text) == []


def test_lexicon_is_disjoint_by_part_of_speech_and_lower_case() -> None:
    assert all(word == word.lower() for word in (*VERBS, *NOUNS, *EVENT_NOUNS))
    assert {"meet", "attack", "sign", "withdraw"} <= VERBS.keys()
    assert {"summit", "ceasefire", "airstrike", "referendum"} <= NOUNS.keys()


WORDS = st.sampled_from(
    "rebels attacked the talks on Monday , Tuesday's blast killed nine in will not may deny said agreed to withdraw since "
    "2004 scheduled for Friday and when which happened . outbreak of war ceasefire held went strike call by was been".split()
)


@given(st.lists(WORDS, max_size=30))
@settings(max_examples=100, deadline=None)
def test_any_words(words: list[str]) -> None:
    text = " ".join(words)
    for found in read(text):
        assert found.span.stands_in(text)
        assert found.type and found.trigger


@given(st.text(max_size=100))
@settings(max_examples=50, deadline=None)
def test_any_text(text: str) -> None:
    for found in read(text, None):
        assert found.span.stands_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "During the meeting, Vale, who is expected to leave on Friday, also thanked the council.",
        "The index rose nine points before closing for a feast Saturday.",
        "The cabinet favours a timetable ending on June 30, 2032.",
        "Orsk has told its guards that they need not leave before the vote on July 1.",
    ],
)
def test_a_date_that_another_word_stands_nearer_to_is_no_news_of_its_verb(text: str) -> None:
    dated = [e for e in read(text) if e.when is not None]
    assert dated
    assert all(e.aside is not None for e in dated)


def test_a_date_of_the_news_has_no_aside() -> None:
    (found,) = [e for e in read("The council voted overwhelmingly to close the port on Friday.") if e.when is not None]
    assert found.aside is None


def test_what_would_have_been_has_not_been() -> None:
    found = one("The talks would have begun in January had it not been for the flood.", "meeting")
    assert found.status == "possible"


def test_a_season_of_any_year_is_no_date() -> None:
    assert not [e for e in read("The port could not be supplied in winter.") if e.when is not None]
    assert [e for e in read("The port was closed last winter.") if e.when is not None]


def test_what_is_so_from_a_year_on_did_not_take_place_then() -> None:
    assert not [e for e in read("The league has held its cup since 2013, allowing prizes from 2012.") if e.when is not None]


@pytest.mark.parametrize(
    "text",
    [
        "Vale said that measures announced by the bank of Orsk earlier this month showed that it was sound.",
        "The comments followed a strike at the port on Monday.",
        "Defying a resolution of the council in May 2019 to disarm, the group vowed to keep its guns.",
    ],
)
def test_a_date_that_may_be_that_of_something_else_is_no_news(text: str) -> None:
    assert all(e.aside is not None for e in read(text) if e.when is not None)


def test_the_innermost_clause_tells_of_the_event() -> None:
    text = (
        "Calm was restored after an hour of unrest, which followed a day of grief after a guard was killed in a fight on Friday."
    )
    assert [e.aside.exact for e in read(text) if e.type == "casualties" and e.aside] == [
        "a guard was killed in a fight on Friday"
    ]


def test_a_feast_that_is_the_matter_is_no_date() -> None:
    assert not [e for e in read('"Let us celebrate Christmas and the long days by the sea," Vale wrote.') if e.when is not None]


def test_an_aside_is_no_end_of_one_clause_with_the_next() -> None:
    text = "Prices in Orsk rose above the bank's ceiling of 2.0 percent, final data of the office showed on Wednesday."
    assert all(e.aside is None or "," not in e.aside.exact for e in read(text))


@pytest.mark.parametrize(
    "text",
    [
        "The troops should reach Orsk two or three days later.",
        "The league was banned last month. The council closed its office ten days later.",
        "The win gives us much confidence for next year.",
        "Nov. 7 was a feast in Orsk.",
        "A price of 100 crowns for 2030 was agreed to by both sides.",
        "Overnight trains to Orsk were late.",
        "Vale headed the only goal six minutes into the second half.",
        "Orsk faces a debt of 4 billion crowns for the six months ending June 30.",
    ],
)
def test_a_time_that_nothing_took_place_at_is_no_date(text: str) -> None:
    assert not [e for e in read(text) if e.when is not None and e.trigger != "ban"]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Gas will be turned off at 10:00 am in Orsk (0700 GMT) on Monday.", "2024-01-29"),
        ("The council has set the vote for Friday.", "2024-01-26"),
        ("The trial is set to close March 10 when all have spoken.", "2024-03-10"),
        ("Tarn starts her visit to Orsk from Jan. 30 to Feb. 1.", "2024-01-30"),
        ("Late Tuesday Tarn announced that a price for 2030 had been agreed.", "2024-01-23"),
        ("The tickets that Tarn has printed go on sale from 0900 GMT Wednesday.", "2024-01-31T09:00Z"),
        ("Tarn has begun preparations for the forthcoming Orsk Fair on December 11 in the capital.", "2024-12-11"),
    ],
)
def test_the_day_that_a_sentence_names_is_that_of_its_event(text: str, date: str) -> None:
    assert {e.when.value for e in read(text) if e.when is not None} == {date}


def test_an_hour_belongs_to_the_day_told_of_before_and_not_to_that_of_the_report() -> None:
    found = read("Two buses collided on Tuesday, police said on Thursday. The crash took place at around 5:30 p.m. near Velm.")
    assert not [e for e in found if e.when is not None and "T" in e.when.value]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "The mission of the league, approved by the council on January 3, involves the guard of roads.",
            "The mission of the league, approved by the council on January 3",
        ),
        (
            "The rate in Orsk was not high; more than 80 guards were killed there in December alone.",
            "more than 80 guards were killed there in December alone",
        ),
        (
            "Since the war ended in a league-brokered truce on January 14, there have been calls for a vote.",
            "the war ended in a league-brokered truce on January 14",
        ),
        (
            "Nobody of Orsk has won, although Vale led in 1997 and Ilse Tarn finished second in 2003.",
            "Vale led in 1997",
        ),
        (
            "It was a reference to Orsk's old rule of the coast which ended in April 2005.",
            "Orsk's old rule of the coast which ended in April 2005",
        ),
        (
            "The talks were held near Velm, where guards shot a trader and held two last week, and took his cart.",
            "guards shot a trader and held two last week",
        ),
    ],
)
def test_an_event_told_by_the_way_keeps_the_words_that_tell_it(text: str, words: str) -> None:
    assert words in [e.aside.exact for e in read(text) if e.aside is not None]


@pytest.mark.parametrize(
    "text",
    [
        "The plan is like that of the panel, which had met the king, his aides and guards, and was to report next month.",
        "The yearly speech -- a custom begun by her father in 1932 -- was read in the hall.",
        "The four are among eight guards who are to be tried for their part in the killings in November last year.",
        "Birds have died, according to a paper released on Tuesday by the Office for Farms, Food and Rural Matters.",
        "Tarn is on trial for the massacre of 148 people from the village of Velm in 1982.",
        "The army retook all the land they held except Velm in 1995.",
        "Vale said that he was beaten before being freed on Tuesday.",
        "The drop in the price of oil matched the decline in September.",
        "Born in 1927 in Orsk, Vale was only 15 when he began to play.",
        "She felt free since she began to paint in Orsk 10 years ago and people should know that.",
    ],
)
def test_what_does_not_stand_by_itself_has_no_words(text: str) -> None:
    dated = [e for e in read(text) if e.when is not None]
    assert dated
    assert all(e.aside is not None and " " not in e.aside.exact for e in dated)


def test_what_happened_when_something_else_did_has_its_date() -> None:
    text = "Three guards died and a fourth was wounded when a bomb exploded near Velm on Saturday, the army said."
    assert all(e.aside is None for e in read(text) if e.when is not None)


def test_a_date_within_a_noun_is_that_of_the_noun() -> None:
    found = [e for e in read("Failures of the July 12-August 14 Orsk war have been the matter of two probes.") if e.when]
    assert [e.trigger for e in found] == ["war"]


def test_a_date_before_what_is_inserted_is_not_that_of_the_verb_behind_it() -> None:
    assert not [e for e in read("Vale's tactics in Orsk 12 months ago, ending in a brief halt, were seen as a threat.") if e.when]
