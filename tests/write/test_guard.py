# ruff: noqa: E501 - a planted line per line reads as the list it is

import pytest

from rapporteur.errors import UncitedLineError
from rapporteur.model.claims import FigureClaim
from rapporteur.model.spans import Span
from rapporteur.stages.write.guard import Guard
from rapporteur.stages.write.passages import Passages
from tests.write.builders import event, figure, reading, statement

TEXT = """About 1,800 Velmark soldiers remain in Ostria, Defence Minister Ilse Tarn said on Tuesday.

At least 42 attacks have been launched on bases in Ostria since November, and 58 in Karsk.

Tarn denied that 300 soldiers had left Port Seld.

The government will not sign the treaty before June 30, 2031.

General Freed accused Davo Merin of selling twelve trucks to the rebels for 2.5 million marks.

Seven soldiers were wounded at Port Seld on Sunday."""
OTHER = "Nine soldiers were wounded at Port Seld on Sunday, two nurses said."


@pytest.fixture
def guard() -> Guard:
    misplaced = FigureClaim(
        "wire#f9",
        Span(5, 9, "9,99"),
        figure(TEXT, "x", "About 1,800 Velmark soldiers", "1,800", 1800).figure,
    )
    claims = (
        figure(TEXT, "wire#f1", "About 1,800 Velmark soldiers", "1,800", 1800, bound="about"),
        figure(TEXT, "wire#f2", "At least 42 attacks", "42", 42, bound="at-least"),
        figure(TEXT, "wire#f3", "300 soldiers", "300", 300),
        event(TEXT, "wire#e1", "will not sign the treaty", "2031-06-30"),
        statement(TEXT, "wire#s1", "General Freed accused Davo Merin of selling twelve trucks", "General Freed", "selling twelve trucks"),
        figure(TEXT, "wire#f4", "Seven soldiers", "Seven", 7, state="wounded"),
        misplaced,
    )  # fmt: skip
    other = (figure(OTHER, "other#f1", "Nine soldiers", "Nine", 9, state="wounded"),)
    return Guard(
        Passages([reading("wire", TEXT, claims, outlet="Korrin Wire"), reading("other", OTHER, other, outlet="Ostria Daily")])
    )


STANDING = [
    ("About 1,800 Velmark soldiers remain in Ostria, Defence Minister Ilse Tarn said on Tuesday.", ["wire#f1"]),
    ("About 1,800 Velmark soldiers remain in Ostria (Korrin Wire, 4 March 2031).", ["wire#f1"]),
    ("At least 42 attacks have been launched on bases in Ostria since November … (Korrin Wire, 4 March 2031).", ["wire#f2"]),
    ("Tarn denied that 300 soldiers had left Port Seld.", ["wire#f3"]),
    ("The government will not sign the treaty before June 30, 2031.", ["wire#e1"]),
    ("Seven soldiers were wounded at Port Seld on Sunday. Against: “Nine soldiers” (Ostria Daily).", ["wire#f4", "other#f1"]),
]
PLANTED = {
    "no citation": ("About 1,800 Velmark soldiers remain in Ostria.", []),
    "unknown claim": ("About 1,800 Velmark soldiers remain in Ostria.", ["wire#f77"]),
    "span not at its place": ("About 1,800 Velmark soldiers remain in Ostria.", ["wire#f9"]),
    "another figure": ("About 1,900 Velmark soldiers remain in Ostria.", ["wire#f1"]),
    "a digit lost": ("About 180 Velmark soldiers remain in Ostria.", ["wire#f1"]),
    "another scale": ("General Freed accused Davo Merin of selling twelve trucks to the rebels for 2.5 billion marks.", ["wire#s1"]),
    "figure in words": ("Eight soldiers were wounded at Port Seld on Sunday.", ["wire#f4"]),
    "figure of an uncited report": ("Nine soldiers were wounded at Port Seld on Sunday.", ["wire#f4"]),
    "another name": ("About 1,800 Velmark soldiers remain in Karsk.", ["wire#f1"]),
    "another speaker": ("About 1,800 Velmark soldiers remain in Ostria, Defence Minister Davo Merin said on Tuesday.", ["wire#f1"]),
    "names exchanged": ("Davo Merin accused General Freed of selling twelve trucks to the rebels.", ["wire#s1"]),
    "figures exchanged": ("58 attacks have been launched on bases in Ostria since November, and 42 in Karsk.", ["wire#f2"]),
    "bound dropped": ("42 attacks have been launched on bases in Ostria since November.", ["wire#f2"]),
    "bound changed": ("More than 42 attacks have been launched on bases in Ostria since November.", ["wire#f2"]),
    "bound turned round": ("At most 42 attacks have been launched on bases in Ostria since November.", ["wire#f2"]),
    "negation dropped": ("The government will sign the treaty before June 30, 2031.", ["wire#e1"]),
    "negation added": ("About 1,800 Velmark soldiers do not remain in Ostria.", ["wire#f1"]),
    "denial cut away": ("300 soldiers had left Port Seld.", ["wire#f3"]),
    "another state": ("Seven soldiers were killed at Port Seld on Sunday.", ["wire#f4"]),
    "another day": ("Seven soldiers were wounded at Port Seld on Monday.", ["wire#f4"]),
    "another date": ("The government will not sign the treaty before July 30, 2031.", ["wire#e1"]),
    "another modality": ("The government may not sign the treaty before June 30, 2031.", ["wire#e1"]),
    "cause added": ("Seven soldiers were wounded at Port Seld on Sunday because General Freed sold trucks.", ["wire#f4", "wire#s1"]),
    "another outlet": ("About 1,800 Velmark soldiers remain in Ostria (Seld Courier, 4 March 2031).", ["wire#f1"]),
    "words of two reports spliced": ("Nine soldiers remain in Ostria.", ["other#f1", "wire#f1"]),
    "nothing": ("  ", ["wire#f1"]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "cites"), STANDING)
def test_a_line_that_its_citation_bears_out_passes(guard: Guard, text: str, cites: list[str]) -> None:
    guard.check(text, cites)


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_wrong_line_is_refused(guard: Guard, name: str) -> None:
    text, cites = PLANTED[name]
    with pytest.raises(UncitedLineError):
        guard.check(text, cites)


def test_at_least_twenty_wrong_lines_are_planted() -> None:
    assert len(PLANTED) >= 20


def test_the_refusal_names_the_line_and_the_reason(guard: Guard) -> None:
    with pytest.raises(UncitedLineError, match=r"1,900 Velmark.*figure 1900 is not in what it cites"):
        guard.check("About 1,900 Velmark soldiers remain in Ostria.", ["wire#f1"])
