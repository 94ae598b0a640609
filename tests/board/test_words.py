"""Probability in words and numbers; agreement against published values."""

from __future__ import annotations

from contextlib import suppress
from itertools import pairwise

import pytest

from rapporteur.board.agreement import agreement, ordinal_alpha
from rapporteur.board.places import refused_place
from rapporteur.board.words import BANDS, check_words, likelihood, with_numbers
from rapporteur.errors import InputError
from tests.growth import least_seconds


def test_the_bands_are_those_of_icd_203_without_gaps() -> None:
    assert [(low, high) for low, high, _ in BANDS] == [(1, 5), (5, 20), (20, 45), (45, 55), (55, 80), (80, 95), (95, 99)]
    assert all(a[1] == b[0] for a, b in pairwise(BANDS))


@pytest.mark.parametrize(
    ("per_cent", "words"),
    [
        (60, "likely (55-80 %)"),
        (80, "likely (55-80 %)"),
        (20, "unlikely (20-45 %)"),
        (50, "roughly even chance (45-55 %)"),
        (1, "almost no chance (1-5 %)"),
        (99, "almost certain (95-99 %)"),
    ],
)
def test_a_probability_has_words_and_numbers(per_cent: float, words: str) -> None:
    assert likelihood(per_cent) == words
    check_words(f"A return is {words}.", "x")


@pytest.mark.parametrize("per_cent", [0, 100, -3, 120])
def test_nothing_is_certain(per_cent: float) -> None:
    with pytest.raises(ValueError, match="no probability that can be stated"):
        likelihood(per_cent)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("A return is likely.", "“likely” stands without its numbers; write “likely (55-80 %)”"),
        ("A return is Very Likely.", "write “Very Likely (80-95 %)”"),
        ("It is unlikely (20-40 %).", "stands without its numbers"),
        ("They will probably return.", "“probably” has no numbers in ICD 203"),
        ("It is likely (55-80 %), with low confidence.", "speaks of likelihood and of confidence at once"),
        ("We are confident that it is unlikely (20-45 %).", "speaks of likelihood and of confidence at once"),
    ],
)
def test_words_that_say_too_little_are_refused(text: str, reason: str) -> None:
    with pytest.raises(InputError) as error:
        check_words(text, "--rationale")
    assert str(error.value).startswith("--rationale: ")
    assert reason in str(error.value)


@pytest.mark.parametrize(
    "text",
    [
        "A return is likely (55-80 %). Confidence is low.",
        "The minister called it “very likely”.",
        "The likelihood was not assessed.",
        "",
        f"It is {with_numbers('unlikely')}.",
        "It is likely (55–80 %).",
    ],
)
def test_words_that_say_enough_are_taken(text: str) -> None:
    check_words(text, "x")


@pytest.mark.parametrize(("unit", "times"), [("“", 25_000), ("1", 25_000), ("likely (", 5_000), ('"', 24_999), ("x", 250_000)])
def test_any_text_is_checked_in_linear_time(unit: str, times: int) -> None:
    def seconds(text: str) -> float:
        def work() -> None:
            with suppress(InputError):
                check_words(text, "x")
            assert refused_place(text, None, None) is not None

        return least_seconds(work)

    # Four times the text takes sixteen times as long where time grows with the square; seconds would measure the machine.
    assert seconds(unit * times * 4) < 8 * max(seconds(unit * times), 0.02)


# Krippendorff (2011), example C: four observers, twelve units, values 1 to 5; * is missing.
OBSERVERS = ("1 2 3 3 2 1 4 1 2 * * *", "1 2 3 3 2 2 4 1 2 5 * 3", "* 3 3 3 2 3 4 2 2 5 1 *", "1 2 3 3 2 4 4 1 2 5 1 *")
UNITS = [[int(v) for v in unit if v != "*"] for unit in zip(*(o.split() for o in OBSERVERS), strict=True)]


def test_alpha_is_the_published_value() -> None:
    found = ordinal_alpha(UNITS)
    assert found is not None
    assert round(found, 3) == 0.815


def test_alpha_at_its_ends() -> None:
    assert ordinal_alpha([[0, 0, 0], [2, 2, 2], [3, 3, 3]]) == pytest.approx(1)
    apart = ordinal_alpha([[0, 3], [3, 0], [0, 3], [3, 0]])
    assert apart is not None
    assert apart < 0
    assert ordinal_alpha([[2, 2], [2, 2]]) is None, "without variation it is not defined"
    assert ordinal_alpha([[1], [2]]) is None
    assert ordinal_alpha([]) is None


def test_alpha_is_refused_below_three_assessors_and_ten_items() -> None:
    three = [{"a": n % 4, "b": n % 4, "c": (n + n // 9) % 4} for n in range(12)]
    told = agreement(three)
    assert told.alpha is not None
    assert (told.assessors, told.items) == (3, 12)
    assert agreement(three[:9]).alpha is None
    assert agreement([{k: v for k, v in unit.items() if k != "c"} for unit in three]).alpha is None
    assert "needs 3 assessors and 10 items" in agreement(three[:9]).why
    assert agreement([{"a": 1, "b": 1, "c": 1}] * 10).why == "not defined: every rating is the same"
    assert agreement([{"a": 1}] * 10).items == 0, "an item that one alone rated compares nothing"
