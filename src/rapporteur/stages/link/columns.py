"""The tokens of a report as parallel columns, and its sentences: what a profile stores."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

from rapporteur.language.sentences import paragraphs, sentences
from rapporteur.model.report import Report
from rapporteur.stages.link.background import weigh_key, weight
from rapporteur.stages.link.terms import NAME, NUMBER, TOKEN, WORD, form, number_key

BODY, LINE = 0, 1
SCALE = 24.0
"""Steps per nat of a stored weight: 255 / 24 = 10.6 nats, above the heaviest term."""
STRAY = 16
"""Words: a line with as many is running text even when its full stop is missing."""
MOST_TOKENS = 8_000
"""Tokens of a report that are looked at: beyond that it is a book or a data dump, and its beginning identifies it."""

_NAME_LIKE = round(6.0 * SCALE)
"""A capitalised word that opens a sentence counts as a name only when it is rare; frequent ones are mostly plain words."""
_CLOSED = re.compile(r"[.!?…:;][\"'”’)\]»]{0,4}$")

Fact = tuple[int, int, int, float | None, float | None]
Row = tuple[int, int, int]


@lru_cache(maxsize=200_000)
def _fact(surface: str) -> Fact:
    """Key, kind, weight in steps, value and scale of a surface form."""
    word = form(surface)
    return word.key, word.kind, min(255, round(weight(surface) * SCALE)), word.value, word.scale


class Columns:
    """Parallel over the tokens of a report outside its furniture: term key, kind, weight in steps, first and last code point.

    ``rows`` are its sentences as (first token, token after the last, role: ``BODY`` or ``LINE``).
    """

    def __init__(self, report: Report) -> None:
        self.keys: list[int] = []
        self.kinds: list[int] = []
        self.weights: list[int] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.rows: list[Row] = []
        self._read(report)

    def _read(self, report: Report) -> None:
        text = report.text
        for begin, stop in paragraphs(text, report.furniture):
            first = len(self.keys)
            self._paragraph(text, begin, stop)
            last = len(self.keys)
            if last == first:
                continue
            # A short paragraph without an end mark is a headline, a menu or a label, not running text.
            stray = last - first < STRAY and _CLOSED.search(text, max(begin, stop - 8), stop) is None
            if stray:
                self.rows.append((first, last, LINE))
            else:
                self._sentences(text, (begin, stop), (first, last))
            if last >= MOST_TOKENS:
                return

    def _sentences(self, text: str, paragraph: tuple[int, int], tokens: tuple[int, int]) -> None:
        at = tokens[0]
        for _, end in sentences(text, *paragraph):
            after = bisect_left(self.starts, end, at, tokens[1])
            if after > at:
                self.rows.append((at, after, BODY))
                if self.kinds[at] == NAME and self.weights[at] < _NAME_LIKE:
                    self.kinds[at] = WORD
            at = after

    def _paragraph(self, text: str, start: int, end: int) -> None:
        matches = list(islice(TOKEN.finditer(text, start, end), MOST_TOKENS - len(self.keys)))
        if not matches:
            return
        first = len(self.keys)
        keys, kinds, weights, values, scales = zip(*[_fact(m[0]) for m in matches], strict=True)
        self.keys += keys
        self.kinds += kinds
        self.weights += weights
        spans = [m.span() for m in matches]
        self.starts += [s for s, _ in spans]
        self.ends += [e for _, e in spans]
        if NUMBER in kinds:
            self._join_numbers(text, first, values, scales)

    def _join_numbers(self, text: str, first: int, values: Sequence[float | None], scales: Sequence[float | None]) -> None:
        """Makes one token of a number in several: "4.5 million", "twenty-two"."""
        spent = []
        held, last = -1, 0.0
        for i, (value, scale) in enumerate(zip(values, scales, strict=True), first):
            if held >= 0 and self._goes_on(text, held, last, (value, scale), i):
                last = last * scale if scale is not None else last + (value or 0.0)
                self._extend(held, last, self.ends[i])
                spent.append(i)
            elif value is not None:
                held, last = i, value
            else:
                held = -1
        for i in reversed(spent):
            for column in (self.keys, self.kinds, self.weights, self.starts, self.ends):
                del column[i]

    def _goes_on(self, text: str, held: int, last: float, more: tuple[float | None, float | None], at: int) -> bool:
        """Whether the token at ``at`` belongs to the number at ``held``: a scale, or the "two" of "twenty-two"."""
        value, scale = more
        between = text[self.ends[held] : self.starts[at]]
        if scale is not None:
            return between in (" ", "-", "")
        return value is not None and 1 <= value <= 9 and 20 <= last <= 90 and last % 10 == 0 and between == "-"

    def _extend(self, at: int, value: float, end: int) -> None:
        key = number_key(value)
        self.keys[at], self.kinds[at], self.ends[at] = key, NUMBER, end
        self.weights[at] = min(255, round(weigh_key(key, NUMBER, value) * SCALE))

    def stray_lines(self) -> list[tuple[int, int]]:
        """Code point ranges of the headline, labels and menus among the text."""
        return [(self.starts[first], self.ends[last - 1]) for first, last, role in self.rows if role == LINE]
