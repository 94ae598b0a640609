"""Whether a sentence's news is the event that its date is of, or the event is told beside it ("after the test of Oct. 9")."""

from __future__ import annotations

from collections.abc import Collection

from rapporteur.language.base import Parsed
from rapporteur.stages.extract.events.lexicon import LIGHT_VERBS, NOUNS, PHASES, PLANNED, SPEECH
from rapporteur.stages.extract.events.order import at_once, described, inserted, news, opener

_THROUGH = frozenset("conj ccomp xcomp csubj parataxis nsubj nsubj:pass aux aux:pass cop compound:prt dep discourse list".split())
"""Relations that stay in the clause which a sentence is about: what it asserts, and of whom."""
_INSIDE = frozenset("in during at with amid within throughout on".split())
_SUBORDINATE = frozenset("after before since until because although though".split())
_OPENING = _SUBORDINATE | frozenset("with while when as amid despite".split())
_CLAUSES = frozenset(("acl", "acl:relcl"))
_OF_NOUN = frozenset("det amod compound nummod nmod:poss flat".split())
_PARTED = frozenset(("of", "on", "for"))
"""Words before a phrase that is only the rest of one."""
_EDGE = frozenset(", ; : -- – — ] ” ''".split())
_OPEN = frozenset("DT PRP$ JJ JJR JJS IN CC TO POS CD HYPH".split())
"""Tags of words that a phrase cannot end in where a noun follows."""
_GROUP = ("RB", "MD", "VB")
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_FULL_STOPS = frozenset((".", "!", "?", "”", '"', "''", ")"))
_AUXILIARIES = 3
"""Tokens from an auxiliary to its verb, and from a relative pronoun to it: "has not yet left". Of 614 dated events of 92
reports none is another at 1 or 6."""
_STARTS = ("DT", "PRP", "CD", "NNP", "NNS", "WRB", "EX", "JJR")
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
    if found is None and not news(parsed, governor, date):
        found = _shown(parsed, governor, date, *_by_order(parsed, governor))
    if found is None:
        return _half(parsed, governor, date)
    alone = found == (governor, governor + 1)
    return (_with_subject(parsed, governor, date) if alone else None) or found


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
            if at != governor and parsed.lemmas[at] in SPEECH:
                return governor, governor + 1  # "the daily which said that he was asked to come in May"
            first, last = _extent(parsed, told)
            return _shown(parsed, governor, date, _innermost(parsed, first, min(governor, date[0])), last)
        if at in others and parsed.tags[at][:2] == "VB" and parsed.tags[governor][:2] == "NN":
            return governor, governor + 1  # "Registration for the May vote ended on Dec. 14"
        # "searched the rooms of Friday's trial" says more than the trial, "the trial opened on Friday" does not.
        whole = not parsed.deps[at].startswith(("obl", "nmod")) and told == at
        at = parsed.heads[at]
        told = at if whole else told
    return None


def _with_subject(parsed: Parsed, governor: int, date: tuple[int, int]) -> tuple[int, int] | None:
    """The subject of a sentence with what a participle says of it between two commas ("The mission, approved in May"); None where
    there is none, or more than one phrase stands before it."""
    closing = inserted(parsed, governor)
    first = parsed.sentences[parsed.sentence_at[governor]][0]
    if closing < 0 or not governor < date[0] < closing:
        return None
    if parsed.words[first + 1] == "," and parsed.tags[first] in ("RB", "IN", "CC"):
        first += 2  # "However, ..."
    subject = range(first, governor - 1)
    whole = bool(subject) and parsed.tags[first].startswith(_STARTS)
    whole = whole and not any(parsed.tags[i][:2] == "VB" and parsed.deps[i] != "amod" for i in range(governor + 1, date[0]))
    if not whole or any(parsed.tags[i] in _FINITE or parsed.words[i] in _EDGE for i in subject):
        return None
    return first, next((i for i in range(date[1], closing + 1) if parsed.words[i] == ","), closing)


def _by_order(parsed: Parsed, governor: int) -> tuple[int, int]:
    """The clause of a verb that by the order of words is not the news: a noun with the participle that describes it, else from
    the word that opens the clause to the end of the sentence; the word alone where neither is seen."""
    end = parsed.sentences[parsed.sentence_at[governor]][1]
    main = described(parsed, governor)
    if main >= 0:
        return _beginning(parsed, governor - 1), main
    opens = opener(parsed, governor)
    return (opens, end) if opens >= 0 and parsed.words[opens].lower() in _OPENING else (governor, governor + 1)


def _half(parsed: Parsed, governor: int, date: tuple[int, int]) -> tuple[int, int] | None:
    """The clause behind a semicolon, where the event stands in it: what the sentence begins with is another matter."""
    first, end = parsed.sentences[parsed.sentence_at[governor]]
    marks = [i for i in range(first, end) if parsed.words[i] == ";"]
    before = [i for i in marks if i < min(governor, date[0])]
    if not before:
        return None
    return _shown(parsed, governor, date, before[-1] + 1, next((i for i in marks if i > governor), end))


def _shown(parsed: Parsed, governor: int, date: tuple[int, int], first: int, last: int) -> tuple[int, int]:
    """The clause or phrase at tokens [first, last) as it can stand by itself: without the word that opens it, and up to where
    another begins behind the date; the word that the date governs alone where it cannot."""
    low = min(governor, date[0])
    joined = [i for i in range(first, low) if parsed.tags[i] == "CC" and not parsed.tags[i + 1].startswith(_GROUP)]
    if joined and any(parsed.tags[i] in _FINITE for i in range(first, joined[-1])):
        first = joined[-1] + 1  # "although one led in May and another | won in June"
    found = _trimmed(parsed, first, _ending(parsed, max(date[1], governor + 1), last))
    surely = found is not None and found[0] <= date[0] and date[1] <= found[1] and _near(parsed, governor, date)
    if not (found and surely and found[1] - found[0] > 1 and _stands(parsed, found, date[0])):
        return governor, governor + 1
    opened = parsed.words[found[0]].lower() in (*_OPENING, "where") and parsed.tags[found[0] + 1] not in ("VBG", "VBN")
    return found[0] + opened, found[1]


def _ending(parsed: Parsed, behind: int, last: int) -> int:
    """Where a clause ends behind its date: what follows may be of the main clause ("after they formed a cabinet in March,
    demanding ...", "since he came ten years ago and people should know", "after he returned on Monday that ...")."""
    end = parsed.sentences[parsed.sentence_at[behind - 1]][1]
    for i in range(behind, last):
        upto = next((k for k in range(i, end) if parsed.words[k] in _EDGE), end)
        another = parsed.tags[i] == "CC" and any(parsed.tags[k] in _FINITE for k in range(i, upto))
        if parsed.words[i] == "," or parsed.words[i].lower() == "that" or another:
            return i
    return last


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
    led = date[0] - 1 - parsed.tags[date[0] - 1].startswith("IN")
    if governor < led and parsed.deps[led] == "nmod" and parsed.lemmas[led].lower() in NOUNS:
        return False  # "are to be tried for their role in the killings in May"
    verbs = (parsed.tags[i][:2] == "VB" and parsed.deps[i] not in ("amod", "compound") for i in range(low, high))
    return high - low <= _APART and not any(verbs)


def _opens(parsed: Parsed, token: int, first: int, last: int) -> bool:
    """Whether a token stands in what opens a sentence before its main clause: "With talks set to resume Monday, ..."."""
    comma = next((i for i in range(first, last) if parsed.words[i] == ","), first)
    return parsed.words[first].lower() in _OPENING and token < comma


def _is_clause(parsed: Parsed, first: int, last: int) -> bool:
    """Whether what the sentence hangs on is a verb, or has a copula or "there": otherwise it is a headline, or misread."""
    roots = [i for i in range(first, last) if parsed.heads[i] == i]
    held = any(parsed.tags[i][:2] == "VB" or any(parsed.deps[c] == "cop" for c in parsed.children[i]) for i in roots)
    return held or "expl" in parsed.deps[first:last]


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
    if dep == "advcl" and any(at_once(parsed, c) for c in parsed.children[token]):
        return True
    if dep == "advcl" and parsed.tags[token] == "VBD" and parsed.heads[token] < token and _unmarked(parsed, token):
        return True  # "42 have died, the ministry announced this week"
    if dep == "advcl":
        # "Speaking on Monday, he ...": what the subject of the sentence does; "founded in 1989, it ..." is long past.
        # "With talks set to resume on Monday, he ..." has a subject of its own.
        marked = any(parsed.deps[c] in ("mark", "case", "nsubj", "nsubj:pass") for c in parsed.children[token])
        opens = token == parsed.sentences[parsed.sentence_at[token]][0]
        said = parsed.tags[token] == "VBG" or (parsed.tags[token] == "VBN" and not opens)
        return said and not marked and parsed.lemmas[token] not in SPEECH
    return False


def _unmarked(parsed: Parsed, verb: int) -> bool:
    """Whether nothing subordinates the clause of a verb."""
    led = any(parsed.deps[c] in ("mark", "case") or parsed.tags[c][:1] == "W" for c in parsed.children[verb])
    return not led and opener(parsed, verb) < 0


def _extent(parsed: Parsed, token: int) -> tuple[int, int]:
    """The phrase under a token; of a clause that describes a noun, from the noun's own first word on ("a member of the board that
    was elected")."""
    first, last = parsed.subtree(token)
    if parsed.deps[token] not in _CLAUSES:
        return first, last
    noun = parsed.heads[token]
    first = _beginning(parsed, noun)
    which = parsed.tags[noun] != "NNP" and any(parsed.words[c].lower() == "which" for c in parsed.children[token])
    while first and parsed.deps[noun] == "nmod" and parsed.heads[noun] < first and parsed.words[first - 1] != ",":
        if which and parsed.words[first - 1].lower() not in _PARTED:
            break  # "a reference to its rule which ended in May"
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
    if subordinate and (tags[first + 1] == "PRP" or tags[first + 1 : first + 3] == ["DT", "CD"]):
        return False  # "since she left in May", "after the two countries join in May": who, is not said
    if words[first].lower() in ("though", "although") and tags[first + 1] == "NNS":
        return False  # "though ties were cut in May": whose, the main clause says
    if not (subordinate or tags[first].startswith(_STARTS)) or tags[first] in ("WDT", "WP") or tags[last - 1] in ("JJR", "RBR"):
        return False
    if first > sentence[0] and (words[first - 1].lower() in _PARTED or tags[first - 1] in ("CC", "HYPH")):
        return False  # the rest of a phrase: of a name, of two that are joined
    if any(words[i] == "," and tags[i + 1][:1] != "W" for i in range(first, min(last, dated)) if not subordinate):
        return False  # the end of one clause and the next: "its ceiling of 2.0 percent, the data showed on Wednesday"
    that = next((i for i in range(first + 1, last) if words[i].lower() == "that"), -1)
    if that >= 0 and not subordinate and tags[that + 1] not in (*_FINITE, "RB"):
        return False  # "on his visit that he hoped ..." is no visit that he hoped
    if any(words[i] in ("-", "--", "–", "—") and tags[i] != "HYPH" for i in range(first, last)):
        return False
    finite = [i for i in range(first, last) if tags[i] in _FINITE]
    if not finite and (subordinate or not _signed(parsed, first, dated)):
        return False
    if finite and not subordinate and not _joined_on(parsed, first, finite[0], dated):
        return False
    joined = max((i for i in range(first, last) if tags[i] == "CC"), default=-1)
    if joined >= 0 and last < sentence[1] and words[last] == "," and not any(i > joined for i in finite):
        return False  # "was held on Tuesday and the council, led by ..."
    if (
        first > sentence[0]
        and tags[first].startswith("NN")
        and tags[first - 1].startswith(("NN", "JJ", "HYPH", "POS", "CD", "VBG"))
    ):
        return False
    if _in_list(parsed, last, sentence[1]):
        return False
    if last < sentence[1] and tags[last].startswith(("NN", "JJ")) and (tags[last - 1] in _OPEN or tags[last - 1] == tags[last]):
        return False
    return not any(parsed.deps[i].startswith("acl") and tags[i] == "VBG" and parsed.heads[i] < i for i in range(first, last))


def _joined_on(parsed: Parsed, first: int, verb: int, dated: int) -> bool:
    """Whether a finite verb belongs to a noun as what describes it, or to a clause that begins there: not where the noun hangs on
    a preposition before it ("three men loyal to | the league led the raid"), and, where no pronoun joins them, only right before
    the date ("the job that she took", "the review I announced on May 3", and not "the land they held except Orsk in 1995")."""
    tags = parsed.tags
    joined = any(tags[i][:1] == "W" or parsed.words[i].lower() == "that" for i in range(first, verb + 1))
    if joined or all(tags[i].startswith(("IN", "RB", "DT", "JJ", "VB")) for i in range(verb + 1, dated)):
        return True
    if any(tags[i] == "PRP" for i in range(first + 1, verb)):
        return False
    return not (first and tags[first - 1] in ("IN", "TO") and parsed.words[first - 1].lower() not in (*_OPENING, "that"))


def _in_list(parsed: Parsed, last: int, end: int) -> bool:
    """Whether a phrase up to ``last`` ends within a name that goes on as a list ("the Department for the Environment | , Food and
    Rural Affairs")."""
    if last + 1 >= end or parsed.words[last] != ",":
        return False
    capitals = parsed.words[last - 1][0].isupper() and parsed.words[last + 1][0].isupper()
    return capitals and any(parsed.tags[i] == "CC" for i in range(last + 2, min(last + 2 + _AUXILIARIES, end)))
