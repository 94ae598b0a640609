"""The recipe of the shipped model: ``python -m rapporteur.language.train DATA OUT`` (about 25 minutes on one core).

DATA is a folder with en_ewt-*.conllu, en_gum-*.conllu and the name corpora; OUT becomes a model folder with parser, lemma
table, name tagger, manifest (SHA-256 of every file) and model card. Training texts are read, never copied.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import Adam, fix_random_seed

from rapporteur.language.lemmas import regular
from rapporteur.language.manifest import write_manifest
from rapporteur.language.train_names import train_names
from rapporteur.language.treebank import FREE_GUM_GENRES, TreebankSentence, read_treebank

WIDTH, DEPTH, HIDDEN = 64, 2, 64
"""Measured on dev (LAS EWT/GUM, whole parse on one core): 96 wide, 4 deep .826/.828 at 13,000 words/s; 64 wide, 2 deep
.819/.813 at 22,000. The parse is half the time of a reading, so speed was taken."""

EPOCHS = 22
BATCH_WORDS = 1200
LEARN_RATE = 0.001
SEED = 1


def blank() -> Language:
    """An untrained pipeline: shared tok2vec (hash embeddings, windowed maxout), tagger, transition-based parser."""
    nlp = spacy.blank("en")
    embed = {
        "@architectures": "spacy.MultiHashEmbed.v2",
        "width": WIDTH,
        "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
        "rows": [5000, 1000, 2500, 2500],
        "include_static_vectors": False,
    }
    encode = {
        "@architectures": "spacy.MaxoutWindowEncoder.v2",
        "width": WIDTH,
        "depth": DEPTH,
        "window_size": 1,
        "maxout_pieces": 2,
    }
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH, "upstream": "*"}
    parser = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "parser",
        "extra_state_tokens": False,
        "hidden_width": HIDDEN,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": listener,
    }
    nlp.add_pipe("tok2vec", config={"model": {"@architectures": "spacy.Tok2Vec.v2", "embed": embed, "encode": encode}})
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listener}})
    nlp.add_pipe("parser", config={"min_action_freq": 20, "model": parser})
    return nlp


def curly(words: Sequence[str]) -> list[str]:
    """The words with typographic quotation marks: the treebanks have straight ones, web pages mostly do not."""
    out, opening = [], True
    for word in words:
        if word == '"':
            out.append("“" if opening else "”")
            opening = not opening
        else:
            out.append(word.replace("'", "’"))
    return out


def example(nlp: Language, sentence: TreebankSentence, words: Sequence[str]) -> Example:
    """One training example: a sentence is a document of its own, because own rules find the sentences."""
    spaces = list(sentence.spaces)
    starts: list[bool | int | None] = [i == 0 for i in range(len(words))]
    gold = Doc(
        nlp.vocab,
        words=list(words),
        spaces=spaces,
        tags=list(sentence.tags),
        heads=list(sentence.heads),
        deps=list(sentence.deps),
        sent_starts=starts,
    )
    return Example(Doc(nlp.vocab, words=list(words), spaces=spaces), gold)


def batches(sentences: Sequence[TreebankSentence], step: int) -> Iterable[list[TreebankSentence]]:
    """Batches of about ``BATCH_WORDS`` words; the first are smaller, which settles the parser sooner."""
    batch: list[TreebankSentence] = []
    words = 0
    for sentence in sentences:
        batch.append(sentence)
        words += len(sentence.words)
        if words >= min(BATCH_WORDS, 300 + step // 2):
            yield batch
            batch, words, step = [], 0, step + 1
    if batch:
        yield batch


def evaluate(nlp: Language, sentences: Sequence[TreebankSentence]) -> dict[str, float]:
    """Tag accuracy, unlabelled and labelled attachment on gold tokens and sentences."""
    scores = nlp.evaluate([example(nlp, s, s.words) for s in sentences], batch_size=128)
    return {name: round(scores[key], 4) for name, key in (("tags", "tag_acc"), ("uas", "dep_uas"), ("las", "dep_las"))}


def train_parser(data: Path, out: Path) -> dict[str, dict[str, float]]:
    """Trains tagger and parser, keeps the epoch that is best on both dev sets together, returns its scores."""
    fix_random_seed(SEED)
    rng = random.Random(SEED)
    nlp = blank()
    train = treebank(data, "train")
    dev = {name: list(read_treebank(data / f"en_{name}-dev.conllu")) for name in ("ewt", "gum")}
    nlp.initialize(lambda: [example(nlp, s, s.words) for s in train])
    optimizer = Adam(LEARN_RATE, L2=0.01, grad_clip=1.0, use_averages=True)
    total = EPOCHS * sum(len(s.words) for s in train) / BATCH_WORDS
    step, best, kept = 0, 0.0, {}
    for epoch in range(EPOCHS):
        rng.shuffle(train)
        for batch in batches(train, step):
            optimizer.learn_rate = LEARN_RATE * min(1.0, step / 200) * max(0.05, 1 - step / total) ** 0.5
            # 0.4: so that both forms of quotation marks are known; dev (straight marks only) does not move from 0 to .5.
            pairs = [example(nlp, s, curly(s.words) if rng.random() < 0.4 else s.words) for s in batch]
            nlp.update(pairs, sgd=optimizer, drop=0.1)
            step += 1
        with nlp.use_params(optimizer.averages):
            scores = {name: evaluate(nlp, sentences) for name, sentences in dev.items()}
            if (reached := sum(s["las"] for s in scores.values())) > best:
                best, kept = reached, scores
                nlp.to_disk(out)
        print(epoch, scores, flush=True)
    return kept


def treebank(data: Path, part: str) -> list[TreebankSentence]:
    """Sentences of EWT and of the genres of GUM that may be trained on for shipping."""
    gum = read_treebank(data / f"en_gum-{part}.conllu", FREE_GUM_GENRES)
    return [*read_treebank(data / f"en_ewt-{part}.conllu"), *gum]


def lemma_table(sentences: Iterable[TreebankSentence]) -> dict[str, str]:
    """Lemmas that the regular rules get wrong: "form|X" (X the tag's first letter) to the most frequent lemma."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    tags: dict[str, set[str]] = defaultdict(set)
    for s in sentences:
        for word, tag, lemma in zip(s.words, s.tags, s.lemmas, strict=True):
            form = word.lower().replace("’", "'")
            if not tag.startswith("NNP") and form.replace("'", "").isalpha():
                seen[f"{form}|{tag[:1]}"][lemma.lower()] += 1
                tags[f"{form}|{tag[:1]}"].add(tag)
    best = {key: counts.most_common(1)[0][0] for key, counts in seen.items()}
    return {k: v for k, v in sorted(best.items()) if any(regular(k[:-2], t) != v for t in tags[k])}


def main() -> None:
    """Trains every part into OUT and writes scores.json, from which the model card is filled in."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("data", type=Path)
    arguments.add_argument("out", type=Path)
    arguments.add_argument("--only", choices=("parser", "lemmas", "names"), help="train one part, leave the others as they are")
    given = arguments.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    kept = given.out / "scores.json"
    scores = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    if given.only in (None, "lemmas"):
        table = lemma_table(treebank(given.data, "train"))
        text = json.dumps(table, ensure_ascii=False, indent=0, sort_keys=True)
        (given.out / "lemmas.json").write_text(text, encoding="utf-8")
    if given.only in (None, "parser"):
        scores["parser"] = train_parser(given.data, given.out / "parser")
    if given.only in (None, "names"):
        scores["names"] = train_names(given.data, given.out)
    kept.write_text(json.dumps(scores, indent=1, sort_keys=True), encoding="utf-8")
    write_manifest(given.out)


if __name__ == "__main__":
    main()
