"""What an amount with a unit measures: "10 percent of voters", "a $48 million contract", "sales of $14 million"."""

from __future__ import annotations

from rapporteur.language.base import Parsed
from rapporteur.stages.extract.figures import lexicon as lex
from rapporteur.stages.extract.figures import phrases
from rapporteur.stages.extract.figures.counted import OF_THEM, Counted
from rapporteur.stages.extract.figures.measures import Measure
from rapporteur.stages.extract.figures.memory import Memory
from rapporteur.stages.extract.figures.numbers import Amount, Scanner

_TIES = frozenset(("of", "at", "worth", "to"))
_AFTER_UNIT = frozenset(("NN", "NNS", "JJ"))
_SKIPPED = frozenset(("just", "us", "hk", "reported", "a", "an", "than", "little", "slightly"))
_MAX_STEPS = 6
_MAX_CLAUSE = 12
_MAX_COMPOUND = 3


def measured(p: Parsed, s: Scanner, a: Amount, m: Measure, memory: Memory) -> Counted:
    """What the amount ``a`` with the unit ``m`` measures."""
    j = m.last
    if s.at(j) == "of" and s.at(j + 1) not in OF_THEM:
        found = phrases.after(p, j)
        if found:
            return Counted(phrases.singular(p, *found), found.head, found.end)
    same = j < len(p.tags) and p.sentence_at[j] == p.sentence_at[a.first]
    if same and p.tags[j] in _AFTER_UNIT and s.at(j) not in lex.NO_MEASURED:
        found = phrases.after(p, j)
        if found and found.head - j <= _MAX_COMPOUND and s.at(found.head) not in lex.TIME_UNITS:
            return Counted(phrases.singular(p, *found), found.head, found.end)
    if s.at(a.first - 1) == "(" and memory.measured and memory.measured[0] == p.sentence_at[a.first]:
        return Counted(memory.measured[1], a.first, m.last)
    if m.unit in lex.EXTENSIONS:
        return Counted(None, a.first, m.last)
    return Counted(governing(p, s, m.first), a.first, m.last)


def governing(p: Parsed, s: Scanner, first: int) -> str | None:
    """The noun that "of", "at" or a verb of measuring ties the amount to."""
    start = p.sentences[p.sentence_at[first]][0]
    i = first - 1
    while i > max(start, first - _MAX_STEPS) and not _tied(p, s, i) and _skipped(p, s, i):
        i -= 1
    if i > start and _tied(p, s, i):
        return None if s.at(i - 1) in lex.GENERIC else phrases.singular(p, i - 1, i)
    share = _share_of(p, s, start, i)
    if share is not None:
        return phrases.singular(p, share, share + 1)
    token = first
    for _ in range(5):
        head = p.heads[token]
        if head == token:
            break
        if p.tags[head].startswith("V") or p.lemmas[head] == "be":
            above = p.heads[head]
            while p.deps[head] == "xcomp" and above != head and p.tags[above].startswith("V"):
                head, above = above, p.heads[above]
            if p.deps[head] == "acl" and p.lemmas[head] in lex.MEASURE_VERBS | {"estimate"} and p.tags[above] in ("NN", "NNS"):
                return phrases.singular(p, above, above + 1)  # "the refugees, estimated to number hundreds"
            return subject(p, head)
        token = head
    return subject(p, token) if p.tags[token] in ("NN", "CD", "$", "NNS") else None


def _share_of(p: Parsed, s: Scanner, start: int, i: int) -> int | None:
    """The head noun of "X accounts for", "X makes up" before token ``i``, read along the line: the tags of such plurals and verbs
    ("food imports account for") are easily exchanged."""
    if s.at(i) in ("for", "up"):
        i -= 1
    if s.at(i) not in lex.SHARE_VERBS:
        return None
    first = i
    while first > start and p.tags[first - 1] not in (",", ":", "WDT", "WP", "``", "''") and i - first < _MAX_CLAUSE:
        first -= 1
    head = first
    while head < i and p.tags[head] not in ("IN", "RB", "MD"):
        head += 1
    return head - 1 if head > first and p.words[head - 1][0].islower() and p.words[head - 1][-1].isalpha() else None


def _tied(p: Parsed, s: Scanner, i: int) -> bool:
    """Whether "of", "at", "to" at ``i`` ties an amount to a noun before it: "sales of", "the index at", "the tally to"."""
    if s.at(i) not in _TIES or p.tags[i - 1] not in ("NN", "NNS"):
        return False
    return s.at(i) in ("of", "worth") or s.at(i - 1) in lex.LEVELS


def _skipped(p: Parsed, s: Scanner, i: int) -> bool:
    return s.at(i) in lex.LEADS or s.at(i) in lex.SIGNS or s.at(i) in _SKIPPED or p.tags[i] == "RB"


def subject(p: Parsed, verb: int) -> str | None:
    """The subject of a verb of being, measuring or changing: "exports rose", "the toll is"."""
    cop = any(p.deps[c] == "cop" for c in p.children[verb])
    if not cop and p.lemmas[verb] not in lex.MEASURE_VERBS:
        return None
    for c in p.children[verb]:
        if p.deps[c] in ("nsubj", "nsubj:pass") and p.tags[c] in ("NN", "NNS"):
            if p.words[c].lower() in ("toll", "tolls"):
                return "person"
            return None if p.words[c].lower() in lex.GENERIC else phrases.singular(p, c, c + 1)
    return None
