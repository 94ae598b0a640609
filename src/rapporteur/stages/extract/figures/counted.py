"""What a number counts: the noun it stands with, or the one it leaves out and the text before supplies."""

from __future__ import annotations

from typing import NamedTuple

from rapporteur.language.base import Parsed
from rapporteur.stages.extract.figures import lexicon as lex
from rapporteur.stages.extract.figures import phrases
from rapporteur.stages.extract.figures.memory import Memory
from rapporteur.stages.extract.figures.numbers import Amount, Scanner

OF_THEM = frozenset("them these those whom which us you".split())
_OTHERS = frozenset("others other more another ones".split())
_CASUALTIES = frozenset("dead wounded injured missing casualties hurt".split())
_TIMES = frozenset(("times", "occasions"))
_FACTOR = frozenset("the as more higher larger bigger greater its their that what less faster".split())
_COMPARED = frozenset("another other further additional remaining against versus than including with only just".split())
_JOINED = frozenset(("and", ",", "or", "but"))
_FAR = 16


class Counted(NamedTuple):
    """``lemma`` of what is counted (None: nothing), ``head`` its token or the number's, ``end`` the token after the phrase."""

    lemma: str | None
    head: int
    end: int


def counted(p: Parsed, s: Scanner, a: Amount, memory: Memory) -> Counted:
    """What an amount without unit counts."""
    i = a.last
    sentence = p.sentence_at[a.first]
    if s.at(i) == "-" and i + 1 < len(p.words):
        return _hyphenated(p, s, a)
    k = i + 2 if s.at(i) == "out" else i + 1
    if s.at(i) in ("of", "out") and s.at(k) in OF_THEM and not (k + 1 < len(p.tags) and p.tags[k + 1] in phrases.NOUNS | {"JJ"}):
        return Counted(_remembered(p, memory, sentence, a), a.first, k + 1)
    if s.at(i) in _TIMES or (p.tags[min(i, len(p.tags) - 1)] == "JJ" and s.at(i + 1) in _TIMES):
        return _times(p, s, a)
    found = phrases.after(p, i)
    if found:
        return _of_phrase(p, s, a, found, memory)
    if a.kind == "fraction" and s.at(a.first - 1) in ("a", "the", "its", "their") and i < len(p.words) and p.tags[i][0] == "V":
        return Counted(p.lemmas[i], i, i + 1)  # "a two-thirds vote": a noun after a compound modifier, taken for a verb
    return Counted(_left_out(p, s, a, memory), a.first, a.last)


def _hyphenated(p: Parsed, s: Scanner, a: Amount) -> Counted:
    """ "26-member bloc" counts members, "120,000-strong army" troops."""
    j = a.last + 1
    if s.at(j) == "strong":
        found = phrases.after(p, j + 1)
        if found and s.at(found.head) in lex.FORCES | lex.MILITARY:
            return Counted("troop", found.head, found.end)
        return Counted("member", found.head if found else j, found.end if found else j + 1)
    return Counted(phrases.singular(p, j, j + 1), j, j + 1)


def _times(p: Parsed, s: Scanner, a: Amount) -> Counted:
    """ "attacked at least 153 times" counts attacks; "three times the size" is a factor."""
    j = a.last if s.at(a.last) in _TIMES else a.last + 1
    if s.at(j + 1) in _FACTOR or (j + 1 < len(p.tags) and p.tags[j + 1] in ("JJ", "NN", "NNS", "JJR")):
        return Counted("time", j, j + 1)
    token = j
    for _ in range(4):
        head = p.heads[token]
        if p.tags[head].startswith("V"):
            return Counted(p.lemmas[head], j, j + 1)
        if head == token:
            break
        token = head
    for k in range(a.first - 1, max(-1, a.first - 6), -1):
        if p.tags[k].startswith("V"):
            return Counted(p.lemmas[k], j, j + 1)
    return Counted("time", j, j + 1)


def _of_phrase(p: Parsed, s: Scanner, a: Amount, found: phrases.Phrase, memory: Memory) -> Counted:
    head = found.head
    low = s.at(head)
    if low in _OTHERS:
        return Counted(_remembered(p, memory, p.sentence_at[a.first], a), head, found.end)
    if low in _CASUALTIES and p.tags[head] in ("NN", "NNS", "JJ"):
        return Counted("person", head, found.end)
    return Counted(phrases.singular(p, head, found.end), head, found.end)


def _remembered(p: Parsed, memory: Memory, sentence: int, a: Amount) -> str:
    """What "others" or "of them" stands for; a number joined to a name counts persons anew."""
    i = a.first - 1
    while i > 0 and p.words[i].lower() in lex.LEADS and p.words[i].lower() != "and":
        i -= 1
    if i > 0 and p.words[i].lower() == "and" and p.tags[i - 1] in ("NNP", "NNPS"):
        return "person"
    return memory.latest(sentence, persons=True) or memory.latest(sentence, persons=False) or "person"


def _left_out(p: Parsed, s: Scanner, a: Amount, memory: Memory) -> str | None:
    """The noun of a bare number: "the number of voters at around 74,000", "of 50 sites, 20 were closed", "France sends 100"."""
    noun = _number_of(p, s, a) or _of_second(p, s, a)
    if noun:
        return noun
    sentence = p.sentence_at[a.first]
    before = memory.within(sentence)
    if before and a.low > 1:
        lemma, person = before
        k = a.first - 1
        while s.at(k) in lex.LEADS and s.at(k) not in _JOINED:
            k -= 1
        gapped = s.at(k) in _JOINED and s.at(a.last) in lex.PLACE_PREPOSITIONS
        if person or gapped or p.deps[a.first].startswith("nsubj") or s.at(a.first - 1) in _COMPARED:
            return lemma
    return memory.latest(sentence, persons=False) if a.kind == "vague" else None


def _of_second(p: Parsed, s: Scanner, a: Amount) -> str | None:
    """The noun of the second number in "from 14,000 to 11,500 troops"."""
    j = a.last + 1
    if s.at(a.last) != "to" or s.at(a.first - 1) != "from":
        return None
    while j < min(len(p.tags), a.last + 4) and (p.tags[j] == "CD" or s.at(j) in lex.LEADS):
        j += 1
    found = phrases.after(p, j) if j > a.last + 1 and j < len(p.tags) else None
    return phrases.singular(p, *found) if found else None


def casualties(a: Amount, sentence: int, memory: Memory, state: str) -> str:
    """What a bare number with a state counts: those counted before, where it goes on about them, else persons."""
    last = memory.latest(sentence, persons=True)
    near = memory.within(sentence)
    if last and (a.kind == "vague" or near or state in ("deployed", "displaced")):
        return last
    return "troop" if state == "deployed" else "person"


def _number_of(p: Parsed, s: Scanner, a: Amount) -> str | None:
    """The noun after "number of", "total of" that the number states: "the number of Western Sahara voters at around 74,000"."""
    start = p.sentences[p.sentence_at[a.first]][0]
    for i in range(a.first - 1, max(start - 1, a.first - _FAR), -1):
        low = s.at(i)
        if low in (";", ".") or (p.tags[i] == "CD" and i < a.first - 1 and not _year(p.words[i])):
            return None
        if low == "toll":
            return "person"
        if low in lex.GENERIC and s.at(i + 1) == "of" and i + 2 < a.first:
            found = phrases.after(p, i + 1)
            if found and found.head < a.first:
                return "person" if s.at(found.head) in _CASUALTIES else phrases.singular(p, *found)
    return None


def _year(word: str) -> bool:
    return len(word) == 4 and word.isdigit() and word[:2] in ("19", "20")
