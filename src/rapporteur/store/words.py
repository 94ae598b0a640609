"""Full-text search with SQLite's FTS5: words by stem (Porter), passages by BM25. https://www.sqlite.org/fts5.html

The index holds no text of its own (``content=''``): the text stands in the reading, an index row only says which passage.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

TABLE = "passage_words"

CREATE = f"""CREATE VIRTUAL TABLE {TABLE} USING fts5(
    words, content='', tokenize='porter unicode61 remove_diacritics 2'
)"""

INSERT = f"INSERT INTO {TABLE} (rowid, words) VALUES (?, ?)"

# Columns: number of the passage, BM25 (FTS5 gives it below zero, the better the lower).
SEARCH = f"SELECT rowid, rank FROM {TABLE} WHERE {TABLE} MATCH ? ORDER BY rank, rowid LIMIT ?"


def expression(words: Iterable[str], *needed: Iterable[str]) -> str:
    """The FTS5 query for passages with any of ``words`` and any of each of ``needed``; empty when no word is left.

    A ``*`` at the end of a word asks for words that begin with it. Words are quoted, so that nothing a user types is read as an
    operator.
    """
    groups = [g for group in (words, *needed) if (g := _any(group))]
    return groups[0] if len(groups) == 1 else " AND ".join(f"({group})" for group in groups)


def _any(words: Iterable[str]) -> str:
    return " OR ".join(f'"{plain}"' + ("*" if begins else "") for plain, begins in asked(words))


def asked(words: Iterable[str]) -> list[tuple[str, bool]]:
    """What can be searched for of ``words``, each once: the word, and whether it is only the beginning of those asked for."""
    found = ((word.rstrip("*").replace('"', " ").replace("\x00", " ").strip(), word.endswith("*")) for word in words)
    return list(dict.fromkeys((plain, begins) for plain, begins in found if any(c.isalnum() for c in plain)))


def indexable(text: str, passages: Sequence[tuple[int, int]]) -> list[str]:
    """The words of each passage as the index takes them: a lone surrogate has no UTF-8 form and is left out."""
    return [text[a:b].encode("utf-8", "ignore").decode() for a, b in passages]
