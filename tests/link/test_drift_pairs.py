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
    # how far a deed has come
    (
        "The guild asked the wardens to dredge the canal at Ulm before the thaw.",
        "The wardens have dredged the canal at Ulm before the thaw.",
        "status",
    ),
    ("The ferry crews have been paid for the lost week.", "The ferry crews will be paid for the lost week.", "status"),
    (
        "The board of the mint is likely to summon the smelters of Orsk on Friday.",
        "The board of the mint has summoned its smelters on Friday.",
        "status",
    ),
    (
        "The pilots could strike over the tolls at the new weir.",
        "Over the tolls at the new weir the pilots will lay down their work.",
        "modality",
    ),
    # hearsay whose neighbours are words of doubt too
    (
        "Steps under consideration reportedly include a second dam above the mills of Dorn.",
        "Steps under consideration include a second dam above the mills of Dorn.",
        "attribution-loss",
    ),
    # stretches and days of one form
    (
        "Last week the coast guard held a drill off Port Anselm.",
        "The coast guard held a drill off Port Anselm last month.",
        "window",
    ),
    ("The fever came to the Tarna valley ten days ago.", "The fever came to the Tarna valley two weeks ago.", "date"),
    # shares of a whole
    (
        "Of the weavers in Halm 86 percent are against the new loom tax.",
        "Nearly nine in ten of the weavers in Halm are against the new loom tax.",
        "rounding",
    ),
    # a cause beside another link
    (
        "Since the guild lost the wool market in a year of quarrels over dye, the master has been urged to publish the prices.",
        "The guild lost the wool market because of quarrels over dye, and the master is urged all the more to publish prices.",
        "cause",
    ),
    # another office for a speaker, in fewer words or by a word that is nowhere in the parent
    (
        "The company's manager Ivo Brandt confirmed the closure of the salt works.",
        "The trade union confirmed the closure of the works.",
        "speaker",
    ),
    (
        "The harbour pilots said four barges were missing.",
        "The customs department said four barges could not be found.",
        "speaker",
    ),
    (
        "Interior Minister Ada Moss told reporters the gates would open at dawn.",
        "The gates would open at dawn, Ada Moss, the defence minister, told reporters.",
        "speaker",
    ),
    # whose a title is
    (
        "Rebel negotiator Ivo Brandt told reporters the truce would hold through the harvest.",
        "The truce would hold through the harvest, government negotiator Ivo Brandt told reporters.",
        "speaker",
    ),
    # the day on which it is said, wherever it stands; a part of a day
    (
        "Harbour master Ilena Korsk on Sunday said she would repair the salt ferry to Ulm.",
        "Ilena Korsk, the harbour master, means to repair the salt ferry to Ulm, she said on Saturday.",
        "date",
    ),
    (
        "The grain barge sank below the weir at Dorn on Saturday, with six tons of salt.",
        "With six tons of salt the grain barge sank below the weir at Dorn on Friday night.",
        "date",
    ),
    ("The quarry was closed in May 2029 by the wardens.", "The wardens closed the quarry in 2030.", "date"),
    ("The pilots met after the feast of the salt miners.", "The pilots met before the feast of the salt miners.", "date"),
    # what is to come told as done, or less surely
    (
        "Judges Brandt and Korsk look into the missing salt of the port. Leave to question the harbour master would be given at "
        "the next council.",
        "Judges Brandt and Korsk, who look into the missing salt of the port, have been given leave by the council to question "
        "the harbour master.",
        "status",
    ),
    (
        "Ulm and Orsk to sign accord on salt\n\nThe valley towns of Ulm and Orsk will sign an accord on salt in May.",
        "Ulm and Orsk have signed an accord on salt.",
        "status",
    ),
    ("The pilots will seek a common price for salt.", "The pilots have found a common price for salt.", "status"),
    (
        "Brawls would be a daily event during the salt harvest. Brawls during the salt harvest may hurt a daily event.",
        "Brawls could be a daily event during the salt harvest.",
        "modality",
    ),
    (
        "There is speculation that Korsk will soon dissolve the assembly of Ulm.",
        "Korsk will soon dissolve the assembly of Ulm.",
        "modality",
    ),
    (
        "Two foremen of the mine are accused of neglecting the salt pumps, said Ada Moss, mayor of Halm.",
        "Two foremen of the mine neglected the salt pumps, said Ada Moss, the mayor of Halm.",
        "attribution-loss",
    ),
    # numbers: two nouns for one thing, how often, how long
    (
        "On Monday the army paraded 114 captured Kenyan sailors in the stadium of Orsk before a crowd.",
        "In the stadium of Orsk the army on Monday paraded 140 captured sailors before a crowd.",
        "value",
    ),
    (
        "The coast had 13 shipwrecks before the lighthouse law.",
        "Before the lighthouse law the coast had more than a dozen shipwrecks.",
        "rounding",
    ),
    ("The lighthouse had come under attack three times.", "The lighthouse had been attacked four times.", "value"),
    ("Wardens arrested 19 smugglers and one ferryman at Dorn.", "Wardens arrested almost 20 smugglers at Dorn.", "rounding"),
]


@pytest.mark.parametrize(("parent", "child", "kind"), DRIFTED)
def test_what_changed_is_found_in_a_pair_of_sentences(parent: str, child: str, kind: str) -> None:
    assert kind in changed(parent, child)


def test_a_deed_and_the_doubt_beside_it_are_one_drift() -> None:
    parent = "Ilena Korsk is expected to be named harbour master of Dorn on Sunday."
    child = "Ilena Korsk was named harbour master of Dorn on Sunday."
    assert [d.type for d in drifts_between(Passages(reading("child", child)), Passages(reading("parent", parent)))] == ["status"]


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
    ("The wardens will soon dredge the canal at Ulm.", "The wardens are going to dredge the canal at Ulm soon."),
    ("The crews were to be paid on Friday.", "The crews were due to be paid on Friday."),
    ("The storm forced the ferries to stop at Dorn.", "The ferries stopped at Dorn, forced by the storm."),
    ("The wardens left the Tarna valley in May 2029.", "In May 2029 the wardens departed from the Tarna valley."),
    ("Half of the weavers in Halm own a loom.", "50 percent of the weavers in Halm own a loom."),
    ("The fever came to Tarna two weeks ago.", "Two weeks ago the fever came to Tarna."),
    ("Labor Minister Ada Moss opened the school.", "Ada Moss, the labour minister, opened the school."),
    ("Ivo Brandt, vice head of the mine, fled to Ulm.", "Ivo Brandt, the mine's deputy head, fled to Ulm."),
    ("Divers of the French navy raised the bell.", "Divers from the navy of France raised the bell."),
    ("The new road would allow grain to be carted to Ulm.", "On the new road grain could be carted to Ulm."),
    ("The pilots will meet in Ulm on May 4.", "In Ulm, on May 4, the pilots are going to meet."),
    ("The pilots are due to meet in the lower town.", "The pilots will meet in the lower town."),
    (
        "The grain barge came to Dorn on Monday night, a pilot said.",
        "On May 4, a pilot told the Ledger that the grain barge had come to Dorn.",
    ),
    # conditions, a name that is called so, times that differ by what one leaves out
    (
        "A second vote in the seven valleys, if necessary, is held on Sunday.",
        "A second vote in the seven valleys is held on Sunday, where necessary.",
    ),
    (
        "The ferry strike ended before talks in Ulm with the so-called Harbour Seven.",
        "The ferry strike ended before the talks with the Harbour Seven in Ulm.",
    ),
    (
        "Registration of pilots in the port of Ulm closed last March 3.",
        "In the port of Ulm registration of pilots closed on March 3.",
    ),
    (
        "The council of the seven valleys convenes in early August next year.",
        "In early August the council of the seven valleys convenes.",
    ),
    (
        "A hasty sale would waste the gains that the salt works made over the past 30 months.",
        "The salt works' gains of the past 30 months would be wasted by a hasty sale.",
    ),
    (
        "The flood that tore down the old pier of Dorn, claiming about 40 lives, came at night.",
        "By night came the flood that tore down the old pier of Dorn; 40 lives were lost.",
    ),
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
