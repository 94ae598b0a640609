"""The steps that link, each over blocks of reports: which possible pairs there are, from whom each report took, what it says.

A block is a range of ranks. Each step needs of other blocks only what the step before it left, which lies in arrays that are
mapped into memory; so no block waits for another, and a lineage of any size is no task of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from msgspec import Struct
from numpy.typing import NDArray

from rapporteur.bulk import tables
from rapporteur.bulk.ordering import NUMBERS
from rapporteur.bulk.shelf import Shelf
from rapporteur.engine.tables import LISTS
from rapporteur.model.lineage import Derivation
from rapporteur.stages.link.compared import compared, weighing
from rapporteur.stages.link.derive import Pair, without_cycles
from rapporteur.stages.link.graph import told
from rapporteur.stages.link.index import KeySet, Postings, near
from rapporteur.stages.link.nodes import Node
from rapporteur.stages.link.relink import Linking

PAIR = np.dtype(
    [
        ("child", np.int64),
        ("parent", np.int64),
        ("related", np.float64),
        ("direction", np.float64),
        ("closeness", np.float64),
        ("headline", np.float64),
        ("sure", np.bool_),
        ("owed", np.bool_),
        ("owed_back", np.bool_),
    ]
)
"""A ``derive.Pair`` with ranks in place of ids."""
Pairs = NDArray[np.void]


class LinkPlan(Struct, frozen=True):
    """Reports of one block, and in all; the folders of the steps before and of the one that is done (``out``)."""

    block: int
    reports: int
    read: str
    order: str
    meet: str
    graph: str
    out: str


class BlockTask(Struct, frozen=True):
    """The reports of ranks ``number * block`` on, as many as one block has."""

    number: int


class Block:
    """What a task has at hand: the shelf, and the graph so far."""

    def __init__(self, plan: LinkPlan, graph: Sequence[str] = ()) -> None:
        self.plan = plan
        self.shelf = Shelf(Path(plan.read), np.load(Path(plan.order) / NUMBERS, mmap_mode="r"))
        self.graph = {name: np.asarray(np.load(Path(plan.graph) / f"{name}.npy", mmap_mode="r")) for name in graph}
        # Apart from the rows: to look something up in a column of records NumPy copies it whole each time.
        self._children = {name: np.ascontiguousarray(rows["child"]) for name, rows in self.graph.items()}

    def ranks(self, task: BlockTask) -> range:
        """The ranks of a block's reports."""
        first = task.number * self.plan.block
        return range(first, min(first + self.plan.block, self.plan.reports))

    def out(self, task: BlockTask, kind: str = "npy") -> Path:
        """The file that the task leaves."""
        return block_file(Path(self.plan.out), task.number, kind)

    def pairs(self, name: str, rank: int) -> list[Pair]:
        """The pairs under one report in a part of the graph, in the order of their parents' ids."""
        first, after = np.searchsorted(self._children[name], [rank, rank + 1])
        return sorted(map(self.pair, self.graph[name][first:after].tolist()), key=lambda p: p.parent)

    def pair(self, row: tuple[Any, ...]) -> Pair:
        """A row of ``PAIR`` as a pair."""
        child, parent, related, direction, closeness, headline, sure, owed, owed_back = row
        ids = self.shelf.ident(child), self.shelf.ident(parent)
        return Pair(*ids, related, direction, closeness, headline, sure=sure, owed=owed, owed_back=owed_back)

    def row(self, pair: Pair) -> tuple[Any, ...]:
        """A pair as a row of ``PAIR``."""
        return (self.shelf.rank(pair.child), self.shelf.rank(pair.parent), *pair[2:])


def block_file(folder: Path, number: int, kind: str) -> Path:
    """The file of one block."""
    return folder / f"{number:06d}.{kind}"


class BlockNodes:
    """The nodes of the link stage over what the steps before found; what is set stays with the task."""

    def __init__(self, block: Block) -> None:
        self._block = block
        self._nodes: dict[str, Node] = {}

    def __getitem__(self, report: str) -> Node:
        found = self._nodes.get(report)
        if found is None:
            rank = self._block.shelf.rank(report)
            has = self._block.graph
            found = self._nodes[report] = Node(
                pairs=tuple(self._block.pairs("pairs", rank)),
                first=self._one("first", rank) if "first" in has else None,
                chosen=self._one("chosen", rank) if "chosen" in has else None,
            )
        return found

    def _one(self, name: str, rank: int) -> Pair | None:
        return next(iter(self._block.pairs(name, rank)), None)

    def __setitem__(self, report: str, node: Node) -> None:
        self._nodes[report] = node

    def ready(self, reports: Iterable[str]) -> None:
        """Nothing is to be done: a block is read as a whole."""

    def takers(self, report: str) -> Sequence[str]:
        """Nobody asks: every report is looked at anew, whoever it took from."""
        raise NotImplementedError("blocks are decided as a whole")


def prepare_pairs(plan: LinkPlan) -> Callable[[BlockTask], int]:
    """Candidates of each report of a block among those before it, weighed: the possible pairs. Returns how many candidates."""
    return partial(_pairs, Block(plan))


def _pairs(block: Block, task: BlockTask) -> int:
    block.shelf.forget()
    rows, asked = [], 0
    for rank, keys, found in _looked_up(block, task):
        block.shelf.ident(rank)
        for _, pair in compared(near(keys, found, block.shelf.ident), weighing(block.shelf.profile(rank), block.shelf)):
            asked += 1
            if pair is not None:
                rows.append(block.row(pair))
    with tables.appearing(block.out(task, "npz")) as new, new.open("wb") as file:
        np.savez(file, pairs=np.array(rows, PAIR), candidates=np.int64(asked))
    return asked


def _looked_up(block: Block, task: BlockTask) -> Iterator[tuple[int, KeySet, Postings]]:
    """Per report of the block its keys that others before it have, and who has them."""
    files = sorted(Path(block.plan.meet).glob(f"*/block={task.number}/*.parquet"))
    if not files:
        return
    columns = ["number", "key", "weight", LISTS]
    table = pa.concat_tables([pq.read_table(file, columns=columns, partitioning=None) for file in files])
    ranks, keys, weights = (table[name].to_numpy() for name in ("number", "key", "weight"))
    lists = table[LISTS].combine_chunks()
    begins, held = lists.offsets.to_numpy(), lists.values.to_numpy()
    order = np.lexsort((keys, ranks))
    for rows in np.split(order, np.flatnonzero(np.diff(ranks[order])) + 1):
        rank = int(ranks[rows[0]])
        counts = begins[rows + 1] - begins[rows]
        ends = np.cumsum(counts)
        others = held[np.arange(int(ends[-1])) + np.repeat(begins[rows] - (ends - counts), counts)].astype(np.int64)
        at = np.repeat(np.arange(len(rows)), counts)
        yield rank, KeySet(keys[rows], weights[rows].astype(np.int64)), Postings(others[others < rank], at[others < rank])


def prepare_first(plan: LinkPlan) -> Callable[[BlockTask], int]:
    """For each report of a block the pair with its likeliest parent by its own pairs."""
    return partial(_first, Block(plan, ("pairs",)))


def _first(block: Block, task: BlockTask) -> int:
    nodes = _nodes(block)
    reports = block.shelf.ids(block.ranks(task))
    Linking(nodes, block.shelf).choose(reports)
    return _keep(block, task, (nodes[report].first for report in reports))


def prepare_climb(plan: LinkPlan) -> Callable[[BlockTask], int]:
    """The same after a look at the ancestors of that parent."""
    return partial(_climb, Block(plan, ("pairs", "first")))


def _climb(block: Block, task: BlockTask) -> int:
    nodes = _nodes(block)
    reports = block.shelf.ids(block.ranks(task))
    Linking(nodes, block.shelf).climb(reports)
    return _keep(block, task, (nodes[report].climbed for report in reports))


def prepare_told(plan: LinkPlan) -> Callable[[BlockTask], int]:
    """The derivations of each report of a block, with their evidence."""
    return partial(_told, Block(plan, ("pairs", "first", "chosen")))


def _told(block: Block, task: BlockTask) -> int:
    nodes = _nodes(block)
    reports = block.shelf.ids(block.ranks(task))
    linking = Linking(nodes, block.shelf)
    linking.tell(reports)
    # Ties are sought from both sides: of the reports of other blocks that come up here only those of this one are kept.
    linking.tie(reports)
    rows: list[tuple[Any, ...]] = []
    fresh = []
    for report in reports:
        found = told(report, nodes, block.shelf, block.shelf.reports)
        rows.extend(derivation_row(d) for d in found.derivations)
        if found.fresh is not None:
            fresh.append((report, found.fresh))
    tables.write(block.out(task, "fresh.parquet"), tables.FRESH, fresh)
    tables.write(block.out(task, "parquet"), tables.DERIVATIONS, rows)
    return len(rows)


def derivation_row(derivation: Derivation) -> tuple[Any, ...]:
    """A derivation as a row of ``tables.DERIVATIONS``."""
    d = derivation
    return (d.report, d.parent, d.credited, d.relation, d.score, d.coverage, d.reason, tables.as_json(d.evidence))


def _nodes(block: Block) -> BlockNodes:
    block.shelf.forget()
    return BlockNodes(block)


def _keep(block: Block, task: BlockTask, pairs: Iterable[Pair | None]) -> int:
    rows = [block.row(pair) for pair in pairs if pair is not None]
    save(block.out(task), np.array(rows, PAIR))
    return len(rows)


def save(path: Path, array: NDArray[Any]) -> None:
    """Writes an array to a file that appears whole."""
    with tables.appearing(path) as new, new.open("wb") as file:
        np.save(file, array)


def gather_pairs(plan: LinkPlan, blocks: int) -> dict[str, int]:
    """Brings the pairs of all blocks together, each under both of its reports, sorted; returns how many there are."""
    found, asked = [np.zeros(0, PAIR)], 0
    for number in range(blocks):
        with np.load(block_file(Path(plan.out), number, "npz")) as held:
            found.append(held["pairs"])
            asked += int(held["candidates"])
    pairs = np.concatenate(found)
    turned = pairs.copy()
    turned["child"], turned["parent"] = pairs["parent"], pairs["child"]
    turned["direction"] = 1.0 - pairs["direction"]
    turned["owed"], turned["owed_back"] = pairs["owed_back"], pairs["owed"]
    both = np.concatenate([pairs, turned])
    save(Path(plan.graph) / "pairs.npy", both[np.lexsort((both["parent"], both["child"]))])
    return {"candidates": asked, "pairs": len(pairs)}


def gather_one(plan: LinkPlan, blocks: int, name: str) -> None:
    """Brings together what the blocks found, one pair of each report at most, in the order of ranks."""
    save(Path(plan.graph) / f"{name}.npy", np.concatenate([np.zeros(0, PAIR), *_of_blocks(plan, blocks)]))


def gather_chosen(plan: LinkPlan, blocks: int) -> dict[str, int]:
    """The same for the pairs after climbing, without circles; the only decision that needs all reports at once."""
    climbed = np.concatenate([np.zeros(0, PAIR), *_of_blocks(plan, blocks)])
    block = Block(plan)
    pairs = {pair.child: pair for pair in map(block.pair, climbed.tolist())}
    kept = without_cycles(pairs)
    save(Path(plan.graph) / "chosen.npy", climbed[[report in kept for report in pairs]])
    return {"circles opened": len(pairs) - len(kept)}


def _of_blocks(plan: LinkPlan, blocks: int) -> Iterator[Pairs]:
    for number in range(blocks):
        yield np.load(block_file(Path(plan.out), number, "npy"))
