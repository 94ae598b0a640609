"""Who speaks in an account: speakers of statements, brought together where the link stage knows them to be one actor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rapporteur.model.claims import StatementClaim
from rapporteur.model.lineage import ActorCluster
from rapporteur.model.reading import Reading
from rapporteur.stages.link.descriptions import described, speaks
from rapporteur.stages.write.passages import Passage

HOW_COUNTED = (
    "Each named person or body counts once, also where only an office is given that the reports give to nobody else; speakers "
    "without a name count once for each description, however many they are; documents do not count."
)
"""How ``Speakers.count`` counts, for readers of an account."""
PRONOUNS = frozenset("he she they it we i you who which that this one".split())


SAYING = frozenset("said says told announced reported added".split())
SAID_LAST = re.compile(r", [^,;]{3,120}\b(?:said|reported|announced|added|told \w+)\b[^,;]{0,60}$")
"""A sentence that ends with who says it: "..., the press office of the ministry has announced"."""


def says_so(passage: Passage) -> bool:
    """Whether somebody says what the sentence of a passage tells, as its words show it where no claim of the reading does."""
    low, high = passage.sentence
    said = (c for c in passage.reading.claims if isinstance(c, StatementClaim) and c.cue and low <= c.cue.start < high)
    names = (c.speaker.resolved for c in said if c.speaker and c.cue and c.cue.exact.casefold() in SAYING)
    return any(speaks(name) or name != name.lower() for name in names) or bool(SAID_LAST.search(passage.text))


class Speakers:
    """Names speakers by the actor clusters given."""

    def __init__(self, actors: Iterable[ActorCluster]) -> None:
        self._name = {one: actor.name for actor in actors for one in (*actor.members, *actor.described)}

    def name(self, claim: StatementClaim) -> str | None:
        """The actor's fullest name across reports, else the description in this report; None where only a pronoun is known."""
        if claim.speaker is None:
            return None
        resolved = " ".join(claim.speaker.resolved.split())
        known = self._name.get(claim.id) or self._name.get(claim.speaker.actor or "")
        return known or (resolved if resolved and resolved.casefold() not in PRONOUNS else None)

    def count(self, readings: Sequence[Reading]) -> int:
        """How many different speakers are heard in ``readings``, counted as ``HOW_COUNTED`` says."""
        claims = (c for r in readings for c in r.claims if isinstance(c, StatementClaim))
        names = {name for c in claims if (name := self.name(c)) and (self._is_known(c) or speaks(name))}
        return len({key for name in names if (key := described(name))})

    def _is_known(self, claim: StatementClaim) -> bool:
        return claim.id in self._name or bool(claim.speaker and claim.speaker.actor)


def speaking(actors: Sequence[ActorCluster], readings: Sequence[Reading]) -> tuple[ActorCluster, ...]:
    """Those of ``actors`` to whom a statement of ``readings`` is ascribed."""
    heard = {
        c.speaker.actor for r in readings for c in r.claims if isinstance(c, StatementClaim) and c.speaker and c.speaker.actor
    }
    return tuple(a for a in actors if not heard.isdisjoint(a.members))
