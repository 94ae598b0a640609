"""Reading of Universal Dependencies treebanks (CoNLL-U), for training and for measuring.

Format: https://universaldependencies.org/format.html. Multiword tokens (``don't``) are kept as their syntactic words, whose
surface forms are taken from the multiword token where they spell it, because the running text is what the parser will see.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

FREE_GUM_GENRES = frozenset(
    {"academic", "bio", "conversation", "court", "interview", "news", "speech", "textbook", "vlog", "voyage"}
)
"""Genres of GUM whose texts may be redistributed in a trained model; fiction, how-to, essays, letters, podcasts are not."""


@dataclass(frozen=True, slots=True)
class TreebankSentence:
    """One annotated sentence; the lists are parallel, ``heads`` are indices into them and a root points to itself."""

    ident: str
    document: str
    words: tuple[str, ...]
    spaces: tuple[bool, ...]
    tags: tuple[str, ...]
    upos: tuple[str, ...]
    lemmas: tuple[str, ...]
    heads: tuple[int, ...]
    deps: tuple[str, ...]
    misc: tuple[str, ...]
    paragraph_start: bool


def _genre_allowed(document: str, genres: frozenset[str] | None) -> bool:
    if genres is None or not document.startswith("GUM_"):
        return True
    return document.split("_")[1] in genres


def read_treebank(path: Path, genres: frozenset[str] | None = None) -> Iterator[TreebankSentence]:
    """Yields the sentences of a CoNLL-U file; with ``genres``, only GUM documents of these genres (others are untouched)."""
    document = ident = ""
    new_paragraph = True
    rows: list[list[str]] = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# newdoc id ="):
                document, new_paragraph = line.split("=", 1)[1].strip(), True
            elif line.startswith("# newpar"):
                new_paragraph = True
            elif line.startswith("# sent_id ="):
                ident = line.split("=", 1)[1].strip()
            elif line[0].isdigit():
                rows.append(line.rstrip("\n").split("\t"))
            elif not line.strip() and rows:
                if _genre_allowed(document, genres):
                    yield _sentence(ident, document, rows, paragraph_start=new_paragraph)
                rows, new_paragraph = [], False


def _sentence(ident: str, document: str, rows: Iterable[list[str]], *, paragraph_start: bool) -> TreebankSentence:
    rows = list(rows)
    joined_until, no_space_after = 0, False
    spaces: list[bool] = []
    tokens: list[list[str]] = []
    for row in rows:
        if "." in row[0]:
            continue  # an empty node of the enhanced graph: it has no characters
        if "-" in row[0]:
            joined_until = int(row[0].split("-")[1])
            no_space_after = "SpaceAfter=No" in row[9]
            continue
        number = int(row[0])
        if number < joined_until:
            spaces.append(False)
        elif number == joined_until:
            spaces.append(not no_space_after)
        else:
            spaces.append("SpaceAfter=No" not in row[9])
        tokens.append(row)
    heads = tuple(i if row[6] == "0" else int(row[6]) - 1 for i, row in enumerate(tokens))
    return TreebankSentence(
        ident=ident,
        document=document,
        words=tuple(row[1] for row in tokens),
        spaces=tuple(spaces),
        tags=tuple(row[4] for row in tokens),
        upos=tuple(row[3] for row in tokens),
        lemmas=tuple(row[2] for row in tokens),
        heads=heads,
        deps=tuple("ROOT" if row[6] == "0" else row[7] for row in tokens),
        misc=tuple(row[9] for row in tokens),
        paragraph_start=paragraph_start,
    )
