"""Cues with their content and source, read from the parse and, around reporting verbs, from commas and quotation marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rapporteur.stages.extract.statements.extent import FINITE, carried_on, fitted, is_clause
from rapporteur.stages.extract.statements.found import Found
from rapporteur.stages.extract.statements.lexicon import Frames, cues, speaker_nouns
from rapporteur.stages.extract.statements.parenthetical import parenthetical, quotation_after
from rapporteur.stages.extract.statements.relays import RELAYING, relayed
from rapporteur.stages.extract.statements.sources import agent, noun_source, subject
from rapporteur.stages.extract.statements.tree import CLOSERS, Range, Tree

_NOMINAL = ("NN", "PRP", "DT", "JJ", "CD", "EX")
_MAX_ADVERBIAL = 12
"""Tokens between a verb and the clause it reports: "said on Monday after the talks that ..." """

_COMPLEMENTS_OF_OBJECT = frozenset({"of", "for", "as", "over"})
"""An object is continued by these: "accused X of lying", "praised X for staying", "described X as calm"."""


def found_cues(tree: Tree) -> Iterator[Found]:
    """All cues of a text that carry content, in text order."""
    verbs, nouns, adjectives = cues("verb"), cues("noun"), cues("adjective")
    lemmas, words = tree.lemmas, tree.words
    done = -1  # the last cue word taken by a relay: "quoted as saying" is one cue
    for token, tag in enumerate(tree.tags):
        kind = tag[:2]
        if token == done:
            continue
        if kind == "VB":
            relay = relayed(tree, token, passive=is_passive(tree, token)) if lemmas[token] in RELAYING else None
            if relay:
                done = relay.head
                found: Found | None = relay
            elif words[token].lower() == "according":
                found = according(tree, token)
            else:
                frames = frames_of(tree, token, verbs)
                found = verb(tree, token, frames) if frames else None
        elif kind == "NN":
            frames = nouns.get(lemmas[token])
            found = noun(tree, token, frames) if frames else None
            if found is None and lemmas[token] in verbs and _verb_taken_for_noun(tree, token):
                found = verb(tree, token, verbs[lemmas[token]])
        elif kind == "JJ":
            frames = adjectives.get(lemmas[token])
            found = adjective(tree, token, frames) if frames else None
        elif words[token].lower() == "according":
            found = according(tree, token)
        else:
            continue
        if found:
            yield found


def frames_of(tree: Tree, token: int, verbs: Mapping[str, Frames]) -> Frames | None:
    """The frames of a verb, with its particle when that makes another verb of it ("lay out")."""
    lemma = tree.lemmas[token]
    if token + 1 < len(tree.words) and tree.tags[token + 1] == "RP":
        both = verbs.get(f"{lemma}_{tree.lemmas[token + 1]}")
        return both | verbs.get(lemma, frozenset()) if both else verbs.get(lemma)
    return verbs.get(lemma)


def verb(tree: Tree, token: int, frames: Frames) -> Found | None:
    """What a verb carries in one of its ``frames``."""
    if tree.deps[token] == "amod":  # save "..., recounted witnesses"
        aside = parenthetical(tree, token, speech=True) if tree.words[token - 1] == "," and {"that", "quote"} <= frames else None
        return Found(token, cue_range(tree, token), aside.source, aside.content, "quote") if aside else None
    if is_passive(tree, token) or "raised" in frames:
        return _passive(tree, token, frames)
    if "quote" in frames:
        aside = parenthetical(tree, token, speech="that" in frames)
        if aside:
            return Found(token, cue_range(tree, token), aside.source, aside.content, "quote")
        quotation = quotation_after(tree, token)
        if quotation:
            return Found(token, cue_range(tree, token), subject(tree, token), (quotation,), "quote")
    complement = _complement(tree, token, frames)
    if complement is None:
        return None
    content, frame = complement
    if content and tree.lemmas[token] == "claim" and tree.lemmas[content[1] - 1].lower() in ("life", "victim"):
        return None  # "a fire claimed 34 lives"
    return _found(tree, token, subject(tree, token), content, frame)


def _verb_taken_for_noun(tree: Tree, token: int) -> bool:
    """Whether a word tagged as a noun has a subject and a clause, as verbs do ("publicly insists that ...")."""
    deps = [tree.deps[child] for child in tree.children[token]]
    return "ccomp" in deps and "nsubj" in deps and "cop" not in deps


def _found(tree: Tree, token: int, source: Range | None, content: Range | None, frame: str) -> Found | None:
    trimmed = tree.trim(*content) if content else None
    if trimmed is None:
        return None
    first, last = trimmed
    parts: tuple[Range, ...] = ((first, last),)
    if first <= token < last:  # the parse hung the cue below its own content
        parts = tuple(p for p in (tree.trim(first, token), tree.trim(token + 1, last)) if p)
        parts = parts[-1:]
    return Found(token, cue_range(tree, token), source, parts, frame) if parts else None


def _complement(tree: Tree, token: int, frames: Frames) -> tuple[Range, str] | None:
    deps = tree.deps
    obj = inf = that = prep = None
    for child in tree.children[token]:
        dep = deps[child]
        if dep == "ccomp" or (dep == "advcl" and child > token and _reported(tree, child, frames)):
            that = that if that is not None and that > token else child
        elif dep in ("obj", "iobj") or (obj is None and child > token and "obj" in frames and _gerund(tree, child)):
            obj = child
        elif dep == "xcomp" or (child > token and _infinitive(tree, child)):
            inf = inf if inf is not None else child
        elif (dep == "obl" or dep == "advcl") and child > token and prep is None:
            case = _case(tree, child)
            if case and case in frames:
                prep = child
    if that is not None and "that" in frames:
        clause = _clause(tree, token, that)
        if obj is not None and token < obj < clause[0] and tree.child(that, "nsubj", "nsubj:pass", "mark") is None:
            clause = (tree.left[obj], clause[1])  # its subject was taken for an object
        if is_clause(tree, clause):
            return clause, "that"
    infinitive = inf is not None and "to" in (_mark(tree, inf), _case(tree, inf))
    if inf is not None and obj is not None and token < obj < inf and infinitive:
        if "obj-inf" in frames:
            return fitted(tree, tree.left[obj], tree.right[inf] + 1), "obj-inf"
    elif inf is not None and infinitive and "inf" in frames and inf > token:
        return fitted(tree, *tree.phrase(inf)), "inf"
    elif inf is not None and obj is None and "pred" in frames and inf > token:
        return (token + 1, tree.right[inf] + 1), "obj"
    if prep is not None:
        case = _case(tree, prep) or ""
        if case in frames and (obj is None or "obj" not in frames):
            first, last = tree.phrase(prep)
            return (first + 1 if tree.lemmas[first].lower() == case else first, carried_on(tree, first, last)), case
    if obj is not None and obj > token and ("obj" in frames or ("doc-obj" in frames and _by_document(tree, token))):
        return _object(tree, token, obj, clause="that" in frames), "obj"
    if that is None and "that" in frames:
        spoken = "quote" in frames and (obj is None or "obj" not in frames) and token > tree.sentence(token)[0]
        return _loose_clause(tree, token, spoken=spoken)
    return None


def _reported(tree: Tree, child: int, frames: Frames) -> bool:
    """Whether an adverbial clause is what the verb reports: "that ...", and "if ..." or "whether ..." after verbs of asking."""
    mark = _mark(tree, child)
    return mark == "that" or (mark in ("if", "whether") and "if" in frames)


def _gerund(tree: Tree, child: int) -> bool:
    """Whether a dependent is a verb in -ing used as an object ("supports lowering the fees")."""
    return tree.deps[child] == "xcomp" and tree.tags[child] == "VBG"


def _infinitive(tree: Tree, child: int) -> bool:
    """Whether a dependent is an infinitive with "to", also one taken for an adverbial."""
    dep = tree.deps[child]
    if dep == "advcl":
        return _mark(tree, child) == "to"
    return dep == "obl" and tree.tags[child] == "VB" and _case(tree, child) == "to"


def _by_document(tree: Tree, token: int) -> bool:
    """Whether the subject is a poll, a study, figures: what these show or find is what they say."""
    subj = tree.child(token, "nsubj")
    return subj is not None and tree.lemmas[subj].lower() in speaker_nouns()["document"]


def _clause(tree: Tree, token: int, clause: int) -> Range:
    first, last = tree.phrase(clause)
    if clause < token:
        return first, min(last, token)
    return fitted(tree, max(first, token + 1), last)


def _object(tree: Tree, token: int, obj: int, *, clause: bool) -> Range:
    """An object with what is said of it; ``clause``: the verb may take a clause, whose subject the parse took for an object."""
    first, last = tree.left[obj], tree.right[obj] + 1
    for child in tree.children[token]:
        if child > obj and tree.left[child] == last:
            dep = tree.deps[child]
            if dep == "xcomp" or (dep in ("obl", "advcl") and (_case(tree, child) or "") in _COMPLEMENTS_OF_OBJECT):
                last = tree.right[child] + 1
    last = carried_on(tree, first, last)
    if clause and (tree.tags[first] in ("WRB", "WP") or (last < len(tree.words) and tree.tags[last] in FINITE)):
        return fitted(tree, first, last)
    return first, last


def _loose_clause(tree: Tree, token: int, *, spoken: bool) -> tuple[Range, str] | None:
    """Content which the parse did not attach: after "that", after a colon, or a clause that follows a verb of speech at once."""
    words, tags = tree.words, tree.tags
    last = tree.sentence(token)[1]
    after = token + 1
    if after + 1 < last and words[after] == ":":
        return (after + 1, last), "quote"
    if after < last and tags[after] in ("TO", "VB", "VBG", "VBN"):
        return None
    if after + 1 < last and words[after] == "," and words[after + 1].lower() in ("citing", "quoting"):
        after = next((i + 1 for i in range(after + 1, last) if words[i] == ","), after)
    for i in range(after, min(last, after + _MAX_ADVERBIAL)):
        if words[i].lower() in ("that", "whether") and tags[i] in ("IN", "DT", "WDT"):
            return (i, last), "that"
        if words[i] in CLOSERS:
            break
        if tags[i] in FINITE:
            begun = tags[after] != "IN" or words[after].lower() in ("in", "on", "at", "during", "after", "before")
            return (fitted(tree, after, last), "that") if spoken and i > after and begun else None
    if spoken and after < last and tags[after].startswith(_NOMINAL) and any(tags[i] in FINITE for i in range(after, last)):
        return fitted(tree, after, last), "that"
    return None


def _passive(tree: Tree, token: int, frames: Frames) -> Found | None:
    inf = clause = prep = subj = about = None
    for child in tree.children[token]:
        dep = tree.deps[child]
        if dep == "xcomp":
            inf = child
        elif dep == "ccomp":
            clause = child
        elif dep in ("nsubj:pass", "nsubj"):
            subj = child
        elif dep in ("obl", "advcl") and _case(tree, child) == "as":
            prep = child
        elif dep in ("obl", "advcl") and _case(tree, child) == "about" and child > token:
            about = child
    by = agent(tree, token)
    if clause is not None and "that" in frames:
        expletive = subj is None or tree.words[subj].lower() == "it"
        return _found(tree, token, by or (None if expletive else subject(tree, token)), _clause(tree, token, clause), "that")
    if about is not None and "about" in frames:
        first, last = tree.phrase(about)
        return _found(tree, token, by, (first + 1, carried_on(tree, first, last)), "about")
    if subj is None or tree.tags[subj] in ("WDT", "WP"):
        return None
    if inf is not None and "pass-inf" in frames and inf > token:
        parts = tuple(p for p in (tree.trim(*tree.phrase(subj)), tree.trim(*fitted(tree, *tree.phrase(inf)))) if p)
        return Found(token, cue_range(tree, token), by, parts, "pass-inf")
    if prep is not None and "pass-as" in frames:
        parts = tuple(p for p in (tree.trim(*tree.phrase(subj)), tree.trim(*tree.phrase(prep))) if p)
        return Found(token, cue_range(tree, token), by, parts, "pass-as")
    if by is not None and "pass-subj" in frames:
        return _found(tree, token, by, tree.phrase(subj), "pass-subj")
    return None


def noun(tree: Tree, token: int, frames: Frames) -> Found | None:
    """What a noun carries: "the claim that ...", "a call for ...", "plans to ..."."""
    for child in tree.children[token]:
        if child < token:
            continue
        dep = tree.deps[child]
        if dep in ("acl", "ccomp", "acl:relcl", "advcl"):
            mark = _mark(tree, child)
            that = mark == "that" or (dep == "acl:relcl" and _that_clause(tree, token + 1))
            frame = "inf" if mark == "to" else "that" if that else None
            case = _case(tree, child)
            if frame and frame in frames:
                return _found(tree, token, noun_source(tree, token), tree.phrase(child), frame)
        elif dep == "nmod":
            case = _case(tree, child)
        else:
            continue
        if case and case in frames:
            first, last = tree.phrase(child)
            return _found(tree, token, noun_source(tree, token), (first + 1, carried_on(tree, first, last)), case)
    after = token + 1
    if "inf" in frames and after + 1 < len(tree.words) and tree.tags[after] == "TO" and tree.tags[after + 1] == "VB":
        return _found(tree, token, noun_source(tree, token), (after, tree.right[after + 1] + 1), "inf")  # hung elsewhere
    return None


def _that_clause(tree: Tree, at: int) -> bool:
    """Whether "that" at a token opens a clause with a subject of its own, and is no relative pronoun."""
    if tree.words[at].lower() != "that" or at + 1 >= len(tree.words):
        return False
    return tree.tags[at + 1] not in FINITE and tree.tags[at + 1] not in ("VB", "VBN", "RB")


def adjective(tree: Tree, token: int, frames: Frames) -> Found | None:
    """What an adjective carries: "confident that ...", "critical of ..."."""
    for child in tree.children[token]:
        if child < token:
            continue
        dep = tree.deps[child]
        if dep in ("ccomp", "xcomp", "advcl", "acl"):
            frame = "inf" if _mark(tree, child) == "to" else "that"
            if frame in frames and (frame == "inf" or dep != "advcl" or _mark(tree, child) == "that"):
                return _found(tree, token, subject(tree, token), tree.phrase(child), frame)
        elif dep in ("obl", "nmod"):
            case = _case(tree, child)
            if case and case in frames:
                first, last = tree.phrase(child)
                return _found(tree, token, subject(tree, token), (first + 1, carried_on(tree, first, last)), case)
    return None


def according(tree: Tree, token: int) -> Found | None:
    """ "According to X, ..." and "..., according to X": content is the rest of the clause."""
    first, last = tree.sentence(token)
    if token + 2 >= last or tree.words[token + 1].lower() != "to":
        return None
    head = tree.heads[token]
    end = tree.right[head] + 1 if token + 1 < head < last else token + 2
    comma = next((i for i in range(token + 2, last) if tree.words[i] in (",", ".", ";")), last)
    if end <= token + 2 or tree.left[head] < token:
        end = comma
    source = tree.trim(token + 2, min(end, last))
    if source is None:
        return None
    before = tree.trim(first, token)
    if before and before[1] - before[0] > 1:
        content: Range | None = before
    else:
        content = tree.trim(min(end, comma) if comma < last else end, last)
        source = tree.trim(token + 2, min(end, comma)) or source
    if content is None:
        return None
    return Found(token, (token, token + 2), source, (content,), "according")


def cue_range(tree: Tree, token: int) -> Range:
    """The cue word with its auxiliaries, negation, adverbs directly before it and particle directly after it."""
    first = token
    children = tree.children[token]
    while first - 1 in children and tree.deps[first - 1] in ("aux", "aux:pass", "advmod", "cop"):
        first -= 1
    last = token + 1
    if last in children and tree.deps[last] == "compound:prt":
        last += 1
    return first, last


def is_passive(tree: Tree, token: int) -> bool:
    """Whether a verb form is passive, also without auxiliary ("plans criticised by X")."""
    for child in tree.children[token]:
        if tree.deps[child] in ("aux:pass", "nsubj:pass"):
            return True
    if tree.tags[token] != "VBN" or tree.deps[token] not in ("acl", "advcl", "amod") or _has_auxiliary(tree, token):
        return False
    head = tree.heads[token]
    if tree.deps[token] != "acl" or tree.heads[head] != head or tree.child(token, "obl:agent") is not None:
        return True
    # "The council called for calm": a past tense taken for a participle leaves a sentence without a verb.
    return any(tree.tags[i] in FINITE for i in range(*tree.sentence(token)) if not token <= i <= tree.right[token])


def _has_auxiliary(tree: Tree, token: int) -> bool:
    return any(tree.deps[child] == "aux" for child in tree.children[token])


def _mark(tree: Tree, token: int) -> str | None:
    for child in tree.children[token]:
        if tree.deps[child] == "mark":
            return tree.lemmas[child].lower()
    return None


def _case(tree: Tree, token: int) -> str | None:
    """The preposition of a phrase or of a clause ("for", "about"); None for several or none."""
    for child in tree.children[token]:
        if tree.deps[child] in ("case", "mark") and child < token:
            return tree.lemmas[child].lower()
    return None
