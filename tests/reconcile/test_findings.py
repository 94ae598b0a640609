"""What several reports say together: verdicts, counts of origins, and that neither order nor copies change them."""

from __future__ import annotations

import itertools

import pytest

from rapporteur.model.account import Finding
from rapporteur.model.reading import Reading
from rapporteur.stages.link import link
from rapporteur.stages.reconcile import reconcile
from tests.made import reading

WIRE = """HALM, May 12, 2031 (TPA) - At least 40 soldiers were killed on Monday when a column of the Vessian army was attacked \
near the border town of Halm, the defence ministry said.

"We will not leave the valley before the talks in Orsk have ended," Defence Minister Ada Moss told reporters.

About 2,500 Vessian troops are stationed in Tarna, where a ceasefire has held since March.
"""

SECOND = """ORSK, May 12, 2031 (Northern Wire) - Bodies lay in rows along the corridor when the last ambulances came in. \
Hospital officials in Orsk said 43 soldiers were killed in the attack near the border town of Halm on Monday.

A doctor who had worked through the night asked for blood donors. Families waited outside behind a fence, and a priest read \
names from a list. The road to the border was closed to all but military trucks.

A diplomat, speaking in the capital, put the size of the contingent in context: roughly 2,500 Vessian troops remain in Tarna. \
She did not expect them to leave before the harvest.
"""

OTHER = """ORSK, May 12, 2031 (Dalen Press) - Twelve soldiers were killed in the attack near the border town of Halm on Monday, \
the rebels said.

A spokesman for the rebels denied that they had broken the truce. He gave no details of the fighting around the town.
"""


def findings(*readings: Reading) -> tuple[Finding, ...]:
    return reconcile(readings, link(readings))


def of_figures(found: tuple[Finding, ...], word: str) -> list[Finding]:
    return [f for f in found if f.kind == "figure" and word in f.label.lower()]


def test_bounds_that_allow_each_other_agree() -> None:
    found = findings(reading("a", WIRE), reading("b", SECOND))
    (troops,) = of_figures(found, "troop")
    assert (troops.verdict, troops.origins) == ("agree", 2)
    (killed,) = of_figures(found, "killed")
    assert (killed.verdict, killed.origins) == ("agree", 2)
    assert (killed.low, killed.high) == (40, 43)


def test_numbers_that_exclude_each_other_differ_and_both_stay() -> None:
    found = findings(reading("b", SECOND), reading("c", OTHER))
    (killed,) = of_figures(found, "killed")
    assert killed.verdict == "differ"
    assert len(killed.supports) == len(killed.contradicts) == 1
    assert (killed.low, killed.high) == (12, 43)


def test_a_newer_level_supersedes_an_older_one() -> None:
    old = "HALM, May 3, 2029 (TPA) - Some 5,000 Vessian troops are stationed in Tarna, the defence ministry said on Thursday.\n"
    found = findings(reading("a", WIRE), reading("z", old, "2029-05-03"))
    (troops,) = of_figures(found, "troop")
    assert troops.verdict == "superseded"
    assert all(c.startswith("a#") for c in troops.supports)
    assert all(c.startswith("z#") for c in troops.parts)


def test_parts_by_place_make_up_a_total() -> None:
    total = "ORSK, May 14, 2031 (TPA) - Rebels launched 153 attacks in Tarna and Ulm since March, the ministry said.\n"
    parts = (
        "ORSK, May 14, 2031 (Dalen Press) - The army counted 60 attacks in Tarna since March. "
        "It counted 93 attacks in Ulm since March.\n"
    )
    found = findings(reading("t", total, "2031-05-14"), reading("p", parts, "2031-05-14"))
    sums = [f for f in found if f.verdict == "sum"]
    assert len(sums) == 1
    assert len(sums[0].parts) == 2


@pytest.mark.parametrize(("later", "verdict"), [("TPA", "superseded"), ("Northern Wire", "differ")])
def test_a_publisher_takes_back_its_own_number_and_nobody_elses(later: str, verdict: str) -> None:
    found = findings(
        reading("a", "HALM, May 3, 2031 (TPA) - Up to 5,000 Vessian troops are stationed in Tarna.", "2031-05-03"),
        reading("b", f"ORSK, May 13, 2031 ({later}) - About 6,500 Vessian troops are stationed in Tarna.", "2031-05-13"),
    )
    (level,) = of_figures(found, "troop")
    assert level.verdict == verdict


def test_the_fallen_are_no_newer_level_of_the_force() -> None:
    found = findings(
        reading("a", "Vessia had 300 soldiers in Tarna last year, the ministry said.", "2031-01-12"),
        reading("b", "Since 2028, the number of Vessian troops killed in Tarna has increased to 121.", "2031-05-12"),
    )
    assert "superseded" not in {f.verdict for f in found}


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_the_order_of_the_reports_changes_nothing(order: tuple[int, ...]) -> None:
    readings = [reading("a", WIRE), reading("b", SECOND), reading("c", OTHER)]
    assert findings(*(readings[i] for i in order)) == findings(*readings)


def test_a_copy_changes_no_verdict_and_no_count() -> None:
    before = findings(reading("a", WIRE), reading("b", SECOND), reading("c", OTHER))
    after = findings(reading("a", WIRE), reading("b", SECOND), reading("c", OTHER), reading("d", WIRE, "2031-05-13"))
    told = {(f.kind, f.label, f.verdict, f.origins) for f in after}
    assert {(f.kind, f.label, f.verdict, f.origins) for f in before} == told


def test_an_independent_report_raises_the_count_by_one() -> None:
    (alone,) = of_figures(findings(reading("a", WIRE)), "killed")
    (both,) = of_figures(findings(reading("a", WIRE), reading("b", SECOND)), "killed")
    assert (alone.verdict, alone.origins) == ("single", 1)
    assert both.origins == alone.origins + 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Italy will send 2,000 Italian soldiers to Norway.", "A force of 6,000 soldiers will be sent to Norway."),
        ("About 400 engineer troops are stationed in Norway.", "About 900 troops are stationed in Norway."),
        (
            "Net investments in Norway came to 1.05 billion dollars last year, the bank said.",
            "Gross investments in Norway came to 9.4 billion dollars last year, the bank said.",
        ),
    ],
)
def test_a_part_is_not_set_against_its_whole_nor_net_against_gross(one: str, other: str) -> None:
    found = findings(reading("a", f"ORSK (TPA) - {one}"), reading("b", f"HALM (Dalen Press) - {other}"))
    assert {f.verdict for f in found if f.kind == "figure"} == {"single"}


def test_a_word_before_the_noun_that_the_other_sentence_has_elsewhere_makes_no_part() -> None:
    one, other = "Rebels carried out 14 attacks in Chad in April.", "Monitors counted 22 rebel attacks in Chad in April."
    found = findings(reading("a", f"ORSK (TPA) - {one}"), reading("b", f"HALM (Dalen Press) - {other}"))
    assert {f.verdict for f in found if f.kind == "figure"} == {"differ"}


def test_what_a_speaker_denies_and_later_says_is_one_contradiction_of_his_own() -> None:
    denied = '"The ministry will not withdraw its soldiers from the northern valley this summer," Minister Ada Moss said.'
    later = '"The ministry will withdraw its soldiers from the northern valley this summer," Minister Ada Moss said.'
    found = findings(reading("a", f"{denied}\n\n{WIRE}", "2031-05-12"), reading("b", f"{later}\n\n{OTHER}", "2031-06-02"))
    said = [f for f in found if f.kind == "statement" and "this summer" in f.label]
    assert [f.verdict for f in said] == ["differ", "differ"]
    assert {f.supports for f in said} == {f.contradicts for f in said}


def test_prices_of_two_days_are_no_dispute() -> None:
    texts = ("The Orvale share index gained 4.01 points to close.", "The Orvale share index gained 9.98 points to close.")
    found = findings(
        reading("a", f"ORSK (TPA) - {texts[0]}", "2031-05-12"), reading("b", f"HALM (DP) - {texts[1]}", "2031-05-13")
    )
    assert {f.verdict for f in found if f.kind == "figure"} <= {"single"}
