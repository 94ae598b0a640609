"""Names of persons, organisations, places and groups by a linear-chain CRF (Lafferty et al. 2001; CRFsuite, Okazaki 2007)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import pycrfsuite

from rapporteur.errors import ConfigurationError
from rapporteur.language.base import NameKind, NameSpan
from rapporteur.language.names_features import features
from rapporteur.language.names_report import settle

KINDS: Final[dict[str, NameKind]] = {"PER": "person", "ORG": "organization", "LOC": "place", "GRP": "group"}
"""Kinds of the training labels; MISC (works, events, products) is learnt only so that it is not taken for one of these."""


def spans(labels: Iterable[str]) -> list[tuple[int, int, str]]:
    """Half-open stretches of U-, B-, I- and L- labels with their kind; an I- or L- that continues nothing opens a stretch."""
    out: list[tuple[int, int, str]] = []
    for i, label in enumerate(labels):
        if label == "O":
            continue
        prefix, kind = label[0], label[2:]
        if prefix in "IL" and out and out[-1][1] == i and out[-1][2] == kind:
            out[-1] = (out[-1][0], i + 1, kind)
        else:
            out.append((i, i + 1, kind))
    return out


class NameTagger:
    """Finds names in tokenised sentences. Not thread-safe."""

    def __init__(self, model: Path) -> None:
        self._crf = pycrfsuite.Tagger()
        path = model / "names.crfsuite"
        try:
            self._crf.open(str(path))
        except OSError as error:
            raise ConfigurationError(f"{path}: the name model cannot be read ({error}); install the package again") from error

    def tag(self, words: Sequence[str], tags: Sequence[str], sentences: Sequence[tuple[int, int]]) -> list[NameSpan]:
        """Names in order, never overlapping; token ranges into ``words``, ``tags`` (Penn) and ``sentences`` parallel to it."""
        rows = features(words, tags, sentences)
        labels: list[str] = []
        for first, last in sentences:
            labels += self._crf.tag(rows[first:last])
        found = settle(words, tags, sentences, spans(labels))
        return [NameSpan(first, last, KINDS[kind]) for first, last, kind in found if kind in KINDS]
