import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.stages.write.numbers import numbers
from rapporteur.stages.write.sentences import sentence_at


def around(text: str, exact: str) -> str:
    start = text.index(exact)
    low, high = sentence_at(text, start, start + len(exact))
    return text[low:high]


@pytest.mark.parametrize(
    ("text", "exact", "expected"),
    [
        ("It rained. Ten men left on Monday. They sang.", "Ten men", "Ten men left on Monday."),
        ("He met Gen. Arno Pell on Jan. 5 in Tresk. Then he left.", "Pell", "He met Gen. Arno Pell on Jan. 5 in Tresk."),
        ("The U.S. troops stay. The U.N. left.", "troops", "The U.S. troops stay."),
        ("The United States (U.S.) Monday said so. It left.", "Monday", "The United States (U.S.) Monday said so."),
        ("A treaty with the U.S. The minister signed it.", "signed", "The minister signed it."),
        ('"We go," he said. "We stay." She wept.', "She", "She wept."),
        ("Prices rose 2.5 percent in May. Wages fell.", "percent", "Prices rose 2.5 percent in May."),
        ("A headline without a stop\n\nTen men left.", "Ten", "Ten men left."),
        ("A short line\nTen men left the town of Velm.", "Ten", "Ten men left the town of Velm."),
        (
            "The delegations of the two countries met in the town of\nVelm and parted after an hour.",
            "Velm",
            "The delegations of the two countries met in the town of\nVelm and parted after an hour.",
        ),
    ],
)
def test_the_sentence_around_a_place(text: str, exact: str, expected: str) -> None:
    assert around(text, exact) == expected


@given(st.text(max_size=400), st.integers(0, 399), st.integers(1, 40))
def test_any_place_lies_in_its_sentence(text: str, start: int, length: int) -> None:
    end = min(len(text), start + length)
    if start >= end or text[start:end].strip() != text[start:end] or not text[start:end]:
        return
    low, high = sentence_at(text, start, end)
    assert 0 <= low <= start < end <= high <= len(text)


def test_a_megabyte_without_a_full_stop_costs_no_more_than_a_page() -> None:
    text = "word " * 200_000
    began = time.perf_counter()
    for at in range(0, 1_000_000, 50_000):
        sentence_at(text, at, at + 4)
    assert time.perf_counter() - began < 1.0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2,500 troops", {2500.0}),
        ("2.5 million marks", {2_500_000.0}),
        ("two hundred and ten men and three boys", {210.0, 3.0}),
        ("sixty-four days", {64.0}),
        ("$3bn", {3_000_000_000.0}),
        ("one of them", set()),
        ("several dozen", {12.0}),
        ("three thousand four hundred", {3400.0}),
    ],
)
def test_numbers_in_digits_and_words(text: str, expected: set[float]) -> None:
    assert numbers(text) == expected


@given(st.text(max_size=300))
def test_numbers_never_raises(text: str) -> None:
    numbers(text)
