"""Full-text search with PostgreSQL that finds and ranks what ``words`` finds and ranks with SQLite's FTS5.

Texts are cut into words here, as FTS5's ``unicode61`` does (letters and digits, lower case, without diacritics), because
PostgreSQL's parser would keep addresses, signs and hyphens together. The dictionary is the same stemmer (Porter) without stop
words. BM25 as in FTS5: k1 = 1.2, b = 0.75. https://www.postgresql.org/docs/current/textsearch.html
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import accumulate

from sqlalchemy import Connection, TextClause, text

from rapporteur.store.words import TABLE, asked

K1, B = 1.2, 0.75
"""Robertson and Zaragoza 2009; fixed in FTS5 (https://www.sqlite.org/fts5.html#the_bm25_function)."""

LONGEST_WORD = 500
"""Code points; PostgreSQL takes 2,046 bytes at most. Both what is indexed and what is asked is cut there."""

_CONFIGURATION = "rapporteur"

# Every class of token that PostgreSQL's parser can see in letters and digits between single spaces.
_CLASSES = "asciiword, word, numword, int, uint, float, sfloat, version, host, hword, numhword, asciihword"

CREATE = (
    f"CREATE TEXT SEARCH DICTIONARY {_CONFIGURATION}_porter (TEMPLATE = snowball, LANGUAGE = porter)",
    f"CREATE TEXT SEARCH CONFIGURATION {_CONFIGURATION} (PARSER = default)",
    f"ALTER TEXT SEARCH CONFIGURATION {_CONFIGURATION} ADD MAPPING FOR {_CLASSES} WITH {_CONFIGURATION}_porter",
    # ``length``: words of the passage; ``total``: of all passages up to this one, so that the mean costs one look-up.
    f"""CREATE TABLE {TABLE} (
        number integer PRIMARY KEY REFERENCES passages (number),
        words tsvector NOT NULL, length integer NOT NULL, total bigint NOT NULL
    )""",
    f"CREATE INDEX ix_{TABLE}_words ON {TABLE} USING gin (words)",
)

_INSERT = text(f"INSERT INTO {TABLE} VALUES (:number, to_tsvector('{_CONFIGURATION}', :words), :length, :total)")
_LAST = text(f"SELECT number, total FROM {TABLE} ORDER BY number DESC LIMIT 1")

# ts_rank of one word that stands f times in a passage is (1/1 + 1/4 + ... + 1/f^2) / 1.64493406685 (calc_rank_or in
# PostgreSQL's tsrank.c, weights of 1): it counts the word, and is the only function that does so without unpacking the passage.
_MOST_COUNTED = 16
_RANKS = tuple(total / 1.64493406685 for total in accumulate(1 / f**2 for f in range(1, _MOST_COUNTED + 1)))
_STEPS = "ARRAY[" + ",".join(f"{(a + b) / 2:.6f}" for a, b in zip((0.0, *_RANKS), _RANKS, strict=False)) + "]"


def add(connection: Connection, first: int, lines: Sequence[str]) -> None:
    """Adds the passages numbered from ``first``."""
    row = connection.execute(_LAST).first()
    total = row.total if row else 0
    rows = []
    for number, line in enumerate(lines, first):
        found = _words(line)
        total += len(found)
        rows.append({"number": number, "words": " ".join(found), "length": len(found), "total": total})
    connection.execute(_INSERT, rows)


def search(connection: Connection, words: Iterable[str], most: int, *needed: Iterable[str]) -> list[tuple[int, float]]:
    """Numbers and scores of the ``most`` best passages with any of ``words`` and any of each of ``needed``, best first."""
    groups = [group for some in (words, *needed) if (group := _terms(some))]
    last = connection.execute(_LAST).first()
    if not groups or last is None or not last.total:
        return []
    terms = [term for group in groups for term in group]  # one that stands in two groups counts twice, as in FTS5
    asked_for = {f"q{at}": term for at, term in enumerate(terms)}
    counts = ", ".join(f"(SELECT count(*) FROM {TABLE} WHERE words @@ {_query(name)})" for name in asked_for)
    held = connection.execute(text(f"SELECT {counts}"), asked_for).one()
    weights = {f"w{at}": _weight(last.number, n) for at, n in enumerate(held)}
    values = {
        "whole": " & ".join(f"({' | '.join(group)})" for group in groups),
        "mean": last.total / last.number,
        "most": most,
    }
    rows = connection.execute(_ranking(terms), asked_for | weights | values)
    return [(row.number, row.score) for row in rows]


def _ranking(terms: Sequence[str]) -> TextClause:
    scores = []
    for at, term in enumerate(terms):
        query = _query(f"q{at}")
        # ts_rank sees the words of a phrase also where they stand apart: a phrase counts once, where it matches.
        rank = f"width_bucket(ts_rank('{{1,1,1,1}}', words, {query})::float8, {_STEPS})"
        count = f"(words @@ {query})::int" if "<->" in term else rank
        # weight * f * (k1 + 1) / (f + damping), written so that f is worked out once.
        scores.append(f":w{at} * {K1 + 1} * (1 - damping / ({count} + damping))")
    damped = f"SELECT number, words, {K1} * ({1 - B} + {B} * length / :mean) AS damping FROM {TABLE}"
    return text(
        f"SELECT number, {' + '.join(scores)} AS score FROM ({damped} WHERE words @@ {_query('whole')}) AS found"
        " ORDER BY score DESC, number LIMIT :most"
    )


def _query(name: str) -> str:
    return f"to_tsquery('{_CONFIGURATION}', :{name})"


def _weight(passages: int, held: int) -> float:
    """Inverse document frequency as FTS5 has it: never below zero."""
    return max(math.log((passages - held + 0.5) / (held + 0.5)), 1e-6)


def _terms(words: Iterable[str]) -> list[str]:
    """Each word as an operand of ``to_tsquery``; what is more than one word is a phrase."""
    cut = ((_words(plain), begins) for plain, begins in asked(words))
    return [" <-> ".join(found) + (":*" if begins else "") for found, begins in cut if found]


def _words(line: str) -> list[str]:
    plain = "".join(c for c in unicodedata.normalize("NFD", line.lower()) if not unicodedata.combining(c))
    return [word[:LONGEST_WORD] for word in re.findall(r"[^\W_]+", plain)]
