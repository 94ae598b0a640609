"""One report, one idea of a name: what is tagged with confidence in one place settles the same words elsewhere.

A report hardly ever uses one name for two things (one sense per discourse, Gale, Church & Yarowsky 1992). Persons are introduced
with their full name and then named by a part of it; other names come back as they are, or abbreviated as said in brackets.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache

from rapporteur.language.names_features import lists_of
from rapporteur.language.names_lexicon import is_group, is_title, place_names, word_list

Found = tuple[int, int, str]
"""Tokens [first, last) and label kind (PER, ORG, LOC, GRP, MISC)."""

MAX_FORMS = 50
"""Names with the same first word that are looked for elsewhere in a report; more stand in lists only, and time stays linear."""

Ranges = Sequence[tuple[int, int]]


def settle(words: Sequence[str], tags: Sequence[str], sentences: Ranges, found: list[Found]) -> list[Found]:
    """``found`` (in order) with boundaries and kinds set right by the rest of the report; in order, never overlapping."""
    found = [name for raw in found for part in _parted(words, raw) if (name := _built(words, _trimmed(words, part)))]
    found = _agreed(words, _abbreviated(words, found))
    return _repeated(words, tags, sentences, found)


@cache
def _heads(section: str) -> frozenset[str]:
    """Words that end names of organisations or places and are hardly ever a family name."""
    return word_list(section) - word_list("surnames") - word_list("given") - word_list("east_asian")


@cache
def _generic() -> frozenset[str]:
    """Words that by themselves name nothing, although they are written with a capital: "the Republic", "the Square"."""
    return (
        word_list("place_ends")
        | word_list("directions")
        | frozenset({"North", "South", "East", "Street", "Minister", "President"})
    ) - frozenset({"Gulf", "Delta"})


def _parted(words: Sequence[str], name: Found) -> list[Found]:
    """ "Russia-Ukraine" is two places, "US-Iranian" a place and a group."""
    first, last, _ = name
    cut = next((i for i in range(first + 1, last - 1) if words[i] in "-–"), first)
    if cut == first:
        return [name]
    left, right = (" ".join(words[a:b]) for a, b in ((first, cut), (cut + 1, last)))
    kinds = ["LOC" if part in place_names() else "GRP" if is_group(part) else "" for part in (left, right)]
    return [(first, cut, kinds[0]), (cut + 1, last, kinds[1])] if all(kinds) else [name]


def _trimmed(words: Sequence[str], name: Found) -> Found:
    first, last, kind = name
    # "Secretary of State Antony Blinken": what the office is of runs into the name
    if first > 1 and words[first - 1] in ("of", "for") and is_title(words[first - 2]) and "given" not in lists_of(words[first]):
        start = next((i for i in range(first + 1, last - 1) if "given" in lists_of(words[i])), first)
        if start > first:
            first, kind = start, "PER"
    if kind == "PER":
        while last - first > 1 and is_title(words[first]) and "given" not in lists_of(words[first]):
            first += 1
        while last + 1 < len(words) and words[last] in "-–" and words[last + 1] in word_list("syllables"):
            last += 2
    return first, last, kind


def _built(words: Sequence[str], name: Found) -> Found | None:
    """The kind that the build of the name tells; None where it is no name."""
    first, last, kind = name
    end = words[last - 1]
    if last - first == 1:
        if end in word_list("clocks") or (kind in ("LOC", "ORG") and end in _generic()):
            return None
        if end in word_list("sure_organizations"):
            kind = "ORG"
    elif kind in ("PER", "LOC", "MISC") and end in _heads("org_ends") and end not in word_list("place_ends"):
        kind = "ORG"
    elif kind == "PER" and end in _heads("place_ends"):
        kind = "LOC"
    return first, last, kind


def initials_of(words: Sequence[str]) -> str:
    """First letters of the capitalised words: "HMC" of "Higher Military Commission"."""
    return "".join(w[0] for w in words if w[0].isupper())


def _abbreviated(words: Sequence[str], found: list[Found]) -> list[Found]:
    """An organisation's abbreviation in brackets after its name becomes a name too, and keeps the kind."""
    starts = {first: n for n, (first, _, _) in enumerate(found)}
    out = list(found)
    for first, last, kind in found:
        if (
            kind in ("ORG", "LOC", "PER", "MISC")
            and last - first > 1
            and words[last : last + 1] == ["("]
            and words[last + 2 : last + 3] == [")"]
        ):
            short = words[last + 1]
            if short.isupper() and len(short) > 1 and short[0] == words[first][0] and short[-1] in initials_of(words[first:last]):
                n = starts.get(last + 1)
                if n is None:
                    out.append((last + 1, last + 2, kind))
                elif found[n][:2] == (last + 1, last + 2):
                    out[n] = (last + 1, last + 2, kind)
    return sorted(out)


def _agreed(words: Sequence[str], found: list[Found]) -> list[Found]:
    kinds: dict[tuple[str, ...], Counter[str]] = {}
    parts: set[str] = set()
    for first, last, kind in found:
        kinds.setdefault(tuple(words[first:last]), Counter())[kind] += 1
        if kind == "PER" and last - first > 1:
            parts.add(words[last - 1])
            parts.add(words[first])
    out = []
    for first, last, kind in found:
        form = tuple(words[first:last])
        if last - first == 1 and kind != "PER" and form[0] in parts and form[0] not in place_names() and not is_group(form[0]):
            kind = "PER"
        else:
            best, count = kinds[form].most_common(1)[0]
            if best != kind and count > kinds[form][kind]:
                kind = best
        out.append((first, last, kind))
    return out


def _known(words: Sequence[str], found: list[Found]) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Forms of the names found, with kind, by their first word, longest first."""
    kinds: dict[tuple[str, ...], str] = {}
    for first, last, kind in found:
        kinds.setdefault(tuple(words[first:last]), kind)
        if kind == "PER" and last - first > 1:
            kinds.setdefault((words[last - 1],), kind)
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for form, kind in kinds.items():
        if form[0][0].isupper() and len(form[-1]) > 1:
            by_first.setdefault(form[0], []).append((form, kind))
    for forms in by_first.values():
        forms.sort(key=lambda f: -len(f[0]))
        del forms[MAX_FORMS:]
    return by_first


def _repeated(words: Sequence[str], tags: Sequence[str], sentences: Ranges, found: list[Found]) -> list[Found]:
    """``found`` with the untagged repetitions of its names, and with listed organisations that stand alone."""
    by_first = _known(words, found)
    sure = word_list("sure_organizations")
    taken = bytearray(len(words))
    for first, last, _ in found:
        taken[first:last] = b"\x01" * (last - first)
    lower = {w for w in words if w.islower()}
    more: list[Found] = []
    for start, end in sentences:
        for i in range(start, end):
            word = words[i]
            if taken[i] or (word not in by_first and word not in sure):
                continue
            if word in sure and word not in by_first:
                if tags[i].startswith("NNP"):
                    more.append((i, i + 1, "ORG"))
                continue
            for form, kind in by_first[word]:
                last = i + len(form)
                if last > end or any(taken[i:last]) or tuple(words[i:last]) != form:
                    continue
                if len(form) == 1 and (not tags[i].startswith("NNP") or word.lower() in lower or is_title(word)):
                    continue
                taken[i:last] = b"\x01" * (last - i)
                more.append((i, last, kind))
                break
    return sorted(found + more) if more else found
