"""Positions: which party demands, prefers, supports, rejects, offers or warns what, or leaves it open.

A stance word (data/stances.txt) is read in the construction that carries its issue, the same way as the cues of statements: "the
rebels demanded the departure of foreign troops", "Cairo is opposed to sanctions", "the union's call for talks". Negation turns
support, preference, demand and offer into rejection ("does not support the plan") and rejection into open ("did not rule out a
ceasefire"). The issue is the characters of the content, up to its first clause break. The party is the speaker that statements
resolved, "we" is the speaker of the words around it, and otherwise the name or institution that is the subject; where none of
these is known there is no position. ``stated`` tells whether the party takes the stand in its own words or acts, or others say so
of it. Precision comes first: verbs of wish in the mouth of unnamed people, questions and conditions make no position.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from types import MappingProxyType
from typing import Literal, NamedTuple, cast

from rapporteur.model.claims import PositionClaim
from rapporteur.model.spans import Span
from rapporteur.stages.extract.base import Sheet
from rapporteur.stages.extract.positions_issue import has_verb, issue_of, whole
from rapporteur.stages.extract.positions_order import Order, time_tokens
from rapporteur.stages.extract.positions_parties import Parties
from rapporteur.stages.extract.statements.found import Found
from rapporteur.stages.extract.statements.frames import adjective, noun, verb
from rapporteur.stages.extract.statements.lexicon import speaker_nouns, words_of
from rapporteur.stages.extract.statements.tree import QUOTES, Range, Tree

NAME = "positions"

Stance = Literal["demands", "prefers", "supports", "rejects", "offers", "warns", "open"]
Readers = MappingProxyType[str, MappingProxyType[str, Stance]]


_WARNED = 6
"""Tokens after "warned" within which whom and of what may stand."""

_NEGATED: MappingProxyType[Stance, Stance | None] = MappingProxyType(
    {
        "demands": None,
        "prefers": "rejects",
        "supports": "rejects",
        "offers": "rejects",
        "rejects": "open",
        "warns": None,
        "open": "rejects",
    }
)
_READ = MappingProxyType({"VB": ("verb", verb), "NN": ("noun", noun), "JJ": ("adjective", adjective)})
_UNREAL = frozenset({"would", "could", "can", "may", "might", "if", "whether", "should", "must"})
_CONDITION = frozenset({"if", "unless"})
_COURTESY = frozenset(
    {
        "condolence",
        "thank",
        "thanks",
        "apology",
        "congratulation",
        "prayer",
        "sympathy",
        "greeting",
        "regard",
        "rebuke",
        "advice",
        "comment",
        "explanation",
        "praise",
        "tribute",
        "glimpse",
        "insight",
    }
)
"""What is offered without taking a stand."""
_TOLD = frozenset(
    "say tell add note stress emphasize emphasise express reiterate remind recall thank congratulate condemn praise apologize "
    "apologise wish".split()
)
"""What one wants to do by saying so ("we want to stress that")."""
_FUTURE = frozenset({"will", "wo", "'ll", "’ll", "would"})
_UNSURE = frozenset({"could", "might", "may", "can"})
_MADE = frozenset(
    {
        "make",
        "give",
        "sign",
        "issue",
        "voice",
        "express",
        "launch",
        "renew",
        "repeat",
        "reaffirm",
        "reiterate",
        "announce",
        "have",
        "declare",
    }
)
"""Verbs whose object is a stand or a promise of their subject; "reject a pledge" makes none."""
_ATTITUDES = frozenset(
    "want wish desire prefer favor favour seek support back champion oppose resist consider weigh contemplate study disagree "
    "keen eager ready willing prepared open opposed hostile supportive opposition preference resistance".split()
)
"""Words for what a party is for or against, which a report may tell without anybody having said it."""
_RECEIVING = frozenset({"welcome", "embrace"})
_LIGHT = frozenset({"decide", "continue", "begin", "start"})


class Lexicon(NamedTuple):
    """Frames by lemma, to be read by the constructions of statements, and the stance of each frame."""

    frames: MappingProxyType[str, frozenset[str]]
    stances: Readers


@cache
def lexicon(part_of_speech: str) -> Lexicon:
    """The stance words of one part of speech."""
    stances: dict[str, dict[str, Stance]] = {}
    for heading, lemmas in words_of("stances.txt").items():
        stance, kind, frame = heading.split()
        if kind == part_of_speech:
            for lemma in lemmas:
                stances.setdefault(lemma, {})[frame] = cast(Stance, stance)
    for lemma in [lemma for lemma in stances if lemma.endswith("e") and part_of_speech == "verb"]:
        stances.setdefault(lemma[:-1], stances[lemma])
    return Lexicon(
        MappingProxyType({lemma: frozenset(found) for lemma, found in stances.items()}),
        MappingProxyType({lemma: MappingProxyType(found) for lemma, found in stances.items()}),
    )


def extract(sheet: Sheet) -> Iterator[PositionClaim]:
    """The positions of a report, in text order."""
    tree = Tree(sheet.parsed)
    lexicons = {tag: lexicon(kind) for tag, (kind, _) in _READ.items()}
    parties: Parties | None = None
    order: Order | None = None
    number = 0
    for token, tag in enumerate(tree.tags):
        words = lexicons.get(tag[:2])
        frames = words.frames.get(tree.lemmas[token]) if words else None
        if words is None or frames is None:
            continue
        found = _READ[tag[:2]][1](tree, token, frames)
        if found is None or found.source is None or len(found.content) != 1 or not _taken(tree, token):
            continue
        order = order or Order(tree, time_tokens(sheet))
        if not reaches(tree, found.source, found.cue) or not order.agrees(found):
            continue
        if _only_said(tree, found, words.stances[tree.lemmas[token]].get(found.frame)):
            continue
        stance = _stance(tree, token, words.stances[tree.lemmas[token]].get(found.frame))
        content = _warned_of(tree, found) if stance == "warns" else _own_content(tree, found)
        content = _after_that(tree, found, content)
        issue = issue_of(tree, order.without_time(content), joined=tag[:2] != "NN")
        issue = order.without_day(_without_as(tree, issue)) if issue and stance in ("supports", "rejects") else issue
        if stance is None or issue is None or not whole(tree, issue) or order.cut_by_time(issue):
            continue
        if found.frame == "that" and not has_verb(tree, issue):
            continue
        parties = parties or Parties(sheet, tree)
        party = parties.party(found.source, found.cue)
        if party is None or (tree.lemmas[token] in _RECEIVING and parties.is_person(issue)):
            continue
        told = parties.statement_at(found.cue) or parties.around(found.head)
        number += 1
        yield PositionClaim(
            id=sheet.ident("p", number),
            span=_whole(tree, found, issue),
            party=party,
            issue=" ".join(sheet.parsed.span(*part).exact for part in order.parts(issue, found.frame)),
            stance=stance,
            statement=told.id if told else None,
            stated=_stated(tree, found, parties, party),
        )


def _stated(tree: Tree, found: Found, parties: Parties, party: str) -> bool:
    """Whether the party takes the stand itself, by the cue or in its own words; not where somebody else says so of it, nor where
    a report says that it will, or only tells what it is for."""
    own, outer = parties.statement_at(found.cue), parties.around(found.head)
    told = own is None or (outer is not None and outer.cue is not None and outer.cue.start > tree.parsed.starts[found.head])
    if outer is not None and outer is not own and told and outer.speaker is not None and outer.terms not in ("media", "document"):
        return outer.speaker.resolved == party or parties.speaks_for(outer.speaker, party)
    if tree.lemmas[found.head].lower() in _ATTITUDES:
        return False
    return not any(tree.lemmas[child].lower() in _FUTURE for child in tree.children[found.head])


def _after_that(tree: Tree, found: Found, content: Range) -> Range:
    """A clause with all that stands between its "that" and what the parse took for its beginning ("warned that help | for the
    north could end")."""
    first, last = content
    begun = next((i + 1 for i in range(found.cue[1], first) if tree.words[i].lower() == "that"), first)
    return (begun, last) if found.frame == "that" and tree.tags[begun - 1] in ("IN", "DT", "WDT") else content


def _own_content(tree: Tree, found: Found) -> Range:
    """The content, of a noun's infinitive without a noun joined to it, which may as well be joined to the first ("over its
    refusal to leave and the lack of time")."""
    first, last = found.content[0]
    if found.frame != "inf" or tree.tags[found.head][:2] != "NN":
        return first, last
    joined = (i for i in range(first + 1, last - 1) if tree.tags[i] == "CC" and tree.tags[i + 1] not in ("VB", "TO", "RB"))
    return first, next(joined, last)


def _without_as(tree: Tree, issue: Range) -> Range:
    """An issue without what it is called: "denounced the scenes | as shameful"."""
    for i in range(issue[0] + 1, issue[1]):
        if tree.words[i].lower() == "as" and tree.words[i - 1].lower() not in ("such", "well", "as", "soon"):
            return issue[0], i
    return issue


def _only_said(tree: Tree, found: Found, stance: Stance | None) -> bool:
    """Whether the words carry no stand: "insisted that all was well", "suggested that rain could fall", "welcomed his guests",
    "offered condolences", "had considered the plan", "considering its size"."""
    lemma, (first, last) = tree.lemmas[found.head], found.content[0]
    if stance == "warns" and tree.tags[next((i for i in range(first, last) if tree.words[i] not in QUOTES), first)] == "VB":
        return True  # "Let us keep the peace," he cautioned: that is not what he warned of
    if stance == "open" and any(tree.words[i].lower() == "as" for i in range(first, last)):
        return True  # "consider imported fruit as something special"
    if stance == "open" and tree.words[min(found.cue[1], len(tree.words) - 1)].lower() == "that":
        return True  # "I consider that the terms are clear"
    if found.frame == "that":
        told = stance == "demands" and not directive(tree, (first, last))
        if lemma == "suggest":
            finite = next((i for i in range(first, last) if tree.tags[i] in ("VBD", "VBZ", "VBP", "MD")), None)
            fact = finite is not None and (
                tree.tags[finite] in ("VBD", "VBZ")
                or tree.lemmas[finite] == "be"
                or tree.words[finite].lower() in ("would", "will")
            )
            return fact or any(tree.words[i].lower() in _UNSURE for i in range(first, last))
        return told
    if lemma == "agree" and found.frame == "with" and any(tree.words[i].lower() == "on" for i in range(first, last)):
        return True  # "agreed with the king on a date" is no stand on the king
    if lemma in _RECEIVING:
        return _receives(tree, first, last)
    if stance == "prefers" and found.frame == "inf":
        return any(tree.lemmas[i].lower() in _TOLD for i in range(first, min(first + 2, last)))
    if stance == "offers":
        return any(tree.lemmas[i].lower() in _COURTESY for i in range(first, last))
    done = tree.tags[found.head] in ("VBD", "VBN") or (
        tree.tags[found.head] == "VBG" and not any(tree.deps[child] == "aux" for child in tree.children[found.head])
    )
    return stance == "open" and done and not negated(tree, found.head)


def _receives(tree: Tree, first: int, last: int) -> bool:
    """Whether those who are welcomed are guests: a person or people, and not what they did."""
    head = next((i for i in range(first, last) if not first <= tree.heads[i] < last), first)
    lists = speaker_nouns()
    lemma = tree.lemmas[head].lower()
    guest = tree.tags[head] == "PRP" or lemma in lists["role"] or lemma in lists["unnamed"] or lemma == "hostage"
    return guest or (last < len(tree.words) and tree.words[last].lower() == "to")


def _warned_of(tree: Tree, found: Found) -> Range:
    """What is warned of, where a clause after it was taken for the content: "warned Orsk of a strike if it left", "warned against
    hopes the talks would end"."""
    first, last = found.content[0]
    for i in range(found.cue[1], min(first, found.cue[1] + _WARNED)):
        if tree.lemmas[i] in ("against", "of") and tree.deps[i] == "case":
            return i + 1, last
    return first, last


def _whole(tree: Tree, found: Found, issue: Range) -> Span:
    ranges = [r for r in (found.source, found.cue, issue) if r is not None]
    return tree.parsed.span(min(a for a, _ in ranges), max(b for _, b in ranges))


def _stance(tree: Tree, token: int, stance: Stance | None) -> Stance | None:
    if stance is None or not negated(tree, token):
        return stance
    return _NEGATED[stance]


def negated(tree: Tree, token: int) -> bool:
    """Whether a word is negated by "not", "no", "never" or "neither" before it."""
    for child in tree.children[token]:
        if child < token and tree.lemmas[child].lower() in ("not", "never", "n't", "neither", "no", "hardly"):
            return True
    return tree.deps[token] == "xcomp" and any(
        tree.lemmas[child].lower() in ("not", "never", "n't") for child in tree.children[tree.heads[token]]
    )


def _taken(tree: Tree, token: int) -> bool:
    """Whether the stand is taken: not merely possible, conditional, asked about, or a purpose or charge of somebody else."""
    children, words = tree.children[token], tree.words
    if words[tree.sentence(token)[1] - 1] == "?" or _conditional(tree, token):
        return False
    before = [child for child in children if child < token]
    if any(words[child].lower() in _UNREAL for child in before):
        return False
    tag = tree.tags[token]
    if tag[:2] == "JJ" and any(tree.lemmas[child].lower() in ("will", "wo", "'ll") for child in (*before, *_beside(tree, token))):
        return False
    if tree.deps[token] == "xcomp" and any(tree.words[child].lower() in _UNREAL for child in tree.children[tree.heads[token]]):
        return False  # "must continue to insist"
    if tag == "VBG":
        return words[token - 1] == "," or any(tree.deps[child] == "aux" for child in before)
    if tag == "VB":
        return any(tree.deps[child] == "aux" for child in before) or tree.lemmas[tree.heads[token]] in _LIGHT
    if tag[:2] == "NN":
        return held(tree, token)
    return True


def _beside(tree: Tree, token: int) -> list[int]:
    """What stands beside the word that a word repeats: "will be ready, fully ready"."""
    head = tree.heads[token]
    return tree.children[head] if head != token and tree.lemmas[head] == tree.lemmas[token] else []


def _conditional(tree: Tree, token: int) -> bool:
    """Whether the sentence, or the speech in it, opens with a condition on which all of it hangs, or a stand yet to be taken has
    one before it ("should he go, we shall demand the same")."""
    first = tree.sentence(token)[0]
    if any(tree.lemmas[child].lower() in ("will", "shall", "'ll") for child in tree.children[token]):
        for i in range(first, token):
            inverted = tree.words[i].lower() == "should" and i + 1 < token and tree.tags[i + 1].startswith(("PRP", "DT", "NNP"))
            if tree.words[i].lower() in _CONDITION or inverted:
                return True
    while first < token and tree.words[first] in QUOTES:
        first += 1
    return tree.words[first].lower() in _CONDITION


def reaches(tree: Tree, source: Range, cue: Range) -> bool:
    """Whether a subject can be that of the cue, and is not that of the verb which reports it: the cue is in no clause of what
    the subject said ("the minister said the door remains open"), nor in speech that ends between the two ("... will welcome
    it," said the minister)."""
    between = range(source[1], cue[0]) if source[0] < cue[0] else range(cue[1], source[0])
    if sum(tree.words[i] in QUOTES and tree.tags[i] != "POS" for i in between) % 2:
        return False
    noun = next((i for i in range(*source) if not source[0] <= tree.heads[i] < source[1]), source[0])
    verb_of, at = tree.heads[noun], cue[1] - 1
    while tree.heads[at] != at and at != verb_of:
        if tree.deps[at] == "ccomp" and tree.heads[at] == verb_of:
            return False
        at = tree.heads[at]
    return True


def held(tree: Tree, token: int) -> bool:
    """Whether a noun is somebody's ("the union's call") or the object of a verb that makes it so ("issued a call")."""
    head = tree.heads[token]
    if any(tree.deps[child] == "nmod:poss" for child in tree.children[token]):
        return not (tree.deps[token] == "obj" and tree.tags[head] == "VB")  # "needs to renew its support" does not support
    made = tree.deps[token] == "obj" and tree.lemmas[head] in _MADE and tree.tags[head] != "VB"
    return made and not negated(tree, head)


def directive(tree: Tree, part: Range) -> bool:
    """Whether a clause says what is to be done ("must leave", "would leave", "that he leave"), not what is the case."""
    for i in range(*part):
        if tree.tags[i] == "MD":
            return True
        if tree.tags[i] in ("VBD", "VBZ", "VBP"):
            return False
        if tree.tags[i] == "VB" and tree.words[i - 1].lower() != "to":
            return True
    return False
