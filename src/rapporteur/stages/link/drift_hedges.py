"""Drift of how surely something is said along one derivation: what the parent hedges, promises, has from hearsay or limits, and
the child states outright (modality, status, attribution-loss, scope); what the child hedges and the parent does not (modality).

Each word of doubt in the parent is taken with the words around it, and looked for in those sentences of the child that tell
of the parent's sentence at all: a retelling cuts sentences anew, so that the sentence as a whole says little.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapporteur.model.lineage import Drift, DriftType
from rapporteur.stages.link.drift_modes import mode_drifts
from rapporteur.stages.link.drift_scope import QUANTITY
from rapporteur.stages.link.drift_speakers import ATTRIBUTED
from rapporteur.stages.link.passages import Passage, Passages, Term, told_by

RELATED = 0.25
"""Least similarity of two sentences for a word of doubt of one to be looked for in the other."""
QUALIFIED = 0.55
"""Least share of the words around a word of doubt that the child's sentence has: drift F1 on dev .60 at .60, .62 at .55."""
FIRM_ALIKE = 0.4
"""Similarity of two sentences from which a "will" of the child that the parent's has not may stand for the parent's doubt."""
FIRM = 0.3
"""Least share of the words around the doubt then: the four finds that this adds are all such changes, two of them planted."""
TO_DO = 0.4
"""The same around a verb that the parent has to be done and the child as done: the verb itself is evidence."""
SAME_SENTENCE = 0.3
"""Similarity from which, where no other sentence of the parent is more similar, the words after the doubt alone may tell: .3 to
.5 find the same on dev and three sets of others."""
AFTER_ALONE = 0.6
"""What these words count then: nearly all must be there (.55 of .60)."""
ADDED = 0.6
"""Least share of the words around a doubt that only the child has: .5 adds one find that is none, .7 changes nothing."""
PLAIN = 0.9
"""The same share in another sentence of the parent without a word of doubt: then the parent itself says it outright. At .7 three
of 133 planted drifts are lost on reports outside dev, at .9 two more are reported on dev that are none."""
NEAR = 45
"""Characters around a word of doubt that say what it qualifies."""
BESIDE = 60
"""Characters around the same words in the child within which a word of doubt still qualifies them."""


def _words(*stems: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(' '.join(stems).split())})\b".replace("_", r"\s+"), re.IGNORECASE)


_DOUBTS = _words(
    r"could(?!\snot|n['’]t) may might (?<!it\s)possibl[ey] possibility probabl[ey] perhaps likely unlikely",
    "expect(?:s|ed|ing|ations?)? suspected suspects?_that",
    "apparent(?:ly)? believ(?:ed?|es|ing) presum(?:ed|ably) supposedly seem(?:s|ed|ingly)? appear(?:s|ed)?_(?:to|that)",
    "potential(?:ly)? is_thought are_thought was_thought were_thought plan(?:s|ned|ning)?_(?:to|for|on) intend(?:s|ed|ing)?",
    "aim(?:s|ed)?_to hop(?:es?|ed|ing) if unless",
    "speculat(?:ions?|ed|es|ing) optimis(?:tic|m) confiden(?:t|ce) in_principle don['’]t_think do_not_think",
)
_PROMISES = _words(
    "pledg(?:e|es|ed|ing) vow(?:s|ed|ing)? promis(?:e|es|ed|ing) propos(?:es|ed|ing) threaten(?:s|ed|ing)?_to",
    "resolved_to close_to brink_of on_the_verge_of (?:is|are|was|were)_(?:considering|mulling|weighing)",
)
_AHEAD = _words(
    "will would (?:is|are|was|were)_to (?:set|due|scheduled|agreed|agree|resolved|decided|going|ready|asked)_to",
    "(?:want(?:s|ed)?|seek(?:s|ing)?|sought)_to seek",
)
"""What is still to be done; told as done only where the child's verb says so."""
_HEARSAY = _words(
    "reported reportedly alleged allegedly purported purportedly said_to rumou?red accus(?:ed|es|ing)",
    r"blam(?:ed|es|ing) claim(?:s|ed|ing)(?!\s(?:\d|the\slives|at\sleast|more\sthan|about|some|nearly|over|around|on)\b)",
    "what_(?:they|he|she|it)_(?:call|say|calls|says|called|said)",
)
_LIMITS = _words(
    "mostly largely mainly chiefly predominantly primarily partly partially slightly almost_all nearly_all majority most_of"
)
_PART_OF = _words("almost_all nearly_all majority most_of")
"""Limits of the noun right after them."""
_PERFECT = re.compile(r"\b(?:(?:has|have|had)(?:\s+been)?|was|were)\s+(?:\w+ly\s+|already\s+|now\s+)?$", re.IGNORECASE)
_UNDONE = re.compile(
    r"\b(?:nothing|nobody|no|not)\b|"
    r"\b(?:to|be|never|will|would|can|could|may|might|should|must|if|unless|when|once|until)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_FUTURE = _words("will would shall ['’]ll going_to is_to are_to set_to due_to expected scheduled")
# "Ulm and Orsk to sign an accord": headlines say so what is still to come.
_TO_COME = re.compile(r"\bto (?!the\b|a\b|an\b)[a-z]{3,}\b")
_FIRM = _words("will shall going_to ['’]ll")
_ADDED = _words(
    "could may might possibly perhaps maybe probabl[ey] likely hop(?:es|ed)_to apparently seem(?:s|ed)?_to appear(?:s|ed)?_to",
    "suspected hopes_to hoped_to",
)
"""Doubts that a child may add to what the parent says outright."""
_ALLOWED = _words("must allow(?:s|ed|ing)? permit(?:s|ted|ting)? enabl(?:e|es|ed|ing) can able")
"""What somebody may, must or is able to do: "may" and "could" tell of that without doubt."""
_HEDGED = re.compile(
    "|".join(p.pattern for p in (_DOUBTS, _PROMISES, _HEARSAY))
    + r"|\b(?:would|can|should|think\w*|thought|offer\w*|undert[ao]\w*|commit\w*|sw(?:ear|ore)\w*|ready|willing|prepared|"
    r"set to|threat\w*|allow\w*|permit\w*|able|consider\w*|mull\w*|weigh\w*)\b",
    re.IGNORECASE,
)

_KINDS: tuple[tuple[re.Pattern[str], DriftType], ...] = (
    (_DOUBTS, "modality"),
    (_PROMISES, "status"),
    (_AHEAD, "status"),
    (_HEARSAY, "attribution-loss"),
    (_LIMITS, "scope"),
)


_SURENESS = (
    (_words("could may might possibl[ey] possibility perhaps"), 1),
    (_words("hop(?:es?|ed|ing) wish(?:es|ed)? optimis(?:tic|m)"), 2),
    (
        _words(
            "expect(?:s|ed|ing|ations?)? likely probabl[ey] confiden(?:t|ce) certain convinced plan(?:s|ned|ning)?_(?:to|for)"
        ),
        4,
    ),
    (_words("pledg(?:e|es|ed|ing) vow(?:s|ed|ing)? promis(?:e|es|ed|ing) will would"), 5),
)
"""How sure words of doubt and promise make what they stand with."""
_CONDITION = _words("if unless where when whenever once should provided in_case only_if")
"""What an "if" may have become: "if necessary" and "where necessary" say the same."""
_MONTH = "May"
FAR = 2
"""Steps between two of these for one to say something else than the other."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A word of doubt of the parent: what it makes uncertain, its place, and the terms before and after it."""

    kind: DriftType
    word: str
    place: tuple[int, int]
    before: tuple[Term, ...]
    after: tuple[Term, ...]


def hedge_drifts(child: Passages, parent: Passages, aligned: Sequence[Sequence[tuple[float, Passage]]]) -> list[Drift]:
    """What the parent hedges and the child does not, at most one drift of a type for a sentence of either. Where the verbs of a
    sentence tell how far its deed has come (``drift_modes``), words of doubt around them tell nothing else."""
    deeds = mode_drifts(child, parent, aligned)
    tellers = _tellers(child, aligned)
    found = [
        lost
        for passage in parent.all
        if passage.words not in child.words
        for doubt in _doubts(parent, passage)
        if doubt.word != _MONTH
        if (lost := _gone(child, parent, (passage, doubt), tellers.get(passage.number, ())))
    ]
    found += [
        added
        for passage, others in zip(child.all, aligned, strict=True)
        if others and others[0][0] >= RELATED
        for doubt in _doubts(child, passage, ((_ADDED, "modality"),))
        if (added := _new(child, parent, (passage, doubt), others))
    ]
    told: set[tuple[str, object]] = set()
    out = list(deeds.values())
    for _, number, drift in sorted(found, key=lambda f: (-f[0], f[2].source, f[2].target)):
        if drift.type in ("modality", "status") and number in deeds:
            continue
        if told.isdisjoint({(drift.type, number), (drift.type, drift.source)}):
            told |= {(drift.type, number), (drift.type, drift.source)}
            out.append(drift)
    return out


def _tellers(child: Passages, aligned: Sequence[Sequence[tuple[float, Passage]]]) -> Mapping[int, list[tuple[Passage, float]]]:
    """Sentence of the parent, by number: the sentences of the child that tell of it, with their similarity where no other
    sentence of the parent is more similar, else 0."""
    out: dict[int, list[tuple[Passage, float]]] = defaultdict(list)
    for passage, others in zip(child.all, aligned, strict=True):
        for rank, (score, other) in enumerate(others):
            if score >= RELATED and len(passage.terms) >= 3:
                out[other.number].append((passage, score if rank == 0 else 0.0))
    return out


def _doubts(parent: Passages, passage: Passage, kinds: Sequence[tuple[re.Pattern[str], DriftType]] = _KINDS) -> Iterator[Doubt]:
    text = parent.reading.report.text
    for pattern, kind in kinds:
        for m in pattern.finditer(passage.text):
            start, end = passage.start + m.start(), passage.start + m.end()
            before, after = _clause(passage, text, start, end)
            if after and len(before) + len(after) >= 3:
                yield Doubt(kind, m.group(), (start, end), before, after)


_EDGE = re.compile(r"[,;:()\"“”]|\s--?\s|\s[–—]\s|\b(?:but|while|which|who|whom|that)\b")


def _clause(passage: Passage, text: str, start: int, end: int) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    """Terms of the clause before and after the characters [start, end), at most ``NEAR`` away; across its edge where it holds
    fewer than three."""
    before = [t for t in passage.terms if t.end <= start and t.start >= start - NEAR]
    after = [t for t in passage.terms if t.start >= end and t.end <= end + NEAR]
    edges = [passage.start + m.start() for m in _EDGE.finditer(passage.text)]
    low = max((e for e in edges if e < start - 1), default=passage.start)
    high = min((e for e in edges if e > end), default=passage.end)
    inside = [t for t in before if t.start >= low], [t for t in after if t.end <= high]
    if inside[1] and len(inside[0]) + len(inside[1]) >= 3:
        return tuple(inside[0]), tuple(inside[1])
    return tuple(before), tuple(after)


def _gone(
    child: Passages, parent: Passages, said: tuple[Passage, Doubt], tellers: Iterable[tuple[Passage, float]]
) -> tuple[float, int, Drift] | None:
    """The drift where a sentence of the child has the words around the doubt and none like it, with the share of those words."""
    passage, doubt = said
    about = (*doubt.before, *doubt.after)
    share, _, best, near = max(
        ((_share(doubt, p, alike), -p.number, p, alike) for p, alike in tellers), default=(0.0, 0, passage, 0.0)
    )
    after = _hits(best, doubt.after)
    if not after:
        return None
    around = _around(child, best, after)
    weaker = _weaker(doubt, around)
    next_words = _hits(best, doubt.after[:1])
    ahead = bool(_AHEAD.fullmatch(doubt.word))
    done = ahead and any(_done(best, verb) for verb in next_words)
    if ahead and not done and (not weaker or _enables(passage, doubt)):
        return None
    firm = doubt.kind == "modality" and near >= FIRM_ALIKE and bool(_FIRM.search(around)) and not _FIRM.search(passage.text)
    least = TO_DO if done else FIRM if firm else QUALIFIED
    if share < least or (_PART_OF.fullmatch(doubt.word) and not next_words):
        return None
    if doubt.word.casefold() in ("if", "unless") and _CONDITION.search(around):
        return None
    if (_still_hedged(doubt, best, around, _rest(passage, doubt)) and not weaker and not firm) or _plain(parent, passage, about):
        return None
    hits = [*_hits(best, doubt.before), *after]
    kind: DriftType = "modality" if weaker else doubt.kind
    if kind == "status" and _FUTURE.search(around):
        kind = "modality"
    place = _densest(hits)
    note = f"“{doubt.word}” becomes “{weaker}”" if weaker else f"“{doubt.word}” is gone"
    return share, best.number, Drift(kind, parent.cite(passage, doubt.place).id, child.cite(best, place).id, note)


def _new(
    child: Passages, parent: Passages, said: tuple[Passage, Doubt], others: Sequence[tuple[float, Passage]]
) -> tuple[float, int, Drift] | None:
    """The drift where a sentence of the parent has the words around a doubt of the child and no sentence of it doubts them."""
    passage, doubt = said
    about = (*doubt.before, *doubt.after)
    share, _, best = max((_share(doubt, p, alike), -p.number, p) for alike, p in others)
    after = _hits(best, doubt.after)
    if share < ADDED or not after:
        return None
    around = _around(parent, best, after)
    able = doubt.word == "could" and not _FUTURE.search(around)  # "a solution that all could accept"
    if able or doubt.word == _MONTH or _ALLOWED.search(around):
        return None
    if _HEDGED.search(around.replace("would", "will")) or any(
        told_by(about, p.keys, p.senses) >= share - 0.2 and _HEDGED.search(p.text) for p in parent.all if p.number != best.number
    ):
        return None
    source = parent.cite(best, _densest([*_hits(best, doubt.before), *after]))
    target = child.cite(passage, doubt.place)
    return share, passage.number, Drift("modality", source.id, target.id, f"“{doubt.word}” is new")


def _share(doubt: Doubt, passage: Passage, alike: float) -> float:
    """Share of the words around a doubt that ``passage`` tells, or of those after it alone where the sentences are ``alike``."""
    share = told_by((*doubt.before, *doubt.after), passage.keys, passage.senses)
    if alike < SAME_SENTENCE or len(doubt.after) < 2:
        return share
    return max(share, AFTER_ALONE * told_by(doubt.after, passage.keys, passage.senses))


def _hits(passage: Passage, terms: Iterable[Term]) -> list[Term]:
    """The words of a sentence that stand for ``terms``, by stem or sense, in the order of ``terms``."""
    return [t for term in terms for t in passage.terms if t.key == term.key or t.senses & term.senses]


def _enables(passage: Passage, doubt: Doubt) -> bool:
    """Whether a "would" goes with what makes something possible, for which "could" is another word."""
    end = doubt.place[1] - passage.start
    return bool(_ALLOWED.search(passage.text, end, end + NEAR))


def _densest(hits: Sequence[Term]) -> tuple[int, int]:
    """Where most of ``hits`` stand within the reach of one word of doubt."""
    groups = [[t for t in hits if first.start <= t.start and t.end <= first.start + 2 * NEAR] for first in hits]
    best = max(groups, key=lambda group: (sum({t.start: t.weight for t in group}.values()), -group[0].start))
    return min(t.start for t in best), max(t.end for t in best)


def _around(passages: Passages, passage: Passage, hits: Sequence[Term]) -> str:
    """The sentence from a little before ``hits`` to a little behind them."""
    low, high = min(t.start for t in hits), max(t.end for t in hits)
    return passages.reading.report.text[max(passage.start, low - BESIDE) : min(passage.end, high + BESIDE)]


def _done(passage: Passage, verb: Term) -> bool:
    """Whether a word stands in a sentence as a verb of something done ("has found", "opened")."""
    at = verb.start - passage.start
    word, before = passage.text[at : verb.end - passage.start], passage.text[max(0, at - 25) : at]
    if _UNDONE.search(before):
        return False
    return bool(_PERFECT.search(before)) or (word.endswith("ed") and not before.rstrip().endswith((" to", " be", " the", " a")))


def _weaker(doubt: Doubt, around: str) -> str | None:
    """The word of quite other sureness that stands for the doubt ("hopes" for "vowed"), None where none does."""
    sure = _sureness(doubt.word)
    near = [m for pattern, _ in _SURENESS for m in pattern.finditer(around) if m.group() != _MONTH]
    if sure is None or not near or any(abs(sure - (_sureness(m.group()) or sure)) < FAR for m in near):
        return None
    return near[0].group()


def _sureness(word: str) -> int | None:
    return next((rank for pattern, rank in _SURENESS if pattern.fullmatch(word)), None)


def _rest(passage: Passage, doubt: Doubt) -> str:
    """A sentence without a word of doubt."""
    start, end = doubt.place[0] - passage.start, doubt.place[1] - passage.start
    return f"{passage.text[:start]} {passage.text[end:]}".casefold()


def _still_hedged(doubt: Doubt, passage: Passage, around: str, rest: str) -> bool:
    """Whether a word of doubt stands there that does not stand beside the one in the parent too (``rest``)."""
    if doubt.kind == "scope":
        return bool(_LIMITS.search(passage.text) or QUANTITY.search(passage.text))  # then ``drift_scope`` compares the two
    if doubt.kind != "attribution-loss":
        return bool(_HEDGED.search(around.replace("would", "will")))
    return any(m.group().casefold() not in rest for pattern in (ATTRIBUTED, _HEDGED) for m in pattern.finditer(around))


def _plain(parent: Passages, passage: Passage, about: Sequence[Term]) -> bool:
    """Whether another sentence of the parent says the same without any doubt."""
    return any(
        other.number != passage.number
        and told_by(about, other.keys, other.senses) >= PLAIN
        and not _HEDGED.search(other.text)
        and not _TO_COME.search(other.text)
        and not _LIMITS.search(other.text)
        for other in parent.all
    )
