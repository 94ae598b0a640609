"""Which findings a brief is made of: those that many reports carry, that are contested, and that count something.

``Finding.weight`` says how early and in how many origins a finding stands (the lead of a news report holds what its editor held
most important). The factors below put on top what a reader of an account asks for first. They were set by reading the briefs of
six processes against their reports: without them a brief was a list of single statements from headlines and leads, and the
figure that four reports gave was missing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from math import log2

from rapporteur.language.gazetteer import country_of
from rapporteur.model.account import Finding
from rapporteur.model.claims import EventClaim, FigureClaim, StatementClaim
from rapporteur.stages.write.doubts import compared, day_spelt_out
from rapporteur.stages.write.passages import Passage, Passages
from rapporteur.stages.write.victims import victims

TOKEN = re.compile(r"(?:[A-Z]\.){2,}|\d[\d,.]*\d|\w+")
CAPITALISED = re.compile(r"\b[A-Z][\w’'.-]*")
VERDICT = {"differ": 1.5, "sum": 1.4, "superseded": 1.4, "drift": 1.2, "agree": 1.2, "single": 1.0}
KIND = {"figure": 1.25, "commitment": 1.25, "position": 1.1, "event": 1.1, "statement": 0.8}
DENIAL = 4.0
"""A denial is what a reader of the other lines must know; statements are otherwise the lightest kind."""
DENIES = re.compile(r"\b(?:den(?:y|ies|ied)|refut(?:es?|ed)|disput(?:es?|ed)|dismiss(?:es|ed)?)\b", re.IGNORECASE)
HEAD, FEWEST_REPORTS = 1000, 4
"""Code points of each report's head; reports below which what they share says nothing."""
COMMON = 0.5
"""Share of the reports from which on a word is the process's and not a line's own: two lines that list the parties of talks tell
of different things."""
ASIDE, TOLD_BY = 0.5, 4
"""Weight of what is beside the topic (a folder on Lebanon held a report in which the Pope received a visitor), and words by which
a sentence is placed."""
FEW, COUNTED_FEW = 10, 0.4
"""A count below ten of what was not harmed or deployed ("two sides", "three rounds") is seldom a figure to report."""
SIZES = {"deployed": 2, "killed": 2, "displaced": 1}
"""States whose largest numbers say how large a process is, and how many of them: of forces two, which are seldom of one owner,
and two tolls, of which reports give older and newer ones."""
ON_TOPIC = 1.0
"""Share of the topic (``Topic.share``) that the sentence of such a number must have."""
AROUND, NEARBY = 300, 0.9
"""Code points on either side by which a sentence that shares nothing with the heads is placed ("since the fighting erupted"), and
their weight."""
DAYS, MOST_BACK = 3, 4
"""Days behind a report that make an event one that it goes back to, and how many such lines a brief has."""
ARRANGED = frozenset(("schedule", "plan", "slate", "expect"))
TOLD_AGAIN = 2
"""Reports from which on the death of a person without office is what the process is told from."""
AS_LEAD = 1.0
"""Least weight of these numbers and events, that of a finding in one report's lead: they are told late, but all else rests on
them. Without it the size of the force, the test, the mandate and the accord that processes are about stood in no brief."""
VAGUE = 0.3
"""Figures that no finding pins to a number ("thousands")."""
MOST_OF_A_KIND = {"figure": 5, "commitment": 2, "position": 3, "event": 4, "statement": 4}
"""So that one kind of claim does not fill a brief."""


STEM = 6
"""Letters by which words are compared: "withdraw", "withdrawal" and "withdrawing" speak of one thing."""
EMPTY = frozenset(
    "the and but for nor yet with from into onto over under about after before between among during since until that this "
    "these those which who whom whose what when where why how will would can could may might shall should must have has had "
    "having does did done been being was were are its his her their our your they them there then than also only just more "
    "most some any all both each other another such said says saying told according report reports reported not".split()
)
"""Function words, and the words of reporting, which stand in every line."""


def gist(text: str) -> frozenset[str]:
    """The content words of a line for comparing it with others: countries under one name, words cut to ``STEM`` letters."""
    return frozenset(kept for word in TOKEN.findall(text) if (kept := _content(word)))


@lru_cache(maxsize=50_000)
def _content(word: str) -> str | None:
    """A word as it is compared; None when it says nothing."""
    country = country_of(word) if word[:1].isupper() else None
    if country:
        return country
    folded = word.casefold()
    return folded[:STEM] if folded[0].isdigit() or (len(folded) > 2 and folded not in EMPTY) else None


ALIKE = 0.38
"""Share of content words (``gist``) from which on two lines say the same to a reader. 0.38: at .5 two lines told in other words
that the same talks begin; lines that only share their process stay below."""


BESIDE = 0.6
"""Share of content words for a sentence that tells of the event only beside its own news. 0.6: of nine such pairs read, the seven
below say different things, the two above the same."""
SAID_ALIKE = 0.35
"""Share of the words without a capital that they must have in common besides: two lines that name the same five parties may tell
of different acts."""


def repeats(one: str, other: str, common: frozenset[str]) -> bool:
    """Whether two lines say the same to a reader, apart from the words ``common`` to all lines. A line of such words alone says
    what the others rest on, and not the same as each of them."""
    if not (gist(one) - common and gist(other) - common):
        return gist(one) == gist(other)
    if not alike(gist(one) - common, gist(other) - common):
        return False
    act, another = (gist(CAPITALISED.sub(" ", line)) - common for line in (one, other))
    return alike(act, another, SAID_ALIKE)


def alike(one: frozenset[str], other: frozenset[str], share: float = ALIKE) -> bool:
    """Whether two gists say the same to a reader: at least ``share`` of the smaller one's words stand in both."""
    return len(one & other) >= share * min(len(one), len(other))


class Topic:
    """What the reports have in common: the content words of their heads, with the share of the reports that hold each."""

    def __init__(self, passages: Passages) -> None:
        heads = [gist(reading.report.text[:HEAD]) for reading in passages.readings.values()]
        counted = Counter(word for head in heads for word in head)
        self._share = {word: count / len(heads) for word, count in counted.items()} if len(heads) >= FEWEST_REPORTS else None
        self._of_sentence: dict[tuple[str, tuple[int, int]], float] = {}
        self._victims: Counter[str] = Counter()
        self._office: set[str] = set()
        for reading in passages.readings.values():
            named: dict[str, bool] = {}
            for claim in reading.claims:
                named |= victims(passages[claim.id]) if isinstance(claim, EventClaim) else {}
            self._victims.update(named)
            self._office |= {name for name, office in named.items() if office}
        self.common = frozenset(word for word, share in (self._share or {}).items() if share >= COMMON)
        """What nearly every line of the account says: the parties and the matter, by which no two lines are the same."""

    def share(self, passage: Passage) -> float:
        """From ``ASIDE``, where a sentence has no word of the reports' heads, to ``ASIDE`` + 1; 1 where reports are few."""
        if self._share is None:
            return 1.0
        place = passage.reading.report.id, passage.sentence
        known = self._of_sentence.get(place)
        if known is None:
            known = self._of_sentence[place] = self._shared(passage.text)
        return known

    def _shared(self, text: str) -> float:
        if self._share is None:
            return 1.0
        most = sorted((self._share.get(word, 0.0) for word in gist(text)), reverse=True)[:TOLD_BY]
        return ASIDE + sum(most) / TOLD_BY

    def share_around(self, passage: Passage) -> float:
        """As ``share``, or that of what stands around the sentence, where that is more of the topic."""
        low, high = passage.sentence
        near = passage.reading.report.text[max(0, low - AROUND) : high + AROUND]
        return max(self.share(passage), NEARBY * self._shared(near))

    def mourns(self, passage: Passage) -> bool:
        """Whether a passage tells of the violent death of somebody in office, or of one that several reports tell of."""
        return any(name in self._office or self._victims[name] >= TOLD_AGAIN for name in victims(passage))


class Scale:
    """The numbers that say how large a process is: the most people of each of ``SIZES`` that sentences on its topic count."""

    def __init__(self, findings: Sequence[Finding], passages: Passages, topic: Topic) -> None:
        found: dict[str, dict[float, tuple[str, Passage]]] = {state: {} for state in SIZES}
        for finding in findings:
            for passage in passages.known(finding.supports[:1]) if finding.kind == "figure" else ():
                claim = passage.claim
                if not isinstance(claim, FigureClaim) or claim.figure.state not in SIZES or claim.figure.value is None:
                    continue
                if claim.figure.derived is None:
                    found[claim.figure.state].setdefault(claim.figure.value, (finding.id, passage))
        largest = [by[value] for state, by in found.items() for value in sorted(by, reverse=True)[: SIZES[state]]]
        self._largest = {finding for finding, passage in largest if topic.share_around(passage) >= ON_TOPIC}

    def holds(self, finding: Finding) -> bool:
        """Whether the finding is one of them."""
        return finding.id in self._largest


def looks_back(passage: Passage) -> bool:
    """Whether a report goes back to what took place days before, and names that day by its date: of all that lies behind a
    report, this is what the rest is told from."""
    claim, published = passage.claim, passage.date
    if not isinstance(claim, EventClaim) or claim.when is None or claim.status != "asserted" or published is None:
        return False
    when = claim.when.value[:10]
    if len(when) < 10 or len(published) < 10 or claim.when.precision == "week" or claim.type == "announcement":
        return False
    if claim.trigger in ARRANGED:  # "was last scheduled for July 25": that it took place is not said
        return False
    try:
        days = (date.fromisoformat(published[:10]) - date.fromisoformat(when)).days
    except ValueError:
        return False
    return days >= DAYS and day_spelt_out(passage, claim) and not compared(passage, claim)


def _denies(passage: Passage) -> bool:
    claim = passage.claim
    return isinstance(claim, StatementClaim) and claim.cue is not None and bool(DENIES.search(claim.cue.exact))


def salience(finding: Finding, passages: Passages, topic: Topic, scale: Scale) -> float:
    """How much a finding belongs into the brief; comparable within one account only."""
    support = passages.known(finding.supports)
    reports = len({p.reading.report.id for p in support})
    basic = scale.holds(finding) or any(looks_back(p) or topic.mourns(p) for p in support)
    weight = max(finding.weight, AS_LEAD) if basic else finding.weight
    score = weight * VERDICT[finding.verdict] * KIND[finding.kind] * (1.0 + 0.5 * log2(max(1, reports)))
    score *= 1.0 + 0.25 * max(0, finding.origins - 1)
    if support:
        score *= topic.share_around(support[0]) if basic else topic.share(support[0])
        score *= DENIAL if any(_denies(p) for p in support) else 1.0
    figures = [p.claim.figure for p in support if isinstance(p.claim, FigureClaim)]
    if figures and all(f.value is None and not any(c.isdigit() for c in f.number.exact) for f in figures):
        score *= VAGUE
    if figures and not any(f.state or f.unit for f in figures):
        values = [v for f in figures for v in (f.value, f.high) if v is not None]
        if values and max(values) < FEW:
            score *= COUNTED_FEW
    return score
