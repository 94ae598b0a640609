"""Events told of again: "the blast" is the blast of the paragraph before, with its date and place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from rapporteur.language.base import Parsed
from rapporteur.model.claims import When
from rapporteur.stages.extract.events.lexicon import FAMILY

_DEFINITE = frozenset("the this that these those".split())
_SENTENCES = 8
"""Sentences over which "the attack" still means the attack just told of."""


class Told(NamedTuple):
    """Date and place of an event told of before, and the sentence where."""

    when: When
    place: str | None
    sentence: int


@dataclass(slots=True)
class Memory:
    """The last dated event of each family of nouns, singular and plural apart."""

    parsed: Parsed
    last: dict[str, Told] = field(default_factory=dict)

    def _key(self, noun: int) -> str | None:
        tag = self.parsed.tags[noun]
        family = FAMILY.get(self.parsed.lemmas[noun].lower()) if tag[:2] == "NN" else None
        return family + tag[-1] if family else None

    def keep(self, noun: int, when: When, place: str | None) -> None:
        """Remember a dated event under its noun."""
        key = self._key(noun)
        if key:
            self.last[key] = Told(when, place, self.parsed.sentence_at[noun])

    def taken_up(self, token: int) -> Told | None:
        """What a definite noun takes up; for a verb, what its subject or occasion does ("killed in the attack")."""
        parsed = self.parsed
        if parsed.tags[token][:2] == "NN":
            return self._definite(token)
        nouns = (c for c in parsed.children[token] if parsed.deps[c] in ("nsubj", "obl"))
        return next((told for noun in nouns if (told := self._definite(noun))), None)

    def _definite(self, noun: int) -> Told | None:
        parsed = self.parsed
        key = self._key(noun)
        told = self.last.get(key) if key else None
        if told is None or parsed.sentence_at[noun] - told.sentence > _SENTENCES:
            return None
        definite = any(parsed.deps[c] == "det" and parsed.words[c].lower() in _DEFINITE for c in parsed.children[noun])
        return told if definite else None

    def same_day(self, token: int, when: When) -> Told | None:
        """The event of the same family and day told of before ("Tuesday's blast")."""
        key = self._key(token)
        told = self.last.get(key) if key else None
        if told is None or self.parsed.sentence_at[token] - told.sentence > _SENTENCES:
            return None
        return told if when.precision in ("day", "hour", "minute") and told.when.value[:10] == when.value[:10] else None
