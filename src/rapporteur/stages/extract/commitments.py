"""Commitments: which party promised, agreed, pledged or vowed to do what, and by when.

Words of commitment (data/pledges.txt) are read in the construction that carries the act: "promised to withdraw by Friday",
"agreed that the port would reopen", "a pledge to release the prisoners". Only commitments made count: not those refused, asked
for, expected, conditional or denied. The party is found as for positions; the action is the characters of the content without
"to" or "that"; ``due`` is the last date inside the action that has not passed when the report appeared.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from rapporteur.model.claims import CommitmentClaim, When
from rapporteur.model.spans import Span
from rapporteur.stages.extract.base import Sheet
from rapporteur.stages.extract.events.dating import when_of
from rapporteur.stages.extract.positions import held, negated, reaches
from rapporteur.stages.extract.positions_issue import issue_of, whole
from rapporteur.stages.extract.positions_order import Order, time_tokens
from rapporteur.stages.extract.positions_parties import Parties
from rapporteur.stages.extract.statements.extent import FINITE
from rapporteur.stages.extract.statements.found import Found
from rapporteur.stages.extract.statements.frames import adjective, is_passive, noun, verb
from rapporteur.stages.extract.statements.lexicon import words_of
from rapporteur.stages.extract.statements.tree import Range, Tree

NAME = "commitments"

_READ = MappingProxyType({"VB": ("verb", verb), "NN": ("noun", noun), "JJ": ("adjective", adjective)})
_UNREAL = frozenset({"would", "could", "may", "might", "should", "must", "can", "will", "if", "to"})


_UNTIL = frozenset({"unless", "until", "till", "whether", "before", "lest", "once"})
"""What makes a promise one yet to be made: "200 crowns unless Orsk agreed to sell"."""
_OPINION = frozenset({"should", "must", "can", "could", "may", "might", "ought"})
_NO_ACT = frozenset({"need", "importance", "necessity", "urgency", "view", "principle"})
"""What is agreed on without anybody having to do something."""
_OF_ANOTHER = frozenset({"of", "since", "from", "after", "last", "'s", "to", "for", "than", "until"})
"""Words before a date that is no deadline: "the agreement of May 1", "since May 1", "put off the vote to 2032"."""


class Dated(NamedTuple):
    """A date at code points [start, end)."""

    start: int
    end: int
    when: When


@cache
def lexicon(part_of_speech: str) -> MappingProxyType[str, frozenset[str]]:
    """Frames by lemma of the words of commitment of one part of speech."""
    frames: dict[str, set[str]] = {}
    for heading, lemmas in words_of("pledges.txt").items():
        kind, frame = heading.split()
        if kind == part_of_speech:
            for lemma in lemmas:
                frames.setdefault(lemma, set()).add(frame)
    return MappingProxyType({lemma: frozenset(found) for lemma, found in frames.items()})


def extract(sheet: Sheet) -> Iterator[CommitmentClaim]:
    """The commitments of a report, in text order."""
    tree = Tree(sheet.parsed)
    lexicons = {tag: lexicon(kind) for tag, (kind, _) in _READ.items()}
    parties: Parties | None = None
    times: list[Dated] | None = None
    order: Order | None = None
    number = 0
    for token, tag in enumerate(tree.tags):
        words = lexicons.get(tag[:2])
        frames = words.get(tree.lemmas[token]) if words else None
        if frames is None or not _made(tree, token):
            continue
        found = _READ[tag[:2]][1](tree, token, frames)
        if found is None or found.source is None or len(found.content) != 1:
            continue
        order = order or Order(tree, time_tokens(sheet))
        if not (_binds(tree, found) and reaches(tree, found.source, found.cue) and order.agrees(found)):
            continue
        action = _action(tree, found.content[0])
        if action is not None and not whole(tree, action):
            continue
        parties = parties or Parties(sheet, tree)
        party = parties.party(found.source, found.cue) if action else None
        if action is None or party is None:
            continue
        times = _times(sheet, tree) if times is None else times
        told = parties.statement_at(found.cue) or parties.around(found.head)
        act = sheet.parsed.span(*action)
        number += 1
        yield CommitmentClaim(
            id=sheet.ident("c", number),
            span=_whole(tree, found, action),
            party=party,
            action=act.exact,
            due=_due(times, act),
            statement=told.id if told else None,
        )


def _whole(tree: Tree, found: Found, action: Range) -> Span:
    ranges = [r for r in (found.source, found.cue, action) if r is not None]
    return tree.parsed.span(min(a for a, _ in ranges), max(b for _, b in ranges))


def _made(tree: Tree, token: int) -> bool:
    """Whether the commitment is reported as made: no infinitive, modal, negation or question."""
    if tree.words[tree.sentence(token)[1] - 1] == "?" or negated(tree, token):
        return False
    if any(child < token and tree.words[child].lower() in _UNREAL for child in tree.children[token]):
        return False
    tag = tree.tags[token]
    if any(tree.words[child].lower() in _UNTIL for child in tree.children[token] if child < token):
        return False
    if tag[:2] == "VB":
        return tag != "VB" and not is_passive(tree, token)
    if tag[:2] == "NN":
        return held(tree, token)
    return True


def _binds(tree: Tree, found: Found) -> bool:
    """Whether the content is something to be done: no opinion ("we agree that it is late", "agreed on the need for talks"), and
    no value that one is committed to ("its commitment to democracy")."""
    first, last = found.content[0]
    source = found.source
    if tree.lemmas[found.head] == "agree" and source is not None and tree.words[source[0]].lower() == "we":
        return False  # with whom, the words do not say
    if tree.words[min(found.cue[1], last)].lower() == "for" and any(tree.tags[i] == "TO" for i in range(found.cue[1], last)):
        return False  # "agreed for guards to watch the truce": those are to act
    if found.frame == "that":
        agreed = tree.lemmas[found.head] == "agree"
        finite = next((tree.words[i].lower() for i in range(first, last) if tree.tags[i] in FINITE), "")
        if agreed and (tree.tags[found.head] in ("VBP", "VB") or finite in _OPINION):
            return False
        return any(tree.tags[i] == "MD" for i in range(first, last))
    if found.frame == "to" and tree.tags[found.head][:2] == "NN":
        return any(tree.tags[i] == "VBG" for i in range(first, min(first + 2, last)))
    if tree.lemmas[found.head] == "promise" and [tree.words[i].lower() for i in range(first, min(first + 2, last))] == [
        "to",
        "be",
    ]:
        return any(tree.tags[i] == "VBN" for i in range(first + 2, min(first + 4, last)))  # "promises to be a long war"
    head = next((i for i in range(first, last) if not first <= tree.heads[i] < last), first)
    return tree.lemmas[head].lower() not in _NO_ACT


def _action(tree: Tree, content: Range) -> Range | None:
    issue = issue_of(tree, content)
    if issue is not None and tree.words[issue[0]].lower() == "to":
        issue = (issue[0] + 1, issue[1])
    return issue if issue is not None and issue[0] < issue[1] else None


def _times(sheet: Sheet, tree: Tree) -> list[Dated]:
    """Dates that have not passed when the report appeared, in text order."""
    published = sheet.report.published.value if sheet.report.published else ""
    dated = []
    for mention in sheet.mentions:
        when = when_of(mention.time) if mention.kind == "time" and mention.time is not None else None
        if when is None or when.value[: len(published)] < published[: len(when.value)]:
            continue
        if _dates_the_act(tree, sheet.token_at.get(mention.span.start), mention.span.end):
            dated.append(Dated(mention.span.start, mention.span.end, when))
    return sorted(dated)


def _dates_the_act(tree: Tree, first: int | None, end: int) -> bool:
    """Whether a date is itself the time of something ("by May 1", "next week"), not part of a name ("the May 1 attack")."""
    if first is None:
        return False
    last = first + 1
    while last < len(tree.words) and tree.parsed.starts[last] < end:
        last += 1
    named = last < len(tree.words) and tree.tags[last].startswith(("NN", "JJ"))
    return not named and (first == 0 or tree.words[first - 1].lower() not in _OF_ANOTHER)


def _due(times: list[Dated], act: Span) -> When | None:
    """The last date that begins inside the action (its year may stand behind a comma that ends the phrase)."""
    k = bisect_right(times, act.end - 1, key=lambda dated: dated.start) - 1
    return times[k].when if k >= 0 and times[k].start >= act.start else None
