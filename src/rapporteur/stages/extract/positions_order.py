"""A second opinion on who takes a stand on what, from the order of words alone.

A parser of small training finds a subject for every verb, and where a sentence is long it is often another clause's. English puts
a subject right before its verb and what the verb carries right behind it; a stand that the parse and the order of words do not
read alike is not read. Only tags and marks are looked at, none of the relations of the parse but that of joined verbs.
"""

from __future__ import annotations

from rapporteur.stages.extract.base import Sheet
from rapporteur.stages.extract.positions_issue import LONGEST_ASIDE
from rapporteur.stages.extract.statements.extent import FINITE
from rapporteur.stages.extract.statements.found import Found
from rapporteur.stages.extract.statements.tree import CLOSERS, QUOTES, TIME_WORDS, Range, Tree
from rapporteur.stages.extract.times.classes import WEEKDAYS

_AUXILIARY = frozenset({"be", "have", "do", "will", "would", "wo", "to", "get"})
_BESIDE = frozenset({"both", "all", "each", "too", "also", "however", "itself", "himself", "herself", "themselves"})
_DATING = frozenset({"on", "in", "late", "early", "earlier", "last", "this", "at", "during"})
APART = frozenset({"against", "from", "to", "with", "than", "by", "about", "over"})
"""Prepositions before a noun that make a relative clause its own, and not that of the noun before it."""
_MODIFIER = ("JJ", "VBN", "RB", "CD", "HYPH")
_DEPTH = 4


def time_tokens(sheet: Sheet) -> frozenset[int]:
    """Tokens that lie in a time of the report."""
    found = set()
    starts = sheet.parsed.starts
    for mention in sheet.mentions:
        at = sheet.token_at.get(mention.span.start) if mention.kind == "time" else None
        while at is not None and at < len(starts) and starts[at] < mention.span.end:
            found.add(at)
            at += 1
    return frozenset(found)


class Order:
    """The order of words of one report."""

    def __init__(self, tree: Tree, times: frozenset[int]) -> None:
        self._tree = tree
        self._times = times

    def agrees(self, found: Found) -> bool:
        """Whether the source stands where the subject of the cue stands, and the content where its object stands."""
        source = found.source
        if source is None or (source[0] and self._tree.tags[source[0] - 1] in ("WP", "WDT")):
            return False  # "whom Orsk asked the king to free": what it asked for stands before
        if self._tree.tags[found.head] == "VBG" and self._tree.tags[source[0]] == "PRP" and source[1] - source[0] == 1:
            return False
        if source[0] >= found.cue[1]:
            return source[0] - found.cue[1] <= 1 or all(i in self._times for i in range(found.cue[1], source[0]))
        noun = self._tree.tags[found.head][:2] == "NN"
        return (self._owns(source, found) if noun else self._acts(source, found.cue[0], _DEPTH)) and self._carries(found)

    def without_time(self, content: Range) -> Range:
        """The content without the day that stands before it: "called | Monday | for Orsk to leave"."""
        first, last = content
        while first < last - 1 and (
            first in self._times or (self._tree.words[first].lower() in _DATING and first + 1 in self._times)
        ):
            first += 1
        dated = first > content[0]
        return (first + 1 if dated and self._tree.words[first].lower() in ("for", "on") else first), last

    def without_day(self, issue: Range) -> Range:
        """An issue without the weekday at its end, on which the stand was taken ("approved the mandate | on Thursday"),
        and without what is left of a time that was cut ("rejected the request earlier | this year")."""
        first, last = issue
        while last - 1 > first and last - 1 in self._times and self._tree.words[last - 1].lower() in WEEKDAYS:
            last -= 1
        while last - 1 > first and last in self._times and self._tree.words[last - 1].lower() in _DATING:
            last -= 1
        return first, last

    def cut_by_time(self, issue: Range) -> bool:
        """Whether an issue ends before a time behind which its phrase goes on ("the renewal | early this month of the truce")."""
        at, end = issue[1], len(self._tree.words)
        while at < end and (at in self._times or self._tree.words[at].lower() in _DATING):
            at += 1
        return issue[1] < at < end and self._tree.words[at].lower() == "of"

    def parts(self, issue: Range, frame: str) -> list[Range]:
        """An issue without the day between who is to do something and what is to be done: "Orsk | on Friday | to leave"."""
        first, last = issue
        to = next((i for i in range(first + 2, last) if self._tree.tags[i] == "TO" and i - 1 in self._times), None)
        if to is None or frame not in ("obj-inf", "for"):
            return [issue]
        at = to
        while at - 1 > first and (at - 1 in self._times or self._tree.words[at - 1].lower() in _DATING):
            at -= 1
        return [(first, at), (to, last)]

    def _acts(self, source: Range, verb: int, depth: int) -> bool:
        """Whether a verb group that begins at ``verb`` is that of a subject."""
        tree = self._tree
        first = tree.sentence(verb)[0]
        at = verb - 1
        while at > first and self._passed_over(at):
            at -= 1
        if at < first or source[0] <= at < source[1]:
            return at >= first
        word, tag = tree.words[at].lower(), tree.tags[at]
        if word in ("who", "which", "that") and tag in ("WDT", "WP", "IN"):
            noun = at - 1 - (tree.words[at - 1] == ",")
            return source[0] <= noun < source[1] and not any(tree.words[i].lower() in APART for i in range(*source))
        if tag == "CC" or (word == "," and tree.tags[verb] in ("VBG", "JJ")):
            return self._joined(source, at, verb, depth)
        if word == ",":
            comma = next((i for i in range(at - 1, max(first, at - LONGEST_ASIDE), -1) if tree.words[i] == ","), -1)
            return comma > first and (source[0] <= comma - 1 < source[1] or source[0] <= at - 1 < source[1])
        if tag[:2] == "VB" and depth:  # "continue to insist", "began pressing"
            return self._acts(source, at, depth - 1)
        return False

    def _passed_over(self, token: int) -> bool:
        tree = self._tree
        word = tree.words[token].lower()
        if tree.tags[token].startswith(("RB", "MD")) or token in self._times or word in _BESIDE or word in TIME_WORDS:
            return True
        if tree.lemmas[token].lower() in _AUXILIARY and tree.tags[token][:2] in ("VB", "TO"):
            return True
        return word in _DATING and token + 1 in self._times

    def _joined(self, source: Range, at: int, verb: int, depth: int) -> bool:
        """Whether a verb after "and", or a participle after a comma, goes on with what the subject at the head of the sentence
        does: no clause of another lies between."""
        tree = self._tree
        first = tree.sentence(verb)[0]
        speech = any(tree.words[i] in QUOTES and tree.tags[i] != "POS" for i in range(source[1], at))
        finite = [i for i in range(source[1], at) if tree.tags[i] in FINITE and not self._inside_aside(source[1], i)]
        if tree.tags[at] == "CC":
            head = tree.heads[verb] if tree.deps[verb] == "conj" else finite[0] if len(finite) == 1 else -1
            asked = any(tree.deps[i] in ("obj", "iobj") and tree.heads[i] == source[0] - 1 for i in range(*source))
            if asked and tree.tags[verb] != "VB":
                return False  # "has asked Orsk to study and called for more": Orsk is asked
            same = head >= 0 and source[1] <= head < at and len(finite) <= 1
            return same and not speech and depth > 0
        before = any(tree.tags[i] in FINITE for i in range(first, source[0]))
        return len(finite) == 1 and not before and not speech

    def _inside_aside(self, begin: int, token: int) -> bool:
        """Whether a token stands in an apposition or relative clause between two commas that follows the subject at once."""
        words = self._tree.words
        if begin >= len(words) or words[begin] != ",":
            return False
        closing = next((i for i in range(begin + 1, min(len(words), begin + LONGEST_ASIDE)) if words[i] == ","), -1)
        return begin < token < closing

    def _owns(self, source: Range, found: Found) -> bool:
        """Whether a noun is the source's ("the union's call"), or the object of its verb ("issued a call")."""
        tree = self._tree
        at = found.head - 1
        while at > source[0] and tree.tags[at].startswith(_MODIFIER) and not source[0] <= at < source[1]:
            at -= 1
        if source[0] <= at < source[1] or (tree.tags[at] == "POS" and source[0] <= at - 1 < source[1]):
            return True
        if tree.tags[at] not in ("DT", "PRP$"):
            return False
        verb = at - 1
        while verb > source[1] and tree.tags[verb] == "RB":
            verb -= 1
        return tree.tags[verb][:2] == "VB" and self._acts(source, verb, _DEPTH)

    def _carries(self, found: Found) -> bool:
        """Whether nothing but times, adverbs and the words of the construction stand between the cue and its content."""
        tree, first = self._tree, found.content[0][0]
        if first < found.cue[1]:
            return any(tree.words[i] in QUOTES or tree.words[i] == "," for i in range(first, found.cue[0]))
        for i in range(found.cue[1], first):
            word = tree.words[i].lower()
            if tree.tags[i].startswith(("IN", "TO", "RB", "DT", "RP", "WDT")) or i in self._times:
                continue
            if word in CLOSERS or word in QUOTES or word in _BESIDE or (i + 1 in self._times and word in _DATING):
                continue
            # Whom somebody warns, or asks, may stand between.
            if found.frame in ("that", "of", "against", "inf") and tree.tags[i].startswith(
                ("NN", "PRP", "JJ", "CD", "CC", "POS")
            ):
                continue
            return False
        return True
