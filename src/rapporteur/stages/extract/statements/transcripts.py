"""Turns of transcripts and headlines: a name, a colon, and what that person says ("OKELLO: We will stay.")."""

from __future__ import annotations

from collections.abc import Iterator

from rapporteur.stages.extract.statements.found import Found
from rapporteur.stages.extract.statements.tree import MAX_CONTENT, QUOTES, Tree

_MAX_NAME = 8
"""Tokens before the colon: name, title, party and place in brackets."""

_MIN_TURN = 3
_MAX_SHOUTED = 3
_RUBRICS = frozenset(
    "roundup analysis feature interview profile update factbox correction urgent lead exclusive opinion commentary review "
    "photo video editorial fact box backgrounder chronology timeline highlights summary note editor credit source sources "
    "history geography religion religions population people economy language languages government politics constitution "
    "currency capital area climate resources education health media communications background forces".split()
)
"""Words before the colon of a headline or of an entry in a fact sheet that name the kind of report or what is told there."""


def transcript_turns(tree: Tree) -> Iterator[Found]:
    """One statement per paragraph that begins with the name of a speaker and a colon."""
    parsed = tree.parsed
    people = {token for name in parsed.names if name.kind == "person" for token in range(name.first, name.last)}
    for first, last in parsed.paragraphs:
        colon = next((i for i in range(first + 1, min(first + _MAX_NAME, last)) if tree.words[i] == ":"), None)
        if colon is None or last - colon <= _MIN_TURN or not _is_name(tree, first, colon, people):
            continue
        content = tree.trim(colon + 1, min(last, colon + 1 + MAX_CONTENT))
        if content is not None and _says_something(tree, *content):
            yield Found(colon, (colon, colon + 1), (first, colon), (content,), "quote")


def _is_name(tree: Tree, first: int, colon: int, people: set[int]) -> bool:
    if tree.words[colon - 1].lower() in _RUBRICS or tree.words[first].lower() in _RUBRICS:
        return False
    if colon - first <= _MAX_SHOUTED and _shouted(tree, first, colon):
        return True
    if not all(tree.tags[i].startswith("NNP") or tree.tags[i] in ("-LRB-", "-RRB-", "HYPH") for i in range(first, colon)):
        return False
    return any(i in people for i in range(first, colon))


def _shouted(tree: Tree, first: int, colon: int) -> bool:
    """Whether all words before the colon are in capitals, as the speakers of a transcript are."""
    return all(tree.words[i].isupper() and len(tree.words[i]) > 1 for i in range(first, colon))


def _says_something(tree: Tree, first: int, last: int) -> bool:
    return tree.words[first] in QUOTES or any(tree.tags[i] in ("VBD", "VBZ", "VBP", "MD") for i in range(first, last))
