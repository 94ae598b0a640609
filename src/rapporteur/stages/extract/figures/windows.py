"""The stretch of time a figure counts over, and the day it holds for."""

from __future__ import annotations

from bisect import bisect_right

from rapporteur.model.claims import Mention, Window
from rapporteur.stages.extract.base import Sheet
from rapporteur.stages.extract.figures.phrases import goes_on

_MAX_DEPTH = 12
"""Arcs that are followed up a tree."""

_BESIDE = 5
"""Tokens: a time so close after a number dates it whatever the tree says."""

_PERIODS = frozenset("year month quarter decade summer winter spring autumn".split())
_PAST = frozenset("past last previous preceding recent".split())
_SO_FAR = frozenset((("so", "far"), ("to", "date"), ("until", "now"), ("till", "now"), ("thus", "far")))


class Windows:
    """Looks up the time mentions of one sheet by sentence."""

    def __init__(self, sheet: Sheet) -> None:
        self.p = sheet.parsed
        self.sheet = sheet
        starts = [self.p.starts[a] for a, _ in self.p.sentences]
        self._times: dict[int, list[Mention]] = {}
        for m in sheet.mentions:
            if m.kind == "time":
                self._times.setdefault(bisect_right(starts, m.span.start) - 1, []).append(m)

    def times(self, token: int) -> list[Mention]:
        """Time mentions of the sentence of ``token``."""
        return self._times.get(self.p.sentence_at[token], [])

    def window(self, token: int) -> Window | None:
        """The stretch of time over which a figure at ``token`` counts."""
        best: tuple[int, Window] | None = None
        verbs = self._verbs_above(token)
        for m in self.times(token):
            found = self._window(m)
            if found:
                at = self.sheet.token_at.get(m.span.start, token)
                if not self._same_clause(at, token, verbs):
                    continue
                distance = at - token if at > token else 2 * (token - at)  # what follows a number is closer to it
                if best is None or distance < best[0]:
                    best = (distance, found)
        if best:
            return best[1]
        sentence = self.p.sentence_at[token]
        if goes_on(self.p, sentence):
            return self.window(self.p.sentences[sentence - 1][0])
        return self._so_far(token)

    def _verbs_above(self, token: int) -> set[int]:
        """The verbs that govern ``token``, directly or through others; its own clause and those that hold it."""
        p = self.p
        out: set[int] = set()
        for _ in range(_MAX_DEPTH):
            if p.tags[token].startswith("V"):
                out.add(token)
            if p.heads[token] == token:
                out.add(token)
                break
            token = p.heads[token]
        return out

    def _same_clause(self, time: int, token: int, verbs: set[int]) -> bool:
        """Whether a time stands in a clause that holds the number, or beside it; "founded in 1978" dates no other clause."""
        p = self.p
        if 0 < time - token <= _BESIDE:
            return True
        verb = self._governing(time)
        if self._since_clause(time) is not None:
            verb = self._governing(p.heads[verb])
        return verb in verbs or not p.tags[verb].startswith("V")

    def _window(self, m: Mention) -> Window | None:
        at = self.sheet.token_at.get(m.span.start)
        if at is None or m.time is None:
            return None
        p = self.p
        words = m.span.exact.lower().split()
        before = p.words[at - 1].lower() if at else ""
        if before == "since" or words[0] == "since":
            start = p.starts[at - 1] if before == "since" else m.span.start
            return Window(p.text[start : m.span.end], m.time.begin, None if m.time.begin is None else self._today())
        since = self._since_clause(at)
        if since is not None and m.time.begin:
            return Window(p.text[p.starts[since] : m.span.end], m.time.begin, self._today())
        if m.time.type == "SET":
            return None
        if m.time.type == "DURATION":
            past = any(w in _PAST for w in words) or (at and p.words[at - 1].lower() in ("past", "last"))
            if not past:
                return None
            return self._with_preposition(m, at)
        value = m.time.value
        if words[0] in ("this", "last", "past", "the") and words[-1] in (
            "year",
            "month",
            "quarter",
            "decade",
            "summer",
            "winter",
            "spring",
            "autumn",
        ):
            return self._with_preposition(m, at)
        if (
            m.time.type == "DATE"
            and len(value) in (4, 7)
            and before in ("in", "during", "for", "throughout", "over")
            and value[:1].isdigit()
        ):
            return self._with_preposition(m, at)
        return None

    def _since_clause(self, time: int) -> int | None:
        """The word "since" of the clause that a time dates: "since the regime fell in late 2001"."""
        p = self.p
        verb = self._governing(time)
        for c in p.children[verb]:
            if c < verb and p.words[c].lower() == "since" and p.deps[c] in ("mark", "advmod", "case"):
                return c
        return None

    def _governing(self, token: int) -> int:
        """The verb that governs ``token``, or the root of its tree."""
        p = self.p
        for _ in range(_MAX_DEPTH):
            if p.tags[token].startswith("V") or p.heads[token] == token:
                break
            token = p.heads[token]
        return token

    def _with_preposition(self, m: Mention, at: int) -> Window:
        p = self.p
        start = m.span.start
        if at >= 2 and p.words[at - 2].lower() == "so" and p.words[at - 1].lower() == "far":
            start = p.starts[at - 2]
        else:
            k = at - 1
            if k >= 0 and p.words[k].lower() == "the":
                k -= 1
            if k >= 0 and p.words[k].lower() in ("in", "over", "during", "for", "within", "throughout"):
                start = p.starts[k]
        assert m.time is not None
        return Window(p.text[start : m.span.end], m.time.begin, m.time.end)

    def _so_far(self, token: int) -> Window | None:
        """ "so far", "to date", "until now" in the sentence: open at its beginning, closed by the report's own date."""
        p = self.p
        a, b = p.sentences[p.sentence_at[token]]
        for i in range(a, b - 1):
            pair = (p.words[i].lower(), p.words[i + 1].lower())
            if pair in _SO_FAR:
                return Window(p.text[p.starts[i] : p.ends[i + 1]], None, self._today())
        return None

    def _today(self) -> str | None:
        published = self.sheet.report.published
        return published.value[:10] if published else None

    def _of_later_clause(self, token: int, at: int) -> bool:
        """Whether a comma and a modal stand between the figure and the date: "6,200 soldiers, a number that will fall by May"."""
        p = self.p
        comma = next((i for i in range(token, at) if p.words[i] == ","), at)
        return any(p.tags[i] == "MD" for i in range(comma, at))

    def as_of(self, token: int) -> str | None:
        """The day a figure holds for, where the sentence says "as of", "as at" or "by" a day."""
        p = self.p
        for m in self.times(token):
            at = self.sheet.token_at.get(m.span.start)
            if at is None or m.time is None or at < 1:
                continue
            if self._of_later_clause(token, at):
                continue
            before = p.words[at - 1].lower()
            if (before in ("of", "at") and at >= 2 and p.words[at - 2].lower() == "as") or (
                before == "by" and m.time.end and m.time.type in ("DATE", "TIME")
            ):
                return m.time.end or m.time.begin
        return None
