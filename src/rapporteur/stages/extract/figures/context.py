"""Where, over what time and by whom: places, window, as-of date, statement and qualifier of a figure."""

from __future__ import annotations

from bisect import bisect_right

from rapporteur.model.claims import Mention, Window
from rapporteur.stages.extract.base import Sheet
from rapporteur.stages.extract.figures import lexicon as lex

_PLACE_BEFORE = frozenset(
    "in at near from to across into inside outside around throughout for of on off through toward towards within over between and along".split()
)
_WINDOW_BEFORE = frozenset("since in over during for within throughout through between from of so".split())
_STRETCH = frozenset(
    "year years month months decade decades quarter week weeks summer winter spring autumn fall century days hours".split()
)
_THIS_COUNTRY = frozenset("country nation state republic kingdom territory island".split())


class Context:
    """Looks up what stands around a figure in one sheet; built once per report."""

    def __init__(self, sheet: Sheet) -> None:
        p = sheet.parsed
        self.p = p
        self.sheet = sheet
        sentence_starts = [p.starts[a] for a, _ in p.sentences]
        self._times: dict[int, list[Mention]] = {}
        self._places: dict[int, list[Mention]] = {}
        for m in sheet.mentions:
            if m.kind in ("time", "place"):
                s = bisect_right(sentence_starts, m.span.start) - 1
                (self._times if m.kind == "time" else self._places).setdefault(s, []).append(m)
        self._spans = sorted((m.span.start, m.span.end) for m in sheet.mentions if m.kind == "time")
        self._starts = [a for a, _ in self._spans]
        self._statements = sorted((c.span.start, c.span.end, i) for i, c in enumerate(sheet.statements)) if sheet.claims else []

    def in_time(self, start: int, end: int) -> bool:
        """Whether the characters [start, end) lie inside a time mention."""
        k = bisect_right(self._starts, start) - 1
        return k >= 0 and self._spans[k][1] >= end

    def said_by(self, start: int, end: int) -> str | None:
        """Id of the narrowest statement whose content or span holds the characters [start, end)."""
        best: tuple[int, str] | None = None
        for a, b, i in self._statements:
            if a > start:
                break
            if b >= end:
                c = self.sheet.statements[i]
                inside = any(s.start <= start and s.end >= end for s in c.content)
                size = (0 if inside else 1_000_000) + b - a
                if best is None or size < best[0]:
                    best = (size, c.id)
        return best[1] if best else None

    def times(self, token: int) -> list[Mention]:
        """Time mentions of the sentence of ``token``."""
        return self._times.get(self.p.sentence_at[token], [])

    def window(self, token: int) -> Window | None:
        """The stretch of time over which a figure at ``token`` counts."""
        best: tuple[int, Window] | None = None
        for m in self.times(token):
            found = self._window(m)
            if found:
                at = self.sheet.token_at.get(m.span.start, token)
                distance = abs(at - token)
                if best is None or distance < best[0]:
                    best = (distance, found)
        return best[1] if best else self._so_far(token)

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
        if m.time.type == "SET":
            return None
        if m.time.type == "DURATION":
            past = any(w in ("past", "last", "previous", "preceding", "recent") for w in words) or (
                at and p.words[at - 1].lower() in ("past", "last")
            )
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
            if pair in (("so", "far"), ("to", "date"), ("until", "now"), ("till", "now"), ("thus", "far")):
                return Window(p.text[p.starts[i] : p.ends[i + 1]], None, self._today())
        return None

    def _today(self) -> str | None:
        published = self.sheet.report.published
        return published.value[:10] if published else None

    def as_of(self, token: int) -> str | None:
        """The day a figure holds for, where the sentence says "as of", "as at" or "by" a day."""
        p = self.p
        for m in self.times(token):
            at = self.sheet.token_at.get(m.span.start)
            if at is None or m.time is None or at < 1:
                continue
            before = p.words[at - 1].lower()
            if (before in ("of", "at") and at >= 2 and p.words[at - 2].lower() == "as") or (
                before == "by" and m.time.end and m.time.type in ("DATE", "TIME")
            ):
                return m.time.end or m.time.begin
        return None

    def places(self, token: int) -> tuple[str, ...]:
        """Places of the sentence that a preposition or the name of a province ties to the figure, in text order."""
        p = self.p
        sentence = p.sentence_at[token]
        a, b = p.sentences[sentence]
        out: list[str] = []
        for m in self._places.get(sentence, []):
            at = self.sheet.token_at.get(m.span.start)
            if at is None or not a <= at < b:
                continue
            if self._tied(at, a):
                name = m.name or m.span.exact
                if name not in out:
                    out.append(name)
        if not out:
            found = self._this_country(sentence)
            if found:
                out.append(found)
        return tuple(out)

    def _tied(self, at: int, first: int) -> bool:
        """Whether a preposition governs the place at token ``at`` (over adjectives, articles, "and", "town of")."""
        p = self.p
        k = at - 1
        steps = 0
        while k >= first and steps < 5:
            low = p.words[k].lower()
            if low in _PLACE_BEFORE and p.tags[k] in ("IN", "TO", "CC", "RP", "RB"):
                return True
            if p.tags[k] not in ("JJ", "DT", "NN", "NNP", "HYPH", "VBN", ",", "PRP$", "POS"):
                return False
            k -= 1
            steps += 1
        return False

    def _this_country(self, sentence: int) -> str | None:
        """The place last named before "this country", "the island nation" in the sentence."""
        p = self.p
        a, b = p.sentences[sentence]
        for i in range(a, b):
            if (
                p.words[i].lower() in _THIS_COUNTRY
                and any(w.lower() in ("this", "the") for w in p.words[max(a, i - 3) : i])
                and any(w.lower() in ("in", "into", "to", "across", "throughout") for w in p.words[max(a, i - 4) : i])
            ):
                for s in range(sentence, max(-1, sentence - 6), -1):
                    for m in reversed(self._places.get(s, [])):
                        if m.span.start < p.starts[i]:
                            return m.name or m.span.exact
        return None

    def whose(self, first: int, head: int) -> str | None:
        """The nation or body before the counted noun: "U.S." in "2,500 U.S. troops", "Ethiopia" in "Ethiopia's 900 troops"."""
        p = self.p
        for i in range(first, head):
            if p.tags[i] in ("NNP", "NNPS", "JJ") and p.words[i][0].isupper() and p.words[i].lower() not in lex.MONTHS:
                j = i + 1
                while j < head and p.words[j][0].isupper() and p.tags[j] in ("NNP", "NNPS", "JJ"):
                    j += 1
                return p.text[p.starts[i] : p.ends[j - 1]]
        i = first - 1
        if i > 0 and p.tags[i] == "POS" and p.tags[i - 1] in ("NNP", "NNPS"):
            j = i - 1
            while j > 0 and p.tags[j - 1] in ("NNP", "NNPS") and p.sentence_at[j - 1] == p.sentence_at[i]:
                j -= 1
            return p.text[p.starts[j] : p.ends[i - 1]]
        return None
