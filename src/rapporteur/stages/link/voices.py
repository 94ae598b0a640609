"""What kind of voice a speaker is: a named person, one unnamed person, several, an institution, a medium or document.

Used to tell a changed attribution ("an official" to "the ministry") from another way of naming the same speaker.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from rapporteur.language.gazetteer import country_of
from rapporteur.model.claims import Speaker, StatementClaim
from rapporteur.stages.link.passages import Passages
from rapporteur.stages.link.synonyms import senses
from rapporteur.stages.link.terms import STOP_WORDS, stem

VoiceKind = Literal["person", "one", "several", "institution", "medium", "unknown"]

_WORD = re.compile(r"[^\W\d_]+(?:['’]s)?")
ONE = frozenset(
    "official source spokesman spokeswoman spokesperson officer minister diplomat analyst activist witness resident man woman "
    "commander journalist reporter aide adviser expert leader chief governor mayor president premier secretary ambassador "
    "envoy general colonel captain soldier doctor lawyer lawmaker deputy negotiator mediator economist scientist farmer teacher "
    "student worker trader observer refugee villager survivor guard policeman member director chairman bishop priest cleric "
    "editor scholar researcher representative delegate senator judge prosecutor king queen sheikh imam eyewitness "
    "bystander commissioner rebel guerrilla fighter militant lobbyist campaigner protester hostage relative neighbour neighbor "
    "voter candidate politician banker broker dealer pilot driver medic nurse organizer organiser participant ally "
    "operator owner manager executive parliamentarian reservist veteran coordinator engineer professor lecturer historian "
    "attorney inspector investigator detective superintendent sergeant lieutenant major marshal admiral consul clerk councillor "
    "legislator head administrator lord advisor merchant passenger customer employee speaker pm".split()
)
SEVERAL = frozenset("people police witnesses men women some others many locals critics".split())
INSTITUTIONS = frozenset(
    "ministry government army military navy force forces office party agency authority authorities council committee command "
    "commission embassy company group union coalition delegation department parliament senate congress cabinet administration "
    "court bank organisation organization movement militia junta palace presidency headquarters house police alliance "
    "association federation institute university hospital church team mission secretariat side country state clerics "
    "opposition body".split()
)
_PLURALS = frozenset(f"{word}s" for word in ONE) | SEVERAL
_SERVING = re.compile(r"(?:[\w'’-]+ ){0,4}?(?P<head>[^\W\d_]+) (?:close )?(?P<with>to|for|of|with) ")
_MEDIA = frozenset(
    "agency report reports account newspaper newspapers daily paper radio television tv channel broadcaster website wire press "
    "media survey poll statement document declaration agreement communique text letter book magazine weekly documents data "
    "figures study release website correspondent it".split()
)
_PRONOUNS = frozenset("he she they it we i who him her them this that".split())


@dataclass(frozen=True, slots=True)
class Voice:
    """One speaker as described: kind, last names of the persons meant, the head noun's stem, all describing stems, the
    description itself, case-folded, where it is no name, and the stems of the offices that the report gives the persons."""

    kind: VoiceKind
    names: frozenset[str]
    head: str
    words: frozenset[str]
    said: str = ""
    roles: frozenset[str] = frozenset()


def voice(passages: Passages, claim: StatementClaim) -> Voice:
    """The voice of a statement; ``unknown`` when it has no speaker or its head word is none that speaks."""
    if claim.speaker is None:
        return Voice("unknown", frozenset(), "", frozenset())
    speaker = claim.speaker
    low, high = _beside(speaker)
    served = {m.actor for m in passages.reading.mentions if m.actor and low <= m.span.start < high}
    persons = [
        m
        for m in passages.reading.mentions
        if m.kind == "person"
        and not (low <= m.span.start < high or (high and (m.actor in served or m.span.exact.lower() in _PLURALS)))
        and ((speaker.actor and m.actor == speaker.actor) or m.span.overlaps(speaker.span))
    ]
    here = _words(speaker.span.exact)
    full = _words(speaker.resolved)
    described = full if not here or here[-1] in _PRONOUNS or here[0] in _PRONOUNS else here
    head = _head(described)
    kind = _kind(head, described, claim, named=bool(persons))
    names = frozenset(m.span.exact.casefold().split()[-1] for m in persons)
    roles = frozenset(w for m in persons if m.role for w in _words(m.role))
    stems = frozenset(stem(w) for w in {*here, *full} if w not in STOP_WORDS and w not in _PRONOUNS)
    said = " ".join(w for w in described if w not in ("the", "a", "an")) if kind != "person" else ""
    return Voice(kind, names, stem(head), stems, said, frozenset(map(stem, roles)))


def _beside(speaker: Speaker) -> tuple[int, int]:
    """Where a description names those for whom its speaker works or with whom they stand: "aides to X" are not X. (0, 0) where
    it names none."""
    found = _SERVING.match(speaker.span.exact)
    if found is None or not (found["head"].lower() in _PLURALS or (found["head"].lower() in ONE and found["with"] != "of")):
        return 0, 0
    comma = speaker.span.exact.find(",", found.end())
    return speaker.span.start + found.end(), speaker.span.start + comma if comma > 0 else speaker.span.end


def _words(text: str) -> list[str]:
    return [w.lower().removesuffix("'s").removesuffix("’s") for w in _WORD.findall(re.sub(r"\([^()]*\)", " ", text))]


def _head(words: list[str]) -> str:
    """The word that says what the speaker is: the last one before "of", "in", "from", "who" and the like."""
    for i, word in enumerate(words):
        if i and word in ("of", "in", "from", "who", "at", "with", "for", "to", "on", "close", "under", "based", "near"):
            return words[i - 1]
    return words[-1] if words else ""


def _kind(head: str, words: list[str], claim: StatementClaim, *, named: bool) -> VoiceKind:
    if named:
        return "person"
    if head in _MEDIA or (claim.hop and head in _PRONOUNS):
        return "medium"
    if head in ONE:
        return "one"
    if head in SEVERAL or (head.endswith("s") and head[:-1] in ONE):
        return "several"
    if head in INSTITUTIONS or (claim.speaker and country_of(claim.speaker.resolved)):
        return "institution"
    if claim.terms in ("media", "document"):
        return "medium"
    resolved = claim.speaker.resolved if claim.speaker else ""
    if resolved[:1].isupper() and len(words) == 1 and words[0].upper() == resolved:
        return "institution"  # an abbreviation: the UN, PASOK
    return "unknown"


_LOCALS = frozenset(stem(w) for w in "locals residents villagers people witnesses inhabitants townspeople eyewitnesses".split())


def alike(a: Voice, b: Voice) -> bool:
    """Whether two descriptions go together: one contains the other, or heads and half of the shorter one's words agree."""
    if a.words <= b.words or b.words <= a.words:
        return True
    if a.kind == b.kind == "several" and (a.head == b.head or {a.head, b.head} <= _LOCALS):
        return True
    meanings = {s for w in b.words for s in senses(w)}
    shared = {w for w in a.words if w in b.words or senses(w) & meanings}
    return bool(a.head == b.head or senses(a.head) & senses(b.head)) and len(shared) >= 0.5 * min(len(a.words), len(b.words))
