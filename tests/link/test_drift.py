"""Drift between two reports that are known to be parent and child; all texts are invented."""

from __future__ import annotations

import msgspec
import pytest

from rapporteur.model.claims import StatementClaim
from rapporteur.model.lineage import Drift
from rapporteur.stages.link.drift import drifts_between
from rapporteur.stages.link.passages import Passages
from rapporteur.stages.link.pins import with_pins
from rapporteur.stages.link.voices import voice
from tests.made import reading

PARENT = """HALM, May 12, 2031 (TPA) - At least 60 attacks have been launched on Vessian posts in Tarna since October, a senior
defence official said on condition of anonymity.

The army lost 212 soldiers in the fighting near Halm, the ministry said in a statement on Monday.

"We are discussing the date with our partners and nothing has been decided," Defence Minister Ada Moss told reporters.

The government could withdraw the remaining troops from the valley before winter, according to two diplomats in Orsk.

Eleven farmers and four policemen were killed in the market of Ulm on Sunday.

The governor denied that the bridge at Ulm had been closed to relief convoys.

Some 14,000 people have fled the villages around Halm, and about 900 of them reached the camp at Dorn.

The levee at Dorn has held the river back for 126 years, engineers said.

A truck was slightly damaged when a mine went off at the southern gate of the camp.

The rebels have pledged to hand over their mortars to the monitors in Orsk.

Smugglers allegedly set fire to the customs house in Dorn and took the files with them.

Iva Brandt, the deputy minister of transport, said the ferry would run again by the end of June.

The harbour master said inspectors had orders to open the grain containers in Dorn.

The mountain road above Ulm will stay shut for three weeks because of falling rock.

The city council of Dorn has approved the new budget of the port.

Fishermen stayed ashore, claiming that the dead gulls on the pier had been poisoned by waste from the smelter.

At its height the garrison of Orsk numbered 3,240 soldiers.
"""


def drifts(child: str, parent: str = PARENT) -> list[Drift]:
    one, other = (
        Passages(reading(i, t.replace("\n", " ").replace("  ", "\n\n"))) for i, t in (("child", child), ("parent", parent))
    )
    return drifts_between(one, other)


@pytest.mark.parametrize(
    ("child", "kind"),
    [
        ("About 60 attacks have been launched on Vessian posts in Tarna since October, a defence official said.", "bound"),
        ("The army lost about 200 soldiers in the fighting near Halm, the ministry said in a statement on Monday.", "rounding"),
        ("The army lost 312 soldiers in the fighting near Halm, the ministry said in a statement on Monday.", "value"),
        ("Fifteen people were killed in the market of Ulm on Sunday.", "merge"),
        ("The governor confirmed that the bridge at Ulm had been closed to relief convoys.", "polarity"),
        (
            "The government will withdraw the remaining troops from the valley before winter, two diplomats in Orsk said.",
            "modality",
        ),
        ("Some 14,000 people have fled the villages around Halm, and about 700 of them reached the camp at Dorn.", "value"),
        ("Eleven farmers and four policemen were killed in the market of Ulm on Saturday.", "date"),
        ("At least 60 attacks have been launched on Vessian posts in Tarna since August, a defence official said.", "window"),
        ("The levee at Dorn has held the river back for more than 120 years, engineers said.", "rounding"),
        ("A truck was destroyed when a mine went off at the southern gate of the camp.", "scope"),
        ("A truck was slightly damaged when a mine went off at the northern gate of the camp.", "place"),
        ("The rebels have handed over their mortars to the monitors in Orsk.", "status"),
        ("Smugglers set fire to the customs house in Dorn and took the files with them.", "attribution-loss"),
        ("Iva Brandt, the minister of transport, said the ferry would run again by the end of June.", "speaker"),
        ("The harbour master said inspectors had no orders to open the grain containers in Dorn.", "polarity"),
        ("The mountain road above Ulm will stay shut for up to three weeks because of falling rock.", "bound"),
        ("The city council of Dorn has yet to approve the new budget of the port.", "polarity"),
        ("The dead gulls on the pier had been poisoned by waste from the smelter.", "attribution-loss"),
        ("The garrison of Orsk, at its height over 3,000 strong, is empty.", "rounding"),
    ],
)
def test_a_changed_fact_is_found_and_typed(child: str, kind: str) -> None:
    assert kind in {d.type for d in drifts(child)}


@pytest.mark.parametrize(
    "child",
    [
        PARENT,
        "Upwards of 60 attacks have been launched on Vessian posts in Tarna since October, a senior defence official said.",
        "Some 14,000 people have left the villages around Halm; roughly 900 of them arrived at the Dorn camp.",
        '"We are discussing the date with our partners and nothing has been decided," Ada Moss, the defence minister, said.',
        "For 126 years the levee at Dorn has kept back the river, according to engineers.",
        "The rebels vowed to give up their mortars to the monitors in Orsk.",
        "The customs house in Dorn was set on fire by smugglers, it is alleged, and they took the files with them.",
        "A mine damaged a truck slightly at the camp's southern gate.",
        "Two diplomats in Orsk said it was possible that the government would withdraw the remaining troops before winter.",
        "There is an order for inspectors to open the grain containers in Dorn, the harbour master said.",
        "The council of Dorn city approved the port's new budget.",
        "Fishermen claimed that waste from the smelter had poisoned the dead gulls on the pier, and stayed ashore.",
        "The weather in the valley was fine on Monday, and the markets of the capital were full of people buying fruit.",
    ],
)
def test_what_only_sounds_different_is_no_drift(child: str) -> None:
    assert drifts(child) == []


def test_an_official_who_becomes_the_ministry_is_another_speaker() -> None:
    child = "At least 60 attacks have been launched on Vessian posts in Tarna since October, the defence ministry said."
    assert {d.type for d in drifts(child)} <= {"speaker", "status"}
    assert drifts(child)


def test_every_drift_leads_from_a_claim_of_the_parent_to_one_of_the_child() -> None:
    child = "About 60 attacks have been launched on Vessian posts since October. The army lost some 200 soldiers near Halm."
    found = drifts(child)
    assert found
    assert all(d.source.startswith("parent#") and d.target.startswith("child#") for d in found)


def test_a_passage_without_a_claim_is_cited_all_the_same() -> None:
    child = reading("child", "The remaining troops will go home from the valley before winter, and the posts will stand empty.")
    parent = reading(
        "parent", "The remaining troops could perhaps go home from the valley before winter, depending on the roads."
    )
    found = [d for d in drifts_between(Passages(child), Passages(parent)) if d.type == "modality"]
    assert len(found) == 1
    bare = [msgspec.structs.replace(r, claims=()) for r in (child, parent)]
    only = [d for d in drifts_between(Passages(bare[0]), Passages(bare[1])) if d.type == "modality"]
    shown = with_pins(bare, only)
    assert [c.span.exact for r in shown for c in r.claims if c.id in (only[0].source, only[0].target)] == [
        "The remaining troops will go home from the valley before winter",
        "The remaining troops could perhaps go home from the valley before winter",
    ]
    assert with_pins(shown, only) == shown


@pytest.mark.parametrize(
    ("text", "word", "shown"),
    [
        (
            "The barge left Dorn, and some 4,000 sacks of salt may have been lost, Moss said.",
            "may",
            "and some 4,000 sacks of salt may have been lost",
        ),
        ("On Monday, the barge left Dorn with the last sacks.", "Monday", "On Monday, the barge left Dorn with the last sacks"),
        ("The harbour, which the army could close, is full of barges.", "could", "the army could close"),
    ],
)
def test_of_a_sentence_the_part_around_what_changed_is_shown(text: str, word: str, shown: str) -> None:
    bare = msgspec.structs.replace(reading("child", text), claims=())
    passages = Passages(bare)
    at = text.index(word)
    assert passages.cite(passages.all[0], (at, at + len(word))).span.exact == shown


def test_aides_to_a_minister_are_not_the_minister() -> None:
    spoken = reading("child", "Aides to Prime Minister Ilena Korsk said the League had broken into two camps.")
    claim = next(c for c in spoken.claims if isinstance(c, StatementClaim))
    assert voice(Passages(spoken), claim).kind == "several"
