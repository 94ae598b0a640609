"""Cues and quotations together: content grows to whole quotations, and quotations without a cue go on with the last speaker."""

from __future__ import annotations

from bisect import bisect_right

from rapporteur.stages.extract.statements.found import Found
from rapporteur.stages.extract.statements.quotations import Quotation
from rapporteur.stages.extract.statements.tree import MAX_CONTENT, Range, Tree

_MIN_TURN = 4
"""Tokens between the marks: shorter quotations are words picked out, not turns of speech."""

_TURNS = frozenset({"quote", "that", "according"})
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
    speaking = _speaking(tree, found)
    for quote in quoted:
        if quote.last - quote.first < _MIN_TURN:
            continue
        k = bisect_right(covers, ((quote.first + 2, 0), 0)) - 1
        if k >= 0 and reach[k] > quote.first + 1:
            continue
        sentence = tree.parsed.sentence_at[quote.first]
        before = sentence - (tree.sentences[sentence][0] == quote.first)
        n = speaking.get(before)
        if n is None or out[n].content[-1][1] > quote.first or quote.last - out[n].content[0][0] > MAX_CONTENT:
            continue
        out[n] = out[n]._replace(content=(*out[n].content, (quote.first, quote.last)))
        speaking[tree.parsed.sentence_at[quote.last - 1]] = n
    return out


def _speaking(tree: Tree, found: list[Found]) -> dict[int, int]:
    """The statement that a quotation after each sentence goes on with: one beside a quotation, else the last of the sentence."""
    speaking: dict[int, int] = {}
    sentence_at = tree.parsed.sentence_at
    for n, f in enumerate(found):
        if f.frame not in _TURNS:
            continue
        sentence = sentence_at[max(f.cue[1], f.content[-1][1]) - 1]
        other = speaking.get(sentence)
        if other is None or found[other].frame != "quote":
            speaking[sentence] = n
    return speaking


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


_SPEECH = frozenset(
    {
        "say",
        "tell",
        "announce",
        "warn",
        "vow",
        "promise",
        "pledge",
        "threaten",
        "deny",
        "accuse",
        "insist",
        "claim",
        "call",
        "demand",
        "confirm",
    }
)


def _speech_of_another(tree: Tree, found: Found) -> bool:
    """Whether a cue inside other content is plain speech by somebody named or described there."""
    if tree.lemmas[found.head] not in _SPEECH or found.source is None or found.frame not in ("that", "quote"):
        return False
    return tree.tags[found.source[1] - 1].startswith("NN")


def outermost(tree: Tree, found: list[Found]) -> list[Found]:
    """Without cues that stand inside the content of another: what that one says is not said by the report.

    Over news reports fewer than three in ten of such cues were judged to be statements of their own. Of two that stand in each
    other's content ("X is expected to go, as reported by Y") the one with more content stays. Plain speech by somebody described
    inside stays too: it costs a tenth of a point of F1 there and gains a point on agency reports, where such chains are the news.
    """
    covered = bytearray(len(tree.words) + 1)
    kept: set[int] = set()
    for n in sorted(range(len(found)), key=lambda n: (-sum(b - a for a, b in found[n].content), n)):
        if not covered[found[n].head] or _speech_of_another(tree, found[n]):
            kept.add(n)
            for first, last in found[n].content:
                covered[first:last] = b"\1" * (last - first)
    return [f for n, f in enumerate(found) if n in kept]
