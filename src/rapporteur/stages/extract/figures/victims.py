"""Those to whom something happened, found from the words that say so, whether a number stands with them or not.

A state word (killed, died, dead, wounded, shot ...) is looked up among the tokens; its patients are read from the tree: object,
passive subject, subject of "died" or "was pronounced dead", the noun of a relative clause, all that is coordinated with them.
"""

from __future__ import annotations

from typing import NamedTuple, cast

from rapporteur.language.base import Parsed
from rapporteur.model.claims import State
from rapporteur.stages.extract.figures import lexicon as lex

NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS"))
_TOLD = ("killed", "wounded", "captured", "missing")
_VERBAL = frozenset(lex.TRANSITIVE) | frozenset(lex.INTRANSITIVE)
_OF_NOUNS = frozenset(("death", "killing", "murder", "slaying"))
_VAGUE_FORMS = frozenset("lost arrested seized snatched hanging execute capture captures hurts burned hurting".split())
TRIGGERS = (
    {
        form: state
        for table in (lex.TRANSITIVE, lex.INTRANSITIVE, lex.ADJECTIVES)
        for form, state in table.items()
        if state in _TOLD and form not in _VAGUE_FORMS
    }
    | dict.fromkeys(_OF_NOUNS, "killed")
    | dict.fromkeys(("life", "lives"), "killed")
    | {"shooting": "wounded", "stabbing": "wounded"}
    | dict.fromkeys(lex.HITS, "wounded")
    | {"passed": "killed"}
    | lex.HARM
)
_FORMS = frozenset(TRIGGERS) | frozenset(w.capitalize() for w in TRIGGERS)
_RELATIVE = frozenset(("who", "that", "which", "whom"))
_SUBJECTS = ("nsubj:pass", "nsubj")
_CLAUSES = frozenset(("xcomp", "advcl", "obl", "conj", "ccomp", "parataxis", "nmod"))
_SHOOTINGS = frozenset(("shooting", "stabbing"))
_VERB_LIKE = frozenset(("xcomp", "acl", "conj", "root"))
_MAX_GROUP = 40
_LEFT_BEFORE = 8


class Victim(NamedTuple):
    """One person or group to whom something happened: its noun, the state, the word that says so."""

    head: int
    state: State
    trigger: int


def victims(p: Parsed) -> list[list[Victim]]:
    """Victims per state word, in text order."""
    out = []
    for i, word in enumerate(p.words):
        if word in _FORMS and not _unreal(p, i):
            state = TRIGGERS[word.lower()]
            if state == "wounded" and fatal(p, i):
                state = "killed"
            heads = _coordinated(p, _patients(p, i), i)
            if word.lower() in lex.HITS:
                heads = [h for h in heads if p.words[h].lower() in lex.HUMANS_ALL]
            if heads:
                out.append([Victim(h, cast(State, state), i) for h in heads])
    return out


def fatal(p: Parsed, i: int) -> bool:
    """Whether the deed told by the verb at ``i`` is said to have killed: "fatally shot", "shot and killed", "shot dead"."""
    near = {w.lower() for w in p.words[max(0, i - 2) : i + 2]}
    if near & lex.FATALLY or (p.words[i].lower() in ("shooting", "stabbing") and near & {"fatal", "deadly", "death"}):
        return True
    after = [w.lower() for w in p.words[i + 1 : i + 4]]
    return after[:2] in (["and", "killed"], ["to", "death"]) or after[:1] == ["dead"]


def _unreal(p: Parsed, i: int) -> bool:
    """Whether the state is denied, threatened or only possible."""
    a = p.sentences[p.sentence_at[i]][0]
    for k in range(max(a, i - 4), i):
        low = p.words[k].lower()
        if low in lex.UNREAL:
            return True
        if low == "to" and k == i - 1:
            return p.words[max(a, i - 2)].lower() not in ("left", "has", "had", "come", "believed", "feared", "thought")
    return False


def _patients(p: Parsed, i: int) -> list[int]:
    """Tokens of those whom the state word at ``i`` befalls."""
    low, tag = p.words[i].lower(), p.tags[i]
    if low == "passed":
        return _subject(p, i) if p.words[i + 1 : i + 2] == ["away"] else []
    beside = _beside(p, i, low)
    if beside is not None:
        return [beside]
    if low in lex.HARM and tag.startswith("N"):
        return _harmed(p, i)
    if (low in _OF_NOUNS and tag.startswith("N")) or (low in _SHOOTINGS and tag == "NN"):
        return _of_whom(p, i)
    if low in ("life", "lives"):
        return _of_whom(p, i) if p.words[p.heads[i]].lower() in lex.CLAIMED else []
    if low in _VERBAL and not (tag.startswith("V") or tag == "JJ" or p.deps[i] in _VERB_LIKE):
        return []
    return _of_verb(p, i)


def _of_verb(p: Parsed, i: int) -> list[int]:
    """The object, passive subject, relative's noun or subject of the verb or adjective at ``i``."""
    low, tag = p.words[i].lower(), p.tags[i]
    deps = {p.deps[c]: c for c in reversed(p.children[i])}
    obj = deps.get("obj")
    if obj is not None and p.words[obj].lower() in lex.WEEKDAYS:
        obj = None
    if obj is not None and low in lex.TRANSITIVE and tag.startswith("V") and "nsubj:pass" not in deps:
        return [*_subject(p, i), obj][:1] if p.words[obj].lower() in lex.REFLEXIVES else [obj]
    if "nsubj:pass" in deps:
        return _antecedent(p, deps["nsubj:pass"], i)
    if low in lex.TRANSITIVE and tag in ("VBG", "VB", "VBZ", "VBP"):
        return []
    if tag in ("VBN", "VBD", "JJ") and p.deps[i] in ("acl", "acl:relcl") and not deps.keys() & {"nsubj", "obj"}:
        return [p.heads[i]]
    return _subject(p, i)


def _beside(p: Parsed, i: int, low: str) -> int | None:
    """Where the words alone tell: "left a teenager dead", "a man shot and killed in ..."."""
    if i == 0 or p.tags[i - 1] not in ("NN", "NNS") or p.words[i - 1].lower() not in lex.HUMANS_ALL:
        return None
    if low in ("dead", "wounded", "injured"):
        a = max(p.sentences[p.sentence_at[i]][0], i - _LEFT_BEFORE)
        return i - 1 if any(p.words[k].lower() in lex.LEAVE for k in range(a, i)) else None
    return i - 1 if low == "shot" and p.tags[i] == "NN" and fatal(p, i) else None


def _of_whom(p: Parsed, i: int) -> list[int]:
    """ "the death of a guard", "the guard's murder"; along the line where the tree has lost it."""
    for c in p.children[i]:
        if p.deps[c] == "nmod:poss" or (p.deps[c] == "nmod" and any(p.words[k].lower() == "of" for k in p.children[c])):
            return [c]
    b = p.sentences[p.sentence_at[i]][1]
    if i + 2 >= b or p.words[i + 1] != "of":
        return []
    j = i + 2
    while j < min(b, i + _LEFT_BEFORE) and (p.tags[j] in ("DT", "CD", "HYPH", "JJ", "PRP$") or p.words[j] == "year"):
        j += 1
    return [j] if j < b and (p.tags[j] == "NNP" or p.words[j].lower() in lex.HUMANS) else []


def _harmed(p: Parsed, i: int) -> list[int]:
    """Those hurt, from a noun: "suffered a gunshot wound", "with injuries", "in critical condition", "hit by a stray bullet"."""
    token, noun = i, p.words[i].lower()
    if noun == "condition":
        if p.words[i - 1].lower() not in lex.CONDITIONS:
            return []
        for c in p.children[i]:
            if p.deps[c] == "nsubj":
                return _antecedent(p, c, i)
    for _ in range(3):
        head, dep = p.heads[token], p.deps[token]
        if head == token:
            return []
        low = p.words[head].lower()
        if p.tags[head].startswith("V"):
            passive = any(p.deps[c] in ("aux:pass", "nsubj:pass") for c in p.children[head]) or p.tags[head] == "VBN"
            if noun == "condition":
                fitting = dep in ("obl", "xcomp", "nmod")
            elif noun in ("bullet", "bullets", "gunfire", "shots", "shrapnel", "shot"):
                fitting = dep in ("obl", "nmod") and passive and low in lex.STRUCK
            else:
                fitting = (dep in ("obj", "nsubj:pass") and low in lex.SUFFERED) or (
                    dep in ("obl", "nmod") and passive and low in lex.TREATED
                )
            if not fitting or any(p.words[c].lower() in lex.UNREAL for c in p.children[head]):
                return []
            if p.tags[head] == "VBN" and p.deps[head] in ("acl", "acl:relcl"):
                return [p.heads[head]]
            return _subject(p, head)
        if dep == "nmod" and p.tags[head] in NOUNS and any(p.words[k].lower() == "with" for k in p.children[token]):
            return [head]
        token = head
    return []


def _subject(p: Parsed, i: int) -> list[int]:
    """The subject of the clause of ``i``: its own, or that of the verb it completes or is joined to."""
    token = i
    for _ in range(4):
        for dep in _SUBJECTS:
            for c in p.children[token]:
                if p.deps[c] == dep and not (token == i and c > i):
                    return _antecedent(p, c, token)
        head = p.heads[token]
        if token != i or p.deps[i] in ("xcomp", "obl", "conj", "advcl"):
            for c in p.children[token if token != i else head]:
                if (
                    p.deps[c] == "obj"
                    and c != i
                    and (token if token != i else head) < c
                    and p.words[token if token != i else head].lower() in lex.LEAVE
                ):
                    return [c]
        if p.deps[token] in ("acl", "acl:relcl") and p.tags[head] in NOUNS | {"PRP", "CD"}:
            return [head]
        if head == token or p.deps[token] not in _CLAUSES:
            return []
        token = head
    return []


def _antecedent(p: Parsed, subject: int, verb: int) -> list[int]:
    """The subject, or for a relative pronoun the noun it stands for."""
    if p.words[subject].lower() in _RELATIVE:
        return [p.heads[verb]] if p.deps[verb].startswith("acl") and p.heads[verb] != verb else []
    return [subject]


def _coordinated(p: Parsed, heads: list[int], trigger: int) -> list[int]:
    """The heads with all that "and" joins to them; a mere list with commas may be an apposition."""
    out = list(heads)
    for h in out:
        if len(out) > _MAX_GROUP:
            break
        joined = [c for c in p.children[h] if p.deps[c] == "conj" and p.tags[c] in NOUNS | {"PRP", "JJ"}]
        if joined and any(p.deps[k] == "cc" and p.words[k].lower() in ("and", "&") for c in joined for k in p.children[c]):
            out.extend(c for c in joined if c not in out and c != trigger and not _one_person(p, h, c))
    return out


def _one_person(p: Parsed, office: int, other: int) -> bool:
    """Whether two joined nouns are the offices of one who is named after them ("journalist and deputy Ilse Tarn")."""
    if p.tags[office] != "NN" or any(p.deps[c] in ("det", "nummod", "nmod:poss") for n in (office, other) for c in p.children[n]):
        return False
    return any(p.deps[c] == "flat" and p.tags[c] == "NNP" for c in p.children[other])
