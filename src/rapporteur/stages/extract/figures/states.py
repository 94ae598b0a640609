"""What befell or is done with those counted: killed, wounded, captured, missing, displaced, deployed.

First the words beside the phrase are read (a state verb directly before, or after it with only auxiliaries, adverbs and
"feared", "believed" between), then the tree: object or passive subject, complement, relative clause, coordination. What befell
them outweighs what they are: refugees who drowned are killed, not displaced.
"""

from __future__ import annotations

from typing import cast

from rapporteur.language.base import Parsed
from rapporteur.model.claims import State
from rapporteur.stages.extract.figures import lexicon as lex
from rapporteur.stages.extract.figures import state_tree

_MAX_LINKS = 9
_MAX_LEAD = 6
_MAX_TOLL = 16
_MAX_JOINED = 16
_NOMINAL = frozenset(("DT", "CD", "JJ", "NN", "NNS", "NNP", "NNPS", "HYPH", "PRP$", ",", "POS"))
_WEAK = frozenset(("displaced", "deployed", "captured"))
_ADJECTIVAL = frozenset(("JJ", "VBN", "RB", "NN", "VBD", "VBG"))
_PARTICIPLE_ENDS = ("ed", "n", "t", "g")
_CLAUSE_ENDS = frozenset(("VBD", "VBZ", "VBP", "MD", "WP", "CD"))
_LEFT_ENDS = frozenset(("and", ";", "after", "when", "before"))


def state_of(p: Parsed, first: int, head: int, end: int, *, plain: bool = False) -> State | None:
    """The state of those counted by a phrase of tokens [first, end) with its head (or the number itself) at ``head``.

    ``plain``: only a verb beside the phrase counts ("one of them died", but not "one of three men killed").
    """
    if plain:
        return _settled(p, first, head, end, _after(p, first, end) or _before(p, first, end))
    noun = noun_state(p.words[head].lower()) if p.tags[head] in ("NN", "NNS", "NNP", "NNPS", "JJ", "VBN") else None
    if noun and noun not in _WEAK:
        return noun
    before = None
    found = _settled(p, first, head, end, _after(p, first, end))
    if found is None:
        found = before = _settled(p, first, head, end, _before(p, first, end) or _left(p, first, end))
    left = found is not None and first > 0 and p.words[first - 1].lower() in lex.LEAVES  # "and left thousands homeless"
    if not left and (found is None or (found in _WEAK and before is None)):
        other = _settled(p, first, head, end, state_tree.state(p, head))
        found = other if other and other not in _WEAK else found or other
    if found is None and noun is None:
        found = _settled(p, first, head, end, _after_joined(p, end))
    return found or noun


def noun_state(noun: str) -> State | None:
    """State told by a counted noun alone: "12 deaths", "13,000 refugees", "three hostages"."""
    return cast("State | None", lex.STATE_NOUNS.get(noun))


def toll_before(p: Parsed, i: int) -> State | None:
    """Whether a bare number continues a toll: "a higher toll: 137 in November and 135 in April"."""
    a = p.sentences[p.sentence_at[i]][0]
    return "killed" if any(p.words[k].lower() in lex.TOLLS for k in range(max(a, i - _MAX_TOLL), i)) else None


def _settled(p: Parsed, first: int, head: int, end: int, found: str | None) -> State | None:
    """A state that was read, made definite: persons who are hit are wounded, those fatally wounded are killed."""
    if found == "hit":
        found = "wounded" if p.tags[head] in ("NN", "NNS") and p.words[head].lower() in lex.HUMANS_ALL else None
    if found == "wounded" and _fatal(p, first, end):
        found = "killed"
    return cast("State | None", found)


def _after(p: Parsed, first: int, end: int) -> str | None:
    """A state right after the phrase: "were killed", "have been wounded", "feared dead", "(are) missing", "died"."""
    stop = min(p.sentences[p.sentence_at[first]][1], end + _MAX_LINKS)
    aux = False
    i = end
    if i < stop and p.words[i].lower() in ("who", "that", "which"):
        i = _clause_verb(p, i + 1, stop)
    while i < stop:
        low = p.words[i].lower()
        if low in lex.FATALLY and not aux:
            return "killed"
        found = state_tree.phrase_at(p, i)
        if found:
            return found
        if low in lex.ADJECTIVES and low != "arrested" and (p.tags[i] in _ADJECTIVAL or low == "dead"):
            acting = low in lex.TRANSITIVE and p.tags[i] == "VBD" and not aux and state_tree.has_object(p, i)
            return None if acting or (low == "lost" and not aux) else lex.ADJECTIVES[low]
        if low in lex.TRANSITIVE and low.endswith(_PARTICIPLE_ENDS):
            passive = aux or not state_tree.has_object(p, i)
            return lex.TRANSITIVE[low] if passive and (aux or p.tags[i] in ("VBN", "VBD")) else None
        if low in lex.INTRANSITIVE:
            return lex.INTRANSITIVE[low]
        if low in lex.NEGATIONS or (low not in lex.LINKS and p.tags[i] != "RB"):
            return None
        aux = aux or low in lex.BE
        i += 1
    return None


def _after_joined(p: Parsed, end: int) -> str | None:
    """The state of what is joined to the phrase: "four adults and a three-year-old were shot"."""
    b = p.sentences[p.sentence_at[end - 1]][1]
    if end + 2 >= b or p.words[end].lower() not in ("and", ","):
        return None
    i = end + 1
    while i < min(b, end + _MAX_JOINED) and (p.tags[i] in _NOMINAL or p.words[i] == "and"):
        i += 1
    return _after(p, i - 1, i) if i < b and p.words[i].lower() in lex.BE else None


def _clause_verb(p: Parsed, i: int, stop: int) -> int:
    """The first verb of a relative clause at ``i``, past what is put in between ("who according to officials fled")."""
    while i < stop and not p.tags[i].startswith(("VBD", "VBN", "VBP", "VBZ")) and p.words[i].lower() not in lex.LINKS:
        i += 1
    return i


def _before(p: Parsed, first: int, end: int) -> str | None:
    """A state verb right before the phrase, active or gerund: "killed nine", "wounding 10", "lives of 12", "toll of"."""
    start = p.sentences[p.sentence_at[first]][0]
    i = first - 1
    while i >= max(start, first - _MAX_LEAD) and (p.words[i].lower() in lex.LEADS or p.tags[i] in ("RB", "DT")):
        if p.words[i].lower() in ("of", "to") and p.words[i - 1].lower() not in lex.AMOUNTS:
            break
        i -= 1
    if i < start:
        return None
    low = p.words[i].lower()
    if low in lex.CLAIMED:
        lost = low in lex.LOSE and _fighters(p, first, end)
        return "killed" if lost or "lives" in (w.lower() for w in p.words[first : end + 1]) else None
    if low in lex.TRANSITIVE and p.tags[i].startswith("V"):
        passive = p.tags[i] in ("VBN", "VBD") and any(w.lower() in lex.BE for w in p.words[max(start, i - 3) : i])
        return lex.TRANSITIVE[low] if not passive or i == first - 1 else None
    if low in lex.PRESENCE and any(w.lower() in lex.BODIES for w in p.words[max(start, i - 6) : i]):
        return "deployed"
    if low in lex.HAVE and _stands_in(p, end):
        return "deployed"
    return _toll(p, start, i) if low in ("of", "to", "at", "between") else None


def _fighters(p: Parsed, first: int, end: int) -> bool:
    return any(w.lower() in lex.MILITARY or w.lower() in ("men", "fighters") for w in p.words[first:end])


def stationed(p: Parsed, end: int) -> bool:
    """Whether soldiers counted before token ``end`` are somewhere: "remain in Iraq", "serving in the north", "in Syria"."""
    i = end
    while i < min(len(p.words), end + 4) and (p.words[i].lower() in lex.STAY or p.tags[i] == "RB"):
        i += 1
    return _stands_in(p, i)


def _stands_in(p: Parsed, end: int) -> bool:
    """Whether "in" with a name or area follows: "has some 7,000 troops in southern Iraq"."""
    if end + 1 >= len(p.words) or p.words[end].lower() not in ("in", "inside", "on"):
        return False
    return any(
        p.tags[k] in ("NNP", "NNPS") or p.words[k].lower() in lex.AREA_NOUNS for k in range(end + 1, min(end + 4, len(p.tags)))
    )


def _left(p: Parsed, first: int, end: int) -> str | None:
    """ "left four soldiers, including the gunman, dead": the state comes later in the clause."""
    a, b = p.sentences[p.sentence_at[first]]
    if not any(p.words[i].lower() in lex.LEAVES for i in range(max(a, first - 4), first)):
        return None
    joined = end < b and p.words[end].lower() == "and"  # "left 40 guards and hundreds of villagers dead"
    for i in range(end + joined, min(b, end + 12)):
        low = p.words[i].lower()
        if low in lex.ADJECTIVES:
            return lex.ADJECTIVES[low]
        if p.tags[i] in _CLAUSE_ENDS or low in _LEFT_ENDS:
            return None
    return None


def _toll(p: Parsed, start: int, i: int) -> str | None:
    """ "the deaths of 12", "claimed the lives of nine", "bodies of two", "death toll rose to 40", "the capture of 30"."""
    of = p.words[i].lower() == "of"
    for k in range(i - 1, max(start - 1, i - 9), -1):
        low = p.words[k].lower()
        if low in lex.TOLLS:
            return "killed"
        if low in lex.DEATH_NOUNS:
            return "killed" if of or low in ("deaths", "fatalities", "dead") else None
        if low in ("lives", "life"):
            return "killed" if any(w.lower() in lex.CLAIMED for w in p.words[max(start, k - 4) : k]) else None
        if low in lex.OF_STATES:
            return lex.OF_STATES[low]
        if (of and k < i - 1) or p.tags[k] in (",", ".", ":"):
            return None
    return None


def _fatal(p: Parsed, first: int, end: int) -> bool:
    """ "one fatally", "two of them fatally", "was fatally shot"."""
    near = p.words[max(0, first - 3) : min(len(p.words), end + 4)]
    return any(w.lower() in lex.FATALLY for w in near)
