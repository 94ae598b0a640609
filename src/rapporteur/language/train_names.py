"""Training of the name tagger: every corpus that may be shipped in a model, one CRF (about a minute on one core)."""

from __future__ import annotations

from pathlib import Path

import pycrfsuite
import spacy
from spacy.tokens import Doc

from rapporteur.language import names_corpora as corpora
from rapporteur.language.base import NameSpan
from rapporteur.language.names import KINDS, NameTagger
from rapporteur.language.names_augment import exchanged
from rapporteur.language.names_corpora import Mark, Tagger, Text
from rapporteur.language.names_features import features

PARAMETERS = {"c1": 0.02, "c2": 0.5, "max_iterations": 70}
"""F1 on unseen newswire with c2 .05 .791, .2 .793, .5 .796; 120 iterations instead of 70 with rare features cut .784."""

COPIES = 1
"""Copies with exchanged names: F1 on unseen newswire .747 with none, .763 with one; a second takes twice the time for no gain."""

HELD_OUT = 10
"""Every tenth text of each corpus is left out of a first training, to be measured on; the shipped model is trained on all."""


def part_of_speech(model: Path) -> Tagger:
    """Tags by the shipped tagger, whose mistakes the name tagger is to know."""
    nlp = spacy.load(model / "parser", exclude=["parser"])

    def tag(sentences: list[list[str]]) -> list[list[str]]:
        docs = (Doc(nlp.vocab, words=words) for words in sentences)
        return [[token.tag_ for token in doc] for doc in nlp.pipe(docs, batch_size=128)]

    return tag


def read_corpora(data: Path, tagger: Tagger) -> dict[str, list[Text]]:
    """Texts by corpus; ``data`` has the treebanks and ``ner-collection``, MEANTIME lies in it or beside it."""
    collection = data / "ner-collection"
    news = next((p for p in (data / "meantime", data.parent / "meantime") if p.exists()), data / "meantime")
    return {
        "wikigold": corpora.wikigold(collection / "wikigold", tagger),
        "btc": corpora.broad_twitter(collection / "BTC", tagger),
        "re3d": corpora.re3d(collection / "re3d", tagger),
        "meantime": corpora.meantime(news, tagger),
        "gum": corpora.gum(data / "en_gum-train.conllu", tagger) + corpora.gum(data / "en_gum-dev.conllu", tagger),
        "uner": corpora.uner(data / "uner_ewt-dev.iob2", tagger),
    }


def labels(words: list[str], marks: list[Mark]) -> list[str]:
    """Labels of a sentence: U-nit, B-egin, I-nside and L-ast of a name, O outside (Ratinov & Roth 2009)."""
    out = ["O"] * len(words)
    for first, last, kind in marks:
        size = last - first
        out[first:last] = [f"U-{kind}"] if size == 1 else [f"B-{kind}", *[f"I-{kind}"] * (size - 2), f"L-{kind}"]
    return out


def joined(text: Text) -> tuple[list[str], list[str], list[tuple[int, int]]]:
    """Words, tags and sentence ranges of a text."""
    words: list[str] = []
    tags: list[str] = []
    ranges: list[tuple[int, int]] = []
    for sentence in text:
        ranges.append((len(words), len(words) + len(sentence.words)))
        words += sentence.words
        tags += sentence.tags
    return words, tags, ranges


def fit(texts: list[Text], out: Path) -> None:
    """Trains on ``texts`` and writes the model file ``out``. Same texts, same bytes."""
    texts = [*texts, *(text for copy in range(COPIES) for text in exchanged(texts, seed=copy + 1))]
    trainer = pycrfsuite.Trainer("lbfgs", verbose=False)
    trainer.set_params(PARAMETERS)
    for text in texts:
        words, tags, ranges = joined(text)
        rows = features(words, tags, ranges)
        for (first, last), sentence in zip(ranges, text, strict=True):
            trainer.append(pycrfsuite.ItemSequence(rows[first:last]), labels(sentence.words, sentence.marks))
    trainer.train(str(out))


def score(tagger: NameTagger, texts: list[Text]) -> float:
    """F1 of whole names of persons, organisations and places."""
    hit = predicted = gold = 0
    kinds = ("person", "organization", "place")
    for text in texts:
        words, tags, ranges = joined(text)
        found = {name for name in tagger.tag(words, tags, ranges) if name.kind in kinds}
        marked = {
            NameSpan(first + a, first + b, KINDS[kind])
            for (first, _), sentence in zip(ranges, text, strict=True)
            for a, b, kind in sentence.marks
            if KINDS.get(kind) in kinds
        }
        hit += len(found & marked)
        predicted += len(found)
        gold += len(marked)
    return round(2 * hit / (predicted + gold), 4) if predicted + gold else 0.0


def train_names(data: Path, out: Path) -> dict[str, float]:
    """Trains ``out/names.crfsuite``, with the tagger in ``out/parser``; returns F1 on the held-out texts of each corpus."""
    texts = read_corpora(data, part_of_speech(out))
    path = out / "names.crfsuite"
    fit([t for part in texts.values() for i, t in enumerate(part) if i % HELD_OUT != HELD_OUT - 1], path)
    tagger = NameTagger(out)
    scores = {name: score(tagger, part[HELD_OUT - 1 :: HELD_OUT]) for name, part in texts.items()}
    fit([t for part in texts.values() for t in part], path)
    return scores
