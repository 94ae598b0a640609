"""The brief: no line repeats another, totals say what adds up, and speakers are counted once."""

import pytest
from msgspec.structs import replace

from rapporteur.model.account import Account
from rapporteur.stages.link import link
from rapporteur.stages.reconcile import reconcile
from rapporteur.stages.write import ComposeOptions, compose
from rapporteur.stages.write.salience import gist
from rapporteur.stages.write.speakers import described
from tests import made
from tests.write.builders import NO_LINEAGE, figure, finding, reading, statement

ONE = (
    "At least 60 attacks were counted in Norway and more than 90 in Chad. "
    "Talks on the withdrawal of Velmark's troops begin on Monday."
)
BOTH = (
    "Velmark's posts were attacked at least 153 times since October. Velmark’s talks about withdrawing troops will begin Monday."
)


DAYS = "2031-05-12", "2031-06-02"
CLAIMS = {
    "a": (
        figure(ONE, "a#f1", "At least 60 attacks", "60", 60.0, bound="at-least", counted="attack", places=("Norway",)),
        figure(ONE, "a#f2", "more than 90 in Chad", "90", 90.0, bound="more-than", counted="attack", places=("Chad",)),
        statement(ONE, "a#s1", "Talks on the withdrawal of Velmark's troops begin on Monday", "Velmark", "begin on Monday"),
    ),
    "b": (
        figure(BOTH, "b#f1", "at least 153 times", "153", 153.0, bound="at-least", counted="attack"),
        statement(BOTH, "b#s1", "Velmark’s talks about withdrawing troops will begin Monday", "Velmark", "will begin Monday"),
    ),
}
READ = (reading("a", ONE, CLAIMS["a"]), reading("b", BOTH, CLAIMS["b"]))
FOUND = [
    finding("total", ("b#f1",), verdict="sum", parts=("p1", "p2"), weight=2.0, origins=2),
    finding("p1", ("a#f1",), weight=1.0),
    finding("p2", ("a#f2",), weight=1.0),
    finding("s1", ("a#s1",), kind="statement", weight=1.5, speakers=1),
    finding("s2", ("b#s1",), kind="statement", weight=1.4, speakers=1),
]


def account() -> Account:
    return compose(READ, NO_LINEAGE, FOUND, ComposeOptions())


def test_a_total_says_which_parts_add_up_and_where() -> None:
    first = account().brief[0]
    assert first.verdict == "sum"
    assert "at least 153 times" in first.text
    assert (
        "From parts: “At least 60 attacks were counted in Norway” (Outlet a, 4 March 2031); “more than 90 in Chad”" in first.text
    )
    assert set(first.cites) == {"b#f1", "a#f1", "a#f2"}
    assert first.reports == 2


def test_a_total_counts_the_reports_of_all_claims_of_its_parts() -> None:
    again = "Monitors, too, counted at least 60 attacks in Norway."
    claims = (figure(again, "c#f1", "at least 60 attacks", "60", 60.0, bound="at-least", counted="attack", places=("Norway",)),)
    found = [replace(f, supports=("a#f1", "c#f1")) if f.id == "p1" else f for f in FOUND]
    made = compose((*READ, reading("c", again, claims)), NO_LINEAGE, found, ComposeOptions())
    assert made.brief[0].verdict == "sum"
    assert made.brief[0].reports == 3


def test_what_a_line_has_told_is_not_told_again() -> None:
    texts = [line.text for line in account().brief]
    assert len(texts) == 2, "neither the parts, nor the same talks in other words"
    assert sum("begin" in t for t in texts) == 1


def test_the_same_in_other_words_shares_its_gist() -> None:
    one, other = gist("The U.S. withdraws 2,500 troops"), gist("American withdrawal of 2,500 troops")
    assert len(one & other) >= 4
    assert not gist("It has been said that they were there")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("several senior U.S. officials", "an American official"),
        ("The official", "officials"),
        ("a diplomat briefed on the talks", "Diplomats"),
        ("the United States", "United States"),
        ("Ilse Tarn", "Ilse Tarn, who leads the delegation"),
    ],
)
def test_one_description_is_one_speaker(one: str, other: str) -> None:
    assert described(one) == described(other) != ""


@pytest.mark.parametrize(
    ("one", "other"), [("a defence official", "an Interior Ministry official"), ("Ilse Tarn", "Davo Merin"), ("Norway", "Chad")]
)
def test_different_names_and_bodies_are_different_speakers(one: str, other: str) -> None:
    assert described(one) != described(other)


@pytest.mark.parametrize("nobody", ["the two", "a few", "all", ""])
def test_what_names_nobody_is_no_speaker(nobody: str) -> None:
    assert described(nobody) == ""


def test_a_speaker_who_contradicts_himself_is_shown_with_both_passages() -> None:
    denied = '"The ministry will not withdraw its soldiers from the northern valley this summer," Minister Ada Moss said.'
    later = '"The ministry will withdraw its soldiers from the northern valley this summer," Minister Ada Moss said.'
    beside = "Rain fell on the port of Merrow.", "A union of farmers asked for lower fees at the market in Tavoria."
    readings = [made.reading(n, f"{t}\n\n{b}", d) for n, t, b, d in zip("ab", (denied, later), beside, DAYS, strict=True)]
    lineage = link(readings)
    told = compose(readings, lineage, reconcile(readings, lineage), ComposeOptions()).brief
    shown = [line for line in told if "The same speaker" in line.text]
    assert shown, [line.text for line in told]
    assert all(len({c.partition("#")[0] for c in line.cites}) == 2 for line in shown)


def test_what_a_process_is_told_from_is_in_the_brief_however_late_it_stands() -> None:
    filler = " ".join(f"Talks on port fee number {n} went on in Merrow between ministers and unions." for n in range(30))
    head = "Ministers and unions met in Merrow on Monday for talks on the port fees."
    tail = "Tensions in Merrow grew after the murder last month of labour minister Oskar Vale."
    toll = "At least 20,000 people have died of hunger since the ports closed."
    readings = [
        made.reading("a", f"{head} {filler}\n\n{tail}", "2031-05-12"),
        made.reading("b", f"{head} {filler}\n\n{toll} Ministers in Merrow went on with their talks.", "2031-05-13"),
        made.reading("c", f"{head} {filler}", "2031-05-14"),
        made.reading("d", f"{head} {filler}", "2031-05-15"),
    ]
    lineage = link(readings)
    told = " ".join(line.text for line in compose(readings, lineage, reconcile(readings, lineage), ComposeOptions()).brief)
    assert "Oskar Vale" in told
    assert "20,000" in told


def test_what_is_quoted_of_a_party_has_the_name_of_who_says_it() -> None:
    text = 'Talks went on. "The government of Tavoria does not want to share its power. It wants all," said Ilse Tarn.'
    (line,) = [b for b in written(text).brief if "does not want" in b.text]
    assert line.text.startswith("Ilse Tarn: ")


def test_who_announces_something_is_a_speaker_of_it() -> None:
    (line,) = [b for b in written("The army of Tavoria announced on Tuesday that the port would open.").brief if "port" in b.text]
    assert line.speakers == 1


@pytest.mark.parametrize(
    "text",
    [
        "The United States has staunchly supported the cabinet of Orvale, though ties were frayed earlier this year.",
        "The council adopted a resolution calling for the sending of 20,000 guards to Orvale.",
    ],
)
def test_what_is_narrated_or_written_has_no_speaker(text: str) -> None:
    assert {line.speakers for line in written(text).brief} == {0}


def test_who_ends_a_sentence_as_its_speaker_counts() -> None:
    text = "The guard of Orvale will begin its withdrawal after the vote, the press office of the ministry has announced."
    assert {line.speakers for line in written(text).brief} == {1}


def test_reports_of_one_vote_that_say_different_things_do_not_agree() -> None:
    texts = (
        "The draft law of Tavoria was rejected in Monday's referendum, chairman Ilse Tarn of the Tavoria Vote Office announced.",
        "Chairman Ilse Tarn of the Tavoria Vote Office said halls across the land would close at dusk after Monday's referendum.",
    )
    readings = [made.reading(f"r{number}", text, "2031-03-13", f"Outlet {number}") for number, text in enumerate(texts)]
    one = finding("vote", ("r0#e1", "r1#e1"), kind="event", verdict="agree", origins=2)
    (line,) = compose(readings, link(readings), [one], ComposeOptions()).brief
    assert (line.verdict, line.origins, line.cites) == ("single", 1, ("r0#e1",))


def written(*texts: str) -> Account:
    """The account of whole reports, all of one Thursday."""
    readings = [made.reading(f"r{number}", text, "2031-03-13") for number, text in enumerate(texts)]
    lineage = link(readings)
    return compose(readings, lineage, reconcile(readings, lineage), ComposeOptions())
