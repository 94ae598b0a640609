"""A second opinion on whether a date is that of a sentence's news, from the order of words alone.

A parser of small training takes the verb of a relative clause for the main one, a participle for a finite verb, and hangs a date
at the end of a sentence on its first verb. Where the order of words does not bear the parse out, the event keeps its date and
makes no row of a timeline: the sentence as a whole tells of something else.
"""

from __future__ import annotations

from rapporteur.language.base import Parsed
from rapporteur.stages.extract.events.lexicon import NOUNS, SPEECH

_FINITE = ("VBD", "VBZ", "VBP", "MD")
_OPENERS = frozenset("after before since until till because although though if unless whereas".split())
"""Words that open a clause beside the news; "as" and "while" are left out, of which as many open news of equal weight."""
_GROUP = ("RB", "MD", "TO", "VB")
"""Tags of the words of one group of verbs ("is expected to leave")."""
_BREAKS = frozenset(", ; : -- – — \" “ ” `` '' ( )".split())
_LED_ON = ("IN", "JJ", "DT", "CD", "NNP")
"""Tags of what can follow a participle where its agent, place or date does."""
_ENDS = frozenset(", ; : -- – — that".split())
_DASHES = frozenset("-- – —".split())
_ELSEWHEN = frozenset("after before until since ahead".split())
_RELATING = frozenset("follow precede recall commemorate mark match equal exceed offset reverse".split())
_HARM = frozenset(("casualties", "attack", "disaster"))
_JOINED = 3
"""Tokens before a verb in which "and" joins it to the one before, the number of those it tells of included. Of 614 dated events
of 92 reports two are lost at 1, none is another at 2 or 5."""
_AUXILIARY = frozenset("be have do get".split())


def news(parsed: Parsed, governor: int, date: tuple[int, int]) -> bool:
    """Whether the order of words allows that the event of a verb at ``governor``, with its date at tokens ``date``, is what its
    sentence tells. A noun is told by its verb, of which nothing is said here."""
    if parsed.tags[governor][:2] != "VB":
        return not _trailing(parsed, governor)
    beside = max(opener(parsed, governor), inserted(parsed, governor), described(parsed, governor)) >= 0
    beside = beside or _between_dashes(parsed, governor) or _trailing(parsed, governor)
    led = governor - 2 if parsed.tags[governor - 2 : governor] == ["VBG", "TO"] else governor  # "guards coming to arrest them"
    doubts = (_participle(parsed, led), _another_verb(parsed, governor, date[0]))
    return not (beside or any(doubts) or _of_participle(parsed, governor, date) or _of_object(parsed, governor, date[0]))


def opener(parsed: Parsed, verb: int) -> int:
    """The relative pronoun or conjunction that opens the clause of a verb, with at most its subject between, or another verb that
    "and" joins to it ("a panel, which had met the king, his aides and guards, and was to report in May"); -1 where none does."""
    tags, words = parsed.tags, parsed.words
    first = parsed.sentences[parsed.sentence_at[verb]][0]
    at = verb - 1
    while at >= first and tags[at].startswith(_GROUP):
        at -= 1
    no_subject = at >= first and tags[at] == "CC"
    joined = verbs = commas = 0
    closed = no_subject and words[at - 1] == ","
    while at >= first:
        relative = tags[at][:1] == "W"
        if at_once(parsed, at):
            return -1
        if relative or words[at].lower() in _OPENERS:
            # ", who is ill, and left on Friday": the commas close the clause, unless others stand in it.
            open_still = not (closed and commas == 1 and words[at - 1] == ",") if relative else not commas
            own = not verbs or (joined and verbs == 1 and (no_subject or not relative))
            return at if own and open_still else -1
        if words[at] in _BREAKS and not (no_subject and words[at] == ","):
            return -1
        commas += words[at] == ","
        joined += tags[at] == "CC"
        verbs += tags[at] in _FINITE
        if verbs > (1 if joined else 0):
            return -1
        at -= 1
    return -1


def at_once(parsed: Parsed, token: int) -> bool:
    """Whether a token is the "when" of a clause behind the main one, which took place at the same time ("three men died when a
    bomb exploded on Saturday"): both have one date."""
    if parsed.words[token].lower() != "when" or parsed.words[token - 1] == ",":
        return False
    first = parsed.sentences[parsed.sentence_at[token]][0]
    return any(tag in _FINITE for tag in parsed.tags[first:token])


def described(parsed: Parsed, verb: int) -> int:
    """The finite verb of a clause whose subject a participle describes ("the test launched last month | shook"), where it follows
    with no other clause between; -1 where there is none."""
    tags, words = parsed.tags, parsed.words
    end = parsed.sentences[parsed.sentence_at[verb]][1]
    if verb + 1 >= end:
        return -1
    passive = tags[verb] == "VBN" or (tags[verb] == "VBD" and words[verb + 1].lower() == "by")
    if not (passive and verb and tags[verb - 1].startswith("NN") and tags[verb + 1].startswith(_LED_ON)):
        return -1
    for at in range(verb + 1, end):
        if tags[at] in _FINITE:
            return at if tags[at - 1].startswith(("NN", "CD", "-RRB", "RB")) else -1
        if tags[at] in ("CC", "PRP", "TO") or tags[at][:1] == "W" or words[at].lower() in (*_ENDS, *_OPENERS):
            return -1
    return -1


def inserted(parsed: Parsed, verb: int) -> int:
    """Where the comma stands that closes what a participle says of the subject between two ("the mission, approved in May,
    involves ..."); -1 where the verb is no such participle."""
    tags, words = parsed.tags, parsed.words
    first, end = parsed.sentences[parsed.sentence_at[verb]]
    before = verb - 1 - (tags[verb - 1] == "RB")
    if tags[verb] not in ("VBN", "VBD") or before <= first or words[before] != ",":
        return -1
    for at in range(verb + 1, end - 1):
        if tags[at] in _FINITE:
            return -1
        follows = at + 1 + (tags[at + 1] == "RB" and at + 2 < end)
        if words[at] == "," and tags[follows] in _FINITE:
            return at
    return -1


def over_another(parsed: Parsed, governor: int, date: int) -> bool:
    """Whether a date behind an event may as well be that of the deed for which it is ("is on trial for the massacre of 90 men in
    2012")."""
    for at in range(governor + 1, date):
        harm = parsed.tags[at].startswith("NN") and NOUNS.get(parsed.lemmas[at].lower()) in _HARM
        if harm and any(parsed.words[c].lower() in ("for", "over") for c in parsed.children[at] if parsed.deps[c] == "case"):
            return True
    return False


def _trailing(parsed: Parsed, token: int) -> bool:
    """Whether a token is, or stands in, what a participle behind a comma says at the end of the noun before it ("the port Orsk,
    invaded by guards after a raid in May")."""
    tags, words = parsed.tags, parsed.words
    first, end = parsed.sentences[parsed.sentence_at[token]]
    at = next((i for i in range(token - 1, first, -1) if words[i] in _BREAKS and not words[i + 1].isdigit()), first)
    if words[at] != "," or tags[at + 1] != "VBN" or not tags[at - 1].startswith("NN"):
        return False
    behind = next((i for i in range(token, end) if words[i] in _BREAKS), end)
    return any(tag in _FINITE for tag in tags[first:at]) and not any(tag in _FINITE for tag in tags[at:behind])


def _between_dashes(parsed: Parsed, verb: int) -> bool:
    """Whether a verb stands in what two dashes insert ("a speech -- a custom begun in 1932 -- was ...")."""
    first, end = parsed.sentences[parsed.sentence_at[verb]]
    before = sum(parsed.words[i] in _DASHES for i in range(first, verb))
    return before % 2 == 1 and any(parsed.words[i] in _DASHES for i in range(verb, end))


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
