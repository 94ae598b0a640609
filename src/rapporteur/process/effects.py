"""What a process file does to linking: the aliases of a party or place are one actor; and which reports belong to the process."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from rapporteur.model.lineage import ActorCluster
from rapporteur.model.process import FollowedProcess, Named
from rapporteur.model.reading import Reading


def plain(name: str) -> str:
    """A name without case and article, white space as one space."""
    words = name.casefold().split()
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


def called(named: Named) -> frozenset[str]:
    """All names of a party or place, plain."""
    return frozenset(plain(n) for n in (named.name, *named.aliases))


def with_parties(actors: Iterable[ActorCluster], process: FollowedProcess) -> tuple[ActorCluster, ...]:
    """``actors`` with those that go by a name of one party, or of one place, made one under the name in the file."""
    owner = {name: named for named in (*process.places, *process.parties) for name in called(named)}
    merged: dict[str, list[ActorCluster]] = {}
    rest: list[ActorCluster] = []
    for actor in actors:
        named = owner.get(plain(actor.name)) or next((owner[v] for v in map(plain, actor.variants) if v in owner), None)
        if named is None:
            rest.append(actor)
        else:
            merged.setdefault(named.name, []).append(actor)
    for name, same in merged.items():
        members = tuple(sorted(m for actor in same for m in actor.members))
        variants = tuple(sorted({v for actor in same for v in (actor.name, *actor.variants)}))
        rest.append(replace(min(same, key=lambda a: a.members), name=name, members=members, variants=variants))
    return tuple(sorted(rest, key=lambda a: a.id))


def belongs(reading: Reading, process: FollowedProcess) -> bool:
    """Whether a report is of the process: always, unless it was proposed as a list of reports, or the file asks for those that
    name a party or place of it."""
    if process.only:
        return reading.report.id in process.only
    if process.reports == "all":
        return True
    wanted = frozenset(n for named in (*process.parties, *process.places) for n in called(named))
    return any(plain(n) in wanted for m in reading.mentions if m.kind != "time" for n in (m.name or "", m.span.exact))
