"""A board as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rapporteur.model.board_view import BoardData
from rapporteur.stages.write.board import rows


def markdown(data: BoardData) -> str:
    """The whole board, tables and all."""
    return "\n".join(lines(data)) + "\n"


def lines(data: BoardData, level: int = 1) -> Iterator[str]:
    """The board line by line, under a heading of ``level``."""
    frame, head = data.framework, "#" * (level + 1)
    yield f"{'#' * level} {_text(frame['title'])}\n"
    yield f"{_text(frame['about'])}\n"
    yield f"Framework {frame['framework']}, version {frame['version']}. As of {data.as_of or 'the last rating of each'}.\n"
    yield from (f"- {caveat}" for caveat in data.caveats)
    if data.outdated:
        yield f"- {data.outdated} ratings on another version of the framework or its scale are left out."
    yield f"\n{head} Assessors and conditions\n"
    headings = rows.headings(data)
    table = [
        [row.condition, row.site, row.kind, row.summary, *("; ".join(map(rows.stated, cell)) for cell in row.under)]
        for row in rows.matrix(data)
    ]
    yield from _table(["Condition", "Site", "Kind", "How it stands", *headings], table)
    differing = [(row, why) for row in rows.matrix(data) for why in row.why]
    if differing:
        yield f"\n{head} Who disagrees, and why\n"
        yield from (f"- {_text(row.condition)}, {_text(row.site)}: {_text(why)}." for row, why in differing)
    yield from _voices(data, head)
    yield from _ratings(data, head)
    yield from _observations(data, head)
    yield from _framework(data, head)


def _voices(data: BoardData, head: str) -> Iterator[str]:
    if not data.voices:
        return
    yield f"\n{head} Counts and minimum\n"
    for voice, heading in zip(data.voices, rows.headings(data), strict=True):
        counts = ", ".join(f"{name}: {number}" for name, number in voice.counts)
        yield f"- {_text(heading)}. {_text(counts)}. Lowest: {_text(rows.lowest(voice))}."
    yield f"\n{head} Agreement\n"
    for row in data.agreement:
        stated = row.why if row.alpha is None else f"{row.alpha:.3f} over {row.assessors} assessors and {row.items} items"
        yield f"- Krippendorff's alpha (ordinal), {row.role}, {row.question}: {stated}."


def _ratings(data: BoardData, head: str) -> Iterator[str]:
    if not data.ratings:
        return
    conditions, sites = rows.names(data, "conditions"), rows.names(data, "sites")
    yield f"\n{head} Ratings\n"
    for row in data.ratings:
        where = f"{conditions[row.condition]}, {sites[row.site]}"
        yield f"- **{row.id}** {_text(where)}: {_text(rows.stated(row))}."
        yield f"  {_text(row.assessor)} ({row.role}, question: {row.question})."
        yield f"  {_text(row.rationale)} {rows.confidence(row)} Would change it: {_text(row.change_my_mind)}"
        grounds = [*row.observations, *([f"quotation {row.quotation}"] if row.quotation else [])]
        yield f"  Rests on: {', '.join(grounds) or 'nothing'}. Made {row.made} by {_text(row.recorded_by)}."


def _observations(data: BoardData, head: str) -> Iterator[str]:
    if not data.observations:
        return
    yield f"\n{head} Observations\n"
    for row in data.observations:
        was = f", {row.was} when it was bound" if row.was else ""
        code = f"; Admiralty {row.admiralty}" if row.admiralty else ""
        said = _text(rows.said(row.outlet, row.report_date, row.said_by))
        yield f"- **{row.id}** {row.indicator}, {row.site}: {_text(rows.quotation(row.quote))} ({said})"
        yield f"  {row.standing}{was}; independent origins: {row.origins}; accepted by {_text(row.accepted_by)}{code};"
        yield f"  claim {row.claim}"


def _framework(data: BoardData, head: str) -> Iterator[str]:
    yield f"\n{head} Conditions\n"
    for condition in data.framework["conditions"]:
        basis = condition.get("reference") or condition["proposed_by"]
        yield f"- **{_text(condition['name'])}** ({condition['kind']}): “{_text(condition['wording'])}” ({_text(basis)})"
        for indicator in condition["indicators"]:
            what = f"{_text(indicator['name'])}, {_text(indicator['unit'])}; {indicator['direction']}"
            yield f"  - {what}{rows.threshold_words(indicator)}"


def _table(headings: Sequence[str], table: Iterable[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(map(_text, headings)) + " |"
    yield "|" + "---|" * len(headings)
    for row in table:
        yield "| " + " | ".join(_text(cell) for cell in row) + " |"


def _text(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_")
