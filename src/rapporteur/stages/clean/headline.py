"""Headlines: the short line without a full stop that stands apart above the body, and the agency slugs around it.

Slugs are the desk's words to other desks: "1st Ld-Writethru:", "URGENT", "ATTENTION - ADDS quotes ///", "Roundup:",
"(RECASTS)".
"""

from __future__ import annotations

import re
from typing import NamedTuple

from rapporteur.stages.clean.byline import is_person
from rapporteur.stages.clean.lines import Layout, Line

_LEADING_SLUG = re.compile(
    r"(?:(?:\d{1,2}(?:st|nd|rd|th)\s+)?(?:Ld|Lead|LD|LEAD|Lede)(?:[ -]?(?:Write|Writethru|WRITETHRU|Writethrough"
    r"|All|ALL|Recast|Add|Update))*"
    r"|Writethru|WRITETHRU|URGENT|Urgent|FLASH|Flash|BULLETIN|ALERT|BREAKING(?:\sNEWS)?|EXCLUSIVE|Exclusive|ADVISORY|EMBARGOED"
    r"|CORRECTED|Corrected|CORRECTION"
    r"|UPDATE\s?\d{0,2}|WRAPUP\s?\d{0,2}|RPT|REFILE|Roundup|ROUNDUP|Round-up|Feature|FEATURE|Interview|INTERVIEW"
    r"|Backgrounder|Analysis|ANALYSIS"
    r"|News\sAnalysis|NEWS\sANALYSIS|Commentary|Profile|Factbox|FACTBOX|Chronology|Timeline|TIMELINE|Highlights"
    r"|Spotlight|Weekly\sReview|Yearender"
    r"|Special\sReport|Newsletter|Correction|Kicker|WATCH|VIDEO|PHOTOS)(?:\s?\(\d{1,2}\))?\s*(?::|--?|–|—|\|)\s*"
)
_WHOLE_SLUG = re.compile(
    r"(?:ATTENTION\b.{0,200}|[=(/\s-]*\(?(?:PICTURES?|PHOTOS?|GRAPHICS?|FILES?|VIDEO|RECASTS?|ADDS?|UPDATES?"
    r"|CORRECTS?)[^a-z]{0,80}|[=/#*\s.-]{1,40}|"
    r"URGENT|FLASH|BULLETIN|ALERT)(?:\s*/{2,3})?"
)
_TRAILING_SLUG = re.compile(
    r"\s*(?:/{2,3}|=\s*\((?:PICTURES?|GRAPHICS?)\)\s*=?|\((?:PICTURES?|PHOTOS?|VIDEO|GRAPHICS?|updated?"
    r"|WITH PICTURES)\))$",
    re.I,
)
_TITLE_BYLINE = re.compile(
    r"\s+by\s+((?:[A-Z][\w.'’-]+)(?:[ -](?:(?:de|van|von|der|al|el|bin)\s)?[A-Z][\w.'’-]+){1,3}(?:\s+(?:and"
    r"|et)\s+[A-Z][\w.'’ -]{2,40})?)\s*$"
)
_SEPARATORS = re.compile(r"\s[|/>»~·•*]\s|\s-\s|//|\s[–—]\s")
_ADDRESS = re.compile(r"https?://|www\.|\b[\w-]+\.(?:com|org|net|info)\b")
LONGEST = 200  # characters; the longest headline seen in 2,371 agency reports and 1,310 pages had 163
HEAD_LINES = 16
STANDFIRST = 20  # words: what stands below a headline and sums the report up is longer than headlines are
_CLAUSES = re.compile(r"[a-z”\"][.…]+[\s”\"]?\S")


class Headline(NamedTuple):
    """A headline at code points [start, end), the slugs that stood around it, and names of a byline run on to it."""

    start: int
    end: int
    slugs: tuple[str, ...]
    byline: tuple[str, ...]


def split_slugs(title: str) -> tuple[int, int, tuple[str, ...]]:
    """Where the words of a headline begin and end inside ``title``, and the slugs before and after; start = end when it
    is all slug.
    """
    if _WHOLE_SLUG.fullmatch(title):
        return 0, 0, (title.strip(" =/"),) if title.strip(" =/-.#*") else ()
    start, end, slugs = 0, len(title), []
    for _ in range(3):  # "URGENT: 1st Ld: Roundup: ..."
        leading = _LEADING_SLUG.match(title, start)
        if leading is None or leading.end() >= end:
            break
        slugs.append(leading[0].strip(" :|-–—"))
        start = leading.end()
    trailing = _TRAILING_SLUG.search(title, max(start, end - 40))
    if trailing is not None and trailing.start() > start:
        slugs.append(trailing[0].strip(" =/"))
        end = trailing.start()
    return start, end, tuple(slug for slug in slugs if slug)


def find_headline(layout: Layout, before: int, taken: frozenset[int]) -> Headline | None:
    """The headline among the lines above line ``before``; ``taken`` are the numbers of lines known to be"
    " something else."""
    candidates = [line for line in layout.lines[: min(before, HEAD_LINES)] if line.number not in taken and _may_be(line)]
    if not candidates:
        return None
    best = max(candidates, key=lambda line: (_score(line), line.number))
    return _cut(layout.text, best)


def _cut(text: str, line: Line) -> Headline:
    start, end, slugs = split_slugs(line.text)
    byline = _TITLE_BYLINE.search(line.text, start, end)
    names: tuple[str, ...] = ()
    if byline is not None and byline.start() - start >= 15:  # "Death by Design" is a title
        persons = tuple(name for name in re.split(r"\s+(?:and|et)\s+", byline[1]) if is_person(name))
        if persons:
            names, end = persons, start + split_slugs(line.text[start : byline.start()])[1]
    return Headline(line.start + start, line.start + end, slugs, names)


def _may_be(line: Line) -> bool:
    return (
        len(line.text) <= LONGEST
        and not line.bullet
        and not _ADDRESS.search(line.text)
        and not line.text.endswith((".", ":", ";", ","))
    )


def _score(line: Line) -> float:
    """More words, and small letters among them, make a headline; separators make a navigation line, one to four words a
    masthead.
    """
    words = line.text.split()
    small = sum(word[0].islower() for word in words)
    score = min(len(words), 12) + min(small, 4) * 0.5
    score -= 4 * len(_SEPARATORS.findall(line.text))
    score -= max(0, len(words) - STANDFIRST) * 0.5
    if _CLAUSES.search(line.text):
        score -= 2
    if line.gap_before and line.gap_after:
        score += 2
    if _WHOLE_SLUG.fullmatch(line.text):
        score -= 8
    return score
