"""Installed spaCy pipelines behind the contract: a small one is trained here, saved, and loaded by its path."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Span
from spacy.training import Example
from thinc.api import fix_random_seed

from rapporteur.errors import ConfigurationError
from rapporteur.language import load
from rapporteur.language.clear_style import is_clear_style, to_universal
from rapporteur.language.spacy_pipeline import SpacyPipeline

SENTENCES = [
    # words, Penn tags, heads, ClearNLP labels, entities as (first, last, label)
    (
        "The envoy met Anna Berg in Oslo .",
        "DT NN VBD NNP NNP IN NNP .",
        [1, 2, 2, 4, 2, 2, 5, 2],
        "det nsubj ROOT compound dobj prep pobj punct",
        [(3, 5, "PERSON"), (6, 7, "GPE")],
    ),
    (
        "The talks were held by the Red Cross .",
        "DT NNS VBD VBN IN DT NNP NNP .",
        [1, 3, 3, 3, 3, 7, 7, 4, 3],
        "det nsubjpass auxpass ROOT agent det compound pobj punct",
        [(5, 8, "ORG")],
    ),
    ("Anna Berg was ready .", "NNP NNP VBD JJ .", [1, 2, 2, 2, 2], "compound nsubj ROOT acomp punct", [(0, 2, "PERSON")]),
]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    nlp = spacy.blank("en")
    nlp.add_pipe("tagger")
    nlp.add_pipe("parser", config={"min_action_freq": 1})
    nlp.add_pipe("ner")
    examples = []
    for words, tags, heads, deps, entities in SENTENCES:
        given_words = words.split()
        gold = Doc(nlp.vocab, words=given_words, tags=tags.split(), heads=heads, deps=deps.split())
        gold.set_ents([Span(gold, a, b, label) for a, b, label in entities])
        examples.append(Example(Doc(nlp.vocab, words=given_words), gold))
    fix_random_seed(1)
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(60):
        nlp.update(examples, sgd=optimizer, drop=0.0)
    path = tmp_path_factory.mktemp("pipeline") / "tiny"
    nlp.to_disk(path)
    return path


def test_a_saved_pipeline_is_used_by_its_path(saved: Path) -> None:
    pipeline = load(str(saved))
    text = "The envoy met Anna Berg in Oslo.\n\nThe talks were held by the Red Cross."
    parsed = pipeline.parse(text)
    assert pipeline.name == str(saved)
    assert all(text[a:b] == w for a, b, w in zip(parsed.starts, parsed.ends, parsed.words, strict=True))
    assert len(parsed.paragraphs) == len(parsed.sentences) == 2
    assert parsed.tags[:3] == ["DT", "NN", "VBD"]
    label = {parsed.words[i]: (parsed.deps[i], parsed.words[parsed.heads[i]]) for i in range(len(parsed.words))}
    assert label["Oslo"] == ("obl", "met") and label["in"] == ("case", "Oslo") and label["Berg"] == ("obj", "met")
    assert (
        label["talks"] == ("nsubj:pass", "held") and label["Cross"] == ("obl:agent", "held") and label["by"] == ("case", "Cross")
    )
    assert {(parsed.span(n.first, n.last).exact, n.kind) for n in parsed.names} == {
        ("Anna Berg", "person"),
        ("Oslo", "place"),
        ("Red Cross", "organization"),
    }
    assert parsed.lemmas[parsed.words.index("talks")] == "talk"  # base forms of the shipped model: this pipeline has none


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200))
def test_any_text_can_be_parsed(saved: Path, text: str) -> None:
    parsed = load(str(saved)).parse(text)
    count = len(parsed.words)
    assert len(parsed.tags) == len(parsed.lemmas) == len(parsed.heads) == len(parsed.deps) == len(parsed.sentence_at) == count
    assert all(a <= parsed.heads[i] < b for a, b in parsed.sentences for i in range(a, b))


def test_missing_pipeline_says_what_to_do() -> None:
    with pytest.raises(ConfigurationError, match="python -m spacy download en_no_such_model"):
        SpacyPipeline("en_no_such_model")


def test_pipeline_without_a_parser_is_refused(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(ConfigurationError, match="part-of-speech tags"):
        SpacyPipeline(str(tmp_path / "blank"))


def test_styles_are_told_by_their_labels() -> None:
    assert is_clear_style(["ROOT", "dobj", "prep", "pobj"])
    assert not is_clear_style(["ROOT", "obj", "obl", "case"])


@pytest.mark.parametrize(
    ("words", "tags", "heads", "deps", "expected"),
    [
        (
            "He ran out of time",
            "PRP VBD IN IN NN",
            [1, 1, 1, 2, 3],
            "nsubj ROOT prep prep pobj",
            [(1, "nsubj"), (1, "root"), (4, "case"), (4, "case"), (1, "obl")],
        ),
        (
            "talks after leaving Aden",
            "NNS IN VBG NNP",
            [0, 0, 1, 2],
            "ROOT prep pcomp dobj",
            [(0, "root"), (2, "mark"), (0, "acl"), (2, "obj")],
        ),
        (
            "She is the head of the mission",
            "PRP VBZ DT NN IN DT NN",
            [1, 1, 3, 1, 3, 6, 4],
            "nsubj ROOT det attr prep det pobj",
            [(3, "nsubj"), (3, "cop"), (3, "det"), (3, "root"), (6, "case"), (6, "det"), (3, "nmod")],
        ),
        (
            "tea , milk and salt",
            "NN , NN CC NN",
            [0, 0, 0, 2, 2],
            "ROOT punct conj cc conj",
            [(0, "root"), (2, "punct"), (0, "conj"), (4, "cc"), (0, "conj")],
        ),
        ("They did not want to go", "PRP VBD RB VB TO VB", [3, 3, 3, 3, 5, 3], "nsubj aux neg ROOT aux xcomp",
         [(3, "nsubj"), (3, "aux"), (3, "advmod"), (3, "root"), (5, "mark"), (3, "xcomp")]),
        ("He looked in", "PRP VBD IN", [1, 1, 1], "nsubj ROOT prep", [(1, "nsubj"), (1, "root"), (1, "advmod")]),
    ],
)  # fmt: skip
def test_clear_trees_become_universal(
    words: str, tags: str, heads: list[int], deps: str, expected: list[tuple[int, str]]
) -> None:
    at, labels = to_universal(words.split(), tags.split(), heads, deps.split())
    assert list(zip(at, labels, strict=True)) == expected


@given(st.data())
def test_any_tree_stays_a_tree(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 12))
    order = data.draw(st.permutations(range(count)))
    heads = [0] * count
    for k, token in enumerate(order):
        heads[token] = token if k == 0 else order[data.draw(st.integers(0, k - 1))]
    labels = st.sampled_from("prep pobj pcomp conj cc punct attr acomp agent dative dobj nsubj aux ROOT".split())
    tags = st.sampled_from("IN NN VBZ TO CC JJ NNP".split())
    words = st.sampled_from("is of and he ready was".split())
    rows = [(data.draw(words), data.draw(tags), data.draw(labels)) for _ in range(count)]
    at, out = to_universal([r[0] for r in rows], [r[1] for r in rows], heads, [r[2] for r in rows])
    assert len(out) == count
    for token in range(count):
        seen = set()
        while at[token] != token:
            assert token not in seen
            seen.add(token)
            token = at[token]
