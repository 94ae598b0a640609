"""Judgements: decisions of people on the record. They are edges that are added, never overwrites of what was found."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Verb = Literal["same", "different", "unsure", "reject", "correct"]


class Judgement(Struct, frozen=True):
    """One decision: ``who`` said at ``at`` (ISO 8601, UTC) ``why``, about ``subjects``.

    ``subjects`` are ids that stand in accounts: (report, actor), claim, derivation or finding ids. ``same``, ``different`` and
    ``unsure`` take two; ``reject`` and ``correct`` one, ``correct`` with the right ``value``. A later judgement on the same
    subjects prevails, so that undoing is one more judgement.
    """

    verb: Verb
    subjects: tuple[str, ...]
    who: str
    at: str
    why: str = ""
    value: str | None = None
