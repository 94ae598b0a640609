"""Findings from groups: for the groups that a run has touched, their findings anew, and what follows from them for others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from rapporteur.model.account import Finding
from rapporteur.stages.link.items import Item, number_of
from rapporteur.stages.link.pool import WIDTH, Pool
from rapporteur.stages.link.utterances import Said
from rapporteur.stages.reconcile.counting import Standing
from rapporteur.stages.reconcile.drifts import DriftFindings, is_drift
from rapporteur.stages.reconcile.ids import name_of, numbered
from rapporteur.stages.reconcile.kinds import finding
from rapporteur.stages.reconcile.ledger import Ledger
from rapporteur.stages.reconcile.measures import Measure
from rapporteur.stages.reconcile.statements import contradict, denial_keys
from rapporteur.stages.reconcile.sums import made_up, place_keys, sum_finding, totals_near


@dataclass(frozen=True)
class Touched:
    """What a run has touched: groups by leader; items that came, went or moved, and those whose neighbours did; reports whose
    drifts are others than before; claims that are none any more."""

    groups: frozenset[int]
    items: tuple[Item, ...]
    reports: frozenset[str]
    gone: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Group:
    """The claims of one finding: its items in canonical order, and the ids of those that people rejected."""

    items: tuple[Item, ...]
    rejected: tuple[str, ...]


class Findings:
    """The findings of what was touched, over ``pool`` and ``ledger``, counted by ``standing``."""

    def __init__(self, pool: Pool, ledger: Ledger, standing: Standing) -> None:
        self._pool, self._ledger, self._standing = pool, ledger, standing
        self._decided = standing.decided
        self._left_out = frozenset(number_of(c) for c in self._decided.rejected)
        self._sums: dict[int, tuple[Measure, ...]] = {}
        self._seen: set[int] = set()

    def of(self, touched: Touched) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
        """The findings that touched groups have now, sorted by kind and id, and the ids of those that they had and have no
        more."""
        wanted = set(touched.groups)
        if not self._pool.whole:  # else all groups are touched
            wanted |= self._totals(touched.items) | self._opposed(touched)
        told, before = self._settled(wanted, touched)
        sums = self._sum_findings(told)
        drifts = DriftFindings(self._pool, self._ledger, self._standing)
        made = [found for found, _ in told] + sums
        changed, old = drifts.of(made, [f for f in before.values() if not is_drift(f.id)], touched.reports, self._seen)
        made += changed
        ids = {f.id for f in made}
        return tuple(sorted(made, key=lambda f: (f.kind, f.id))), tuple(sorted(({*before, *old}) - ids))

    def _settled(self, wanted: set[int], touched: Touched) -> tuple[list[tuple[Finding, Group]], dict[str, Finding]]:
        """The findings of the groups ``wanted``, and of those with which they share a name, a judgement or a sum; and all
        findings before in which a claim of theirs stood, by id."""
        while True:
            groups = self._groups(wanted)
            self._fetch_opposed(i for g in groups for i in g.items)
            claims = {c for g in groups for c in (*(i.claim.id for i in g.items), *g.rejected)} | touched.gone
            before = {f.id: f for f in self._ledger.holding(claims)}
            made = [self._finding(group) for group in groups]
            names = {f.id for f in made} | {name_of(f.id) for f in before.values()}
            others = [f for f in self._ledger.named(names) if f.id not in before]
            more = self._leaders(c for f in (*others, *before.values()) if not is_drift(f.id) for c in f.claims())
            more |= self._totals(g.items[0] for g in groups)
            if more <= wanted:
                return self._numbered(made, groups), before
            wanted |= more

    def _leaders(self, claims: Iterable[str]) -> set[int]:
        numbers = [number_of(c) for c in claims]
        self._pool.load(numbers)
        homes = (self._pool.home(n) for n in numbers if self._pool.known(n))
        return {home.leader for home in homes if home is not None}

    def _groups(self, wanted: set[int]) -> list[Group]:
        """The groups as people merged and split them, by their first items."""
        knot = self._leaders(s for j in self._decided.judgements if j.verb in ("same", "different") for s in j.subjects)
        if knot & wanted:
            wanted |= knot
        self._seen |= wanted
        ordered = sorted(self._pool.members(wanted).values(), key=lambda items: items[0].order)
        items = sorted((i for g in ordered for i in g), key=lambda i: i.order)
        settled = self._decided.settle(items, ordered, lambda i: i.claim.id)
        found = [Group(tuple(g), aside) for g, aside in zip(settled.groups, settled.aside, strict=True)]
        return sorted(found, key=lambda g: g.items[0].order)

    def _finding(self, group: Group) -> Finding:
        made = finding(group.items, self._against(group), self._standing)
        return self._decided.noted([made], [group.rejected])[0]

    def _numbered(self, made: Sequence[Finding], groups: Sequence[Group]) -> list[tuple[Finding, Group]]:
        """Findings with their ids: those that have one name are numbered in canonical order."""
        seen: dict[str, int] = defaultdict(int)
        out = []
        for found, group in zip(made, groups, strict=True):
            seen[found.id] += 1
            alike = seen[found.id]
            out.append((replace(found, id=numbered(found.id, alike)) if alike > 1 else found, group))
        return out

    def _against(self, group: Group) -> tuple[str, ...]:
        """Ids of the claims of the utterances that say the opposite of a group of statements."""
        said = [item for item in group.items if isinstance(item, Said)]
        found = {n for item in said for n in self._contradicting(item)}
        homes = self._homes(found) - self._homes(item.number for item in said)
        if not homes:
            return ()
        members = self._pool.members(homes)
        return tuple(sorted(i.claim.id for items in members.values() for i in items if i.number not in self._left_out))

    def _homes(self, numbers: Iterable[int]) -> set[int]:
        return {home.leader for n in numbers if (home := self._pool.home(n)) is not None}

    def _contradicting(self, item: Said) -> set[int]:
        near = self._opposite(item)
        self._pool.load(near)
        return {n for n in near if isinstance(other := self._pool.item(n), Said) and contradict(item, other)}

    def _opposite(self, item: Said) -> set[int]:
        """Statements near ``item`` that share a word with it and are of the other polarity."""
        out: set[int] = set()
        for key in denial_keys(item)[1]:
            line, at = self._pool.around(key, item)
            out.update(n for _, n in line[max(0, at - WIDTH) : at + WIDTH])
        return out

    def _opposed(self, touched: Touched) -> set[int]:
        """The groups of the statements that contradict what came, went or moved."""
        said = [item for item in touched.items if isinstance(item, Said)]
        self._fetch_opposed(said)
        return self._homes(n for item in said for n in self._contradicting(item))

    def _fetch_opposed(self, items: Iterable[Item]) -> None:
        if self._pool.whole:
            return
        said = [item for item in items if isinstance(item, Said)]
        self._pool.fetch(said, lambda item: denial_keys(item)[1] if isinstance(item, Said) else ())
        self._pool.load({n for item in said for n in self._opposite(item)})

    def _totals(self, items: Iterable[Item]) -> set[int]:
        """The groups of totals that ``items`` may be a part of, and of their parts."""
        out: set[int] = set()
        near = totals_near(items, self._pool) - self._left_out - self._sums.keys()
        self._pool.fetch(map(self._pool.item, near), place_keys)
        for number in near:
            home, total = self._pool.home(number), self._pool.item(number)
            if home is not None and home.leader == number and isinstance(total, Measure):
                self._sums[number] = made_up(total, self._pool, self._left_out)
                out.update((number, *(p.number for p in self._sums[number])))
        return out

    def _sum_findings(self, told: Iterable[tuple[Finding, Group]]) -> list[Finding]:
        of = {item.number: (found, group) for found, group in told for item in group.items}
        out = []
        for number, parts in self._sums.items():
            if parts:
                total, made = of[number], [of[p.number] for p in parts]
                claims = {c for f, _ in (total, *made) for c in f.supports}
                items = [i for _, g in (total, *made) for i in g.items if i.claim.id in claims]
                out.append(sum_finding(total[0], [f for f, _ in made], items, self._standing))
        return out
