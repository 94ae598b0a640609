from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.made import reading

from rapporteur import language
from rapporteur.language.base import Parsed
from rapporteur.model.claims import Mention, StatementClaim
from rapporteur.model.report import Report
from rapporteur.model.spans import Span
from rapporteur.stages.extract import statements
from rapporteur.stages.extract.base import Sheet
from rapporteur.stages.extract.statements.lexicon import cues, speaker_nouns
from rapporteur.stages.extract.statements.quotations import quotations


def sheet_of(text: str, names: dict[str, tuple[str, str]] | None = None) -> Sheet:
    """A sheet of ``text``; ``names`` maps a form in the text to its kind and fullest name."""
    report = Report("r", None, None, None, None, (), None, None, "en", text, (), (), ())
    sheet = Sheet(report, language.load().parse(text))
    for form, (kind, full) in (names or {}).items():
        at = text.find(form)
        while at >= 0:
            span = Span(at, at + len(form), form)
            ident = sheet.ident("n", len(sheet.mentions))
            sheet.mentions.append(Mention(ident, kind, span, None, full, full, None))  # type: ignore[arg-type]
            at = text.find(form, at + len(form))
    return sheet


def read(text: str, names: dict[str, tuple[str, str]] | None = None) -> list[StatementClaim]:
    return list(statements.extract(sheet_of(text, names)))


def said(claim: StatementClaim) -> tuple[str | None, list[str]]:
    return claim.speaker.span.exact if claim.speaker else None, [part.exact for part in claim.content]


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("The minister said that the last convoy would leave in May.", "The minister", ["the last convoy would leave in May"]),
        ("The last convoy would leave in May, the minister said.", "the minister", ["The last convoy would leave in May"]),
        ("The last convoy will leave in May, said Ana Petrov, a general.", "Ana Petrov", ["The last convoy will leave in May"]),
        ('"We will leave in May," Petrov said.', "Petrov", ["We will leave in May"]),
        (
            '"We will leave," Petrov said, "when the roads are open again."',
            "Petrov",
            ["We will leave", "when the roads are open again."],
        ),
        ("Petrov added: “We have no other plans.”", "Petrov", ["We have no other plans."]),
        (
            "A mine killed two divers on Monday and wounded 12, harbour sources and the ministry said.",
            "harbour sources and the ministry",
            ["A mine killed two divers on Monday and wounded 12"],
        ),
        (
            "The road was closed, an officer who asked not to be named told the Ledger on Monday.",
            "an officer who asked not to be named",
            ["The road was closed"],
        ),
        (
            "People ran across the bridge to get away, recounted witnesses.",
            "witnesses",
            ["People ran across the bridge to get away"],
        ),
        ("The weavers and the mayor said the road was closed.", "The weavers and the mayor", ["the road was closed"]),
        ("Teachers also criticised that the mayor picks the judges.", "Teachers", ["the mayor picks the judges"]),
        (
            '"We have closed the weir," Ana Petrov was quoted by the Ledger as saying on Monday after a storm.',
            "Ana Petrov",
            ["We have closed the weir"],
        ),
        (
            "The bridge was closed on Monday, according to the harbour office.",
            "the harbour office",
            ["The bridge was closed on Monday"],
        ),
        (
            "According to the harbour office, the bridge was closed on Monday.",
            "the harbour office",
            ["the bridge was closed on Monday"],
        ),
        ("The union promised to end the strike by Friday.", "The union", ["to end the strike by Friday"]),
        ("The envoy urged both sides to return to the talks.", "The envoy", ["both sides to return to the talks"]),
        (
            "The opposition accused the government of hiding the losses.",
            "The opposition",
            ["the government of hiding the losses"],
        ),
        ("The council called for an end to the blockade.", "The council", ["an end to the blockade"]),
        ("The plan was rejected by the farmers.", "the farmers", ["The plan"]),
        ("The talks are expected to resume next week.", None, ["The talks", "to resume next week"]),
        ("Nothing came of the mayor's claim that the water was safe.", "the mayor", ["the water was safe"]),
        ("The captain is confident that the truce will hold.", "The captain", ["the truce will hold"]),
    ],
)
def test_constructions(text: str, speaker: str | None, content: list[str]) -> None:
    assert (speaker, content) in [said(claim) for claim in read(text)]


def test_quotation_over_two_paragraphs_is_one_statement() -> None:
    text = 'The colonel said: "The road is open.\n\n"We will use it tomorrow."\n\nNobody was hurt.'
    (claim,) = read(text)
    assert claim.form == "direct"
    assert claim.content[0].exact.startswith("The road is open")
    assert claim.content[-1].exact.rstrip(".").endswith("use it tomorrow")


def test_quotation_without_cue_goes_on_with_the_speaker() -> None:
    text = '"The road is open," the colonel said. "We will use it tomorrow morning."'
    (claim,) = read(text)
    assert said(claim) == ("the colonel", ["The road is open", "We will use it tomorrow morning."])


def test_what_stands_in_quotation_marks_makes_no_statement_of_its_own() -> None:
    (claim,) = read('"I think they believe that we lied," the colonel said.')
    assert claim.cue is not None
    assert claim.cue.exact == "said"


def test_form() -> None:
    direct, indirect, mixed = read(
        'The mayor said: "The water is safe to drink." The mayor said the water was safe to drink. '
        'The mayor said the water was "perfectly safe" to drink.'
    )
    assert (direct.form, indirect.form, mixed.form) == ("direct", "indirect", "mixed")


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("A senior official said the base would close.", "anonymous"),
        ("Officials said the base would close.", "anonymous"),
        ("A colonel said on condition of anonymity that the base would close.", "anonymous"),
        ("The foreign ministry said the base would close.", "on-record"),
        ("A ministry spokeswoman said the base would close.", "on-record"),
        ("The report said the base would close.", "document"),
        ("State television said the base would close.", "media"),
    ],
)
def test_terms(text: str, terms: str) -> None:
    (claim,) = read(text)
    assert claim.terms == terms


def test_named_speaker_is_on_record_and_resolves_to_the_fullest_name() -> None:
    text = "General Ana Petrov visited the port. Petrov said the port was open. She added that ships were waiting."
    names = {"Ana Petrov": ("person", "Ana Petrov"), "Petrov said": ("person", "Ana Petrov")}
    sheet = sheet_of(text, {"Ana Petrov": names["Ana Petrov"]})
    at = text.index("Petrov said")
    sheet.mentions.append(Mention("r#n9", "person", Span(at, at + 6, "Petrov"), None, "Ana Petrov", "Ana Petrov", None))
    claims = list(statements.extract(sheet))
    assert [claim.speaker.resolved for claim in claims if claim.speaker] == ["Ana Petrov", "Ana Petrov"]
    assert {claim.terms for claim in claims} == {"on-record"}


def test_the_official_is_the_one_described_before() -> None:
    text = "An official of the border police told reporters that the gate was shut. The official said it would open soon."
    first, second = read(text)
    assert first.speaker is not None
    assert second.speaker is not None
    assert second.speaker.resolved == first.speaker.resolved == "An official of the border police"
    assert second.terms == "anonymous"


def test_role_in_the_lead_gets_the_name_that_follows() -> None:
    text = "The new army chief called for talks with the rebels. General Tom Okello said he wanted to avoid attacks."
    first, _ = read(text, {"Tom Okello": ("person", "Tom Okello")})
    assert first.speaker is not None
    assert first.speaker.resolved == "Tom Okello"


def test_hop_names_the_agency_it_was_said_to() -> None:
    (claim,) = read("The governor told Reuters that the dam had held.")
    assert claim.hop == ("Reuters",)


@pytest.mark.parametrize(
    ("text", "speaker", "content", "hop"),
    [
        (
            "Reuters reported, citing a senior official, that the base would close.",
            "a senior official",
            ["the base would close"],
            ("Reuters",),
        ),
        (
            "The minister was quoted by Interfax as saying that the base would close.",
            "The minister",
            ["the base would close"],
            ("Interfax",),
        ),
        (
            "The base will close in May, Interfax quoted the minister as saying.",
            "the minister",
            ["The base will close in May"],
            ("Interfax",),
        ),
        (
            "Both sides will begin talks soon, as reported by CNN, citing diplomats.",
            "diplomats",
            ["Both sides will begin talks soon"],
            ("CNN",),
        ),
        ("As first reported by Politico, the plan was dropped.", "Politico", ["the plan was dropped"], ()),
    ],
)
def test_what_came_through_an_outlet_is_said_by_who_is_cited(
    text: str, speaker: str, content: list[str], hop: tuple[str, ...]
) -> None:
    (claim,) = read(text)
    assert said(claim) == (speaker, content)
    assert claim.hop == hop


def test_speech_of_another_inside_a_statement_is_one_too() -> None:
    claims = read("A diplomat said that the ministry had warned that the truce would fail.")
    assert [claim.speaker.span.exact for claim in claims if claim.speaker] == ["A diplomat", "the ministry"]


def test_turns_of_a_transcript() -> None:
    first, second = read("OKELLO: We will stay in the town.\n\nPETROV: You have to leave by May.")
    assert said(first) == ("OKELLO", ["We will stay in the town"])
    assert said(second)[0] == "PETROV"


def test_no_statement_in_plain_narration() -> None:
    assert read("The convoy crossed the river at dawn. Two trucks broke down. The bridge was repaired.") == []


def quoted_in(text: str) -> list[str]:
    parsed = language.load().parse(text)
    return [parsed.span(*q.inner).exact for q in quotations(parsed)]


def test_quotations() -> None:
    assert quoted_in('He said "we go" and "we stay".') == ["we go", "we stay"]
    assert quoted_in("The farmers' union said it's ''our land'' now.") == ["our land"]
    assert quoted_in("“One. Two.” Three.") == ["One. Two."]


def test_a_stray_mark_does_not_swallow_the_paragraph() -> None:
    (found,) = quoted_in("He is 6'2\" tall, the coach said. The team left. The bus was late. Nobody knew why.")[:1] or [""]
    assert "Nobody" not in found


def test_lexicon_has_no_frame_without_meaning() -> None:
    frames = set().union(*cues("verb").values())
    assert {"that", "quote", "inf", "obj-inf", "obj", "pass-inf", "pass-subj"} <= frames
    assert "say" in cues("verb")
    assert not cues("verb").keys() & {"", "the"}
    assert all(speaker_nouns().values())


def spans_of(claim: StatementClaim) -> list[Span]:
    return [claim.span, *claim.content, *filter(None, [claim.cue, claim.speaker.span if claim.speaker else None])]


PIECES = st.sampled_from(
    [
        '"',
        "“",
        "”",
        "''",
        "'",
        "He said",
        "that",
        "according to",
        "the official",
        ",",
        ".",
        ":",
        "\n\n",
        " ",
        "—",
        "who",
        "🚢",
        "قال",
        "1,000",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join)))
def test_spans_stand_in_any_text(text: str) -> None:
    for claim in read(text):
        assert claim.content
        assert all(span.stands_in(text) for span in spans_of(claim))


def flat(words: list[str], heads: list[int]) -> Parsed:
    """A parse of ``words`` in one sentence, every word tagged as a verb of speech: the worst that a parser could hand over."""
    starts, at = [], 0
    for word in words:
        starts.append(at)
        at += len(word) + 1
    children: list[list[int]] = [[] for _ in words]
    for i, head in enumerate(heads):
        if head != i:
            children[head].append(i)
    count = len(words)
    return Parsed(
        text=" ".join(words),
        words=words,
        starts=starts,
        ends=[s + len(w) for s, w in zip(starts, words, strict=True)],
        tags=["VBD"] * count,
        lemmas=["say"] * count,
        heads=heads,
        deps=["root"] + ["ccomp"] * (count - 1),
        sentences=[(0, count)],
        paragraphs=[(0, count)],
        sentence_at=[0] * count,
        children=children,
        names=[],
    )


def test_a_clause_inside_a_clause_without_end_gives_bounded_output() -> None:
    words = ["said"] * 3000
    parsed = flat(words, [0, *range(2999)])
    report = Report("r", None, None, None, None, (), None, None, "en", parsed.text, (), (), ())
    claims = list(statements.extract(Sheet(report, parsed)))
    assert sum(len(span.exact) for claim in claims for span in claim.content) <= 20 * len(parsed.text)


def test_unbalanced_marks_without_end() -> None:
    text = '"He said ' * 4000
    assert all(span.stands_in(text) for claim in read(text) for span in spans_of(claim))


def test_method_text_is_for_users() -> None:
    assert statements.__doc__ is not None
    assert "on-record" in statements.__doc__


@pytest.mark.parametrize(
    ("described", "resolved"),
    [("The minister", "Ada Moss"), ("The interior minister", "The interior minister"), ("The president", "The president")],
)
def test_an_office_is_not_that_of_somebody_who_holds_another(described: str, resolved: str) -> None:
    text = f"Defence Minister Ada Moss said the road to Orsk would open. {described} said it was ready."
    last = [c for c in reading("r", text).claims if isinstance(c, StatementClaim)][-1]
    assert last.speaker is not None
    assert last.speaker.resolved == resolved
