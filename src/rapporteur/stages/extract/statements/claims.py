"""From token ranges to statement claims: spans without quotation marks, form, terms and hop."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from rapporteur.model.claims import Form, Speaker, StatementClaim, Terms
from rapporteur.model.spans import Span
from rapporteur.stages.clean import outlets
from rapporteur.stages.extract.base import Sheet
from rapporteur.stages.extract.statements.actors import Actors
from rapporteur.stages.extract.statements.found import Found
from rapporteur.stages.extract.statements.quotations import Quotation
from rapporteur.stages.extract.statements.speakers import ANONYMITY, Speakers, Who, named_later
from rapporteur.stages.extract.statements.tree import QUOTES, Range, Tree

_AROUND = QUOTES | {",", ":"}
_QUOTED = 0.9
"""Share of the content's tokens inside quotation marks from which a statement is direct."""


def claims(sheet: Sheet, tree: Tree, found: list[Found], quoted: list[Quotation]) -> Iterator[StatementClaim]:
    """One claim per cue, in text order."""
    said = bytearray(len(tree.words) + 1)
    for first, last in [part for f in found for part in f.content] + [(q.first, q.last) for q in quoted]:
        said[first:last] = b"\1" * (last - first)
    actors = Actors.of(sheet)
    speakers = Speakers(tree, actors, said)
    parsed = sheet.parsed
    carriers = [m for m in outlets.find_known(parsed.text) if not m.outlet.ambiguous]
    starts = [m.start for m in carriers]
    ordered = sorted(found, key=lambda f: (f.content[0], f.head))
    bare = [tuple(span for span in (_bare(tree, part) for part in cue.content) if span) for cue in ordered]
    ordered, bare = [c for c, b in zip(ordered, bare, strict=True) if b], [b for b in bare if b]
    whos = named_later([speakers.resolve(cue.source) if cue.source else None for cue in ordered], actors)
    for number, (cue, content, who) in enumerate(zip(ordered, bare, whos, strict=True), start=1):
        span = _whole(tree, cue)
        first, last = tree.sentence(cue.head)
        near = (
            carriers[bisect_left(starts, parsed.starts[first]) : bisect_right(starts, parsed.ends[last - 1])] if carriers else []
        )
        yield StatementClaim(
            id=sheet.ident("s", number),
            span=span,
            speaker=Speaker(sheet.parsed.span(*cue.source), who.resolved, who.actor) if cue.source and who else None,
            cue=sheet.parsed.span(*cue.cue),
            content=content,
            form=_form(cue.content, quoted),
            terms=_terms(tree, cue, who),
            hop=_hop(near, content, cue, sheet),
        )


def _bare(tree: Tree, part: Range) -> Span | None:
    """A part of the content without the marks around it and without "that" before it."""
    words = tree.words
    first, last = part
    while first < last and (words[first] in _AROUND or (words[first].lower() == "that" and tree.tags[first] == "IN")):
        first += 1
    while last > first and words[last - 1] in _AROUND:
        last -= 1
    return tree.parsed.span(first, last) if first < last else None


def _whole(tree: Tree, cue: Found) -> Span:
    ranges = [cue.cue, *cue.content] + ([cue.source] if cue.source else [])
    return tree.parsed.span(min(a for a, _ in ranges), max(b for _, b in ranges))


def _form(content: tuple[Range, ...], quoted: list[Quotation]) -> Form:
    total = inside = 0
    for first, last in content:
        total += last - first
        k = max(0, bisect_right(quoted, (first,)) - 1)
        while k < len(quoted) and quoted[k].first < last:
            inside += max(0, min(last, quoted[k].last) - max(first, quoted[k].first))
            k += 1
    if inside >= total * _QUOTED:
        return "direct"
    return "mixed" if inside else "indirect"


def _terms(tree: Tree, cue: Found, who: Who | None) -> Terms:
    first, last = tree.sentence(cue.head)
    text = tree.parsed.text[tree.parsed.starts[first] : tree.parsed.ends[last - 1]]
    if "anonym" in text or "named" in text or "identified" in text:
        lowered = text.lower()
        if any(phrase in lowered for phrase in ANONYMITY):
            return "anonymous"
    return who.terms if who else "anonymous"


def _hop(near: list[outlets.Match], content: tuple[Span, ...], cue: Found, sheet: Sheet) -> tuple[str, ...]:
    """Outlets and agencies named beside the cue: not in the content, and not the speaker."""
    names: list[str] = []
    speaker = sheet.parsed.span(*cue.source) if cue.source else None
    for match in near:
        if any(c.start <= match.start < c.end for c in content):
            continue
        if speaker and speaker.start <= match.start < speaker.end:
            continue
        if match.outlet.name not in names:
            names.append(match.outlet.name)
    return tuple(names)
