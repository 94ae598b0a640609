"""Which words can say the same: a compact table derived from WordNet 3.0 (licence in NOTICE), for aligning passages.

``python -m rapporteur.stages.link.synonyms WORDNET`` makes it anew from WordNet's database files (Debian: wordnet-base). A word
(as the stem of ``terms``) has the numbers of its first senses' synsets, because later senses are rare in news and join what has
nothing in common; verbs and the nouns derived from them, irregular forms and their base share one; the sets of
data/news-synonyms.txt (our own) come on top. Two words that share a number are synonyms.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
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
    """The table from WordNet's database files (format: wndb(5WN)): stem to sorted sense numbers, renumbered from 1."""
    members: dict[tuple[str, str], set[str]] = defaultdict(set)
    used: dict[tuple[str, str], set[str]] = defaultdict(set)
    for part, most in _SENSES.items():
        for word, synsets in _index(wordnet, part):
            for offset in synsets[:most]:
                members[part, offset].add(stem(word))
                used[part, offset].add(word)
    for number, (verb, noun) in enumerate(_derived(wordnet, used)):
        members["derived", f"{number:06}"] = {stem(verb), stem(noun)}
    for number, (form, base) in enumerate(_irregular(wordnet)):
        members["irregular", f"{number:06}"] = {stem(form), stem(base)}
    own = (files(__package__) / "data" / _OWN_SETS).read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(line for line in own if not line.startswith("#")):
        members["news", f"{number:04}"] = {stem(word) for word in line.split()}
    shared = sorted(key for key, words in members.items() if len(words) > 1)
    out: dict[str, set[int]] = defaultdict(set)
    for number, key in enumerate(shared, 1):
        for word in members[key]:
            out[word].add(number)
    for form, base in _irregular(wordnet):  # "withdrew" says what "withdraw" says, synonyms and all
        out[stem(form)] |= out[stem(base)]
    return {word: sorted(numbers) for word, numbers in sorted(out.items()) if numbers}


def _index(wordnet: Path, part: str) -> Iterator[tuple[str, list[str]]]:
    """Words of one part of speech with the offsets of their synsets, commonest sense first."""
    for line in (wordnet / f"index.{part}").read_text(encoding="utf-8").splitlines():
        fields = line.split()
        if line.startswith(" ") or "_" in fields[0] or "-" in fields[0] or fields[0] in STOP_WORDS or len(fields[0]) < 3:
            continue
        pointers = int(fields[3])
        # Words that the tagged corpora behind WordNet never use bring in homographs more than synonyms.
        if int(fields[5 + pointers]) > 0:
            yield fields[0], fields[6 + pointers :]


def _derived(wordnet: Path, used: Mapping[tuple[str, str], set[str]]) -> list[tuple[str, str]]:
    """Verbs with the nouns that are derived from them ("resume", "resumption"), both in a common sense."""
    nouns: dict[str, list[str]] = {}
    pairs = set()
    for line in (wordnet / "data.noun").read_text(encoding="utf-8").splitlines():
        if not line.startswith(" "):
            fields = line.split()
            nouns[fields[0]] = fields[4 : 4 + 2 * int(fields[3], 16) : 2]
    for line in (wordnet / "data.verb").read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            continue
        fields = line.split(" | ")[0].split()
        count = int(fields[3], 16)
        words, pointers = fields[4 : 4 + 2 * count : 2], fields[5 + 2 * count :]
        for symbol, offset, part, ends in zip(*(iter(pointers),) * 4, strict=False):
            if (symbol, part) == ("+", "n"):
                verb, noun = words[int(ends[:2], 16) - 1], nouns[offset][int(ends[2:], 16) - 1]
                known = verb in used["verb", fields[0]] and noun in used["noun", offset]
                if known and stem(verb) != stem(noun):
                    pairs.add((verb, noun))
    return sorted(pairs)


def _irregular(wordnet: Path) -> list[tuple[str, str]]:
    """Irregular forms of verbs and nouns with their base form; of words that are in the table at all."""
    known = {word for part in ("verb", "noun") for word, _ in _index(wordnet, part)}
    pairs = set()
    for part in ("verb", "noun"):
        for line in (wordnet / f"{part}.exc").read_text(encoding="utf-8").splitlines():
            form, base = line.split()[:2]
            if base in known and form.isalpha() and form not in STOP_WORDS and stem(form) != stem(base):
                pairs.add((form, base))
    return sorted(pairs)


if __name__ == "__main__":
    made = make(Path(sys.argv[1]))
    target = Path(__file__).parent / "data" / _TABLE
    target.write_text("".join(f"{w}\t{' '.join(map(str, n))}\n" for w, n in made.items()), encoding="utf-8")
