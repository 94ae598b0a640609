"""Is the same event in several reports found to be one? ECB+ (Cybulska and Vossen 2014), topics 1 to 35, no gold mentions given.

Reports are read as they stand, linked and reconciled topic by topic. A mention is one token in a sentence listed in the
corpus's CSV: of the gold, the first token of an action; of ours, the token of an event's trigger. Only sentences listed count.
Beside the findings stand two baselines over the same mentions of ours: each alone, and all of one lemma in a topic together.

    python benchmarks/ecbplus.py [--topics 1,2,3]
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import xml.etree.ElementTree as ET
import zipfile
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from coreference import METRICS, Cluster, conll

from rapporteur.language import load
from rapporteur.model.claims import EventClaim
from rapporteur.model.reading import Reading
from rapporteur.model.report import Report
from rapporteur.stages.extract import read
from rapporteur.stages.link import link
from rapporteur.stages.reconcile import reconcile

SHARED = Path(os.environ.get("SHARED_FOLDER", Path(__file__).resolve().parents[2] / "shared"))
DATA = SHARED / "data" / "ecbplus-topics-1-35.zip"
ACTIONS = ("ACTION_", "NEG_ACTION_")
Mention = tuple[str, int]
"""Document and code point at which the token begins."""


class Document(NamedTuple):
    """A document's text, its gold clusters by instance, and the code points [start, end) of the sentences that count."""

    name: str
    text: str
    gold: Mapping[str, tuple[Mention, ...]]
    counted: tuple[tuple[int, int], ...]

    def counts(self, at: int) -> bool:
        return any(low <= at < high for low, high in self.counted)


def document(name: str, content: bytes, listed: frozenset[int]) -> Document:
    """One file of the corpus; ``listed`` are the numbers of its sentences that count."""
    root = ET.fromstring(content)
    text, starts = "", {}
    sentences: dict[int, tuple[int, int]] = {}
    before = -1
    for token in root.iter("token"):
        number = int(token.get("sentence", "0"))
        text += "\n" if number != before and text else " " if text else ""
        starts[token.get("t_id")] = len(text)
        low = sentences.get(number, (len(text), 0))[0]
        text += token.text or ""
        sentences[number] = low, len(text)
        before = number
    counted = tuple(span for number, span in sorted(sentences.items()) if number in listed)
    at: dict[str, int] = {}
    for mark in root.iterfind("Markables/*"):
        anchor = mark.find("token_anchor")
        if anchor is not None and mark.tag.startswith(ACTIONS):
            at[mark.get("m_id", "")] = starts[anchor.get("t_id")]
    chained: dict[str, str] = {}
    for relation in root.iterfind("Relations/*"):
        chain = relation.get("note") or f"{name}:{relation.get('r_id')}"
        chained.update({source.get("m_id", ""): chain for source in relation.iterfind("source")})
    gold: dict[str, list[Mention]] = defaultdict(list)
    for ident, start in at.items():
        if any(low <= start < high for low, high in counted):
            gold[chained.get(ident, f"{name}:{ident}")].append((name, start))
    return Document(name, text, {k: tuple(v) for k, v in gold.items()}, counted)


def topics(wanted: frozenset[str] | None) -> Iterable[list[Document]]:
    """The documents of each topic that have sentences that count."""
    with zipfile.ZipFile(DATA) as archive:
        names = [n for n in archive.namelist() if n.endswith(".xml")]
        table = next(n for n in archive.namelist() if n.endswith("sentences.csv"))
        listed: dict[str, set[int]] = defaultdict(set)
        for row in csv.DictReader(io.StringIO(archive.read(table).decode("utf-8-sig"))):
            listed[f"{row['Topic']}_{row['File']}"].add(int(row["Sentence Number"]))
        by_topic: dict[str, list[str]] = defaultdict(list)
        for name in sorted(names):
            if listed.get(Path(name).stem):
                by_topic[Path(name).stem.partition("_")[0]].append(name)
        for topic in sorted(by_topic, key=int):
            if wanted is None or topic in wanted:
                yield [document(Path(n).stem, archive.read(n), frozenset(listed[Path(n).stem])) for n in by_topic[topic]]


def reading_of(document: Document) -> Reading:
    """What a document says; it has no date of publication."""
    return read(Report(document.name, None, None, None, None, (), None, None, "en", document.text, (), (), ()), load())


def place_of(claim: EventClaim, text: str) -> int:
    """Where the trigger stands in its claim's span: the word that begins as the lemma does, else the span's beginning."""
    lemma, at = claim.trigger.split()[0][:3].casefold(), claim.span.start
    for word in claim.span.exact.split():
        found = text.index(word, at)
        if word.casefold().startswith(lemma):
            return found
        at = found + len(word)
    return claim.span.start


def clusters_of(groups: Iterable[Iterable[Hashable]]) -> list[Cluster]:
    return [frozenset(g) for g in groups if g]


def main() -> None:
    """Prints detection of mentions, and each metric for the findings and both baselines."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--topics", type=lambda s: frozenset(s.split(",")))
    key: list[Cluster] = []
    ours: dict[str, list[Cluster]] = {"findings": [], "each alone": [], "same lemma": []}
    for documents in topics(arguments.parse_args().topics):
        gold: dict[str, list[Mention]] = defaultdict(list)
        for d in documents:
            for chain, mentions in d.gold.items():
                gold[chain].extend(mentions)
        key += clusters_of(gold.values())
        by_name = {d.name: d for d in documents}
        readings = [reading_of(d) for d in documents]
        claims = {(r.report.id, place_of(c, r.report.text)): c for r in readings for c in r.claims if isinstance(c, EventClaim)}
        place = {c.id: mention for mention, c in claims.items() if by_name[mention[0]].counts(mention[1])}
        lemmas: dict[str, list[Mention]] = defaultdict(list)
        for claim in claims.values():
            if claim.id in place:
                lemmas[claim.trigger].append(place[claim.id])
        findings = [f for f in reconcile(readings, link(readings)) if f.kind == "event"]
        ours["findings"] += clusters_of([place[c] for c in (*f.supports, *f.contradicts) if c in place] for f in findings)
        ours["each alone"] += clusters_of([m] for m in place.values())
        ours["same lemma"] += clusters_of(lemmas.values())
    found, wanted = ({m for c in clusters for m in c} for clusters in (ours["each alone"], key))
    both = len(found & wanted)
    print(f"mentions: {len(wanted)} gold, {len(found)} ours, recall {both / len(wanted):.3f}, precision {both / len(found):.3f}")
    for kept, over in (("all mentions", None), ("mentions that both have", found & wanted)):
        print(kept)
        for name, clusters in ours.items():
            one, two = (c if over is None else clusters_of(x & over for x in c) for c in (key, clusters))
            scores = {metric: measure(one, two) for metric, measure in METRICS.items()}
            told = "  ".join(f"{m} {s.recall:.3f}/{s.precision:.3f}/{s.f1:.3f}" for m, s in scores.items())
            print(f"  {name:11s} {told}  CoNLL {conll(one, two):.3f}")


if __name__ == "__main__":
    main()
