"""Whether a report is running text or a list: prices, results, line-ups, an agency's agenda, a page of headlines.

A list tells nothing in sentences. What an extractor reads from it ("Death toll rises to 146" between two share prices, the
schedule of a cup) is torn from what it belongs to, so that its claims are not read; its names and times are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapporteur.model.report import ReportForm
from rapporteur.stages.clean.lines import LONG, Layout, Line

FEWEST = 4
"""Lines of a list. Of 2,371 agency reports four bulletins of two or three lines without a full stop are running text."""
RUNNING = 0.6
"""Share of the words in running text below which a report is a list. In the same reports, read by hand: all 24 below .6 are
lists; of the nine from .6 to .7 with as many such lines, five."""
MUCH = 100
"""Words of running text from which on a report is one, whatever else its page holds. Lists of the agency reports have up to 62
(highlights of a day 162); of 1,310 saved pages with much beside their text 11 would be lost without it."""
SHORT = 6
"""Words below which a line is no sentence, whatever ends it."""
ITEM = 12
"""Words below which what stands behind a mark of a list is an item of it; the numbered paragraphs of an accord are longer."""
WRAPPED = 1 / 3
"""Share of the lines of a block that begin in lower case, from which on they are one paragraph cut at the width of a screen."""
_MARK = re.compile(r"(?:[-–—•*◆▪●·‣+#]|--|\d{1,2}[.)])\s*")
_ADVISORY = re.compile(
    r"\b(?:stories|events|items)\b[^.]{0,60}\b(?:scheduled|due|planned|expected) to be (?:covered|filed|moved|issued|released)\b|"
    r"\bplan to (?:file|move|issue|cover) the following\b|\bnews (?:advisory|agenda|diary|schedule)\b",
    re.IGNORECASE,
)
"""By which an agency tells its desks what it will send."""
_HEAD = 300
"""Code points in which it says so."""
_ENDS = re.compile(r"[;,:]$|\band$")
"""How the paragraphs of a text of law end besides a full stop."""
_INSIDE = re.compile(r"[a-z]{2}[.!?][”\"’)\d\[\]]*\s+[“\"‘]?[A-Z]")
"""A sentence's end within a paragraph whose own end was lost."""


def form_of(layout: Layout, passed_over: frozenset[int]) -> ReportForm:
    """The form of a text; ``passed_over``: numbers of the lines that are furniture."""
    if _ADVISORY.search(layout.text, 0, _HEAD):
        return "list"
    listed = running = count = 0
    for block in _blocks([line for line in layout.lines if line.number not in passed_over]):
        wrapped = _is_wrapped(block)
        for line in block:
            if wrapped or _runs(line):
                running += line.words
            else:
                listed, count = listed + line.words, count + 1
    return "list" if count >= FEWEST and running < min(MUCH, RUNNING * (running + listed)) else "prose"


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines between which no empty line stands."""
    block: list[Line] = []
    for line in lines:
        if block and line.gap_before:
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _is_wrapped(block: Sequence[Line]) -> bool:
    return len(block) > 2 and sum(line.text[0].islower() for line in block[1:]) >= WRAPPED * (len(block) - 1)


def _runs(line: Line) -> bool:
    mark = _MARK.match(line.text)
    words = line.words - len(mark.group().split()) if mark else line.words
    least = ITEM if mark else SHORT
    ends = line.sentence or _ENDS.search(line.text) or (len(line.text) >= LONG and _INSIDE.search(line.text))
    return words >= least and bool(ends)
