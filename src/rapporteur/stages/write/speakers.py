"""Who speaks in an account: speakers of statements, brought together where the link stage knows them to be one actor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rapporteur.language.gazetteer import country_named, country_of
from rapporteur.model.claims import StatementClaim
from rapporteur.model.lineage import ActorCluster
from rapporteur.model.reading import Reading

HOW_COUNTED = "Each named person or body counts once; speakers without a name once for each description, however many they are."
"""How ``Speakers.count`` counts, for readers of an account."""
QUALIFIERS = frozenset(
    "a an the this that these those some many several few other others another various certain one two three four five six seven "
    "eight nine ten all both each any most more its his her their our my senior top high high-ranking high-level ranking leading "
    "chief key local unnamed unidentified anonymous same former then of on in at for by from with who which to and or as is was "
    "were are be been being".split()
)
"""Words of a description that leave open who it is: "several senior officials" describes no others than "an official"."""
AFTER = re.compile(
    r",|\s(?:who|whose|that|which|on|in a|in an|speaking|briefed|familiar|contacted|quoted|cited|close to|with knowledge)\b"
)
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
        """How many different speakers are heard in ``readings``, counted as ``HOW_COUNTED`` says."""
        claims = (c for r in readings for c in r.claims if isinstance(c, StatementClaim))
        return len({key for c in claims if (name := self.name(c)) and (key := described(name))})


def described(name: str) -> str:
    """What tells a speaker from others: the name, or the description without articles, numbers and rank, in the singular
    ("several senior U.S. officials" gives "united states official"); empty where nothing is left."""
    country = country_named(name)
    if country:
        return country.casefold()
    core = AFTER.split(name.strip(' "“”'))[0] or name
    kept = []
    for word in core.replace("’", "'").split():
        folded = word.strip('.,;:"“”()').casefold().removesuffix("'s")
        if folded and folded not in QUALIFIERS:
            kept.append((country_of(word) or _singular(folded)).casefold())
    return " ".join(kept)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "us", "is")) else word


def speaking(actors: Sequence[ActorCluster], readings: Sequence[Reading]) -> tuple[ActorCluster, ...]:
    """Those of ``actors`` to whom a statement of ``readings`` is ascribed."""
    heard = {
        c.speaker.actor for r in readings for c in r.claims if isinstance(c, StatementClaim) and c.speaker and c.speaker.actor
    }
    return tuple(a for a in actors if not heard.isdisjoint(a.members))
