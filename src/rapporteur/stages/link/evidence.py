"""What a derivation rests on, pinned to both texts: passages, quotations, figures, rare names, order, credits."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rapporteur.model.lineage import Evidence
from rapporteur.model.spans import Span
from rapporteur.stages.link.align import Alignment, verbatim_mask
from rapporteur.stages.link.columns import BODY
from rapporteur.stages.link.credits import plain
from rapporteur.stages.link.profile import Arrays, Profile
from rapporteur.stages.link.terms import NAME, NUMBER

_RARE_NAME = 6.0  # nats: in fewer than one report in 400
_MOST_NAMES = 8
_MOST_FIGURES = 12
_QUOTATION = 4  # words; shorter quotations are set phrases


class Texts:
    """The two texts of a derivation with their profiles' arrays."""

    def __init__(self, child: tuple[Profile, str], parent: tuple[Profile, str]) -> None:
        self.child, self.child_text = child
        self.parent, self.parent_text = parent
        self.x, self.y = self.child.arrays, self.parent.arrays

    def of_child(self, first: int, last: int) -> Span:
        return _span(self.x, self.child_text, first, last)

    def of_parent(self, first: int, last: int) -> Span:
        return _span(self.y, self.parent_text, first, last)


def _span(x: Arrays, text: str, first: int, last: int) -> Span:
    """The span of tokens [first, last), with the marks that close the sentence."""
    start, end = int(x.starts[first]), int(x.starts[last - 1]) + int(x.lengths[last - 1])
    return Span(start, end, text[start:end])


def gather(texts: Texts, found: Alignment) -> tuple[Evidence, ...]:
    """The evidence for the child of ``texts`` having taken from the parent; ``found`` is ``align(child, parent)``."""
    out = [*_passages(texts, found), *_quotations(texts), *_figures(texts, found), *_names(texts)]
    if found.order >= 0.8 and int((found.first.match >= 0).sum()) >= 4:
        out.append(Evidence("order", None, None, f"{found.order:.0%} of the matching passages stand in the same order"))
    out.extend(_credits(texts))
    return tuple(out)


def _passages(texts: Texts, found: Alignment) -> list[Evidence]:
    """One for every sentence of the child that the parent accounts for."""
    mask = verbatim_mask(texts.x, texts.y)
    out: list[Evidence] = []
    for i, j in enumerate(found.first.match.tolist()):
        if j < 0:
            continue
        first, last = (int(v) for v in texts.x.sentences[i, :2])
        begin, stop = (int(v) for v in texts.y.sentences[j, :2])
        word_for_word = float(mask[first:last].mean())
        note = "word for word" if word_for_word >= 0.9 else "partly word for word" if word_for_word >= 0.3 else "reworded"
        out.append(Evidence("passage", texts.of_child(first, last), texts.of_parent(begin, stop), note))
    return out


def _runs_of(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Half-open ranges in which ``flags`` is true."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _quotations(texts: Texts) -> list[Evidence]:
    """Quotations of the child that stand word for word in the parent."""
    x, y = texts.x, texts.y
    where = {int(run): i for i, run in reversed(list(enumerate(y.runs.tolist())))}
    out: list[Evidence] = []
    for first, last in _runs_of(x.quoted == 1):
        if last - first < _QUOTATION:
            continue
        width = min(last - first, len(y.terms))
        at = where.get(int(x.runs[first])) if last - first >= 5 and first < len(x.runs) else None
        if at is None or at + width > len(y.terms) or not np.array_equal(x.terms[first:last], y.terms[at : at + width]):
            continue
        out.append(Evidence("quotation", texts.of_child(first, last), texts.of_parent(at, at + width)))
    return out


def _figures(texts: Texts, found: Alignment) -> list[Evidence]:
    """Numbers that stand in matching passages of both; the note gives the words around the child's."""
    x, y = texts.x, texts.y
    out: list[Evidence] = []
    for t in x.number_tokens.tolist():
        j = int(found.first.match[x.sentence_at[t]])
        if j < 0 or len(out) >= _MOST_FIGURES:
            continue
        low, high = max(j - 1, 0), min(j + 1, len(y.sentences) - 1)
        begin, stop = int(y.sentences[low, 0]), int(y.sentences[high, 1])
        hits = np.flatnonzero((y.terms[begin:stop] == x.terms[t]) & (y.kinds[begin:stop] == NUMBER))
        if len(hits):
            at = begin + int(hits[0])
            context = texts.of_child(max(t - 2, 0), min(t + 4, len(x.terms))).exact
            out.append(Evidence("figure", texts.of_child(t, t + 1), texts.of_parent(at, at + 1), " ".join(context.split())))
    return out


def _names(texts: Texts) -> list[Evidence]:
    """Names that hardly any other text has, heaviest first."""
    x, y = texts.x, texts.y
    names = np.flatnonzero(x.told & (x.kinds == NAME) & (x.weights >= _RARE_NAME))
    in_parent = {int(term): i for i, term in reversed(list(enumerate(y.terms.tolist()))) if y.role[i] == BODY}
    out: list[Evidence] = []
    seen: set[int] = set()
    for t in names.tolist():
        term = int(x.terms[t])
        at = in_parent.get(term)
        if at is None or term in seen or len(out) >= _MOST_NAMES:
            continue
        seen.add(term)
        out.append(Evidence("name", texts.of_child(t, t + 1), texts.of_parent(at, at + 1)))
    return out


def _credits(texts: Texts) -> list[Evidence]:
    """Where the child names what the parent goes by."""
    out: list[Evidence] = []
    text = texts.child_text
    own = {n.lower() for n in (texts.child.agency, texts.child.outlet) if n}
    for name in sorted(set(texts.child.credited).intersection(texts.parent.labels) - own):
        at = _find(text, name)
        if at is not None:
            out.append(Evidence("credit", Span(at, at + len(name), text[at : at + len(name)]), None, "names the parent"))
    return out


def _find(text: str, name: str) -> int | None:
    at = text.lower().find(name)
    return at if at >= 0 and plain(text[at : at + len(name)]) == name else None
