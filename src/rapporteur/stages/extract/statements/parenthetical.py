"""Reporting clauses set beside what they report: "..., he said", "..., said X, a general, ...", '"...", X added, "..."'.

Parsers trained on treebanks attach these badly once the sentence is long, but writers set them off with commas and
quotation marks; so this reads the marks and uses the parse only to tell a noun phrase from a verb phrase.
"""

from __future__ import annotations

from typing import NamedTuple

from rapporteur.stages.extract.statements.tree import CLOSERS, QUOTES, Range, Tree

_MAX_GROUP = 40
"""Tokens between the mark that sets off a reporting clause and its verb: enough for names with appositions."""

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_AFTER = frozenset({"IN", "TO", "RB"})
_ADDRESSING = frozenset({"tell", "ask", "inform", "assure", "remind", "advise", "warn", "promise", "notify"})
_HEARER = ("NN", "PRP", "DT", "JJ", "CD")
_TIME_WORDS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tonight last late early earlier this".split()
)
_BOUNDARY = CLOSERS | QUOTES | {"?", "!"}


class Aside(NamedTuple):
    """A reporting clause's source and content, in token ranges."""

    source: Range | None
    content: tuple[Range, ...]


def parenthetical(tree: Tree, token: int) -> Aside | None:
    """Source and content of the reporting verb ``token`` when it stands beside its content, else None."""
    if tree.tags[token] not in _FINITE and not _looks_finite(tree, token):
        return None
    first, last = tree.sentence(token)
    group = _inverted(tree, token, first, last) or _straight(tree, token, first, last)
    if group is None:
        return None
    start, end, source = group
    if start == first:
        before = _quotation_before(tree, first)
        return Aside(source, (before,)) if before else None
    left = tree.trim(first + (tree.tags[first] == "CC"), start)
    if left is None:
        return None
    right = _right_content(tree, end, last)
    if not _is_clause(tree, left):
        rest = tree.trim(end, last) if end < last and tree.words[end] == "," else None
        return Aside(source, (left, rest)) if rest and _is_clause(tree, rest) else None
    return Aside(source, (left, right) if right else (left,))


def _looks_finite(tree: Tree, token: int) -> bool:
    """A past tense form taken for a participle: it stands next to a mark and has no auxiliary."""
    if tree.tags[token] not in ("VBN", "VB"):
        return False
    return not any(tree.deps[child] in ("aux", "aux:pass", "mark") for child in tree.children[token])


def _inverted(tree: Tree, token: int, first: int, last: int) -> tuple[int, int, Range] | None:
    """Verb before subject: (start of the clause, its end, source)."""
    if token < first or tree.words[max(token - 1, 0)] not in _BOUNDARY:
        return None
    after = token + 1
    if after >= last or not tree.tags[after].startswith(("NN", "PRP", "DT", "CD", "JJ", "NNP", "RB")):
        return None
    if tree.words[after].lower() in _TIME_WORDS or tree.words[after].lower() == "that" or tree.tags[after] == "RB":
        return None
    if tree.tags[token] == "VBN" and tree.words[token - 1] not in QUOTES:
        return None
    end = _end_of_nominal(tree, after, token, last)
    if end <= after or (end < last and tree.tags[end] in _FINITE):
        return None
    return token, end, (after, end)


def _end_of_nominal(tree: Tree, after: int, token: int, last: int) -> int:
    """End of the noun phrase that starts at ``after``: to its first comma, or to where its parse ends before that."""
    stop = after
    while stop < last and tree.words[stop] not in _BOUNDARY:
        if tree.tags[stop] in _FINITE or tree.words[stop].lower() in (
            "who",
            "which",
            "when",
            "while",
            "during",
            "in",
            "on",
            "at",
        ):
            break
        stop += 1
    return stop


def _straight(tree: Tree, token: int, first: int, last: int) -> tuple[int, int, Range] | None:
    """Subject before verb: (start of the clause, its end, source)."""
    after = token + 1
    addressed = tree.lemmas[token] in _ADDRESSING and after < last and tree.tags[after].startswith(_HEARER)
    if after < last and not addressed and not _ends_clause(tree, after):
        return None
    if after < last and tree.words[after].lower() in ("that", "if", "whether", "so"):
        return None
    for child in tree.children[token]:
        if child > token and not addressed and tree.deps[child] in ("ccomp", "obj") and tree.words[after] not in _BOUNDARY:
            return None
    start = _start_of_subject(tree, token, first)
    if start is None or start < first or tree.words[max(start - 1, 0)] not in _BOUNDARY:
        return None
    end = after
    while end < last and tree.words[end] not in _BOUNDARY:
        if tree.tags[end] in _FINITE or tree.words[end].lower() == "that":
            return None
        end += 1
    source = tree.trim(start, token)
    return (start, end, source) if source else None


def _ends_clause(tree: Tree, after: int) -> bool:
    """Whether what follows a reporting verb is a mark or an adverbial, and not yet its content."""
    word = tree.words[after]
    return word in _BOUNDARY or tree.tags[after] in _AFTER or word.lower() in _TIME_WORDS


def _start_of_subject(tree: Tree, token: int, first: int) -> int | None:
    for child in tree.children[token]:
        if tree.deps[child] in ("nsubj", "nsubj:pass") and child < token:
            start = tree.left[child]
            return start if token - start <= _MAX_GROUP else None
    start = token - 1
    if tree.words[start] == ",":  # "Reuter, the official news agency, wrote"
        start -= 1
        while start > first and tree.words[start] != "," and token - start <= _MAX_GROUP:
            if tree.words[start] in _BOUNDARY or tree.tags[start] in _FINITE:
                return None
            start -= 1
        start -= 1
    while start > first and tree.words[start] not in _BOUNDARY:
        if tree.tags[start] in _FINITE or token - start > _MAX_GROUP:
            return None
        start -= 1
    return start + 1 if start + 1 < token else None


def _is_clause(tree: Tree, part: Range) -> bool:
    """Whether a part can be content by itself: it ends in a quotation mark or has a finite verb."""
    first, last = part
    return tree.words[last - 1] in QUOTES or any(tree.tags[i] in _FINITE for i in range(first, last))


def _quotation_before(tree: Tree, first: int) -> Range | None:
    """The closing words of a quotation that ends right before the sentence which starts at ``first``: '"Why?" he asked.'"""
    if (
        first < 2
        or tree.words[first - 1] not in QUOTES
        or "\n" in tree.parsed.text[tree.parsed.ends[first - 1] : tree.parsed.starts[first]]
    ):
        return None
    return tree.sentence(first - 1)


def _right_content(tree: Tree, end: int, last: int) -> Range | None:
    """What goes on after the reporting clause: a quotation, or a clause broken in its middle."""
    if end >= last or tree.words[end] != ",":
        return None
    after = end + 1
    if after >= last:
        return None
    if tree.words[after] in QUOTES:
        return tree.trim(after, last)
    return None
