from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.asking.question import Question, search_words, understand
from rapporteur.language import load


def asked(text: str, day: str | None = "2031-03-21") -> Question:
    return understand(text, day, load())


@pytest.mark.parametrize(
    ("text", "wants", "counted"),
    [
        ("how many attacks since October?", "count", "attacks"),
        ("How many soldiers were wounded at Halm?", "count", "soldiers"),
        ("how many people killed in May?", "count", "people"),
        ("What is the number of refugees in Tarna?", "count", "refugees"),
        ("who demands a fixed date?", "who", None),
        ("When was the accord signed?", "when", None),
        ("is there a truce?", "anything", None),
    ],
)
def test_what_is_wanted(text: str, wants: str, counted: str | None) -> None:
    question = asked(text)
    assert (question.wants, question.counted) == (wants, counted)


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("how many attacks since October?", "2030-10-01", None),
        ("how many attacks in October 2029?", "2029-10-01", "2029-10-31"),
        ("how many attacks before May 4, 2029?", None, "2029-05-04"),
        ("attacks from January 2029 until March 2029?", "2029-01-01", "2029-03-31"),
        ("how many attacks?", None, None),
    ],
)
def test_times_make_a_window(text: str, begin: str | None, end: str | None) -> None:
    question = asked(text)
    assert (question.begin, question.end) == (begin, end)
    assert not {"october", "since", "may", "2029"} & set(question.words)


def test_names_are_looked_for_by_their_beginnings() -> None:
    question = asked("How many soldiers are in Iraq?")
    assert question.names == ("Iraq",)
    assert search_words(question)[1:] == (("iraq*",),)
    assert question.words == ("soldiers",)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.sampled_from([None, "2031", "2031-03-21"]))
def test_any_question_is_understood_somehow(text: str, day: str | None) -> None:
    search_words(asked(text, day))
