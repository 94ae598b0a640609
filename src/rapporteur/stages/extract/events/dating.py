"""Which date governs which word: from the syntax around each time mention, along the paths on which a date carries over."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from rapporteur.language.base import Parsed
from rapporteur.model.claims import TimeValue, When
from rapporteur.model.report import Precision
from rapporteur.stages.extract.base import Sheet
from rapporteur.stages.extract.events.bounds import (
    NOT_AT,
    REACH,
    STOPS,
    before_clause,
    opens_before_name,
    parted,
    when_clause,
    within_noun,
)
from rapporteur.stages.extract.events.lexicon import EVENT_NOUNS, LIGHT_VERBS, NOUNS, PHASES, PLANNED, SOUGHT, SPEECH
from rapporteur.stages.extract.events.undated import hours_of_other_days, no_date

_TIGHT = frozenset(("nmod:poss", "compound", "amod", "nummod"))
_TO = frozenset("to until till through and - –".split())
_INSIDE = frozenset("in during at with amid within throughout".split())
HAPPEN = frozenset(
    "happen occur schedule plan hold set slate begin start take due conclude open end launch reach sign adopt pass approve "
    "kick erupt carry commit stage make negotiate broker announce call order impose convene agree mount wage".split()
)
_ABOUT_EVENTS = (
    SPEECH
    | SOUGHT
    | PLANNED
    | frozenset(
        "gear ready brace agree invite condemn mark recall follow lead "
        "welcome praise hail denounce criticise criticize deplore regret celebrate commemorate mourn investigate".split()
    )
)
"""Verbs after which a date beside an event noun is the event's ("prepare for elections on June 5")."""
_CLIMB = 6
"""Steps up the tree. Of 614 dated events of 92 reports none is another at 3 or 12."""
_RANK = {name: i for i, name in enumerate("vague decade year season quarter month week day hour minute".split())}
_BEFORE_DATE = frozenset("on in at during since until before after by from for of late early".split())


class TimeRef(NamedTuple):
    """A resolved date of the text: its token range, the word it governs, and how precise it is. ``begin`` is an ISO day."""

    first: int
    last: int
    governor: int
    since: bool
    when: When
    begin: str


def when_of(time: TimeValue) -> When | None:
    """The date of an event that a time mention gives; None for durations, sets and what is not resolved.

    Weeks and weekends are given by their first day (precision ``week``), so that dates sort as text.
    """
    if time.type not in ("DATE", "TIME") or time.begin is None:
        return None
    head, clock, hour = time.value.partition("T")
    if "W" in head and "WI" not in head:
        return When(time.begin, "week")
    if clock and hour[:1].isdigit():
        return When(time.value, "minute" if ":" in hour else "hour")
    if len(head) == 10:
        return When(head, "day")
    if len(head) == 4:
        return When(head, "year")
    if len(head) < 4:
        return When(head, "decade" if len(head) == 3 else "vague")
    tail = head[5:]
    precision: Precision = "quarter" if "Q" in tail else "season" if tail.isalpha() else "month"
    return When(head, "year" if "H" in tail else precision)


def head_of(parsed: Parsed, first: int, last: int) -> int:
    """The token of [first, last) whose head lies outside, or that is a root; an article only where there is no other."""
    heads = parsed.heads
    found = [i for i in range(first, last) if heads[i] == i or not first <= heads[i] < last]
    return next((i for i in found if parsed.deps[i] not in ("det", "case")), found[0] if found else last - 1)


def _same_form(one: str, other: str) -> bool:
    """Whether two verbs can be joined in one clause; past tense and participle are one to a parser of small training."""
    past = ("VBD", "VBN")
    return one == other or (one in past and other in past)


@dataclass(slots=True)
class Dating:
    """The dates of one report by the word they govern, and what each trigger inherits from around it."""

    parsed: Parsed
    direct: dict[int, TimeRef] = field(default_factory=dict)

    @classmethod
    def of(cls, sheet: Sheet) -> Dating:
        found = cls(sheet.parsed)
        times = [m for m in sheet.mentions if m.kind == "time"]
        elsewhere = hours_of_other_days(sheet.parsed, times)
        for mention in times:
            first = sheet.token_at.get(mention.span.start)
            if first is None or mention.time is None or mention.id in elsewhere or not (when := when_of(mention.time)):
                continue
            if not no_date(sheet.parsed, first, mention):
                found.add(first, mention.span.end, when, mention.time.begin or "")
        return found

    def add(self, first: int, end: int, when: When, begin: str) -> None:
        """Enter a time mention from token ``first`` to the code point ``end`` under the words that it dates."""
        parsed = self.parsed
        last = first + 1
        while last < len(parsed.ends) and parsed.ends[last] <= end:
            last += 1
        for governor, since in self._governors(first, last).items():
            ref = TimeRef(first, last, governor, since, when, begin)
            before = self.direct.get(governor)
            if before is None or _RANK[when.precision] > _RANK[before.when.precision]:
                self.direct[governor] = ref

    def _governors(self, first: int, last: int) -> dict[int, bool]:
        """The words that a time mention dates, each with whether the date is only its beginning ("since")."""
        parsed = self.parsed
        head = head_of(parsed, first, last)
        preposition = first > 0 and parsed.words[first - 1].lower() in _BEFORE_DATE
        modifier = parsed.deps[head] in _TIGHT and not opens_before_name(parsed, first, last)
        tight = modifier and (parsed.deps[head] == "nmod:poss" or parsed.heads[head] == last or not preposition)
        words = {parsed.words[c].lower() for c in parsed.children[head] if parsed.deps[c] in ("case", "mark")}
        before = first - 1
        if preposition and not tight:
            words.add(parsed.words[before].lower())
            before -= 1
        within = within_noun(parsed, first, last)
        if within >= 0:
            return {within: False}
        found: dict[int, bool] = {}
        begins = "since" in words or self._runs_on(first, last)
        if tight or not words & NOT_AT:
            governor = self._of_date(parsed.heads[head]) if tight else self._head_governor(head, words, first, last)
            adjacent = -1 if tight else self._adjacent(before, first)
            if adjacent >= 0:
                found[adjacent] = begins
            if adjacent < 0 or adjacent == governor or parsed.lemmas[governor] not in _ABOUT_EVENTS:
                found[governor] = begins
                if not tight:
                    self._add_verb(found, governor)
        clause = when_clause(parsed, last)
        if clause >= 0:
            found[clause] = False
        found.pop(-1, None)
        return {
            governor: since
            for governor, since in found.items()
            if not (before_clause(parsed, first, last, governor) or parted(parsed, first, last, governor))
        }

    def _runs_on(self, first: int, last: int) -> bool:
        """Whether a bare year is the beginning of what goes on ("allowing prizes from 2012"), and no stretch with an end."""
        words = self.parsed.words
        year = last == first + 1 and words[first].isdigit()
        return year and first > 0 and words[first - 1].lower() == "from" and words[min(last, len(words) - 1)].lower() not in _TO

    def _add_verb(self, found: dict[int, bool], noun: int) -> None:
        """The verb too, where a date follows its object: "rejected the proposal in October" can be read of either."""
        parsed = self.parsed
        verb = parsed.heads[noun]
        if parsed.deps[noun] == "obj" and parsed.tags[verb][:2] == "VB" and parsed.lemmas[verb] not in _ABOUT_EVENTS:
            found.setdefault(verb, found[noun])

    def _head_governor(self, head: int, words: set[str], first: int, last: int) -> int:
        """The verb or event noun above a time mention. Where the parser hung it on another noun, it is the nearest before it."""
        parsed = self.parsed
        at = parsed.heads[head]
        beside = self._verb_beside(first, last)
        if beside >= 0:
            return self._past_beginning(beside)
        if at == head or any(parsed.deps[c] == "cop" for c in parsed.children[head]):
            return next((c for c in parsed.children[head] if parsed.deps[c].startswith("nsubj")), -1)
        if parsed.deps[head] == "nmod" and "of" in words:
            return self._of_date(at)
        if self._is_event(at):
            return self._past_beginning(at)
        start = parsed.sentences[parsed.sentence_at[first]][0]
        for i in range(first - 1, max(first - REACH, start - 1), -1):
            if parsed.words[i] in STOPS:
                break
            if self._is_event(i) and parsed.deps[i] not in ("compound", "amod", "acl"):
                return self._past_beginning(i)
        for _ in range(_CLIMB):
            if self._is_event(at) or parsed.heads[at] == at:
                break
            at = parsed.heads[at]
        return self._past_beginning(at)

    def _verb_beside(self, first: int, last: int) -> int:
        """The verb that a bare date stands next to ("voted Friday", "voted overwhelmingly Friday", "the court Friday ruled")."""
        parsed = self.parsed
        start, end = parsed.sentences[parsed.sentence_at[first]]
        for i in (first - 1, first - 2):
            if i < start:
                break
            if parsed.tags[i][:2] == "VB" and parsed.deps[i] not in ("aux", "aux:pass", "cop"):
                return i
            if parsed.tags[i] != "RB":
                break
        if last < end and first > start and parsed.tags[first - 1][:2] == "NN" and parsed.tags[last] in ("VBD", "VBZ"):
            return last if parsed.deps[last] not in ("aux", "aux:pass", "cop") else -1
        return -1

    def _is_event(self, token: int) -> bool:
        tag = self.parsed.tags[token]
        if tag[:2] == "VB":
            return self.parsed.deps[token] not in ("aux", "aux:pass", "case", "amod")
        return tag[:2] == "NN" and self.parsed.lemmas[token].lower() in EVENT_NOUNS

    def _of_date(self, noun: int) -> int:
        """The event noun in "launch date of April 12"; else the noun itself."""
        if self.parsed.lemmas[noun] not in ("date", "day", "deadline", "time"):
            return noun
        return next((c for c in self.parsed.children[noun] if self.parsed.deps[c] == "compound"), noun)

    def _past_beginning(self, verb: int) -> int:
        """What begins, in "a mission beginning Tuesday"."""
        parsed = self.parsed
        if (
            parsed.tags[verb] == "VBG"
            and parsed.lemmas[verb] in ("begin", "start", "commence")
            and parsed.deps[verb] in ("acl", "advcl")
        ):
            at = parsed.heads[verb]
            return at if self._is_event(at) else self._past_beginning(parsed.heads[at]) if parsed.heads[at] != at else at
        return verb

    def _adjacent(self, before: int, first: int) -> int:
        """The event noun that a date follows at once ("the meeting on Nov. 15"), whatever the parser made of it."""
        parsed = self.parsed
        if before < 0 or parsed.sentence_at[before] != parsed.sentence_at[first] or parsed.tags[before][:2] != "NN":
            return -1
        return before if parsed.lemmas[before].lower() in EVENT_NOUNS else -1

    def verb(self, verb: int, depth: int = 4) -> TimeRef | None:
        """The date of a verb's clause: its own, that of a verb it is joined to, or that of the event it tells of."""
        if verb in self.direct:
            return self.direct[verb]
        return self._above(verb, depth) or self._below(verb)

    def _above(self, verb: int, depth: int) -> TimeRef | None:
        parsed = self.parsed
        head, dep = parsed.heads[verb], parsed.deps[verb]
        ref = self.direct.get(head)
        if head == verb:
            return None
        if dep.startswith("nsubj") and parsed.tags[head][:2] == "VB":
            return ref
        if ref is not None:
            lemma = parsed.lemmas[head]
            if dep == "conj" and lemma not in SPEECH:
                return ref
            if dep == "advcl" and parsed.tags[verb] == "VBG" and lemma not in SPEECH:
                return ref
            if dep == "xcomp" and (lemma in LIGHT_VERBS or lemma in PLANNED or lemma in ("fail", "refuse", "continue", "cease")):
                return ref
        if dep in ("acl", "acl:relcl") and parsed.tags[head].startswith("NN") and parsed.lemmas[head].lower() in EVENT_NOUNS:
            return ref or (self.noun(head, depth - 1) if depth else None)
        return None

    def _below(self, verb: int) -> TimeRef | None:
        parsed = self.parsed
        for child in parsed.children[verb]:
            ref = self.direct.get(child) or self._described(child)
            if ref is None:
                continue
            dep, tag = parsed.deps[child], parsed.tags[child]
            if dep == "conj" and _same_form(tag, parsed.tags[verb]) and not self._has_subject(child):
                return ref
            if dep == "xcomp" and (parsed.lemmas[verb] in LIGHT_VERBS or parsed.lemmas[verb] in PLANNED):
                return ref
            if not tag.startswith("NN") or parsed.lemmas[child].lower() not in EVENT_NOUNS or ref.since:
                continue
            if dep.startswith("nsubj") and parsed.lemmas[verb] not in SPEECH:
                return ref
            if dep.startswith("obl") and self._case(child) in _INSIDE:
                return ref
            if dep == "obj" and parsed.lemmas[verb] in LIGHT_VERBS:
                return ref
        return None

    def object(self, verb: int) -> TimeRef | None:
        """The date that stands at the object of a verb with an idiomatic object ("went on strike Monday")."""
        return next((self.direct[c] for c in self.parsed.children[verb] if c in self.direct), None)

    def occasion(self, verb: int) -> TimeRef | None:
        """The date of the event at which something is said ("said during a visit last week")."""
        parsed = self.parsed
        for child in parsed.children[verb]:
            if child in self.direct and parsed.deps[child].startswith("obl") and self._case(child) in _INSIDE:
                return self.direct[child]
        return None

    def _has_subject(self, verb: int) -> bool:
        return any(self.parsed.deps[c].startswith("nsubj") for c in self.parsed.children[verb])

    def _case(self, noun: int) -> str:
        return next((self.parsed.words[c].lower() for c in self.parsed.children[noun] if self.parsed.deps[c] == "case"), "")

    def _described(self, noun: int) -> TimeRef | None:
        """The date in a clause that says when it happens ("the blast, which happened at 10:00", "a summit set for Friday")."""
        parsed = self.parsed
        if parsed.tags[noun][:2] != "NN":
            return None
        for child in parsed.children[noun]:
            if parsed.deps[child] in ("acl", "acl:relcl") and child in self.direct and parsed.lemmas[child] in HAPPEN:
                return self.direct[child]
        return None

    def noun(self, noun: int, depth: int = 4) -> TimeRef | None:
        """The date of an event noun: its own, that of the verb it takes part in, or that of a clause describing it."""
        if noun in self.direct:
            return self.direct[noun]
        parsed = self.parsed
        described = self._described(noun)
        if described is not None:
            return described
        head, dep = parsed.heads[noun], parsed.deps[noun]
        if head == noun or depth == 0:
            return None
        lemma = parsed.lemmas[head]
        if parsed.tags[head].startswith("NN"):
            low = lemma.lower()
            if (dep == "nmod" and low in PHASES) or (dep == "conj" and low in NOUNS):
                return self.noun(head, depth - 1)
            return None
        if not parsed.tags[head].startswith("VB"):
            return None
        if dep.startswith("nsubj") and lemma not in SPEECH:
            return self.verb(head, depth - 1)
        if dep in ("obj", "xcomp", "compound") and (lemma in LIGHT_VERBS or lemma in PLANNED):
            return self.verb(head, depth - 1)
        if dep.startswith("obl") and self._case(noun) in _INSIDE:
            return self.verb(head, depth - 1)
        return None
