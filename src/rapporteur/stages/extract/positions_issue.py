"""What a stand or a promise is about: the words of the content up to where its phrase ends."""

from __future__ import annotations

from itertools import pairwise

from rapporteur.stages.extract.statements.extent import FINITE
from rapporteur.stages.extract.statements.tree import CLOSERS, QUOTES, TIME_WORDS, Range, Tree
from rapporteur.stages.extract.times.classes import MONTHS

MAX_ISSUE = 30
"""Tokens. A longer phrase is a paragraph of argument and no name of an issue."""
_FEW = 3
"""Tokens of an issue that says no more than the noun at its end."""
_NO_END = ("IN", "TO", "CC", "DT", "PRP", "W", "VBN", "``")
"""Tags that no name of an issue ends in: what is left of a phrase that was cut."""
_BREAKS = frozenset(
    {",", ";", ":", "--", "–", "—", "(", "saying", "citing", "adding", "because", "although", "though", "whereas"}
)
_OTHER_CLAUSES = frozenset({"after", "before", "as", "while", "since"})
_EMPTY = frozenset(
    {"it", "them", "him", "her", "this", "that", "these", "those", "so", "one", "us", "me", "you", "what", "which"}
)
_NAMELESS = frozenset({"thing", "something", "anything", "nothing", "everything", "more", "lot", "much", "all"})
"""What names no issue, however it is described ("we wanted one thing")."""
LONGEST_ASIDE = 40
"""Tokens between two commas after which a phrase may go on."""


def issue_of(tree: Tree, content: Range, *, joined: bool = True) -> Range | None:
    """The content up to its first clause break, without quotation marks; None when nothing that names an issue is left.
    ``joined``: with a second thing joined to it, where the content stopped before."""
    first, last = content
    words = tree.words
    while first < last and (words[first] in QUOTES or words[first] in CLOSERS):
        first += 1
    for word in ("however", "that"):  # "that that trend continues" keeps its own
        first += first < last and words[first].lower() == word
    while first < last and (words[first] in QUOTES or words[first] == ","):
        first += 1
    if first >= last or words[first].lower() in _OTHER_CLAUSES:
        return None
    last = _whole_quotation(tree, first, _before_break(tree, first, _with_infinitive(tree, first, last)))
    last = _with_joined(tree, first, last) if joined and first < last else last
    last = _completed(tree, first, last) if first < last else last
    if first >= last or last - first > MAX_ISSUE or tree.tags[first] in ("CC", "WDT", "WP"):
        return None
    if last - first <= _FEW and tree.lemmas[last - 1].lower() in _NAMELESS:
        return None
    if words[first].lower() in ("how", "why", "where") or (
        last - first == 1 and (words[first].lower() in _EMPTY or tree.tags[first].startswith(("PRP", "W", "RB")))
    ):
        return None
    return first, last


def _with_infinitive(tree: Tree, first: int, last: int) -> int:
    """The end of "members with large markets (not) to open them", where the parse stopped before what they are to do."""
    tags = tree.tags
    end = tree.sentence(first)[1]
    last -= last - first > 1 and tags[last - 1] == "TO"
    if last + 1 < end and tree.words[last].lower() == "not" and tags[last + 1] == "TO":
        last += 1
    if last >= end or tags[last] != "TO" or any(tags[i] in ("TO", "VB") for i in range(first, last)):
        return last
    verb = next((i for i in range(last + 1, min(end, last + 3)) if tags[i] == "VB" or tree.deps[i] == "xcomp"), None)
    return min(tree.right[verb] + 1, end) if verb is not None and tree.right[verb] >= verb else last


def _before_break(tree: Tree, first: int, last: int) -> int:
    """Where the first clause of [first, last) ends; what stands in brackets belongs to it."""
    words = tree.words
    conditional = first < last and words[first].lower() in ("if", "unless", "when", "once", "until")
    i = first + 1
    while i < last:
        closing = next((k for k in range(i, last) if words[k] == ")"), None) if words[i] == "(" else None
        if closing is not None:
            i = closing
        elif _opens_clause(tree, first, i, last):
            last = i
            break
        elif words[i] in _BREAKS and not _in_list(tree, i) and not _in_date(tree, i):
            if not conditional:
                last = i
                break
            conditional = False
        i += 1
    while last > first and (words[last - 1] in QUOTES or _left_over(tree, last)):
        last -= 1
    return last


def _left_over(tree: Tree, last: int) -> bool:
    """Whether the word before ``last`` ends no name of an issue; a participle does at the end of its clause."""
    if tree.tags[last - 1] == "PRP" and tree.tags[last - 2] in ("IN", "TO"):
        return False  # "without regard to them"
    if tree.tags[last - 1] == "VBN" and (last >= len(tree.words) or tree.words[last] in CLOSERS or tree.words[last] in QUOTES):
        return False
    return tree.tags[last - 1].startswith(_NO_END)


def _opens_clause(tree: Tree, first: int, token: int, last: int) -> bool:
    """Whether another clause begins that is no part of the issue: "aid to the north and sent troops", "strikes after the king
    said that ..."."""
    if tree.tags[token] == "CC":
        return token + 1 < last and (tree.tags[token + 1] in ("VBD", "VBZ") or _another_clause(tree, first, token, last))
    marks = tree.deps[token] == "mark" and tree.words[token].lower() in _OTHER_CLAUSES and token > first + 1
    return marks and any(tree.tags[i] in FINITE for i in range(token + 1, last))


def _another_clause(tree: Tree, first: int, token: int, last: int) -> bool:
    """Whether a conjunction behind a clause or act leads to a subject with a verb of its own: "asked Tarn to leave | and Tarn
    agreed"."""
    done = any(tree.tags[i] in FINITE or (tree.tags[i] == "VB" and tree.tags[i - 1] == "TO") for i in range(first, token))
    at = token + 1
    while at < last and tree.tags[at].startswith(_PHRASE):
        at += 1
    return done and token + 1 < at < last and tree.tags[at] in ("VBD", "VBZ", "VBP")


def _whole_quotation(tree: Tree, first: int, last: int) -> int:
    """The end with the closing mark of a quotation begun inside, or before the mark of one that does not end there."""
    words = tree.words
    marks = [i for i in range(first, last) if words[i] in QUOTES and tree.tags[i] != "POS"]
    if len(marks) % 2 == 0:
        return last
    for closing in (last, last + 1):
        if closing < len(words) and words[closing] in QUOTES:
            return closing + 1
    last = marks[-1]
    while last > first and (words[last - 1] in QUOTES or tree.tags[last - 1].startswith((*_NO_END, "VBG"))):
        last -= 1
    return last


def _in_date(tree: Tree, comma: int) -> bool:
    """Whether a comma stands before the year of a date ("June 30, 2032")."""
    words = tree.words
    year = words[comma + 1] if comma + 1 < len(words) else ""
    return words[comma] == "," and words[comma - 1].isdigit() and len(year) == 4 and year.isdigit()


_LISTED = ("NN", "DT", "JJ", "CD", "PRP$", "POS", "HYPH", "VBG")
_MEMBER = ("NN", "DT", "JJ", "CD", "PRP$")
_LONGEST_LIST = 24
"""Tokens of a list in which "and" is sought, as long as only nouns with what belongs to them stand before it."""


def _in_list(tree: Tree, comma: int) -> bool:
    """Whether a comma parts the members of a list ("arms, fuel and food")."""
    if tree.words[comma] != ",":
        return False
    end = min(tree.sentence(comma)[1], comma + _LONGEST_LIST)
    for i in range(comma + 1, end):
        if tree.tags[i] == "CC":
            word, after = (tree.words[k].lower() if k < end else "" for k in (i, i + 1))
            finite = i + 1 < end and tree.tags[i + 1] in FINITE
            return (word in ("and", "or") and not finite) or (word == "but" and after in ("only", "not"))
        if i > comma + 5 and not (tree.tags[i].startswith(_LISTED) or tree.words[i] == ","):
            return False
    return False


def _list_goes_on(tree: Tree, comma: int) -> bool:
    """Whether a list goes on behind a comma, and not another clause ("a fixed date, and his cabinet wants the same")."""
    if not _in_list(tree, comma) or not tree.tags[comma + 1].startswith(_MEMBER):
        return False
    joined = next(i for i in range(comma, tree.sentence(comma)[1]) if tree.tags[i] == "CC")
    for i in range(joined + 1, tree.sentence(comma)[1]):
        if tree.words[i] in CLOSERS or tree.words[i] in QUOTES:
            break
        if tree.tags[i] in FINITE:
            return False
    return True


_AUXILIARY = frozenset({"be", "have", "do"})
_NOMINAL = ("NN", "JJ", "DT", "CD", "PRP$")
_GOES_ON = ("VB", "IN", "TO", "RB")
"""Tags with which a phrase goes on after an aside."""


def whole(tree: Tree, issue: Range) -> bool:
    """Whether an issue ends where its phrase ends: not before a verb that goes on with it ("farmers whose stock | would be
    sold"), nor inside of a noun phrase, nor at an aside after which it goes on ("to see this process, which is late, done")."""
    last, end = issue[1], tree.sentence(issue[0])[1]
    if _unfinished(tree, issue) or _begun_before(tree, issue[0]):
        return False
    if last >= end:
        return True
    tag, word = tree.tags[last], tree.words[last].lower()
    inside = (
        word not in _BREAKS
        and tag.startswith(("NN", "JJ", "CD", "VBG"))
        and tree.tags[last - 1].startswith(("NN", "JJ", "DT", "HYPH", "CD"))
    )
    acts = word in ("not", "to") and any(tree.tags[i] == "VB" for i in range(last, min(end, last + 3 - (word == "to"))))
    if tag in FINITE or tag == "POS" or inside or acts or _goes_with(tree, issue) or (word == "," and _list_goes_on(tree, last)):
        return False
    if word == "," and tree.tags[min(last + 1, end - 1)] in ("IN", "TO") and any(tree.words[i] == "," for i in range(*issue)):
        return False  # "to place the farms, a land between two rivers, | under the rule of the council"
    named = tree.words[min(last + 1, end - 1)].lower() == "including"
    if word != "," or (tree.tags[min(last + 1, end - 1)].startswith(("VBG", "CC")) and not named):
        return True
    closing = next((i for i in range(last + 1, min(end, last + LONGEST_ASIDE)) if tree.words[i] in (",", '"', "”")), end)
    while closing < end and tree.words[closing] == "," and _in_list(tree, closing):
        closing = next((i for i in range(closing + 1, end) if tree.words[i] == "," and not _in_list(tree, i)), end)
    goes_on = (*_GOES_ON, "VBG") if named else _GOES_ON
    if closing + 1 < end and tree.words[closing + 1].lower() == "as":
        return True  # "rejected the date, which Orsk has set, as arbitrary"
    return closing + 1 >= end or tree.words[closing] != "," or not tree.tags[closing + 1].startswith(goes_on)


def _unfinished(tree: Tree, issue: Range) -> bool:
    """Whether the words of an issue call for others that were cut away: an auxiliary or "to be" at its end, "that" without its
    verb."""
    first, last = issue
    if tree.lemmas[last - 1].lower() in _AUXILIARY and tree.tags[last - 1][:2] in ("VB", "MD", "TO"):
        return True
    if tree.tags[last - 1] == "MD":
        return True
    said = [word.lower() for word in tree.words[first:last]]
    if "but" not in said and any(one == "not" and other in ("just", "only", "merely") for one, other in pairwise(said)):
        return True
    that = next((i for i in range(first, last) if tree.words[i].lower() == "that" and tree.tags[i] in ("IN", "WDT")), -1)
    return that >= 0 and not has_verb(tree, (that + 1, last))


def has_verb(tree: Tree, part: Range) -> bool:
    """Whether a clause has the verb that makes it one, finite or as after "that he" ("that he leave")."""
    return any(tree.tags[i] in FINITE or tree.tags[i] == "VB" for i in range(*part))


def _begun_before(tree: Tree, first: int) -> bool:
    """Whether an issue begins inside of a noun phrase ("22-year | prison sentences") or behind the one that it belongs to ("asked
    for eight years for | Orsk")."""
    before = first - 1
    if before < tree.sentence(first)[0] or not tree.tags[first].startswith(("NN", "JJ", "HYPH")):
        return False
    if tree.tags[before].startswith(("JJ", "CD", "HYPH", "POS", "PRP$", "DT", "NN")):
        return True
    return tree.tags[before] == "IN" and tree.tags[before - 1] in ("NN", "NNS") and tree.deps[before - 1] in ("obl", "obj")


def _goes_with(tree: Tree, issue: Range) -> bool:
    """Whether what follows belongs to the last word of an issue: a preposition behind a participle, an adverb behind a verb."""
    return tree.tags[issue[1] - 1][:2] == "VB" and _leads_on(tree, issue[1])


def _leads_on(tree: Tree, token: int) -> bool:
    """Whether a phrase goes on with a preposition or adverb, and no clause opens."""
    opens = tree.deps[token] == "mark" or tree.words[token].lower() in _OTHER_CLAUSES or tree.words[token].lower() in _BREAKS
    return tree.tags[token].startswith(("IN", "TO", "RB", "RP")) and not opens


def _to_mark(tree: Tree, token: int) -> int:
    """The end of the clause that ``token`` stands in, quoted parts of it included."""
    at, end, quoted = token, tree.sentence(token)[1], False
    while at < end and (quoted or not (tree.words[at] in CLOSERS or tree.words[at] in _BREAKS)):
        quoted ^= tree.words[at] in QUOTES and tree.tags[at] != "POS"
        at += 1
    return at


_SOMEWHERE = frozenset({"everywhere", "elsewhere", "abroad", "overseas", "nationwide", "worldwide"})
_SPOKEN_IN = frozenset(
    "statement interview speech letter address message memo memorandum remark conference communique article report talk meeting "
    "visit bid effort move attempt sign response reply return protest line accordance connection".split()
)
"""Nouns of a phrase that says where or to what end a stand was taken, and not what it is on ("to leave | in a statement")."""
_LONGEST_PHRASE = 8
"""Tokens of a phrase that is added to an issue; chosen, not measured."""


def _with_phrases(tree: Tree, first: int, last: int) -> int:
    """The end of an issue with what belongs to its last word and the parse hung on the cue: "agents | everywhere", "to meet | as
    soon as possible", "unrest | ahead of the vote", and the preposition phrases of an act ("to end the war | in the north")."""
    words, end = tree.words, tree.sentence(first)[1]
    if last < end and words[last].lower() in _SOMEWHERE:
        return last + 1
    if last + 2 < end and words[last].lower() == "as" and words[last + 2].lower() == "as":
        return min(_to_mark(tree, last), last + _LONGEST_PHRASE)
    if last + 1 < end and words[last].lower() == "ahead" and words[last + 1].lower() == "of":
        at = _phrase_end(tree, last + 2, end)
        return at if tree.tags[at - 1].startswith("NN") else last
    dated = any(words[i].lower() in MONTHS for i in range(first, last))
    if dated or not any(tree.tags[i] == "VB" for i in range(first, last)):
        return last
    while last < end and words[last].lower() in _WHERE and tree.deps[last] != "mark":
        at = _phrase_end(tree, last + 1, end)
        if not _belongs(tree, last, at):
            break
        last = at
    return last


_WHERE = frozenset({"in", "on", "under", "from", "across", "throughout", "inside", "near", "between", "into", "within"})
_PHRASE = ("NN", "JJ", "DT", "CD", "PRP$", "POS", "HYPH")
_SPANS = frozenset("day week month year decade hour".split())


def _phrase_end(tree: Tree, token: int, end: int) -> int:
    while token < end and (tree.tags[token].startswith(_PHRASE) or tree.words[token].lower() == "of"):
        token += 1
    return token


def _belongs(tree: Tree, first: int, last: int) -> bool:
    """Whether a preposition phrase ends with its noun and says where something is to be done, not when nor where it was said."""
    if not 1 < last - first <= _LONGEST_PHRASE or not tree.tags[last - 1].startswith("NN"):
        return False
    lemmas = {tree.lemmas[i].lower() for i in range(first, last)}
    return not lemmas & (_SPOKEN_IN | _SPANS | TIME_WORDS | MONTHS.keys())


def _completed(tree: Tree, first: int, last: int) -> int:
    """The end of a phrase that the parse broke off: the year of a date, and what a participle or "be" calls for ("a timetable
    ending on June 30, 2032", "the troops to be home by May"), up to the next mark, verb or conjunction."""
    end = tree.sentence(first)[1]
    if first and last + 1 < end and tree.words[first - 1] in QUOTES and tree.words[last] in QUOTES and _leads_on(tree, last + 1):
        return first  # 'called for "real progress" in the talks': part of the words is quoted
    if last < end and tree.tags[last - 1] in ("VBG", "VBN", "VB") and _leads_on(tree, last):
        verbs = 0
        while last < end and not (
            tree.words[last] in QUOTES or tree.tags[last] == "CC" or tree.tags[last].startswith((*FINITE, "W"))
        ):
            verbs += tree.tags[last][:2] == "VB"
            if ((tree.words[last] in CLOSERS or tree.words[last] in _BREAKS) and not _in_date(tree, last)) or verbs > 1:
                break
            last += 1
    if last + 1 < end and _in_date(tree, last):
        return last + 2
    return _with_phrases(tree, first, last)


def _with_joined(tree: Tree, first: int, last: int) -> int:
    """The end of the second of two joined things ("the four dead and 83 missing") or acts ("to cut fees and raise wages"), where
    no verb follows that would make them two clauses."""
    end = tree.sentence(first)[1]
    if last + 1 >= end or tree.tags[last] != "CC":
        return last
    after = tree.tags[last + 1]
    if after == "MD" and any(tree.tags[i] in FINITE for i in range(first, last)):
        return _to_mark(tree, last + 1)  # "warned that the threat was growing and would stay"
    act = after in ("VB", "VBG") and any(tree.tags[i] == after for i in range(first, last))
    if not (act or after.startswith(_NOMINAL)):
        return last
    at = last + 1
    while at < end and not (tree.words[at] in CLOSERS or tree.words[at] in QUOTES):
        tag = tree.tags[at]
        if tag.startswith((*FINITE, "W")) or (not act and tag == "VB"):
            break
        if not act and tag.startswith(("IN", "VBG")) and tree.words[at].lower() != "of":
            break
        at += 1
    return last if at < end and tree.tags[at] in (*FINITE, "VB") else at
