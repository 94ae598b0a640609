from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from rapporteur.model.account import Finding
from rapporteur.model.claims import Claim, StatementClaim
from rapporteur.model.lineage import ActorCluster
from rapporteur.model.spans import Span
from rapporteur.stages.write import ComposeOptions, compose
from rapporteur.stages.write.dates import contradicts, short, spoken
from rapporteur.stages.write.passages import Passages
from rapporteur.stages.write.salience import Scale, Topic, repeats, salience
from rapporteur.stages.write.speakers import Speakers
from rapporteur.stages.write.wording import attributed, awkwardness, excerpt, phrase
from tests.write.builders import NO_LINEAGE, event, figure, finding, reading, span, statement


def weighed(one: Finding, passages: Passages, among: Sequence[Finding] = ()) -> float:
    """How much a finding belongs into the brief of an account that holds also ``among``."""
    topic = Topic(passages)
    return salience(one, passages, topic, Scale(among, passages, topic))


def passages_of(text: str, *claims: Claim) -> Passages:
    return Passages([reading("r", text, claims)])


@pytest.mark.parametrize(
    "lead",
    ["VELM, March 4 (Korrin Wire) - ", "PORT SELD, March 4, 2031 — ", "Velm, March 4, 2031 (KW) -- ", "— ", "- ", "But "],
)
def test_datelines_and_openings_are_passed_over(lead: str) -> None:
    text = f"{lead}Ten men left Velm on Monday."
    found = passages_of(text, figure(text, "r#f1", "Ten men", "Ten", 10))
    assert excerpt(found["r#f1"]) == "Ten men left Velm on Monday."


def test_a_long_sentence_is_cut_at_a_clause() -> None:
    text = "Ten men left Velm on Monday, " + "and the others went on with their work in the fields by the lake, " * 8 + "he said."
    cut = excerpt(passages_of(text, figure(text, "r#f1", "Ten men", "Ten", 10))["r#f1"])
    assert cut.startswith("Ten men left Velm on Monday")
    assert cut.endswith("by the lake …")
    assert len(cut) < 260


def test_words_without_their_speaker_get_him_back() -> None:
    text = '"We will stay," Ilse Tarn said. "Ten men will leave." He smiled.'
    said = StatementClaim(
        "r#s1",
        Span.of(text, 0, 52),
        statement(text, "x", "Ilse Tarn said", "Ilse Tarn", "We will stay").speaker,
        None,
        (span(text, "We will stay"), span(text, "Ten men will leave")),
        "direct",
        "on-record",
    )
    ten = figure(text, "r#f1", "Ten men", "Ten", 10)
    found = passages_of(text, said, ten)
    assert attributed(found["r#f1"], found) == 'Ilse Tarn: "Ten men will leave."'


def test_a_sentence_that_leans_on_another_is_awkward() -> None:
    text = "Ilse Tarn spoke in Velm on Monday morning. He said that ten men had left the town."
    found = passages_of(
        text,
        figure(text, "r#f1", "ten men", "ten", 10),
        figure(text, "r#f2", "Monday morning", "Monday", 1),
    )
    assert awkwardness(found["r#f1"]) > 2 > awkwardness(found["r#f2"])


def test_what_more_reports_carry_and_what_is_disputed_weighs_more() -> None:
    text = "Thirty men left Velm on Monday."
    readings = [reading(r, text, (figure(text, f"{r}#f1", "Thirty men", "Thirty", 30),)) for r in ("a", "b")]
    passages = Passages(readings)
    one, two = finding("A", ("a#f1",), weight=1.0), finding("B", ("a#f1", "b#f1"), weight=1.0)
    disputed = finding("C", ("a#f1", "b#f1"), weight=1.0, verdict="differ")
    assert weighed(one, passages) < weighed(two, passages) < weighed(disputed, passages)


def test_what_the_reports_have_in_common_and_what_is_denied_weigh_more() -> None:
    heads = [f"Talks on the garrison of Orvale went on. Round {n} of the talks ends today." for n in range(4)]
    text = "Talks on the garrison of Orvale broke off. A bishop opened a museum. Tarn denied that. Tarn said that."
    spoken = [statement(text, f"r#s{i}", f"Tarn {cue} that", "Tarn", "that") for i, cue in enumerate(("denied", "said"), 1)]
    denied = replace(spoken[0], cue=span(text, "denied"))
    claims = (
        figure(text, "r#f1", "Talks", "Talks", 20),
        figure(text, "r#f2", "A bishop", "A", 20),
        denied,
        spoken[1],
    )
    passages = Passages([*(reading(f"h{n}", head, ()) for n, head in enumerate(heads)), reading("r", text, claims)])
    weights = [weighed(finding("A", (c.id,), weight=1.0), passages) for c in claims]
    assert weights[0] > weights[1]
    assert weights[2] > weights[3]


def test_a_small_count_of_nobody_harmed_weighs_little() -> None:
    text = "Two sides met. Two men were killed."
    two = figure(text, "r#f1", "Two sides", "Two", 2, counted="side")
    dead = figure(text, "r#f2", "Two men", "Two", 2, counted="man", state="killed")
    passages = Passages([reading("r", text, (two, dead))])
    few, killed = (finding(n, (c.id,), weight=1.0) for n, c in (("A", two), ("B", dead)))
    assert weighed(few, passages) < weighed(killed, passages)


def test_how_large_a_process_is_and_what_it_goes_back_to_weigh_as_much_as_a_lead() -> None:
    text = (
        "Velmark has 2,500 troops in Ostria. It sent 40 troops to Seld. The accord was signed on March 1. It was sealed on May 3."
    )
    forces = (
        figure(text, "r#f1", "2,500 troops", "2,500", 2500, state="deployed"),
        figure(text, "r#f2", "40 troops", "40", 40, state="deployed"),
        figure(text, "r#f3", "2,500 troops", "2,500", 250, state="deployed"),
    )
    acts = (event(text, "r#e1", "signed on March 1", "2031-03-01"), event(text, "r#e2", "sealed on May 3", "2031-05-03"))
    passages = Passages([reading("r", text, (*forces, *acts), published="2031-05-04")])
    late = [finding(c.id, (c.id,), kind="figure" if c in forces else "event", weight=0.2) for c in (*forces, *acts)]
    weights = [weighed(f, passages, late) for f in late]
    assert weights[0] > 3 * weights[1], "the two largest forces"
    assert weights[3] > 3 * weights[4], "an event of yesterday is not gone back to"


def test_the_same_parties_in_two_lines_are_no_repetition() -> None:
    one = "The talks, which involve Velmark, Ostria, Tavoria, Merrow and Norway, were last held in May"
    other = "Ostria agreed to return to the talks, which also involve Velmark, Tavoria, Merrow and Norway, after its test"
    assert not repeats(one, other, frozenset({"talks"}))
    assert repeats(one, "The last talks of Velmark, Ostria, Tavoria and Merrow were held in May", frozenset({"talks"}))


def test_speakers_are_one_across_reports_and_pronouns_are_nobody() -> None:
    text = "Tarn said yes. He said no. Ilse Tarn said perhaps."

    def said(ident: str, exact: str, speaker: str, actor: str | None) -> StatementClaim:
        made = statement(text, ident, exact, speaker, exact.split()[-1])
        assert made.speaker is not None
        named = type(made.speaker)(made.speaker.span, made.speaker.resolved, actor)
        return StatementClaim(made.id, made.span, named, None, made.content, made.form, made.terms)

    claims = (
        said("r#s1", "Tarn said yes", "Tarn", "r#a1"),
        said("r#s2", "He said no", "He", None),
        said("r#s3", "Ilse Tarn said perhaps", "Ilse Tarn", "q#a4"),
    )
    cluster = ActorCluster("A1", "Ilse Tarn", "person", ("q#a4", "r#a1"))
    assert Speakers([cluster]).count([reading("r", text, claims)]) == 1
    assert Speakers([]).count([reading("r", text, claims)]) == 2
    assert Speakers([cluster]).name(claims[1]) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2031-03-04", "4 March 2031"),
        ("2031-03", "March 2031"),
        ("2031", "2031"),
        ("2031-W04", "week 4 of 2031"),
        ("2031-FA", "autumn 2031"),
        ("2031-Q3", "third quarter of 2031"),
        ("2031-H3", "2031-H3"),
        ("203", "2030s"),
        ("PAST_REF", "PAST_REF"),
        ("2031-03-04T10:00:00Z", "4 March 2031"),
        ("2031-13-04", "2031-13-04"),
        (None, "undated"),
    ],
)
def test_dates_are_spoken_as_far_as_they_are_known(value: str | None, expected: str) -> None:
    assert spoken(value) == expected


def test_a_bare_number_is_set_against_another_with_its_clause() -> None:
    text = "Some 2,500 men are in Velm and 900 are deployed to Sarn as a buffer, Tarn said."
    found = passages_of(text, figure(text, "r#f1", "900", "900", 900), figure(text, "r#f2", "Some 2,500 men", "2,500", 2500))
    assert phrase(found["r#f1"]) == "900 are deployed to Sarn"
    assert phrase(found["r#f2"]) == "Some 2,500 men"


@pytest.mark.parametrize(
    ("sentence", "day", "expected"),
    [
        ("On Nov. 11, five ministers resigned.", "2031-11-13", True),
        ("On Nov. 11, five ministers resigned.", "2031-11-11", False),
        ("On 11 November, five ministers resigned.", "2031-11-11", False),
        ("Five ministers resigned on Monday.", "2031-11-13", False),
        ("On Friday, five ministers gave up the treaty of Nov. 11.", "2031-11-14", False),
        ("It opened on Sept. 3 in Velm.", "2031-09-03", False),
        ("May 11 men leave?", "2031-11-13", True),
    ],
)
def test_a_day_that_the_sentence_contradicts(sentence: str, day: str, *, expected: bool) -> None:
    assert contradicts(sentence, day) is expected


def test_short_dates() -> None:
    assert short("2031-03-04") == "4 Mar 2031"


TEXTS = st.text(alphabet=st.sampled_from(list("aB .,!?\n\t—-()\"'“”’‘…:;59é🙂\u202e|")), min_size=3, max_size=300)


@given(TEXTS, st.integers(0, 299), st.integers(1, 40))
def test_any_text_gives_an_account_whose_lines_stand(text: str, start: int, length: int) -> None:
    start = start % len(text)
    end = min(len(text), start + length)
    whole = Span.of(text, start, end)
    made = figure("5 men", "x", "5 men", "5", 5)
    claim = type(made)("r#f1", whole, made.figure)
    account = compose([reading("r", text, (claim,))], NO_LINEAGE, [finding("A", ("r#f1",))], ComposeOptions())
    refused = [i for i in account.issues if i.code == "refused-line"]
    assert len(account.brief) + len(refused) >= 1
