"""Reporting clauses set beside what they report: "..., he said", "..., said X, a general, ...", '"...", X added, "..."'.

Parsers trained on treebanks attach these badly once the sentence is long, but writers set them off with commas and
quotation marks; so this reads the marks and uses the parse only to tell a noun phrase from a verb phrase.
"""

from __future__ import annotations

from typing import NamedTuple

from rapporteur.stages.extract.statements.extent import FINITE
from rapporteur.stages.extract.statements.lexicon import cues, speaker_nouns
from rapporteur.stages.extract.statements.tree import CLOSERS, QUOTES, TIME_WORDS, Range, Tree

_MAX_GROUP = 40
"""Tokens between the mark that sets off a reporting clause and its verb: enough for names with appositions."""

_AFTER = frozenset({"IN", "TO", "RB"})
_ADDRESSING = frozenset({"tell", "ask", "inform", "assure", "remind", "advise", "warn", "promise", "notify"})
_NOMINAL = ("NN", "DT", "JJ", "CD", "PRP$")
_HEARER = ("NN", "PRP", "DT", "JJ", "CD")
_GOES_ON = frozenset(
    {"because", "since", "so", "if", "unless", "until", "without", "perhaps", "especially", "particularly", "despite"}
)
_ADVERBIAL_TAGS = frozenset({"IN", "WRB", "VBG", "VBN", "RB"})
_WORDS_PICKED_OUT = 4
"""Tokens: a shorter quotation behind a verb may be the beginning of a sentence in the report's words."""
_BEFORE_NAME = frozenset({"HYPH", "JJ", "POS", "DT", "CD", "PRP$"})
_MAX_BREAK = 3
"""Tokens from the verb to the comma after it when a reporting clause breaks a clause: "The plan, he said on Monday, is ..." """
_VERBAL = FINITE | {"VBN"}
_INVERTING = frozenset({"say", "add", "report", "write", "note"})
"""Verbs that stand before their subject also where no quotation ends."""
_MAX_LEAD = 20
"""Tokens between a verb and the quotation it leads up to."""
_BOUNDARY = CLOSERS | QUOTES | {"?", "!"}


class Aside(NamedTuple):
    """A reporting clause's source and content, in token ranges."""

    source: Range | None
    content: tuple[Range, ...]


def parenthetical(tree: Tree, token: int, *, speech: bool) -> Aside | None:
    """Source and content of the reporting verb ``token`` when it stands beside its content, else None.

    ``speech`` is for verbs that take a clause ("say"); the others ("laugh", "begin") report only what stands in quotation marks.
    """
    if tree.tags[token] not in FINITE and not _looks_finite(tree, token):
        return None
    first, last = tree.sentence(token)
    group = _inverted(tree, token, first, last) or _straight(tree, token, first, last)
    if group is None:
        return None
    start, end, source = group
    if start > first and tree.words[start - 1].lower() == "as":
        return _as_clause(tree, start - 1, end, source)
    if start == first:
        before = _quotation_before(tree, first) if end >= last - 1 or _ends_clause(tree, token + 1) else None
        return Aside(source, (before,)) if before else None
    left = tree.trim(first + (tree.tags[first] == "CC"), start)
    if left is None or not (speech or tree.words[left[1] - 1] in QUOTES):
        return None
    right = _right_content(tree, left, end, last)
    if (
        right
        and tree.words[right[0]] in QUOTES
        and tree.words[left[1] - 1] not in QUOTES
        and tree.tags[left[0]] in _ADVERBIAL_TAGS
    ):
        return Aside(source, (right,))
    if not _is_clause(tree, left):
        at_once = end - max(token, source[1] - 1) <= _MAX_BREAK and end < last and tree.words[end] == ","
        rest = tree.trim(end, last) if at_once else None
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
    if tree.lemmas[token] in _ADDRESSING and not (tree.lemmas[token] == "ask" and tree.words[token - 1] in QUOTES):
        return None  # "..., told reporters": what follows is the hearer
    after = token + 1
    if after >= last or not tree.tags[after].startswith(("NN", "PRP", "DT", "CD", "JJ", "NNP", "RB")):
        return None
    if tree.words[after].lower() in TIME_WORDS or tree.words[after].lower() == "that" or tree.tags[after] == "RB":
        return None
    end = _end_of_nominal(tree, after, token, last)
    speakers = end >= last - 1 and tree.lemmas[end - 1].lower() in speaker_nouns()["unnamed"]  # "..., recounted witnesses."
    if tree.tags[token] == "VBN" and tree.words[token - 1] not in QUOTES and not speakers:
        return None
    if tree.words[token - 1] not in QUOTES and tree.lemmas[token] not in _INVERTING and not speakers:
        return None  # "X, its leader, described a day at home": the verb has its subject before it
    if end <= after or (end < last and tree.tags[end] in FINITE) or _relative_before(tree, token, first):
        return None
    if any(tree.tags[i] == "TO" for i in range(after, end)):
        return None
    return token, end, (after, end)


def _relative_before(tree: Tree, token: int, first: int) -> bool:
    """Whether a relative clause ends right before the verb: then its subject stands before that clause, not behind the verb."""
    i = token - 2
    while i >= first and tree.words[i] not in _BOUNDARY:
        i -= 1
    return tree.words[token - 1] == "," and tree.tags[i + 1] in ("WP", "WDT", "WRB")


def _end_of_nominal(tree: Tree, after: int, token: int, last: int) -> int:
    """End of the noun phrase that starts at ``after``: to its first comma, or to where its parse ends before that."""
    stop = after
    while stop < last and tree.words[stop] not in _BOUNDARY:
        word = tree.words[stop].lower()
        if tree.tags[stop] in FINITE or word in ("who", "which", "when", "while"):
            break
        if word in ("during", "in", "on", "at") and not _inside_name(tree, stop, last):
            break
        stop += 1
    return stop


def _inside_name(tree: Tree, preposition: int, last: int) -> bool:
    """Whether a name goes on behind a preposition ("the Organisation for Cooperation in Europe envoy X")."""
    return preposition + 2 < last and all(tree.tags[i].startswith("NN") for i in (preposition + 1, preposition + 2))


def _straight(tree: Tree, token: int, first: int, last: int) -> tuple[int, int, Range] | None:
    """Subject before verb: (start of the clause, its end, source)."""
    after = token + 1
    if after < last and tree.words[after].lower() in ("that", "if", "whether", "so"):
        return None
    start = _start_of_subject(tree, token, first)
    if start is None or tree.words[max(start - 1, 0)] not in {*_BOUNDARY, "as", "As"}:
        start = _set_off(tree, token, first) or start
    if start is None or start < first:
        return None
    before = tree.words[max(start - 1, 0)]
    if before not in _BOUNDARY and before.lower() != "as":
        return None
    end = _end_of_clause(tree, token, last)
    if end is None:
        if before not in QUOTES or start - 1 <= first or tree.words[after] in QUOTES:
            return None
        end = after  # behind a quotation the clause is what reports it, whatever else it says
    source = tree.trim(start, token)
    if source is None or tree.tags[source[0]] in ("CC", "IN", "WDT", "TO", "VBG"):
        return None
    return start, end, source


def _end_of_clause(tree: Tree, token: int, last: int) -> int | None:
    """Where a reporting clause ends that has nothing but adverbials, or a hearer, behind its verb; None when it has more."""
    after = token + 1
    addressed = tree.lemmas[token] in _ADDRESSING and after < last and tree.tags[after].startswith(_HEARER)
    if after < last and not addressed and not _ends_clause(tree, after):
        return None
    for child in tree.children[token]:
        if child > token and not addressed and tree.deps[child] in ("ccomp", "obj") and tree.words[after] not in _BOUNDARY:
            return None
    end = after
    while end < last and tree.words[end] not in _BOUNDARY:
        if tree.tags[end] in FINITE or tree.words[end].lower() == "that":
            return None
        end += 1
    return end


def _ends_clause(tree: Tree, after: int) -> bool:
    """Whether what follows a reporting verb is a mark or an adverbial, and not yet its content."""
    word = tree.words[after]
    return word in _BOUNDARY or tree.tags[after] in _AFTER or word.lower() in TIME_WORDS


def _start_of_subject(tree: Tree, token: int, first: int) -> int | None:
    for child in reversed(tree.children[token]):
        if tree.deps[child] in ("nsubj", "nsubj:pass") and child < token:
            start = tree.left[child]
            while start < child and (tree.words[start] in _BOUNDARY or tree.tags[start] == "CC"):
                start += 1
            while start > first and (tree.tags[start - 1].startswith("NN") or tree.tags[start - 1] in _BEFORE_NAME):
                start -= 1  # titles that the parse left out: "the alliance's Secretary-General X"
            return start if token - start <= _MAX_GROUP else None
    start = token - 1
    if tree.words[start] == ",":  # "Reuter, the official news agency, wrote"
        start -= 1
        while start > first and tree.words[start] != "," and token - start <= _MAX_GROUP:
            if tree.words[start] in _BOUNDARY or tree.tags[start] in FINITE:
                return None
            start -= 1
        start -= 1
    while start > first and tree.words[start] not in _BOUNDARY:
        if tree.tags[start] in FINITE or token - start > _MAX_GROUP:
            return None
        start -= 1
    return start + 1 if start + 1 < token else None


def _set_off(tree: Tree, token: int, first: int) -> int | None:
    """Where the phrase between the last comma and a verb that ends its sentence starts, whatever the parse made of it: "...,
    doctors and the ministry said", "..., aides to X said", "..., an officer who asked not to be named told the paper"."""
    start = token
    while start > first and tree.words[start - 1] not in _BOUNDARY:
        start -= 1
    if start == first or token - start < 2 or token - start > _MAX_GROUP or not tree.tags[start].startswith(_NOMINAL):
        return None
    who = next((i for i in range(start, token) if tree.tags[i] in ("WP", "WDT")), token)
    if any(tree.tags[i] in FINITE for i in range(start, who)) or sum(tree.tags[i] in FINITE for i in range(who, token)) > 1:
        return None
    return start if who < token or any(tree.tags[i] == "CC" or tree.words[i] == "to" for i in range(start, token)) else None


def _as_clause(tree: Tree, at: int, end: int, source: Range) -> Aside | None:
    """ "As X reported, ..." and "..., as X reported"."""
    first, last = tree.sentence(at)
    if at == first or (at == first + 1 and tree.tags[first] in ("CC", "RB")):
        content = tree.trim(end, last) if end < last and tree.words[end] == "," else None
    else:
        content = tree.trim(first, at) if tree.words[at - 1] == "," else None
    return Aside(source, (content,)) if content and _is_clause(tree, content) else None


def quotation_after(tree: Tree, token: int) -> Range | None:
    """The start of a quotation which the verb leads up to: 'X said in Rome, "..."', 'X went on:' and a new paragraph."""
    words, tags = tree.words, tree.tags
    last = tree.sentence(token)[1]
    after = token + 1
    named = after < last and tags[after].startswith(_HEARER) and words[after].lower() not in TIME_WORDS
    if named and tree.lemmas[token] not in _ADDRESSING and tree.deps[after] != "compound:prt":
        return None  # its content has begun: "X said the force, due in May, "will not fight" "
    for i in range(after, min(last, token + _MAX_LEAD)):
        if words[i] in QUOTES:
            if words[i - 1] not in (",", ":", "-", "--", "–", "—") and i > token + 1:
                return None
            close = next((k for k in range(i + 1, last) if words[k] in QUOTES), last - 1)
            return (i, close + 1) if close - i > _WORDS_PICKED_OUT else (i, last)
        if tags[i] in FINITE or words[i] in (".", ";"):
            return None
    if words[last - 1] == ":" and last < len(words) and words[last] in QUOTES:
        return tree.sentence(last)
    return None


def _is_clause(tree: Tree, part: Range) -> bool:
    """Whether a part can be content by itself: it ends in a quotation mark or has a finite verb."""
    first, last = part
    return tree.words[last - 1] in QUOTES or any(tree.tags[i] in _VERBAL for i in range(first, last))


def _quotation_before(tree: Tree, first: int) -> Range | None:
    """The closing words of a quotation that ends right before the sentence which starts at ``first``: '"Why?" he asked.'"""
    if (
        first < 2
        or tree.words[first - 1] not in QUOTES
        or "\n" in tree.parsed.text[tree.parsed.ends[first - 1] : tree.parsed.starts[first]]
    ):
        return None
    return tree.sentence(first - 1)


def _right_content(tree: Tree, left: Range, end: int, last: int) -> Range | None:
    """What goes on after the reporting clause: a quotation, or the rest of a clause broken in its middle."""
    after = end + 1
    if after >= last or tree.words[end] != ",":
        return None
    if tree.words[after] in QUOTES:
        return tree.trim(after, last)
    tag, word = tree.tags[after], tree.words[after].lower()
    broken = tag in ("VBZ", "VBP", "MD", "TO") or word in ("that", "rather")
    broken = broken or word in _GOES_ON or (tag == "VBD" and tree.lemmas[after] not in cues("verb"))
    if tag == "CC" and after + 1 < last:
        broken = tree.tags[after + 1][:2] in ("VB", "MD") and tree.lemmas[after + 1] not in cues("verb")
    if not broken and _subordinate(tree, left):
        broken = tag in ("PRP", "DT", "PRP$", "EX") or tag.startswith("NN")
    return tree.trim(after, last) if broken else None


def _subordinate(tree: Tree, part: Range) -> bool:
    """Whether a part is one adverbial clause or phrase, so that its main clause must still come ("If not, he said, ...")."""
    first, last = part
    if tree.tags[first] not in ("IN", "WRB", "RB") or tree.words[last - 1] in QUOTES:
        return False
    return "," not in tree.words[first:last]
