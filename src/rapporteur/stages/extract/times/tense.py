"""Which way a bare "Thursday" or "October" points: the tense of the verb that governs it, and words that announce."""

from __future__ import annotations

from typing import Literal, NamedTuple

from rapporteur.language.base import Parsed

Tense = Literal["past", "present", "future"]

_PLANNED = frozenset(
    "schedule plan slate due set expect intend hope aim want vow pledge promise prepare propose agree decide order ask urge "
    "invite arrange project predict forecast threaten ready upcoming imminent forthcoming future await deadline "
    "tentatively likely poise bind pend".split()
)
"""Lemmas that announce: what hangs on them lies ahead of them."""

_MODALS = frozenset("will shall would may might could can should must wo ca 'll ’ll 'd ’d ought going gonna".split())
_DEPTH = 14


class Clause(NamedTuple):
    """``tense`` of the clause; ``direct``: the token hangs on the verb itself; ``modal``: the verb has will, would, may ..."""

    tense: Tense
    direct: bool
    modal: bool


def clause_at(parsed: Parsed, token: int) -> Clause:
    """Tense of the clause that ``token`` stands in; past, and not direct, when nothing in the clause tells."""
    tags, heads = parsed.tags, parsed.heads
    if token > 1 and tags[token - 1] == "IN" and tags[token - 2] == "VBD" and parsed.lemmas[token - 2] not in _PLANNED:
        return Clause("past", direct=True, modal=False)  # "approved in May a plan", whatever the parser hangs May on
    at = below = token
    nouns = 0
    for _ in range(_DEPTH):
        if at != token and _plans(parsed, at):
            return Clause("future", direct=False, modal=False)
        owned = at != token and parsed.deps[below] == "nmod:poss"  # "Monday's shooting" is a noun, whatever its tag
        if (tags[at].startswith("VB") and not owned) or (at != token and parsed.deps[at] == "root"):
            tense = _verb_tense(parsed, at, _DEPTH)
            progressive = tags[at] == "VBG" and any(parsed.deps[c] == "aux" for c in parsed.children[at])
            if progressive and parsed.deps[token] == "nmod:poss" and not _modal(parsed, at):
                tense = "past"
            return Clause(tense, nouns == 0 and tags[at].startswith("VB"), tense == "future" and _modal(parsed, at))
        if heads[at] == at:
            break
        nouns += at != token and tags[at] != "CD"  # "January 9" hangs on its own number
        below, at = at, heads[at]
    return Clause("past", direct=False, modal=False)


def announces(parsed: Parsed, token: int) -> bool:
    """Whether a word announces: what hangs on it lies ahead of it, whatever its tense."""
    return parsed.lemmas[token] in _PLANNED


def _plans(parsed: Parsed, at: int) -> bool:
    """Whether this word, or what describes it, announces; "had been due" looks back."""
    if parsed.tags[at] == "VBG" and any(parsed.words[c].lower() == "after" for c in parsed.children[at]):
        return False  # "after ordering the arrest on Monday"
    if parsed.tags[at] != "VBD" and parsed.lemmas[at] in _PLANNED:
        return not any(parsed.words[c].lower() == "had" for c in parsed.children[at])
    return parsed.tags[at].startswith("NN") and (_announced(parsed, at) or _ahead(parsed, at))


def _ahead(parsed: Parsed, noun: int) -> bool:
    """ "Ahead of the vote Thursday"."""
    return any(parsed.words[c].lower() == "ahead" and parsed.deps[c] == "case" for c in parsed.children[noun])


def _modal(parsed: Parsed, verb: int) -> bool:
    return any(parsed.tags[c] == "MD" or parsed.words[c].lower() in _MODALS for c in parsed.children[verb])


def _announced(parsed: Parsed, noun: int) -> bool:
    return any(parsed.lemmas[child] in _PLANNED and parsed.deps[child] in ("amod", "acl") for child in parsed.children[noun])


def _verb_tense(parsed: Parsed, verb: int, depth: int) -> Tense:
    tag = parsed.tags[verb]
    infinitive = perfect = held = False
    for child in parsed.children[verb]:
        word = parsed.words[child].lower()
        dep = parsed.deps[child]
        infinitive = infinitive or parsed.tags[child] == "TO" or (tag == "VB" and child == verb - 1 and word == "to")
        if dep in ("aux", "aux:pass", "cop"):
            if word in ("'d", "’d") and tag != "VB":
                return "past"
            if parsed.tags[child] == "MD" or word in _MODALS:
                return "future"
            if word in ("is", "are") and _is_to(parsed, verb, child):
                return "future"
            if parsed.tags[child] == "VBD":
                return "past"
            if word in ("do", "does", "need", "needs"):
                return "present"  # "need not leave before July 1"
            if word in ("has", "have", "having"):
                perfect = True
            held = held or (dep == "aux:pass" and word in ("is", "are"))
        elif dep == "mark" and word == "to":
            infinitive = True
    if perfect or tag == "VBD":
        return "past"
    if infinitive:
        return _governor_tense(parsed, verb, depth, infinitive=True)
    if tag == "VB" and parsed.deps[verb] != "root":
        return _governor_tense(parsed, verb, depth, infinitive=False)
    if tag in ("VBZ", "VBP", "VB"):
        return "present"
    if tag == "VBN" and held and not infinitive:
        return "present"  # "elections are held on July 20"
    if tag == "VBN":
        return "future" if parsed.lemmas[verb] in _PLANNED else "past"
    if tag == "VBG":
        if any(parsed.words[c].lower() in ("is", "are", "am", "'re", "'s", "’re", "’s") for c in parsed.children[verb]):
            return "future" if parsed.deps[verb] != "xcomp" else "present"
        return _governor_tense(parsed, verb, depth, infinitive=False)
    return "past" if tag.startswith("NN") else "present"


def _is_to(parsed: Parsed, verb: int, be: int) -> bool:
    """ "Is to resume": what is arranged."""
    return any(parsed.tags[i] == "TO" for i in range(be + 1, min(be + 3, verb)))


def _governor_tense(parsed: Parsed, verb: int, depth: int, *, infinitive: bool) -> Tense:
    above = parsed.heads[verb]
    if above == verb or depth <= 0:
        return "future" if infinitive else "past"
    if parsed.lemmas[above] in _PLANNED and any(parsed.words[c].lower() == "had" for c in parsed.children[above]):
        return "past"
    if infinitive and (parsed.lemmas[above] in _PLANNED or not parsed.tags[above].startswith("VB")):
        return "future"
    if parsed.tags[above].startswith("VB"):
        return _verb_tense(parsed, above, depth - 1)
    return "past"
