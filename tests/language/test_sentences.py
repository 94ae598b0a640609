"""Sentence and paragraph rules."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.language.sentences import paragraphs, sentences
from rapporteur.model.spans import Span


def split(text: str) -> list[str]:
    return [text[a:b] for p, q in paragraphs(text) for a, b in sentences(text, p, q)]


@pytest.mark.parametrize(
    "parts",
    [
        ["The envoy left on Jan. 5.", "He returned later."],
        ["Gen. Orsk met Mr. Vell in the U.S. Senate.", "They spoke."],
        ["The force is paid by the U.S.", "The ministry said so."],
        ['"We agree," she said.', '"Tomorrow we sign."', "Then they left."],
        ["“Will they go?” he asked.", "Nobody knew."],
        ["It cost 3.5 million.", "5,000 men went home."],
        ["See No. 5 of the list, e.g. The Hague.", "It is long."],
        ["J. R. Halden and A. Moss resigned.", "Others stayed."],
        ["He stopped at 9 a.m.", "The talks began."],
        ["The truce held. [3]", "It ended later. [4] [5]"],
        ["Wait... what happened?", "Nothing."],
        ["PRIME MINISTER GEN. ADA MOSS SPEAKS", "She said little."],
    ],
)
def test_sentences_end_where_they_end(parts: list[str]) -> None:
    assert split(" ".join(parts) if not parts[0].isupper() else "\n\n".join(parts)) == parts


def test_line_ends_in_wrapped_copy_are_spaces() -> None:
    lines = [
        "The two sides said on Monday that they would resume their talks in",
        "the border town of Halm next week, after a pause of almost three",
        "months that both governments had blamed on each other and on the",
        "weather in the passes.",
    ]
    assert split("\n".join(lines) + "\n\nA second paragraph stands here.")[0] == "\n".join(lines)


def test_line_ends_elsewhere_end_the_paragraph() -> None:
    lead = (
        "The two sides said that they would resume their talks in the border town of Halm next week, after almost three months."
    )
    text = f"Talks resume\n{lead}\nThey will meet twice."
    assert split(text)[0] == "Talks resume"
    assert len(split(text)) == 3


def test_skipped_stretches_have_no_sentence() -> None:
    text = "Share this page now. The talks ended. Leave a comment."
    skip = (Span.of(text, 0, 20), Span.of(text, 37, len(text)))
    assert [text[a:b] for a, b in paragraphs(text, skip)] == ["The talks ended."]


@given(st.text())
def test_sentences_keep_every_character_that_is_no_white_space(text: str) -> None:
    ranges = [r for p, q in paragraphs(text) for r in sentences(text, p, q)]
    assert "".join("".join(text[a:b].split()) for a, b in ranges) == "".join(text.split())
    assert all(p[1] <= q[0] for p, q in itertools.pairwise(ranges))
