"""What a number counts: the noun it stands with, or the one it leaves out and the text before supplies."""

from __future__ import annotations

from typing import NamedTuple

from rapporteur.language.base import Parsed
from rapporteur.stages.extract.figures import lexicon as lex
from rapporteur.stages.extract.figures import phrases
from rapporteur.stages.extract.figures.measures import Measure
from rapporteur.stages.extract.figures.numbers import Amount, Scanner

_OTHERS = frozenset("others other more another ones".split())
_OF_THEM = frozenset("them these those whom which us you".split())
_EMPTY = frozenset(
    "number total figure toll amount count estimate rest majority minority remainder proportion percentage share rate level average maximum minimum population strength size".split()
)
_MEASURE_VERBS = frozenset(
    "be account cost rise fall grow total reach drop climb decline increase decrease shrink jump plunge soar stand amount number remain average surge "
    "take make slump tumble slip gain lose hit exceed top slow fetch worth equal constitute comprise represent measure weigh stay come go expand contract edge".split()
)


class Counted(NamedTuple):
    """``lemma`` of what is counted, None when nothing is; ``head`` its token or the number's; ``end`` the phrase's last token + 1."""

    lemma: str | None
    head: int
    end: int


class Memory:
    """What earlier figures of the report counted."""

    def __init__(self) -> None:
        self.seen: list[tuple[int, str, bool]] = []
        """Sentence, lemma, whether of persons; latest last."""
        self.measured: tuple[int, str | None] | None = None
        """Sentence and noun of the last amount with a unit: "1,000 euros (1,080 dollars)" repeat one figure."""

    def latest(self, sentence: int, *, persons: bool) -> str | None:
        """The last noun counted, at most three sentences before."""
        for at, lemma, human in reversed(self.seen[-8:]):
            if sentence - at > 3:
                return None
            if human or not persons:
                return lemma
        return None


def is_person(lemma: str) -> bool:
    """Whether a noun names persons: by the list, by the endings of agent nouns, by a capital (Afghan, Hutu, Taliban)."""
    low = lemma.lower()
    if low in lex.HUMANS or low in lex.MILITARY or low.endswith(lex.HUMAN_ENDINGS) or lemma[:1].isupper():
        return True
    return low.endswith(lex.AGENT_ENDINGS) and low not in lex.THINGS


def beside_unit(p: Parsed, s: Scanner, a: Amount, m: Measure, memory: Memory) -> Counted:
    """What an amount with a unit measures: "10 percent of voters", "a $48 million contract", "sales of $14 million", "exports rose 5%"."""
    number, last, unit = a.first, m.last, m.unit
    j = last
    if s.at(j) == "of" and s.at(j + 1) not in _OF_THEM:
        found = phrases.after(p, j)
        if found:
            return Counted(phrases.singular(p, *found), found.head, found.end)
    tag = p.tags[j] if j < len(p.tags) else "."
    if (
        tag in ("NN", "NNS", "JJ", "VBG")
        and p.sentence_at[j] == p.sentence_at[number]
        and s.at(j)
        not in (
            "worth",
            "more",
            "less",
            "higher",
            "lower",
            "long",
            "high",
            "tall",
            "wide",
            "deep",
            "away",
            "north",
            "south",
            "east",
            "west",
            "northeast",
            "northwest",
            "southeast",
            "southwest",
            "off",
        )
    ):
        found = phrases.after(p, j)
        if found and found.head - j <= 3 and s.at(found.head) not in lex.TIME_UNITS:
            return Counted(phrases.singular(p, *found), found.head, found.end)
    if s.at(a.first - 1) == "(" and memory.measured and memory.measured[0] == p.sentence_at[number]:
        return Counted(memory.measured[1], number, last)
    if unit in (
        "kilometre",
        "mile",
        "metre",
        "foot",
        "celsius",
        "fahrenheit",
        "degree",
        "inch",
        "centimetre",
        "millimetre",
        "kilogram",
        "hectare",
        "acre",
    ):
        return Counted(None, number, last)
    return Counted(_measured(p, s, a, last), number, last)


def _measured(p: Parsed, s: Scanner, a: Amount, last: int) -> str | None:
    """The noun that a governing "of" or verb ties the amount to."""
    start = p.sentences[p.sentence_at[a.first]][0]
    i = a.first - 1
    steps = 0
    while (
        i > start
        and steps < 6
        and (
            s.at(i) in lex.LEADS
            or s.at(i) in lex.SIGNS
            or s.at(i) in ("just", "us", "hk", "reported", "a", "than", "little", "slightly", "an")
            or p.tags[i] == "RB"
        )
        and s.at(i) != "of"
    ):
        i -= 1
        steps += 1
    if s.at(i) in ("of", "at", "worth") and p.tags[i - 1] in ("NN", "NNS"):
        return phrases.singular(p, i - 1, i)
    token = a.first
    for _ in range(5):
        head = p.heads[token]
        if head == token:
            break
        if p.tags[head].startswith("V") or p.lemmas[head] == "be":
            return _subject(p, head)
        token = head
    return _subject(p, token) if p.tags[token] in ("NN", "CD", "$", "NNS") else None


def _subject(p: Parsed, verb: int) -> str | None:
    """The subject of a verb of being, measuring or changing."""
    cop = any(p.deps[c] == "cop" for c in p.children[verb])
    if not cop and p.lemmas[verb] not in _MEASURE_VERBS:
        return None
    for c in p.children[verb]:
        if p.deps[c] in ("nsubj", "nsubj:pass") and p.tags[c] in ("NN", "NNS"):
            return phrases.singular(p, c, c + 1)
    return None


def counted(p: Parsed, s: Scanner, a: Amount, memory: Memory, state_hint: str | None = None) -> Counted:
    """What an amount without unit counts."""
    i = a.last
    sentence = p.sentence_at[a.first]
    if s.at(i) == "-" and i + 1 < len(p.words):
        return _hyphenated(p, s, a)
    if s.at(i) in ("of", "out") and s.at(i + (1 if s.at(i) == "of" else 2)) in _OF_THEM:
        return Counted(_remembered(p, memory, sentence, a), a.first, i + 2)
    if s.at(i) in ("times", "occasions") or (s.at(i) in ("separate", "different") and s.at(i + 1) in ("times", "occasions")):
        return _times(p, s, a)
    found = phrases.after(p, i)
    if found:
        return _of_phrase(p, s, a, found, memory)
    if (
        a.kind == "fraction"
        and s.at(a.first - 1) in ("a", "the", "its", "their")
        and i < len(p.words)
        and p.tags[i].startswith("V")
    ):
        return Counted(p.lemmas[i], i, i + 1)  # "a two-thirds vote": a noun after a compound modifier, taken for a verb
    return _bare(p, s, a, memory, state_hint)


def _hyphenated(p: Parsed, s: Scanner, a: Amount) -> Counted:
    """ "26-member bloc" counts members, "120,000-strong army" troops."""
    j = a.last + 1
    if s.at(j) == "strong":
        found = phrases.after(p, j + 1)
        if found and s.at(found.head) in lex.FORCES:
            return Counted("troop", found.head, found.end)
        return Counted("member", found.head if found else j, found.end if found else j + 1)
    return Counted(phrases.singular(p, j, j + 1), j, j + 1)


def _times(p: Parsed, s: Scanner, a: Amount) -> Counted:
    """ "attacked at least 153 times" counts attacks; "three times the size" is a factor."""
    j = a.last
    while s.at(j) not in ("times", "occasions"):
        j += 1
    if s.at(j + 1) in (
        "the",
        "as",
        "more",
        "higher",
        "larger",
        "bigger",
        "greater",
        "its",
        "their",
        "that",
        "what",
        "less",
        "faster",
    ):
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
    sentence = p.sentence_at[a.first]
    if low in _OTHERS:
        return Counted(_remembered(p, memory, sentence, a), head, found.end)
    if low in ("dead", "wounded", "injured", "missing", "fatalities") and p.tags[head] in ("NN", "NNS", "JJ"):
        return Counted("person" if low != "fatalities" else "fatality", head, found.end)
    return Counted(phrases.singular(p, head, found.end), head, found.end)


def _remembered(p: Parsed, memory: Memory, sentence: int, a: Amount) -> str:
    """What "others", "of them" or a bare number of persons stands for; a number joined to a name counts persons anew."""
    i = a.first - 1
    while i > 0 and (p.words[i].lower() in lex.LEADS and p.words[i].lower() != "and"):
        i -= 1
    if p.words[i].lower() == "and" and i and p.tags[i - 1] in ("NNP", "NNPS"):
        return "person"
    return memory.latest(sentence, persons=True) or memory.latest(sentence, persons=False) or "person"


def _bare(p: Parsed, s: Scanner, a: Amount, memory: Memory, state_hint: str | None) -> Counted:
    """A number with no noun after it: "900 are deployed", "killed 10", "the number of voters at around 74,000"."""
    noun = _number_of(p, s, a)
    if noun:
        return Counted(noun, a.first, a.last)
    sentence = p.sentence_at[a.first]
    if state_hint:
        last = memory.latest(sentence, persons=True)
        near = memory.seen and memory.seen[-1][0] == sentence
        keep = last and (a.kind == "vague" or near or state_hint in ("deployed", "displaced"))
        return Counted(last if keep else "person", a.first, a.last)
    return Counted(_subject_of(p, a) or _elliptic(p, s, a, memory, sentence), a.first, a.last)


def _elliptic(p: Parsed, s: Scanner, a: Amount, memory: Memory, sentence: int) -> str | None:
    """The noun of a figure of the same sentence that a bare subject leaves out: "of the 50 sites, 20 were closed", "another 30"."""
    if not memory.seen or memory.seen[-1][0] != sentence or a.low <= 1:
        return None
    if p.deps[a.first].startswith("nsubj") or s.at(a.first - 1) in ("another", "other", "further", "additional", "remaining"):
        return memory.seen[-1][1]
    return None


def _number_of(p: Parsed, s: Scanner, a: Amount) -> str | None:
    """The noun after "number of", "total of" that the number states: "the number of Western Sahara voters at around 74,000"."""
    start = p.sentences[p.sentence_at[a.first]][0]
    for i in range(a.first - 1, max(start - 1, a.first - 16), -1):
        low = s.at(i)
        if low in (";", ".") or (p.tags[i] == "CD" and i < a.first - 1):
            return None
        if low == "toll":
            return "person"
        if low in _EMPTY and s.at(i + 1) == "of" and i + 2 < a.first:
            found = phrases.after(p, i + 1)
            if found and found.head < a.first:
                low = s.at(found.head)
                return "person" if low in ("dead", "wounded", "injured", "missing", "casualties") else phrases.singular(p, *found)
    return None


def _subject_of(p: Parsed, a: Amount) -> str | None:
    head = p.heads[a.first]
    for token in (a.first, head):
        found = _subject(p, token)
        if found:
            return found
    return None
