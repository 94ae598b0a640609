from __future__ import annotations

import time

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.model.report import Published
from rapporteur.stages.link.align import align
from rapporteur.stages.link.profile import Profile, profile, published_days
from tests.link.invented import REPOST, WIRE, reading, repost, wire


def test_a_profile_survives_storing() -> None:
    made = profile(wire())
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(made), type=Profile) == made


def test_what_a_profile_knows_of_agency_copy() -> None:
    made = profile(wire())
    assert (made.agency, made.place, made.outlet, made.plain) == ("Norda", "tarsik", None, True)


def test_what_it_knows_of_a_site() -> None:
    made = profile(repost())
    assert (made.agency, made.outlet, made.plain) == ("Norda", "The Westhaven Packet", False)
    assert "westhaven packet" in made.labels
    assert made.stray > profile(wire()).stray


def test_labels_are_no_matter_of_the_report() -> None:
    text = REPOST.replace("World / Letters", "Orvella / Letters")
    assert "orvella" not in profile(reading("x", text)).labels


def test_an_agency_that_people_talk_to_is_the_copy_s_own() -> None:
    text = "Valley quiet\n\nTARSIK, March 3, 2031\n\nThe valley was quiet, a shepherd told Reuters. Snow fell on the passes.\n"
    assert profile(reading("x", text)).agency == "Reuters"
    cited = text.replace("Snow fell", "Reuters reported that snow fell")
    assert profile(reading("x", cited)).agency is None


@pytest.mark.parametrize(
    "value, precision, span, minute",
    [
        ("2031-03-03", "day", 1, None),
        ("2031-03-03T14:05", "minute", 1, 845),
        ("2031-03", "month", 31, None),
        ("2031", "year", 366, None),
        ("2031-02-30", "day", None, None),
        ("soon", "day", None, None),
        ("2031-03-03", "vague", None, None),
    ],
)
def test_published_days(value: str, precision: str, span: int | None, minute: int | None) -> None:
    given_date = msgspec.structs.replace(wire().report, published=Published(value, precision, "text"))  # type: ignore[arg-type]  # every precision in turn
    first, last, found = published_days(given_date)
    assert (last - first + 1 if first is not None and last is not None else None) == span
    assert found == minute


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400), st.text(max_size=400))
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    a, b = profile(reading("a", one)), profile(reading("b", WIRE + other))
    found, turned = align(a, b), align(b, a)
    assert found.shared == pytest.approx(turned.shared)
    for here, there in ((found.first, turned.second), (found.second, turned.first)):
        assert here.aligned == pytest.approx(there.aligned)
        assert 0 <= here.covered <= 1.0001
        assert 0 <= here.aligned <= 1.0001
        assert here.verbatim == there.verbatim


def test_a_text_covers_itself() -> None:
    found = align(profile(wire("a")), profile(wire("b")))
    assert found.first.aligned == pytest.approx(1.0)
    assert found.first.verbatim == 1.0
    assert found.first.figures == found.first.kept > 8
    assert found.order == 1.0


@pytest.mark.parametrize(
    "text", ["a" * 1_000_000, "7" * 100_000, '"' * 50_000, "no stop " * 100_000, "\n" * 200_000, "“nested " * 40_000]
)
def test_time_is_linear_in_odd_texts(text: str) -> None:
    start = time.perf_counter()
    made = profile(reading("x", WIRE + text))
    align(made, profile(wire()))
    assert time.perf_counter() - start < 6.0
