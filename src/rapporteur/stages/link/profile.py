"""The profile of a report: all that linking needs of it, small enough to keep beside every report of a large record."""

from __future__ import annotations

import datetime
import re
from functools import cached_property
from typing import NamedTuple

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from rapporteur.model.reading import Reading
from rapporteur.model.report import Report
from rapporteur.stages.link import credits
from rapporteur.stages.link.columns import BODY, SCALE, Columns
from rapporteur.stages.link.terms import NAME, NUMBER

PROFILE_VERSION = 2
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
    carrier of news stands; ``agency`` and ``place`` are its dateline's (``signed``), or the agency is known by how it
    speaks of itself; ``plain`` whether it looks like agency
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
    signed: bool
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
    def vocabulary(self) -> Vocabulary:
        """The distinct terms of its body, for the cheap test that comes before a comparison."""
        return Vocabulary.of(self)

    @cached_property
    def arrays(self) -> Arrays:
        """The byte strings as NumPy arrays (read only, no copy) and what is computed from them once."""
        return Arrays.of(self)


class Vocabulary(NamedTuple):
    """The distinct terms of the body sentences that weigh anything, sorted: ``terms``, their weights in nats and ``size``, the
    sum of these; ``where`` each first stands, ``at`` which of them each token is; ``told``, ``role`` and ``sentence_at`` as in
    ``Arrays``."""

    terms: NDArray[np.uint32]
    weights: NDArray[np.float32]
    where: NDArray[np.intp]
    at: NDArray[np.intp]
    size: float
    told: NDArray[np.bool_]
    role: NDArray[np.uint8]
    sentence_at: NDArray[np.int32]

    @classmethod
    def of(cls, profile: Profile) -> Vocabulary:
        terms = np.frombuffer(profile.terms, np.uint32)
        weights = np.frombuffer(profile.weights, np.uint8).astype(np.float32) / SCALE
        rows = np.frombuffer(profile.sentences, np.uint32).reshape(-1, 3)
        lengths = (rows[:, 1] - rows[:, 0]).astype(np.intp)
        role = np.repeat(rows[:, 2].astype(np.uint8), lengths)
        told = (role == BODY) & (weights > 0)
        distinct, where, at = np.unique(terms[told], return_index=True, return_inverse=True)
        heavy = weights[told][where]
        return cls(
            distinct, heavy, where, at, float(heavy.sum()), told, role, np.repeat(np.arange(len(rows), dtype=np.int32), lengths)
        )


class Arrays(NamedTuple):
    """A profile's columns, and what every comparison needs of them, computed once.

    ``told`` masks the tokens of body sentences that weigh anything; ``told_terms`` and ``told_sentences`` are their terms and
    rows, ``number_tokens`` and ``number_terms`` the numbers among them and their terms, by place in ``vocabulary``: the distinct
    terms, sorted, with weights and which of them are names and numbers. ``sentence_at`` is the row in ``sentences`` of each
    token, ``sentence_weights`` the weight of each row's distinct terms (0 for stray lines), ``sentence_total`` their sum,
    ``lead`` the first two rows that weigh anything; ``in_body`` masks the tokens of body sentences. ``runs`` has a hash of the
    ``RUN`` words from each token on, ``run_order`` sorts them to ``sorted_runs``; ``headline`` the terms of the stray lines.
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
    sentence_total: float
    lead: NDArray[np.intp]
    number_tokens: NDArray[np.intp]
    number_terms: NDArray[np.intp]
    vocabulary: NDArray[np.uint32]
    vocabulary_weights: NDArray[np.float32]
    is_name: NDArray[np.bool_]
    is_number: NDArray[np.bool_]
    told_terms: NDArray[np.intp]
    told_sentences: NDArray[np.int32]
    in_body: NDArray[np.bool_]
    runs: NDArray[np.uint64]
    run_order: NDArray[np.intp]
    sorted_runs: NDArray[np.uint64]
    headline: NDArray[np.uint32]
    body_tokens: int
    size: float
    quoting: float

    @classmethod
    def of(cls, profile: Profile) -> Arrays:
        terms = np.frombuffer(profile.terms, np.uint32)
        kinds = np.frombuffer(profile.kinds, np.uint8)
        weights = np.frombuffer(profile.weights, np.uint8).astype(np.float32) / SCALE
        quoted = np.frombuffer(profile.quoted, np.uint8)
        rows = np.frombuffer(profile.sentences, np.uint32).reshape(-1, 3)
        vocabulary, heavy, where, at, size, told, role, sentence_at = profile.vocabulary
        once = np.unique(sentence_at[told].astype(np.uint64) << np.uint64(32) | terms[told], return_index=True)[1]
        sentence_weights = np.bincount(sentence_at[told][once], weights[told][once], len(rows)).astype(np.float32)
        body = role == BODY
        in_order = runs(terms)
        run_order = np.argsort(in_order)
        own_kinds = kinds[told][where]
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
            float(sentence_weights.sum()),
            np.flatnonzero(sentence_weights > 0)[:2],
            np.flatnonzero(told & (kinds == NUMBER)),
            at[kinds[told] == NUMBER],
            vocabulary,
            heavy,
            own_kinds == NAME,
            own_kinds == NUMBER,
            at,
            sentence_at[told],
            body,
            in_order,
            run_order,
            in_order[run_order],
            np.unique(terms[~body & (weights > 0)]),
            int(body.sum()),
            size,
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


def profile(reading: Reading) -> Profile:
    """The profile of ``reading``: a function of the reading alone, about a millisecond for 300 words."""
    report = reading.report
    columns = Columns(report)
    day, last_day, minute = published_days(report)
    stray = sorted(columns.stray_lines() + [line for f in report.furniture for line in _lines_of(report.text, f.start, f.end)])
    found = credits.labels_and_credits(report, stray)
    starts = np.array(columns.starts, np.uint32)
    ends = np.array(columns.ends, np.uint32)
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
        found.signed,
        _plain(found.dateline_at, stray),
        len(stray),
        np.array(columns.keys, np.uint32).tobytes(),
        starts.tobytes(),
        np.minimum(ends - starts, 255).astype(np.uint8).tobytes(),
        bytes(columns.kinds),
        bytes(columns.weights),
        _quoted(report.text, starts).tobytes(),
        np.array(columns.rows, np.uint32).reshape(-1, 3).tobytes(),
    )


def _lines_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Code point ranges of the lines of ``text[start:end]`` that are not blank."""
    return [(start + m.start(), start + m.end()) for m in re.finditer(r"[^\n]*\S", text[start:end])]


def _plain(dateline: int | None, stray: list[tuple[int, int]]) -> bool:
    """Agency copy as filed: at most a headline before the dateline. (Tables and lists may follow, menus do not come first.)"""
    return dateline is not None and sum(start < dateline for start, _ in stray) <= 1


def _quoted(text: str, starts: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """1 for every token inside quotation marks; an unclosed mark ends with its paragraph."""
    marks = np.array([m.span(1) for m in _QUOTED.finditer(text)], np.int64).reshape(-1, 2)
    if not len(marks):
        return np.zeros(len(starts), np.uint8)
    at = np.searchsorted(marks[:, 0], starts, "right") - 1
    inside: NDArray[np.uint8] = ((at >= 0) & (starts < marks[at, 1])).astype(np.uint8)
    return inside


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
