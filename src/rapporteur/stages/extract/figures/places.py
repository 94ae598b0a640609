"""The places that a figure is tied to: "in eastern Afghanistan", "crossed the Adriatic", "this country"."""

from __future__ import annotations

from rapporteur.language.base import Parsed
from rapporteur.language.gazetteer import country_named
from rapporteur.model.claims import Mention
from rapporteur.stages.extract.base import Sheet
from rapporteur.stages.extract.figures import lexicon as lex
from rapporteur.stages.extract.figures.phrases import goes_on

_COUNTRY_NOUNS = frozenset(("country", "nation", "state", "republic", "kingdom"))
_BETWEEN = frozenset(("JJ", "DT", "NN", "NNP", "HYPH", "VBN", "PRP$", "POS", ","))
_ACTS = frozenset(("nsubj", "nsubj:pass", "compound", "nmod:poss"))
_OWNS = frozenset(("compound", "nmod:poss"))
_TOLD = frozenset("reporters journalists newsmen conference briefing interview said statement correspondents".split())
_LONGEST_NAME = 4
_MAX_BACK = 6


def _as_written(m: Mention) -> str:
    """A mention's name as it stands here: without titles around it, "province" after it, or the capitals of a dateline."""
    name = m.name if m.name and m.name in m.span.exact else m.span.exact
    first, _, last = name.rpartition(" ")
    return first if first and last in lex.DIVISIONS else name


def areas(p: Parsed) -> list[tuple[int, int]]:
    """Names [first, last) that the word beside them makes places: "Helm province", "the village of Orsk"."""
    out = []
    for i, word in enumerate(p.words):
        if word not in lex.DIVISIONS:
            continue
        first = i
        while first > 0 and p.tags[first - 1] == "NNP" and p.words[first - 1][0].isupper() and i - first < _LONGEST_NAME:
            first -= 1
        if first < i:
            out.append((first, i))
        elif i + 2 < len(p.words) and p.words[i + 1] in ("of", "called", "named") and p.tags[i + 2] == "NNP":
            last = i + 3
            while last < len(p.words) and p.tags[last] == "NNP" and last - i < _LONGEST_NAME:
                last += 1
            out.append((i + 2, last))
    return out


class Places:
    """Looks up names and places of one sheet by token and sentence."""

    def __init__(self, sheet: Sheet) -> None:
        self.p = sheet.parsed
        self._places: dict[int, list[tuple[int, str]]] = {}
        self._places_of: dict[int, tuple[str, ...]] = {}
        self._kinds: dict[int, str] = {}
        self._full: dict[int, str] = {}
        self._learn_names(sheet)

    def _learn_names(self, sheet: Sheet) -> None:
        """Kind and full name by token, from name mentions, or from the pipeline's names where there are none."""
        p = self.p
        named = [m for m in sheet.mentions if m.kind != "time"]
        found: list[tuple[int, int, str, str]] = []
        for m in named:
            first = last = sheet.token_at.get(m.span.start, -1)
            while 0 <= last < len(p.words) and p.starts[last] < m.span.end:
                last += 1
            found.append((first, last, m.kind, _as_written(m)))
        if not named:
            found = [(n.first, n.last, n.kind, p.text[p.starts[n.first] : p.ends[n.last - 1]]) for n in p.names]
        for first, last, kind, name in found:
            for i in range(max(first, 0), last):
                self._kinds[i] = kind
                self._full[i] = name
            if kind == "place" and first >= 0:
                self._places.setdefault(p.sentence_at[first], []).append((first, name))
        for first, last in areas(p):
            if self._kinds.get(first, "organization") != "place" and self._kinds.get(first) != "person":
                name = p.text[p.starts[first] : p.ends[last - 1]]
                self._places.setdefault(p.sentence_at[first], []).append((first, name))
                for i in range(first, last):
                    self._kinds[i], self._full[i] = "place", name
        for found_here in self._places.values():
            found_here.sort()

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
            if meant and not (country_named(meant[1]) and any(country_named(name) for _, name in found)):
                found.append(meant)
            if not found and goes_on(p, sentence):
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
        if end + 1 < len(p.words) and p.tags[end] == "JJ" and p.tags[end + 1] in ("NN", "NNS"):
            return False  # "a US military base"
        if end < len(p.words) and p.tags[end] in ("NN", "NNS", "NNP", "NNPS"):
            low = p.words[end].lower()
            if low not in lex.AREAS and low not in lex.WEEKDAYS and low not in lex.MONTHS:
                return False
        for k in range(at - 1, max(first - 1, at - 7), -1):
            low = p.words[k].lower()
            if low == "of" or (low in ("for", "and", "between") and p.tags[k] in ("IN", "CC")):
                return self._joined(k, first, low)
            if k > first and p.words[k - 1].lower() in _TOLD:
                return False  # "2,000 soldiers remain there, she told reporters in Orsk"
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
            if (noun == "state" and p.tags[i - 1] not in ("JJ", "NNP")) or any(p.deps[c] == "cop" for c in p.children[i]):
                continue
            meant = self._last_named(sentence, i, country=noun in _COUNTRY_NOUNS)
            if meant:
                return i, meant
        return None

    def _last_named(self, sentence: int, before: int, *, country: bool) -> str | None:
        """The place last named before a token. A country that acts ("the US has 2,500 troops in Iraq") is not the one that "the
        country" means, unless no other was named in the sentences before."""
        p = self.p
        acting: str | None = None
        for s in range(sentence, max(-1, sentence - _MAX_BACK), -1):
            for at, name in reversed(self._places.get(s, [])):
                if at >= before or (country and not country_named(name)):
                    continue
                if p.deps[at] not in (_ACTS if s == sentence else _OWNS):
                    return name
                if s < sentence and acting is None:
                    acting = name
        return acting

    def names_person(self, token: int) -> bool:
        """Whether a proper noun said to be dead or hurt names a person: by the names found, or two words that are no country."""
        p = self.p
        kind, name = self._kinds.get(token), self._full.get(token, "")
        if kind in ("person", "organization", "group"):
            return kind == "person"
        if kind == "place":
            return " " in name and not country_named(name)
        return p.words[token][0].isupper() and not country_named(p.words[token]) and p.words[token].lower() not in lex.WEEKDAYS

    def full_name(self, token: int) -> str | None:
        """The fullest name in the report of the person named at ``token``."""
        return self._full.get(token)
