"""The rows of the tables of a board, for every format that has tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapporteur.model.board_view import BoardData, RatingRow, VoiceRow

Voice = tuple[str, str, str]


@dataclass(frozen=True)
class MatrixRow:
    """A condition at a site (``place``: their ids): under each voice its ratings, latest first; those that no longer hold are the
    earlier ones."""

    place: tuple[str, str]
    condition: str
    site: str
    kind: str
    summary: str
    under: tuple[tuple[RatingRow, ...], ...]
    why: tuple[str, ...]


def names(data: BoardData, group: str) -> dict[str, str]:
    """Names by id of ``conditions``, ``sites`` or (their text) ``questions``."""
    return {item["id"]: item.get("name") or item["text"] for item in data.framework[group]}


def indicators(data: BoardData) -> dict[str, str]:
    """Names of the indicators by id."""
    return {i["id"]: i["name"] for condition in data.framework["conditions"] for i in condition["indicators"]}


def numbered(data: BoardData) -> dict[str, int]:
    """By id the number under which a page shows an observation."""
    return {o.id: number for number, o in enumerate(data.observations, start=1)}


def voices(data: BoardData) -> list[Voice]:
    """Columns of the matrix: assessor, role, question."""
    return [(v.assessor, v.role, v.question) for v in data.voices]


def heading(voice: Voice, *, several: bool) -> str:
    """ "A. Analyst"; "Ministry (party-inferred)"; with several questions, each names its own."""
    assessor, role, question = voice
    label = assessor if role == "analyst" else f"{assessor} ({role})"
    return f"{label}: {question}" if several else label


def headings(data: BoardData) -> list[str]:
    """Headings of the matrix's columns."""
    columns = voices(data)
    several = len({question for _, _, question in columns}) > 1
    return [heading(voice, several=several) for voice in columns]


def matrix(data: BoardData) -> list[MatrixRow]:
    """The full matrix over time."""
    conditions, sites, columns = names(data, "conditions"), names(data, "sites"), voices(data)
    out = []
    for cell in data.cells:
        here = [r for r in reversed(data.ratings) if (r.condition, r.site) == (cell.condition, cell.site)]
        under = tuple(tuple(r for r in here if (r.assessor, r.role, r.question) == voice) for voice in columns)
        why = tuple(difference(d.who, d.levels, d.kinds, apart=d.ranges_apart) for d in cell.differences)
        place = (cell.condition, cell.site)
        out.append(MatrixRow(place, conditions[cell.condition], sites[cell.site], cell.kind, cell.summary, under, why))
    return out


KINDS = {
    "question": "they answer different questions",
    "date": "they speak of different dates",
    "evidence": "they rest on different observations",
    "reading": "they read the same evidence differently",
}
"""Kinds of disagreement in words."""


def difference(who: Sequence[str], levels: Sequence[str], kinds: Sequence[str], *, apart: bool) -> str:
    """ "A says 1 minimal, B says 3 full: they speak of different dates; their ranges do not meet"."""
    reasons = [KINDS[kind] for kind in kinds] + (["their ranges do not meet"] if apart else [])
    first, second = (f"{one} {'say' if one == 'you' else 'says'} {level}" for one, level in zip(who, levels, strict=True))
    return f"{first}, {second}: {'; '.join(reasons)}"


def stated(row: RatingRow) -> str:
    """A rating in a cell of the matrix: "2 intermediate (1 to 3), 12 May 2031"."""
    return f"{row.in_words}, as of {row.as_of}" + ("" if row.holds else ", no longer in force")


def lowest(voice: VoiceRow) -> str:
    """The minimum of a voice in words, with what has no level and may lie lower."""
    told = f"{voice.lowest} at {'; '.join(voice.lowest_at)}" if voice.lowest else "no core condition has a level"
    if voice.no_level_at:
        told += f" ({len(voice.no_level_at)} core without a level, which may lie lower)"
    return told


def quotation(text: str) -> str:
    """A report's words in quotation marks, once."""
    plain = " ".join(text.split())
    return plain if plain[:1] in '“"' else f"“{plain}”"


def confidence(row: RatingRow) -> str:
    """A sentence of its own: never together with a likelihood."""
    return f"Confidence: {row.confidence}."


def said(outlet: str, report_date: str | None, said_by: str | None) -> str:
    """Who said it, where, when."""
    return ", ".join(part for part in (said_by, outlet, report_date or "undated") if part)


def threshold_words(indicator: dict[str, object]) -> str:
    """ "; level 2 at most 10 (analyst-proposed)" for each threshold; who proposes it always stands beside it."""
    told = ""
    thresholds = indicator.get("thresholds") or ()
    assert isinstance(thresholds, list | tuple), "as validated"
    for one in thresholds:
        bound = f"at least {one['at_least']:g}" if "at_least" in one else f"at most {one['at_most']:g}"
        told += f"; level {one['level']}: {bound} ({one.get('reference') or one['proposed_by']})"
    return told
