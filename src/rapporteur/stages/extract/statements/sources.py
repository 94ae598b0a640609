"""Who a cue ascribes its content to: the noun phrase, from the parse."""

from __future__ import annotations

from rapporteur.stages.extract.statements.tree import CLOSERS, TIME_WORDS, Range, Tree

_MAX_CLIMB = 6
"""Steps from a verb without subject to the verb that has it ("refused to agree to promise ...")."""

_SUBJECTS = ("nsubj", "nsubj:pass")
_BESIDE_VERB = frozenset({"RB", "MD", "VBZ", "VBD", "VBP"})
_CLAUSE_EDGE = frozenset({"VBD", "VBZ", "VBP", "MD", "WP", "WDT", "WRB", "``", "''"})
_INSIDE_NAME = frozenset({"IN", "DT", "JJ", "POS", "HYPH", "CD"})
_MAX_NAME = 10
_MAX_APPOSITION = 30
"""Tokens between the commas around what stands between a name and its verb."""
_AFTER_NOUN = frozenset({"acl:relcl", "acl", "parataxis", "advcl", "conj"})
_CLAUSES = frozenset({"xcomp", "advcl", "conj", "ccomp", "parataxis", "cop", "aux"})


def noun_phrase(tree: Tree, token: int, stop: int | None = None) -> Range | None:
    """The noun phrase of ``token`` without relative clauses behind it, ended before ``stop``."""
    first, last = tree.phrase(token)
    if tree.tags[first] in ("IN", "RB", "CC", "VBG", "VBN", "TO") or tree.words[first] in CLOSERS:
        first = _after_last_comma(tree, first, token)
    for child in tree.children[token]:
        if (
            child > token
            and tree.deps[child] in ("acl:relcl", "acl", "parataxis", "advcl", "conj")
            and (tree.deps[child] != "conj" or tree.tags[child][:2] == "VB")
        ):
            last = min(last, tree.left[child])
    for i in range(token + 1, last - 1):
        if tree.words[i] == "," and tree.tags[i + 1] in ("IN", "VBG", "VBN", "TO"):
            last = i  # "the minister, in a statement released on Monday, said"
            break
    if stop is not None and first <= stop < last:
        if stop > token:
            last = stop
        else:
            first = stop + 1
    return tree.trim(first, max(last, token + 1))


def _after_last_comma(tree: Tree, first: int, token: int) -> int:
    """Start of a noun phrase to which the parse joined an adverbial before it ("After the talks, the minister ...")."""
    for i in range(token - 1, first - 1, -1):
        if tree.words[i] in CLOSERS:
            return i + 1
    return first


def subject(tree: Tree, token: int) -> Range | None:
    """The source of a verb or adjective: its subject, or that of the clause it hangs on, or the noun it modifies.

    A participle set off by a comma (", saying") and a verb coordinated with the main clause ("met X to ... and said") speak for
    the subject of the main clause, wherever the parse hung them.
    """
    found = _subject(tree, token)
    if found is not None and tree.tags[found[0]] in ("IN", "TO"):
        found = _main_subject(tree, token)
    if found is not None and tree.tags[found[0]] == "CC":  # of "the pilots and the mayor" the parse made two subjects
        first = next((c for c in tree.children[token] if tree.deps[c] in _SUBJECTS and tree.right[c] + 1 == found[0]), None)
        found = found if first is None else (tree.left[first], found[1])
    return _up_to_verb(tree, found, token) if found is not None and found[1] < token else found


def _up_to_verb(tree: Tree, source: Range, token: int) -> Range:
    """A noun phrase that the parse cut short of its verb, with nothing but more of the name between."""
    last = token
    while last > source[1] and (tree.tags[last - 1] in _BESIDE_VERB or tree.words[last - 1].lower() in TIME_WORDS):
        last -= 1
    between = range(source[1], last)
    if not between or last - source[1] > _MAX_NAME or not tree.tags[last - 1].startswith("NN"):
        return source
    whole = all(tree.tags[i].startswith("NN") or tree.tags[i] in _INSIDE_NAME for i in between)
    return (source[0], last) if whole else source


def _subject(tree: Tree, token: int) -> Range | None:
    before = tree.words[token - 1] if token else ""
    if _subject_of(tree, token) is None and _detached(tree, token, before):
        main = _main_subject(tree, token)
        if main is not None:
            return main
    found = _climb(tree, token)
    if found is None and tree.tags[token][:2] == "VB":
        finite = tree.tags[token] in ("VBD", "VBZ", "VBP")
        found = (_phrase_before(tree, token) if finite else None) or _main_subject(tree, token) or _topic(tree, token)
    return found


def _topic(tree: Tree, token: int) -> Range | None:
    """The noun that the parse took for the root of a sentence whose verbs it took for participles."""
    first, last = tree.sentence(token)
    root = next((i for i in range(first, min(token, last)) if tree.heads[i] == i), None)
    return noun_phrase(tree, root, token) if root is not None and tree.tags[root].startswith("NN") else None


def _phrase_before(tree: Tree, token: int) -> Range | None:
    """The noun phrase that stands before a verb, past adverbs and an apposition, where the parse gives no subject."""
    first = tree.sentence(token)[0]
    last = token
    while last > first and (tree.tags[last - 1] in _BESIDE_VERB or tree.words[last - 1].lower() in TIME_WORDS):
        last -= 1
    if last > first and tree.words[last - 1] == ",":
        comma = last - 2
        while comma > first and tree.words[comma] != "," and last - comma < _MAX_APPOSITION:
            comma -= 1
        if tree.words[comma] != ",":
            return None
        last = comma
    start = last
    while start > first and tree.words[start - 1] not in CLOSERS and tree.tags[start - 1] not in _CLAUSE_EDGE:
        start -= 1
    while start < last and tree.tags[start] in ("IN", "CC", "RB", "TO"):
        start += 1
    if start >= last or not tree.tags[last - 1].startswith(("NN", "PRP", "CD", "DT", "JJ")):
        return None
    return start, last


def _detached(tree: Tree, token: int, before: str) -> bool:
    if tree.tags[token] == "VBG":
        return before == "," and tree.deps[token] != "conj"
    finite = tree.tags[token] in ("VBD", "VBZ") and tree.deps[token] == "conj"
    return finite and tree.tags[tree.heads[token]] in ("VB", "VBG", "VBN", "NN", "NNS", "NNP")


def _main_subject(tree: Tree, token: int) -> Range | None:
    """The subject of the sentence's main clause, or else the last subject before the token that is no relative pronoun."""
    first = tree.sentence(token)[0]
    found = None
    for i in range(token - 1, first - 1, -1):
        if tree.deps[i] in ("nsubj", "nsubj:pass") and tree.tags[i] not in ("WP", "WDT"):
            head = tree.heads[i]
            if tree.heads[head] == head:
                return noun_phrase(tree, i, token)
            found = i if found is None else found
    return noun_phrase(tree, found, token) if found is not None else None


def _climb(tree: Tree, token: int) -> Range | None:
    here = token
    for _ in range(_MAX_CLIMB):
        found = _subject_of(tree, here)
        if found is not None and not _between(found, token, here):
            return noun_phrase(tree, found, token)
        head, dep = tree.heads[here], tree.deps[here]
        if head == here:
            return None
        if dep in ("acl", "acl:relcl", "amod"):
            if tree.tags[head][:2] in ("NN", "PR", "CD", "DT"):
                return noun_phrase(tree, head, token)
            return None
        if dep not in _CLAUSES:
            return None
        if dep == "xcomp":
            controller = tree.child(head, "obj")
            if controller is not None and controller < here:
                return noun_phrase(tree, controller, token)
        here = head
    return None


def _subject_of(tree: Tree, token: int) -> int | None:
    """The subject nearest before a verb; behind it only when there is none before."""
    after = None
    for child in reversed(tree.children[token]):
        if tree.deps[child] in _SUBJECTS and tree.words[child].lower() not in TIME_WORDS:
            if child < token:
                return child
            after = child
    return after


def _between(found: int, token: int, here: int) -> bool:
    return here != token and found > token > here


def agent(tree: Tree, token: int) -> Range | None:
    """The by-phrase of a passive verb, without "by"."""
    for child in tree.children[token]:
        dep = tree.deps[child]
        if dep == "obl:agent" or (dep == "obl" and any(tree.lemmas[c] == "by" for c in tree.children[child])):
            phrase = noun_phrase(tree, child)
            if phrase and tree.lemmas[phrase[0]].lower() == "by":
                return tree.trim(phrase[0] + 1, phrase[1])
            if dep == "obl:agent":
                return phrase
    return None


def noun_source(tree: Tree, token: int) -> Range | None:
    """Who holds a noun cue: its possessor, an "of", "by" or "from" phrase, or the subject of the verb it is object of."""
    for child in tree.children[token]:
        dep = tree.deps[child]
        if dep == "nmod:poss":
            phrase = noun_phrase(tree, child)
            if phrase and tree.tags[phrase[1] - 1] == "POS":
                return tree.trim(phrase[0], phrase[1] - 1)
            return phrase
        if dep in ("compound", "amod") and child == token - 1 and tree.tags[child].startswith("NNP"):
            return child, child + 1  # "U.S. support for ..."
        if dep == "nmod" and any(tree.lemmas[c].lower() in ("by", "from", "among") for c in tree.children[child]):
            phrase = noun_phrase(tree, child)
            return tree.trim(phrase[0] + 1, phrase[1]) if phrase else None
    head = tree.heads[token]
    if head != token and tree.deps[token] in ("obj", "obl", "xcomp") and tree.tags[head][:2] == "VB":
        return subject(tree, head)
    return None
