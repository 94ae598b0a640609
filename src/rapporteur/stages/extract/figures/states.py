"""What befell or is done with those counted: killed, wounded, captured, missing, displaced, deployed.

First the words beside the phrase are read (a state verb directly before, or after it with only auxiliaries, adverbs and
"feared", "believed" between), then the tree: object or passive subject, complement, relative clause, coordination.
"""

from __future__ import annotations

from typing import cast

from rapporteur.language.base import Parsed
from rapporteur.model.claims import State
from rapporteur.stages.extract.figures import lexicon as lex

_MAX_LINKS = 9
_PASSIVE = frozenset(("nsubj:pass", "csubj:pass"))
_AMOUNTS = frozenset("total number minimum maximum excess upwards estimate up many".split())
_PRESENCE = frozenset(
    "comprise comprising comprises comprised include including consist consists consisting number numbering numbers made".split()
)
_LIVES = frozenset(("lives", "life"))
_FATALLY = frozenset(("fatally", "mortally"))
_NOT = frozenset(("not", "n't", "n’t", "never", "no", "nobody", "without"))
_BE = frozenset(("was", "were", "been", "be", "being", "are", "is", "am", "got", "gets", "get", "getting"))
_LEAVE = frozenset(
    "left leaving leave leaves found finding pronounced declared reported believed feared presumed confirmed".split()
)
_LEAVES = frozenset(("left", "leaving", "leaves", "leave"))
_DIES_OF = frozenset(
    "deaths death killings killing murders murder bodies body remains corpses fatalities slayings slaying assassinations executions drownings execution assassination".split()
)


def state_of(p: Parsed, first: int, head: int, end: int) -> State | None:
    """The state of those counted by a phrase of tokens [first, end) with its head (or the number itself) at ``head``."""
    found = _of_noun(p, head) or _after(p, first, end) or _before(p, first) or _left(p, first, end) or _in_tree(p, head)
    if found == "hit":
        found = "wounded" if p.tags[head] in ("NN", "NNS") and p.words[head].lower() in lex.HUMANS_ALL else None
    if found == "wounded" and _fatal(p, first, end):
        found = "killed"
    if found == "deployed" and not _military(p, first, end, head):
        return None
    return cast(State, found) if found else None


def phrase_at(p: Parsed, i: int) -> str | None:
    """State of a verb with its complement that begins at token ``i``: "shot dead", "taken hostage"."""
    word = p.words[i].lower()
    if word not in lex.PHRASE_STARTS:
        return None
    for size in (4, 3, 2):
        name = lex.STATE_PHRASES.get(tuple(w.lower() for w in p.words[i : i + size]))
        if name:
            return name
    return None


def _of_noun(p: Parsed, head: int) -> str | None:
    """State told by the counted noun: "12 deaths", "13,000 refugees", "three hostages"."""
    word = p.words[head].lower()
    if word in (
        "killing",
        "shooting",
        "body",
        "bodies",
        "lives",
        "lost",
        "arrest",
        "arrests",
        "exile",
        "deployment",
        "dispatch",
        "deployments",
    ):
        return "killed" if word in ("body", "bodies", "killing") else None
    return lex.STATE_NOUNS.get(word) if p.tags[head] in ("NN", "NNS", "NNP", "NNPS", "JJ", "VBN") else None


def _after(p: Parsed, first: int, end: int) -> str | None:
    """A state right after the phrase: "were killed", "have been wounded", "feared dead", "(are) missing", "died"."""
    stop = min(p.sentences[p.sentence_at[first]][1], end + _MAX_LINKS)
    linked = aux = False
    i = end
    if i < stop and p.words[i].lower() in ("who", "that", "which"):
        i = _clause_verb(p, i + 1, stop)
    while i < stop:
        low = p.words[i].lower()
        if low in _FATALLY and not aux:
            return "killed"
        found = phrase_at(p, i)
        if found:
            return found
        if low in lex.ADJECTIVES and (p.tags[i] in ("JJ", "VBN", "RB", "NN", "VBD", "VBG") or low == "dead"):
            if low in lex.TRANSITIVE and p.tags[i] == "VBD" and not aux and _has_object(p, i):
                return None
            return None if low in ("arrested", "lost", "hurt") and not aux and low != "hurt" else lex.ADJECTIVES[low]
        if low in lex.TRANSITIVE and low.endswith(("ed", "n", "t", "g")):
            if aux or not _has_object(p, i):
                return lex.TRANSITIVE[low] if aux or p.tags[i] in ("VBN", "VBD") else None
            return None
        if low in lex.INTRANSITIVE:
            return lex.INTRANSITIVE[low]
        if low in _NOT:
            return None
        if low not in lex.LINKS and p.tags[i] != "RB":
            return None
        aux = aux or low in _BE
        linked = True
        i += 1
    return None if linked else None


def _clause_verb(p: Parsed, i: int, stop: int) -> int:
    """The first verb of a relative clause at ``i``, past what is put in between ("who according to officials fled")."""
    while i < stop and not p.tags[i].startswith(("VBD", "VBN", "VBP", "VBZ")) and p.words[i].lower() not in lex.LINKS:
        i += 1
    return i


def _has_object(p: Parsed, verb: int) -> bool:
    """Whether a verb form has an object of its own, so that what stands before it acts: "two gunmen killed nine"."""
    if any(p.deps[c] in ("obj", "iobj") for c in p.children[verb]):
        return True
    nxt = verb + 1
    return nxt < len(p.tags) and p.tags[nxt] in ("CD", "DT", "PRP", "PRP$") and p.words[nxt].lower() not in lex.WEEKDAYS


def _before(p: Parsed, first: int) -> str | None:
    """A state verb right before the phrase, active or gerund: "killed nine", "leaving 10", "lives of 12", "toll of"."""
    start = p.sentences[p.sentence_at[first]][0]
    i = first - 1
    steps = 0
    while i >= start and steps < 6 and (p.words[i].lower() in lex.LEADS or p.tags[i] in ("RB", "DT")):
        low = p.words[i].lower()
        if low in ("of", "to") and p.words[i - 1].lower() not in _AMOUNTS:
            break
        i -= 1
        steps += 1
    if i < start:
        return None
    low = p.words[i].lower()
    if low in ("lost", "losing", "lose", "loses"):
        return "killed" if any(w.lower() in lex.MILITARY | {"men", "fighters"} for w in p.words[first : first + 6]) else None
    if low in lex.TRANSITIVE and p.tags[i].startswith("V"):
        passive = (
            i > start
            and any(w.lower() in _BE for w in p.words[max(start, i - 3) : i])
            and p.tags[i] in ("VBN", "VBD")
            and p.words[first - 1].lower() != low
        )
        if low in ("seized", "sent", "sending", "based") and lex.TRANSITIVE[low] == "captured":
            return None
        return None if passive else lex.TRANSITIVE[low]
    if low in _PRESENCE and any(
        w.lower() in ("force", "mission", "contingent", "presence") for w in p.words[max(start, i - 6) : i]
    ):
        return "deployed"
    return _toll(p, start, i) if low in ("of", "to", "at", "between") else None


def _left(p: Parsed, first: int, end: int) -> str | None:
    """ "left four soldiers, including the gunman, dead": the state comes later in the clause."""
    start = p.sentences[p.sentence_at[first]][0]
    lead = {p.words[i].lower() for i in range(max(start, first - 4), first)}
    if not lead & _LEAVES:
        return None
    stop = min(p.sentences[p.sentence_at[first]][1], end + 12)
    for i in range(end, stop):
        low = p.words[i].lower()
        if low in lex.ADJECTIVES:
            return lex.ADJECTIVES[low]
        if p.tags[i] in ("VBD", "VBZ", "VBP", "MD", "WP", "CD") or low in ("and", ";", "after", "when", "before"):
            return None
    return None


def _toll(p: Parsed, start: int, i: int) -> str | None:
    """ "the deaths of 12", "claimed the lives of nine", "bodies of two", "death toll rose to 40", "number of wounded at 30"."""
    for k in range(i - 1, max(start - 1, i - 9), -1):
        low = p.words[k].lower()
        if low in ("toll", "tolls"):
            return "killed"
        if low in _DIES_OF or (
            low in _LIVES
            and any(
                w.lower() in ("claim", "claimed", "claiming", "cost", "costing", "lost", "took", "taken", "taking", "loss")
                for w in p.words[max(start, k - 4) : k]
            )
        ):
            return "killed" if p.words[i].lower() == "of" or low in ("deaths", "fatalities", "dead") else None
        if low in ("wounding", "injuries"):
            return "wounded"
        if low in ("kidnapping", "kidnappings", "abduction", "capture"):
            return "captured"
        if low in ("deployment", "dispatch", "force", "mission", "contingent", "garrison", "presence"):
            return "deployed"
        if low in ("displacement", "evacuation", "expulsion", "exodus"):
            return "displaced"
        if low in ("disappearance", "disappearances"):
            return "missing"
        if p.words[i].lower() == "of" and k < i - 1:
            return None
        if p.tags[k] in ("IN", ",", ".", ";") and low != "of":
            return None
    return None


def _in_tree(p: Parsed, head: int) -> str | None:
    """State of the verb or predicate that governs ``head``, through coordination, at most six arcs up."""
    token = head
    for _ in range(6):
        for child in p.children[token]:
            if p.deps[child] in ("acl", "acl:relcl", "amod"):
                found = _participle(p, child)
                if found:
                    return found
        parent, dep = p.heads[token], p.deps[token]
        if parent == token:
            return _predicate(p, token)
        low = p.words[parent].lower()
        if dep in _PASSIVE:
            return phrase_at(p, parent) or lex.TRANSITIVE.get(low) or _complement(p, parent)
        if dep == "nsubj":
            return _as_subject(p, token, parent)
        if dep in ("obj", "dobj", "iobj"):
            if low in _LEAVE:
                return _complement(p, parent)
            return lex.TRANSITIVE.get(low) if p.tags[parent].startswith("V") and not _negated(p, parent) else None
        if dep in ("nmod", "obl"):
            found = _as_oblique(p, token, parent)
            if found:
                return found
            if not any(p.words[c].lower() in ("including", "of", "among") for c in p.children[token] if p.deps[c] == "case"):
                return None
        elif dep not in ("conj", "appos", "nummod", "compound", "parataxis", "dep", "list", "amod", "flat", "det"):
            return None
        token = parent
    return None


def _participle(p: Parsed, child: int) -> str | None:
    """A participle or relative clause on the noun: "people killed in the raid", "who were wounded", "wounded soldiers"."""
    low = p.words[child].lower()
    if low in lex.ADJECTIVES and p.deps[child] == "amod":
        return lex.ADJECTIVES[low]
    if low in lex.INTRANSITIVE and p.deps[child] == "acl:relcl":
        return lex.INTRANSITIVE[low]
    if low in lex.TRANSITIVE and p.tags[child] in ("VBN", "VBD"):
        if p.tags[child] == "VBN" and not any(
            p.deps[c] in ("obj", "nsubj") and p.words[c].lower() != "who" for c in p.children[child]
        ):
            return phrase_at(p, child) or lex.TRANSITIVE[low]
        if any(p.deps[c] == "aux:pass" for c in p.children[child]):
            return phrase_at(p, child) or lex.TRANSITIVE[low]
    return None


def _as_subject(p: Parsed, token: int, verb: int) -> str | None:
    low = p.words[verb].lower()
    if _negated(p, verb):
        return None
    if low in lex.INTRANSITIVE:
        return lex.INTRANSITIVE[low]
    found = phrase_at(p, verb)
    if found:
        return found
    if low in lex.TRANSITIVE and p.tags[verb] in ("VBN", "VBD") and not _has_object(p, verb) and verb > token:
        return lex.TRANSITIVE[low] if p.tags[verb] == "VBN" or lex.TRANSITIVE[low] in ("killed", "wounded") else None
    return _predicate(p, verb) or _complement(p, verb)


def _predicate(p: Parsed, token: int) -> str | None:
    """ "Among the dead are three children", "12 people are missing", "two of them were dead"."""
    low = p.words[token].lower()
    if low in lex.ADJECTIVES and p.tags[token] in ("JJ", "VBN"):
        return lex.ADJECTIVES[low]
    for child in p.children[token]:
        if p.deps[child] in ("nmod", "obl") and any(p.words[c].lower() in ("among", "amongst") for c in p.children[child]):
            return lex.STATE_NOUNS.get(p.words[child].lower()) or lex.ADJECTIVES.get(p.words[child].lower())
        if p.deps[child] in ("nsubj",) and p.words[child].lower() in ("dead", "fatalities", "wounded", "injured", "missing"):
            return lex.STATE_NOUNS.get(p.words[child].lower()) or lex.ADJECTIVES.get(p.words[child].lower())
    if low in ("include", "included", "includes", "number", "numbered"):
        for child in p.children[token]:
            if p.deps[child] == "nsubj":
                return lex.STATE_NOUNS.get(p.words[child].lower()) or lex.ADJECTIVES.get(p.words[child].lower())
    return None


def _complement(p: Parsed, verb: int) -> str | None:
    """ "left 10 dead", "were found dead", "feared drowned", "believed to have died", "reported missing"."""
    for child in p.children[verb]:
        if p.deps[child] in ("xcomp", "ccomp", "advcl", "amod", "obl") and child > verb:
            low = p.words[child].lower()
            if p.deps[child] in ("advcl", "obl", "amod") and low not in lex.ADJECTIVES:
                continue
            found = (
                lex.ADJECTIVES.get(low)
                or lex.INTRANSITIVE.get(low)
                or (lex.TRANSITIVE.get(low) if p.tags[child] == "VBN" else None)
            )
            if found:
                return found
    return None


def _as_oblique(p: Parsed, token: int, parent: int) -> str | None:
    cases = {p.words[c].lower() for c in p.children[token] if p.deps[c] == "case"}
    low = p.words[parent].lower()
    if "of" in cases and low in _DIES_OF:
        return "killed"
    if "including" in cases and p.tags[parent].startswith("V"):
        return lex.TRANSITIVE.get(low) or lex.INTRANSITIVE.get(low)
    return None


def _negated(p: Parsed, verb: int) -> bool:
    return any(p.words[c].lower() in _NOT for c in p.children[verb])


def _fatal(p: Parsed, first: int, end: int) -> bool:
    """ "one fatally", "two of them fatally", "was fatally shot"."""
    near = p.words[max(0, first - 3) : min(len(p.words), end + 4)]
    return any(w.lower() in _FATALLY for w in near)


def _military(p: Parsed, first: int, end: int, head: int) -> bool:
    return p.words[head].lower() in lex.MILITARY or any(w.lower() in lex.MILITARY for w in p.words[first:end])
