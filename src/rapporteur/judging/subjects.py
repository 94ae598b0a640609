"""Subjects of judgements: ids as a person reads them in an account, turned into ids that stay when reports are added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapporteur.errors import InputError
from rapporteur.model.account import Finding
from rapporteur.model.claims import Claim, FigureClaim, report_of
from rapporteur.model.judgement import Judgement, Verb, is_actor
from rapporteur.model.lineage import ActorCluster, Derivation
from rapporteur.model.reading import Reading
from rapporteur.stages.link.judged import derivation_id
from rapporteur.stages.reconcile.corrections import OUTCOMES, corrected, numbers_of
from rapporteur.stages.write.numbers import numbers
from rapporteur.stages.write.passages import Passage

ADVICE = "take ids from the JSON account: findings, claims, actors, or REPORT@PARENT for a derivation"


@dataclass(frozen=True)
class Known:
    """What can be judged: the readings, and what an account finds over them."""

    readings: Mapping[str, Reading]
    findings: Sequence[Finding]
    actors: Sequence[ActorCluster]
    derivations: Sequence[Derivation]

    def claim(self, ident: str) -> tuple[Reading, Claim] | None:
        """The claim with this id and the reading that holds it."""
        reading = self.readings.get(report_of(ident))
        return next(((reading, c) for c in reading.claims if c.id == ident), None) if reading else None

    def members(self, ident: str) -> tuple[str, ...]:
        """The ids that last behind ``ident``; empty when nothing here has it."""
        if self.claim(ident) or self._actor_here(ident) or any(derivation_id(d) == ident for d in self.derivations):
            return (ident,)
        for finding in self.findings:
            if finding.id == ident:
                return tuple(c for c in finding.claims() if self.claim(c))
        return next((actor.members for actor in self.actors if actor.id == ident), ())

    def _actor_here(self, ident: str) -> bool:
        reading = self.readings.get(report_of(ident))
        return reading is not None and is_actor(ident) and any(m.actor == ident for m in reading.mentions)


def judgement_on(judgement: Judgement, known: Known) -> Judgement:
    """``judgement`` with its subjects, ids as they stand in an account, made lasting; ``InputError`` when it makes no sense."""
    sides = []
    _check_number(judgement.verb, len(set(judgement.subjects)))
    for subject in judgement.subjects:
        found = known.members(subject)
        if not found:
            raise InputError("subject", subject, "nothing in the record has this id", ADVICE)
        sides.append(found)
    if judgement.verb == "different":
        # "This finding and that claim of it" splits the claim off.
        sides = [tuple(s for s in side if not any(s in other for other in sides[i + 1 :])) for i, side in enumerate(sides)]
        sides = [side for side in sides if side]
        _check_number(judgement.verb, len(sides))
    whole = any(side != (subject,) for side, subject in zip(sides, judgement.subjects, strict=False))
    kinds = {_kind(s) for side in sides for s in side}
    if len(kinds) > 1:
        raise InputError("subject", " ".join(judgement.subjects), f"are of different kinds ({', '.join(sorted(kinds))})")
    if kinds == {"derivation"} and judgement.verb in ("same", "different", "unsure"):
        raise InputError("subject", judgement.subjects[0], "is a derivation", "a derivation can be rejected or corrected")
    subjects = tuple(s for side in sides for s in side)
    if judgement.verb == "correct" and not judgement.value:
        raise InputError("value", "--value", "a correction needs the right value", "give it with --value")
    if judgement.verb == "correct" and not whole and (named := known.claim(subjects[0])):
        _check_value(judgement.value or "", *named)
    return Judgement(
        judgement.verb, subjects, judgement.who, judgement.at, judgement.why, judgement.value,
        tuple(map(len, sides)) if whole else (),
    )  # fmt: skip


def _check_number(verb: Verb, given: int) -> None:
    wanted = 2 if verb in ("same", "different", "unsure") else 1
    if given < wanted or (wanted == 1 and given > 1):
        raise InputError("subject", verb, f"takes {'two or more' if wanted > 1 else 'one'} of them, {given} given", ADVICE)


def _kind(subject: str) -> str:
    if "@" in subject and "#" not in subject:
        return "derivation"
    return "actor" if is_actor(subject) else "claim"


def _check_value(value: str, reading: Reading, claim: Claim) -> None:
    """A correction says what the report reads: its number must stand in the passage, or the claim must be rejected instead."""
    try:
        corrected(claim, value)
        wanted = numbers_of(value) if isinstance(claim, FigureClaim) else ()
    except ValueError as error:
        raise InputError("value", f"--value {value}", str(error)) from None
    passage = Passage(reading, claim).text
    missing = set(wanted) - numbers(passage)
    if missing and value not in OUTCOMES:
        listed = ", ".join(f"{n:,.10g}" for n in sorted(missing))
        advice = "a correction says what the report reads; if the report itself is wrong, reject the claim"
        raise InputError("value", f"--value {value}", f"{listed} does not stand in “{' '.join(passage.split())}”", advice)
