"""Statements that came through an outlet or agency: "X was quoted by Y as saying ...", "as reported by Y, citing X".

The speaker is the one quoted or cited; the outlet is left beside the cue, where ``hop`` picks it up.
"""

from __future__ import annotations

from rapporteur.stages.clean import outlets
from rapporteur.stages.extract.statements.extent import FINITE, fitted
from rapporteur.stages.extract.statements.found import Found
from rapporteur.stages.extract.statements.lexicon import speaker_nouns
from rapporteur.stages.extract.statements.sources import agent, subject
from rapporteur.stages.extract.statements.tree import CLOSERS, QUOTES, Range, Tree

RELAYING = frozenset({"quote", "cite", "report", "carry"})
_SAYING = frozenset(
    {
        "say",
        "tell",
        "state",
        "declare",
        "add",
        "warn",
        "write",
        "announce",
        "claim",
        "deny",
        "urge",
        "acknowledge",
        "describe",
        "have",
    }
)
_REACH = 20
"""Tokens from "quoted" to "as saying", and from "citing" to the end of who is cited."""


def relayed(tree: Tree, token: int, *, passive: bool) -> Found | None:
    """ "Y quoted X as saying ...", "X was quoted as saying ...", "..., Y quoted X as saying", "as reported by Y, ..."."""
    if tree.lemmas[token] in ("report", "carry"):
        return _as_reported(tree, token) if passive else None
    first, last = tree.sentence(token)
    saying = _saying(tree, token, last)
    if saying is None:
        return None
    source = subject(tree, token) if passive else tree.trim(token + 1, saying - 1)
    after = saying + 1
    quotation = _quotation_before(tree, token, after)
    if quotation is not None:
        content: Range | None = quotation
    elif after >= last or tree.words[after] in CLOSERS:
        start = token
        while start > first and tree.words[start - 1] != ",":
            start -= 1
        content = tree.trim(first, start - 1) if start > first else None
    else:
        content = tree.trim(*fitted(tree, after, min(after + 1, last)))
    if source is None or content is None:
        return None
    if tree.words[source[0]] in QUOTES:
        source = source[0] + 1, source[1]
    return Found(saying, (token, saying + 1), source, (content,), "that")


def _quotation_before(tree: Tree, token: int, after: int) -> Range | None:
    """The quotation that ends right before who is quoted, where "as saying" has only when and where it was said behind it."""
    first, last = tree.sentence(token)
    if after < last and (tree.tags[after] != "IN" or any(tree.tags[i] in FINITE for i in range(after, last))):
        return None
    close = next((i for i in range(token - 1, first, -1) if tree.words[i] in QUOTES), first)
    return tree.trim(first, close + 1) if close > first and tree.words[close - 1] in CLOSERS else None


def _saying(tree: Tree, token: int, last: int) -> int | None:
    for i in range(token + 1, min(last - 1, token + _REACH)):
        if tree.words[i].lower() == "as" and tree.tags[i + 1] == "VBG" and tree.lemmas[i + 1] in _SAYING:
            return i + 1
        if tree.tags[i] in FINITE:
            return None
    return None


def _as_reported(tree: Tree, token: int) -> Found | None:
    """ "..., as (first) reported by Y" and "As reported by Y, ..."."""
    first, last = tree.sentence(token)
    at = token - 1
    while at > first and tree.words[at].lower() != "as" and token - at < 4:
        at -= 1
    source = agent(tree, token)
    if tree.words[at].lower() != "as" or source is None:
        return None
    if at <= first + 1:
        comma = next((i for i in range(source[1], last) if tree.words[i] == ","), last)
        content = tree.trim(comma, last)
    else:
        content = tree.trim(first, at)
    return Found(token, (at, token + 1), source, (content,), "according") if content else None


def credited(tree: Tree, found: list[Found]) -> list[Found]:
    """Where an outlet reports "citing X", X is the speaker, and "citing X" is no statement of its own."""
    citing = {f.head for f in found if tree.words[f.head].lower() in ("citing", "quoting")}
    if not citing and not any(word in ("citing", "quoting") for word in tree.words):
        return found
    gone: set[int] = set()
    out = []
    for f in found:
        cited = _cited(tree, f) if f.source is not None and f.head not in citing and _is_outlet(tree, f.source) else None
        if cited is not None:
            gone.add(cited[0])
            f = f._replace(source=cited[1], content=_before(f.content, cited[0]))
        out.append(f)
    return [f for f in out if f.head not in gone and f.content]


def _cited(tree: Tree, f: Found) -> tuple[int, Range] | None:
    """The word "citing" in the sentence of a cue, and who is cited."""
    first, last = tree.sentence(f.head)
    for i in range(first, last - 1):
        if tree.words[i].lower() in ("citing", "quoting"):
            end = i + 1
            while end < last and tree.words[end] not in CLOSERS and tree.words[end].lower() != "as" and end - i < _REACH:
                end += 1
            named = tree.trim(i + 1, end)
            return (i, named) if named else None
    return None


def _before(content: tuple[Range, ...], citing: int) -> tuple[Range, ...]:
    """Content that ran on into "citing X" is cut there."""
    return tuple((a, citing if a < citing < b else b) for a, b in content if a != citing)


def _is_outlet(tree: Tree, source: Range) -> bool:
    name = tree.parsed.span(*source).exact
    if outlets.known(name) is not None:
        return True
    return tree.lemmas[source[1] - 1].lower() in speaker_nouns()["media"]
