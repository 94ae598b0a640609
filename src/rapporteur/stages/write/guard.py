"""The writer's guard: no line leaves the program that its citations do not bear out.

A line passes when (1) it cites at least one claim; (2) each cited claim is known and its span text is found at its place;
(3) taken apart at the writer's own connecting words, each piece of it stands word for word in a cited passage (the sentence
around the claim, or a field of the claim); (4) no piece was cut out of a negation, a denial or a bound ("at least") that
changes its meaning; (5) every number in it is a number of the cited passages. The check is deliberately literal: sources are
quoted, not paraphrased, so there is nothing here to be convinced by.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapporteur.errors import UncitedLineError
from rapporteur.model.claims import (
    CommitmentClaim,
    EventClaim,
    FigureClaim,
    PositionClaim,
    StatementClaim,
)
from rapporteur.stages.write.dates import short, spoken
from rapporteur.stages.write.numbers import numbers
from rapporteur.stages.write.passages import Passage, Passages

TEMPLATES = (
    "is attributed to", "and to", "against", "earlier", "from parts", "is given as", "in all", "only in",
    "changed on the way from", "to", "and", "by", "says", "said", "in", "no report here settles between",
    "later given as", "stated", "inferred", "due", "no later report here says whether this was done", "also given as",
    "demands", "prefers", "supports", "rejects", "offers", "warns", "open", "the same speaker later", "the same speaker earlier",
)  # fmt: skip
"""Every word of its own that the writer may put between two passages. Each stands between separators (see ``pieces``)."""

SEPARATORS = re.compile(r"[“”\"()\[\]|…;:]|\s[—–-]\s|(?<=\w)[.!?]+(?=\s|$)|→")
WORD = re.compile(r"\d[\d,]*(?:\.\d+)?%?|\w+(?:[’'.&-]\w+)*", re.UNICODE)
NEGATIONS = frozenset(
    "not n't no never neither nor none nobody nothing nowhere without cannot hardly barely scarcely unlikely false falsely "
    "untrue denied deny denies denying denial denials rejected rejects reject rejecting refused refuses refuse refusing "
    "refuted refutes refute disputed disputes dispute dismissed dismisses dismiss fail fails failed failing ruled".split()
)
BOUNDS = re.compile(
    r"(?:\b(?:at (?:least|most)|(?:more|less|fewer|no (?:more|fewer|less)|other|rather) than|up to|about|around|roughly|nearly|"
    r"almost|approximately|some|over|under|above|below|close to|as many as|as few as|an estimated|estimated|between|not)|~)\s+$",
    re.IGNORECASE,
)
GOVERNS = 6
"""How many words to the left a negation still governs a piece when no clause mark stands between; "did not immediately say
whether any" needs five."""
CLAUSE = re.compile(r"[,;:—–]|\b(?:but|although|though|while|whereas|because|and)\b", re.IGNORECASE)
REPORTED = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|refut(?:es?|ed|ing)|dismiss(?:es|ed|ing)?|disput(?:es?|ed|ing)|"
    r"rul(?:es?|ed|ing) out|false(?:ly)?|untrue|no (?:evidence|proof|sign|indication))\b"
    r"[^.;]*\b(?:that|claims?|reports?|allegations?|having|of)\b[^.;]*$",
    re.IGNORECASE,
)


def fold(text: str) -> str:
    """``text`` with typographic quotation marks, apostrophes and spaces made plain, for comparing."""
    return text.replace("’", "'").replace("‘", "'").replace(" ", " ").replace(" ", " ").casefold()


def words(text: str) -> list[str]:
    """The words and numbers of ``text``, folded; "don't" gives "don't", "2,500" gives "2500"."""
    return [w.replace(",", "") if w[0].isdigit() else w for w in WORD.findall(fold(text))]


def negations(tokens: Iterable[str]) -> frozenset[str]:
    """The words among ``tokens`` that negate or deny."""
    return frozenset(t for t in tokens if t in NEGATIONS or t.endswith("n't"))


@dataclass(frozen=True)
class Bearing:
    """What the cited passages offer: sentences, and fields that may stand in a line beside them."""

    sentences: tuple[str, ...]
    fields: tuple[str, ...]
    attributions: tuple[str, ...]

    @classmethod
    def of(cls, passages: Sequence[Passage], speakers: Sequence[str]) -> Bearing:
        """What ``passages`` bear out; ``speakers`` are their speakers' resolved names."""
        fields: list[str] = list(speakers)
        attributions: list[str] = []
        for passage in passages:
            fields += fields_of(passage)
            report = passage.reading.report
            attributions += [passage.attribution, passage.outlet]
            for day in (report.published.value if report.published else None, *dates_of(passage)):
                attributions += [spoken(day), short(day)] if day else []
        by_length = sorted(set(attributions), key=lambda a: (-len(a), a))
        return cls(tuple(dict.fromkeys(p.text for p in passages)), tuple(dict.fromkeys(fields)), tuple(by_length))


def fields_of(passage: Passage) -> list[str]:
    """The values in a claim's fields, as words a line may use beside the passage itself."""
    claim = passage.claim
    values: list[str | None] = []
    if isinstance(claim, FigureClaim):
        figure = claim.figure
        values += [figure.number.exact, figure.counted, figure.whose, figure.state, figure.unit, *figure.places]
        values += [figure.window.text if figure.window else None]
    elif isinstance(claim, StatementClaim):
        values += [claim.speaker.resolved if claim.speaker else None, *claim.hop, *(s.exact for s in claim.content)]
    elif isinstance(claim, EventClaim):
        values += [claim.trigger, claim.place, *(p.name for p in claim.participants)]
    elif isinstance(claim, PositionClaim):
        values += [claim.party, claim.issue]
    elif isinstance(claim, CommitmentClaim):
        values += [claim.party, claim.action]
    return [v for v in values if v]


def dates_of(passage: Passage) -> list[str]:
    """The ISO dates in a claim's fields."""
    claim = passage.claim
    if isinstance(claim, FigureClaim):
        return [claim.figure.as_of] if claim.figure.as_of else []
    if isinstance(claim, EventClaim):
        return [claim.when.value] if claim.when else []
    if isinstance(claim, CommitmentClaim):
        return [claim.due.value] if claim.due else []
    return []


def pieces(text: str, attributions: Sequence[str]) -> list[str]:
    """The parts of a line between the writer's own separators, attributions and connecting words taken out."""
    rest = fold(text)
    for name in attributions:
        rest = re.sub(rf"(?<!\w){re.escape(fold(name))}(?!\w)", "|", rest)
    return [p.strip(" ,.") for p in SEPARATORS.split(rest) if p and p.strip(" ,.")]


class Guard:
    """Checks lines against the passages they cite."""

    def __init__(self, passages: Passages) -> None:
        self._passages = passages

    def check(self, text: str, cites: Sequence[str]) -> None:
        """Nothing when the line stands; UncitedLineError, naming what does not, when it falls."""
        if not text.strip():
            raise UncitedLineError("an empty line was written; write nothing instead")
        bearing = self._bearing(text, cites)
        taken = pieces(text, bearing.attributions)
        _check_numbers(text, taken, bearing)
        for piece in taken:
            if _is_template(piece):
                continue
            _check_piece(text, piece, bearing)

    def _bearing(self, text: str, cites: Sequence[str]) -> Bearing:
        if not cites:
            raise UncitedLineError(f"{text!r}: cites no claim")
        for cited in cites:
            if cited not in self._passages:
                raise UncitedLineError(f"{text!r}: cites {cited!r}, which no report here holds")
            if not self._passages[cited].found:
                raise UncitedLineError(f"{text!r}: the span of {cited!r} is not found at its place in the report")
        cited_passages = [self._passages[c] for c in cites]
        speakers = [s for p in cited_passages if (s := self._passages.speaker_of(p))]
        return Bearing.of(cited_passages, speakers)


def _is_template(piece: str) -> bool:
    return piece in TEMPLATES


def _check_numbers(text: str, taken: Sequence[str], bearing: Bearing) -> None:
    offered = numbers(" | ".join((*bearing.sentences, *bearing.fields)))
    for piece in taken:
        missing = numbers(piece) - offered
        if missing:
            listed = ", ".join(f"{n:g}" for n in sorted(missing))
            raise UncitedLineError(f"{text!r}: the figure {listed} is not in what it cites")


def _check_piece(text: str, piece: str, bearing: Bearing) -> None:
    tokens = words(piece)
    if not tokens:
        return
    if any(_run_at(words(field), tokens) is not None for field in bearing.fields) and not numbers(piece):
        return
    reason = ""
    whole = frozenset(words(text))
    for sentence in bearing.sentences:
        at = _placed(fold(sentence), tokens)
        for begin, end in at:
            reason = _turned(fold(sentence), (begin, end), whole)
            if not reason:
                return
    if reason:
        raise UncitedLineError(f"{text!r}: {piece!r} was cut out of {reason}")
    offered = [w for s in (*bearing.sentences, *bearing.fields) for w in words(s)]
    if negations(tokens) - negations(offered):
        raise UncitedLineError(f"{text!r}: denies what the cited passage does not deny")
    unknown = [w for w in tokens if w not in offered]
    what = f"the words {', '.join(map(repr, unknown))} are" if unknown else f"{piece!r} in this order is"
    raise UncitedLineError(f"{text!r}: {what} not in what it cites")


def _run_at(offered: list[str], tokens: list[str]) -> int | None:
    """Where ``tokens`` stand as one run in ``offered``."""
    first, size = tokens[0], len(tokens)
    for at in range(len(offered) - size + 1):
        if offered[at] == first and offered[at : at + size] == tokens:
            return at
    return None


def _placed(sentence: str, tokens: list[str]) -> list[tuple[int, int]]:
    """Code point ranges of the folded sentence at which ``tokens`` stand as one run."""
    found = [(m.start(), m.end(), m.group()) for m in WORD.finditer(sentence)]
    offered = [w.replace(",", "") if w[0].isdigit() else w for _, _, w in found]
    size = len(tokens)
    return [
        (found[at][0], found[at + size - 1][1])
        for at in range(len(offered) - size + 1)
        if offered[at] == tokens[0] and offered[at : at + size] == tokens
    ]


def _turned(sentence: str, place: tuple[int, int], line: frozenset[str]) -> str:
    """What outside of the piece at ``place`` would change its meaning and does not stand in the ``line`` either; empty when
    nothing does."""
    begin, end = place
    left = sentence[:begin]
    first = WORD.match(sentence, begin)
    if first and numbers(first.group()) and BOUNDS.search(left):
        return "a bound, which it drops"
    clause = list(CLAUSE.finditer(left))
    near = left[clause[-1].end() if clause else 0 :]
    if negations(words(near)[-GOVERNS:]) - line:
        return "a negated passage, without the negation"
    denied = REPORTED.search(left)
    if denied and not negations(words(denied.group())) <= line:
        return "what is denied there, without the denial"
    after = words(sentence[end:])[:1]
    if after and after[0] in ("not", "never", "cannot") and after[0] not in line:
        return "a negated passage, without the negation"
    return ""
