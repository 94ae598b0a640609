"""A second opinion on whether a date is that of a sentence's news, from the order of words alone.

A parser of small training takes the verb of a relative clause for the main one, a participle for a finite verb, and hangs a date
at the end of a sentence on its first verb. Where the order of words does not bear the parse out, the event keeps its date and
makes no row of a timeline: the sentence as a whole tells of something else.
"""

from __future__ import annotations

from rapporteur.language.base import Parsed
from rapporteur.stages.extract.events.lexicon import SPEECH

_FINITE = ("VBD", "VBZ", "VBP", "MD")
_OPENERS = frozenset("after before since until till because although though if unless whereas".split())
"""Words that open a clause beside the news; "as" and "while" are left out, of which as many open news of equal weight."""
_GROUP = ("RB", "MD", "TO", "VB")
"""Tags of the words of one group of verbs ("is expected to leave")."""
_BREAKS = frozenset(", ; : -- – — \" “ ” `` '' ( )".split())
_ELSEWHEN = frozenset("after before until since ahead".split())
_RELATING = frozenset("follow precede recall commemorate mark".split())
_JOINED = 3
"""Tokens before a verb in which "and" joins it to the one before, the number of those it tells of included. Of 614 dated events
of 92 reports two are lost at 1, none is another at 2 or 5."""
_AUXILIARY = frozenset("be have do get".split())


def news(parsed: Parsed, governor: int, date: tuple[int, int]) -> bool:
    """Whether the order of words allows that the event of a verb at ``governor``, with its date at tokens ``date``, is what its
    sentence tells. A noun is told by its verb, of which nothing is said here."""
    if parsed.tags[governor][:2] != "VB":
        return True
    doubts = (_subordinate(parsed, governor), _participle(parsed, governor), _another_verb(parsed, governor, date[0]))
    return not any(doubts) and not (_of_participle(parsed, governor, date) or _of_object(parsed, governor, date[0]))


def _subordinate(parsed: Parsed, verb: int) -> bool:
    """Whether a relative pronoun or conjunction opens the clause of a verb, with at most its subject between."""
    tags, words = parsed.tags, parsed.words
    first = parsed.sentences[parsed.sentence_at[verb]][0]
    at = verb - 1
    while at >= first and tags[at].startswith(_GROUP):
        at -= 1
    while at >= first and words[at] not in _BREAKS:
        if tags[at][:1] == "W" or words[at].lower() in _OPENERS:
            return True
        if tags[at] == "CC" or tags[at] in _FINITE:
            return False
        at -= 1
    return False


def _participle(parsed: Parsed, verb: int) -> bool:
    """Whether a participle, or a past form, right behind a noun may as well describe it, because its clause has a finite verb:
    "will be 300 points scored in May", "favours a timetable ending in May"."""
    tags, words = parsed.tags, parsed.words
    if tags[verb] not in ("VBD", "VBN", "VBG") or verb == 0 or not tags[verb - 1].startswith(("NN", "CD", "JJ")):
        return False
    at = verb - 1
    first = parsed.sentences[parsed.sentence_at[verb]][0]
    while at >= first and words[at] not in _BREAKS and tags[at][:1] != "W":
        if tags[at] == "CC" and not (tags[verb] == "VBN" and tags[at - 1].startswith("NN")):
            return False  # the clause begins here, unless "and" only joins two nouns
        if tags[at] in _FINITE:
            return parsed.lemmas[at] not in SPEECH
        at -= 1
    return False


def _another_verb(parsed: Parsed, verb: int, date: int) -> bool:
    """Whether another verb stands nearer to a date behind: "rose before closing for a holiday Saturday", "favours a timetable
    ending in May"; or an act put before or after it: "need not leave before the vote on May 4"."""
    tags = parsed.tags
    for i in range(verb + 1, date):
        if parsed.words[i].lower() in _ELSEWHEN and i < date - 1 and parsed.lemmas[verb] not in SPEECH:
            return True
        if parsed.deps[i] in ("amod", "compound", "case", "mark", "aux", "aux:pass", "cop", "fixed"):
            continue
        if parsed.deps[i] == "obj" and tags[i] in ("VBZ", "VBP"):
            continue  # a noun whose tag was mistaken: "broke up clashes on Monday"
        if tags[i] == tags[verb] and "CC" in tags[max(verb, i - _JOINED) : i]:
            continue  # "were killed and ten wounded on Saturday"
        if tags[i] in ("VBG", "VBN", "VBD", "VBZ", "VBP") and parsed.lemmas[i] not in _AUXILIARY:
            return True
    return False


def _of_participle(parsed: Parsed, verb: int, date: tuple[int, int]) -> bool:
    """Whether a date right before a verb may be that of a participle before it: "measures announced by the bank this month showed
    that ..."."""
    at = date[0] - 1
    if verb < date[1]:
        return False
    first = parsed.sentences[parsed.sentence_at[verb]][0]
    while at > first and parsed.words[at] not in _BREAKS and parsed.tags[at] not in _FINITE:
        if parsed.tags[at] in ("VBN", "VBG") and parsed.tags[at - 1].startswith("NN"):
            return True
        at -= 1
    return False


def _of_object(parsed: Parsed, verb: int, date: int) -> bool:
    """Whether a date behind an object is as well the object's: of verbs that set one event beside another ("followed a strike on
    Monday"), and of a participle that opens a sentence ("Defying a resolution of May, ...")."""
    opens = parsed.tags[verb] == "VBG" and verb == parsed.sentences[parsed.sentence_at[verb]][0]
    if not opens and parsed.lemmas[verb] not in _RELATING:
        return False
    return any(parsed.tags[i].startswith("NN") for i in range(verb + 1, date))
