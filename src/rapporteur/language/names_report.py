"""One report, one idea of a name: what is tagged with confidence in one place settles the same words elsewhere.

A report hardly ever uses one name for two things (one sense per discourse, Gale, Church & Yarowsky 1992). Persons are introduced
with their full name and then named by a part of it; other names come back as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rapporteur.language.names_features import lists_of
from rapporteur.language.names_lexicon import is_group, is_title, place_names, word_list

Found = tuple[int, int, str]
"""Tokens [first, last) and label kind (PER, ORG, LOC, GRP, MISC)."""


def settle(words: Sequence[str], tags: Sequence[str], sentences: Sequence[tuple[int, int]], found: list[Found]) -> list[Found]:
    """``found`` (in order) with boundaries and kinds set right by the rest of the report; in order, never overlapping."""
    found = [_trimmed(words, name) for name in found]
    found = _agreed(words, found)
    return _repeated(words, tags, sentences, found)


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


def _repeated(words: Sequence[str], tags: Sequence[str], sentences: Sequence[tuple[int, int]], found: list[Found]) -> list[Found]:
    known: dict[tuple[str, ...], str] = {}
    for first, last, kind in found:
        known.setdefault(tuple(words[first:last]), kind)
        if kind == "PER" and last - first > 1:
            known.setdefault((words[last - 1],), kind)
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for form in known:
        if form[0][0].isupper() and len(form[-1]) > 1:
            by_first.setdefault(form[0], []).append(form)
    for forms in by_first.values():
        forms.sort(key=len, reverse=True)
    taken = bytearray(len(words))
    for first, last, _ in found:
        taken[first:last] = b"\x01" * (last - first)
    lower = {w for w in words if w.islower()}
    more: list[Found] = []
    for start, end in sentences:
        for i in range(start, end):
            if taken[i] or words[i] not in by_first:
                continue
            for form in by_first[words[i]]:
                last = i + len(form)
                if last > end or any(taken[i:last]) or tuple(words[i:last]) != form:
                    continue
                if len(form) == 1 and (not tags[i].startswith("NNP") or form[0].lower() in lower or is_title(form[0])):
                    continue
                taken[i:last] = b"\x01" * (last - i)
                more.append((i, last, known[form]))
                break
    return sorted(found + more) if more else found
