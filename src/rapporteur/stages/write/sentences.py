"""Where a sentence begins and ends around a place in a report's text.

A reading carries no parse, so the writer finds the sentence around a claim with a small rule-based splitter in the manner of
Punkt's orthographic heuristics (Kiss and Strunk 2006): a mark ends a sentence unless the word before it is a known
abbreviation or an initial, or the next word does not look like a beginning.
"""

from __future__ import annotations

import re
from bisect import bisect_right

# Titles, months, ranks, companies, places and Latin abbreviations that news English writes with a full stop.
ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof rev hon pres gov sen sens rep reps amb gen lt col maj capt cmdr adm sgt cpl pvt brig supt det st sr jr "
    "jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri sat sun inc ltd co corp bros plc "
    "no nos vs etc al approx est fig ed eds vol dept univ assn ave blvd rd mt ft hr hrs min sq km".split()
)
BREAK = re.compile(r"\n[ \t\r]*\n[\s]*")
END = re.compile(r"[.!?…]+[\"'”’)\]]{0,3}(?=\s)")
WORD_BEFORE = re.compile(r"([\w.&’'-]{1,24})$")
DOTTED = re.compile(r"(?:[A-Z]\.)+[A-Z]")
FUNCTION_WORD = re.compile(r"(?:The|A|An|In|On|He|She|It|They|But|And|This|That|Its|Their|Some|At)\b")
OPENERS = "\"'“‘([—–-"
LONGEST = 700
"""Longest stretch looked at on each side, so that a text without a full stop costs no more than one with."""


def sentence_at(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of the sentence, or sentences, that [start, end) lies in: white space trimmed, never across a blank line.

    At most ``LONGEST`` code points are taken on either side of the place.
    """
    low, high = _paragraph(text, start, end)
    cuts = _cuts(text, low, high)
    first = cuts[bisect_right(cuts, start) - 1]
    after = [c for c in cuts if c >= end]
    last = after[0] if after else high
    while first < last and text[first].isspace():
        first += 1
    while last > first and text[last - 1].isspace():
        last -= 1
    return first, last


def _paragraph(text: str, start: int, end: int) -> tuple[int, int]:
    low, high = max(0, start - LONGEST), min(len(text), end + LONGEST)
    for found in BREAK.finditer(text, low, start):
        low = found.end()
    after = BREAK.search(text, end, high)
    high = after.start() if after else high
    if low > 0 and not text[low - 1].isspace():
        while low < start and not text[low].isspace():
            low += 1
    return low, high


def _cuts(text: str, low: int, high: int) -> list[int]:
    """Places in [low, high] at which a sentence begins, ``low`` first."""
    cuts = [low]
    for found in END.finditer(text, low, high):
        if _ends(text, found, high):
            cuts.append(found.end())
    cuts += [i + 1 for i in _line_ends(text, low, high)]
    return sorted(set(cuts))


def _ends(text: str, found: re.Match[str], high: int) -> bool:
    after = found.end()
    while after < high and text[after].isspace():
        after += 1
    if after >= high:
        return True
    begins = text[after].isupper() or text[after].isdigit() or text[after] in OPENERS
    if not begins or not found.group().startswith("."):
        return begins
    before = WORD_BEFORE.search(text, max(0, found.start() - 24), found.start())
    word = before.group(1) if before else ""
    if text[after] == "(" and word.lower() in ("a.m", "p.m"):
        return False  # "at 2 p.m. (1100 GMT)"
    if found.group() == ".)" and DOTTED.fullmatch(word):
        return bool(FUNCTION_WORD.match(text, after))  # "the United States (U.S.) Thursday said"
    if len(found.group()) > 1:  # a closing quotation mark or dots after the full stop
        return not (word.lower() in ABBREVIATIONS and len(found.group()) == 1)
    if word.lower() in ABBREVIATIONS or (len(word) == 1 and word.isupper()):
        return False
    # "U.S. troops" goes on, "U.S. The" does not: after dotted capitals only a function word in capitals begins a sentence.
    if DOTTED.fullmatch(word):
        return bool(FUNCTION_WORD.match(text, after))
    return True


def _line_ends(text: str, low: int, high: int) -> list[int]:
    """Single line ends that end a block: after a full stop, a short line or a long one (a line of 46 to 100 is wrapped text)."""
    ends = []
    at = text.find("\n", low, high)
    begin = max(text.rfind("\n", 0, low) + 1, low)
    while at != -1:
        line = text[begin:at].rstrip()
        if not line or line[-1] in '.!?:"”’…|' or not 45 < len(line) <= 100:
            ends.append(at)
        begin, at = at + 1, text.find("\n", at + 1, high)
    return ends
