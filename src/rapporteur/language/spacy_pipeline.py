"""Any installed spaCy pipeline behind the contract of ``language.base``: en_core_web_sm, _lg, _trf, or one of the user's own.

Tokens, sentences and paragraphs are the package's own, so that texts of any kind and size are cut the same and spans agree; tags,
trees, base forms and names come from the pipeline. ClearNLP trees are brought to Universal Dependencies (``clear_style``). What
a pipeline does not give (base forms, names) the shipped model does; without tags and trees it cannot be used.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from rapporteur.errors import ConfigurationError
from rapporteur.language.base import NameKind, NameSpan, Parsed
from rapporteur.language.clear_style import is_clear_style, to_universal
from rapporteur.language.lemmas import Lemmatizer
from rapporteur.language.names import NameTagger
from rapporteur.language.shipped import MODEL, segment, verify
from rapporteur.model.spans import Span

KINDS: dict[str, NameKind] = {
    "PERSON": "person",
    "PER": "person",
    "ORG": "organization",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "group",
}
"""Entity labels of OntoNotes and CoNLL 2003; dates, numbers, works and events are no names."""


class SpacyPipeline:
    """See ``language.base.Pipeline``. ``name`` is an installed package or the path of a saved pipeline."""

    def __init__(self, name: str) -> None:
        self.name = name
        try:
            self._nlp: Language = spacy.load(name)
        except (OSError, ValueError, ImportError) as error:
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise ConfigurationError(
                f"language pipeline {name}: cannot be loaded ({reason}); install it (python -m spacy download {name}), give the "
                "path of a saved pipeline, or leave the setting out to use the one that ships with the package"
            ) from error
        gives = {given for pipe in self._nlp.pipe_names for given in self._nlp.get_pipe_meta(pipe).assigns}
        for needed, what in (("token.tag", "part-of-speech tags"), ("token.dep", "dependencies")):
            if needed not in gives:
                raise ConfigurationError(f"language pipeline {name}: gives no {what}; choose one with a tagger and a parser")
        self._gives_names = "doc.ents" in gives
        parsers = [p for p in self._nlp.pipe_names if "token.dep" in self._nlp.get_pipe_meta(p).assigns]
        self._clear = any(is_clear_style(self._nlp.pipe_labels.get(p, ())) for p in parsers)
        verify(MODEL)
        self._lemma = Lemmatizer(json.loads((MODEL / "lemmas.json").read_text(encoding="utf-8")))
        self._names = NameTagger(MODEL)

    def parse(self, text: str, skip: Sequence[Span] = ()) -> Parsed:
        """See ``language.base.Pipeline.parse``."""
        tokens, sents, paras = segment(text, skip)
        words = [text[a:b] for a, b in tokens]
        tags: list[str] = []
        lemmas: list[str] = []
        heads: list[int] = []
        deps: list[str] = []
        names: list[NameSpan] = []
        docs = (self._doc(text, tokens[a:b]) for a, b in sents)
        for (first, _), doc in zip(sents, self._nlp.pipe(docs), strict=True):
            tags += [token.tag_ for token in doc]
            lemmas += [self._base_form(token.text, token.tag_, token.lemma_) for token in doc]
            at, labels = self._tree(doc)
            heads += [first + head for head in at]
            deps += labels
            names += _names_of(doc, first)
        children: list[list[int]] = [[] for _ in words]
        for i, head in enumerate(heads):
            if head != i:
                children[head].append(i)
        return Parsed(
            text=text,
            words=words,
            starts=[a for a, _ in tokens],
            ends=[b for _, b in tokens],
            tags=tags,
            lemmas=lemmas,
            heads=heads,
            deps=deps,
            sentences=sents,
            paragraphs=paras,
            sentence_at=[k for k, (a, b) in enumerate(sents) for _ in range(a, b)],
            children=children,
            names=names if self._gives_names else self._names.tag(words, tags, sents),
        )

    def _doc(self, text: str, tokens: Sequence[tuple[int, int]]) -> Doc:
        spaces = [text[b : b + 1].isspace() for _, b in tokens]
        return Doc(self._nlp.vocab, words=[text[a:b] for a, b in tokens], spaces=spaces)

    def _base_form(self, word: str, tag: str, lemma: str) -> str:
        if not lemma:
            return self._lemma(word, tag)
        return lemma if tag.startswith("NNP") else lemma.lower()

    def _tree(self, doc: Doc) -> tuple[list[int], list[str]]:
        heads = [token.head.i for token in doc]
        deps = [token.dep_ for token in doc]
        if self._clear:
            return to_universal([t.text for t in doc], [t.tag_ for t in doc], heads, deps)
        return heads, ["root" if dep == "ROOT" else dep for dep in deps]


def _names_of(doc: Doc, offset: int) -> list[NameSpan]:
    """Names without the article and the possessive that OntoNotes counts in ("the United Nations'")."""
    names = []
    for entity in doc.ents:
        kind = KINDS.get(entity.label_)
        first, last = entity.start, entity.end
        while first < last and doc[first].lower_ in ("the", "a", "an"):
            first += 1
        while first < last and doc[last - 1].lower_ in ("'s", "’s", "'", "’"):
            last -= 1
        if kind is not None and first < last:
            names.append(NameSpan(offset + first, offset + last, kind))
    return names
