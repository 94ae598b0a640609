"""The account as JSON, schema 1 (docs/schema/account.schema.json): keys in the order of the records, one line, UTF-8."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from rapporteur.model.account import Account
from rapporteur.model.reading import Reading


def render(account: Account, readings: Sequence[Reading]) -> bytes:
    """The account as bytes; the readings are not needed, as its claims carry their spans."""
    return msgspec.json.encode(account) + b"\n"
