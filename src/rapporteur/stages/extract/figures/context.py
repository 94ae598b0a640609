"""What stands around a figure: time mentions it may lie in, the statement that says it, and whose the counted are."""

from __future__ import annotations

from bisect import bisect_right

from rapporteur.language.gazetteer import country_named
from rapporteur.stages.extract.base import Sheet
from rapporteur.stages.extract.figures import lexicon as lex

_HAVE = frozenset("have keep maintain deploy station".split())
_LOOK_BACK = 40
"""Statements: one that began earlier than so many others does not reach a figure, and time stays linear."""


class Context:
    """Looks up spans of one sheet by place in the text."""

    def __init__(self, sheet: Sheet) -> None:
        self.p = sheet.parsed
        self._spans = sorted((m.span.start, m.span.end) for m in sheet.mentions if m.kind == "time")
        self._starts = [a for a, _ in self._spans]
        self._statements = sorted(sheet.statements, key=lambda c: (c.span.start, c.span.end)) if sheet.claims else []
        self._said_from = [c.span.start for c in self._statements]

    def in_time(self, start: int, end: int) -> bool:
        """Whether the characters [start, end) lie inside a time mention."""
        k = bisect_right(self._starts, start) - 1
        return k >= 0 and self._spans[k][1] >= end

    def said_by(self, start: int, end: int) -> str | None:
        """Id of the narrowest statement whose content, or else whose span, holds [start, end), its speaker's description not."""
        best: tuple[bool, int, str] | None = None
        k = bisect_right(self._said_from, start)
        for c in self._statements[max(0, k - _LOOK_BACK) : k]:
            if c.span.end < end or (c.speaker and c.speaker.span.start <= start < c.speaker.span.end):
                continue
            outside = not any(s.start <= start and s.end >= end for s in c.content)
            found = (outside, c.span.end - c.span.start, c.id)
            if best is None or found < best:
                best = found
        return best[2] if best else None

    def holder(self, head: int) -> str | None:
        """The country that has those counted: "the United States" in "The United States has about 2,000 troops there"."""
        p = self.p
        verb = p.heads[head]
        if p.deps[head] != "obj" or p.lemmas[verb] not in _HAVE or p.tags[head] != "NNS":
            return None
        for c in p.children[verb]:
            if p.deps[c] == "nsubj" and p.tags[c] in ("NNP", "NNPS"):
                first, _ = p.subtree(c)
                while first < c and p.tags[first] not in ("NNP", "NNPS"):
                    first += 1
                name = p.text[p.starts[first] : p.ends[c]]
                return name if country_named(name) else None
        return None

    def whose(self, first: int, head: int) -> str | None:
        """The nation or body before the counted noun: "U.S." in "2,500 U.S. troops", "Ethiopia" in "Ethiopia's 900 troops"."""
        p = self.p
        for i in range(first, head):
            if p.tags[i] in ("NNP", "NNPS", "JJ") and p.words[i][0].isupper() and p.words[i].lower() not in lex.MONTHS:
                j = i + 1
                while j < head and p.words[j][0].isupper() and p.tags[j] in ("NNP", "NNPS", "JJ"):
                    j += 1
                # "International Security Assistance Force": the counted noun is a part of the name.
                within = j == head and j - i > 1 and p.tags[head] == "NNP" and p.words[head][0].isupper()
                return p.text[p.starts[i] : p.ends[j - 1 + within]]
        i = first - 1
        if i > 0 and p.tags[i] == "POS" and p.tags[i - 1] in ("NNP", "NNPS"):
            j = i - 1
            while j > 0 and p.tags[j - 1] in ("NNP", "NNPS") and p.sentence_at[j - 1] == p.sentence_at[i]:
                j -= 1
            return p.text[p.starts[j] : p.ends[i - 1]]
        return None
