"""More training texts out of the same: every name is exchanged for another of its kind (Dai & Adel 2020, mention replacement).

The corpora name few persons and places outside Europe and North America, and few abbreviations. Exchanged names come from the
word lists, or are blends of two of them, so that the tagger learns to trust the words around a name and the build of a name
more than the name itself. A name that occurs several times in a text is exchanged for the same one everywhere.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from rapporteur.language.gazetteer import countries
from rapporteur.language.names_corpora import Mark, Sentence, Text, retokenized
from rapporteur.language.names_lexicon import city_names, place_names, word_list

BLEND = 0.35
"""Share of exchanged person and place words that are blends, that is in no list."""

PARTICLES = "bin Bin ben van de da von Ben El Al dos".split()
_LETTERS = "ABCDEFGHIJKLMNOPRSTUVWZAAEICNPSS"


class _Maker:
    """Makes new names by kind from seeded chance."""

    def __init__(self, rng: random.Random, organizations: list[str]) -> None:
        self._rng = rng
        self._given = sorted(word_list("given"))
        self._surnames = sorted(word_list("surnames"))
        self._east_asian = sorted(word_list("east_asian"))
        self._syllables = sorted(word_list("syllables"))
        self._places = sorted(place_names())
        self._cities = sorted(city_names())
        self._countries = [c.name for c in countries()]
        self._organizations = organizations
        self._listed = sorted(word_list("organizations"))
        self._ends = sorted(word_list("org_ends") - {"Star", "Sun", "News"})
        self._words = sorted(word_list("org_words"))

    def _blended(self, words: list[str]) -> str:
        a, b = self._rng.choice(words), self._rng.choice(words)
        return a[: (len(a) + 1) // 2] + b[len(b) // 2 :].lower()

    def _surname(self) -> str:
        return self._blended(self._surnames) if self._rng.random() < BLEND else self._rng.choice(self._surnames)

    def _first(self) -> str:
        return self._blended(self._given) if self._rng.random() < BLEND / 2 else self._rng.choice(self._given)

    def surname(self) -> str:
        """A family name, as a person is named by after the first time."""
        return f"al-{self._surname()}" if self._rng.random() < 0.06 else self._surname()

    def person(self) -> tuple[str, str]:
        """A full name and the name it is shortened to."""
        chance = self._rng.random()
        last = self.surname()
        if chance < 0.14:
            last = self._rng.choice(self._east_asian)
            first, second = self._rng.choice(self._syllables), self._rng.choice(self._syllables)
            return f"{last} {first.title()}{self._rng.choice(['-', '-', '-', ''])}{second}", last
        if chance < 0.22:
            return (
                f"{self._first()} {self._rng.choice(PARTICLES)} {last}",
                last,
            )
        if chance < 0.27:
            return f"{self._rng.choice(_LETTERS)}. {last}", last
        if chance < 0.42:
            return f"{self._first()} {self._first()} {last}", last
        if chance < 0.47:
            return f"{self._first()} {self._rng.choice(_LETTERS)}. {last}", last
        if chance < 0.52:
            other = self._surname()
            return f"{self._first()} {last}-{other}", f"{last}-{other}"
        return f"{self._first()} {last}", last

    def place(self, name: str) -> str:
        """A country for a country, otherwise a city or region, or a blend."""
        if name in self._countries:
            return self._rng.choice(self._countries)
        chance = self._rng.random()
        if chance < BLEND:
            return self._blended(self._cities)
        return self._rng.choice(self._cities if chance < 0.8 else self._places)

    def organization(self, name: str) -> str:
        """An abbreviation, a listed one, one from the corpora, or one put together."""
        chance = self._rng.random()
        if " " not in name:
            if chance < 0.45:
                return "".join(self._rng.choice(_LETTERS) for _ in range(self._rng.choice((2, 3, 3, 3, 4, 4, 5))))
            if chance < 0.6:
                return self._blended(self._surnames)
            return self._rng.choice(self._listed if chance < 0.8 else self._organizations)
        if chance < 0.4:
            owner = self._rng.choice((self._rng.choice(self._cities), self._surname(), self._rng.choice(self._countries)))
            middle = self._rng.choice(self._words) + " " if self._rng.random() < 0.5 else ""
            return f"{owner} {middle}{self._rng.choice(self._ends)}"
        return self._rng.choice(self._listed if chance < 0.55 else self._organizations)


def exchanged(texts: list[Text], seed: int) -> list[Text]:
    """A copy of every text that has names, with its names exchanged; tags of a new name are those of proper nouns."""
    rng = random.Random(seed)
    organizations = sorted({" ".join(s.words[a:b]) for t in texts for s in t for a, b, kind in s.marks if kind == "ORG"})
    maker = _Maker(rng, [o for o in organizations if o[0].isupper() and len(o) > 1])
    return [_exchange(text, maker) for text in texts if any(s.marks for s in text)]


def _exchange(text: Text, maker: _Maker) -> Text:
    new: dict[tuple[str, str], str] = {}
    persons = {" ".join(s.words[a:b]) for s in text for a, b, kind in s.marks if kind == "PER"}
    for name in sorted(persons, key=lambda n: (-len(n.split()), n)):
        if ("PER", name) in new:
            continue
        if " " in name:
            full, short = maker.person()
            new["PER", name] = full
            new.setdefault(("PER", name.split()[-1]), short)
        else:
            new["PER", name] = maker.surname()
    make: dict[str, Callable[[str], str]] = {"LOC": maker.place, "ORG": maker.organization}
    out: Text = []
    for s in text:
        words: list[str] = []
        tags: list[str] = []
        marks: list[Mark] = []
        at = 0
        for a, b, kind in s.marks:
            if kind not in ("PER", "LOC", "ORG"):
                continue
            words += s.words[at:a]
            tags += s.tags[at:a]
            name = " ".join(s.words[a:b])
            if (kind, name) not in new:
                new[kind, name] = make[kind](name)
            cut, _ = retokenized(new[kind, name].split(), [])
            marks.append((len(words), len(words) + len(cut), kind))
            words += cut
            tags += [_tag(word) for word in cut]
            at = b
        kept = [m for m in s.marks if m[2] not in ("PER", "LOC", "ORG")]
        shift = _shifts([m for m in s.marks if m[2] in ("PER", "LOC", "ORG")], marks)
        marks += [(a + shift(a), b + shift(a), kind) for a, b, kind in kept]
        out.append(Sentence(words + s.words[at:], tags + s.tags[at:], sorted(marks)))
    return out


def _shifts(old: list[Mark], new: list[Mark]) -> Callable[[int], int]:
    def shift(at: int) -> int:
        before = [(o, n) for o, n in zip(old, new, strict=True) if o[1] <= at]
        return before[-1][1][1] - before[-1][0][1] if before else 0

    return shift


def _tag(word: str) -> str:
    if word in ("-", "–"):
        return "HYPH"
    return {"of": "IN", "and": "CC", "the": "DT", "'s": "POS"}.get(word, "NNP")
