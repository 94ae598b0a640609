"""The contract of an English pipeline: text in, one flat table of tokens out.

A pipeline is any object with ``name`` and ``parse``. Two ship: ``shipped.ShippedPipeline`` (default, its model inside the
package) and ``spacy_pipeline.SpacyPipeline`` (whatever spaCy pipeline the user has installed). Extractors see only ``Parsed``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

from rapporteur.model.spans import Span

NameKind = Literal["person", "organization", "place", "group"]


class NameSpan(NamedTuple):
    """A name found by the pipeline's tagger: tokens [first, last) and kind."""

    first: int
    last: int
    kind: NameKind


@dataclass(frozen=True, slots=True)
class Parsed:
    """A parsed text as parallel lists over its tokens (struct of arrays, because extractors read millions of tokens).

    ``words``   surface forms; ``starts``/``ends`` their code points in ``text`` (``text[starts[i]:ends[i]] == words[i]``).
    ``tags``    Penn Treebank tags (XPOS of UD English); ``lemmas`` lower-cased base forms (proper nouns keep their case).
    ``heads``   index of the syntactic head, a root points to itself; ``deps`` UD relations, a root has ``root``.
    ``sentences``, ``paragraphs``: half-open token ranges in order; ``sentence_at[i]`` is the sentence of token i.
    ``children[i]`` the dependents of i in order. ``names``: names in order, never overlapping.
    Tokens follow UD English: "don't" is "do" "n't", "Iran-backed" is "Iran" "-" "backed", "U.S." and "Jan." keep their dot.
    Stretches that were to be skipped (furniture) have no tokens; no sentence crosses them or a paragraph break.
    """

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    tags: list[str]
    lemmas: list[str]
    heads: list[int]
    deps: list[str]
    sentences: list[tuple[int, int]]
    paragraphs: list[tuple[int, int]]
    sentence_at: list[int]
    children: list[list[int]]
    names: list[NameSpan]

    def span(self, first: int, last: int) -> Span:
        """The span of tokens [first, last)."""
        start, end = self.starts[first], self.ends[last - 1]
        return Span(start, end, self.text[start:end])

    def subtree(self, token: int) -> tuple[int, int]:
        """Token range [first, last) from the leftmost to the rightmost descendant of ``token``."""
        first = last = token
        stack = [token]
        while stack:
            for child in self.children[stack.pop()]:
                if child < first:
                    first = child
                elif child > last:
                    last = child
                stack.append(child)
        return first, last + 1


class Pipeline(Protocol):
    """``parse`` never raises on any string, never alters a character, and takes time linear in the text's length."""

    name: str

    def parse(self, text: str, skip: Sequence[Span] = ()) -> Parsed:
        """Tokens, sentences, tags, lemmas, heads and names of ``text`` outside the spans ``skip`` (sorted, disjoint)."""
        ...
