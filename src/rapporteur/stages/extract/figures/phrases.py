"""The noun phrase to the right of a number, read from the tags: what is counted, and where the phrase ends.

Read along the line and not from the tree: right after a number the tags of a small parser are surer than its arcs.
"""

from __future__ import annotations

from typing import NamedTuple

from rapporteur.language.base import Parsed
from rapporteur.stages.extract.figures import lexicon as lex

_NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS"))
_INSIDE = frozenset(("JJ", "JJR", "JJS", "POS", "HYPH", "AFX", "CD", "FW", "ADD"))
_MODIFIERS = frozenset(("RB", "RBS", "RBR", "PRP$", "DT"))
_QUOTES = frozenset("\"'“”‘’`")
_DETERMINERS = frozenset(
    "the these those this that its their his her our my your all such other another additional further more".split()
)
_MAX_WORDS = 14


class Phrase(NamedTuple):
    """``head`` the head noun's token, ``end`` the token after it (after "of state" in "heads of state")."""

    head: int
    end: int


def after(p: Parsed, i: int) -> Phrase | None:
    """The noun phrase whose words begin at token ``i``; None when no noun follows the number."""
    words, tags = p.words, p.tags
    stop = min(p.sentences[p.sentence_at[i - 1]][1], i + _MAX_WORDS) if i else 0
    j = i
    if j < stop and words[j] == "of" and j + 1 < stop:
        j += 1
    head = -1
    depth = 0
    while j < stop:
        tag, word = tags[j], words[j]
        low = word.lower()
        if depth or word in "([":
            if word in "([" and head < 0 and not _brackets_inside(p, j, stop):
                break
            if word in "([" and head >= 0 and not _brackets_inside(p, j, stop):
                break
            depth += (word in "([") - (word in ")]")
        elif tag in _NOUNS:
            if head >= 0 and (low in lex.WEEKDAYS or low in lex.MONTHS):
                break
            if low not in lex.WEEKDAYS and low not in lex.MONTHS:
                if head >= 0 and tag == "NN" and tags[head] == "NNS" and tags[j - 1] == "NNS" and p.heads[head] != j:
                    break  # a verb taken for a noun: "148 members head to the coast"
                head = j
            elif head < 0:
                break
        elif head < 0 and (
            tag in ("VBN", "VBG") or (tag == "VBD" and p.deps[j] == "amod") or low in _DETERMINERS or tag in ("RB", "PRP$", "DT")
        ):
            if tag in ("VBN", "VBG", "RB", "RBS", "RBR") and not _modifies(p, j, stop):
                break
        elif tag in ("JJ", "CD") and head >= 0 and not (j + 1 < stop and tags[j + 1] in _NOUNS | {"HYPH", "JJ"}):
            break
        elif tag in ("CC", ",") or low == "-":
            if not _joins_modifiers(p, j, stop, head):
                break
        elif (
            tag == "POS"
            or (low in ("'s", "’s") and head >= 0 and j + 1 < stop and tags[j + 1] in _NOUNS | {"JJ", "CD"})
            or tag in _INSIDE
            or word in _QUOTES
        ):
            if word in _QUOTES and head >= 0:
                break
        else:
            break
        j += 1
    if head < 0:
        return None
    if tags[head] == "NNP" and head > i and tags[head - 1] == "NN" and not words[head].endswith("s"):
        while tags[head] == "NNP" and head > i:
            head -= 1  # a name in apposition: "two-billion-dollar space station Alpha"
    return Phrase(head, _of_office(p, head, stop))


def _brackets_inside(p: Parsed, j: int, stop: int) -> bool:
    """Whether the bracket at ``j`` holds an abbreviation and a noun follows it: "People's Liberation Army (PLA) soldiers"."""
    return j + 3 < stop and p.words[j + 2] in ")]" and p.words[j + 1].isupper() and p.tags[j + 3] in _NOUNS


def _modifies(p: Parsed, j: int, stop: int) -> bool:
    """Whether a participle or adverb at ``j`` stands before the noun ("wounded soldiers") and is no verb ("killed in the raid")."""
    k = j + 1
    while k < stop and p.tags[k] in ("JJ", "JJS", "VBN", "VBG", "HYPH", "RB", "RBS", "RBR", "CD"):
        k += 1
    return (
        k < stop
        and p.tags[k] in _NOUNS
        and p.words[k].lower() not in lex.WEEKDAYS | lex.MONTHS
        and (p.heads[j] >= j or (p.tags[j] == "VBN" and p.deps[j] == "amod"))
    )


def _joins_modifiers(p: Parsed, j: int, stop: int, head: int) -> bool:
    """Whether "and" or a comma at ``j`` joins adjectives before one noun: "1,200 Chinese and overseas journalists"."""
    if j + 2 >= stop or p.tags[j] == "HYPH":
        return p.tags[j] == "HYPH"
    if head >= 0 and p.tags[head] not in ("NNP", "NNPS"):
        return False
    if head >= 0 and p.tags[head] == "NNPS":
        return False
    return (
        p.tags[j + 1] in ("JJ", "NNP") and p.tags[j + 2] in ("NN", "NNS", "HYPH", "JJ") and (head < 0 or p.tags[j + 2] == "NNS")
    )


def _of_office(p: Parsed, head: int, stop: int) -> int:
    """The end of a phrase that is one word in sense: "heads of state", "members of parliament", "pieces of art"."""
    if (
        head + 2 < stop
        and p.words[head + 1] == "of"
        and p.tags[head + 2] == "NN"
        and p.words[head].lower() in ("heads", "chiefs", "prisoners", "rounds", "chief", "head", "prisoner")
    ):
        return head + 3
    return head + 1


def singular(p: Parsed, head: int, end: int) -> str:
    """The counted noun's base form ("troop", "head of state", "Afghan")."""
    word, low = p.words[head], p.words[head].lower()
    if low in ("people", "persons", "folks", "folk"):
        return "person"
    lemma = p.lemmas[head] if p.tags[head] in ("NN", "NNS") else word
    if p.tags[head] in ("NNP", "NNPS", "NN", "NNS") and lemma.lower() == low and low.endswith("s") and len(low) > 3:
        lemma = _strip(word if p.tags[head] in ("NNP", "NNPS") else low)
    return lemma if end == head + 1 else " ".join([lemma, *(p.words[head + 1 : end])])


def _strip(word: str) -> str:
    low = word.lower()
    if low.endswith(("ss", "us", "is", "ics", "news", "series", "species", "headquarters", "means", "crossroads", "forces' ")):
        return word
    if low.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if low.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    return word[:-1]
