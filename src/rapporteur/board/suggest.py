"""Suggested observations: claims whose words, measure and place match an indicator. A person accepts or rejects them."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import cache, partial

from rapporteur.board.evidence import Evidence
from rapporteur.board.framework import Framework, Match, Site
from rapporteur.language.gazetteer import countries, country_named, country_of, country_of_capital
from rapporteur.model.board import observation_id
from rapporteur.model.claims import Claim, EventClaim, FigureClaim, StatementClaim
from rapporteur.stages.reconcile.measures import thing
from rapporteur.stages.write.passages import Passage

_KINDS: tuple[tuple[type[Claim], str], ...] = ((FigureClaim, "figure"), (EventClaim, "event"), (StatementClaim, "statement"))
_BASE_WORDS = re.compile(r"\b(?:air|naval|army|military|base|airbase|airfield|camp|garrison|station)\b", re.IGNORECASE)
_A_BASE = re.compile(r"\b(?:base|airbase|airfield|camp|garrison|station)s?\b", re.IGNORECASE)


@dataclass(frozen=True)
class Suggestion:
    """A claim that may bear on an indicator at a site, and ``why`` it was found. ``alike`` more claims say the same."""

    id: str
    indicator: str
    site: str
    claim: str
    passage: Passage
    why: str
    alike: int


def suggestions(framework: Framework, evidence: Evidence, decided: Container[str] = ()) -> list[Suggestion]:
    """What matches, by indicator, newest report first; of claims that say the same, or stand in the same words, one only: the
    earliest, a figure before a statement before an event. ``decided`` are ids of observations that a person has accepted or
    rejected already: neither they nor what says the same is suggested again."""
    out: list[Suggestion] = []
    passages = [evidence.passages[c.id] for r in evidence.readings for c in r.claims if _kind(c)]
    for condition, indicator in framework.indicators.values():
        matcher = _Matcher(indicator.match)
        found = [(p, words) for p in passages if (words := matcher.words(p))]
        for site in (framework.site(s) for s in condition.sites):
            ident = partial(observation_id, framework.framework, indicator.id, site.id)
            for group in _alike([(p, f"{words}; {place}") for p, words in found if (place := _place(p, site))], evidence):
                if not any(ident(p.claim.id) in decided for p, _ in group):
                    passage, why = group[0]
                    claim = passage.claim.id
                    out.append(Suggestion(ident(claim), indicator.id, site.id, claim, passage, why, len(group) - 1))
    return out


def _alike(found: Sequence[tuple[Passage, str]], evidence: Evidence) -> list[list[tuple[Passage, str]]]:
    """Groups of claims that stand in one finding or in the same words, latest first; in each the one to show comes first."""
    groups: dict[str, list[tuple[Passage, str]]] = {}
    of_words: dict[str, str] = {}
    for one in sorted(found, key=lambda one: (_RANK[_kind(one[0].claim) or "event"], one[0].around or "9", one[0].claim.id)):
        # A copy has the same words at another place; a claim from the dateline on ends where its sentence does.
        keys = " ".join(one[0].text.casefold().split()), f"{one[0].reading.report.id} {one[0].sentence[1]}"
        group = next((of_words[key] for key in keys if key in of_words), evidence.group(one[0].claim.id))
        of_words.update(dict.fromkeys(keys, group))
        groups.setdefault(group, []).append(one)
    return sorted(groups.values(), key=lambda group: group[0][0].around, reverse=True)


_RANK = {"figure": 0, "statement": 1, "event": 2}


def _kind(claim: Claim) -> str | None:
    return next((name for kind, name in _KINDS if isinstance(claim, kind)), None)


class _Matcher:
    """One indicator's words, compiled."""

    def __init__(self, match: Match) -> None:
        self._match = match
        self._words = _pattern(tuple(match.words))
        self._also = _pattern(tuple(match.also)) if match.also else None
        self._without = _pattern(tuple(match.without)) if match.without else None
        self._things = {thing(word, None) for word in match.counted}

    def words(self, passage: Passage) -> str:
        """Why a claim matches; empty when it does not."""
        claim, match = passage.claim, self._match
        kind = _kind(claim)
        if kind not in match.kinds:
            return ""
        if isinstance(claim, EventClaim) and match.events and claim.type not in match.events:
            return ""
        why = []
        if isinstance(claim, FigureClaim):
            figure = claim.figure
            if match.states and figure.state not in match.states:
                return ""
            if self._things and thing(figure.counted, figure.unit) not in self._things:
                return ""
            why += [f"counts {figure.counted}"] if self._things else []
        text = claim.span.exact if isinstance(claim, StatementClaim) else passage.text
        if self._without and self._without.search(text):
            return ""
        for pattern in (self._words, self._also):
            hit = pattern.search(text) if pattern else None
            if pattern and hit is None:
                return ""
            why += [f"“{hit[0]}”"] if hit else []
        return f"{kind}: {', '.join(why)}"


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of ``words`` in its regular inflections; lower-case ones in any case, "ISIS" and "US" as they stand."""
    return re.compile(r"(?<!\w)(?:" + "|".join(map(_inflected, words)) + r")(?!\w)")


def _inflected(word: str) -> str:
    plain = re.escape(word)
    if word != word.lower():
        return plain + "(?:['’]s|s)?"
    if word.endswith("e"):
        forms = f"{plain[:-1]}(?:e|es|ed|ing)"
    elif re.search(r"[^aeiou]y$", word):
        forms = f"{plain[:-1]}(?:y|ies|ied|ying)"
    else:
        forms = f"{plain}(?:s|es|{re.escape(word[-1])}?(?:ed|ing))?"
    return f"(?i:{forms}(?:['’]s)?)"


def _place(passage: Passage, site: Site) -> str:
    """How a claim bears on a site: by the places it names, else by its sentence, headline, dateline; empty: by none."""
    claim, country = passage.claim, country_named(site.country or site.name)
    text = claim.span.exact if isinstance(claim, StatementClaim) else passage.text
    if site.named_base:
        own = " ".join(_BASE_WORDS.sub(" ", site.name).split())
        return f"“{own}” with a base" if own.casefold() in text.casefold() and _A_BASE.search(text) else ""
    named: list[str] = []
    if isinstance(claim, FigureClaim):
        named = list(claim.figure.places)
    elif isinstance(claim, EventClaim) and claim.place:
        named = [claim.place]
    known = {c for place in named if (c := country_of(place) or country_of_capital(place))}
    if known:
        return f"placed in {country}" if country in known else ""
    hit = _country(country or "").search(text)
    if hit:
        return f"“{hit[0]}”"
    if _any_country(text):
        return ""
    report = passage.reading.report
    hit = _country(country or "").search(report.title or "")
    if hit:
        return f"“{hit[0]}” in the headline"
    written = report.dateline.place if report.dateline else None
    at = (country_of(written) or country_of_capital(written)) if written else None
    return f"written in {country}" if at is not None and at == country else ""


@cache
def _country(name: str) -> re.Pattern[str]:
    entry = next(c for c in countries() if c.name == name)
    names = sorted({entry.name, *entry.aliases, *entry.demonyms, *entry.capitals}, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, names)) + r")(?!\w)")


_CAPITALISED = re.compile(r"\b[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*){0,2}")


def _any_country(text: str) -> bool:
    return any(country_of(hit[0]) or country_of(hit[0].split()[0]) for hit in _CAPITALISED.finditer(text))
