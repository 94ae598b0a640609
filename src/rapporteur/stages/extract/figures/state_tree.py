"""The state of those counted as the syntax tree tells it."""

from __future__ import annotations

from rapporteur.language.base import Parsed
from rapporteur.stages.extract.figures import lexicon as lex

_PASSIVE = frozenset(("nsubj:pass", "csubj:pass"))
_OBJECTS = frozenset(("obj", "dobj", "iobj"))
_UPWARD = frozenset(("conj", "appos", "nummod", "compound", "parataxis", "dep", "list", "amod", "flat", "det"))
_COMPLEMENTS = frozenset(("xcomp", "ccomp", "advcl", "amod", "obl"))
_LOOSE = frozenset(("advcl", "obl", "amod"))
_PARTITIVE = frozenset(("including", "of", "among"))
_DETERMINED = frozenset(("CD", "DT", "PRP", "PRP$"))
_MAX_ARCS = 6


def phrase_at(p: Parsed, i: int) -> str | None:
    """State of a verb with its complement that begins at token ``i``: "shot dead", "taken hostage"."""
    if p.words[i].lower() not in lex.PHRASE_STARTS:
        return None
    for size in (4, 3, 2):
        name = lex.STATE_PHRASES.get(tuple(w.lower() for w in p.words[i : i + size]))
        if name:
            return name
    return None


def has_object(p: Parsed, verb: int) -> bool:
    """Whether a verb form has an object of its own, so that what stands before it acts: "two gunmen killed nine"."""
    if any(p.deps[c] in _OBJECTS for c in p.children[verb]):
        return True
    after = verb + 1
    return after < len(p.tags) and p.tags[after] in _DETERMINED and p.words[after].lower() not in lex.WEEKDAYS


def state(p: Parsed, head: int) -> str | None:
    """State of the verb or predicate that governs ``head``, through coordination, at most six arcs up."""
    token = head
    for _ in range(_MAX_ARCS):
        for child in p.children[token]:
            found = _participle(p, child)
            if found:
                return found
        parent, dep = p.heads[token], p.deps[token]
        if parent == token:
            return _predicate(p, token)
        if dep in _PASSIVE:
            return phrase_at(p, parent) or lex.TRANSITIVE.get(p.words[parent].lower()) or _complement(p, parent)
        if dep == "nsubj":
            return _as_subject(p, token, parent)
        if dep in _OBJECTS:
            return _as_object(p, parent)
        if dep in ("nmod", "obl"):
            found = _as_oblique(p, token, parent)
            if found or not any(p.words[c].lower() in _PARTITIVE for c in p.children[token] if p.deps[c] == "case"):
                return found
        elif dep not in _UPWARD:
            return None
        token = parent
    return None


def _as_object(p: Parsed, verb: int) -> str | None:
    low = p.words[verb].lower()
    if low in lex.LEAVE:
        return _complement(p, verb)
    return lex.TRANSITIVE.get(low) if p.tags[verb].startswith("V") and not _negated(p, verb) else None


def _participle(p: Parsed, child: int) -> str | None:
    """A participle or relative clause on the noun: "people killed in the raid", "who were wounded", "wounded soldiers"."""
    dep = p.deps[child]
    if dep not in ("acl", "acl:relcl", "amod"):
        return None
    low = p.words[child].lower()
    if low in lex.ADJECTIVES and dep == "amod":
        return lex.ADJECTIVES[low]
    if low in lex.INTRANSITIVE and dep == "acl:relcl":
        return lex.INTRANSITIVE[low]
    if low in lex.TRANSITIVE and p.tags[child] in ("VBN", "VBD"):
        deps = {p.deps[c] for c in p.children[child] if p.words[c].lower() != "who"}
        if "aux:pass" in deps or (p.tags[child] == "VBN" and not deps & {"obj", "nsubj"}):
            return phrase_at(p, child) or lex.TRANSITIVE[low]
    return None


def _as_subject(p: Parsed, token: int, verb: int) -> str | None:
    if _negated(p, verb):
        return None
    low = p.words[verb].lower()
    found = lex.INTRANSITIVE.get(low) or phrase_at(p, verb)
    if found:
        return found
    if low in lex.TRANSITIVE and p.tags[verb] in ("VBN", "VBD") and not has_object(p, verb) and verb > token:
        return lex.TRANSITIVE[low] if p.tags[verb] == "VBN" or lex.TRANSITIVE[low] in ("killed", "wounded") else None
    return _predicate(p, verb) or _complement(p, verb)


def _predicate(p: Parsed, token: int) -> str | None:
    """ "Among the dead are three children", "12 people are missing", "the death toll is 3,700", "the dead include two"."""
    low = p.words[token].lower()
    if low in lex.ADJECTIVES and p.tags[token] in ("JJ", "VBN"):
        return lex.ADJECTIVES[low]
    for child in p.children[token]:
        word, dep = p.words[child].lower(), p.deps[child]
        if dep == "case" and word in ("among", "amongst"):  # "were among the captives"
            return lex.STATE_NOUNS.get(low) or lex.ADJECTIVES.get(low)
        among = dep in ("nmod", "obl") and any(p.words[c].lower() in ("among", "amongst") for c in p.children[child])
        if dep == "nsubj" and word in lex.TOLLS:
            return "killed"
        if among or (dep == "nsubj" and word in lex.CASUALTY_NOUNS):
            return lex.STATE_NOUNS.get(word) or lex.ADJECTIVES.get(word)
    return None


def _complement(p: Parsed, verb: int) -> str | None:
    """ "left 10 dead", "were found dead", "feared drowned", "believed to have died", "reported missing"."""
    for child in p.children[verb]:
        if p.deps[child] not in _COMPLEMENTS or child < verb:
            continue
        low = p.words[child].lower()
        if p.deps[child] in _LOOSE and low not in lex.ADJECTIVES:
            continue
        passive = lex.TRANSITIVE.get(low) if p.tags[child] == "VBN" else None
        found = lex.ADJECTIVES.get(low) or lex.INTRANSITIVE.get(low) or passive
        if found:
            return found
    return None


def _as_oblique(p: Parsed, token: int, parent: int) -> str | None:
    cases = {p.words[c].lower() for c in p.children[token] if p.deps[c] == "case"}
    low = p.words[parent].lower()
    if "of" in cases and low in lex.DEATH_NOUNS:
        return "killed"
    if "including" in cases and p.tags[parent].startswith("V"):
        return lex.TRANSITIVE.get(low) or lex.INTRANSITIVE.get(low)
    return None


def _negated(p: Parsed, verb: int) -> bool:
    return any(p.words[c].lower() in lex.NEGATIONS for c in p.children[verb])
