"""Who speaks in an account: speakers of statements, brought together where the link stage knows them to be one actor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapporteur.model.claims import StatementClaim
from rapporteur.model.lineage import ActorCluster
from rapporteur.model.reading import Reading

PRONOUNS = frozenset("he she they it we i you who which that this one".split())


class Speakers:
    """Names speakers by the actor clusters given."""

    def __init__(self, actors: Iterable[ActorCluster]) -> None:
        self._name = {member: actor.name for actor in actors for member in actor.members}

    def name(self, claim: StatementClaim) -> str | None:
        """The actor's fullest name across reports, else the description in this report; None where only a pronoun is known."""
        if claim.speaker is None:
            return None
        resolved = " ".join(claim.speaker.resolved.split())
        known = self._name.get(claim.speaker.actor or "")
        return known or (resolved if resolved and resolved.casefold() not in PRONOUNS else None)

    def count(self, readings: Sequence[Reading]) -> int:
        """How many different speakers are heard in ``readings``."""
        claims = (c for r in readings for c in r.claims if isinstance(c, StatementClaim))
        return len({name.casefold() for c in claims if (name := self.name(c))})


def speaking(actors: Sequence[ActorCluster], readings: Sequence[Reading]) -> tuple[ActorCluster, ...]:
    """Those of ``actors`` to whom a statement of ``readings`` is ascribed."""
    heard = {
        c.speaker.actor for r in readings for c in r.claims if isinstance(c, StatementClaim) and c.speaker and c.speaker.actor
    }
    return tuple(a for a in actors if not heard.isdisjoint(a.members))
