"""How far a date reaches, as the order and the marks of its sentence show it, whatever the parser made of it."""

from __future__ import annotations

from rapporteur.language.base import Parsed
from rapporteur.stages.extract.events.lexicon import SPEECH

NOT_AT = frozenset("until till before after following than versus against despite like".split())
"""Prepositions that put an event elsewhere in time than the date they govern."""
REACH = 9
"""Tokens before a date in which its event is sought where the parser hung it elsewhere: at 4 or 6, seven or four of them lose
their date; at 12 or 18, three get one too many and three another."""
STOPS = frozenset(", ; : \" “ ” '' `` ( ) – --".split())
_AFTER = frozenset(("after", "following"))
_FINITE = frozenset(("VBD", "VBZ", "VBP", "VBN", "VB"))
_MARKS = frozenset(", ; -- – —".split())
_STRETCH = ("CD", "SYM", "HYPH", "NNP")
_DESCRIBING = ("NN", "JJ", "HYPH", "CD", "SYM")
"""Tags of the words of a stretch of time before a noun, and of what stands before that noun."""
_LEADING = frozenset("on in at by the late early earlier only just".split())
"""Words before a date that belong to it."""


def opens_before_name(parsed: Parsed, first: int, last: int) -> bool:
    """Whether a date opens a sentence and a name follows, to which it can as little belong ("Late Saturday Tarn announced")."""
    start, end = parsed.sentences[parsed.sentence_at[first]]
    return first == start and last < end and parsed.tags[last] == "NNP"


def within_noun(parsed: Parsed, first: int, last: int) -> int:
    """The noun that a date or stretch describes between its article and itself ("the July 12-August 14 Orsk war"), whatever the
    parser made of it."""
    tags = parsed.tags
    start, end = parsed.sentences[parsed.sentence_at[first]]
    at, before = last, first if tags[first] == "DT" else first - 1
    while at < end and tags[at].startswith(_DESCRIBING):
        at += 1
    while before > start and tags[before].startswith(_STRETCH):
        before -= 1
    described = before >= start and tags[before] in ("DT", "PRP$") and at > last and tags[at - 1].startswith("NN")
    return at - 1 if described else -1


def parted(parsed: Parsed, first: int, last: int, governor: int) -> bool:
    """Whether a clause ends between a date and a verb that it would govern, as the marks show it: what stands between two
    commas, and a date that opens the sentence or follows a comma at once, part nothing ("The league, which joined the
    protest, on Tuesday urged ..."; "Tarn, a soldier in the war of 2019, is charged ...")."""
    words, tags = parsed.words, parsed.tags
    if tags[governor][:2] != "VB":
        return False
    begin = parsed.sentences[parsed.sentence_at[first]][0]
    before = first
    while before > begin and (words[before - 1].lower() in _LEADING or tags[before - 1] == "RB"):
        before -= 1
    low, high = (governor + 1, before) if governor < first else (last, governor)
    marks = sum(words[i] in _MARKS for i in range(low, high))
    opens = before == begin or words[before - 1] in _MARKS
    closed = first < governor and words[last] == "," and words[last + 1].lower() != "when"
    if closed and not (opens or _in_opening(parsed, first)):
        return True  # "the tactics in Orsk a year ago, ending in war, were ..."
    if marks % 2 == 0:
        return False
    if governor < first:
        return True
    return (
        not opens
        and not any(tags[i] in ("VBD", "VBZ", "VBP") for i in range(begin, before))
        and any(words[i] in _MARKS for i in range(begin, before))
    )


def _in_opening(parsed: Parsed, first: int) -> bool:
    """Whether a date stands in a phrase with a preposition that opens a sentence, clause or speech ("In a talk in May, ...")."""
    words, tags = parsed.words, parsed.tags
    begin = parsed.sentences[parsed.sentence_at[first]][0]
    start = next((i + 1 for i in range(first - 1, begin - 1, -1) if words[i] in STOPS), begin)
    return tags[start] == "IN"


def before_clause(parsed: Parsed, first: int, last: int, governor: int) -> bool:
    """Whether the date is of what came before the word it would govern: of a phrase with "after" that opens the sentence
    ("After talks on Monday, they left") or follows the verb ("was reinforced after a war in July")."""
    words, tags = parsed.words, parsed.tags
    start, end = parsed.sentences[parsed.sentence_at[first]]
    if tags[governor][:2] == "VB" and parsed.lemmas[governor] not in SPEECH and governor < first:
        between = [w.lower() for w in words[governor + 1 : first]]
        if _AFTER.intersection(between) and "," not in between:
            return True
    if words[start].lower() not in NOT_AT or first <= start + 1:
        return False
    comma = next((i for i in range(last, end) if words[i] == ","), end)
    return governor > comma


def when_clause(parsed: Parsed, last: int) -> int:
    """The verb of "Sunday, when seven soldiers died"; -1 when there is none."""
    words, tags = parsed.words, parsed.tags
    after = last + (last < len(words) and words[last] == ",")
    if after >= len(words) or words[after].lower() != "when":
        return -1
    return next((i for i in range(after, min(after + REACH, len(words))) if tags[i] in _FINITE), -1)
