"""Whether a sentence's news is the event that its date is of, or the event is told beside it ("after the test of Oct. 9")."""

from __future__ import annotations

from collections.abc import Collection

from rapporteur.language.base import Parsed
from rapporteur.stages.extract.events.lexicon import LIGHT_VERBS, PHASES, PLANNED, SPEECH
from rapporteur.stages.extract.events.order import news

_THROUGH = frozenset("conj ccomp xcomp csubj parataxis nsubj nsubj:pass aux aux:pass cop compound:prt dep discourse list".split())
"""Relations that stay in the clause which a sentence is about: what it asserts, and of whom."""
_INSIDE = frozenset("in during at with amid within throughout on".split())
_SUBORDINATE = frozenset("after before since until because although though".split())
_OPENING = _SUBORDINATE | frozenset("with while when as amid despite".split())
_CLAUSES = frozenset(("acl", "acl:relcl"))
_OF_NOUN = frozenset("det amod compound nummod nmod:poss flat".split())
_EDGE = frozenset(", ; : -- – — ] ” ''".split())
_OPEN = frozenset("DT PRP$ JJ JJR JJS IN CC TO POS CD HYPH".split())
"""Tags of words that a phrase cannot end in where a noun follows."""
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_FULL_STOPS = frozenset((".", "!", "?", "”", '"', "''", ")"))
_AUXILIARIES = 3
"""Tokens from an auxiliary to its verb, and from a relative pronoun to it: "has not yet left". Of 614 dated events of 92
reports none is another at 1 or 6."""
_STARTS = ("DT", "PRP", "CD", "NNP", "NNS", "WRB", "EX")
"""Tags with which a clause or phrase that stands alone begins."""
_APART = 12
"""Tokens between a date and its governor. Of the same events two that are told by the way lose their words at 6, none at 24."""
_REACH = 12
"""Tokens before a noun in which its own determiners and modifiers are sought: bounds the work in long lists; none of the same
events is another at 6 or 24."""


def aside(parsed: Parsed, governor: int, date: tuple[int, int], others: Collection[int] = ()) -> tuple[int, int] | None:
    """Tokens [first, last) of the clause or phrase in which the word stands that a date governs, where the sentence as a whole
    tells of something else, up to the first comma behind the date at tokens ``date``; the word alone where the parse shows no
    phrase that could stand by itself, or the date may as well be that of the main clause. None where the date is that of the main
    clause or of saying it, and in headlines. ``others``: words that other dates govern; a noun is not the news of such a verb."""
    found = _beside(parsed, governor, date, others)
    return found if found or news(parsed, governor, date) else (governor, governor + 1)


def _beside(parsed: Parsed, governor: int, date: tuple[int, int], others: Collection[int]) -> tuple[int, int] | None:
    """The same by the parse alone."""
    sentence = parsed.sentences[parsed.sentence_at[governor]]
    if parsed.lemmas[governor] in SPEECH:
        return None
    if not _is_clause(parsed, *sentence):
        headline = parsed.words[sentence[1] - 1] not in _FULL_STOPS
        told_first = headline or _first_verb(parsed, governor, *sentence)
        return None if told_first and not _opens(parsed, governor, *sentence) else (governor, governor + 1)
    at = told = governor
    while parsed.heads[at] != at:
        if not _main(parsed, at):
            first, last = _extent(parsed, told)
            # What follows may be of the main clause: "after they formed a cabinet in March, demanding ..."
            last = next((i for i in range(max(date[1], governor + 1), last) if parsed.words[i] == ","), last)
            found = _trimmed(parsed, _innermost(parsed, first, min(governor, date[0])), last)
            surely = found is not None and found[0] <= date[0] and date[1] <= found[1] and _near(parsed, governor, date)
            return found if found and surely and _stands(parsed, found, date[0]) else (governor, governor + 1)
        if at in others and parsed.tags[at][:2] == "VB" and parsed.tags[governor][:2] == "NN":
            return governor, governor + 1  # "Registration for the May vote ended on Dec. 14"
        # "searched the rooms of Friday's trial" says more than the trial, "the trial opened on Friday" does not.
        whole = not parsed.deps[at].startswith(("obl", "nmod")) and told == at
        at = parsed.heads[at]
        told = at if whole else told
    return None


def _innermost(parsed: Parsed, first: int, end: int) -> int:
    """Where the clause begins that tells of the event, of a phrase that begins with another ("an hour of unrest, which followed |
    after a guard was killed on Sunday")."""
    return next((i for i in range(end - 1, first, -1) if parsed.words[i].lower() in _SUBORDINATE), first)


def _first_verb(parsed: Parsed, token: int, first: int, last: int) -> bool:
    """Whether a verb is the first of a sentence of which the parse sees no main clause, and in none that describes a noun."""
    verb = next((i for i in range(first, last) if parsed.tags[i] in (*_FINITE, "VBN")), -1)
    main = verb == token or (verb >= 0 and parsed.tags[token] in ("VB", "VBN", "VBG") and 0 < token - verb <= _AUXILIARIES)
    return main and not any(parsed.tags[i][:1] == "W" for i in range(max(first, verb - _AUXILIARIES), verb))


def _near(parsed: Parsed, governor: int, date: tuple[int, int]) -> bool:
    """Whether a date can only be that of its governor: right beside a participle ("the accord signed in 2030"; of "the price of
    gas supplied to Orsk this year" it may be that of the main verb), and otherwise with no other verb between."""
    low, high = (governor + 1, date[0]) if governor < date[0] else (date[1], governor)
    if any(parsed.words[i].lower() == "since" for i in range(low, high - 1)):
        return False  # "has had nine kings since independence in 1957"
    if parsed.deps[governor] == "acl" and parsed.tags[governor] == "VBN":
        return governor < date[0] and all(parsed.tags[i].startswith(("IN", "RB", "DT", "JJ")) for i in range(low, high))
    return high - low <= _APART and not any(parsed.tags[i][:2] == "VB" for i in range(low, high))


def _opens(parsed: Parsed, token: int, first: int, last: int) -> bool:
    """Whether a token stands in what opens a sentence before its main clause: "With talks set to resume Monday, ..."."""
    comma = next((i for i in range(first, last) if parsed.words[i] == ","), first)
    return parsed.words[first].lower() in _OPENING and token < comma


def _is_clause(parsed: Parsed, first: int, last: int) -> bool:
    """Whether what the sentence hangs on is a verb or has a copula: otherwise it is a headline, or its parse is wrong."""
    roots = [i for i in range(first, last) if parsed.heads[i] == i]
    return any(parsed.tags[i][:2] == "VB" or any(parsed.deps[c] == "cop" for c in parsed.children[i]) for i in roots)


def _main(parsed: Parsed, token: int) -> bool:
    """Whether what a token tells, its head tells too."""
    head, dep = parsed.heads[token], parsed.deps[token]
    lemma = parsed.lemmas[head].lower()
    if dep in _THROUGH:
        # A small parser takes "after rebels signed the accord" for a complement, "after" for a preposition.
        return parsed.words[parsed.subtree(token)[0]].lower() not in _SUBORDINATE or dep not in ("ccomp", "xcomp", "dep")
    if dep == "acl" and parsed.tags[token] == "VBD":
        return True  # "supplies for the force passed the port": no finite verb describes a noun without its pronoun
    if dep == "obj":
        return lemma in LIGHT_VERBS or lemma in PLANNED
    if dep.startswith("obl"):
        case = next((parsed.words[c].lower() for c in parsed.children[token] if parsed.deps[c] == "case"), "")
        return not case or case in _INSIDE
    if dep == "nmod":
        return lemma in PHASES
    if dep == "advcl":
        # "Speaking on Monday, he ...", "founded in 1989, it ...": what the subject of the sentence does or underwent.
        # "With talks set to resume on Monday, he ..." has a subject of its own.
        marked = any(parsed.deps[c] in ("mark", "case", "nsubj", "nsubj:pass") for c in parsed.children[token])
        return parsed.tags[token] in ("VBG", "VBN") and not marked and parsed.lemmas[token] not in SPEECH
    return False


def _extent(parsed: Parsed, token: int) -> tuple[int, int]:
    """The phrase under a token; of a clause that describes a noun, from the noun's own first word on ("a member of the board that
    was elected")."""
    first, last = parsed.subtree(token)
    if parsed.deps[token] not in _CLAUSES:
        return first, last
    noun = parsed.heads[token]
    first = _beginning(parsed, noun)
    while first and parsed.deps[noun] == "nmod" and parsed.heads[noun] < first and parsed.words[first - 1] != ",":
        noun = parsed.heads[noun]
        first = _beginning(parsed, noun)
    return first, last


def _beginning(parsed: Parsed, noun: int) -> int:
    """Where a noun's own phrase begins."""
    own = (c for c in parsed.children[noun] if parsed.deps[c] in _OF_NOUN and 0 < noun - c <= _REACH)
    return min((parsed.subtree(c)[0] for c in own), default=noun)


def _trimmed(parsed: Parsed, first: int, last: int) -> tuple[int, int] | None:
    """Without commas and prepositions before it, and marks behind it."""
    while first < last and (parsed.words[first] in _EDGE or parsed.deps[first] in ("case", "fixed")):
        first += 1
    while last > first and parsed.words[last - 1] in (*_EDGE, ".", "(", "“", "``", '"'):
        last -= 1
    return (first, last) if first < last else None


def _signed(parsed: Parsed, first: int, dated: int) -> bool:
    """Whether a participle stands right before a date ("the accord signed in May"): a noun with a date says too little."""
    at = dated - 1
    while at > first and parsed.tags[at].startswith(("IN", "RB", "DT", "JJ")):
        at -= 1
    return parsed.tags[at] == "VBN" and parsed.words[at - 1].lower() != "be"  # "an interview to be broadcast Monday"


def _stands(parsed: Parsed, phrase: tuple[int, int], dated: int) -> bool:
    """Whether the phrase is whole: not the rest of one whose noun stands before it, nor one that breaks off before its own; no
    infinitive, and no participle whose date can as well be that of the sentence ("bombed a house serving as a post Friday")."""
    tags, words = parsed.tags, parsed.words
    first, last = phrase
    sentence = parsed.sentences[parsed.sentence_at[first]]
    subordinate = words[first].lower() in _SUBORDINATE or words[first].lower() == "when"
    if not (subordinate or tags[first].startswith(_STARTS)) or tags[first] in ("WDT", "WP") or tags[last - 1] in ("JJR", "RBR"):
        return False
    if first > sentence[0] and (words[first - 1].lower() in ("of", "on", "for") or tags[first - 1] in ("CC", "HYPH")):
        return False  # the rest of a phrase: of a name, of two that are joined
    if any(words[i] == "," and tags[i + 1][:1] != "W" for i in range(first, min(last, dated)) if not subordinate):
        return False  # the end of one clause and the next: "its ceiling of 2.0 percent, the data showed on Wednesday"
    that = next((i for i in range(first + 1, last) if words[i].lower() == "that"), -1)
    if that >= 0 and not subordinate and tags[that + 1] not in (*_FINITE, "RB"):
        return False  # "on his visit that he hoped ..." is no visit that he hoped
    if any(words[i] in ("-", "--", "–", "—") and tags[i] != "HYPH" for i in range(first, last)):
        return False
    finite = [i for i in range(first, last) if tags[i] in _FINITE]
    if not finite and not _signed(parsed, first, dated):
        return False
    joined = max((i for i in range(first, last) if tags[i] == "CC"), default=-1)
    if joined >= 0 and last < sentence[1] and words[last] == "," and not any(i > joined for i in finite):
        return False  # "was held on Tuesday and the council, led by ..."
    if first > sentence[0] and tags[first].startswith("NN") and tags[first - 1].startswith(("NN", "JJ", "HYPH", "POS", "CD")):
        return False
    if last < sentence[1] and tags[last].startswith(("NN", "JJ")) and (tags[last - 1] in _OPEN or tags[last - 1] == tags[last]):
        return False
    return not any(parsed.deps[i].startswith("acl") and tags[i] == "VBG" and parsed.heads[i] < i for i in range(first, last))
