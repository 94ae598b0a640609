"""Paragraphs and sentences of running text by rule; no character is altered.

A sentence ends at . ? ! or an ellipsis, with its closing quotes and brackets, when white space and something that can open a
sentence follow, unless the full stop belongs to an abbreviation, an initial or a number. Line ends are decided for a text as a
whole: in hard-wrapped copy (old wire and mail formats) a single line end is a space, elsewhere it ends the paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapporteur.language.tokens import ABBREVIATIONS
from rapporteur.model.spans import Span

_BLANK_LINE = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_END = re.compile(r"(?:[.?!]+|…)[\"'”’)\]»]{0,4}(?:\s?\[(?:\d{1,3}|\.{3}|…)\]){0,4}(?=\s|$)")
# With the note marks ("[17]") and marks of omission ("[...]") that follow a full stop.
_OPENER = re.compile(r"\s+([\"'“‘(\[«¿¡*•-]{0,4}\s?)(\S)")
_LAST_WORD = re.compile(r"([^\W_]+)\.[\"'”’)\]»]{0,4}$")
_TERMINAL = frozenset('.?!:"”’)…;')
_LIST_ITEM = re.compile(r"\s*(?:[-–—*•·]\s|\d{1,2}[.)]\s)")

NEVER_LAST = frozenset(
    (
        "Mr Mrs Ms Dr Prof Gen Lt Col Maj Capt Cmdr Cdr Sgt Cpl Pvt Adm Brig Sen Rep Gov Rev Hon Messrs Mme Mlle Msgr St Mt Ft vs"
    ).split()
)
"""Abbreviations that stand before a name and so end no sentence, whatever follows."""

STARTERS = frozenset(
    (
        "The A An In On At It He She They We I But And However This That These Those There If When While As For From "
        "With After Before Since His Her Their Its Our Some Many Most Several Both All No Not One Two Another Also "
        "Earlier Meanwhile Later Yet So Such According Asked Under Although Though Because During By To Of Or What Who "
        "How Why Where You My Last Next Now Then"
    ).split()
)
"""Words that open a sentence and are hardly ever part of a name: they tell "the U.S. The" from "the U.S. Senate"."""


def paragraphs(text: str, skip: Sequence[Span] = ()) -> list[tuple[int, int]]:
    """Half-open code point ranges of the paragraphs of ``text`` outside ``skip`` (sorted spans); never empty, never blank."""
    breaks = {m.span() for m in _BLANK_LINE.finditer(text)}
    if not _hard_wrapped(text):
        breaks |= {(i, i + 1) for i, c in enumerate(text) if c == "\n"}
    else:
        breaks |= {(m.start(), m.start() + 1) for m in re.finditer(r"\n(?=[^\S\n]{0,8}(?:[-–—*•·]\s|\d{1,2}\)\s))", text)}
    cuts = sorted(breaks | {(s.start, s.end) for s in skip})
    out: list[tuple[int, int]] = []
    at = 0
    for start, end in [*cuts, (len(text), len(text))]:
        if start > at:
            stretch = text[at:start]
            left = at + len(stretch) - len(stretch.lstrip())
            right = start - (len(stretch) - len(stretch.rstrip()))
            if right > left:
                out.append((left, right))
        at = max(at, end)
    return out


def _hard_wrapped(text: str) -> bool:
    """Whether single line ends only wrap: most lines inside blocks stop short of 100 characters without ending a sentence."""
    inside = wrapped = 0
    for block in _BLANK_LINE.split(text[:20000]):
        lines = block.strip("\n").split("\n")
        for line in lines[:-1]:
            line = line.rstrip()
            if not line:
                continue
            inside += 1
            wrapped += len(line) <= 100 and line[-1] not in _TERMINAL and not _LIST_ITEM.match(line)
    # Half: in wrapped copy about nine line ends in ten fall inside a sentence, in lists and menus of short lines too, but
    # those have no blocks of running text around them.
    return inside >= 3 and wrapped >= 0.5 * inside and _has_running_lines(text)


def _has_running_lines(text: str) -> bool:
    lengths = [len(line) for line in text[:20000].split("\n") if line.strip()]
    return sum(45 <= n <= 100 for n in lengths) >= 0.5 * len(lengths)


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Half-open code point ranges of the sentences of the paragraph ``text[start:end]``."""
    out: list[tuple[int, int]] = []
    at = start
    for m in _END.finditer(text, start, end):
        stop = m.end()
        follow = _OPENER.match(text, stop, end)
        if follow is None:
            break
        if _is_end(text, at, m.group(), stop, follow):
            out.append((at, stop))
            at = follow.start(1) if follow.group(1).strip() else follow.start(2)
    if at < end:
        out.append((at, end))
    return out


def _is_end(text: str, at: int, mark: str, stop: int, follow: re.Match[str]) -> bool:
    if mark.endswith("]") and "[" in mark:
        return True
    first = follow.group(2)
    opened = bool(follow.group(1).strip())
    if first.islower() and not opened:
        return False
    if "?" in mark or "!" in mark:
        # "Who knows?" he asked: a lower-case word goes on with the sentence; handled above.
        return True
    if mark.startswith("..") or mark.startswith("…"):
        return first.isupper() or opened
    last = _LAST_WORD.search(text, max(at, stop - 40), stop)
    if last is None:
        return not (first.islower() and opened) or first == '"'
    word = last.group(1)
    if len(word) > 1 and word.isupper():
        word = word.capitalize()
    begin = last.start()
    dotted = begin >= 2 and text[begin - 1] == "." and text[begin - 2].isalpha()
    closed = not mark.endswith(".")
    if closed and len(word) > 1:
        return True
    next_word = _word_at(text, follow.start(2))
    if dotted:
        if text[begin - 2 : begin + 1].lower() in ("e.g", "i.e"):
            return False
        return opened or next_word in STARTERS
    if word in ("c", "p", "no", "nos") and first.isdigit():
        return False
    if len(word) == 1 and word.isupper():
        return word == "I" or next_word in STARTERS
    if word in NEVER_LAST:
        return False
    if word in ABBREVIATIONS:
        if word in {"No", "Nos", "Art"}:
            return not first.isdigit()
        if first.isdigit():
            return False
        return word in _WORDS_TOO or next_word in STARTERS
    return True


_WORDS_TOO = frozenset(
    ["Art", "Sun", "Sat", "Wed", "Mon", "Miss", "Mass", "Ill", "al", "ed", "est", "Mo", "Ore", "Wash", "Co", "Sec", "Pa"]
) - {
    "Co",
    "al",
    "Wed",
}


def _word_at(text: str, at: int) -> str:
    end = at
    while end < len(text) and end - at < 30 and text[end].isalpha():
        end += 1
    return text[at:end]
