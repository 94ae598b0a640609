"""Full-text search with SQLite's FTS5: which passages hold a word, by stem (Porter). https://www.sqlite.org/fts5.html

The index holds no text of its own (``content=''``): the text stands in the reading, an index row only says which passage.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

TABLE = "passage_words"

CREATE = f"""CREATE VIRTUAL TABLE {TABLE} USING fts5(
    words, content='', tokenize='porter unicode61 remove_diacritics 2'
)"""

INSERT = f"INSERT INTO {TABLE} (rowid, words) VALUES (?, ?)"

HOLDING = f"SELECT group_concat(rowid) FROM {TABLE} WHERE {TABLE} MATCH ? AND rowid > ?"
"""Numbers, of those higher than a given one, of the passages that hold what ``term`` says, with commas between; NULL: none."""

Word = tuple[str, bool]
"""A word that is looked for, and whether it is only the beginning of those that are."""


def term(word: Word) -> str:
    """The FTS5 query for a word: quoted, so that nothing a user types is read as an operator."""
    plain, begins = word
    return f'"{plain}"' + ("*" if begins else "")


def asked(words: Iterable[str]) -> list[Word]:
    """What can be searched for of ``words``, each once; a ``*`` at the end of one asks for words that begin with it."""
    found = ((word.rstrip("*").replace('"', " ").replace("\x00", " ").strip(), word.endswith("*")) for word in words)
    return list(dict.fromkeys((plain, begins) for plain, begins in found if any(c.isalnum() for c in plain)))


def indexable(text: str, passages: Sequence[tuple[int, int]]) -> list[str]:
    """The words of each passage as the index takes them: a lone surrogate has no UTF-8 form and is left out."""
    return [text[a:b].encode("utf-8", "ignore").decode() for a, b in passages]
