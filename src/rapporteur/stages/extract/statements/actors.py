"""The actors of one report as its statements need them: which token is inside which name, and the gender a title tells."""

from __future__ import annotations

from dataclasses import dataclass, field

from rapporteur.model.claims import Mention
from rapporteur.stages.extract.base import Sheet
from rapporteur.stages.extract.statements.lexicon import speaker_nouns
from rapporteur.stages.extract.statements.tree import Range

_FEMALE = frozenset({"mrs.", "ms.", "mrs", "ms", "miss", "madam", "mme", "lady", "queen", "princess", "sister"})
_MALE = frozenset({"mr.", "mr", "sir", "lord", "king", "prince", "father", "brother"})


@dataclass(slots=True)
class Actors:
    """Names of a report by token. ``at[i]`` is the mention over token ``i``; ``ranges`` their token ranges by mention id;
    ``by_role`` persons in text order by each word of the role given with them, ``roles`` these words by actor."""

    at: dict[int, Mention] = field(default_factory=dict)
    ranges: dict[str, Range] = field(default_factory=dict)
    gender: dict[str, str] = field(default_factory=dict)
    by_role: dict[str, list[tuple[int, Mention]]] = field(default_factory=dict)
    roles: dict[str, set[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, sheet: Sheet) -> Actors:
        """The actors that the names extractor found, placed on tokens."""
        actors = cls()
        token_at, ends, words = sheet.token_at, sheet.parsed.ends, sheet.parsed.words
        for mention in sheet.mentions:
            if mention.kind == "time":
                continue
            first = token_at.get(mention.span.start)
            if first is None:
                continue
            last = first + 1
            while last < len(ends) and ends[last - 1] < mention.span.end:
                last += 1
            for token in range(first, last):
                actors.at[token] = mention
            actors.ranges[mention.id] = (first, last)
            if mention.kind == "person" and mention.role:
                for word in mention.role.lower().replace("-", " ").split():
                    actors.by_role.setdefault(word, []).append((first, mention))
                    actors.roles.setdefault(mention.actor or "", set()).add(word)
            if mention.kind == "person" and mention.actor:
                title = words[first - 1].lower() if first else ""
                title = words[first].lower() if words[first].lower() in _FEMALE | _MALE else title
                if title in _FEMALE or title in _MALE:
                    actors.gender[mention.actor] = "female" if title in _FEMALE else "male"
        return actors

    def holds_another(self, actor: str | None, description: str) -> bool:
        """Whether a description names an office that is none of those given to an actor: "the foreign minister" is not the prime
        minister, and no president."""
        held, said = self.roles.get(actor or "", set()), set(description.lower().replace("-", " ").split())
        lists = speaker_nouns()
        if not held & lists["office"] or not said & lists["office"]:
            return False
        if not held & said & lists["office"]:
            return True
        return bool(held & lists["matter"] and said & lists["matter"]) and not held & said & lists["matter"]
