"""The parse of one report seen from its phrases: edges of every subtree, noun phrases, subjects, tokens to spans."""

from __future__ import annotations

from rapporteur.language.base import Parsed

Range = tuple[int, int]
"""Half-open range of token indices."""

CLOSERS = frozenset({",", ".", ";", ":", "-", "--", "–", "—", "...", "…"})
OPENING_QUOTES = frozenset({"“", "‘", "``", "„", "«"})
CLOSING_QUOTES = frozenset({"”", "’", "''", "»"})
STRAIGHT_QUOTES = frozenset({'"', "'"})
QUOTES = OPENING_QUOTES | CLOSING_QUOTES | STRAIGHT_QUOTES
TIME_WORDS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tonight last late early earlier this".split()
)
MAX_CONTENT = 400
"""Tokens. Longer content comes only from text without sentence ends; bounding it keeps the output linear in the text."""


class Tree:
    """Edges of all subtrees of a parse, computed once in linear time: ``left[i]`` and ``right[i]`` are the outermost tokens
    at or below ``i``, cut to the sentence."""

    __slots__ = ("children", "deps", "heads", "left", "lemmas", "parsed", "right", "sentences", "tags", "words")

    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        # A hyphen inside a word is no dash: written with the hyphen character proper, it equals none of the marks.
        self.words = ["‐" if tag == "HYPH" else word for word, tag in zip(parsed.words, parsed.tags, strict=True)]
        self.tags = parsed.tags
        self.lemmas = parsed.lemmas
        self.heads = parsed.heads
        self.deps = parsed.deps
        self.children = parsed.children
        self.sentences = parsed.sentences
        count = len(parsed.words)
        self.left = list(range(count))
        self.right = list(range(count))
        self._widen()

    def _widen(self) -> None:
        heads, children, left, right = self.heads, self.children, self.left, self.right
        order = [i for i, head in enumerate(heads) if head == i]
        for token in order:  # grows while it is read: breadth first, heads before dependents
            below = children[token]
            if below:
                order.extend(below)
        for token in reversed(order):
            head = heads[token]
            if left[token] < left[head]:
                left[head] = left[token]
            if right[token] > right[head]:
                right[head] = right[token]

    def phrase(self, token: int) -> Range:
        """Token range of everything below ``token``, and ``token``."""
        return self.left[token], self.right[token] + 1

    def sentence(self, token: int) -> Range:
        """Token range of the sentence of ``token``."""
        return self.sentences[self.parsed.sentence_at[token]]

    def child(self, token: int, *deps: str) -> int | None:
        """The first dependent of ``token`` with one of these relations."""
        for child in self.children[token]:
            if self.deps[child] in deps:
                return child
        return None

    def trim(self, first: int, last: int) -> Range | None:
        """The range without commas, dashes and stops at its ends; None when nothing is left."""
        words = self.words
        while first < last and words[first] in CLOSERS:
            first += 1
        while last > first and words[last - 1] in CLOSERS:
            last -= 1
        return (first, last) if first < last else None
