from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur import language
from rapporteur.model.claims import PositionClaim
from rapporteur.model.report import Report
from rapporteur.stages.extract import names, positions, statements, times
from rapporteur.stages.extract.base import Sheet


def read(text: str) -> list[PositionClaim]:
    report = Report("r", None, None, None, None, (), None, None, "en", text, (), (), ())
    sheet = Sheet(report, language.load().parse(text))
    sheet.mentions.extend(times.extract(sheet))
    sheet.mentions.extend(names.extract(sheet))
    sheet.claims.extend(statements.extract(sheet))
    return list(positions.extract(sheet))


@pytest.mark.parametrize(
    ("text", "party", "stance", "issue"),
    [
        ("The rebels demanded the departure of foreign troops.", "The rebels", "demands", "the departure of foreign troops"),
        ("The government called for a ceasefire.", "The government", "demands", "a ceasefire"),
        ("The ministry urged both sides to return to the talks.", "The ministry", "demands", "both sides to return to the talks"),
        ("The parliament rejected the plan.", "The parliament", "rejects", "the plan"),
        ("The government does not support the plan.", "The government", "rejects", "the plan"),
        ("The council supports the new timetable.", "The council", "supports", "the new timetable"),
        ("The government offered to release the prisoners.", "The government", "offers", "to release the prisoners"),
        ("The army warned that the truce could collapse.", "The army", "warns", "the truce could collapse"),
        ("The union is ready to resume the talks.", "The union", "offers", "to resume the talks"),
    ],
)
def test_stances(text: str, party: str, stance: str, issue: str) -> None:
    (claim,) = read(text)
    assert (claim.party, claim.stance, claim.issue) == (party, stance, issue)
    assert claim.span.stands_in(text)


@pytest.mark.parametrize(
    ("text", "issue"),
    [
        ("The army warned that that port could close.", "that port could close"),
        ("The council supports the new fund (for roads) and its aims.", "the new fund (for roads) and its aims"),
        (
            'The group is calling for the making of a new board to "face the trials with which Orsk is met".',
            "the making of a new board",
        ),
        ("The prince called for a silence for the four dead and 83 missing.", "a silence for the four dead and 83 missing"),
        ("The council has urged both sides not to close the port.", "both sides not to close the port"),
        ("The union called for the guards to be home by the end of the year.", "the guards to be home by the end of the year"),
        ("The cabinet favours a timetable ending on June 30, 2032.", "a timetable ending on June 30, 2032"),
        ("The council approved the mandate of the envoys on Thursday.", "the mandate of the envoys"),
        ("The prince has asked for a fixed date, and his cabinet wants to wait.", "a fixed date"),
        ("The king condemned the firm for having lied and hiding its debts.", "the firm for having lied and hiding its debts"),
        ("The minister called Monday for Orsk to open the port.", "Orsk to open the port"),
        (
            "The council supports talks among Vessia, Orsk, Tavoria, Merrow and Ostria.",
            "talks among Vessia, Orsk, Tavoria, Merrow and Ostria",
        ),
        ('The council condemned the scenes as "shameful".', "the scenes"),
        (
            "The board called for the removal of all cameras citing the reason of a new law.",
            "the removal of all cameras",
        ),
        ("The council urged Orsk to leave the hills and Orsk accepted the wish of the court.", "Orsk to leave the hills"),
        ("The council urged both sides to meet as soon as possible.", "both sides to meet as soon as possible"),
        ('"We want monitors everywhere," the opposition said.', "monitors everywhere"),
        ("The army warned of unrest in Orsk ahead of the vote.", "unrest in Orsk ahead of the vote"),
        ("The king called for the army to end the violence in the north.", "the army to end the violence in the north"),
        ("The council urged Orsk on Friday to leave the hills.", "Orsk to leave the hills"),
        (
            'The chief warned that the threat was "serious" and would be "with us for years".',
            'the threat was "serious" and would be "with us for years"',
        ),
        (
            "The firm has warned that help for a loss in trade might be impossible.",
            "help for a loss in trade might be impossible",
        ),
    ],
)
def test_an_issue_is_whole(text: str, issue: str) -> None:
    assert [claim.issue for claim in read(text)] == [issue]


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("The king said the talks would resume after the rebels rejected the plan.", "the rebels"),
        ("The council, which met on Tuesday, rejected the plan.", "The council"),
        ("The council on Monday rejected the plan.", "The council"),
        ("The court met on Tuesday and rejected the plan.", "The court"),
        ("The dispute sets Oskar Vale against the one large country that supports his rule.", "the one large country"),
        ("The Norwegian parliament last Friday approved the plan.", "The Norwegian parliament"),
        ("President Ilse Tarn and visiting minister Oskar Vale rejected the plan.", "Ilse Tarn and Oskar Vale"),
        ("President Ilse Tarn and the visiting Norwegian minister Oskar Vale rejected the plan.", "Ilse Tarn and Oskar Vale"),
    ],
)
def test_the_party_is_the_subject_by_parse_and_by_order(text: str, party: str) -> None:
    assert party in [claim.party for claim in read(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The court confirmed on Monday that Tarn had won the vote, rejecting the challenge by Vale.",
        "The ministry called the vote on the border a step for peace.",
        "The king fears for farmers and opposes rules under which the herds of those whose land",
        "The union demanded to see this plan, which is now late, published without delay.",
        "Should the king go to the vote, we shall demand the same terms.",
        "Tarn, whom Orsk asked the king to free, left.",
        "The union urged Orsk to place the farms, a land between Vessia, Merrow and Tavoria, under the rule of the council.",
        "The council welcomed the renewal early this month of the truce.",
        "We wanted one thing, they wanted another thing.",
        "The general was accused of sending letters that supposedly urged officers to leave the barracks.",
    ],
)
def test_what_parse_and_order_read_otherwise_is_no_position(text: str) -> None:
    assert read(text) == []


def test_what_somebody_is_to_say_is_not_stated() -> None:
    (claim,) = read("The council will call for a ceasefire.")
    assert not claim.stated


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("The party of farmers was keen to prevent a new vote.", False),
        ("The council rejected the plan.", True),
        ("Norwegian minister Ilse Tarn said that Norway was ready to resume the talks.", True),
        ("Norwegian minister Ilse Tarn said that Ostria was ready to resume the talks.", False),
        ("Norway hopes that the talks will go on, a king of Ostria said on Monday.", False),
    ],
)
def test_a_stand_is_stated_by_the_party_or_its_own_officials(text: str, stated: bool) -> None:
    assert {claim.stated for claim in read(text)} == {stated}


def test_a_body_is_not_its_president() -> None:
    (claim,) = read("In a letter read out by council President Ilse Tarn, the council rejected the plan.")
    assert claim.party == "the council"


def test_position_points_to_its_statement() -> None:
    (claim,) = read("The government called for a ceasefire in the north.")
    assert claim.statement is not None
    assert claim.stated


def test_we_is_the_speaker_of_the_words_around() -> None:
    (claim,) = read('"We oppose the new timetable," the opposition said.')
    assert (claim.party, claim.stance, claim.stated) == ("the opposition", "rejects", True)


def test_what_others_say_of_a_party_is_not_stated_by_it() -> None:
    (claim,) = read("The ministry said that the rebels oppose the plan.")
    assert (claim.party, claim.stance, claim.stated) == ("the rebels", "rejects", False)


@pytest.mark.parametrize(
    "text",
    [
        "They demanded it.",
        "Would the government support the plan?",
        "If the council rejects the plan, the talks end.",
        "The government insisted that the dam is safe.",
        "The convoy crossed the river at dawn.",
        "Some want more.",
        "The president welcomed the ministers to his house.",
        "The king offered his condolences to the families.",
        "The government suggested that rain could fall.",
        "The army will be ready to take the city.",
        "The council had considered all reports.",
        "The union asked how to build the port.",
        "The council voted for a new port, considering its size.",
        "I consider that the plan is good.",
        "We must continue to insist on a ceasefire.",
        "The king embraced the freed hostages.",
        "The minister said the Norwegian economy was ready to take off.",
        "The minister suggested that the council would meet again.",
        "Guests of the town consider such fruit as something special.",
        "The speaker offered a gentle rebuke.",
        "I consider that the terms we have included are clear terms.",
        "Tarn has invited Norwegian officials to study in Orsk and called for more visits of the fleet.",
        "Oskar Vale warmly welcomed Ilse Tarn and the guests to visit Orsk.",
        '"Let us leave a good name to those who come," the bishop cautioned.',
        "The figures suggest that the army has no fuel.",
        "The ministry needs to change its support for the plan.",
        '"The people of the north will welcome the force," said the minister.',
    ],
)
def test_no_position(text: str) -> None:
    assert read(text) == []


PIECES = st.sampled_from(
    [
        "The government",
        "rejects",
        "demanded",
        "to",
        "that",
        "we",
        '"',
        ",",
        ".",
        "not",
        "support for",
        "the plan",
        "\n\n",
        "ب",
        "?",
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.one_of(st.text(max_size=150), st.lists(PIECES, max_size=30).map(" ".join)))
def test_spans_stand_in_any_text(text: str) -> None:
    for claim in read(text):
        assert claim.span.stands_in(text)
        assert claim.issue in text


@pytest.mark.parametrize(
    "text",
    [
        "The prosecutor has sought 22-year prison sentences for the two captains.",
        "The council hoped that the new board of the port, as the harbour will be known, would open soon.",
        "We want to stress that the port is safe, the minister said.",
    ],
)
def test_what_was_cut_is_no_issue(text: str) -> None:
    assert not read(text)


def test_a_description_beside_a_name_stands_for_the_name() -> None:
    (claim,) = read("The attack was claimed by the Tarn Front, an armed group that rejects the presence of foreign guards.")
    assert claim.party == "Tarn Front"
