"""Drift between one sentence and its retelling, by the mechanism that finds it; all sentences are invented."""

from __future__ import annotations

import pytest

from rapporteur.stages.link.drift import drifts_between
from rapporteur.stages.link.opposites import opposed
from rapporteur.stages.link.passages import Passages
from tests.made import reading


def changed(parent: str, child: str) -> set[str]:
    """Types of the drifts between two texts."""
    return {d.type for d in drifts_between(Passages(reading("child", child)), Passages(reading("parent", parent)))}


DRIFTED = [
    # how much is meant
    (
        "The divers searched most of the flooded tunnels under Orsk.",
        "The divers searched all the flooded tunnels under Orsk.",
        "scope",
    ),
    (
        "Some ferrymen on the Dorn refused to carry the grain.",
        "Nearly all ferrymen on the Dorn refused to carry the grain.",
        "scope",
    ),
    (
        "The old quarter of Ulm was partly rebuilt with a grant.",
        "With a grant the old quarter of Ulm was entirely rebuilt.",
        "scope",
    ),
    # a doubt that is new, or quite another
    ("The landslide has cut the water main to Halm.", "The landslide may have cut the water main to Halm.", "modality"),
    ("The new pier will ease the queues at Dorn harbour.", "The new pier could ease the queues at Dorn harbour.", "modality"),
    (
        "The mayor vowed to rebuild the burnt library of Halm.",
        "The mayor hopes to rebuild the burnt library of Halm.",
        "modality",
    ),
    # a word and its opposite, a matter and its next step
    (
        "The smelter's owners are ready to settle the quarrel over the river.",
        "The smelter's owners refuse to settle the quarrel over the river.",
        "polarity",
    ),
    (
        "The two valleys discussed a common price for salt in Orsk.",
        "The two valleys agreed a common price for salt in Orsk.",
        "status",
    ),
    (
        "The port authority suspended the licences of three pilots.",
        "The port authority revoked the licences of three pilots.",
        "status",
    ),
    ("Salt output in Tarna is to double next season.", "Salt output in Tarna is to triple next season.", "value"),
    ("Moss runs the only lighthouse school on the coast.", "Moss runs the largest lighthouse school on the coast.", "scope"),
    # what is still to be done, told as done
    (
        "The ministry will publish a list of the closed ferries.",
        "The ministry has published a list of the closed ferries.",
        "status",
    ),
    # a "not" and what it denies
    (
        "The inspectors do not have any sample showing arsenic in the Dorn wells.",
        "Samples that show arsenic in the Dorn wells are in the inspectors' hands.",
        "polarity",
    ),
    # causes that come and go
    (
        "The weavers left their looms after the guild cut the price of wool.",
        "The weavers left their looms because the guild cut the price of wool.",
        "cause",
    ),
    (
        "The bridge was closed because the river had risen over the piers.",
        "The bridge was closed after the river had risen over the piers.",
        "cause",
    ),
    # times and places in the same surroundings
    ("The clinic in Halm was founded by nuns in 1971.", "The clinic in Halm was founded by nuns in 1981.", "date"),
    ("The strike at the mint has lasted for the past 14 weeks.", "The strike at the mint has lasted some 15 weeks.", "rounding"),
    (
        "At least 60 barges were sunk on the lower Dorn. The pilots blame the new weir.",
        "Over the past year at least 60 barges were sunk on the lower Dorn, and the pilots blame the new weir.",
        "window",
    ),
    # figures whose nouns differ
    (
        "Officials registered 41,260 people at the ford near Dorn.",
        "About 41,000 refugees were registered at the ford near Dorn.",
        "rounding",
    ),
    # whose a title is
    (
        "Rebel negotiator Ivo Brandt told reporters the truce would hold through the harvest.",
        "The truce would hold through the harvest, government negotiator Ivo Brandt told reporters.",
        "speaker",
    ),
]


@pytest.mark.parametrize(("parent", "child", "kind"), DRIFTED)
def test_what_changed_is_found_in_a_pair_of_sentences(parent: str, child: str, kind: str) -> None:
    assert kind in changed(parent, child)


SAME = [
    ("The divers searched most of the flooded tunnels.", "The greater part of the flooded tunnels was searched by the divers."),
    ("Several ferrymen on the Dorn refused to carry the grain.", "Some ferrymen on the Dorn refused to carry the grain."),
    ("Every household in Ulm received a sack of lime.", "All households in Ulm received a sack of lime."),
    ("The most recent flood reached the market of Ulm.", "The latest flood reached all the way to the market of Ulm."),
    ("People must stay off the ice until the thaw.", "Nobody may be on the ice until the thaw."),
    ("The engineers found a plan acceptable to both valleys.", "The engineers found a plan that both valleys could accept."),
    (
        "The weir will not be opened before May, the pilots said Monday.",
        "Before May the weir will not be opened, the pilots said.",
    ),
    ("The bridge reopened on Sunday, the mayor said Monday.", "The mayor said the bridge reopened on Sunday."),
    ("The road to Ulm will be paved by the army.", "The army will pave the road to Ulm."),
    ("At least 60 barges have sunk on the Dorn since May.", "Since May, at least 60 barges have sunk on the Dorn."),
    ("Talks on the ferry will resume in May.", "In May the talks on the ferry will resume."),
    ("The council did not allow the sale of the mill.", "The council banned the sale of the mill."),
    ("Nations on the coast share one price for salt.", "The international price for salt is one on the coast."),
    ("The road was closed because of snow on the pass.", "Owing to snow on the pass the road was closed."),
    ("Police commissioner Ada Moss opened the station.", "Ada Moss, head of the police, opened the station."),
    ("Defense Minister Ada Moss opened the dam.", "Ada Moss, the defence minister, opened the dam."),
    ("The bakers asked for cheaper flour and firewood.", "Cheaper flour and firewood is what the bakers asked for."),
    # one place and its soldiers, and quite another matter
    (
        "Four soldiers were wounded at Port Anselm, the ministry said, adding that none of them was in danger.",
        "The announcement was made by Minister Ilena Korsk, and comes years after the first soldiers reached Port Anselm.",
    ),
]


@pytest.mark.parametrize(("parent", "child"), SAME)
def test_another_wording_is_no_drift(parent: str, child: str) -> None:
    assert changed(parent, child) == set()


def test_opposites_are_of_one_line_and_two_sides() -> None:
    assert opposed("rejects", "accepted") == "polarity"
    assert opposed("accepted", "agree") is None
    assert opposed("discussed", "agreed") == "status"
    assert opposed("northern", "south") == "place"
    assert opposed("international", "nations") is None
    assert opposed("salt", "rope") is None
