"""Full-text search with PostgreSQL that finds what ``words`` finds with SQLite's FTS5.

Texts are cut into words here, as FTS5's ``unicode61`` does (letters and digits, lower case, without diacritics), because
PostgreSQL's parser would keep addresses, signs and hyphens together. The dictionary is the same stemmer (Porter) without stop
words. https://www.postgresql.org/docs/current/textsearch.html
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from sqlalchemy import Connection, text

from rapporteur.store.words import TABLE, Word

LONGEST_WORD = 500
"""Code points; PostgreSQL takes 2,046 bytes at most. Both what is indexed and what is asked is cut there."""

_CONFIGURATION = "rapporteur"

# Every class of token that PostgreSQL's parser can see in letters and digits between single spaces.
_CLASSES = "asciiword, word, numword, int, uint, float, sfloat, version, host, hword, numhword, asciihword"

CREATE = (
    f"CREATE TEXT SEARCH DICTIONARY {_CONFIGURATION}_porter (TEMPLATE = snowball, LANGUAGE = porter)",
    f"CREATE TEXT SEARCH CONFIGURATION {_CONFIGURATION} (PARSER = default)",
    f"ALTER TEXT SEARCH CONFIGURATION {_CONFIGURATION} ADD MAPPING FOR {_CLASSES} WITH {_CONFIGURATION}_porter",
    f"CREATE TABLE {TABLE} (number integer PRIMARY KEY REFERENCES passages (number), words tsvector NOT NULL)",
    f"CREATE INDEX ix_{TABLE}_words ON {TABLE} USING gin (words)",
)

# All rows in one statement: a row by itself costs a round trip. COPY would not call to_tsvector.
_INSERT = text(
    f"INSERT INTO {TABLE} SELECT given.number, to_tsvector('{_CONFIGURATION}', given.words)"
    " FROM unnest(CAST(:numbers AS integer[]), CAST(:words AS text[])) AS given(number, words)"
)
_HOLDING = text(
    f"SELECT string_agg(number::text, ',') FROM {TABLE} WHERE words @@ to_tsquery('{_CONFIGURATION}', :word) AND number > :after"
)


def add(connection: Connection, found: Sequence[tuple[int, str]]) -> None:
    """Adds numbered passages."""
    words = [" ".join(_words(line)) for _, line in found]
    connection.execute(_INSERT, {"numbers": [number for number, _ in found], "words": words})


def holding(connection: Connection, word: Word, after: int) -> str | None:
    """Numbers, of those higher than ``after``, of the passages that hold a word, with commas between; what is more than one word
    for FTS5 is a phrase."""
    plain, begins = word
    found = _words(plain)
    if not found:
        return None
    asked = {"word": " <-> ".join(found) + (":*" if begins else ""), "after": after}
    listed: str | None = connection.execute(_HOLDING, asked).scalar()
    return listed


def _words(line: str) -> list[str]:
    plain = "".join(c for c in unicodedata.normalize("NFD", line.lower()) if not unicodedata.combining(c))
    return [word[:LONGEST_WORD] for word in re.findall(r"[^\W_]+", plain)]
