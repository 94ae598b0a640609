"""Families: reports that derivations connect, whatever the direction."""

from __future__ import annotations

from collections.abc import Iterable

from rapporteur.model.lineage import Derivation


class Sets:
    """Disjoint sets of strings; each is named by its least member, so that the name does not depend on the order of joining."""

    def __init__(self, members: Iterable[str]) -> None:
        self._parent = {m: m for m in members}

    def __contains__(self, member: str) -> bool:
        return member in self._parent

    def find(self, member: str) -> str:
        """The name of the set that ``member`` is in."""
        parent = self._parent
        while parent[member] != member:
            parent[member] = parent[parent[member]]
            member = parent[member]
        return member

    def join(self, one: str, other: str) -> None:
        """Makes one set of two."""
        a, b = sorted((self.find(one), self.find(other)))
        self._parent[b] = a

    def names(self) -> dict[str, str]:
        """Member to the name of its set."""
        return {m: self.find(m) for m in self._parent}


def families(reports: Iterable[str], derivations: Iterable[Derivation]) -> dict[str, str]:
    """Report id to the name of its family."""
    sets = Sets(reports)
    for d in derivations:
        if d.parent is not None and d.parent in sets and d.report in sets:
            sets.join(d.report, d.parent)
    return sets.names()
