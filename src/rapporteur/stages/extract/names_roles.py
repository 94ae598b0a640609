"""Titles and roles given with a person's name: before it, in apposition after it, or the noun that it stands in apposition to."""

from __future__ import annotations

from collections.abc import Set

from rapporteur.language.base import Parsed
from rapporteur.language.names_lexicon import is_group, is_title, word_list

MAX_TOKENS = 18
"""A longer apposition is a clause about the person, not a role."""

_COURTESY = frozenset("mr mrs ms miss messrs mme madam sir".split())
_MODIFIERS = frozenset(
    "first second third former ex late acting interim deputy vice senior junior assistant associate adjunct foreign home prime "
    "crown chief rear grand paramount right hon hon. honourable honorable st st. saint staff field home defense defence interior "
    "finance justice executive managing retired retd".split()
)
_DETERMINERS = frozenset("the a an its his her their our my your this that".split())
_CLAUSE = frozenset("since while after because until before that if whether although though when as than".split())
_OF = frozenset("of for at in to".split())
_INSIDE = frozenset("IN DT CC POS HYPH CD JJ JJS JJR NN NNS NNP NNPS VBN VBG TO PRP$ ,".split())


def is_role_noun(word: str) -> bool:
    """Whether a word by itself names an office, rank or occupation ("secretary", not "foreign" or "Mr")."""
    bare = word.rstrip(".").lower()
    return is_title(word) and bare not in _COURTESY and (bare not in _MODIFIERS or bare == "chief")


def role_of(p: Parsed, first: int, last: int, persons: Set[int]) -> str | None:
    """The role given with the person named by tokens [first, last); None when there is none. White space is single.

    ``persons`` are the tokens of all names of persons: no role reaches over another person.
    """
    begin, end = p.sentences[p.sentence_at[first]]
    stretch = _before(p, first, begin, persons) or _after(p, last, end) or _in_apposition_to(p, first, last, persons)
    if stretch is None:
        return None
    return " ".join(p.text[p.starts[stretch[0]] : p.ends[stretch[1] - 1]].split())


def _before(p: Parsed, first: int, begin: int, persons: Set[int]) -> tuple[int, int] | None:
    i = first - 1
    if i < begin:
        return None
    if is_role_noun(p.words[i]) and not p.tags[i].startswith("VB"):
        return _widened(p, i, begin, persons), first
    # "Secretary of State Antony Blinken", "Minister for the Middle East Tobias Ellwood"
    while i > begin and first - i < 7 and (p.words[i][0].isupper() or p.words[i] in ("of", "and", "the", "for")):
        i -= 1
        if p.words[i + 1] in ("of", "for") and is_role_noun(p.words[i]) and p.words[i][0].isupper():
            return _widened(p, i, begin, persons), first
    return None


def _widened(p: Parsed, i: int, begin: int, persons: Set[int]) -> int:
    """Leftwards over what qualifies the role noun ``i``: "former Iraqi prime minister", "the Pentagon 's press secretary"."""
    stop = max(begin, i - MAX_TOKENS)
    while i > stop:
        word, tag = p.words[i - 1], p.tags[i - 1]
        if i - 1 in persons or word in word_list("months") or word.lower() in _DETERMINERS or word.lower() in _COURTESY:
            break
        if tag in ("NN", "NNP", "NNPS", "JJ", "HYPH", "AFX", "VBG", "VBN") or is_title(word) or is_group(word):
            i -= 1
        elif tag == "CD" and p.tags[i] == "HYPH":
            i -= 1  # "a 40-year-old farmer"
        elif i - 2 >= stop and i - 2 not in persons and _joins(p, i):
            i -= 2
        else:
            break
    while p.tags[i] in ("HYPH", "VBG") or p.words[i] in ("-", "–"):
        i += 1
    return i


def _joins(p: Parsed, i: int) -> bool:
    """Whether the token before ``i`` ties what stands before it to the role: "Iraq 's", "president and"."""
    word = p.words[i - 1]
    if p.tags[i - 1] == "POS" or word in ("'s", "’s"):
        return p.tags[i - 2].startswith("NN")
    named = p.tags[i - 2].startswith("NNP") and p.tags[i].startswith("NNP")  # "Trade and Industry Minister"
    return word in ("and", "&") and (named or is_role_noun(p.words[i - 2]))


def _after(p: Parsed, last: int, end: int) -> tuple[int, int] | None:
    """ "Jon Alterman, the director of the Middle East program at a think tank, said": from the comma to the next."""
    if last + 1 >= end or p.words[last] != ",":
        return None
    first = last + 1
    i = first
    head = -1
    while i < end and i - first <= MAX_TOKENS:
        word, tag = p.words[i], p.tags[i]
        if (
            word in (",", ".", ";", ")", "—", "–", ":")
            or word in _CLAUSE
            or tag.startswith(("VBD", "VBZ", "VBP", "W", "MD", "``"))
        ):
            break
        if head < 0 and (tag in ("IN", "TO") or word in ("for", "of", "at", "in")):
            head = i - 1
        if tag not in _INSIDE:
            return None
        i += 1
    if i == end or i - first > MAX_TOKENS or p.tags[i].startswith("W"):
        return None
    head = i - 1 if head < 0 else head
    if head < first or not is_role_noun(p.words[head]):
        return None
    if p.words[first].lower() in _DETERMINERS and p.tags[first] == "DT":
        first += 1
    return (first, i) if first < i else None


def _in_apposition_to(p: Parsed, first: int, last: int, persons: Set[int]) -> tuple[int, int] | None:
    """ "the head of the mission, Jane Doe, ...": the role is the noun phrase before the comma."""
    begin = p.sentences[p.sentence_at[first]][0]
    if first - 2 < begin or p.words[first - 1] != ",":
        return None
    noun = -1
    for i in range(first - 2, max(begin, first - MAX_TOKENS) - 1, -1):
        if p.tags[i] not in _INSIDE or p.words[i] == "," or p.words[i] in _CLAUSE or i in persons:
            break
        if is_role_noun(p.words[i]) and (i == first - 2 or p.words[i + 1] in _OF):
            noun = i  # the leftmost: "the president of the council of ministers, ..."
    if noun < 0 or p.words[last : last + 1] not in ([","], ["."], [")"]):
        return None
    return _widened(p, noun, begin, persons), first - 1
