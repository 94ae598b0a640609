"""Which mentions of one report name the same actor.

Persons are introduced by their full name and then named by a part of it; organisations come back as an abbreviation or by their
last word; countries have several names. Where a short form fits two actors it is left as an actor of its own: no guess.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from rapporteur.language.base import NameKind
from rapporteur.language.gazetteer import country_named, country_of_demonym
from rapporteur.language.names_lexicon import is_group, place_names, word_list

MAX_COMPARED = 40
"""Actors that share a word and are compared one by one; more happen in lists only, and time stays linear."""

_PARTICLES = frozenset("al el ul ur the - – ' ’ . and of for bin ibn ben bint".split())
_SUFFIXES = frozenset("inc corp co ltd llc plc company corporation jr sr".split())


class Named(NamedTuple):
    """One mention while actors are told apart: its words, kind, and the abbreviation in brackets after it, if any."""

    words: tuple[str, ...]
    kind: NameKind
    abbreviation: str | None


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Lower case without accents and full stops."""
    plain = unicodedata.normalize("NFKD", word)
    return "".join(c for c in plain if not unicodedata.combining(c) and c != ".").lower()


@lru_cache(maxsize=50_000)
def key_words(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words that tell actors apart: folded, without particles and the suffixes of companies and of sons."""
    kept = tuple(f for f in map(fold, words) if f and f not in _PARTICLES and f not in _SUFFIXES)
    return kept or tuple(map(fold, words))


def _matches(short: str, long: str) -> bool:
    return short == long or (len(short) == 1 and long.startswith(short)) or (len(long) == 1 and short.startswith(long))


def same_person(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two names of at least two words can be one person's: same last word, the shorter's words in order in the longer.

    "George Bush" and "George W. Bush", not "George Bush" and "Barbara Bush".
    """
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if short[-1] not in (long[-1], long[-2]) or not _matches(short[0], long[0]):
        return False
    at = 0
    for word in short:
        while at < len(long) and not _matches(word, long[at]):
            at += 1
        if at == len(long):
            return False
        at += 1
    return True


class Actors:
    """Numbers the actors behind the mentions of one report."""

    def __init__(self, named: Sequence[Named]) -> None:
        self._named = named
        self._actor = [-1] * len(named)
        self._count = 0
        self._persons()
        self._organizations()
        self._others()

    def numbers(self) -> list[int]:
        """The actor of each mention, numbered from 0 by first mention."""
        order: dict[int, int] = {}
        return [order.setdefault(actor, len(order)) for actor in self._actor]

    def _new(self) -> int:
        self._count += 1
        return self._count - 1

    def _of_kind(self, kind: NameKind) -> dict[tuple[str, ...], list[int]]:
        """Mentions of a kind by their key words, in text order."""
        found: dict[tuple[str, ...], list[int]] = {}
        for i, named in enumerate(self._named):
            if named.kind == kind:
                found.setdefault(key_words(named.words), []).append(i)
        return found

    def _assign(self, mentions: Sequence[int], actor: int) -> None:
        for i in mentions:
            self._actor[i] = actor

    def _persons(self) -> None:
        forms = self._of_kind("person")
        by_last: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        by_part: dict[str, set[int]] = {}
        by_end: dict[str, set[int]] = {}
        for form in sorted(forms, key=lambda f: -len(f)):
            if len(form) < 2:
                continue
            near = [*by_last.get(form[-1], ()), *by_last.get(form[-2], ())][:MAX_COMPARED]
            fitting = {actor for other, actor in near if same_person(form, other)}
            actor = fitting.pop() if len(fitting) == 1 else self._new()
            self._assign(forms[form], actor)
            by_last.setdefault(form[-1], []).append((form, actor))
            by_end.setdefault(form[-1], set()).add(actor)
            for part in form:
                by_part.setdefault(part, set()).add(actor)
        for form, mentions in forms.items():
            if len(form) == 1:
                fitting = by_end.get(form[0]) or by_part.get(form[0]) or set()
                self._assign(mentions, next(iter(fitting)) if len(fitting) == 1 else self._new())

    def _organizations(self) -> None:
        forms = self._of_kind("organization")
        short: dict[str, set[int]] = {}
        for form, mentions in forms.items():
            if len(form) > 1:
                actor = self._new()
                self._assign(mentions, actor)
                ends = {form[-1]} | ({form[0]} if not self._general(self._named[mentions[0]].words[0]) else set())
                initials = "".join(w[0] for w in self._named[mentions[0]].words if w[0].isupper()).lower()
                given = {fold(a) for i in mentions if (a := self._named[i].abbreviation)}
                for name in ends | given | ({initials} if len(initials) > 1 else set()):
                    short.setdefault(name, set()).add(actor)
        for form, mentions in forms.items():
            if len(form) == 1:
                fitting = short.get(form[0], set())
                self._assign(mentions, next(iter(fitting)) if len(fitting) == 1 else self._new())

    @staticmethod
    def _general(word: str) -> bool:
        """Whether a word begins the names of many organisations, so that it stands for none of them."""
        return (
            word in word_list("org_words")
            or word in place_names()
            or is_group(word)
            or word in word_list("org_ends") | word_list("organizations")
        )

    def _others(self) -> None:
        actors: dict[tuple[str, str], int] = {}
        for i, named in enumerate(self._named):
            if self._actor[i] < 0:
                name = " ".join(named.words).replace(" - ", "-").replace(" '", "'")
                look_up = country_named if named.kind == "place" else country_of_demonym
                key = look_up(name) or " ".join(key_words(named.words)).removesuffix("s")
                self._actor[i] = actors.setdefault((named.kind, key), -1)
                if self._actor[i] < 0:
                    self._actor[i] = actors[named.kind, key] = self._new()
