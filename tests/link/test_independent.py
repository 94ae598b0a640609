"""Two who report one event for themselves did not take from each other, however much they quote; all texts are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from rapporteur.language import load
from rapporteur.model.capture import Capture
from rapporteur.model.reading import Reading
from rapporteur.stages.acquire import AcquireOptions, acquire
from rapporteur.stages.clean import clean
from rapporteur.stages.extract import read
from rapporteur.stages.link import link

QUOTES = (
    '"We will not leave a single post before the monitors are in place," {who} said.',
    '"Nobody should doubt our word, and nobody should try our patience," {he} said.',
    '"The road to Orsk is open, and it will stay open through the winter," {who} said.',
)

PRESS_CONFERENCE = (
    f"""VELM, May 12, 2031 (TPA) - Vessia will keep its posts in the Halm valley until foreign monitors arrive, Defence Minister
Ada Moss said on Monday.

{QUOTES[0].format(who="Moss", he="she")}

The minister spoke for half an hour in the old customs house, with a map of the valley behind her.

{QUOTES[1].format(who="Moss", he="she")}

{QUOTES[2].format(who="Moss", he="she")}

Opposition deputies called the delay a breach of the accord and asked for a debate this week.""",
    f"""VELM, May 12, 2031 (Coast Wire) - The pull-out from Halm has to wait for observers, Vessia's defence chief Ada Moss told
reporters here.

{QUOTES[2].format(who="the minister", he="she")}

Asked about an ambush on Saturday in which a driver lost an arm, Moss grew sharp.

{QUOTES[1].format(who="the minister", he="she")}

{QUOTES[0].format(who="the minister", he="she")}

Fuel prices in the capital rose after she had spoken, traders said, as hauliers filled their tanks.""",
)

EXPLOSION = (
    """DORN, June 3, 2031 (TPA) - A blast in the grain harbour of Dorn killed nine dockers and wounded 31 on Tuesday, the
harbour master said.

Windows broke as far away as the cathedral. Firemen fought the flames until noon.

"We heard a hiss and then there was no roof any more," said Jon Arel, who sells bread by the gate.

Police sealed off two quays. The port handles a third of the country's wheat.""",
    """DORN, June 3, 2031 (Coast Wire) - Nine people died and at least 30 were hurt when a silo blew up in Dorn's port on Tuesday,
according to the harbour master.

The cause was dust, an inspector said; the silo had failed a test in March.

"We heard a hiss and then there was no roof any more," said Jon Arel, a baker.

Ships bound for Dorn were sent on to Port Selk. Insurers spoke of losses of 12 million crowns.""",
)

VOTE = (
    """ORSK, July 1, 2031 (TPA) - Parliament approved the accord of Velm on Tuesday by 61 votes to 38.

"This house has chosen peace, and it has chosen it with open eyes," Speaker Ivo Brandt told deputies.

The northern list voted against. It wants the valley to be handed over in one step.""",
    """ORSK, July 1, 2031 (Coast Wire) - By 61 to 38 the deputies of Vessia have ratified the treaty with Tarna.

Cheers rose from the gallery, where veterans had waited since dawn.

"This house has chosen peace, and it has chosen it with open eyes," said the speaker, Ivo Brandt.

The first convoys are to roll in August, once the rains have ended, the transport ministry said.""",
)

LETTER = (
    """PORT SELK, August 9, 2031 (TPA) - The Brenn Islands threatened on Saturday to walk out of the herring talks.

"Our boats cannot live on promises, and our children cannot eat them," the islands' council wrote in a letter to Dorn.

A spokesman for Dorn's fisheries ministry said the letter had arrived and would be answered.""",
    """DORN, August 9, 2031 (Coast Wire) - Dorn has a week to better its offer on herring, or the islanders will stay at home.

That is the gist of a letter from the council of the Brenn Islands that was read out on local radio.

"Our boats cannot live on promises, and our children cannot eat them," it says. Dorn's offer stands at 4,000 tonnes.""",
)


def _read(folder: Path, pair: tuple[str, str]) -> list[Reading]:
    """Both reports as the program reads them from files: datelines and agencies are part of what tells them apart."""
    for number, text in enumerate(pair):
        lines = "\n\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n"))
        (folder / f"{number}.txt").write_text(lines + "\n", encoding="utf-8")
    pipeline = load()
    return [read(clean(c), pipeline) for c in acquire([str(folder)], AcquireOptions()) if isinstance(c, Capture)]


@pytest.mark.parametrize("pair", [PRESS_CONFERENCE, EXPLOSION, VOTE, LETTER], ids=["conference", "blast", "vote", "letter"])
def test_two_agencies_at_one_event_are_two_origins(pair: tuple[str, str], tmp_path: Path) -> None:
    found = link(_read(tmp_path, pair))
    assert not [d for d in found.derivations if d.parent]
    assert len(found.origins) == 2


def test_a_shared_quotation_is_one_utterance_of_one_speaker(tmp_path: Path) -> None:
    one, other = _read(tmp_path, VOTE)
    both = {one.report.id, other.report.id}
    shared = [u for u in link([one, other]).utterances if {c.split("#")[0] for c in u.claims} == both]
    assert len(shared) == 1
    assert "Brandt" in shared[0].speaker
