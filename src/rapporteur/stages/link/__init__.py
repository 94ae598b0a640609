"""Link: readings -> lineage, across reports: who took what from whom, from how many origins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from rapporteur.model.judgement import Judgement
from rapporteur.model.lineage import Derivation, Drift, Lineage
from rapporteur.model.reading import Reading
from rapporteur.stages.link.actors import find_actors
from rapporteur.stages.link.ancestry import ancestries, related
from rapporteur.stages.link.drift import find_drifts
from rapporteur.stages.link.graph import derivations
from rapporteur.stages.link.judged import judged
from rapporteur.stages.link.origins import OriginIndex, origins
from rapporteur.stages.link.pins import with_pins
from rapporteur.stages.link.placing import place
from rapporteur.stages.link.profile import Profile, profile
from rapporteur.stages.link.utterances import find_utterances

__all__ = ["OriginIndex", "Profile", "lineage_of", "link", "profile", "with_pins"]


def link(readings: Iterable[Reading], judgements: Iterable[Judgement] = ()) -> Lineage:
    """The lineage of ``readings``: the same for any order in which they come.

    ``judgements`` are people's decisions in force: on derivations (reject, correct) and on two actors (same, different, unsure).
    """
    by_id = {reading.report.id: reading for reading in readings}
    profiles = {report: profile(reading) for report, reading in sorted(by_id.items())}
    judgements = tuple(judgements)
    found, fresh = derivations({report: reading.report for report, reading in by_id.items()}, profiles)
    found, fresh = judged(found, fresh, judgements)
    ordered = [by_id[report] for report in sorted(by_id)]
    return lineage_of(ordered, profiles, (found, fresh), find_drifts(ordered, found), judgements)


def lineage_of(
    ordered: Sequence[Reading],
    profiles: Mapping[str, Profile],
    judged_: tuple[Sequence[Derivation], Mapping[str, float]],
    drifts: Sequence[Drift],
    judgements: Iterable[Judgement],
) -> Lineage:
    """The lineage of readings (by id) of which derivations (with ``fresh``, see ``graph.derivations``) and drifts are known."""
    found, fresh = judged_
    listed, _ = origins(profiles, found, fresh)
    above, _ = ancestries((r.report.id for r in ordered), found)
    said = find_utterances(ordered, partial(related, above))
    actors = find_actors(ordered, judgements)
    return Lineage(tuple(found), listed, tuple(drifts), said, actors, place(ordered, found, said))
