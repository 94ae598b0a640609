"""What stands around a claim in its report: its sentence, the content words there, the day it speaks of, how early it comes."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property, lru_cache

from rapporteur.language.sentences import paragraphs, sentences
from rapporteur.model.claims import Claim, Mention
from rapporteur.model.reading import Reading
from rapporteur.stages.link.heard import Voice, voices_of
from rapporteur.stages.link.items import Base, placed

WORD = re.compile(r"[^\W\d_]{3,40}")

FUNCTION_WORDS = frozenset(
    (
        "the and for that with from has have had was were are been being will would could should may might can its his her "
        "their our your they them this these those there here who whom whose which what when where while after before since "
        "until into onto over under about against between among during through within without not nor but than then also "
        "all any some each other another such said says say told tell added according more most least some many much very "
        "just only still even ever never out off per via yet how why because though although however one two three did does "
        "done itself himself herself themselves including around across"
    ).split()
)


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A crude common form of a lower-cased word, for overlap only: endings of number and tense go."""
    for ending in ("ings", "ing", "ies", "ied", "ers", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


class ReportContext:
    """Sentences and days of one reading, found once and asked for by many claims."""

    def __init__(self, reading: Reading) -> None:
        report = reading.report
        self.reading = reading
        self.text = report.text
        self._ranges = [r for a, b in paragraphs(report.text, report.furniture) for r in sentences(report.text, a, b)] or [
            (0, len(report.text))
        ]
        self._starts = [a for a, _ in self._ranges]
        self._days = [m for m in reading.mentions if m.time is not None and m.time.begin and m.time.begin == m.time.end]
        self._words: dict[int, frozenset[str]] = {}
        self.published = report.published.value[:10] if report.published else None

    @cached_property
    def voices(self) -> dict[str, Voice]:
        """Who says each claim, by claim id; none where the report speaks itself."""
        return voices_of(self.reading)

    def sentence_number(self, at: int) -> int:
        """Index of the sentence that holds the code point ``at`` (the nearest before it, for furniture and gaps)."""
        return max(0, bisect_right(self._starts, at) - 1)

    def sentence(self, at: int) -> tuple[int, int]:
        """Half-open range of that sentence."""
        return self._ranges[self.sentence_number(at)]

    def words(self, at: int) -> frozenset[str]:
        """Stems of the content words of the sentence at ``at``."""
        number = self.sentence_number(at)
        if number not in self._words:
            a, b = self._ranges[number]
            found = (w.lower() for w in WORD.findall(self.text, a, b))
            self._words[number] = frozenset(stem(w) for w in found if w not in FUNCTION_WORDS)
        return self._words[number]

    def day(self, claim: Claim) -> str | None:
        """The ISO day that the claim's sentence names nearest to the claim, else the report's day of publication."""
        a, b = self.sentence(claim.span.start)
        inside = [m for m in self._days if m.span.start >= a and m.span.end <= b]
        if inside:
            return _begin(min(inside, key=lambda m: abs(m.span.start - claim.span.start)))
        return self.published if self.published and len(self.published) == 10 else None

    def base(self, claim: Claim, index: int) -> Base:
        """The first fields of the item of ``claim``, the ``index``-th of the report."""
        at = claim.span.start
        words, voice = self.words(at), self.voices.get(claim.id)
        return Base(*placed(claim.id, self.reading.report, index), self.published, self.lead(at), words, voice)

    def lead(self, at: int) -> float:
        """1 at the head of the report, falling to 0.2: news puts first what matters most (the inverted pyramid)."""
        return max(0.2, 1.0 / (1.0 + 0.15 * self.sentence_number(at)))


def _begin(mention: Mention) -> str | None:
    return mention.time.begin if mention.time else None


def overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """Jaccard similarity of two word sets; 0 when both are empty."""
    union = len(a | b)
    return len(a & b) / union if union else 0.0
