"""Cues and quotations together: content grows to whole quotations, and quotations without a cue go on with the last speaker."""

from __future__ import annotations

from bisect import bisect_right

from rapporteur.stages.extract.statements.frames import Found
from rapporteur.stages.extract.statements.quotations import Quotation
from rapporteur.stages.extract.statements.tree import MAX_CONTENT, Range, Tree

_MIN_TURN = 4
"""Tokens between the marks: shorter quotations are words picked out, not turns of speech."""

_SPOKEN = frozenset({"quote", "that", "according", "obj"})


def whole_quotations(found: list[Found], quoted: list[Quotation]) -> list[Found]:
    """Each content that enters a quotation which runs over a sentence end is grown to the quotation's ends."""
    if not quoted:
        return found
    starts = [q.first for q in quoted]
    return [_grown(f, quoted, starts) if f.frame in _SPOKEN else f for f in found]


def _grown(found: Found, quoted: list[Quotation], starts: list[int]) -> Found:
    parts = tuple(_grow(part, found.cue, quoted, starts) for part in found.content)
    return found._replace(content=parts) if parts != found.content else found


def _grow(part: Range, cue: Range, quoted: list[Quotation], starts: list[int]) -> Range:
    first, last = part
    k = bisect_right(starts, first) - 1  # quotation that holds the beginning: it may have begun before
    if k >= 0 and quoted[k].first < first < quoted[k].last and not quoted[k].first <= cue[0] < quoted[k].last:
        first = quoted[k].first
    k = bisect_right(starts, last - 1) - 1
    if k >= 0 and quoted[k].last > last > quoted[k].first and not quoted[k].first <= cue[0] < quoted[k].last:
        inside = max(0, last - max(first, quoted[k].first))
        if inside * 2 >= last - first or quoted[k].first <= first + 1:
            last = quoted[k].last
            while quoted[k].continues and k + 1 < len(quoted) and quoted[k + 1].last - first < MAX_CONTENT:
                k += 1
                last = quoted[k].last
    return first, min(last, first + MAX_CONTENT)


def continued(tree: Tree, found: list[Found], quoted: list[Quotation]) -> list[Found]:
    """Quotations that no cue covers are added to the statement before them, when nothing else comes between."""
    if not quoted or not found:
        return found
    covers = sorted((part, n) for n, f in enumerate(found) for part in f.content)
    reach: list[int] = []
    furthest = 0
    for part, _ in covers:
        furthest = max(furthest, part[1])
        reach.append(furthest)
    out = list(found)
    ends = sorted((max(f.cue[1], f.content[-1][1]), n) for n, f in enumerate(found) if f.frame in _SPOKEN)
    keys = [e for e, _ in ends]
    grown_to: dict[int, int] = {}
    for quote in quoted:
        if quote.last - quote.first < _MIN_TURN:
            continue
        k = bisect_right(covers, ((quote.first + 2, 0), 0)) - 1
        if k >= 0 and reach[k] > quote.first + 1:
            continue
        j = bisect_right(keys, quote.first) - 1
        if j < 0:
            continue
        n = ends[j][1]
        at = grown_to.get(n, keys[j])
        if _follows(tree, at, quote) and quote.last - out[n].content[0][0] < MAX_CONTENT:
            out[n] = out[n]._replace(content=(*out[n].content, (quote.first, quote.last)))
            grown_to[n] = quote.last
            keys[j] = quote.last
    return out


def _follows(tree: Tree, at: int, quote: Quotation) -> bool:
    """Whether between token ``at`` and the quotation stands nothing but the end of the sentence that holds ``at``."""
    sentences, sentence_at = tree.sentences, tree.parsed.sentence_at
    end = sentences[sentence_at[at - 1]][1]
    return quote.first - end <= 0 or (quote.first == end)


def unquoted(found: list[Found], quoted: list[Quotation]) -> list[Found]:
    """Without cues that stand inside quotation marks: they are part of what is said there."""
    if not quoted:
        return found
    starts = [q.first for q in quoted]
    kept = []
    for f in found:
        k = bisect_right(starts, f.head) - 1
        if k < 0 or f.head >= quoted[k].last:
            kept.append(f)
    return kept


def outermost(found: list[Found]) -> list[Found]:
    """Without cues that stand inside the content of another, save those of speech in their own right."""
    inside: set[int] = set()
    spans = sorted((part, n) for n, f in enumerate(found) for part in f.content)
    heads = sorted((f.head, n) for n, f in enumerate(found))
    furthest, owner, k = 0, -1, 0
    for head, n in heads:
        while k < len(spans) and spans[k][0][0] <= head:
            if spans[k][0][1] > furthest and spans[k][1] != n:
                furthest, owner = spans[k][0][1], spans[k][1]
            k += 1
        if head < furthest and owner != n:
            inside.add(n)
    return [f for n, f in enumerate(found) if n not in inside]
