"""How much a shared term tells: its weight, from how often it stands in English text at large.

Weight is ``-ln p``, p being the share of 250-word stretches of reference text that have the term (inverse document frequency,
Spaerck Jones 1972). It comes from a fixed table and not from the record at hand, on purpose: what two reports share is then a
function of the two alone, the same in a record of nine and of nine million, on one machine or many, in any order.

``python -m rapporteur.stages.link.background DATA`` makes the table anew from corpora whose licences permit it: UD English EWT,
the free genres of UD English GUM, ECB+, MEANTIME and WikiGold, laid out under DATA as its README says.
"""

from __future__ import annotations

import math
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from rapporteur.language.treebank import FREE_GUM_GENRES, read_treebank
from rapporteur.stages.link.terms import NUMBER, STOP, TOKEN, form

STRETCH = 250
"""Words to a stretch: the mean length of an agency report."""
_LEAST = 2  # stretches a term must stand in to have a line of its own; below that the table would only list accidents
_TABLE = "background.tsv"


@lru_cache(maxsize=1)
def _table() -> tuple[dict[int, float], float]:
    """Weights by term key, and the weight of a term that the table does not have."""
    lines = (files(__package__) / "data" / _TABLE).read_text(encoding="utf-8").splitlines()
    total = int(lines[0].split("\t")[1])
    weights = {}
    for line in lines[1:]:
        key, count = line.split("\t")
        weights[int(key, 16)] = math.log((total + 1) / (int(count) + 0.5))
    return weights, math.log((total + 1) / 1.0)


def weight(surface: str) -> float:
    """Weight in nats of the term of ``surface``: 0 for stop words, about 8 for words that no reference text has."""
    word = form(surface)
    if word.kind == STOP:
        return 0.0
    weights, unseen = _table()
    found = weights.get(word.key)
    if word.kind != NUMBER:
        return unseen if found is None else found
    return number_weight(word.value, found)


def number_weight(value: float | None, found: float | None = None) -> float:
    """Weight of a number: by the table when it is there, else by how many digits have to agree by chance.

    Years and days of the month are common in news whatever their digits: at most 2.5.
    """
    if value is None:
        return 4.0
    if value == int(value) and (0 <= value <= 31 or 1900 <= value <= 2100):
        return min(2.5, found if found is not None else 2.5)
    digits = len(f"{value:.10g}".replace(".", "").strip("-0"))
    guess = 3.0 + 1.2 * digits
    return min(found, guess) if found is not None else min(guess, 9.0)


def weigh_key(key: int, kind: int, value: float | None) -> float:
    """The same weight for a term that was made from several tokens (a number with its scale)."""
    weights, unseen = _table()
    found = weights.get(key)
    if kind == NUMBER:
        return number_weight(value, found)
    return unseen if found is None else found


def _reference(data: Path) -> Iterator[list[str]]:
    """The words of each reference text."""
    for name in ("en_ewt-train", "en_gum-train"):
        yield from _by_document(data / "language" / f"{name}.conllu")
    with zipfile.ZipFile(data / "ecbplus-topics-1-35.zip") as bundle:
        for entry in sorted(bundle.namelist()):
            if entry.endswith(".xml"):
                yield _xml_tokens(bundle.read(entry).decode("utf-8", "replace"))
    for path in sorted((data / "meantime").rglob("*.xml")):
        yield _xml_tokens(path.read_text(encoding="utf-8", errors="replace"))
    gold = data / "language" / "ner-collection" / "wikigold" / "CONLL-format" / "data" / "wikigold.conll.txt"
    yield [line.split()[0] for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]


def _by_document(path: Path) -> Iterator[list[str]]:
    words: list[str] = []
    document = ""
    for sentence in read_treebank(path, FREE_GUM_GENRES):
        if sentence.document != document and words:
            yield words
            words = []
        document = sentence.document
        words.extend(sentence.words)
    yield words


def _xml_tokens(xml: str) -> list[str]:
    return re.findall(r"<token [^>]*>([^<]+)</token>", xml)


def build(data: Path) -> str:
    """The table as text: number of stretches, then key and count per term."""
    counts: Counter[int] = Counter()
    total = 0
    for words in _reference(data):
        for at in range(0, len(words), STRETCH):
            surfaces = TOKEN.findall(" ".join(words[at : at + STRETCH]))
            counts.update({f.key for f in map(form, surfaces) if f.kind != STOP})
            total += 1
    kept = sorted((key, count) for key, count in counts.items() if count >= _LEAST)
    return "\n".join([f"stretches\t{total}", *(f"{key:08x}\t{count}" for key, count in kept)]) + "\n"


def main() -> None:
    target = Path(__file__).parent / "data" / _TABLE
    target.write_text(build(Path(sys.argv[1])), encoding="utf-8")


if __name__ == "__main__":
    main()
