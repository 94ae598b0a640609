"""Trigger words of events, from ``data/events.txt`` (types) and ``data/event_nouns.txt`` (nouns that name an act or event)."""

from __future__ import annotations

from importlib.resources import files

_PACKAGE = "rapporteur.stages.extract"


def _lines(name: str) -> list[str]:
    text = (files(_PACKAGE) / "data" / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _load() -> tuple[dict[str, str], dict[str, str], dict[str, frozenset[str]]]:
    verbs: dict[str, str] = {}
    nouns: dict[str, str] = {}
    sets: dict[str, frozenset[str]] = {}
    for line in _lines("events.txt"):
        head, _, words = line.partition(": ")
        kind, part = head.split()
        if kind in _SETS:
            sets[f"{kind} {part}"] = frozenset(words.split())
            continue
        table = verbs if part == "verb" else nouns
        for word in words.split():
            table.setdefault(word, kind)
    return verbs, nouns, sets


_SETS = frozenset("light planned sought denied averted stative".split())
VERBS, NOUNS, _GROUPS = _load()
LIGHT_VERBS = _GROUPS["light verb"]
PHASES = _GROUPS["light noun"]
PLANNED = _GROUPS["planned verb"]
SOUGHT = _GROUPS["sought verb"]
DENIED = _GROUPS["denied verb"]
AVERTED = _GROUPS["averted verb"]
STATIVE = _GROUPS["stative verb"]
EVENT_NOUNS = frozenset(_lines("event_nouns.txt")) | frozenset(NOUNS)

PARTICLE_VERBS = frozenset(v.split("_")[0] for v in VERBS if "_" in v)
OBJECT_VERBS = frozenset(v.split("+")[0] for v in VERBS if "+" in v)

SPEECH = frozenset(
    "say tell add report state claim note argue insist explain acknowledge admit confirm comment ask answer reply respond "
    "emphasize emphasise stress assert maintain recall remark observe reiterate predict concede contend write quote cite "
    "allege deny complain express voice call describe indicate suggest caution urge appeal".split()
)
"""Verbs of speaking: statements are claims of their own, so that these make an event only with a date beside them."""
ONLY_DATED = frozenset(("announcement", "other"))
"""Types whose triggers make an event only with a date."""
LABOUR = frozenset(
    "general labor labour hunger worker workers union unions nationwide pilot pilots teacher teachers wildcat sit-down "
    "transport railway rail bus taxi truckers dockers nurses doctors students".split()
)
"""Words before "strike" that make it a stoppage of work; otherwise, in news of conflicts, it is an attack."""

MASS = frozenset("violence war fighting unrest bloodshed insurgency hostilities crossfire carnage warfare talks storm".split())
"""Nouns of a lasting state rather than of one event: events only with a date."""
LEFT = frozenset("country city town region area base territory capital village province camp scene site building".split())
"""What one leaves by going away, besides named places."""

_OTHER_OBJECTS = {
    "meet": "standard need requirement demand criterion criteria condition goal target deadline expectation obligation "
    "challenge commitment cost term objective threshold quota resistance fate approval",
    "strike": "chord balance tone note bargain pose gold oil contrast",
    "capture": "crown title seat imagination attention image mood market trophy medal spirit scene moment vote",
    "fire": "gun cylinder imagination question salvo",
    "fight": "corruption crime inflation poverty disease cancer terrorism drug election case fire blaze",
    "battle": "cancer disease illness inflation flame blaze crisis",
    "invade": "privacy space",
    "kill": "bill proposal plan deal amendment measure penalty",
    "injure": "pride",
    "sign": "autograph player",
    "release": "statement report figure result album film movie book data study video list detail song single",
    "free": "resource money hand fund time market",
    "storm": "chart",
    "seize": "opportunity chance moment initiative",
    "freeze": "price wage",
    "issue": "share bond stock",
}
OTHER_SENSE = {verb: frozenset(nouns.split()) for verb, nouns in _OTHER_OBJECTS.items()}
"""Objects with which a trigger verb names no such event: "met the conditions", "struck a chord"."""
OTHER_PARTICLES = {
    "sign": frozenset(("up", "off", "out")),
    "leave": frozenset(("behind", "out", "over", "off")),
    "strike": frozenset(("up", "out", "down", "off")),
    "kill": frozenset(("off",)),
    "free": frozenset(("up",)),
    "fire": frozenset(("up",)),
    "call": frozenset(("up", "off")),
}
"""Particles with which a trigger verb names no such event: "signed up", "left behind"."""
FORCES = frozenset(
    "troop troops force forces soldier personnel staff mission worker diplomat citizen national unit battalion brigade army "
    "contingent peacekeeper observer monitor adviser advisor marine ambassador team guard police investment resident".split()
)
"""What is pulled out or withdrawn when that is a withdrawal, besides named groups."""
OF_PERSONS = frozenset("replace succeed dismiss retire".split())
"""Verbs of office that need a person as their object, or a date."""

_SAME = (
    "attack blast bombing explosion assault raid strike airstrike shooting ambush shelling detonation",
    "meeting session conference gathering encounter",
    "talk talks negotiation dialogue discussion consultation",
    "election vote poll ballot balloting referendum",
    "agreement accord deal pact treaty",
    "ceasefire cease-fire truce armistice",
    "protest demonstration rally march",
    "death killing murder assassination slaying",
    "arrest detention",
    "crash accident collision",
    "withdrawal pullout pull-out pullback",
    "announcement declaration statement",
)
FAMILY = {word: line.split()[0] for line in _SAME for word in line.split()}
"""Nouns that can take up one another ("a bombing ... the blast"), each with the first of its family."""
