"""Persons of whose violent death a passage tells by name: what a process is told from, however late in a report it stands."""

from __future__ import annotations

import re

from rapporteur.model.claims import EventClaim, Mention
from rapporteur.stages.write.passages import Passage

OF = re.compile(r"\s*(?:(?:on|in|last|this|late|early|earlier)\s[^,.;]{0,30})?\bof\s[^,.;]{0,70}$", re.IGNORECASE)
"""What leads from a noun to the victim: "the assassination last month of minister Ilse Tarn"."""
OWN = re.compile(r"[’']s?\s(?:[\w-]+\s){0,2}$")
"""What leads from the victim to the noun: "Tarn's murder"."""


def victims(passage: Passage) -> dict[str, bool]:
    """Last names of the persons killed in an event that took place, each with whether the report gives the person's office."""
    claim, reading = passage.claim, passage.reading
    if not isinstance(claim, EventClaim) or claim.type != "casualties" or claim.status != "asserted":
        return {}
    low, high = passage.sentence
    persons = [m for m in reading.mentions if m.kind == "person" and low <= m.span.start < high]
    harmed = {p.mention for p in claim.participants if p.role == "patient"}
    named = (m for m in persons if m.id in harmed or _led_to(passage, claim, m))
    return {(m.name or m.span.exact).rsplit(" ", 1)[-1]: bool(m.role) for m in named}


def _led_to(passage: Passage, claim: EventClaim, person: Mention) -> bool:
    text = passage.reading.report.text
    if claim.span.end <= person.span.start:
        return bool(OF.match(text[claim.span.end : person.span.start]))
    return bool(OWN.fullmatch(text[person.span.end : claim.span.start]))
