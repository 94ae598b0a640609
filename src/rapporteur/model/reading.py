"""A reading: what one report says, after the extract stage."""

from __future__ import annotations

from msgspec import Struct

from rapporteur.model.claims import Claim, Mention
from rapporteur.model.report import Report

SCHEMA = 1


class Reading(Struct, frozen=True):
    """One report with its mentions and claims, in text order per kind. Serialised it is the ``read`` output, schema 1."""

    schema: int
    report: Report
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
