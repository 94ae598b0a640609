"""Who says something, so that two outlets which quote one speaker count as one.

Within a finding two voices are one person or body when the names given there agree (``stages/link/actors.py``), or when one is
given by an office alone that among the voices of the finding exactly one person holds. Only what the claims' own reports say
counts, so that a finding's speakers do not change when some other report names a namesake.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct

from rapporteur.model.claims import CommitmentClaim, FigureClaim, PositionClaim, StatementClaim
from rapporteur.model.judgement import Judgement
from rapporteur.model.reading import Reading
from rapporteur.stages.link.actors import LocalActor, actors_of, brought_together, find_actors
from rapporteur.stages.link.descriptions import described
from rapporteur.stages.link.roles import Office, bearer_of, offices_of


class Voice(Struct, frozen=True, array_like=True, gc=False):
    """A speaker as one report gives it: the actor where it is one, else only what ``description`` says. ``offices`` are those
    that the report gives to the actor."""

    description: str
    who: LocalActor | None = None
    offices: tuple[Office, ...] = ()


def voices_of(reading: Reading) -> dict[str, Voice]:
    """The voices of a report's claims, by claim id; what the report says itself has none."""
    if not any(isinstance(claim, StatementClaim) for claim in reading.claims):
        return {}
    clusters = find_actors([reading])
    held = {actor.ident: actor for actor in actors_of(reading)}
    home = {member: cluster.members for cluster in clusters for member in cluster.members}
    meant = {statement: cluster.members[0] for cluster in clusters for statement in cluster.described}
    offices = offices_of(reading)
    said: dict[str, Voice] = {}
    for claim in reading.claims:
        if isinstance(claim, StatementClaim) and claim.speaker is not None:
            actor = meant.get(claim.id) or claim.speaker.actor
            who = held.get(actor or "")
            given = {o for member in home.get(actor or "", ()) for o in offices.get(member, ())} if who else ()
            said[claim.id] = Voice(
                claim.speaker.resolved, who, tuple(sorted(given, key=lambda o: (o.head, sorted(o.of), sorted(o.steps))))
            )
    out = dict(said)
    for claim in reading.claims:
        source = None
        if isinstance(claim, FigureClaim):
            source = claim.figure.said_by
        elif isinstance(claim, PositionClaim | CommitmentClaim):
            source = claim.statement
        if source in said:
            out[claim.id] = said[source]
    return out


def count(voices: Sequence[Voice | None], judgements: Sequence[Judgement] = ()) -> int:
    """How many different speakers there are among ``voices``; ``judgements`` are people's on pairs of actors."""
    kept = list({(v.description, v.who.ident if v.who else None): v for v in voices if v is not None}.values())
    if len(kept) < 2:
        return sum(v.who is not None or described(v.description) != "" for v in kept)
    named = {v.who.ident: v.who for v in kept if v.who is not None}
    clusters = brought_together(list(named.values()), judgements)
    home = {actor.ident: number for number, cluster in enumerate(clusters) for actor in cluster}
    offices: dict[int, set[Office]] = defaultdict(set)
    for voice in kept:
        if voice.who is not None and voice.who.kind == "person":
            offices[home[voice.who.ident]].update(voice.offices)
    return len({key for v in kept if (key := _key(v, home, offices)) != ""})


def _key(voice: Voice, home: Mapping[str, int], offices: Mapping[int, set[Office]]) -> int | str:
    if voice.who is not None:
        return home[voice.who.ident]
    bearer = bearer_of(voice.description, offices)
    return described(voice.description) if bearer is None else bearer
