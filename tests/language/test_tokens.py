"""Tokens: cut as in UD English, every character kept, linear time."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.language.tokens import tokenize


def words(text: str) -> list[str]:
    return [text[a:b] for a, b in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They don't agree.", ["They", "do", "n't", "agree", "."]),
        ("It’s the ministry’s view", ["It", "’s", "the", "ministry", "’s", "view"]),
        ("U.S. troops left at 9 a.m. on Oct. 7.", ["U.S.", "troops", "left", "at", "9", "a.m.", "on", "Oct.", "7", "."]),
        ("2,500 men, 3.5 percent, 10:30", ["2,500", "men", ",", "3.5", "percent", ",", "10:30"]),
        ("the Tarna-backed force", ["the", "Tarna", "-", "backed", "force"]),
        ("Mr. O'Brien met Gen. Sa'ad.", ["Mr.", "O'Brien", "met", "Gen.", "Sa'ad", "."]),
        ("See https://example.org/a?b=1.", ["See", "https://example.org/a?b=1", "."]),
        ("We waited... and -- left", ["We", "waited", "...", "and", "--", "left"]),
        ("the 1990s, the 21st floor", ["the", "1990s", ",", "the", "21st", "floor"]),
        ("John Q. Public said no.", ["John", "Q.", "Public", "said", "no", "."]),
    ],
)
def test_examples(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(st.text())
def test_every_character_but_white_space_is_in_exactly_one_token(text: str) -> None:
    tokens = tokenize(text)
    assert "".join(text[a:b] for a, b in tokens) == "".join(text.split())
    assert all(a < b for a, b in tokens)
    assert all(p[1] <= q[0] for p, q in itertools.pairwise(tokens))


@pytest.mark.parametrize(
    "hostile",
    ["9" * 100_000, "a" * 300_000, "a." * 100_000, "a-" * 100_000, "a'" * 100_000, "9,9" * 60_000, "x@" * 90_000, "." * 300_000],
)
def test_time_is_linear_on_hostile_text(hostile: str) -> None:
    started = time.process_time()
    tokenize(hostile)
    # Seconds for 300,000 characters; quadratic behaviour would take minutes.
    assert time.process_time() - started < 5
