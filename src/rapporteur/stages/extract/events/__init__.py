"""Events: meetings, attacks, casualties, agreements, deployments, votes and the like, with date, place, participants and status.

Triggers are verbs and nouns of a lexicon with a type each, and any other verb or act noun that an explicit date governs (type
``other``). The date comes from the time mention that governs the trigger in its syntax, or along the paths on which a date
carries over: from a light verb to its event noun ("held talks Monday"), between joined verbs, from an event noun to the verb
that tells of it; a definite noun ("the blast") has the date of the event it takes up. Nothing else is dated: an event without
such a date has none. Participants are subject (agent) and object (patient)
of Universal Dependencies; the place is the place name nearest in the syntax. Status is ``denied`` under negation and verbs of
denying, ``planned`` under will, to and words of planning, ``possible`` under may, if, threats and demands, else ``asserted``.
Verbs of speaking are events only with a date: what is said is a statement.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from rapporteur.language.base import Parsed
from rapporteur.model.claims import EventClaim, EventStatus, When
from rapporteur.model.spans import Span
from rapporteur.stages.extract.base import Sheet
from rapporteur.stages.extract.events.dating import HAPPEN, Dating, TimeRef
from rapporteur.stages.extract.events.lexicon import (
    EVENT_NOUNS,
    FORCES,
    LABOUR,
    LEFT,
    LIGHT_VERBS,
    MASS,
    NOUNS,
    OBJECT_VERBS,
    OF_PERSONS,
    ONLY_DATED,
    OTHER_PARTICLES,
    OTHER_SENSE,
    PARTICLE_VERBS,
    PHASES,
    PLANNED,
    SPEECH,
    STATIVE,
    VERBS,
)
from rapporteur.stages.extract.events.memory import Memory
from rapporteur.stages.extract.events.order import over_another
from rapporteur.stages.extract.events.roles import Cast
from rapporteur.stages.extract.events.status import status_of
from rapporteur.stages.extract.events.telling import aside
from rapporteur.stages.extract.times import report_day

NAME = "events"
_MOVES = {"withdrawal": "from", "deployment": "to", "visit": "to"}
_HAPPENING = frozenset("kick break take go erupt occur happen start begin schedule plan reach".split())
_LASTING = frozenset("agreement deployment withdrawal sanction arrest strike".split())
"""Types that may be dated by the day since which they hold."""
_ARGUMENT = frozenset(("nsubj", "nsubj:pass", "root"))
_NO_VERB = frozenset(("aux", "aux:pass", "cop", "amod", "compound", "case", "mark", "fixed", "flat"))
_VERB_LEMMAS = frozenset(VERBS) | PARTICLE_VERBS | OBJECT_VERBS | SPEECH
_LEAD_PARAGRAPHS = 3
_OBJECT_REACH = 9
_NOUN_REACH = 5


class Trigger(NamedTuple):
    """A word that names an event: its token, type, lemma, and the light verb that carries it where there is one."""

    token: int
    type: str
    lemma: str
    verb: int | None
    ref: TimeRef | None


class _News(NamedTuple):
    """What a report brings from the place of its dateline: ``days`` its own and the day before, ``end`` where its lead ends."""

    parsed: Parsed
    today: str | None
    days: frozenset[str]
    end: int

    @classmethod
    def of(cls, sheet: Sheet) -> _News:
        day = report_day(sheet)
        span = sheet.report.dateline.span if sheet.report.dateline else None
        body = span.end if span else 0
        starts = [sheet.parsed.starts[first] for first, _ in sheet.parsed.paragraphs]
        after = [start for start in starts if start >= body]
        end = after[_LEAD_PARAGRAPHS] if len(after) > _LEAD_PARAGRAPHS else len(sheet.report.text)
        days = (
            frozenset((day - timedelta(days=back)).isoformat() for back in (0, 1)) if day and day > date(1, 1, 1) else frozenset()
        )
        return cls(sheet.parsed, day.isoformat() if day else None, days, end)

    def brings(self, trigger: Trigger, when: When | None) -> bool:
        """Whether an event is the news of the report itself: told in the lead and dated on its day or the day before."""
        return when is not None and when.value[:10] in self.days and self.parsed.starts[trigger.token] < self.end


def extract(sheet: Sheet) -> Iterator[EventClaim]:
    """Event claims of the report in text order."""
    parsed = sheet.parsed
    if not parsed.words:
        return
    dating = Dating.of(sheet)
    cast = Cast.of(sheet)
    memory = Memory(parsed)
    news = _News.of(sheet)
    for number, trigger in enumerate(_triggers(parsed, dating, cast), 1):
        when, place = _when_and_where(trigger, memory, cast, news)
        yield EventClaim(
            sheet.ident("e", number),
            parsed.span(*_extent(parsed, trigger)),
            trigger.type,
            trigger.lemma,
            when,
            place,
            cast.participants(trigger.token, trigger.verb),
            _by_date(status_of(parsed, trigger.token), trigger.ref, news.today),
            _aside(parsed, trigger, dating.direct, news.today),
        )


def _when_and_where(trigger: Trigger, memory: Memory, cast: Cast, news: _News) -> tuple[When | None, str | None]:
    """The governing date and place, else those of the event that a definite noun takes up."""
    ref, token = trigger.ref, trigger.token
    lasting = ref is not None and ref.since and trigger.type not in _LASTING
    told = memory.taken_up(token)
    when = None if lasting else ref.when if ref is not None else told.when if told else None
    place = cast.place(token, trigger.verb, _MOVES.get(trigger.type, ""), lead=news.brings(trigger, when))
    if place is None and when is not None:
        again = memory.same_day(token, when) or told
        place = again.place if again and again.when.value[:10] == when.value[:10] else None
    if ref is not None and when is not None:
        memory.keep(token, when, place)
    return when, place


def _aside(parsed: Parsed, trigger: Trigger, dated: Mapping[int, TimeRef], today: str | None) -> Span | None:
    """The words that tell of a dated event beside the news of its sentence."""
    ref = trigger.ref
    if ref is None:
        return None
    if ref.begin[:7] != (today or ref.begin)[:7] and over_another(parsed, ref.governor, ref.first):
        return parsed.span(ref.governor, ref.governor + 1)  # what is tried or mourned long after
    others = [token for token, other in dated.items() if other.first != ref.first]
    found = aside(parsed, ref.governor, (ref.first, ref.last), others)
    return parsed.span(*found) if found else None


def _by_date(status: EventStatus, ref: TimeRef | None, today: str | None) -> EventStatus:
    """What is dated after the report's own day lies ahead."""
    return "planned" if status == "asserted" and ref is not None and today and ref.begin > today else status


def _triggers(parsed: Parsed, dating: Dating, cast: Cast) -> Iterator[Trigger]:
    tags, lemmas, deps = parsed.tags, parsed.lemmas, parsed.deps
    for i, tag in enumerate(tags):
        kind = tag[:2]
        if i in cast.dates:
            continue
        if kind == "VB":
            if i in dating.direct or (lemmas[i] in _VERB_LEMMAS and deps[i] not in _NO_VERB):
                trigger = _verb_trigger(parsed, dating, cast, i)
                if trigger:
                    yield trigger
        elif kind == "NN" and (i in dating.direct or lemmas[i].lower() in NOUNS):
            trigger = _noun_trigger(parsed, dating, cast, i)
            if trigger:
                yield trigger


def _verb_trigger(parsed: Parsed, dating: Dating, cast: Cast, i: int) -> Trigger | None:
    lemma = parsed.lemmas[i]
    name, kind = _verb_type(parsed, i, lemma)
    ref = dating.verb(i) or (dating.object(i) if " " in name else None)
    if kind is None or kind in ONLY_DATED:
        direct = dating.direct.get(i) or (dating.occasion(i) if lemma in SPEECH else None)
        if direct is None or direct.since or lemma in STATIVE:
            return None
        if kind is None and (_idle(parsed, i) or _describes(parsed, i)):
            return None
        if lemma in LIGHT_VERBS and kind is None and _event_argument(parsed, i):
            return None
        if lemma in SPEECH:
            kind = "announcement"
        return Trigger(i, kind or _carried_type(parsed, i) or "other", name, None, direct)
    if _another_sense(parsed, i, lemma, cast, dated=ref is not None):
        return None
    if lemma == "strike" and _carried_by(parsed, i, "disaster"):
        kind = "disaster"
    if kind == "visit" and ref is None and not any(parsed.deps[c] == "obl" for c in parsed.children[i]):
        return None
    return Trigger(i, kind, name, None, ref)


def _carried_type(parsed: Parsed, verb: int) -> str | None:
    """The type of the event noun that a verb of happening tells of ("the talks kicked off", "the truce, reached in 2002")."""
    nouns = [c for c in parsed.children[verb] if parsed.deps[c] in ("nsubj", "nsubj:pass")]
    if parsed.lemmas[verb] not in LIGHT_VERBS and parsed.lemmas[verb] not in _HAPPENING:
        return None
    return next((NOUNS[low] for n in nouns if (low := parsed.lemmas[n].lower()) in NOUNS and parsed.tags[n][:2] == "NN"), None)


def _carried_by(parsed: Parsed, verb: int, kind: str) -> bool:
    """Whether the subject is an event noun of this type ("an earthquake struck the island")."""
    subjects = (c for c in parsed.children[verb] if parsed.deps[c] == "nsubj")
    return any(NOUNS.get(parsed.lemmas[c].lower()) == kind for c in subjects)


def _describes(parsed: Parsed, verb: int) -> bool:
    """Whether the verb only says when a named event happens ("a summit scheduled for Friday"): the noun is the trigger."""
    head = parsed.heads[verb]
    low = parsed.lemmas[head].lower()
    return (
        parsed.deps[verb] in ("acl", "acl:relcl")
        and parsed.lemmas[verb] in HAPPEN
        and parsed.tags[head][:2] == "NN"
        and NOUNS.get(low, "other") != "other"
    )


def _idle(parsed: Parsed, verb: int) -> bool:
    """Verbs that tell of no event in spite of their date: part of a hyphenated word or of a name, or what is so "today"."""
    words = parsed.words
    if (verb and words[verb - 1] == "-") or (verb + 1 < len(words) and words[verb + 1] == "-"):
        return True
    if words[verb][0].isupper() and verb != parsed.sentences[parsed.sentence_at[verb]][0]:
        return True
    if parsed.deps[verb] == "acl" and parsed.tags[verb] == "VBN" and parsed.lemmas[verb] in PLANNED:
        return True  # "the stories scheduled for Monday": what is scheduled is no event
    if words[verb].isupper() or (parsed.tags[verb] == "VBG" and parsed.lemmas[verb] in ("begin", "start")):
        return True
    return parsed.tags[verb] in ("VBP", "VBZ") and any(words[c].lower() == "today" for c in parsed.children[verb])


def _another_sense(parsed: Parsed, verb: int, lemma: str, cast: Cast, *, dated: bool) -> bool:
    """ "A man named Ali", "meet the conditions", "left nine dead"."""
    if lemma == "name":
        after = parsed.tags[verb + 1] if verb + 1 < len(parsed.tags) else ""
        role = any(parsed.words[c].lower() in ("as", "to") for c in range(verb, min(verb + 8, len(parsed.words))))
        return parsed.deps[verb] == "acl" or (not role and after in ("NNP", "``", "''", '"'))
    objects = [c for c in parsed.children[verb] if parsed.deps[c] == "obj"]
    particles = {parsed.words[c].lower() for c in parsed.children[verb] if parsed.deps[c] == "compound:prt"}
    if particles & OTHER_PARTICLES.get(lemma, frozenset()):
        return True
    if lemma in ("pull", "withdraw"):
        return any(parsed.lemmas[c].lower() not in FORCES and c not in cast.actors for c in objects)
    if lemma in OTHER_SENSE:
        return any(parsed.lemmas[c].lower() in OTHER_SENSE[lemma] for c in objects)
    if lemma == "leave" and any(parsed.deps[c] == "aux:pass" for c in parsed.children[verb]):
        return True
    if lemma == "leave":
        return not all(parsed.lemmas[c].lower() in LEFT or cast.is_kind(c, "place") for c in objects)
    if lemma in OF_PERSONS and not dated:
        affected = [c for c in parsed.children[verb] if parsed.deps[c] in ("obj", "nsubj:pass")]
        return not any(cast.is_kind(c, "person") or parsed.tags[c] == "PRP" for c in affected)
    return False


def _verb_type(parsed: Parsed, i: int, lemma: str) -> tuple[str, str | None]:
    """The verb with its particle or object where that makes it a trigger, and its type."""
    if lemma in PARTICLE_VERBS or lemma in OBJECT_VERBS:
        for child in parsed.children[i]:
            dep = parsed.deps[child]
            if dep == "compound:prt" or (dep == "advmod" and child == i + 1):
                name = f"{lemma}_{parsed.words[child].lower()}"
            elif dep == "obj" or (dep == "obl" and lemma == "go"):
                name = f"{lemma}+{parsed.lemmas[child].lower()}"
            else:
                continue
            if name in VERBS:
                return name.replace("_", " ").replace("+", " "), VERBS[name]
    return lemma, VERBS.get(lemma)


def _event_argument(parsed: Parsed, verb: int) -> bool:
    """Whether a light verb has an event noun as its object or subject, which is then the trigger."""
    return any(
        parsed.deps[c] in ("obj", "xcomp", "nsubj", "nsubj:pass")
        and parsed.tags[c][:2] == "NN"
        and parsed.lemmas[c].lower() in NOUNS
        for c in parsed.children[verb]
    )


def _noun_trigger(parsed: Parsed, dating: Dating, cast: Cast, i: int) -> Trigger | None:
    lemma = parsed.lemmas[i].lower()
    dep, head = parsed.deps[i], parsed.heads[i]
    if dep in ("compound", "flat", "amod") and parsed.tags[head][:2] != "VB" and i not in dating.direct:
        return None
    kind = NOUNS.get(lemma)
    direct = dating.direct.get(i)
    if kind == "other":
        kind = next((NOUNS.get(parsed.lemmas[c].lower(), kind) for c in parsed.children[i] if parsed.deps[c] == "nmod"), kind)
    if kind is None:
        return Trigger(i, "other", lemma, None, direct) if direct and not direct.since and lemma in EVENT_NOUNS else None
    told = dep == "obj" and VERBS.get(parsed.lemmas[head]) == kind and parsed.tags[head][:2] == "VB"
    if told or (f"{parsed.lemmas[head]}+{lemma}" in VERBS and dep in ("obj", "obl")):
        return None
    ref = dating.noun(i)
    mention = cast.actors.get(i)
    if mention is not None and mention.kind in ("organization", "person") and ref is None:
        return None
    if lemma == "strike":
        kind = _strike(parsed, i)
    verb = head if parsed.lemmas[head] in LIGHT_VERBS and dep in ("obj", "xcomp", "nsubj", "nsubj:pass") and head != i else None
    if verb is not None and parsed.tags[verb][:2] != "VB":
        verb = None
    if ref is None and NOUNS[lemma] == "other":
        return None
    if ref is None:
        told = dep in _ARGUMENT and parsed.lemmas[head] not in STATIVE and parsed.lemmas[head] not in SPEECH
        if kind in ONLY_DATED or lemma in MASS or not (told or (verb is not None and dep == "obj")):
            return None
    return Trigger(i, kind, lemma, verb, ref)


def _strike(parsed: Parsed, i: int) -> str:
    labour = any(parsed.words[c].lower() in LABOUR for c in parsed.children[i]) or (
        parsed.lemmas[parsed.heads[i]] in ("go", "be") and any(parsed.words[c].lower() == "on" for c in parsed.children[i])
    )
    return "strike" if labour else "attack"


def _extent(parsed: Parsed, trigger: Trigger) -> tuple[int, int]:
    """Tokens of the trigger with its clause nucleus: a verb to the head of its object, a noun with modifiers and light verb."""
    i = trigger.token
    if parsed.tags[i][:2] == "VB":
        last = i
        for child in parsed.children[i]:
            if parsed.deps[child] in ("compound:prt", "obj", "xcomp") and last < child <= i + _OBJECT_REACH:
                last = child
        return i, last + 1
    first = i
    while (
        first > 0 and i - first < _NOUN_REACH and parsed.heads[first - 1] == i and parsed.deps[first - 1] in ("compound", "amod")
    ):
        first -= 1
    end = i + 1
    for child in parsed.children[i]:
        if i < child <= i + _OBJECT_REACH and parsed.tags[child][:2] == "VB" and _describes(parsed, child):
            end = child + 1
            break
    above = parsed.heads[i]
    if parsed.deps[i] == "nmod" and parsed.lemmas[above].lower() in PHASES and 0 < first - above <= _OBJECT_REACH:
        first = above
    verb = trigger.verb
    if verb is None:
        return first, end
    low, high = min(verb, first), max(verb + 1, end)
    return (low, high) if high - low <= 2 * _OBJECT_REACH else (first, end)
