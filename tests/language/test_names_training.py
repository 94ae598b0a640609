"""The recipe of the name tagger: phrases cut down to names, names exchanged, and a model that learns and comes out the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.language.names import NameTagger
from rapporteur.language.names_augment import exchanged
from rapporteur.language.names_corpora import Sentence, Text, completed, name_in_phrase, retokenized, settled, wikigold
from rapporteur.language.train_names import fit, labels, score


@pytest.mark.parametrize(
    ("words", "tags", "kind", "name"),
    [
        ("the head of state , Anna Berg", "DT NN IN NN , NNP NNP", "PER", None),
        ("Anna Berg , the head of state", "NNP NNP , DT NN IN NN", "PER", "Anna Berg"),
        ("Norwegian Foreign Minister Anna Berg", "JJ NNP NNP NNP NNP", "PER", "Anna Berg"),
        ("Deputy Secretary of State Maria Lopez", "NNP NNP IN NNP NNP NNP", "PER", "Maria Lopez"),
        ("Stephen King", "NNP NNP", "PER", "Stephen King"),
        ("the Foreign Minister", "DT NNP NNP", "PER", None),
        ("the University of Oslo", "DT NNP IN NNP", "ORG", "University of Oslo"),
        ("Oslo taxi drivers", "NNP NN NNS", "ORG", None),
        ("Kim Hyun - jung", "NNP NNP HYPH NNP", "PER", "Kim Hyun - jung"),
    ],
)
def test_phrases_are_cut_down_to_the_proper_name(words: str, tags: str, kind: str, name: str | None) -> None:
    tokens = words.split()
    found = name_in_phrase(tokens, tags.split(), (0, len(tokens), kind))
    assert (found and " ".join(tokens[found[0] : found[1]])) == name


def test_settled_marks_do_not_overlap_and_peoples_are_groups() -> None:
    words = "Kenyan officers in Kenya and Uganda met Gen. Paul Otieno".split()
    marks = settled(words, [(3, 6, "ORG"), (3, 4, "LOC"), (7, 10, "PER")])
    assert marks == [(0, 1, "GRP"), (3, 4, "LOC"), (5, 6, "LOC"), (8, 10, "PER")]


def test_sentences_with_names_left_unmarked_are_mended_or_left_out() -> None:
    marked = Sentence(["Berg", "spoke"], ["NNP", "VBD"], [(0, 1, "PER")])
    unmarked = Sentence(["Then", "Berg", "left"], ["RB", "NNP", "VBD"], [])
    unknown = Sentence(["Then", "Qux", "left"], ["RB", "NNP", "VBD"], [])
    assert completed([[marked, unmarked, unknown]]) == [[marked, unmarked._replace(marks=[(1, 2, "PER")])]]


def test_words_are_cut_as_in_running_text_and_marks_move_along() -> None:
    assert retokenized(["pro-Berg", "Oslo"], [(1, 2, "LOC")]) == (["pro", "-", "Berg", "Oslo"], [(3, 4, "LOC")])


def test_first_dialect_of_iob_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "CONLL-format" / "data"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text("Anna I-PER\nBerg I-PER\nsaw O\nOslo I-LOC\nBergen B-LOC\n. O\n", encoding="utf-8")
    texts = wikigold(tmp_path, lambda sentences: [["NNP"] * len(words) for words in sentences])
    assert texts[0][0].marks == [(0, 2, "PER"), (3, 4, "LOC"), (4, 5, "LOC")]


TEXT: Text = [
    Sentence("Anna Berg flew to Oslo .".split(), "NNP NNP VBD IN NNP .".split(), [(0, 2, "PER"), (4, 5, "LOC")]),
    Sentence("Berg leads the Danish Red Cross .".split(), "NNP VBZ DT JJ NNP NNP .".split(),
             [(0, 1, "PER"), (3, 4, "GRP"), (4, 6, "ORG")]),
]  # fmt: skip


@given(st.integers(0, 300))
def test_exchanged_names_keep_kinds_context_and_identity(seed: int) -> None:
    (new,) = exchanged([TEXT], seed)
    assert exchanged([TEXT], seed) == [new]
    for before, after in zip(TEXT, new, strict=True):
        assert [kind for _, _, kind in after.marks] == [kind for _, _, kind in before.marks]
        assert len(after.words) == len(after.tags)
        rest = [[w for i, w in enumerate(s.words) if not any(a <= i < b for a, b, _ in s.marks)] for s in (before, after)]
        assert rest[0] == rest[1]
    full, short = new[0].words[slice(*new[0].marks[0][:2])], new[1].words[slice(*new[1].marks[0][:2])]
    assert full[-len(short) :] == short or full[: len(short)] == short


def test_labels_tell_first_inside_last_and_single_words() -> None:
    assert labels(["a"] * 6, [(0, 1, "PER"), (2, 5, "ORG")]) == ["U-PER", "O", "B-ORG", "I-ORG", "L-ORG", "O"]


def test_training_learns_and_gives_the_same_file_each_time(tmp_path: Path) -> None:
    texts = [TEXT] * 5
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        fit(texts, tmp_path / name / "names.crfsuite")
    one, two = ((tmp_path / name / "names.crfsuite").read_bytes() for name in ("one", "two"))
    assert one == two
    assert score(NameTagger(tmp_path / "one"), texts) == 1.0
