"""The steps at the end: origins over all derivations, findings over all readings, and the tables users take away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from msgspec import Struct

from rapporteur.bulk import tables
from rapporteur.bulk.linking import Block, LinkPlan, block_file
from rapporteur.bulk.ordering import RANKS
from rapporteur.bulk.reading import part
from rapporteur.model.account import Finding
from rapporteur.model.lineage import Derivation, Evidence
from rapporteur.model.reading import Reading
from rapporteur.stages.link import lineage_of
from rapporteur.stages.link.drift import find_drifts
from rapporteur.stages.link.graph import Told, together
from rapporteur.stages.link.origins import origins
from rapporteur.stages.reconcile import reconcile

_READING = msgspec.json.Decoder(Reading)
_EVIDENCE = msgspec.json.Decoder(tuple[Evidence, ...])
_STEPS = ["report", "parent", "credited", "relation"]


def find_origins(plan: LinkPlan, blocks: int, path: Path) -> dict[str, int]:
    """Writes the table of origins: from the derivations without their evidence, of which it holds all."""
    block = Block(plan)
    block.shelf.ids(range(plan.reports))
    found, fresh = together(_told(plan, blocks))
    listed, _ = origins(block.shelf, found, fresh)
    tables.write(path, tables.ORIGINS, ((o.id, o.label, o.seen, o.reports) for o in listed))
    return {"derivations": len(found), "origins": len(listed), "unseen origins": sum(not o.seen for o in listed)}


def _told(plan: LinkPlan, blocks: int) -> dict[str, Told]:
    made: dict[str, list[Derivation]] = defaultdict(list)
    fresh: dict[str, float] = {}
    for number in range(blocks):
        table = pq.read_table(block_file(Path(plan.out), number, "parquet"), columns=_STEPS)
        for report, parent, credited, relation in zip(*(table[name].to_pylist() for name in _STEPS), strict=True):
            made[report].append(Derivation(report, parent, credited, relation, 0.0, 0.0, ()))
        shares = pq.read_table(block_file(Path(plan.out), number, "fresh.parquet"))
        fresh.update(zip(shares["report"].to_pylist(), shares["fresh"].to_pylist(), strict=True))
    return {report: Told(tuple(made.get(report, ())), fresh.get(report)) for report in {*made, *fresh}}


def join_tables(paths: Iterable[Path], schema: pa.Schema, path: Path) -> int:
    """Writes the rows of many files to one, file by file; returns how many there are."""
    count = 0
    with tables.appearing(path) as new, pq.ParquetWriter(new, schema, compression="zstd") as writer:
        for one in paths:
            table = pq.read_table(one, columns=schema.names)
            writer.write_table(table)
            count += len(table)
    return count


class TableTask(Struct, frozen=True):
    """The readings of one stretch."""

    number: int


def prepare_readings(read: str, order: str, out: str) -> Callable[[TableTask], int]:
    """The function that writes the table of readings of one stretch: without repeats, without the original bytes."""
    return partial(_readings, Path(read), np.load(Path(order) / RANKS, mmap_mode="r"), Path(out))


def readings_file(out: Path, number: int) -> Path:
    """The table of the readings of one stretch."""
    return out / f"part-{number:06d}.parquet"


def _readings(read: Path, ranks: Any, out: Path, task: TableTask) -> int:
    columns = [name for name in tables.READINGS.names if name != "content"]
    table = pq.read_table(part(read, "readings", task.number), columns=columns)
    table = table.filter(pa.array(np.isin(table["number"].to_numpy(), ranks[0]))).drop_columns(["number"])
    with tables.appearing(readings_file(out, task.number)) as new:
        pq.write_table(table, new, compression="zstd")
    return len(table)


def find_findings(plan: LinkPlan, blocks: int, folder: Path, stretches: int) -> dict[str, int]:
    """Writes the table of findings over all readings, which it holds all at once (see ``docs/scale.md``)."""
    readings = sorted(_all_readings(folder, stretches), key=lambda r: r.report.id)
    block = Block(plan)
    block.shelf.ids(range(plan.reports))
    found = tuple(sorted(_derivations(folder), key=lambda d: (d.report, d.parent or "", d.credited or "")))
    _, fresh = together(_told(plan, blocks))
    lineage = lineage_of(readings, block.shelf, (found, fresh), find_drifts(readings, found), ())
    findings = reconcile(readings, lineage)
    tables.write(folder / "findings.parquet", tables.FINDINGS, map(_finding_row, findings))
    return {"findings": len(findings), "drifts": len(lineage.drifts)}


def _all_readings(folder: Path, stretches: int) -> Iterator[Reading]:
    for number in range(stretches):
        for batch in pq.ParquetFile(readings_file(folder / "readings", number)).iter_batches(500, columns=["reading"]):
            yield from map(_READING.decode, batch.column(0).to_pylist())


def _derivations(folder: Path) -> Iterator[Derivation]:
    for batch in pq.ParquetFile(folder / "derivations.parquet").iter_batches(500):
        for row in batch.to_pylist():
            yield Derivation(**(row | {"evidence": _EVIDENCE.decode(row["evidence"])}))


def _finding_row(f: Finding) -> tuple[Any, ...]:
    counts = (f.origins, f.speakers, f.as_of, f.weight)
    return (f.id, f.kind, f.label, f.verdict, *counts, f.supports, f.contradicts, tables.as_json(f))
