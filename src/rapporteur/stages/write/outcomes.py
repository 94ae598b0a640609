"""What became of a commitment, as later reports tell it: kept, broken, pending or unknown.

Conservative by design. A report published after the one that tells of the promise must name the party and hold most words of
the act in one sentence. Kept: the sentence tells of the promised deed itself (the event has the act's verb) as something that
took place, by the party or with its name right before the verb, and nothing in it is negated or still ahead. Broken: the party
"failed to", "did not", "refused to" do what was promised, in these words and in this order. When later reports say both, or none
says anything, the status stays what it was: pending while the due date lies ahead, else unknown.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Literal, cast

from rapporteur.model.account import CommitmentRow
from rapporteur.model.claims import CommitmentClaim, EventClaim, PositionClaim, StatementClaim
from rapporteur.model.reading import Reading
from rapporteur.stages.reconcile.context import FUNCTION_WORDS, WORD, stem
from rapporteur.stages.write.dates import MONTHS
from rapporteur.stages.write.guard import negations, words
from rapporteur.stages.write.passages import Passage, Passages

Status = Literal["kept", "broken", "pending", "unknown"]

_MONTHS = frozenset(stem(month.casefold()) for month in MONTHS)
"""Of the date by which it is due, which is no part of the act."""
SHARED = 0.6
"""Share of the act's content words that a sentence must hold. Below that, "to hand over the base" meets every hand-over."""
FEWEST = 3
"""Content words in common: two ("sign the accord") meet by chance."""
REACH = 80
"""Code points around a word of breach in which the party stands before and the act's verb after it."""
CLOSE = 30
"""Code points before an event in which its doer stands, where the reading took another name for it or none."""
_TITLES = frozenset(
    "president prime minister deputy vice foreign defence defense finance interior trade commerce secretary general government "
    "spokesman spokeswoman leader chief head state republic kingdom mr mrs ms dr sir".split()
)
BREACH = re.compile(
    r"\b(?:broke|broken|breach(?:ed|es)?|violat(?:ed|es|ing|ion)|reneg(?:ed|es|ing)|fail(?:ed|s|ure)|missed (?:the|its) deadline|"
    r"went back on|backed out|walked away|abandoned|did(?: not|n['’]t)|ha(?:s|ve|d)(?: not|n['’]t)|refus(?:ed|es)|cancelled)\b",
    re.IGNORECASE,
)
AHEAD = re.compile(
    r"\b(?:will|would|shall|promis\w+|pledg\w+|vow\w*|agree[sd]?|plan(?:s|ned)?|(?:is|are|was|were) to|expect\w*|intend\w*|must|"
    r"should|may|might|could|can|if|unless|whether|urg\w+|call(?:s|ed)? (?:on|for)|demand\w*|ask(?:s|ed))\b",
    re.IGNORECASE,
)


class LaterEvents:
    """The sentences of reports that tell of an event or in which somebody speaks, by their words."""

    def __init__(self, passages: Passages) -> None:
        self._passages = passages
        self._told: list[tuple[str, Passage, frozenset[str]]] = []
        self._with: dict[str, list[int]] = defaultdict(list)
        for reading in passages.readings.values():
            self._enter(reading)

    def _enter(self, reading: Reading) -> None:
        published = reading.report.published
        if published is None:
            return
        promised = [c.span for c in reading.claims if isinstance(c, CommitmentClaim | PositionClaim)]
        seen: set[tuple[int, int]] = set()
        # Events first: they alone can tell that a promise was kept; a breach is often only said ("failed to", "did not").
        telling = sorted((c for c in reading.claims if isinstance(c, EventClaim | StatementClaim)), key=_no_event)
        for claim in telling:
            passage = self._passages[claim.id]
            if not passage.found or passage.sentence in seen:
                continue
            if any(claim.span.overlaps(span) for span in promised):
                continue
            seen.add(passage.sentence)
            stems = _stems(passage.text)
            for word in stems:
                self._with[word].append(len(self._told))
            self._told.append((published.value, passage, stems))

    def outcomes(self, promise: Passage) -> Iterator[tuple[Passage, str]]:
        """Later passages that tell of the promised act, with ``kept`` or ``broken``, in the order of the reports' ids."""
        claim = promise.claim
        if not isinstance(claim, CommitmentClaim) or promise.date is None:
            return
        act, party = _stems(claim.action) - _MONTHS, _name_of(claim.party)
        verb = next((stem(w.casefold()) for w in WORD.findall(claim.action) if w.casefold() not in FUNCTION_WORDS), "")
        if len(act) < FEWEST or not party or verb not in act:
            return
        common = Counter(number for word in act for number in self._with.get(word, ()))
        for number in sorted(n for n, held in common.items() if held >= max(FEWEST, SHARED * len(act))):
            published, passage, stems = self._told[number]
            later = published > promise.date and _named(party, stems)
            outcome = _outcome(passage, party, verb) if later else None
            if outcome:
                yield passage, outcome


def with_outcome(
    row: CommitmentRow,
    passages: Passages,
    events: LaterEvents,
    judged: Mapping[str, str],
) -> CommitmentRow:
    """``row`` with its status, and in ``later`` the claims of later reports that it rests on. ``judged``: what people say became
    of a commitment, by claim id; it prevails."""
    decided = next((judged[c] for c in row["cites"] if c in judged), None)
    if decided is not None:
        return {**row, "status": cast(Status, decided)}
    told: dict[str, list[str]] = {"kept": [], "broken": []}
    for passage in passages.known(row["cites"][:1]):
        for later, outcome in events.outcomes(passage):
            told[outcome].append(later.claim.id)
    kept, broken = told["kept"], told["broken"]
    if bool(kept) == bool(broken):
        return {**row, "later": [*kept, *broken]} if kept else row
    return {**row, "status": "kept" if kept else "broken", "later": kept or broken}


def _no_event(claim: EventClaim | StatementClaim) -> bool:
    return not isinstance(claim, EventClaim)


def _outcome(passage: Passage, party: frozenset[str], verb: str) -> str | None:
    claim, sentence = passage.claim, passage.text
    for breach in BREACH.finditer(sentence):
        before, after = sentence[: breach.start()][-REACH:], sentence[breach.end() :][:REACH]
        if _named(party, _stems(before)) and verb in _stems(after):
            return "broken"
        return None
    if not isinstance(claim, EventClaim) or claim.status != "asserted" or AHEAD.search(sentence) or negations(words(sentence)):
        return None
    text, start = passage.reading.report.text, claim.span.start
    right_before = text[max(passage.sentence[0], start - CLOSE) : claim.span.end]
    doers = [right_before, *(p.name for p in claim.participants if p.role == "agent")]
    done = stem(claim.trigger.casefold()) == verb
    return "kept" if done and any(_named(party, _stems(name)) for name in doers) else None


def _named(party: frozenset[str], held: frozenset[str]) -> bool:
    """Whether the words name the party, or its people ("Vessia", "Vessian"): all words of its name."""
    return all(p in held or (len(p) >= 5 and any(h.startswith(p[:-1]) for h in held)) for p in party)


def _name_of(party: str) -> frozenset[str]:
    """Stems of the words that name a party: those with a capital, without titles. Empty for "the two sides"."""
    named = (w for w in WORD.findall(party) if w[:1].isupper() and w.casefold() not in FUNCTION_WORDS | _TITLES)
    return frozenset(stem(w.casefold()) for w in named)


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(w) for w in (m.casefold() for m in WORD.findall(text)) if w not in FUNCTION_WORDS)
