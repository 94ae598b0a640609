"""The noun phrase to the right of a number, read from the tags: what is counted, and where the phrase ends.

Read along the line and not from the tree: right after a number the tags of a small parser are surer than its arcs.
"""

from __future__ import annotations

from typing import NamedTuple

from rapporteur.language.base import Parsed
from rapporteur.language.gazetteer import country_of_demonym
from rapporteur.stages.extract.figures import lexicon as lex

NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS"))
_BEFORE_NOUN = frozenset(("JJ", "JJR", "JJS", "RB", "RBS", "RBR", "VBN", "VBG", "HYPH", "CD", "PRP$", "DT", "FW", "AFX"))
_CHECKED = frozenset(("VBN", "VBG", "VBD", "RB", "RBS", "RBR"))
"""Tags that begin a phrase only where a noun follows: "25 wounded soldiers", not "25 wounded in the raid"."""

_OBJECT = frozenset(("DT", "PRP", "PRP$", "NNP", "NNS", "CD", "TO", "IN", "JJ", "MD", "RB"))
_QUOTES = frozenset("\"'“”‘’`")
_TIMES = lex.WEEKDAYS | lex.MONTHS
_MAX_WORDS = 14
_OFFICES = frozenset("heads head chiefs chief prisoners prisoner rounds round".split())
_KEEP_S = ("ss", "us", "ics", "news", "series", "species", "headquarters", "means", "crossroads")


class Phrase(NamedTuple):
    """``head`` the head noun's token, ``end`` the token after it (after "of state" in "heads of state")."""

    head: int
    end: int


def after(p: Parsed, i: int) -> Phrase | None:
    """The noun phrase whose words begin at token ``i`` > 0; None when no noun follows the number."""
    stop = min(p.sentences[p.sentence_at[i - 1]][1], i + _MAX_WORDS)
    if i < stop and p.words[i].lower() in ("a", "an"):
        return None  # "200 a week"
    j = _past_of(p, i, stop)
    head = -1
    while j < stop:
        step, head = _step(p, j, stop, head)
        if not step:
            break
        j += step
    if head < 0:
        return _adjective(p, i, min(j, stop))
    if p.tags[head] == "NNP" and head > i and p.tags[head - 1] == "NN" and not p.words[head].endswith("s"):
        while p.tags[head] == "NNP" and head > i:
            head -= 1  # a name in apposition: "the two-billion-dollar space station Alpha"
    return Phrase(head, _of_office(p, head, stop))


def _past_of(p: Parsed, i: int, stop: int) -> int:
    """The token after "of", "out of" and what bounds a second number: "17 of more than 30 men", "38 out of the 120 seats"."""
    j = i + 1 if i + 1 < stop and p.words[i] == "out" and p.words[i + 1] == "of" else i
    if j + 1 >= stop or p.words[j] != "of":
        return i
    j += 1
    while j < stop and (p.words[j].lower() in lex.LEADS or p.words[j].lower() == "than") and p.words[j].lower() != "of":
        j += 1
    return j


def _step(p: Parsed, j: int, stop: int, head: int) -> tuple[int, int]:
    """How many tokens the phrase goes on at ``j`` (0: it ends before), and the head noun so far."""
    tag, word = p.tags[j], p.words[j]
    low = word.lower()
    if word in ("(", "["):
        inside = j + 3 < stop and p.words[j + 2] in (")", "]") and p.words[j + 1].isupper() and p.tags[j + 3] in NOUNS
        return (3 if inside else 0), head
    if tag in NOUNS:
        return _noun(p, j, head)
    if tag == "HYPH" or low == "-":
        return _hyphen(p, j, stop, head)
    if low in ("'s", "’s") or tag == "POS":  # "nine governments' plans" counts governments
        goes_on = head >= 0 and j + 1 < stop and p.tags[j + 1] in NOUNS | _BEFORE_NOUN and p.tags[head] != "NNS"
        return int(goes_on), head
    if word in _QUOTES:
        return int(head < 0), head
    if tag in ("CC", ","):
        return int(_joins_modifiers(p, j, stop, head)), head
    if tag == "VBZ" and head == j - 1 and p.tags[head] in ("NN", "NNP") and low.endswith("s") and low not in lex.BE | lex.HAVE:
        return (1, j) if j + 1 < stop and p.tags[j + 1] not in _OBJECT else (0, head)  # a plural taken for a verb: "35 US bases"
    if head >= 0:
        goes_on = tag in ("JJ", "CD", "VBG", "VBN") and j + 1 < stop and _leads_on(p, j, head)
        return int(goes_on), head
    if tag in _CHECKED:
        return int((tag != "VBD" or p.deps[j] == "amod") and _modifies(p, j, stop)), head
    if tag == "JJ" and low in lex.HUMANS and not (j + 1 < stop and p.tags[j + 1] in NOUNS | _BEFORE_NOUN):
        return 1, j  # a noun taken for an adjective: "one civilian"
    return int(tag in _BEFORE_NOUN or low in lex.NP_WORDS), head


def _noun(p: Parsed, j: int, head: int) -> tuple[int, int]:
    if p.words[j].lower() in _TIMES or (head >= 0 and p.words[j].lower() in lex.TIME_UNITS):
        return 0, head
    if head >= 0 and p.tags[j] == "NN" and p.tags[head] == "NNS" and head == j - 1 and p.heads[head] != j:
        return 0, head  # a verb taken for a noun: "148 members head to the coast"
    return 1, j


def _hyphen(p: Parsed, j: int, stop: int, head: int) -> tuple[int, int]:
    """A hyphen joins what it stands between; before a participle or adjective the noun was a modifier: "US-led troops"."""
    if j + 1 >= stop or p.starts[j] != p.ends[j - 1]:
        return 0, head
    if p.tags[j + 1] in ("VBN", "VBG", "VBD", "JJ", "CC"):
        return 2, -1  # also "coal- and gas-fired"
    return 1, head


def _leads_on(p: Parsed, j: int, head: int) -> bool:
    """Whether a modifier inside a phrase leads to another noun: "cluster polling stations", "Afghan national police"."""
    if p.tags[j] in ("VBG", "VBN"):
        return p.tags[head] != "NNS" and p.deps[j] in ("amod", "compound") and p.heads[j] > j and p.tags[j + 1] in NOUNS
    return p.tags[j + 1] in NOUNS | {"HYPH", "JJ"} and p.tags[head] != "NNS"


def _modifies(p: Parsed, j: int, stop: int) -> bool:
    """Whether a participle or adverb at ``j`` stands before the noun and is no verb."""
    if p.tags[j] == "VBG" and p.words[j - 1] == "of" and p.tags[min(j + 1, stop - 1)] == "NNS":
        return True  # "thousands of returning refugees"
    k = j + 1
    while k < stop and (
        p.tags[k] in ("JJ", "JJS", "VBN", "VBG", "HYPH", "RB", "RBS", "RBR", "CD", "CC") or p.words[k] in _QUOTES
    ):
        k += 1
    if k >= stop or p.tags[k] not in NOUNS or p.words[k].lower() in _TIMES:
        return False
    return p.heads[j] >= j or p.deps[j] == "amod"


def _joins_modifiers(p: Parsed, j: int, stop: int, head: int) -> bool:
    """Whether "and" or a comma at ``j`` joins adjectives before one noun: "1,200 Chinese and overseas journalists"."""
    if j + 2 >= stop or (head >= 0 and p.tags[head] != "NNP"):
        return False
    if p.tags[j + 1] not in ("JJ", "NNP", "RB") and p.words[j + 1] not in _QUOTES:
        return False
    return p.tags[j + 2] == "NNS" or (head < 0 and p.tags[j + 2] in ("NN", "HYPH", "JJ", "VBN", "RB"))


def _adjective(p: Parsed, i: int, end: int) -> Phrase | None:
    """A demonym that stands for its people: "15 Nepalese", "20 Japanese"."""
    last = end - 1
    if last >= i and p.words[last][0].isupper() and country_of_demonym(p.words[last]):
        return Phrase(last, end)
    return None


def _of_office(p: Parsed, head: int, stop: int) -> int:
    """The end of a phrase that is one word in sense: "heads of state", "prisoners of war"."""
    office = head + 2 < stop and p.words[head + 1] == "of" and p.tags[head + 2] == "NN" and p.words[head].lower() in _OFFICES
    return head + 3 if office else head + 1


def singular(p: Parsed, head: int, end: int) -> str:
    """The counted noun's base form ("troop", "head of state", "Afghan")."""
    word, low = p.words[head], p.words[head].lower()
    if low in lex.PERSONS:
        return "person"
    lemma = p.lemmas[head] if p.tags[head] in ("NN", "NNS") else word
    if p.tags[head] == "VBZ":
        lemma = _strip(low)  # a plural taken for a verb
    elif low.endswith("oes") and lemma.endswith("oe") and low not in lex.OE_NOUNS:
        lemma = lemma[:-1]
    elif lemma.lower() == low and low.endswith("s") and len(low) > 3 and p.tags[head] in NOUNS:
        lemma = _strip(word if p.tags[head] in ("NNP", "NNPS") else low)
    return lemma if end == head + 1 else " ".join([lemma, *(p.words[head + 1 : end])])


def _strip(word: str) -> str:
    low = word.lower()
    if low.endswith(_KEEP_S) or (low.endswith("is") and word[0].islower()):
        return word
    if low.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if low.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    return word[:-1]


def goes_on(p: Parsed, sentence: int) -> bool:
    """Whether a sentence, other than the one before it, goes on about those counted there: "Among the dead were ..."."""
    return sentence > 0 and _begins_among(p, sentence) and not _begins_among(p, sentence - 1)


def _begins_among(p: Parsed, sentence: int) -> bool:
    a, b = p.sentences[sentence]
    return any(p.words[i].lower() in ("among", "amongst") for i in range(a, min(b, a + 3)))
