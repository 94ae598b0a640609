"""The profile of a report: all that linking needs of it, small enough to keep beside every report of a large record."""

from __future__ import annotations

import datetime
import re
from functools import cached_property
from typing import NamedTuple

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from rapporteur.language.sentences import paragraphs, sentences
from rapporteur.model.reading import Reading
from rapporteur.model.report import Report
from rapporteur.stages.link import credits
from rapporteur.stages.link.background import weigh_key, weight
from rapporteur.stages.link.terms import NAME, NUMBER, TOKEN, WORD, Form, form, number_key

PROFILE_VERSION = 1
BODY, LINE = 0, 1
MOST_TOKENS = 20_000
"""Tokens of a report that are looked at: beyond that it is a book or a data dump, and its beginning identifies it."""

_CLOSED = re.compile(r"[.!?…:;][\"'”’)\]»]{0,4}$")
_QUOTED = re.compile(r"[\"“]([^\"“”\n]{1,600})[\"”]")


class Profile(Struct, frozen=True, array_like=True, dict=True):
    """What one report is compared by.

    Parallel over its tokens, little endian: ``terms`` uint32 keys, ``starts`` uint32 and ``lengths`` uint8 code points,
    ``kinds`` uint8 (word, name, number, stop), ``weights`` uint8 in 1/24 nat, ``quoted`` uint8 (1 inside quotation marks).
    ``sentences`` uint32 rows (first token, token after the last, role): body or stray line (headline, menu,
    label); furniture has no tokens.
    ``day`` and ``last_day`` are the first and last proleptic ordinal day it may have been published on, ``minute`` the minute of
    the day where it is known. ``labels`` are names the report goes by (agency, outlet, names on lines of their own), lower case;
    ``credited`` names that stand where a
    carrier of news stands; ``agency`` and ``place`` are its dateline's, ``plain`` whether it looks like agency
    copy as filed (a headline and a dateline over running text); ``update`` which lead it calls
    itself (0: none); ``stray`` the number of its stray lines.
    """

    version: int
    report: str
    day: int | None
    last_day: int | None
    minute: int | None
    agency: str | None
    outlet: str | None
    place: str | None
    labels: tuple[str, ...]
    credited: tuple[str, ...]
    update: int
    plain: bool
    stray: int
    terms: bytes
    starts: bytes
    lengths: bytes
    kinds: bytes
    weights: bytes
    quoted: bytes
    sentences: bytes

    @cached_property
    def arrays(self) -> Arrays:
        """The byte strings as NumPy arrays (read only, no copy) and what is computed from them once."""
        return Arrays.of(self)


class Arrays(NamedTuple):
    """A profile's columns, and what every comparison needs of them, computed once.

    ``told`` masks the tokens of body sentences that weigh anything; ``vocabulary`` their distinct terms, sorted, with weights and
    kinds; ``sentence_at`` the row in ``sentences`` of each token, ``sentence_weights`` the weight of each row's distinct terms
    (0 for stray lines); ``runs`` a hash of the ``RUN`` words from each token on; ``headline`` the terms of the stray lines.
    """

    terms: NDArray[np.uint32]
    starts: NDArray[np.uint32]
    lengths: NDArray[np.uint8]
    kinds: NDArray[np.uint8]
    weights: NDArray[np.float32]
    quoted: NDArray[np.uint8]
    sentences: NDArray[np.uint32]
    role: NDArray[np.uint8]
    told: NDArray[np.bool_]
    sentence_at: NDArray[np.int32]
    sentence_weights: NDArray[np.float32]
    number_tokens: NDArray[np.intp]
    vocabulary: NDArray[np.uint32]
    vocabulary_weights: NDArray[np.float32]
    vocabulary_kinds: NDArray[np.uint8]
    runs: NDArray[np.uint64]
    headline: NDArray[np.uint32]
    size: float
    quoting: float

    @classmethod
    def of(cls, profile: Profile) -> Arrays:
        terms = np.frombuffer(profile.terms, np.uint32)
        kinds = np.frombuffer(profile.kinds, np.uint8)
        weights = np.frombuffer(profile.weights, np.uint8).astype(np.float32) / SCALE
        quoted = np.frombuffer(profile.quoted, np.uint8)
        rows = np.frombuffer(profile.sentences, np.uint32).reshape(-1, 3)
        lengths = (rows[:, 1] - rows[:, 0]).astype(np.intp)
        role = np.repeat(rows[:, 2].astype(np.uint8), lengths)
        sentence_at = np.repeat(np.arange(len(rows), dtype=np.int32), lengths)
        told = (role == BODY) & (weights > 0)
        vocabulary, where = np.unique(terms[told], return_index=True)
        heavy = weights[told][where]
        once = np.unique(sentence_at[told].astype(np.uint64) << np.uint64(32) | terms[told], return_index=True)[1]
        sentence_weights = np.bincount(sentence_at[told][once], weights[told][once], len(rows)).astype(np.float32)
        body = role == BODY
        return cls(
            terms,
            np.frombuffer(profile.starts, np.uint32),
            np.frombuffer(profile.lengths, np.uint8),
            kinds,
            weights,
            quoted,
            rows,
            role,
            told,
            sentence_at,
            sentence_weights,
            np.flatnonzero(told & (kinds == NUMBER)),
            vocabulary,
            heavy,
            kinds[told][where],
            runs(terms),
            np.unique(terms[~body & (weights > 0)]),
            float(heavy.sum()),
            float(quoted[body].mean()) if body.any() else 0.0,
        )


RUN = 5
"""Words in a row that make a verbatim passage: four recur by chance in news ("the United States and"), six miss light edits."""


def runs(terms: NDArray[np.uint32], length: int = RUN) -> NDArray[np.uint64]:
    """A 64-bit hash of the ``length`` terms from each token on; ``length - 1`` fewer than the tokens."""
    n = len(terms) - length + 1
    if n <= 0:
        return np.zeros(0, np.uint64)
    wide = terms.astype(np.uint64)
    out = np.zeros(n, np.uint64)
    for k in range(length):
        out = (out ^ wide[k : k + n]) * np.uint64(0x9E3779B97F4A7C15)  # 2**64 / golden ratio: spreads the bits
        out ^= out >> np.uint64(29)
    return out


SCALE = 24.0
"""Steps per nat of a stored weight: 255 / 24 = 10.6 nats, above the heaviest term."""


def profile(reading: Reading) -> Profile:
    """The profile of ``reading``: a function of the reading alone, about a millisecond for 300 words."""
    report = reading.report
    tokens, rows = _tokens(report)
    marks = _quotations(report.text)
    quoted = bytes(_inside(marks, [t.start for t in tokens]))
    day, last_day, minute = published_days(report)
    stray = [(tokens[first].start, tokens[last - 1].end) for first, last, role in rows if role == LINE]
    stray = sorted(stray + [line for f in report.furniture for line in _lines_of(report.text, f.start, f.end)])
    found = credits.labels_and_credits(report, stray)
    return Profile(
        PROFILE_VERSION,
        report.id,
        day,
        last_day,
        minute,
        found.agency,
        found.outlet,
        found.place,
        found.labels,
        found.credited,
        found.update,
        _plain(found.dateline_at, stray),
        len(stray),
        np.array([t.key for t in tokens], np.uint32).tobytes(),
        np.array([t.start for t in tokens], np.uint32).tobytes(),
        bytes(min(t.end - t.start, 255) for t in tokens),
        bytes(t.kind for t in tokens),
        bytes(min(255, round(t.weight * SCALE)) for t in tokens),
        quoted,
        np.array(rows, np.uint32).reshape(-1, 3).tobytes(),
    )


def _lines_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Code point ranges of the lines of ``text[start:end]`` that are not blank."""
    return [(start + m.start(), start + m.end()) for m in re.finditer(r"[^\n]*\S", text[start:end])]


def _plain(dateline: int | None, stray: list[tuple[int, int]]) -> bool:
    """Agency copy as filed: at most a headline before the dateline. (Tables and lists may follow, menus do not come first.)"""
    return dateline is not None and sum(start < dateline for start, _ in stray) <= 1


class _Token(NamedTuple):
    key: int
    kind: int
    weight: float
    start: int
    end: int
    value: float | None


def _tokens(report: Report) -> tuple[list[_Token], list[tuple[int, int, int]]]:
    """Tokens of the text outside furniture, and its sentences as (first token, token after the last, role)."""
    text = report.text
    tokens: list[_Token] = []
    rows: list[tuple[int, int, int]] = []
    for begin, stop in paragraphs(text, report.furniture):
        # A short paragraph without an end mark is a headline, a menu or a label, not running text.
        stray = _CLOSED.search(text, max(begin, stop - 8), stop) is None
        for start, end in sentences(text, begin, stop):
            first = len(tokens)
            _tokenise(text, start, end, tokens)
            if len(tokens) > MOST_TOKENS:
                return tokens, rows
            if len(tokens) > first:
                rows.append((first, len(tokens), LINE if stray and len(tokens) - first < STRAY else BODY))
    return tokens, rows


STRAY = 16
"""Words: a line with as many is running text even when its full stop is missing."""


def _tokenise(text: str, start: int, end: int, out: list[_Token]) -> None:
    first = len(out)
    for m in TOKEN.finditer(text, start, end):
        surface = m.group()
        word = form(surface)
        kind, heavy = word.kind, weight(surface)
        if len(out) > first and out[-1].value is not None:
            value = _joined(text, out[-1], word, m)
            if value is not None:
                key = number_key(value)
                out[-1] = _Token(key, NUMBER, weigh_key(key, NUMBER, value), out[-1].start, m.end(), value)
                continue
        if kind == NAME and len(out) == first and heavy < _NAME_LIKE:
            kind = WORD
        out.append(_Token(word.key, kind, heavy, m.start(), m.end(), word.value))


_NAME_LIKE = 6.0
"""A capitalised word that opens a sentence counts as a name only when it is rare; frequent ones are mostly plain words."""


def _joined(text: str, last: _Token, word: Form, m: re.Match[str]) -> float | None:
    """The value of a number that goes on: "4.5 million", "twenty-two"; None when ``word`` is no part of it."""
    assert last.value is not None
    if word.scale is not None:
        return last.value * word.scale
    tens = last.value
    if word.value is not None and 1 <= word.value <= 9 and 20 <= tens <= 90 and tens % 10 == 0:
        return tens + word.value if text[last.end : m.start()] == "-" else None
    return None


def _quotations(text: str) -> list[tuple[int, int]]:
    """Code point ranges between quotation marks; an unclosed mark ends with its paragraph."""
    return [m.span(1) for m in _QUOTED.finditer(text)]


def _inside(ranges: list[tuple[int, int]], starts: list[int]) -> list[int]:
    out = [0] * len(starts)
    i = 0
    for k, at in enumerate(starts):
        while i < len(ranges) and ranges[i][1] <= at:
            i += 1
        out[k] = int(i < len(ranges) and ranges[i][0] <= at)
    return out


_SPREAD = {"week": 7, "month": 31, "season": 92, "quarter": 92, "year": 366, "decade": 3653}
"""Days that a date of this precision may stand for; "vague" has none."""


def published_days(report: Report) -> tuple[int | None, int | None, int | None]:
    """First and last day (ordinals) on which ``report`` may have been published, and the minute of the day (UTC as given)."""
    date = report.published
    if date is None or date.precision == "vague":
        return None, None, None
    m = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:[T ](\d\d)(?::(\d\d))?)?", date.value)
    if m is None:
        return None, None, None
    try:
        first = datetime.date(int(m[1]), int(m[2] or 1), int(m[3] or 1)).toordinal()
    except ValueError:
        return None, None, None
    length = 1 if m[3] and date.precision not in _SPREAD else _SPREAD.get(date.precision, 31 if m[2] else 366)
    minute = int(m[4]) * 60 + int(m[5] or 0) if m[4] and date.precision in ("minute", "hour") else None
    return first, first + length - 1, minute
