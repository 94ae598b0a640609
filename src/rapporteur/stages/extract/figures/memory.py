"""What the figures read so far counted, for those that leave their noun out."""

from __future__ import annotations

from rapporteur.stages.extract.figures import lexicon as lex

_BACK = 3
"""Sentences: "20 others" and "19 were wounded" mean what was counted at most so far before."""

_RECENT = 8


class Memory:
    """The nouns counted in one report, latest last."""

    def __init__(self) -> None:
        self._seen: list[tuple[int, str, bool]] = []
        self.measured: tuple[int, str | None] | None = None
        """Sentence and noun of the last amount with a unit: "1,000 euros (1,080 dollars)" repeat one figure."""

    def add(self, sentence: int, lemma: str, *, person: bool) -> None:
        """Remember that a figure of ``sentence`` counted ``lemma``."""
        self._seen.append((sentence, lemma, person))

    def latest(self, sentence: int, *, persons: bool) -> str | None:
        """The last noun counted, of persons if so asked."""
        for at, lemma, human in reversed(self._seen[-_RECENT:]):
            if sentence - at > _BACK:
                return None
            if human or not persons:
                return lemma
        return None

    def within(self, sentence: int) -> tuple[str, bool] | None:
        """The last noun counted in this very sentence, and whether of persons."""
        if self._seen and self._seen[-1][0] == sentence:
            return self._seen[-1][1:]
        return None


def is_person(lemma: str) -> bool:
    """Whether a noun names persons: by the list, by the endings of agent nouns, by a capital (Afghan, Hutu, Taliban)."""
    low = lemma.lower()
    if low in lex.HUMANS or low in lex.MILITARY or low.endswith(lex.HUMAN_ENDINGS) or lemma[:1].isupper():
        return True
    return low.endswith(lex.AGENT_ENDINGS) and low not in lex.THINGS
