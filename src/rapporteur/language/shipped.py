"""The pipeline that ships with the package: own tokens and sentences, a small spaCy tagger and parser, a CRF for names.

Model: tok2vec + tagger + transition-based parser (Honnibal & Johnson 2015, as in spaCy 3) trained by ``language.train`` on UD
English EWT and the freely licensed part of GUM; see the model card beside it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import cast

import numpy as np
import spacy
from spacy.attrs import DEP, HEAD, TAG
from spacy.language import Language
from spacy.pipeline.trainable_pipe import TrainablePipe
from spacy.tokens import Doc

from rapporteur.errors import ConfigurationError
from rapporteur.language.base import Parsed
from rapporteur.language.lemmas import Lemmatizer
from rapporteur.language.names import NameTagger
from rapporteur.language.repairs import repair
from rapporteur.language.sentences import paragraphs, sentences
from rapporteur.language.tokens import tokenize
from rapporteur.model.spans import Span

MODEL = Path(__file__).parent / "data" / "en-1"
MAX_SENTENCE = 240
"""Tokens. A longer stretch without a full stop is cut: no news sentence is, and time and stack stay bounded on hostile input."""

MAX_STRINGS = 400_000
"""Distinct strings in spaCy's vocabulary, which only grows: past this (some 100 MB) it is loaded afresh. A memory zone per
report would keep it small too, but rebuilds every word of every report: a quarter of the parse time."""

_BATCH = 128


def segment(text: str, skip: Sequence[Span]) -> tuple[list[tuple[int, int]], list[tuple[int, int]], list[tuple[int, int]]]:
    """Token code point ranges, then sentences and paragraphs as token ranges."""
    tokens: list[tuple[int, int]] = []
    sents: list[tuple[int, int]] = []
    paras: list[tuple[int, int]] = []
    for start, end in paragraphs(text, skip):
        first_of_paragraph = len(tokens)
        for a, b in sentences(text, start, end):
            first = len(tokens)
            tokens.extend(tokenize(text, a, b))
            while len(tokens) - first > MAX_SENTENCE:
                sents.append((first, first + MAX_SENTENCE))
                first += MAX_SENTENCE
            if len(tokens) > first:
                sents.append((first, len(tokens)))
        if len(tokens) > first_of_paragraph:
            paras.append((first_of_paragraph, len(tokens)))
    return tokens, sents, paras


class ShippedPipeline:
    """See ``language.base.Pipeline``. Not thread-safe; each worker process loads its own (about a second)."""

    name = "en-1"

    def __init__(self, model: Path = MODEL) -> None:
        verify(model)
        self._path = model / "parser"
        self._nlp: Language = spacy.load(self._path)
        self._lemma = Lemmatizer(json.loads((model / "lemmas.json").read_text(encoding="utf-8")))
        self._names = NameTagger(model)
        self._labels: dict[int, str] = {}

    def parse(self, text: str, skip: Sequence[Span] = ()) -> Parsed:
        """See ``language.base.Pipeline.parse``."""
        tokens, sents, paras = segment(text, skip)
        words = [text[a:b] for a, b in tokens]
        tags, heads, deps = self._analyse(words, sents)
        children: list[list[int]] = [[] for _ in words]
        for i, head in enumerate(heads):
            if head != i:
                children[head].append(i)
        lemma = self._lemma
        parsed = Parsed(
            text=text,
            words=words,
            starts=[a for a, _ in tokens],
            ends=[b for _, b in tokens],
            tags=tags,
            lemmas=[lemma(w, t) for w, t in zip(words, tags, strict=True)],
            heads=heads,
            deps=deps,
            sentences=sents,
            paragraphs=paras,
            sentence_at=[k for k, (a, b) in enumerate(sents) for _ in range(a, b)],
            children=children,
            names=self._names.tag(words, tags, sents),
        )
        return repair(parsed)

    def _analyse(self, words: list[str], sents: list[tuple[int, int]]) -> tuple[list[str], list[int], list[str]]:
        tags: list[str] = []
        heads: list[int] = []
        deps: list[str] = []
        if len(self._nlp.vocab.strings) > MAX_STRINGS:
            self._nlp = spacy.load(self._path)
        docs = [Doc(self._nlp.vocab, words=words[a:b]) for a, b in sents]
        for name in self._nlp.pipe_names:
            docs = list(cast(TrainablePipe, self._nlp.get_pipe(name)).pipe(docs, batch_size=_BATCH))
        for (first, _), doc in zip(sents, docs, strict=True):
            table = doc.to_array([TAG, DEP, HEAD])
            tags.extend(map(self._label, table[:, 0].tolist()))
            deps.extend(map(self._label, table[:, 1].tolist()))
            offsets = table[:, 2].astype(np.int64)
            heads.extend((offsets + np.arange(first, first + len(offsets))).tolist())
        return tags, heads, deps

    def _label(self, key: int) -> str:
        label = self._labels.get(key)
        if label is None:
            label = self._nlp.vocab.strings[key] if key else ""
            label = self._labels[key] = "root" if label == "ROOT" else label
        return label


@cache
def verify(model: Path) -> None:
    """Checks every file of a model against the checksums in its manifest; ConfigurationError when one is missing or altered."""
    manifest = model / "manifest.json"
    try:
        files: dict[str, str] = json.loads(manifest.read_text(encoding="utf-8"))["files"]
        for name, expected in files.items():
            if hashlib.sha256((model / name).read_bytes()).hexdigest() != expected:
                raise ConfigurationError(f"{model / name}: does not match its checksum; install the package again")
    except (OSError, KeyError, ValueError) as error:
        raise ConfigurationError(f"{manifest}: the language model is incomplete ({error}); install the package again") from error
