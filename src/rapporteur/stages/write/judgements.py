"""Judgements as an account shows them: a list of those in force, and a mark at each claim that one bears on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from rapporteur.model.account import Account, JudgementRow
from rapporteur.model.claims import Claim
from rapporteur.model.judgement import Judgement, judgement_id
from rapporteur.model.reading import Reading

MARKS = ("reject", "correct")
"""Judgements on a claim alone; those on two sides stand in the list only."""


def with_judgements(account: Account, judgements: Sequence[Judgement], read: Sequence[Reading]) -> Account:
    """``account`` with ``judgements`` (those in force). ``read`` are the readings as the program made them: claims that were
    rejected are listed again, and each corrected one says what was read (``was``)."""
    if not judgements:
        return account
    claims = {c.id: (r.report.id, c) for r in read for c in r.claims}
    rows = [_row(j, claims) for j in judgements]
    marks: dict[str, Judgement] = {s: j for j in judgements if j.verb in MARKS for s in j.subjects if s in claims}
    listed = [_marked(row, marks, claims) for row in account.claims]
    known = {row["id"] for row in listed}
    for subject, judgement in marks.items():
        if judgement.verb == "reject" and subject not in known:
            report, claim = claims[subject]
            row = msgspec.to_builtins(claim)
            listed.append({"id": row.pop("id"), "report": report, **row, "judged": _mark(judgement)})
    return replace(account, claims=tuple(listed), judgements=tuple(rows))


def _row(judgement: Judgement, claims: dict[str, tuple[str, Claim]]) -> JudgementRow:
    words = next((claims[s][1].span.exact for s in judgement.subjects if s in claims), "")
    return {
        "id": judgement_id(judgement),
        "verb": judgement.verb,
        "subjects": list(judgement.subjects),
        "who": judgement.who,
        "at": judgement.at,
        "why": judgement.why,
        "value": judgement.value,
        "text": " ".join(words.split()),
    }


def _marked(row: dict[str, Any], marks: dict[str, Judgement], claims: dict[str, tuple[str, Claim]]) -> dict[str, Any]:
    judgement = marks.get(row["id"])
    if judgement is None:
        return row
    mark = _mark(judgement)
    was = msgspec.to_builtins(claims[row["id"]][1])
    was = {k: v for k, v in was.items() if k in row and row[k] != v}
    return {**row, "judged": {**mark, "was": was} if was else mark}


def _mark(judgement: Judgement) -> dict[str, Any]:
    return {
        "id": judgement_id(judgement),
        "verb": judgement.verb,
        "who": judgement.who,
        "at": judgement.at,
        "why": judgement.why,
        "value": judgement.value,
    }
