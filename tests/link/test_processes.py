"""Processes told apart in a mixed record; all texts are invented."""

from __future__ import annotations

from rapporteur.model.reading import Reading
from rapporteur.process.proposals import as_followed, proposals, renewed, several
from rapporteur.stages.link import link
from tests.made import reading

VESSIA = [
    "Vessian troops will leave the valley of Halm by May under the accord signed in Orsk, Defence Minister Ada Moss said.",
    "The withdrawal of Vessian troops from Halm began on Monday, two weeks after the accord of Orsk, the ministry said.",
    "Monitors in Orsk counted forty Vessian vehicles that left the valley of Halm; Ada Moss called the withdrawal orderly.",
]
FISHERY = [
    "Talks on herring quotas between Dorn and the Brenn Islands resumed in Port Selk with the islands' trawler fleet in dock.",
    "The Brenn Islands want a larger herring quota than Dorn offers, the chief negotiator said in Port Selk.",
    "Trawler owners in Port Selk warned that the herring quota Dorn offers would ruin the fleet of the Brenn Islands.",
]


def _readings(texts: list[str], name: str) -> list[Reading]:
    return [reading(f"{name}{i}", text) for i, text in enumerate(texts)]


def test_two_negotiations_in_one_record_are_told_apart_and_named() -> None:
    mixed = [*_readings(VESSIA, "v"), *_readings(FISHERY, "f")]
    found = proposals(mixed, link(mixed))
    assert {p.reports for p in found} == {("v0", "v1", "v2"), ("f0", "f1", "f2")}
    assert len({p.name for p in found}) == 2
    issue = several(found)
    assert issue is not None
    assert all(p.name in issue.message for p in found)


def test_one_negotiation_is_not_called_several() -> None:
    alone = _readings(VESSIA, "v")
    assert several(proposals(alone, link(alone))) is None


def test_a_followed_proposal_takes_in_what_comes_later() -> None:
    early = [*_readings(VESSIA[:2], "v"), *_readings(FISHERY, "f")]
    asked = next(as_followed(p) for p in proposals(early, link(early)) if "v0" in p.reports)
    later = [*_readings(VESSIA, "v"), *_readings(FISHERY, "f")]
    now = renewed(asked, proposals(later, link(later)))
    assert now.name == asked.name
    assert now.only == ("v0", "v1", "v2")
