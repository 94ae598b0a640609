"""The name tagger: whole names of each kind, one idea of a name per report, and that no text can break it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.growth import least_seconds

from rapporteur.errors import ConfigurationError
from rapporteur.language import load
from rapporteur.language.names import NameTagger, spans
from rapporteur.language.names_features import features, shape
from rapporteur.language.names_report import settle


def found(text: str) -> set[tuple[str, str]]:
    parsed = load().parse(text)
    return {(parsed.span(n.first, n.last).exact, n.kind) for n in parsed.names}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Mr. Kwame Boateng said the talks in Accra had ended.", "Kwame Boateng", "person"),
        ("The envoy met President Nguyen Van Linh on Monday in Hanoi.", "Nguyen Van Linh", "person"),
        ("Talks resumed in Khartoum on Tuesday, officials said.", "Khartoum", "place"),
        ("Fighting spread across South Sudan and northern Uganda.", "South Sudan", "place"),
        ("The African Union said its mission would stay.", "African Union", "organization"),
        ("A spokesman for the Ministry of Public Works declined to comment.", "Ministry of Public Works", "organization"),
        ("Somali elders and Kenyan soldiers attended.", "Somali", "group"),
        ("Sunni leaders joined the talks.", "Sunni", "group"),
    ],
)
def test_finds_whole_names_of_each_kind(text: str, name: str, kind: str) -> None:
    assert (name, kind) in found(text)


def test_title_and_article_are_no_part_of_a_name() -> None:
    names = {
        name
        for name, _ in found(
            "Prime Minister Andrej Novak addressed the United Nations in New York, where Gen. Paul Otieno spoke."
        )
    }
    assert {"Andrej Novak", "United Nations", "New York", "Paul Otieno"} <= names


def test_part_of_a_full_name_is_the_person_elsewhere() -> None:
    text = "Thandeka Mkhize resigned on Friday. Her deputy took over.\n\nMkhize gave no reason. Observers praised Mkhize."
    assert ("Mkhize", "person") in found(text)


def test_abbreviation_in_brackets_is_a_name_of_the_same_kind() -> None:
    names = found("The Joint Ceasefire Monitoring Committee (JCMC) met on Friday. The JCMC said violations had fallen.")
    assert ("JCMC", "organization") in names


def test_settled_kinds_are_those_of_the_majority() -> None:
    words = "Abena Mensah spoke . Mensah left . The Mensah house".split()
    tags = "NNP NNP VBD . NNP VBD . DT NNP NN".split()
    sentences = [(0, 4), (4, 7), (7, 10)]
    settled = settle(words, tags, sentences, [(0, 2, "PER"), (4, 5, "LOC")])
    assert settled == [(0, 2, "PER"), (4, 5, "PER"), (8, 9, "PER")]


def test_what_an_office_is_of_does_not_run_into_the_name() -> None:
    words = "Secretary of State Maria Lopez spoke".split()
    assert settle(words, ["NNP"] * 6, [(0, 6)], [(2, 5, "LOC")]) == [(3, 5, "PER")]


def test_clock_and_bare_common_word_are_no_names() -> None:
    assert settle("at 0900 GMT the Republic".split(), ["NNP"] * 5, [(0, 5)], [(2, 3, "ORG"), (4, 5, "LOC")]) == []


def test_labels_to_stretches() -> None:
    labels = ["U-PER", "O", "B-ORG", "I-ORG", "L-ORG", "B-LOC", "L-LOC", "I-PER"]
    assert spans(labels) == [(0, 1, "PER"), (2, 5, "ORG"), (5, 7, "LOC"), (7, 8, "PER")]


def test_shape_is_collapsed() -> None:
    assert [shape(w) for w in ("McCain", "NATO", "9th", "al-Sadr")] == ["XxXx", "X", "9x", "x-Xx"]


def test_features_do_not_depend_on_the_sentences_before() -> None:
    words = "he left . Juba is quiet".split()
    tags = "PRP VBD . NNP VBZ JJ".split()
    alone = features(words[3:], tags[3:], [(0, 3)])
    assert features(words, tags, [(0, 3), (3, 6)])[3:] == alone


def test_missing_model_is_a_configuration_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"names\.crfsuite"):
        NameTagger(tmp_path)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=12), max_size=40))
def test_any_tokens_can_be_tagged(words: list[str]) -> None:
    tagger = load()._names  # type: ignore[attr-defined]  # the tagger alone, on tokens that no tokenizer would make
    tags = ["NNP"] * len(words)
    names = tagger.tag(words, tags, [(0, len(words))] if words else [])
    ends = [0, *(n.last for n in names)]
    assert all(before <= n.first < n.last <= len(words) for before, n in zip(ends, names, strict=False))


def test_time_is_linear_in_the_number_of_names() -> None:
    def seconds(count: int) -> float:
        words = [w for i in range(count) for w in (f"Name{i}", f"Family{i % 50}", "spoke", ".")]
        sentences = [(i, i + 4) for i in range(0, len(words), 4)]
        marked = [(i, i + 2, "PER") for i in range(0, len(words), 4)]
        return least_seconds(lambda: settle(words, ["NNP", "NNP", "VBD", "."] * count, sentences, marked))

    assert seconds(20_000) < 30 * max(seconds(2_000), 0.01)
