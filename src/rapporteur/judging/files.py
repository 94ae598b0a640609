"""Judgements as a file: JSON Lines, one judgement per line with its id, in the order in which they were made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from rapporteur.errors import InputError
from rapporteur.model.judgement import Judgement, judgement_id

_DECODER = msgspec.json.Decoder(Judgement)


def to_lines(judgements: Iterable[Judgement]) -> Iterator[bytes]:
    """One line per judgement: the fields of ``Judgement``, and ``id``, by which ``undo`` names it."""
    for judgement in judgements:
        yield msgspec.json.encode({"id": judgement_id(judgement), **msgspec.to_builtins(judgement)}) + b"\n"


def from_lines(data: bytes, name: str) -> Iterator[Judgement]:
    """The judgements of a file called ``name``; ``InputError`` names the line that is none. ``id`` is worked out anew."""
    for number, line in enumerate(data.splitlines(), 1):
        if not line.strip():
            continue
        try:
            judgement = _DECODER.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise InputError(
                "judgement", f"{name}, line {number}", f"is no judgement ({error})", "see docs/desk-commands.md"
            ) from None
        if not judgement.subjects or not judgement.who or sum(judgement.sides) > len(judgement.subjects):
            raise InputError("judgement", f"{name}, line {number}", "names no subject or no one who judged", "add them")
        yield judgement
