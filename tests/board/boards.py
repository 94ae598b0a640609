"""Frameworks, observations and ratings for the tests of the board."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import yaml
from msgspec.structs import replace

from rapporteur.board.state import Board, board_of
from rapporteur.model.board import BoardEntry, FrameworkText, Level, Observation, Rating
from rapporteur.model.spans import Span

MADE = "2031-06-01T08:00:00Z"

SMALL = """\
framework: ford
version: 1
title: The ford
about: Two conditions at two sites.
scales:
  - {id: levels, version: 1, levels: [not initiated, minimal, intermediate, full], reference: "Peace Accords Matrix"}
questions:
  - {id: met, text: "Is it met?", scale: levels}
  - {id: progress, text: "Is there satisfactory progress?", scale: levels}
sites:
  - {id: chad, name: Chad}
  - {id: faya, name: Faya Air Base, country: Chad, named_base: "Gazette of the ministry, 3 May 2031"}
conditions:
  - id: security
    name: Security
    wording: "the road is safe"
    kind: core
    reference: "Communique of 3 May 2031"
    sites: [chad, faya]
    questions: [met, progress]
    indicators:
      - id: attacks
        name: Attacks by rebels
        direction: lower is better
        unit: attacks per month
        proposed_by: analyst-proposed
        match: {kinds: [figure, event, statement], words: [rebel], also: [attack, ambush], without: [Union]}
        thresholds:
          - {level: 1, at_most: 10, proposed_by: analyst-proposed}
          - {level: 2, at_most: 2, proposed_by: analyst-proposed}
  - id: neighbours
    name: Neighbours
    wording: "neighbours keep out"
    kind: contextual
    proposed_by: analyst-proposed
    sites: [chad]
    questions: [met]
"""


def framework_entry(text: str = SMALL, ident: str = "ford", version: int = 1) -> FrameworkText:
    return FrameworkText(ident, version, f"{ident}.yaml", text, MADE)


def seen(claim: str, site: str = "chad", *, event: str | None = None, decision: Any = "accepted") -> Observation:
    quote = Span(0, 4, "Nine")
    return Observation(
        "ford", "attacks", site, claim, claim.partition("#")[0], quote, event, "2031-05-12", None, "claimed", 1, decision,
        "M. Editor", MADE,
    )  # fmt: skip


def rating(assessor: str, level: Level, **changes: Any) -> Rating:
    whole = level if isinstance(level, int) else None
    made = Rating(
        "ford", "levels@1", "security", "chad", "met", assessor, "analyst", "2031-05-20", MADE, assessor, level, whole, whole,
        "moderate", "As the reports say.", "Another report.",
    )  # fmt: skip
    return replace(made, **changes)


def board(entries: Iterable[BoardEntry], text: str = SMALL) -> Board:
    return board_of([framework_entry(text), *entries])


def benchmarks() -> tuple[dict[str, Any], list[BoardEntry]]:
    """The fixture of September 2007, and a board made from it."""
    data = yaml.safe_load((Path(__file__).parent / "data" / "benchmarks-2007.yaml").read_text("utf-8"))
    conditions = [
        {
            "id": f"b{b['number']}",
            "name": b["name"],
            "wording": b["name"],
            "kind": "core",
            "reference": "Public Law 110-28, section 1314",
            "sites": ["iraq"],
            "questions": ["met", "progress"],
        }
        for b in data["benchmarks"]
    ]
    framework = {
        "framework": "benchmarks",
        "version": 1,
        "title": "Eighteen benchmarks",
        "about": "As judged in September 2007.",
        "scales": [
            {"id": "met", "version": 1, "levels": ["not met", "partially met", "met"], "reference": "GAO-07-1195"},
            {"id": "progress", "version": 1, "levels": ["not satisfactory", "satisfactory"], "reference": "Public Law 110-28"},
        ],
        "questions": [
            {"id": "met", "text": "Has it been met?", "scale": "met"},
            {"id": "progress", "text": "Is satisfactory progress being achieved?", "scale": "progress"},
        ],
        "sites": [{"id": "iraq", "name": "Iraq"}],
        "conditions": conditions,
    }
    entries: list[BoardEntry] = [framework_entry(yaml.safe_dump(framework, sort_keys=False), "benchmarks")]
    for question, document in (("met", "gao"), ("progress", "white-house")):
        entries += _judged(data, framework, question, document)
    return data, entries


def _judged(data: dict[str, Any], framework: dict[str, Any], question: str, document: str) -> Sequence[Rating]:
    levels = next(s["levels"] for s in framework["scales"] if s["id"] == question)
    told = data["documents"][document]
    return [
        rating(
            told["by"],
            levels.index(b[document]) if b[document] in levels else b[document],
            framework="benchmarks",
            scale=f"{question}@1",
            condition=f"b{b['number']}",
            site="iraq",
            question=question,
            as_of=told["date"],
        )
        for b in data["benchmarks"]
    ]
