from __future__ import annotations

import pytest

from rapporteur.model.report import Report
from rapporteur.stages.link.background import weight
from rapporteur.stages.link.columns import BODY, LINE, MOST_TOKENS, Columns
from rapporteur.stages.link.terms import form, number_key, stem


def columns(text: str) -> Columns:
    return Columns(Report("r", None, None, None, None, (), None, None, "en", text, (), (), ()))


def keys(text: str) -> list[int]:
    return columns(text + ".").keys


@pytest.mark.parametrize(
    "one, other", [("bodies", "body"), ("deployed", "deployment"), ("attackers", "attack"), ("militias", "militia")]
)
def test_endings_do_not_tell_words_apart(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize("word", ["talk", "walk", "gas", "his", "iran"])
def test_short_words_keep_their_letters(word: str) -> None:
    assert len(stem(word)) >= 3
    assert stem("talk") != stem("walk")


@pytest.mark.parametrize(
    "written", ["they lost 4,500,000 men", "they lost 4.5 million men", "they lost 4500 thousand men", "they lost 4500000 men"]
)
def test_a_number_is_its_value_however_it_is_written(written: str) -> None:
    assert number_key(4.5e6) in keys(written)


def test_number_words() -> None:
    assert number_key(22) in keys("about twenty-two villages")
    assert number_key(22) not in keys("in groups of twenty two came back")
    assert number_key(24) in keys("two dozen villages")
    assert number_key(17) in keys("Seventeen mortars")


def test_a_year_does_not_swallow_the_next_word() -> None:
    assert number_key(1997) in keys("in 1997. Million-dollar homes stood there")


def test_a_time_is_no_decimal() -> None:
    assert form("10:30").value is None
    assert form("1,20").value is None


def test_weights_follow_frequency() -> None:
    assert weight("the") == 0.0
    assert weight("government") < weight("ceasefire") < weight("Zzyzx")
    assert weight("31") <= 2.5 < weight("13,327,160")


def test_lines_and_sentences() -> None:
    found = columns("HARBOUR POST\nWorld | Sport\n\nThe boats left. Nobody waved.\n")
    assert [role for _, _, role in found.rows] == [LINE, LINE, BODY, BODY]
    assert [found.starts[first] for first, _, _ in found.rows] == [0, 13, 28, 44]


def test_a_word_at_a_sentence_start_is_a_name_only_when_rare() -> None:
    found = columns("Soldiers came to Velmorask. Velmorask was empty.")
    assert found.kinds[0] == 0
    assert found.kinds[4] == 1


def test_a_text_without_a_full_stop_ends_somewhere() -> None:
    assert len(columns("word " * 300_000).keys) == MOST_TOKENS
