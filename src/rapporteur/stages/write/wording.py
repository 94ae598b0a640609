"""Findings to lines: the report's own sentence with who publishes it, and how the finding stands beside it.

Nothing is composed freely. A line is a sentence of a cited report, trimmed of its dateline and, when long, cut at a clause
with an ellipsis; what the writer adds are the few connecting words listed in ``guard.TEMPLATES``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapporteur.model.account import Finding
from rapporteur.model.claims import CommitmentClaim, EventClaim, FigureClaim, PositionClaim, StatementClaim
from rapporteur.model.spans import Span
from rapporteur.stages.write.doubts import background, day_spelt_out
from rapporteur.stages.write.numbers import numbers
from rapporteur.stages.write.passages import Passage, Passages
from rapporteur.stages.write.speakers import PRONOUNS
from rapporteur.stages.write.victims import victims

COMFORTABLE, BEARABLE = 240, 1.35
"""Longest sentence, in code points, that a line takes whole (three lines of the page's measure); one that is longer by no more
than this factor and has no clause mark to cut at is taken whole too, rather than broken off at a word."""
SHORTEST = 35
FEWEST_WORDS = 6
"""Words below which a phrase out of its sentence seldom says who did what ("Monday's first airlift")."""
PHRASE = 60
"""Longest figure, in code points, set against another in a line."""
ROW = 360
"""Longest text of a table row in code points: nearly every sentence stands whole. At 240, what was cut from one sentence in fifty
was its verb."""
MOST_CITES = 8
"""Citations shown on one line; the finding itself keeps all of its claims."""

ANAPHOR = re.compile(
    r"(?:Of (?:them|these|those)|"
    r"He|She|It|They|We|I|You|This|That|These|Those|His|Her|Its|Their|Such|Both|One|Another|Others|There|Here|Meanwhile|"
    r"However|Moreover|Also|Earlier|Later|Then|So|Instead|Still|Yet|And|But|Or)\b"
)
UNNAMED = re.compile(
    r"(?:In|On|At|From|During|After|Before|With|Under|By|For|Since|Until|Last|Earlier)\b[^;“”\"]{0,120}?,? (?:he|she)\b|"
    r"[“\"][^”\"]*[”\"] (?:he|she) \w+[^A-Z]*$"
)
"""A sentence that does not say who its "he" is: "From the balcony he called for silence"."""
UNCOUNTED = re.compile(
    r"(?:[\w. ]{1,24}, )?(?:(?:[Aa]t least|[Aa]bout|[Ss]ome|[Mm]ore than|[Nn]early|[Aa]nother) )?(?:\d[\d,]*|\w+) (?:others )?"
    r"(?:are|is|were|was|remain(?:ed|s)?|ha(?:ve|s)) (?:still |also |now |been )?"
    r"(?:unaccounted|missing|killed|wounded|injured|rescued|hurt|dead|died|captured|held|feared)\b"
)
"""A sentence that does not say what it counts: "79 are still unaccounted for", "In May alone, at least 61 have died"."""
FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|me|us)\b(?!\.)")
DATELINE = re.compile(
    r"[A-Z][^\n]{0,70}?\([A-Z][\w .&/-]{0,30}\) ?[—–-]{1,2} |"
    r"[A-Z][A-Z .,'’/-]{2,50}(?:[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)? ?(?:—|–|--|-) "
)
LEAD = re.compile(r"(?:[\s—–\-•*·>|]+|(?:But|And|Meanwhile,|However,|Moreover,|Still,|Yet,?)\s+(?=[A-Z“\"]))+")
BULLET = re.compile(r"(?:^|\n)\s*(?:--?|[–—•*])\s$")
"""The mark of a list, which is seldom made of sentences: an agency's agenda, a table of contents."""
CLAUSE_END = re.compile(r"[,;:—–](?=\s)|\s(?=(?:while|which|who|after|before|but|although|as|where|when)\b)")
PAIRS = (("“", "”"), ("(", ")"), ("[", "]"))


@dataclass(frozen=True, slots=True)
class Line:
    """A line before the guard has seen it; ``awkwardness`` of the sentence it is taken from, 0 is best."""

    text: str
    cites: tuple[str, ...]
    awkwardness: float = 0.0


def excerpt(passage: Passage, longest: int = COMFORTABLE) -> str:
    """The sentence around the claim without dateline or opening conjunction; cut to ``longest`` code points at clause marks."""
    low, high = beginning(passage), passage.sentence[1]
    text = passage.reading.report.text
    if high - low > longest:
        return _cut(text, (low, high), passage, longest)
    return _closed(" ".join(text[low:high].split()))


def aside_words(passage: Passage, aside: Span) -> str | None:
    """A clause or phrase of a sentence that tells of something else, with marks of what was left out; None where it is too short
    to be understood or too long for a row, or cuts through speech."""
    words = " ".join(aside.exact.split())
    if len(words.split()) < FEWEST_WORDS or not SHORTEST <= len(words) <= ROW:
        return None
    if any(words.count(opening) != words.count(closing) for opening, closing in PAIRS) or words.count('"') % 2:
        return None
    whole = beginning(passage), passage.sentence[1]
    return ("… " if aside.start > whole[0] else "") + _closed(words) + (" …" if aside.end < whole[1] - 1 else "")


def beginning(passage: Passage) -> int:
    """Where the passage's sentence begins once dateline, dashes and an opening conjunction are passed over."""
    (low, high), start = passage.sentence, passage.claim.span.start
    text = passage.reading.report.text
    dateline = DATELINE.match(text[low:high]) if low == 0 or text[low - 1] == "\n" else None
    low += dateline.end() if dateline else 0
    lead = LEAD.match(text, low, high)
    low = lead.end() if lead and lead.end() <= max(low, start) else low
    while low < start and text[low].isspace():
        low += 1
    return low


def _cut(text: str, bounds: tuple[int, int], passage: Passage, longest: int) -> str:
    low, high = bounds
    start, end = passage.claim.span.start, passage.claim.span.end
    if end - start > longest:
        end = max(text.rfind(" ", start, start + longest), start + 1)
    marks = [m.start() for m in CLAUSE_END.finditer(text, low, high)]
    first = low
    if end - low > longest:
        before = [m + 1 for m in marks if m < start]
        first = before[-1] if before else start
    # A cut that leaves less than half of what fits breaks off after the cue: "The minister said on Tuesday …".
    fitting = [m for m in marks if max(end, first + longest // 2) <= m <= first + longest]
    if fitting:
        last = fitting[-1]
    elif high - first <= longest * BEARABLE:
        last = high
    else:
        last = text.rfind(" ", end, min(high, max(first + longest, end + 1)))
        last = last if last >= end else min(high, end)
    words = " ".join(text[first:last].split()).strip(" ,;:—–")
    return ("… " if first > low else "") + _closed(words) + (" …" if last < high else "")


def _closed(words: str) -> str:
    """``words`` without a quotation mark or bracket that has lost its partner."""
    for opening, closing in PAIRS:
        surplus = words.count(opening) - words.count(closing)
        if surplus > 0 and words.startswith(opening):
            words = words[1:]
        elif surplus < 0 and words.rstrip(".,").endswith(closing):
            words = words.rstrip(".,")[:-1]
    if words.count('"') % 2:
        words = words[1:] if words.startswith('"') else words
        words = words[:-1] if words.endswith('"') and words.count('"') % 2 else words
    return words


def awkwardness(passage: Passage) -> float:
    """How ill the passage's sentence stands alone: 0 is best. Sentences that lean on the one before, that are very short or
    long, questions, items of lists, headlines without a full stop, events told by the way, and claims inside a longer quotation
    score worse."""
    words = passage.text.strip()
    score = max(0.0, (len(words) - COMFORTABLE) / 60) + max(0.0, (SHORTEST - len(words)) / 10)
    plain = passage.reading.report.text[beginning(passage) : passage.sentence[1]]
    if ANAPHOR.match(plain):
        score += 3
    if UNNAMED.match(plain) or UNCOUNTED.match(plain):
        score += 2.5
    if not plain[:1].isupper() and plain[:1] not in '“"':
        score += 2
    shown = excerpt(passage)
    if shown.startswith("…"):
        score += 2.5
    if shown.endswith(" …"):
        score += 1
    if isinstance(passage.claim, FigureClaim) and _numbers_before(passage, passage.claim):
        score += 1
    if isinstance(passage.claim, EventClaim) and (passage.claim.aside or background(passage, passage.claim)):
        score += 1.5 if day_spelt_out(passage, passage.claim) or victims(passage) else 2.5
    if BULLET.search(passage.reading.report.text[: beginning(passage)][-4:]):
        score += 2.5
    if words.endswith("?"):
        score += 3
    if not re.search(r"[.!][”\"’')]*$", words):
        score += 2.5
    if words.count("“") != words.count("”") or words.count('"') % 2:
        score += 2
    return score


def _numbers_before(passage: Passage, claim: FigureClaim) -> bool:
    """Whether the sentence gives another figure first: then it is a sentence about that one. Dates are none."""
    low, high = beginning(passage), claim.span.start
    before = passage.reading.report.text[low : max(low, high)]
    if not numbers(before):
        return False
    for mention in passage.reading.mentions:
        if mention.kind == "time" and low <= mention.span.start < high:
            before = before.replace(mention.span.exact, " ")
    return bool(numbers(before))


def best_of(passages: Sequence[Passage], derived: frozenset[str]) -> Passage:
    """The passage that states a finding best: one that reads well alone, of a report that took from no other, the earliest."""
    return min(
        passages,
        key=lambda p: (
            round(awkwardness(p)) + (1 if p.reading.report.id in derived else 0),
            p.date is None,
            p.around or "9999",
            p.reading.report.id,
            p.claim.span.start,
        ),
    )


def cites_of(first: Passage, others: Sequence[Passage], most: int = MOST_CITES) -> tuple[str, ...]:
    """Claim ids for a line: ``first``, then one claim per further report, at most ``most``."""
    chosen, seen = [first.claim.id], {first.reading.report.id}
    for other in others:
        if other.reading.report.id not in seen and len(chosen) < most:
            seen.add(other.reading.report.id)
            chosen.append(other.claim.id)
    return tuple(chosen)


def phrase_with_place(passage: Passage) -> str:
    """As ``phrase``, a figure up to the place that its clause goes on to name: parts of a sum are told apart by their places."""
    claim, text = passage.claim, passage.reading.report.text
    if not isinstance(claim, FigureClaim) or not claim.figure.places:
        return phrase(passage)
    start, end = claim.span.start, claim.span.end
    ahead = text[end : min(passage.sentence[1], end + PHRASE)]
    if "\n" in ahead or any(place in claim.span.exact for place in claim.figure.places):
        return phrase(passage)
    ends = [at + len(place) for place in claim.figure.places if (at := ahead.find(place)) >= 0]
    if not ends or not re.search(r"\w", ahead) or end - start > PHRASE:
        return phrase(passage)
    words = " ".join(text[start : end + min(ends)].split())
    return words.replace("“", "").replace("”", "").replace('"', "")


def phrase(passage: Passage) -> str:
    """A claim in the fewest of the report's own words that still say what it is about: a figure with its noun, or with the words
    up to the next clause where its noun is left out; a statement's content; a clause."""
    claim, text = passage.claim, passage.reading.report.text
    if isinstance(claim, FigureClaim):
        start, end = claim.span.start, claim.span.end
        if end - start > PHRASE:
            end = claim.figure.number.end
            start = start if end - start <= PHRASE else claim.figure.number.start
        if not re.search(r"[^\W\d_]{2}", text[claim.figure.number.end : end]):
            end = _clause_end(text, end, passage.sentence[1])
        return _closed(" ".join(text[start:end].split()).replace("“", "").replace("”", "").replace('"', ""))
    if isinstance(claim, StatementClaim) and claim.content:
        content = max(claim.content, key=lambda s: s.end - s.start)
        if len(content.exact) <= COMFORTABLE:
            return _closed(" ".join(content.exact.split()).strip(' ,.“”"'))
    return excerpt(passage, 120)


def _clause_end(text: str, start: int, high: int) -> int:
    """The end of the clause at ``start``, at most ``PHRASE`` code points on and between words."""
    mark = CLAUSE_END.search(text, start, min(high, start + PHRASE))
    if mark:
        return mark.start()
    if high - start <= PHRASE:
        return high - 1 if text[high - 1] in ".!?" else high
    space = text.rfind(" ", start, start + PHRASE)
    return space if space > start else start


def line_of(finding: Finding, passages: Passages, derived: frozenset[str]) -> Line | None:
    """The line that states a finding, None when none of its claims is known."""
    support = passages.known(finding.supports)
    if not support:
        return None
    best = best_of(support, derived)
    text = f"{attributed(best, passages).removesuffix('.')} ({best.attribution})."
    cites = list(cites_of(best, support))
    for told in (_against, _drift, _earlier, _parts, _totals):
        note = told(finding, passages)
        if note and note.cites[0] != best.claim.id:
            text += f" {note.text}"
            cites += [c for c in note.cites if c not in cites]
    said = passages.statement_around(best)
    nameless = said is not None and said.speaker is not None and said.speaker.span.exact.casefold() in PRONOUNS
    return Line(text, tuple(cites), awkwardness(best) + (3.0 if nameless or unsigned(best, passages, text) else 0.0))


def attributed(passage: Passage, passages: Passages, longest: int = COMFORTABLE) -> str:
    """The excerpt, led by "Speaker: " where it is someone's words and the excerpt alone would not say whose: the speaker stands
    in another sentence or was cut off. A pronoun stays one: whom it means is the least certain thing that a reading says."""
    text = excerpt(passage, longest)
    said = passages.statement_around(passage)
    if said is None or said.speaker is None:
        return text
    named = " ".join(said.speaker.span.exact.split())
    resolved = said.speaker.resolved
    own = isinstance(passage.claim, PositionClaim | CommitmentClaim) and passage.claim.party in text
    if own and said.form != "direct":  # what is quoted of a party may be said by another
        return text
    if named in text or named.casefold() in PRONOUNS or resolved.casefold() in PRONOUNS or resolved in text:
        return text
    return f"{resolved[:1].upper()}{resolved[1:]}: {text}"


def unsigned(passage: Passage, passages: Passages, text: str) -> bool:
    """Whether ``text`` speaks of "I" or "we" without naming who that is."""
    if not FIRST_PERSON.search(text):
        return False
    around, (low, high) = passages.statement_around(passage), passage.sentence
    said = (c for c in passage.reading.claims if isinstance(c, StatementClaim) and low <= c.span.start < high)
    speakers = [c.speaker for c in (*said, around) if c is not None and c.speaker is not None]
    names = {name for s in speakers for name in (" ".join(s.span.exact.split()), s.resolved)}
    return not any(name in text and name.casefold() not in PRONOUNS for name in names)


def _against(finding: Finding, passages: Passages) -> Line | None:
    """ "Against: “120 people” (Outlet, date)" for what contradicts the finding; "The same speaker later: ..." where one and the
    same says it."""
    if finding.verdict != "differ":
        return None
    others = passages.known(finding.contradicts)
    own = [(p, o) for p in passages.known(finding.supports) for o in others if passages.one_speaker(p, o)]
    if not own:
        return _noted("Against", others)
    first, other = own[0]
    when = "later" if other.around > first.around else "earlier" if other.around < first.around else ""
    return _noted(f"The same speaker {when}", [other]) if when else _noted("Against", others)


def _drift(finding: Finding, passages: Passages) -> Line | None:
    """ "Later given as: “more than 42 attacks” (Outlet, date)" for the copies in which the fact stands differently."""
    if finding.verdict != "drift":
        return None
    changed = passages.known(dict.fromkeys((*(d.target for d in finding.drifts), *finding.contradicts)))
    return _noted("Later given as", changed)


def _earlier(finding: Finding, passages: Passages) -> Line | None:
    if finding.verdict != "superseded":
        return None
    newest = max((_as_of(p) for p in passages.known(finding.supports)), default="")
    older = [p for p in passages.known((*finding.parts, *finding.contradicts)) if "" < _as_of(p) < newest]
    return _noted("Earlier", older)


def _as_of(passage: Passage) -> str:
    """The day a figure holds for, else about that of its report; empty when neither is known."""
    claim = passage.claim
    return (claim.figure.as_of if isinstance(claim, FigureClaim) else None) or passage.around


def _parts(finding: Finding, passages: Passages) -> Line | None:
    if finding.verdict != "sum":
        return None
    return _noted("From parts", passages.known(finding.parts), 4, phrase_with_place)


def _totals(finding: Finding, passages: Passages) -> Line | None:
    """ "In all: “at least 153 times” (Outlet, date)" for further totals that the same parts make up: they contradict nothing, as
    bounds allow them all."""
    if finding.verdict != "sum":
        return None
    return _noted("In all", passages.known(finding.contradicts))


def _noted(lead: str, others: Sequence[Passage], most: int = 2, worded: Callable[[Passage], str] | None = None) -> Line | None:
    worded = worded or phrase
    chosen: dict[str, Passage] = {}
    for other in others:
        if len(chosen) < most:
            chosen.setdefault(worded(other).casefold(), other)
    if not chosen:
        return None
    words = "; ".join(f"“{worded(p)}” ({p.attribution})" for p in chosen.values())
    return Line(f"{lead}: {words}.", tuple(p.claim.id for p in chosen.values()))
