"""Where, over what time and by whom: places, window, as-of date, statement and qualifier of a figure."""

from __future__ import annotations

from bisect import bisect_right

from rapporteur.language.gazetteer import country_named
from rapporteur.model.claims import Mention, Window
from rapporteur.stages.extract.base import Sheet
from rapporteur.stages.extract.figures import lexicon as lex

_COUNTRY_NOUNS = frozenset(("country", "nation", "state", "republic", "kingdom"))
_MAX_DEPTH = 12
_BESIDE = 5
_BETWEEN = frozenset(("JJ", "DT", "NN", "NNP", "HYPH", "VBN", "PRP$", "POS", ","))


class Context:
    """Looks up what stands around a figure in one sheet; built once per report."""

    def __init__(self, sheet: Sheet) -> None:
        p = sheet.parsed
        self.p = p
        self.sheet = sheet
        sentence_starts = [p.starts[a] for a, _ in p.sentences]
        self._times: dict[int, list[Mention]] = {}
        self._places: dict[int, list[tuple[int, str]]] = {}
        for m in sheet.mentions:
            if m.kind == "time":
                self._times.setdefault(bisect_right(sentence_starts, m.span.start) - 1, []).append(m)
        self._places_of: dict[int, tuple[str, ...]] = {}
        self._kinds: dict[int, str] = {}
        self._full: dict[int, str] = {}
        self._learn_names(sheet)
        self._spans = sorted((m.span.start, m.span.end) for m in sheet.mentions if m.kind == "time")
        self._starts = [a for a, _ in self._spans]
        self._statements = sorted((c.span.start, c.span.end, i) for i, c in enumerate(sheet.statements)) if sheet.claims else []

    def _learn_names(self, sheet: Sheet) -> None:
        """Kind and full name by token, from name mentions, or from the pipeline's names where there are none."""
        p = self.p
        named = [m for m in sheet.mentions if m.kind != "time"]
        found: list[tuple[int, int, str, str]] = []
        for m in named:
            first = last = sheet.token_at.get(m.span.start, -1)
            while 0 <= last < len(p.words) and p.starts[last] < m.span.end:
                last += 1
            found.append((first, last, m.kind, m.name or m.span.exact))
        if not named:
            found = [(n.first, n.last, n.kind, p.text[p.starts[n.first] : p.ends[n.last - 1]]) for n in p.names]
        for first, last, kind, name in found:
            for i in range(max(first, 0), last):
                self._kinds[i] = kind
                self._full[i] = name
            if kind == "place" and first >= 0:
                self._places.setdefault(p.sentence_at[first], []).append((first, name))

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
        if self._among(sentence):
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

    def _among(self, sentence: int) -> bool:
        """Whether a sentence, other than the one before it, goes on about those counted before: "Among the dead were ..."."""
        return bool(sentence) and self._begins_among(sentence) and not self._begins_among(sentence - 1)

    def _begins_among(self, sentence: int) -> bool:
        a, b = self.p.sentences[sentence]
        return any(self.p.words[i].lower() in ("among", "amongst") for i in range(a, min(b, a + 3)))

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
        """Places of the sentence that a preposition or a verb of motion ties to what is told there, in text order.

        "this country", "the town" stand for the place last named; "Among the dead were ..." holds where the sentence before did.
        """
        p = self.p
        sentence = p.sentence_at[token]
        known = self._places_of.get(sentence)
        if known is None:
            a = p.sentences[sentence][0]
            found = [(at, name) for at, name in self._places.get(sentence, []) if self._tied(at, a)]
            meant = self._anaphor(sentence)
            if meant:
                found.append(meant)
            if not found and self._among(sentence):
                found = [(0, name) for name in self.places(p.sentences[sentence - 1][0])]
            known = self._places_of[sentence] = tuple(dict.fromkeys(name for _, name in sorted(found)))
        return known

    def _tied(self, at: int, first: int) -> bool:
        """Whether a place preposition or a verb of motion governs the place at token ``at``, over articles and adjectives."""
        p = self.p
        if at + 1 < len(p.words) and p.words[at + 1] == "-" and p.starts[at + 1] == p.ends[at]:
            return False  # "US-led", "Taliban-linked"
        end = at + 1
        while end < len(p.words) and self._full.get(end) == self._full.get(at):
            end += 1
        if end < len(p.words) and p.tags[end] in ("NN", "NNS", "NNP", "NNPS"):
            low = p.words[end].lower()
            if low not in lex.AREAS and low not in lex.WEEKDAYS and low not in lex.MONTHS:
                return False
        for k in range(at - 1, max(first - 1, at - 7), -1):
            low = p.words[k].lower()
            if low == "of" or (low in ("for", "and", "between") and p.tags[k] in ("IN", "CC")):
                return self._joined(k, first, low)
            if low in lex.PLACE_PREPOSITIONS and p.tags[k] in ("IN", "TO", "RP", "RB"):
                return True
            if low in lex.MOTION and p.tags[k].startswith("V"):
                return True
            if p.tags[k] not in _BETWEEN:
                return False
        return False

    def _joined(self, k: int, first: int, low: str) -> bool:
        """ "town of X" and "north of X" but not "president of X"; "in X and Y"; "left for X"."""
        p = self.p
        if k <= first:
            return False
        if low == "of":
            return p.words[k - 1].lower() in lex.AREAS
        if low == "for":
            return any(p.words[i].lower() in lex.MOTION for i in range(max(first, k - 5), k))
        return low == "between" or any(self._kinds.get(k - 1) == "place" and self._tied(i, first) for i in (k - 1,))

    def _anaphor(self, sentence: int) -> tuple[int, str] | None:
        """ "this country", "the town" and the place last named before it, a country for a country."""
        p = self.p
        a, b = p.sentences[sentence]
        for i in range(a + 1, b):
            noun = p.words[i].lower()
            if noun not in lex.AREA_NOUNS or (i + 1 < b and (p.words[i + 1] == "of" or p.tags[i + 1] in ("NN", "NNP", "NNS"))):
                continue
            if self._kinds.get(i - 1) == "place" or not any(
                p.words[k].lower() in ("this", "the") for k in range(max(a, i - 3), i)
            ):
                continue
            if noun == "state" and p.tags[i - 1] not in ("JJ", "NNP"):
                continue
            for s in range(sentence, max(-1, sentence - 6), -1):
                for at, name in reversed(self._places.get(s, [])):
                    if at < i and (noun not in _COUNTRY_NOUNS or country_named(name)):
                        return i, name
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

    def names_person(self, token: int) -> bool:
        """Whether a proper noun is (part of) the name of a person, by the names found; one that is none else is taken for one."""
        kind = self._kinds.get(token)
        if kind:
            return kind == "person"
        p = self.p
        return p.words[token][0].isupper() and not country_named(p.words[token]) and p.words[token].lower() not in lex.WEEKDAYS

    def full_name(self, token: int) -> str | None:
        """The fullest name in the report of the person named at ``token``."""
        return self._full.get(token)
