"""Who is meant by a description: "the defense secretary" of one report is the Lloyd Austin of another, where the reports say so.

A description is an office, what it is of (countries, bodies) and what sets it apart (former, deputy). It names a person when the
record gives this office, of the same, to that person alone: over all reports where it says of what, within its own report where
it does not ("the minister"). Two bearers in the record, as when an office changed hands, leave it open.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from rapporteur.language.gazetteer import country_of
from rapporteur.model.claims import Mention, Speaker, StatementClaim
from rapporteur.model.lineage import ActorCluster
from rapporteur.model.reading import Reading
from rapporteur.stages.link.terms import STOP_WORDS, stem

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]+")
_OPEN = re.compile(
    r"(?:an?|one|another|some|several|many|few|two|three|four|five|other|unnamed|no|any|both|all)\b", re.IGNORECASE
)
_AFTER = re.compile(r"^,\s*(?:the\s+)?([^,;.]{4,90})")
_JOINED = (
    ("prime minister", "premier"),
    ("secretary general", "secretarygeneral"),
    ("secretary of state", "statesecretary"),
    ("commander in chief", "commanderinchief"),
    ("director general", "chief"),
    ("defense", "defence"),
    ("united nations", "un"),
)
"""Offices of several words, and spellings, as one word."""
_HEADS = {
    w: w
    for w in (
        "premier president minister secretary secretarygeneral statesecretary chancellor governor mayor spokesman ambassador "
        "envoy commander commanderinchief king queen prince prosecutor judge commissioner negotiator mediator speaker chairman "
        "adviser representative chief leader"
    ).split()
}
_HEADS |= {"head": "chief", "director": "chief", "spokeswoman": "spokesman", "chairwoman": "chairman"}
_STEPS = frozenset("former ex deputy vice acting interim outgoing assistant".split())
_LEFT_OUT = STOP_WORDS | _STEPS | set("visiting here told top senior leading embattled late today yesterday state".split())


Bearer = TypeVar("Bearer")


class Office(NamedTuple):
    """What a description says: the office, what it is of, and what sets it apart."""

    head: str
    of: frozenset[str]
    steps: frozenset[str]


def office(description: str) -> Office | None:
    """The office of a description, None where it names none."""
    text = " ".join(description.replace("-", " ").split())
    for long, short in _JOINED:
        text = re.sub(rf"\b{long}\b", short, text, flags=re.IGNORECASE)
    words = [w.removesuffix("’s").removesuffix("'s") for w in _WORD.findall(text)]
    heads = [w.lower() for w in words if w.lower() in _HEADS]
    if not heads:
        return None
    head = next((h for h in heads if h != "chief"), heads[0])  # "chief negotiator", "chief of staff"
    of = set()
    for word in words:
        low = word.lower().replace(".", "")
        country = country_of(word)
        if country:
            of.add(country)
        elif low not in _LEFT_OUT and _HEADS.get(low) not in (_HEADS[head], "chief"):
            of.add(stem(low))
    steps = frozenset("former" if w == "ex" else w for w in map(str.lower, words) if w in _STEPS)
    return Office(_HEADS[head], frozenset(of), steps)


def described_by(readings: Sequence[Reading], persons: Iterable[ActorCluster]) -> dict[str, str]:
    """Statement id to the id of the actor who is meant by its speaker's description, for speakers who are not named."""
    home = {member: person.id for person in persons if person.kind == "person" for member in person.members}
    held: dict[str, dict[str, set[Office]]] = defaultdict(lambda: defaultdict(set))  # head -> person -> offices
    present: dict[str, set[str]] = defaultdict(set)
    for reading in readings:
        for mention in reading.mentions:
            person = home.get(mention.actor or "")
            if person is None:
                continue
            present[reading.report.id].add(person)
            for found in _offices(reading, mention):
                held[found.head][person].add(found)
    out = {}
    for reading in readings:
        for claim in reading.claims:
            if isinstance(claim, StatementClaim) and claim.speaker and (claim.speaker.actor or "") not in home:
                named = _named(reading, claim.speaker, home)
                meant = named or _meant(claim.speaker.resolved, held, present[reading.report.id])
                if meant:
                    out[claim.id] = meant
    return out


def _named(reading: Reading, speaker: Speaker, home: Mapping[str, str]) -> str | None:
    """The person whose name ends the description ("defence secretary Des Browne"), where the statement was not given to one."""
    span = speaker.span
    ending = (m for m in reading.mentions if m.kind == "person" and m.span.end == span.end and m.span.start >= span.start)
    return next((home[m.actor] for m in ending if m.actor and m.actor in home), None)


def _offices(reading: Reading, mention: Mention) -> Iterator[Office]:
    """Offices given with a name: its role, and the apposition after it."""
    text, end = reading.report.text, mention.span.end
    after = _AFTER.match(text[end : end + 100])
    for description in (mention.role, after[1] if after else None):
        found = office(description) if description else None
        if found:
            yield found


def offices_of(reading: Reading) -> dict[str, set[Office]]:
    """The offices that a report gives to its actors, by actor id."""
    out: dict[str, set[Office]] = defaultdict(set)
    for mention in reading.mentions:
        if mention.actor and mention.kind == "person":
            out[mention.actor].update(_offices(reading, mention))
    return out


def bearer_of(description: str, offices: Mapping[Bearer, Iterable[Office]]) -> Bearer | None:
    """The one of the bearers of ``offices`` who is meant by a description that says of what; None where none or several are."""
    asked = _asked(description)
    if asked is None or not asked.of:
        return None
    bearers = [bearer for bearer, held in offices.items() if any(_fits(asked, o) for o in held)]
    return bearers[0] if len(bearers) == 1 else None


def _asked(description: str) -> Office | None:
    return None if _OPEN.match(description) else office(description)


def _fits(asked: Office, held: Office) -> bool:
    return asked.head == held.head and asked.of <= held.of and asked.steps == held.steps


def _meant(description: str, held: dict[str, dict[str, set[Office]]], present: set[str]) -> str | None:
    asked = _asked(description)
    if asked is None:
        return None
    bearers = {
        person
        for person, offices in held[asked.head].items()
        if (asked.of or person in present) and any(_fits(asked, o) for o in offices)
    }
    return next(iter(bearers)) if len(bearers) == 1 else None
