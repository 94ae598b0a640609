from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur import language
from rapporteur.model.claims import CommitmentClaim
from rapporteur.model.report import Published, Report
from rapporteur.stages.extract import commitments, names, statements, times
from rapporteur.stages.extract.base import Sheet


def read(text: str) -> list[CommitmentClaim]:
    published = Published("2031-03-10", "day", "given")
    report = Report("r", None, None, None, None, (), None, published, "en", text, (), (), ())
    sheet = Sheet(report, language.load().parse(text))
    for extractor in (times, names):
        sheet.mentions.extend(extractor.extract(sheet))
    sheet.claims.extend(statements.extract(sheet))
    return list(commitments.extract(sheet))


@pytest.mark.parametrize(
    ("text", "party", "action"),
    [
        ("The government promised to rebuild the bridge.", "The government", "rebuild the bridge"),
        ("The rebels agreed to free the prisoners.", "The rebels", "free the prisoners"),
        ("The ministry pledged that the port would reopen.", "The ministry", "the port would reopen"),
        ("The council repeated its pledge to lower the fees.", "The council", "lower the fees"),
        ('"We promise to leave the town," the rebels said.', "the rebels", "leave the town"),
    ],
)
def test_commitments(text: str, party: str, action: str) -> None:
    (claim,) = read(text)
    assert (claim.party, claim.action) == (party, action)
    assert claim.span.stands_in(text)


def test_due_is_the_date_inside_the_action() -> None:
    (claim,) = read("The government promised to withdraw its troops by May 1.")
    assert claim.due is not None
    assert (claim.due.value, claim.due.precision) == ("2031-05-01", "day")


@pytest.mark.parametrize("party", ["The ministry", "Orvale"])
def test_handing_over_is_an_act_and_a_year_behind_a_comma_is_due(party: str) -> None:
    made = read(f"{party} promised to hand over the depot at Velm by September 1, 2031, whatever comes. Guards left Orvale.")
    assert [(c.party, c.due.value if c.due else None) for c in made] == [(party, "2031-09-01")]


def test_a_date_beside_the_action_is_no_due_date() -> None:
    (claim,) = read("On Monday the government promised to withdraw its troops.")
    assert claim.due is None


@pytest.mark.parametrize(
    "text",
    [
        "The rebels refused to agree to free the prisoners.",
        "The government did not promise to rebuild the bridge.",
        "The envoy urged the rebels to agree to a truce.",
        "Will the rebels agree to free the prisoners?",
        "The rebels would agree to free the prisoners.",
        "Both sides agreed that the talks were useful.",
        "Nobody promised anything.",
        "The firm asked for 200 crowns unless Orsk agreed to sell its port.",
        "The council agreed that the fate of the king should be decided by a vote.",
        '"We agreed to meet again," said Ilse Tarn.',
        "The council and the rebels have agreed for guards to watch the truce.",
        "Sweden, Norway and the United States agreed on a new treaty.",
        "The ministers of Sweden, Norway and Finland agreed on a new treaty.",
    ],
)
def test_no_commitment(text: str) -> None:
    assert read(text) == []


PIECES = st.sampled_from(
    ["The government", "promised", "agreed", "to", "that", "we", '"', ",", ".", "by May 1", "leave", "pledge", "\n\n", "ب", "?"]
)


@settings(max_examples=40, deadline=None)
@given(st.one_of(st.text(max_size=150), st.lists(PIECES, max_size=30).map(" ".join)))
def test_spans_stand_in_any_text(text: str) -> None:
    for claim in read(text):
        assert claim.span.stands_in(text)
        assert claim.action in text
