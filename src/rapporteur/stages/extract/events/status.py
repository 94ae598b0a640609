"""Whether a report gives an event as having happened, as denied, as planned, or only as possible."""

from __future__ import annotations

from rapporteur.language.base import Parsed
from rapporteur.model.claims import EventStatus
from rapporteur.stages.extract.events.lexicon import AVERTED, DENIED, PLANNED, SOUGHT

_POSSIBLE = frozenset("may might could can ca should ought".split())
_AHEAD = frozenset("will shall would wo 'll ’ll 'd ’d must".split())
_NEGATIVE = frozenset("not n't n’t never neither nor".split())
_NO = frozenset("no neither nor zero".split())
_CONDITIONAL = frozenset("if unless whether lest should".split())
_UNSURE = frozenset("possible potential alleged likely purported suspected feared hypothetical threatened eventual any".split())
_COMING = frozenset(
    "planned upcoming scheduled next future forthcoming proposed impending imminent looming expected further coming".split()
)
_COMMITTED = frozenset(
    "agree decide vow pledge promise order announce set schedule plan threaten offer authorize authorise approve".split()
)
_NOUN_OF: dict[str, EventStatus] = {
    **dict.fromkeys("plan decision pledge promise vow order agreement intention proposal commitment move".split(), "planned"),
    **dict.fromkeys("threat bid effort attempt call demand request offer chance ability desire hope need".split(), "possible"),
    **dict.fromkeys("failure refusal inability reluctance".split(), "denied"),
}  # fmt: skip
"""Nouns whose infinitive is not yet so: "a plan to withdraw", "a threat to attack", "a failure to agree"."""
_OF_NOUN: dict[str, EventStatus] = {
    **_NOUN_OF,
    **dict.fromkeys("possibility prospect risk danger fear likelihood warning idea".split(), "possible"),
    **dict.fromkeys("delay postponement cancellation suspension absence lack".split(), "denied"),
}  # fmt: skip
"""Nouns that say as much of the event in their phrase: "a delay in the talks", "calls for a withdrawal"."""
_TO_COME = frozenset("for of in to".split())
_DEPTH = 5
_LEVELS: tuple[EventStatus, ...] = ("asserted", "planned", "possible", "denied")


def _weaker(one: EventStatus, other: EventStatus) -> EventStatus:
    return one if _LEVELS.index(one) >= _LEVELS.index(other) else other


def status_of(parsed: Parsed, trigger: int) -> EventStatus:
    """Status of the event named by ``trigger``, from its own clause and the clauses that embed it."""
    if not parsed.tags[trigger].startswith("VB"):
        own = _noun_status(parsed, trigger)
        if own != "asserted" or _presupposed(parsed, trigger):
            return own
    else:
        own = _verb_status(parsed, trigger)
    at = trigger
    for _ in range(_DEPTH):
        above, dep = parsed.heads[at], parsed.deps[at]
        if above == at:
            break
        verbal = parsed.tags[above].startswith(("VB", "JJ"))
        if verbal and dep in ("ccomp", "xcomp", "obj", "nsubj:pass", "csubj", "obl", "advcl"):
            own = _weaker(own, _embedding(parsed, at, above, dep))
        if dep == "nmod" and at == trigger:
            case = next((parsed.words[c].lower() for c in parsed.children[at] if parsed.deps[c] == "case"), "")
            own = _weaker(own, _OF_NOUN.get(parsed.lemmas[above].lower(), "asserted") if case in _TO_COME else "asserted")
        if dep == "acl" and parsed.tags[at] == "VB":
            own = _weaker(own, _NOUN_OF.get(parsed.lemmas[above].lower(), "asserted"))
        if dep in ("nsubj", "acl:relcl", "acl", "parataxis", "obl:unmarked"):
            break
        if verbal and dep in ("obj", "xcomp", "nsubj:pass"):
            own = _weaker(own, _verb_status(parsed, above))
        at = above
    return own


def _presupposed(parsed: Parsed, noun: int) -> bool:
    """ "Thursday's talks", "the 1989 crackdown", "this attack": taken for granted whatever the clause says of it; not "a 2008
    withdrawal"."""
    if any(parsed.deps[c] == "det" and parsed.words[c].lower() in ("a", "an") for c in parsed.children[noun]):
        return False
    return any(
        (parsed.deps[c] in ("nmod:poss", "compound", "nummod") and parsed.tags[c] in ("NNP", "CD"))
        or (parsed.deps[c] == "det" and parsed.words[c].lower() in ("this", "that", "these", "those"))
        for c in parsed.children[noun]
    )


def _embedding(parsed: Parsed, inner: int, verb: int, dep: str) -> EventStatus:
    lemma = parsed.lemmas[verb].lower()
    if dep in ("ccomp", "xcomp", "obj", "csubj") and lemma in DENIED:
        return "denied"
    if dep in ("xcomp", "obj") and lemma in AVERTED:
        return "denied"
    infinitive = any(parsed.words[c].lower() == "to" and parsed.deps[c] in ("mark", "aux") for c in parsed.children[inner])
    if dep in ("xcomp", "ccomp", "advcl") and infinitive:
        if lemma == "threaten" or lemma in SOUGHT - _COMMITTED - PLANNED:
            return "possible"
        if lemma in PLANNED or lemma in _COMMITTED or lemma in ("due", "likely", "ready", "want"):
            return "planned"
    if dep in ("obj", "nsubj:pass") and parsed.tags[inner].startswith("NN"):
        if lemma in SOUGHT - PLANNED:
            return "possible"
        if lemma in PLANNED or lemma in ("announce", "order", "schedule", "promise", "pledge", "authorize", "authorise"):
            return "planned"
    if dep == "obl" and lemma in SOUGHT and parsed.tags[inner].startswith("NN"):
        case = [parsed.words[c].lower() for c in parsed.children[inner] if parsed.deps[c] == "case"]
        return "possible" if case and case[0] in ("for", "of", "against", "about") else "asserted"
    return "asserted"


def _verb_status(parsed: Parsed, verb: int) -> EventStatus:
    status: EventStatus = "asserted"
    for child in parsed.children[verb]:
        word, dep = parsed.words[child].lower(), parsed.deps[child]
        if word in _NEGATIVE or (dep.startswith("nsubj") and _is_none(parsed, child)):
            return "denied"
        if dep == "mark" and word in _CONDITIONAL:
            status = _weaker(status, "possible")
        elif dep in ("aux", "aux:pass"):
            if word in _POSSIBLE or (word == "would" and _perfect(parsed, verb)):  # "would have begun had it not been for"
                status = _weaker(status, "possible")
            elif word in _AHEAD and not _perfect(parsed, verb) and not (word in ("'d", "’d") and parsed.tags[verb] != "VB"):
                status = _weaker(status, "planned")
    return status


def _perfect(parsed: Parsed, verb: int) -> bool:
    return any(parsed.words[c].lower() in ("have", "'ve", "’ve") for c in parsed.children[verb])


def _is_none(parsed: Parsed, noun: int) -> bool:
    return parsed.words[noun].lower() in ("nobody", "none", "nothing", "no-one") or any(
        parsed.words[c].lower() in _NO for c in parsed.children[noun] if parsed.deps[c] == "det"
    )


def _noun_status(parsed: Parsed, noun: int) -> EventStatus:
    status: EventStatus = "asserted"
    for child in parsed.children[noun]:
        word, dep = parsed.words[child].lower(), parsed.deps[child]
        if dep == "det" and word in _NO:
            return "denied"
        if dep in ("amod", "compound", "det"):
            if word in _UNSURE:
                status = _weaker(status, "possible")
            elif word in _COMING:
                status = _weaker(status, "planned")
        elif dep == "acl" and parsed.lemmas[child] in PLANNED:
            status = _weaker(status, "planned")
    above = parsed.heads[noun]
    if parsed.deps[noun].startswith("nsubj") and parsed.tags[above].startswith("VB"):
        status = _weaker(status, _verb_status(parsed, above))
        if parsed.lemmas[above] in PLANNED and parsed.tags[above] == "VBN":
            status = _weaker(status, "planned")
    return status
