"""Readers of the corpora that the name tagger is trained on, brought to one tokenisation and one idea of a name.

A name is the proper name alone: no determiner, title, demonym before it, apposition or possessive ("Jim Press" in "Chrysler's
vice chairman, Jim Press"). Corpora that mark whole noun phrases (GUM, re3d, MEANTIME) are cut down to that. Kinds: PER, ORG,
LOC, GRP (peoples, nationalities, faiths) and MISC (events, works, products: known so as not to be taken for the others).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from rapporteur.language.names_features import phrase_features
from rapporteur.language.names_lexicon import is_group, is_title, place_names, word_list
from rapporteur.language.tokens import tokenize
from rapporteur.language.treebank import FREE_GUM_GENRES, TreebankSentence, read_treebank

Mark = tuple[int, int, str]
"""Tokens [first, last) and kind."""

Tagger = Callable[[list[list[str]]], list[list[str]]]
"""Penn tags of sentences."""

INSIDE = frozenset(
    "of for and the & de del della la le du da dos das do el al ul ur bin ben ibn bint von van der den ter di "
    "- – ' ’ . on in to 's ’s".split()
)
"""Words in lower case and marks that may stand inside a name, between two capitalised words."""


class Sentence(NamedTuple):
    """A training sentence: ``words``, Penn ``tags`` and the names in it."""

    words: list[str]
    tags: list[str]
    marks: list[Mark]


Text = list[Sentence]
"""The sentences of one text in order; a post or a lone sentence is a text of one."""


def retokenized(words: Sequence[str], marks: Iterable[Mark]) -> tuple[list[str], list[Mark]]:
    """The words cut as ``language.tokens`` cuts running text ("Osc-Dis" into three), with the marks moved along."""
    out: list[str] = []
    first_of: list[int] = []
    for word in words:
        first_of.append(len(out))
        out.extend(word[a:b] for a, b in tokenize(word))
    first_of.append(len(out))
    return out, [(first_of[a], first_of[b], kind) for a, b, kind in marks if first_of[a] < first_of[b]]


def _capital(word: str) -> bool:
    return word[0].isupper() or (word[0].isdigit() and len(word) > 1 and word[1:2].isupper())


def _proper(words: Sequence[str], tags: Sequence[str], i: int) -> bool:
    return _capital(words[i]) and (
        tags[i] in ("NNP", "NNPS") or (tags[i] in ("JJ", "NN", "NNS", "VBG", "FW") and words[i].lower() != "i")
    )


def _runs(words: Sequence[str], tags: Sequence[str], first: int, last: int) -> list[tuple[int, int]]:
    """Stretches of proper nouns joined by words that stand inside names."""
    runs: list[tuple[int, int]] = []
    i = first
    while i < last:
        if not _proper(words, tags, i):
            i += 1
            continue
        end = i + 1
        while end < last:
            if _proper(words, tags, end):
                end += 1
                continue
            step = end
            while step < last and step - end < 3 and words[step].lower() in INSIDE:
                step += 1
            if step == end or step >= last or not _proper(words, tags, step):
                break
            end = step + 1
        while end + 1 < last and words[end] in "-–" and tags[end + 1].startswith("NNP"):
            end += 2  # the second half of a given name: "Jong-un"
        runs.append((i, end))
        i = end
    return runs


def name_in_phrase(words: Sequence[str], tags: Sequence[str], phrase: Mark) -> Mark | None:
    """The proper name that heads a marked noun phrase; None when the phrase has none ("its president", "Italian carmaker")."""
    first, last, kind = phrase
    stop = next(
        (i for i in range(first, last) if words[i] in (",", "(", ";", ":") or tags[i] in ("WP", "WDT", "VBD", "VBZ")), last
    )
    runs = _runs(words, tags, first, stop)
    if not runs:
        return None
    a, b = next((run for run in runs if run[1] < stop and tags[run[1]] in ("IN", "TO")), runs[-1])
    if b < stop and tags[b] not in ("IN", "TO") and words[b] not in ("'s", "’s"):
        return None  # the head is a common noun: "Boeing executives"
    if kind == "PER":
        a = _after_titles(words, a, b)
    else:
        b = next((i for i in range(a, b) if words[i] in ("'s", "’s") and i > a + 3), b)
    if a >= b or not any(tags[i].startswith("NNP") for i in range(a, b)):
        return None
    if b - a == 1 and is_group(words[a]):
        return None
    return a, b, kind


def _after_titles(words: Sequence[str], a: int, b: int) -> int:
    """Where the person's own name begins in the proper nouns [a, b): "Blinken" in "Deputy Secretary of State Antony Blinken"."""
    last = next((i for i in range(b - 1, a - 1, -1) if is_title(words[i])), a - 1)
    if last == b - 1 and b - a > 1 and words[a] in word_list("given"):
        last = a - 1  # "Stephen King"
    start = last + 1
    if start < b and words[start] in ("of", "for", "to"):
        start = next((i for i in range(start, b) if words[i] in word_list("given")), b)
    while start < b and (is_group(words[start]) or words[start] in ("'s", "’s", "and")):
        start += 1
    return start


def _coordinated_places(words: Sequence[str], first: int, last: int) -> list[Mark]:
    """ "Iraq and Syria" marked as one is two places."""
    cut = next((i for i in range(first + 1, last - 1) if words[i] == "and"), first)
    parts = [(first, cut, "LOC"), (cut + 1, last, "LOC")]
    return parts if cut > first and all(" ".join(words[a:b]) in place_names() for a, b, _ in parts) else []


def listed_organizations(words: Sequence[str]) -> list[Mark]:
    """Organisations of the word lists whose names have several words."""
    found: list[Mark] = []
    for i, feature in phrase_features(words):
        if feature == "G=B-organization":
            found.append((i, i + 1, "ORG"))
        elif feature == "G=I-organization":
            found[-1] = (found[-1][0], i + 1, "ORG")
    return found


def settled(words: Sequence[str], marks: Iterable[Mark]) -> list[Mark]:
    """Marks without overlaps (the longer prevails), countries as places, and unmarked peoples marked GRP."""
    out: list[Mark] = []
    taken = [False] * len(words)
    for first, last, kind in sorted(set(marks), key=lambda m: (m[0] - m[1], m)):
        if not any(taken[first:last]):
            taken[first:last] = [True] * (last - first)
            parts = _coordinated_places(words, first, last)
            if parts:
                out += parts
                continue
            while kind == "PER" and last - first > 1 and is_title(words[first]) and words[first] not in word_list("given"):
                first += 1
            name = " ".join(words[first:last])
            if name in place_names():
                kind = "LOC"
            elif is_group(name):
                kind = "GRP"
            out.append((first, last, kind))
    out.extend((i, i + 1, "GRP") for i, word in enumerate(words) if not taken[i] and is_group(word))
    return sorted(out)


def completed(texts: list[Text]) -> list[Text]:
    """Texts of corpora that leave names inside other phrases unmarked, without the sentences where that cannot be mended.

    A proper noun outside every mark is looked up among the names marked elsewhere in the corpus, and among countries and regions;
    a sentence in which one remains is left out, because it would teach that such a word is no name.
    """
    known: dict[tuple[str, ...], Counter[str]] = {}
    for text in texts:
        for s in text:
            for first, last, kind in s.marks:
                known.setdefault(tuple(s.words[first:last]), Counter())[kind] += 1
    known.update((tuple(name.split()), Counter(LOC=1)) for name in place_names())
    kept = [[done for s in text if (done := _mended(s, known))] for text in texts]
    return [text for text in kept if text]


def _mended(s: Sentence, known: Mapping[tuple[str, ...], Counter[str]]) -> Sentence | None:
    covered = [False] * len(s.words)
    for first, last, _ in s.marks:
        covered[first:last] = [True] * (last - first)
    marks = list(s.marks)
    i = 0
    while i < len(s.words):
        if covered[i] or not s.words[i][0].isupper() or not s.tags[i].startswith("NNP"):
            i += 1
            continue
        end = next(
            (e for e in range(min(i + 6, len(s.words)), i, -1) if tuple(s.words[i:e]) in known and not any(covered[i:e])), i
        )
        if end > i:
            marks.append((i, end, known[tuple(s.words[i:end])].most_common(1)[0][0]))
            i = end
            continue
        if not is_title(s.words[i]) and s.words[i] not in word_list("months"):
            return None
        i += 1
    return Sentence(s.words, s.tags, sorted(marks))


def _conll(path: Path, kinds: dict[str, str]) -> Iterator[tuple[list[str], list[Mark]]]:
    """Sentences of a two-column file with IOB1 or IOB2 labels; kinds that are not in ``kinds`` are left out."""
    words: list[str] = []
    marks: list[Mark] = []
    previous = "O"
    for line in [*path.read_text(encoding="utf-8", errors="replace").splitlines(), ""]:
        cells = line.split()
        if len(cells) < 2:
            if words:
                yield words, [m for m in marks if m[2]]
            words, marks, previous = [], [], "O"
            continue
        label = cells[-1]
        prefix, _, kind = label.partition("-")
        kind = kinds.get(kind, "")
        if prefix == "I" and previous == kind and marks:
            marks[-1] = (marks[-1][0], len(words) + 1, kind)
        elif prefix in ("B", "I"):
            marks.append((len(words), len(words) + 1, kind))
        previous = kind if prefix != "O" else "O"
        words.append(cells[0])


def _texts(rows: Iterable[tuple[list[str], list[Mark]]], tagger: Tagger, *, phrases: bool) -> Text:
    """Sentences in the package's tokens, tagged; with ``phrases``, marks are noun phrases to be cut down to names."""
    cut = [retokenized(words, marks) for words, marks in rows]
    cut = [(words, marks) for words, marks in cut if words]
    tags = tagger([words for words, _ in cut])
    out = []
    for (words, marks), pos in zip(cut, tags, strict=True):
        names = (
            [n for n in (name_in_phrase(words, pos, m) for m in marks) if n] + listed_organizations(words) if phrases else marks
        )
        out.append(Sentence(words, pos, settled(words, names)))
    return out


def wikigold(folder: Path, tagger: Tagger) -> list[Text]:
    """Wikipedia text with CoNLL labels (Balasuriya et al. 2009, CC BY 4.0). Texts are cut every thirty sentences."""
    kinds = {"PER": "PER", "ORG": "ORG", "LOC": "LOC", "MISC": "MISC"}
    rows = [row for path in sorted(folder.glob("CONLL-format/data/*")) for row in _conll(path, kinds)]
    sentences = _texts(rows, tagger, phrases=False)
    return [sentences[i : i + 30] for i in range(0, len(sentences), 30)]


def broad_twitter(folder: Path, tagger: Tagger, sections: str = "efg") -> list[Text]:
    """Broad Twitter Corpus (Derczynski et al. 2016, CC BY 4.0), without user names and hash tags as names."""
    kinds = {"PER": "PER", "ORG": "ORG", "LOC": "LOC"}
    rows = [row for s in sections for row in _conll(folder / "CONLL-format" / "data" / f"{s}.conll", kinds)]
    plain = [(words, marks) for words, marks in rows if not any(w.startswith(("@", "#")) for w in words)]
    return [[sentence] for sentence in _texts(plain, tagger, phrases=False)]


def re3d(folder: Path, tagger: Tagger) -> list[Text]:
    """Reports on Syria and Iraq (Dstl re3d) without the BBC part, whose licence is non-commercial; marks are noun phrases."""
    kinds = {"Person": "PER", "Organisation": "ORG", "Location": "LOC"}
    out = []
    for path in sorted((folder / "CONLL-format" / "data-by-source" / "conll").glob("*/*.conll")):
        if "BBC" not in path.parent.name:
            rows = [(w, m) for w, m in _conll(path, kinds) if not any("\u0600" <= c <= "\u06ff" for c in "".join(w))]
            out.append(_texts(rows, tagger, phrases=True))
    return completed(out)


def meantime(folder: Path, tagger: Tagger) -> list[Text]:
    """Wikinews reports (MEANTIME, Minard et al. 2016, CC BY 4.0): the sentences with marked entities; marks are noun phrases."""
    kinds = {"PER": "PER", "ORG": "ORG", "LOC": "LOC", "PRO": "MISC", "FIN": "MISC"}
    out = []
    for path in sorted(folder.glob("**/*.xml")):
        root = ElementTree.parse(path).getroot()
        place: dict[str, tuple[int, int]] = {}
        sentences: dict[int, list[str]] = {}
        for token in root.iter("token"):
            words = sentences.setdefault(int(token.get("sentence", "0")), [])
            place[token.get("t_id", "")] = (int(token.get("sentence", "0")), len(words))
            words.append(token.text or "-")
        types = {e.get("m_id", ""): kinds.get(e.get("ent_type", ""), "") for e in root.iter("ENTITY")}
        kind_of = {
            s.get("m_id", ""): types.get(t.get("m_id", ""), "")
            for link in root.iter("REFERS_TO")
            for t in link.findall("target")
            for s in link.findall("source")
        }
        marks: dict[int, list[Mark]] = {}
        for mention in root.iter("ENTITY_MENTION"):
            anchors = [place[t.get("t_id", "")] for t in mention.iter("token_anchor")]
            if anchors:
                where = anchors[0][0]
                found = marks.setdefault(where, [])
                kind = kind_of.get(mention.get("m_id", ""), "")
                if kind:
                    found.append((anchors[0][1], anchors[-1][1] + 1, kind))
        out.append(_texts([(sentences[k], marks[k]) for k in sorted(marks)], tagger, phrases=True))
    return completed(out)


_BRACKET = re.compile(r"\((\d+)-(\w+)-[^()]*|(\d+)\)")
_GUM_KINDS = {"person": "PER", "organization": "ORG", "place": "LOC", "event": "MISC", "object": "MISC", "abstract": "MISC"}


def _gum_phrases(sentence: TreebankSentence) -> list[Mark]:
    open_: list[tuple[str, int, str]] = []
    out: list[Mark] = []
    for i, misc in enumerate(sentence.misc):
        cell = next((c[7:] for c in misc.split("|") if c.startswith("Entity=")), "")
        at = 0
        while m := _BRACKET.search(cell, at):
            at = m.end()
            if m.group(1):
                kind = _GUM_KINDS.get(m.group(2), "")
                if cell[at : at + 1] == ")":
                    out.append((i, i + 1, kind))
                    at += 1
                else:
                    open_.append((m.group(1), i, kind))
            else:
                k = next((k for k in range(len(open_) - 1, -1, -1) if open_[k][0] == m.group(3)), None)
                if k is not None:
                    _, first, kind = open_.pop(k)
                    out.append((first, i + 1, kind))
    return out


def gum(path: Path, tagger: Tagger) -> list[Text]:
    """Free genres of GUM (Zeldes 2017, CC BY 4.0 annotations): nested noun phrases, cut down to the proper names in them."""
    texts: dict[str, Text] = {}
    sentences = list(read_treebank(path, FREE_GUM_GENRES))
    tags = tagger([list(s.words) for s in sentences])
    for s, pos in zip(sentences, tags, strict=True):
        found = [name_in_phrase(s.words, s.tags, m) for m in _gum_phrases(s) if m[2]]
        words = list(s.words)
        texts.setdefault(s.document, []).append(
            Sentence(words, pos, settled(words, [m for m in found if m] + listed_organizations(words)))
        )
    return completed(list(texts.values()))


def uner(path: Path, tagger: Tagger) -> list[Text]:
    """Universal NER on UD English EWT (Mayhew et al. 2024, CC BY-SA 4.0): gold names on the treebank's own tokens."""
    rows: list[tuple[list[str], list[Mark]]] = []
    names: list[str] = []
    words: list[str] = []
    marks: list[Mark] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        cells = line.split("\t")
        if len(cells) > 2 and cells[0].isdigit():
            prefix, _, kind = cells[2].partition("-")
            if prefix == "I" and marks:
                marks[-1] = (marks[-1][0], len(words) + 1, marks[-1][2])
            elif prefix != "O":
                marks.append((len(words), len(words) + 1, kind))
            words.append(cells[1])
        elif line.startswith("# sent_id ="):
            names.append(line.split("=", 1)[1].strip().rsplit("-", 1)[0])
        elif not line and words:
            rows.append((words, marks))
            words, marks = [], []
    texts: dict[str, Text] = {}
    for name, sentence in zip(names, _texts(rows, tagger, phrases=False), strict=True):
        texts.setdefault(name, []).append(sentence)
    return list(texts.values())
