"""Repairs of parses: constructions of this domain that a parser of small training takes for something else.

"to hand over the base" is read as a noun after a preposition ("to hand"), because in the treebanks "hand" is one nearly always.
"""

from __future__ import annotations

from rapporteur.language.base import Parsed

PHRASAL = {
    "hand": frozenset(("over", "back", "in")),
    "turn": frozenset(("over", "back", "in")),
    "pull": frozenset(("out", "back")),
    "step": frozenset(("down", "up", "in")),
    "phase": frozenset(("out",)),
    "scale": frozenset(("down", "back", "up")),
    "wind": frozenset(("down", "up")),
    "back": frozenset(("down", "out")),
}
"""Verbs of handing over and leaving that look like nouns, with their particles."""


def repair(parsed: Parsed) -> Parsed:
    """``parsed`` with "to" and a noun before a particle made the infinitive that they are; changed in place."""
    words, tags, heads, deps = parsed.words, parsed.tags, parsed.heads, parsed.deps
    for verb in range(1, len(words) - 1):
        particles = PHRASAL.get(words[verb])
        if particles is None or tags[verb] != "NN" or words[verb - 1] != "to" or words[verb + 1] not in particles:
            continue
        tags[verb - 1], tags[verb], parsed.lemmas[verb] = "TO", "VB", words[verb]
        above, obj = heads[verb], heads[verb + 1]
        _move(parsed, verb - 1, verb, "mark")
        _move(parsed, verb + 1, verb, "compound:prt")
        if above != verb:
            deps[verb] = "xcomp" if tags[above].startswith("VB") else "acl"
        if obj > verb + 1 and heads[obj] in (above, verb):
            _move(parsed, obj, verb, "obj")
    return parsed


def _move(parsed: Parsed, token: int, head: int, dep: str) -> None:
    parsed.deps[token] = dep
    if parsed.heads[token] != token:
        parsed.children[parsed.heads[token]].remove(token)
    parsed.heads[token] = head
    parsed.children[head] = sorted((*parsed.children[head], token))
