"""Casualties told without a number word, and figures derived from what is stated.

"A politician was killed" states one. "Two journalists and a politician were killed" states two and one, and implies three: the
sum is a derived figure. A report that names its victims and never counts them yields one derived figure per state.
"""

from __future__ import annotations

from typing import NamedTuple

from rapporteur.language.base import Parsed
from rapporteur.model.claims import Bound, State
from rapporteur.stages.extract.figures import lexicon as lex
from rapporteur.stages.extract.figures import phrases, states
from rapporteur.stages.extract.figures.counted import is_person
from rapporteur.stages.extract.figures.reader import Found, Reader

_TOLD: tuple[State, ...] = ("killed", "wounded", "captured", "missing")
_NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS"))
_PRONOUNS = frozenset(("he", "she", "him", "her", "himself", "herself"))
_TRIGGERS = {
    form: state
    for table in (lex.TRANSITIVE, lex.INTRANSITIVE, lex.ADJECTIVES)
    for form, state in table.items()
    if state in _TOLD and form not in ("lost", "arrested", "seized", "snatched", "hanging", "execute", "capture", "captures")
} | {"death": "killed", "killing": "killed", "murder": "killed", "slaying": "killed", "fatally": "killed"}
_FORMS = frozenset(_TRIGGERS) | frozenset(w.capitalize() for w in _TRIGGERS)
_OF_NOUNS = frozenset(("death", "killing", "murder", "slaying"))
_UNSURE = frozenset(
    "if could would may might should must can not n't n’t never no threatened threatening want wanted tried trying attempt attempted".split()
)


class Victim(NamedTuple):
    """One person or group to whom something happened: its noun, the state, the word that says so."""

    head: int
    state: State
    trigger: int


def derive(reader: Reader, stated: list[Found]) -> list[Found]:
    """Figures without a number word: persons counted by an article, sums, remainders, and persons named."""
    p = reader.p
    by_trigger = _victims(p)
    if not by_trigger:
        return []
    out: list[Found] = []
    heads = {f.head: f for f in stated}
    seen: set[int] = set()
    victims: list[Victim] = []
    for group in by_trigger:
        victims.extend(group)
        for v in group:
            if v.head not in heads and v.head not in seen:
                found = _by_article(reader, v)
                if found:
                    seen.add(v.head)
                    heads[v.head] = found
                    out.append(found)
        total = _sum(p, group, heads)
        if total and not any(f.first == total.first and f.last == total.last for f in out):
            out.append(total)
    out.extend(_remainders(p, stated))
    out.extend(_persons(p, victims, [*stated, *out]))
    return out


def _victims(p: Parsed) -> list[list[Victim]]:
    """Victims per state word, in text order."""
    out = []
    for i, word in enumerate(p.words):
        if word in _FORMS:
            state = _TRIGGERS[word.lower()]
            if state == "wounded" and (states.phrase_at(p, i) == "killed" or _fatal_verb(p, i)):
                state = "killed"
            heads = [] if _unreal(p, i) else _patients(p, i)
            if heads:
                out.append([Victim(h, state, i) for h in _coordinated(p, heads)])  # type: ignore[arg-type]  # values of a table of states
    return out


def _fatal_verb(p: Parsed, i: int) -> bool:
    near = {w.lower() for w in p.words[max(0, i - 2) : i + 2]}
    if near & {"fatally", "mortally"}:
        return True
    after = [w.lower() for w in p.words[i + 1 : i + 4]]
    return after[:2] in (["and", "killed"], ["to", "death"]) or after[:1] == ["dead"]


def _unreal(p: Parsed, i: int) -> bool:
    """Whether the state is denied, feared for the future or only possible."""
    a = p.sentences[p.sentence_at[i]][0]
    for k in range(max(a, i - 4), i):
        low = p.words[k].lower()
        if low in _UNSURE and not (low in ("can", "no") and k < i - 1):
            return True
        if low == "to" and k == i - 1:
            return p.words[max(a, i - 2)].lower() not in ("left", "has", "had", "come")
    return False


def _patients(p: Parsed, i: int) -> list[int]:
    """Tokens of those whom the state word at ``i`` befalls."""
    low = p.words[i].lower()
    children = p.children[i]
    deps = {p.deps[c]: c for c in reversed(children)}
    if low in _OF_NOUNS and p.tags[i] == "NN":
        return [
            c
            for c in children
            if p.deps[c] in ("nmod", "nmod:poss")
            and (p.deps[c] == "nmod:poss" or p.words[p.children[c][0] if p.children[c] else c].lower() == "of")
        ][:1]
    if low == "fatally":
        return []
    if "nsubj:pass" in deps:
        return _antecedent(p, deps["nsubj:pass"], i)
    if low in lex.INTRANSITIVE or (low in lex.ADJECTIVES and low not in lex.TRANSITIVE):
        return _of_subject(p, i, deps)
    if p.tags[i] == "VBN" and p.deps[i] in ("acl", "acl:relcl") and "obj" not in deps and "nsubj" not in deps:
        return [p.heads[i]]
    if p.tags[i] in ("VBN", "VBD") and p.deps[i] == "conj" and "obj" not in deps and "nsubj" not in deps:
        first = p.heads[i]
        return _patients(p, first) if p.words[first].lower() != low and p.deps[first] != "conj" else []
    if "obj" in deps:
        return [deps["obj"]]
    if p.tags[i] in ("VBN", "VBD", "JJ"):
        return _of_subject(p, i, deps)
    return []


def _of_subject(p: Parsed, i: int, deps: dict[str, int]) -> list[int]:
    if "nsubj" in deps:
        return _antecedent(p, deps["nsubj"], i)
    if "nsubj:pass" in deps:
        return _antecedent(p, deps["nsubj:pass"], i)
    head = p.heads[i]
    if head == i:
        return []
    if p.deps[i] in ("xcomp", "advcl", "obl", "conj", "ccomp"):
        for dep in ("obj", "nsubj:pass", "nsubj"):
            for c in p.children[head]:
                if p.deps[c] == dep and c < len(p.words) and c != i:
                    return _antecedent(p, c, head)
        return []
    if p.deps[i] == "acl:relcl" or p.deps[i] == "acl":
        return [head]
    return []


def _antecedent(p: Parsed, subject: int, verb: int) -> list[int]:
    """The subject, or for a relative pronoun the noun it stands for."""
    if p.words[subject].lower() in ("who", "that", "which", "whom"):
        return [p.heads[verb]] if p.deps[verb].startswith("acl") and p.heads[verb] != verb else []
    return [subject]


def _coordinated(p: Parsed, heads: list[int]) -> list[int]:
    """The heads with all that are joined to them by "and" or commas."""
    out = list(heads)
    for h in out:
        if len(out) > 40:
            break
        out.extend(c for c in p.children[h] if p.deps[c] == "conj" and p.tags[c] in _NOUNS | {"CD", "PRP", "JJ"} and c not in out)
    return out


def _by_article(reader: Reader, v: Victim) -> Found | None:
    """ "a politician", "an off-duty officer": one, its number words being the article."""
    p = reader.p
    if p.tags[v.head] not in ("NN", "JJ", "NNP", "CD"):
        return None
    low = p.words[v.head].lower()
    if not (is_person(low) or low in ("old", "someone", "somebody")):
        return None
    article = next((c for c in p.children[v.head] if p.deps[c] == "det" and p.words[c].lower() in ("a", "an")), None)
    if article is None or article > v.head:
        article = _article_near(p, v.head)
        if article is None:
            return None
    counted = "person" if low in ("old", "someone", "somebody") else phrases.singular(p, v.head, v.head + 1)
    whose = reader.context.whose(article + 1, v.head)
    return Found(article, v.head + 1, (article, article + 1), 1.0, 1.0, "exact", None, counted, v.state, whose, None, v.head)


def _article_near(p: Parsed, head: int) -> int | None:
    for k in range(head - 1, max(p.sentences[p.sentence_at[head]][0] - 1, head - 9), -1):
        if p.words[k].lower() in ("a", "an"):
            return k
        if p.tags[k] in ("IN", "VBD", ",", "CC", "VBZ"):
            return None
    return None


def _sum(p: Parsed, group: list[Victim], heads: dict[int, Found]) -> Found | None:
    """The sum of a coordination of one state, where each part is a figure, a name or one person."""
    if len(group) < 2:
        return None
    low = high = 0.0
    bounds: set[Bound] = set()
    first, last = len(p.words), 0
    counted: set[str] = set()
    for v in group:
        f = heads.get(v.head)
        if f:
            if f.unit:
                return None
            low, high, first, last = low + f.low, high + f.high, min(first, f.first), max(last, f.last)
            bounds.add(f.bound)
            counted.add(f.counted or "person")
        elif _one_person(p, v.head):
            a, b = _name_span(p, v.head)
            low, high, first, last = low + 1, high + 1, min(first, a), max(last, b)
            counted.add("person")
        else:
            return None
    bounds.discard("exact")
    bound: Bound = "exact" if not bounds else bounds.pop() if len(bounds) == 1 else "range" if low != high else "about"
    what = counted.pop() if len(counted) == 1 else "person"
    return Found(first, last, (first, last), low, high, bound, None, what, group[0].state, None, "sum")


def _one_person(p: Parsed, head: int) -> bool:
    """Whether a noun names or describes one person: "Rafik Hariri", "his wife", "the driver"."""
    if p.tags[head] == "NNP":
        return p.words[head][0].isupper() and (head == 0 or True) and _looks_personal(p, head)
    return p.tags[head] == "NN" and is_person(p.words[head])


def _looks_personal(p: Parsed, head: int) -> bool:
    for n in p.names:
        if n.first <= head < n.last:
            return n.kind == "person"
    return head > 0 and p.tags[head - 1] == "NNP"


def _name_span(p: Parsed, head: int) -> tuple[int, int]:
    first = head
    while (
        first > 0
        and p.tags[first - 1] in ("NNP", "JJ", "DT", "PRP$", "NN")
        and p.sentence_at[first - 1] == p.sentence_at[head]
        and head - first < 8
    ):
        first -= 1
    last = head + 1
    while last < len(p.words) and p.tags[last] == "NNP" and p.heads[last] == head:
        last += 1
    return first, last


def _remainders(p: Parsed, stated: list[Found]) -> list[Found]:
    """ "Three people were shot, one fatally": two are left wounded."""
    out = []
    for total, dead in zip(stated, stated[1:], strict=False):
        if (total.state, dead.state) != ("wounded", "killed") or p.sentence_at[total.first] != p.sentence_at[dead.first]:
            continue
        words = {w.lower() for w in p.words[total.first : min(len(p.words), dead.last + 6)]}
        if (
            words & {"shot", "stabbed", "hit", "struck", "attacked"}
            and words & {"fatally", "died", "dead", "killed", "killing"}
            and total.low == total.high
            and dead.low < total.low
        ):
            if dead.last - total.last > 25 or "wounded" in words or "injured" in words:
                continue
            left = total.low - dead.low
            out.append(
                Found(
                    total.first,
                    dead.last,
                    (total.first, dead.last),
                    left,
                    left,
                    total.bound,
                    None,
                    total.counted,
                    "wounded",
                    None,
                    "remainder",
                )
            )
    return out


def _persons(p: Parsed, victims: list[Victim], known: list[Found]) -> list[Found]:
    """The number of different victims a report names or describes, per state for which it states no number itself."""
    out = []
    dead: set[str] = set()
    for state in ("killed", "wounded"):
        names: dict[str, Victim] = {}
        described: list[Victim] = []
        for v in victims:
            if v.state != state:
                continue
            if p.tags[v.head] == "NNP" and _looks_personal(p, v.head):
                a, b = _name_span(p, v.head)
                name = " ".join(w for w, t in zip(p.words[a:b], p.tags[a:b], strict=True) if t == "NNP")
                if name and not _known_name(name, names) and not _known_name(name, dict.fromkeys(dead)):
                    names = {n: w for n, w in names.items() if not _same_name(n, name)} | {name: v}
            elif p.words[v.head].lower() in _PRONOUNS or (p.tags[v.head] == "NN" and is_person(p.words[v.head])):
                described.append(v)
        if state == "killed":
            dead = set(names)
        if any(f.state == state and f.derived is None for f in known) and not len(names) > max(
            (f.high for f in known if f.state == state), default=0
        ):
            continue
        group = list(names.values()) or described[:1]
        if state == "wounded" and not names and dead and described and p.words[described[0].head].lower() in _PRONOUNS:
            continue
        if not group:
            continue
        n = float(max(len(names), 1))
        first, last = min(v.head for v in group), max(v.head for v in group) + 1
        out.append(Found(first, last, (first, last), n, n, "exact", None, "person", state, None, "persons"))  # type: ignore[arg-type]  # one of State
    return out


def _known_name(name: str, names: dict[str, Victim] | dict[str, None]) -> bool:
    words = set(name.split())
    return any(words <= set(n.split()) for n in names)


def _same_name(a: str, b: str) -> bool:
    return set(a.split()) <= set(b.split())
