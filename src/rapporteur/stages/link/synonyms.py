"""Which words can say the same: a compact table derived from WordNet 3.0 (licence in NOTICE), for aligning passages.

``python -m rapporteur.stages.link.synonyms WORDNET`` makes it anew from WordNet's database files (Debian: wordnet-base). A word
(as the stem of ``terms``) has the numbers of its first senses' synsets, because later senses are rare in news and join what has
nothing in common; the sets of data/news-synonyms.txt (our own) come on top. Two words that share a number are synonyms.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from rapporteur.stages.link.terms import STOP_WORDS, stem

_SENSES = {"verb": 4, "noun": 3, "adj": 2}
_TABLE = "synonyms.tsv"
_OWN_SETS = "news-synonyms.txt"


@lru_cache(maxsize=1)
def _table() -> dict[str, frozenset[int]]:
    lines = (files(__package__) / "data" / _TABLE).read_text(encoding="utf-8").splitlines()
    return {word: frozenset(map(int, numbers.split())) for word, numbers in (line.split("\t") for line in lines)}


@lru_cache(maxsize=50_000)
def senses(stemmed: str) -> frozenset[int]:
    """Sense numbers of a stem of ``terms.stem``; empty for a word that has no synonym in the table."""
    return _table().get(stemmed, frozenset())


def make(wordnet: Path) -> dict[str, list[int]]:
    """The table from WordNet's index files (format: wndb(5WN)): stem to sorted sense numbers, renumbered from 1."""
    members: dict[tuple[str, str], set[str]] = defaultdict(set)
    for part, most in _SENSES.items():
        for line in (wordnet / f"index.{part}").read_text(encoding="utf-8").splitlines():
            fields = line.split()
            if line.startswith(" ") or "_" in fields[0] or "-" in fields[0] or fields[0] in STOP_WORDS or len(fields[0]) < 3:
                continue
            pointers = int(fields[3])
            # Words that the tagged corpora behind WordNet never use bring in homographs more than synonyms.
            if int(fields[5 + pointers]) == 0:
                continue
            for offset in fields[6 + pointers : 6 + pointers + most]:
                members[part, offset].add(stem(fields[0]))
    own = (files(__package__) / "data" / _OWN_SETS).read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(line for line in own if not line.startswith("#")):
        members["news", f"{number:04}"] = {stem(word) for word in line.split()}
    shared = sorted(key for key, words in members.items() if len(words) > 1)
    out: dict[str, set[int]] = defaultdict(set)
    for number, key in enumerate(shared, 1):
        for word in members[key]:
            out[word].add(number)
    return {word: sorted(numbers) for word, numbers in sorted(out.items())}


if __name__ == "__main__":
    made = make(Path(sys.argv[1]))
    target = Path(__file__).parent / "data" / _TABLE
    target.write_text("".join(f"{w}\t{' '.join(map(str, n))}\n" for w, n in made.items()), encoding="utf-8")
