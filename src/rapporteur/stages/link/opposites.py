"""Which words exclude each other where the rest of two sentences agrees, and what sort of drift one for the other is.

Two tables: data/opposites.txt (our own: opposites of news, directions, and the steps that a matter takes, as "discuss | agree")
and data/antonyms.tsv, the antonyms that WordNet 3.0 (licence in NOTICE) gives to the first senses of adjectives and adverbs that
its tagged corpora use. ``python -m rapporteur.stages.link.opposites WORDNET`` makes the second anew from WordNet's database files
(Debian: wordnet-base). Words of the first stand for their regular forms too, and not for their stems, by which "nations" would be
the opposite of "international".
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple, cast

from rapporteur.model.lineage import DriftType
from rapporteur.stages.link.terms import STOP_WORDS

_OWN, _TABLE = "opposites.txt", "antonyms.tsv"
_SENSES = 2
"""Senses of a word, commonest first, whose antonyms are taken: later ones are of homographs."""


class Side(NamedTuple):
    """One place of a word: the line of a table, the side of it, and the drift that another side of this line is."""

    line: int
    side: int
    kind: DriftType


@lru_cache(maxsize=1)
def _sides() -> dict[str, tuple[Side, ...]]:
    out: dict[str, list[Side]] = defaultdict(list)
    folder = files(__package__) / "data"
    lines = [line for line in (folder / _OWN).read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    own = len(lines)
    lines += [f"polarity\t{line}" for line in (folder / _TABLE).read_text(encoding="utf-8").splitlines()]
    for number, line in enumerate(lines):
        kind, words = line.split("\t")
        for side, step in enumerate(words.split("|")):
            for word in step.split():
                for form in _forms(word) if number < own else (word,):
                    out[form].append(Side(number, side, cast("DriftType", kind)))
    return {word: tuple(dict.fromkeys(sides)) for word, sides in out.items()}


def _forms(word: str) -> Iterator[str]:
    """A word with its regular endings; more than English has does no harm."""
    yield word
    base = word[:-1] if word[-1] == "e" else word
    bases = {base, base + base[-1]} if base[-1] not in "aeiouwxy" else {base}
    yield from (b + ending for b in sorted(bases) for ending in ("ed", "ing", "es"))
    yield word + "s"
    if word[-1] == "y":
        yield from (word[:-1] + "ies", word[:-1] + "ied")


def sides(word: str) -> tuple[Side, ...]:
    """Where a word, case-folded, stands in the tables; empty for one that has no opposite there."""
    return _sides().get(word, ())


def opposed(one: str, other: str) -> DriftType | None:
    """The drift that the word ``other`` in place of ``one`` is; None where they may say the same, or have nothing to do."""
    mine, theirs = sides(one), sides(other)
    if {(s.line, s.side) for s in mine} & {(s.line, s.side) for s in theirs}:
        return None
    return next((a.kind for a in mine for b in theirs if a.line == b.line), None)


def make(wordnet: Path) -> list[str]:
    """Lines of antonyms, "one | other", from WordNet's database files (format: wndb(5WN)), sorted."""
    return sorted({" | ".join(sorted(pair)) for part in ("adj", "adv") for pair in _antonyms(wordnet, part)})


def _antonyms(wordnet: Path, part: str) -> Iterator[tuple[str, str]]:
    first: dict[str, list[str]] = {}
    for line in (wordnet / f"index.{part}").read_text(encoding="utf-8").splitlines():
        fields = line.split()
        skipped = int(fields[3]) if not line.startswith(" ") else 0
        if not line.startswith(" ") and _kept(fields[0]) and int(fields[5 + skipped]) > 0:
            first[fields[0]] = fields[6 + skipped :][:_SENSES]
    synsets: dict[str, tuple[list[str], list[str]]] = {}
    for line in (wordnet / f"data.{part}").read_text(encoding="utf-8").splitlines():
        if not line.startswith(" "):
            fields = line.split(" | ")[0].split()
            count = int(fields[3], 16)
            words = [w.lower().split("(")[0] for w in fields[4 : 4 + 2 * count : 2]]
            at = 5 + 2 * count
            synsets[fields[0]] = words, fields[at : at + 4 * int(fields[at - 1])]
    for offset, (words, pointers) in synsets.items():
        for symbol, there, _, ends in zip(*(iter(pointers),) * 4, strict=True):
            if symbol == "!":
                one, other = words[int(ends[:2], 16) - 1], synsets[there][0][int(ends[2:], 16) - 1]
                if offset in first.get(one, ()) and there in first.get(other, ()):
                    yield one, other


def _kept(word: str) -> bool:
    return word.isalpha() and word not in STOP_WORDS


if __name__ == "__main__":
    target = Path(__file__).parent / "data" / _TABLE
    target.write_text("".join(f"{line}\n" for line in make(Path(sys.argv[1]))), encoding="utf-8")
