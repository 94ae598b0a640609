"""The lexicon of attribution cues: which word carries attributed content in which construction (data/cues.txt)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

PartOfSpeech = Literal["verb", "noun", "adjective"]
Frames = frozenset[str]
Cues = MappingProxyType[str, Frames]

_DATA = "rapporteur.stages.extract"


def words_of(name: str) -> dict[str, list[str]]:
    """A word list of ``stages/extract/data``: words by the heading in square brackets above them; ``#`` starts a comment."""
    lists: dict[str, list[str]] = {}
    current: list[str] = []
    for line in (files(_DATA) / "data" / name).read_text(encoding="utf-8").splitlines():
        line = line.partition("#")[0].strip()
        if line.startswith("["):
            current = lists.setdefault(line.strip("[]"), [])
        else:
            current.extend(line.split())
    return lists


def phrases_of(name: str) -> dict[str, list[str]]:
    """As ``words_of``, one entry per line, so that an entry may have several words."""
    lists: dict[str, list[str]] = {}
    current: list[str] = []
    for line in (files(_DATA) / "data" / name).read_text(encoding="utf-8").splitlines():
        line = line.partition("#")[0].strip()
        if line.startswith("["):
            current = lists.setdefault(line.strip("[]"), [])
        elif line:
            current.append(line)
    return lists


@cache
def cues(part_of_speech: PartOfSpeech) -> Cues:
    """Frames by lemma. Stems without final e are there too: lemmatizers make them of forms in -ed and -ing they do not know."""
    frames: dict[str, set[str]] = {}
    for heading, lemmas in words_of("cues.txt").items():
        kind, _, frame = heading.partition(" ")
        if kind == part_of_speech:
            for lemma in lemmas:
                frames.setdefault(lemma, set()).add(frame)
    if part_of_speech == "verb":
        for lemma in [lemma for lemma in frames if lemma.endswith("e") and lemma[:-1] not in frames]:
            frames[lemma[:-1]] = frames[lemma]
    return MappingProxyType({lemma: frozenset(found) for lemma, found in frames.items()})


@cache
def speaker_nouns() -> MappingProxyType[str, frozenset[str]]:
    """Head nouns of speakers by what they name (data/speakers.txt)."""
    return MappingProxyType({heading: frozenset(words) for heading, words in words_of("speakers.txt").items()})
