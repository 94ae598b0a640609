"""How far content reaches: from where a parse ends it to where the writing does.

Parsers break long sentences off at quotation marks and commas, or run on into what the report says next. The rules here know
only marks, conjunctions and word classes; each was kept because it brought more contents to the annotated extent than it took
away, over news reports.
"""

from __future__ import annotations

from rapporteur.stages.extract.statements.lexicon import cues
from rapporteur.stages.extract.statements.tree import CLOSERS, Range, Tree

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_MARKS = CLOSERS | {"(", ")", "[", "]", "?", "!"}
_ADVERBIAL = frozenset(
    "in on at by during after before as while when where because since until if amid following monday tuesday wednesday thursday "
    "friday saturday sunday today yesterday last this late early".split()
)
_TURNS = frozenset({"but", "although", "though"})
_SUBJECT_TAGS = frozenset({"PRP", "NNP", "DT", "PRP$"})
_SHELL_NOUNS = frozenset(
    "move plan swipe reference charge claim allegation accusation argument idea notion decision step jab dig nod shift reversal "
    "departure sign development point proposal stance view suggestion remark comment statement assertion position figure".split()
)
"""Nouns that sum up a clause (Schmid 2000): behind a comma, "a move that ..." is the report's own gloss on what was said."""


def is_clause(tree: Tree, part: Range) -> bool:
    """Whether a stretch has a subject or a finite verb, or begins as a question: else the parse took a phrase for a clause."""
    first, last = part
    if tree.tags[first] in ("WP", "WDT", "WRB") or tree.words[first].lower() in ("that", "if", "whether"):
        return True
    return any(tree.tags[i] in FINITE or tree.deps[i].startswith("nsubj") for i in range(first, last))


def fitted(tree: Tree, first: int, last: int) -> Range:
    """A clause after its cue, carried on to the next mark if the parse broke off, cut where the report takes over again."""
    end = tree.sentence(first)[1]
    last = _to_mark(tree, last, end)
    if last < end and tree.words[last] == "," and _waits(tree, first, last):
        last = _to_mark(tree, last + 1, end)
    if last + 2 < end and tree.words[last] == "," and tree.tags[last + 1] == "CC" and _goes_on(tree, last + 2):
        last = _to_mark(tree, last + 2, end)
    elif last + 1 < end and tree.tags[last] == "CC" and _goes_on(tree, last + 1):
        last = _to_mark(tree, last + 1, end)
    if last + 2 < end and tree.words[last] == "," and tree.words[last + 1] == "but" and "only" in tree.words[first:last]:
        last = _to_mark(tree, last + 2, end)  # "not only ..., but also ..."
    for i in range(first + 1, last - 1):
        if _turns_away(tree, i):
            return first, i
    return first, last


def carried_on(tree: Tree, first: int, last: int) -> int:
    """End of a noun phrase that the parse broke off: on to the next mark, verb, conjunction or adverbial."""
    words, tags = tree.words, tree.tags
    end = tree.sentence(first)[1]
    while last < end and words[last] not in _MARKS and tags[last] not in FINITE:
        if tags[last] == "CC" and not (last + 1 < end and tags[last + 1] in ("DT", "JJ", "NN", "NNS", "PRP$")):
            break
        if words[last].lower() in _ADVERBIAL or tags[last] == "RB":
            break
        last += 1
    return last


def _to_mark(tree: Tree, last: int, end: int) -> int:
    while last < end and tree.words[last] not in _MARKS and tree.tags[last] != "CC":
        last += 1
    return last


def _waits(tree: Tree, first: int, last: int) -> bool:
    """Whether the clause began with "if ...", "in ...", "even if ...", so that its main part comes behind the comma."""
    lead = first + (tree.words[first].lower() == "that")
    if lead < last and tree.tags[lead] == "RB":
        lead += 1
    return lead < last and tree.tags[lead] == "IN"


def _goes_on(tree: Tree, i: int) -> bool:
    """Whether behind a conjunction comes "that ...", or a verb without subject that reports nothing ("... and would go")."""
    tag = tree.tags[i]
    if tag == "MD" or (tag == "IN" and tree.words[i].lower() == "that"):
        return True
    return tag in ("VBD", "VBZ", "VBP") and "that" not in cues("verb").get(tree.lemmas[i], ())


def _turns_away(tree: Tree, i: int) -> bool:
    """Whether the report takes over again at token ``i``: "..., adding", "..., but he", "..., a move that", "... and said"."""
    words, tags = tree.words, tree.tags
    if words[i] == ",":
        return _new_start(tree, i + 1)
    if tags[i] != "CC":
        return False
    i += tags[i + 1] == "PRP"
    return i + 1 < len(words) and tags[i + 1] in ("VBD", "VBZ") and "quote" in cues("verb").get(tree.lemmas[i + 1], ())


def _new_start(tree: Tree, i: int) -> bool:
    """Whether the words behind a comma are the report's own."""
    words, tags = tree.words, tree.tags
    word = words[i].lower()
    after = i + 1
    if after >= len(words):
        return False
    if word in _TURNS:
        return tags[after] in _SUBJECT_TAGS or (tags[after] == "VBD" and "that" in cues("verb").get(tree.lemmas[after], ()))
    if word == "even" and words[after] == "as":
        return True
    if word == "while" and tags[after] == "VBG":
        return True
    if word == "according" or (word == "as" and (tags[after] == "VBN" or words[after] == "first")):
        return True
    if word in ("a", "an"):
        return any(tree.lemmas[k] in _SHELL_NOUNS for k in range(after, min(after + 3, len(words))))
    return tags[i] == "VBG" and tree.lemmas[i] in cues("verb")
