"""The shipped pipeline keeps its contract on any string, and parses plain sentences right."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.errors import ConfigurationError
from rapporteur.language import load
from rapporteur.language.shipped import MODEL, ShippedPipeline
from rapporteur.model.spans import Span


@given(st.text(max_size=400))
@settings(max_examples=60, deadline=None)
def test_contract_on_any_text(text: str) -> None:
    parsed = load().parse(text)
    count = len(parsed.words)
    lists = (
        parsed.starts,
        parsed.ends,
        parsed.tags,
        parsed.lemmas,
        parsed.heads,
        parsed.deps,
        parsed.sentence_at,
        parsed.children,
    )
    assert all(len(column) == count for column in lists)
    assert [text[a:b] for a, b in zip(parsed.starts, parsed.ends, strict=True)] == parsed.words
    assert [i for a, b in parsed.sentences for i in range(a, b)] == list(range(count))
    assert [i for a, b in parsed.paragraphs for i in range(a, b)] == list(range(count))
    for i, head in enumerate(parsed.heads):
        assert parsed.sentence_at[head] == parsed.sentence_at[i]
        assert (head == i) == (parsed.deps[i] == "root")


def test_a_plain_sentence() -> None:
    parsed = load().parse("The minister said that 300 soldiers left the base on Monday.")
    said, left = parsed.words.index("said"), parsed.words.index("left")
    assert parsed.lemmas[said] == "say"
    assert parsed.deps[left] == "ccomp"
    assert parsed.heads[left] == said
    assert parsed.heads[parsed.words.index("minister")] == said
    assert parsed.heads[parsed.words.index("soldiers")] == left


def test_furniture_has_no_tokens() -> None:
    text = "Share this. The talks ended."
    parsed = load().parse(text, (Span.of(text, 0, 11),))
    assert parsed.words == ["The", "talks", "ended", "."]


@pytest.mark.parametrize("hostile", ["word " * 60_000, "9" * 100_000, '"' * 50_000, "שלום " * 20_000, "🕊️" * 20_000])
def test_hostile_text_is_read_in_bounded_time(hostile: str) -> None:
    started = time.process_time()
    load().parse(hostile)
    assert time.process_time() - started < 60


def test_an_altered_model_file_is_refused(tmp_path: Path) -> None:
    copy = tmp_path / "en-1"
    shutil.copytree(MODEL, copy)
    with (copy / "lemmas.json").open("a", encoding="utf-8") as file:
        file.write(" ")
    with pytest.raises(ConfigurationError, match="checksum"):
        ShippedPipeline(copy)
