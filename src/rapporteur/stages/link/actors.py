"""Actors across reports: which report's "Austin" is which.

Persons meet on names whose words agree in order (initials and transliterations allowed), never on a surname alone across
different first names: a bare surname joins a full name only when exactly one person of the record bears it. Organisations,
places and groups meet on their folded name, countries on any of their names. A person's judgement (same, different) is an
edge that comes first: "different" keeps two apart whatever the names say.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from msgspec.structs import replace

from rapporteur.language.gazetteer import country_of
from rapporteur.model.judgement import Judgement
from rapporteur.model.lineage import ActorCluster
from rapporteur.model.reading import Reading
from rapporteur.stages.link.roles import described_by

_WORD = re.compile(r"[^\W\d_]+")
_ARTICLES = frozenset(
    "al el ul ad ed as es ash esh an en ar er at et az ez bin ibn ben bint abu abou von van de del della da la le".split()
)
_SPELLINGS = (
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("ei", "i"),
    ("ai", "i"),
    ("ay", "i"),
    ("ph", "f"),
    ("kh", "h"),
    ("q", "k"),
    ("g", "k"),
)
_TITLES = frozenset(
    "mr mrs ms dr sir lord lady sheikh sheik shaikh hajj haji sayyid ayatollah imam king queen prince president".split()
)


_ARABIC = re.compile(r"\b(?:al|el|ul|ad|as|ash|bin|ibn|abu|abdel|abdul)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LocalActor:
    """One actor of one report: the id its mentions share, and what it is called there."""

    ident: str
    kind: str
    name: str
    variants: frozenset[str]
    roles: frozenset[str]


def find_actors(readings: Sequence[Reading], judgements: Iterable[Judgement] = ()) -> tuple[ActorCluster, ...]:
    """Clusters of the actors of all readings, sorted by id. Of several judgements on one pair of actors the last one holds."""
    clusters = brought_together([a for r in readings for a in actors_of(r)], judgements)
    found = tuple(sorted((_cluster(c) for c in clusters), key=lambda c: c.id))
    meant: dict[str, list[str]] = defaultdict(list)
    for statement, actor in described_by(readings, found).items():
        meant[actor].append(statement)
    return tuple(replace(c, described=tuple(sorted(meant[c.id]))) if c.id in meant else c for c in found)


def brought_together(actors: Iterable[LocalActor], judgements: Iterable[Judgement] = ()) -> list[list[LocalActor]]:
    """``actors`` of any reports, each group one person, body or place. Of several judgements on one pair the last one holds."""
    local = sorted(actors, key=lambda a: a.ident)
    decided = {
        frozenset(j.subjects): j.verb for j in judgements if j.verb in ("same", "different", "unsure") and len(j.subjects) == 2
    }
    forbidden = {pair for pair, verb in decided.items() if verb == "different"}
    persons = [a for a in local if a.kind == "person"]
    others = [a for a in local if a.kind != "person"]
    clusters = _by_name(others, forbidden) + _persons(persons, forbidden)
    for pair in sorted(tuple(sorted(p)) for p, verb in decided.items() if verb == "same"):
        clusters = _joined(clusters, pair)
    return clusters


def _joined(clusters: list[list[LocalActor]], pair: tuple[str, ...]) -> list[list[LocalActor]]:
    """The clusters with those of the two actors made one."""
    touched = [c for c in clusters if any(a.ident in pair for a in c)]
    rest = [c for c in clusters if not any(a.ident in pair for a in c)]
    return [*rest, [a for c in touched for a in c]] if touched else rest


def actors_of(reading: Reading) -> list[LocalActor]:
    """The actors of one report."""
    names: dict[str, list[tuple[str, str, str | None, str]]] = defaultdict(list)
    for m in reading.mentions:
        if m.actor:
            names[m.actor].append((m.kind, m.name or m.span.exact, m.role, m.span.exact))
    out = []
    for ident, rows in names.items():
        kind = Counter(k for k, *_ in rows).most_common(1)[0][0]
        name = max((n for _, n, *_ in rows), key=lambda n: (len(n), n))
        out.append(LocalActor(ident, kind, name, frozenset(e for *_, e in rows), frozenset(r for _, _, r, _ in rows if r)))
    return out


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """One spelling for the transliterations of one name word: no accents, no doubled letters, common vowel spellings."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
    for written, common in _SPELLINGS:
        plain = plain.replace(written, common)
    plain = re.sub(r"(.)\1", r"\1", plain)
    return plain.replace("o", "u").replace("e", "i") if len(plain) > 3 else plain


@lru_cache(maxsize=100_000)
def name_words(name: str) -> tuple[str, ...]:
    """Folded words of a personal name, without titles and articles ("Mohammed Shia-al-Sudani" and "Shia al-Sudani" end alike)."""
    words = [w for w in _WORD.findall(name) if w.casefold() not in _TITLES]
    if any(not w.isupper() for w in words):  # "ADDS Annan": a slug's word beside a name
        words = [w for i, w in enumerate(words) if i or len(w) < 3 or not w.isupper()]
    kept = [fold(w) for w in words if w.casefold() not in _ARTICLES or (w[:1].isupper() and len(words) == 1)]
    return tuple(kept or [fold(w) for w in words])


def _skeleton(word: str) -> str:
    """First letter and consonants: all that two transliterations from Arabic script are sure to share."""
    return word[:1] + re.sub(r"[aeiuyw]", "", word[1:])


def _one_word(a: str, b: str, *, arabic: bool) -> bool:
    return a == b or (arabic and len(a) > 3 < len(b) and _skeleton(a) == _skeleton(b))


def same_person(a: tuple[str, ...], b: tuple[str, ...], *, arabic: bool = False) -> bool:
    """Whether two full names (two words or more, folded) may be one person's: the last words agree, and the shorter name's other
    words stand in the longer one in order, an initial standing for any word that begins with it. ``arabic``: both names have an
    Arabic article, and short vowels are written as one hears them ("Omar al-Beshir", "Omer al-Bashir")."""
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if len(short) < 2 or not _one_word(short[-1], long[-1], arabic=arabic):
        return False
    at = 0
    for word in short[:-1]:
        while at < len(long) - 1 and not (
            _one_word(long[at], word, arabic=arabic)
            or (len(word) == 1 and long[at].startswith(word))
            or (len(long[at]) == 1 and word.startswith(long[at]))
        ):
            at += 1
        if at >= len(long) - 1:
            return False
        at += 1
    return True


@dataclass(frozen=True, slots=True)
class Bearer:
    """One person under a full name: its folded words, whether it has an Arabic article, and the actors met so far."""

    words: tuple[str, ...]
    arabic: bool
    actors: list[LocalActor]


def _persons(actors: Sequence[LocalActor], forbidden: set[frozenset[str]]) -> list[list[LocalActor]]:
    full: dict[str, list[Bearer]] = defaultdict(list)
    bare: dict[str, list[LocalActor]] = defaultdict(list)
    for actor in sorted(actors, key=lambda a: (-len(name_words(a.name)), a.ident)):
        words = name_words(actor.name)
        if len(words) < 2:
            bare[words[0] if words else actor.name.casefold()].append(actor)
            continue
        arabic = bool(_ARABIC.search(actor.name))
        key = _skeleton(words[-1])
        alike = (b for b in full[key] if same_person(words, b.words, arabic=arabic and b.arabic))
        home = next((b for b in alike if not _kept_apart(actor, b.actors, forbidden)), None)
        if home is None:
            full[key].append(Bearer(words, arabic, [actor]))
        else:
            home.actors.append(actor)
    out = [b.actors for bearers in full.values() for b in bearers]
    for surname, alone in bare.items():
        bearers = [b for b in full.get(_skeleton(surname), []) if _one_word(b.words[-1], surname, arabic=b.arabic)]
        if len(bearers) == 1 and not any(_kept_apart(a, bearers[0].actors, forbidden) for a in alone):
            bearers[0].actors.extend(alone)
        elif not bearers:
            out += _split(alone, forbidden)
        else:
            out += [[a] for a in alone]
    return out


def _by_name(actors: Sequence[LocalActor], forbidden: set[frozenset[str]]) -> list[list[LocalActor]]:
    groups: dict[str, list[LocalActor]] = defaultdict(list)
    named = {a: _folded_name(a) for a in actors}
    long = _initials(actors, named.values())
    for actor in actors:
        groups[long.get((actor.kind, actor.name), named[actor])].append(actor)
    return [part for g in groups.values() for part in _split(g, forbidden)]


def _initials(actors: Iterable[LocalActor], names: Iterable[str]) -> dict[tuple[str, str], str]:
    """Abbreviations of organisations to the one full name of the record that begins with their letters ("IAEA", "UN")."""
    full: dict[str, set[str]] = defaultdict(set)
    for name in names:
        words = name.split()
        if len(words) > 1 and ":" not in name:
            full["".join(w[0] for w in words).upper()].add(name)
    short = {(a.kind, a.name) for a in actors if a.kind == "organization" and a.name.replace(".", "").isupper()}
    held = {key: full.get(key[1].replace(".", ""), set()) for key in short}
    return {key: next(iter(names)) for key, names in held.items() if len(names) == 1}


def _folded_name(actor: LocalActor) -> str:
    country = country_of(actor.name)
    if country and actor.kind in ("place", "organization"):
        return "country:" + country
    words = [w.casefold() for w in _WORD.findall(actor.name)]
    return ("group:" if actor.kind == "group" else "") + " ".join(w for w in words if w not in ("the", "of", "and", "for"))


def _split(actors: Sequence[LocalActor], forbidden: set[frozenset[str]]) -> list[list[LocalActor]]:
    groups: list[list[LocalActor]] = []
    for actor in actors:
        home = next((g for g in groups if not _kept_apart(actor, g, forbidden)), None)
        if home is None:
            groups.append([actor])
        else:
            home.append(actor)
    return groups


def _kept_apart(actor: LocalActor, members: Iterable[LocalActor], forbidden: set[frozenset[str]]) -> bool:
    return bool(forbidden) and any(frozenset((actor.ident, m.ident)) in forbidden for m in members)


def _cluster(members: Sequence[LocalActor]) -> ActorCluster:
    names = Counter(m.name for m in members)
    name = max(names, key=lambda n: (len(name_words(n)), names[n], n))
    kind = Counter(m.kind for m in members).most_common(1)[0][0]
    idents = tuple(sorted(m.ident for m in members))
    return ActorCluster(
        id="actor-" + hashlib.sha256(idents[0].encode()).hexdigest()[:10],
        name=name,
        kind=kind,
        members=idents,
        variants=tuple(sorted({v for m in members for v in (m.name, *m.variants)})),
    )
