"""Features of the name tagger: of a word form, of its neighbours, of listed phrases, and of the whole report.

A feature is a string. Those of a word form are worked out once per form and kept; the tagger further keeps the summed weights
per form, so that the many forms of running text that cannot be names cost nothing but a look-up. Features of the whole report
follow Chieu & Ng (2002): what the other occurrences of the same word in the report look like.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from sys import intern

from rapporteur.language.gazetteer import countries
from rapporteur.language.names_lexicon import city_names, group_names, word_list

_LISTS = (
    "titles",
    "jobs",
    "given",
    "surnames",
    "org_foreign",
    "org_ends",
    "org_words",
    "place_ends",
    "place_starts",
    "directions",
    "person_parts",
    "months",
)
_LOWER_LISTS = frozenset({"titles", "jobs", "directions", "person_parts"})

SAYING = frozenset(
    "said says told added asked stated noted explained warned insisted argued claimed denied announced wrote believes thinks "
    "recalled tweeted".split()
)


@cache
def _membership() -> dict[str, tuple[str, ...]]:
    """Single words to the short names of the lists they stand in."""
    found: dict[str, list[str]] = {}
    for name in _LISTS:
        for word in word_list(name):
            found.setdefault(word, []).append(name)
    for word in group_names():
        found.setdefault(word, []).append("group")
    for country in countries():
        for word in (country.name, *country.aliases):
            found.setdefault(word, []).append("country")
        for word in country.capitals:
            found.setdefault(word, []).append("capital")
    for word in word_list("regions"):
        found.setdefault(word, []).append("region")
    for word in word_list("organizations"):
        found.setdefault(word, []).append("organization")
    for word in city_names():
        found.setdefault(word, []).append("city")
    return {word: tuple(names) for word, names in found.items()}


def shape(word: str) -> str:
    """Collapsed word shape: X for capitals, x for small letters, 9 for digits, other characters as they are ("McCain" XxXx)."""
    out = ""
    for c in word[:24]:
        kind = "X" if c.isupper() else "x" if c.isalpha() else "9" if c.isdigit() else c
        if out[-1:] != kind:
            out += kind
    return out


@lru_cache(maxsize=100_000)
def lists_of(word: str) -> tuple[str, ...]:
    """The lists that a word stands in; in capitals throughout it is looked up as if it were not."""
    table = _membership()
    found = table.get(word, ())
    lower = table.get(word.lower().rstrip("."), ())
    found += tuple(name for name in lower if name in _LOWER_LISTS and name not in found)
    if not found and len(word) > 3 and word.isupper():
        found = table.get(word.title(), ())
    return found


def form_features(word: str) -> list[str]:
    """Features of a word form at its own place."""
    lower = word.lower()
    out = [f"w={lower}", f"s={shape(word)}"]
    if word[0].isalpha() and not (word.islower() and len(word) < 4):
        out += [f"p3={lower[:3]}", f"e2={lower[-2:]}", f"e3={lower[-3:]}", f"e4={lower[-4:]}", f"p2={lower[:2]}"]
    if word[0].isupper():
        length = len(word)
        out.append(f"n={min(length, 9)}")
        if word.isupper() and length > 1:
            out.append("caps")
    out += [f"L={name}" for name in lists_of(word)]
    return out


def near_features(word: str) -> list[str]:
    """Features of a word form for the places beside it."""
    return [f"w={word.lower()}", f"s={shape(word)[:4]}", *(f"L={name}" for name in lists_of(word))]


def far_features(word: str) -> list[str]:
    """Features of a word form for the places two away."""
    return [f"w={word.lower()}", *(f"L={name}" for name in lists_of(word))]


@cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Entries of more than one token by their first word, longest first."""
    entries: dict[tuple[str, ...], str] = {}
    for name in city_names():
        entries[_tokens(name)] = "city"
    for name in word_list("organizations"):
        entries[_tokens(name)] = "organization"
    for name in word_list("regions"):
        entries[_tokens(name)] = "region"
    for name in word_list("groups"):
        entries[_tokens(name)] = "group"
    for country in countries():
        for name in (country.name, *country.aliases):
            entries[_tokens(name)] = "country"
        for name in country.demonyms:
            entries[_tokens(name)] = "group"
        for name in country.capitals:
            entries[_tokens(name)] = "capital"
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for tokens, kind in entries.items():
        if len(tokens) > 1:
            table.setdefault(tokens[0], []).append((tokens, kind))
    for found in table.values():
        found.sort(key=lambda e: -len(e[0]))
    return table


def _tokens(name: str) -> tuple[str, ...]:
    return tuple(name.replace("-", " - ").replace("'s", " 's").split())


def phrase_features(words: Sequence[str]) -> list[tuple[int, str]]:
    """(token, feature) for every token of a listed name of several words; matches do not overlap."""
    table = _phrases()
    out: list[tuple[int, str]] = []
    done = 0
    for i, word in enumerate(words):
        if i < done or word not in table:
            continue
        for tokens, kind in table[word]:
            if tuple(words[i : i + len(tokens)]) == tokens:
                done = i + len(tokens)
                out.append((i, f"G=B-{kind}"))
                out.extend((k, f"G=I-{kind}") for k in range(i + 1, done))
                break
    return out


def report_features(words: Sequence[str], sentences: Iterable[tuple[int, int]]) -> list[tuple[int, str]]:
    """(token, feature) of capitalised tokens: what stands beside the same word anywhere in the report."""
    seen: dict[str, set[str]] = {}
    at: list[tuple[int, str]] = []
    lower = {w for w in words if w.islower()}
    for first, last in sentences:
        capitals = [i for i in range(first, last) if words[i][0].isupper()]
        if len(capitals) > 3 and len(capitals) > 0.7 * sum(words[i][0].isalpha() for i in range(first, last)):
            at.extend((i, words[i]) for i in capitals)
            continue  # a headline in title case: its capitals and neighbours say little about its words
        for i in capitals:
            word = words[i]
            at.append((i, word))
            found = seen.get(word)
            if found is None:
                found = seen[word] = set()
            if i == first:
                continue
            found.add("mid")
            before = words[i - 1]
            kinds = lists_of(before)
            if "titles" in kinds:
                found.add("title")
            if "given" in kinds and before[0].isupper():
                found.add("given")
            if before in _PLACE_CUES:
                found.add("in")
            elif before == "the":
                found.add("the")
            elif before == "(":
                found.add("bracket")
            if i + 1 < last:
                after = words[i + 1]
                if after in SAYING or before in SAYING:
                    found.add("said")
                elif after[0].isupper() and "org_ends" in lists_of(after):
                    found.add("org")
                elif after[0].isupper() and "surnames" in lists_of(after):
                    found.add("surname")
    out: list[tuple[int, str]] = []
    for i, word in at:
        out.extend((i, f"D={name}") for name in sorted(seen.get(word, ())))
        if word.lower() in lower:
            out.append((i, "D=lower"))
    return out


_PLACE_CUES = frozenset("in at near from across throughout inside outside around".split())


@lru_cache(maxsize=20_000)
def tag_features(before: str, tag: str, after: str) -> list[str]:
    """Tags around a token: its own, with the one before, with the one after."""
    return [f"t={tag}", f"t-={before} {tag}", f"t+={tag} {after}"]


@lru_cache(maxsize=60_000)  # some 60 MB when full: the features of affixes and lists are shared between forms
def _placed(word: str) -> tuple[list[str], ...]:
    """Features of a word for five places: the token itself, the one before and after it, two before and after it."""
    near, far = near_features(word), far_features(word)
    rows = (("0", form_features(word)), ("-", near), ("+", near), ("=", far), ("#", far))
    return tuple([intern(place + feature) for feature in found] for place, found in rows)


def features(words: Sequence[str], tags: Sequence[str], sentences: Sequence[tuple[int, int]]) -> list[list[str]]:
    """The features of every token."""
    out: list[list[str]] = []
    edge = _placed(EDGE)
    for first, last in sentences:
        around = [edge, edge, *map(_placed, words[first:last]), edge, edge]
        tagged = ["<s>", *tags[first:last], "</s>"]
        for k in range(last - first):
            out.append(
                around[k + 2][0]
                + around[k + 1][1]
                + around[k + 3][2]
                + around[k][3]
                + around[k + 4][4]
                + tag_features(tagged[k], tagged[k + 1], tagged[k + 2])
            )
    for i, feature in phrase_features(words):
        out[i].append(feature)
    for i, feature in report_features(words, sentences):
        out[i].append(feature)
    return out


EDGE = "\n"
"""Stands for the words before the first and after the last of a sentence."""
