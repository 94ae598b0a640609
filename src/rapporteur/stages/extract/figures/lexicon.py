"""Word lists of the figures extractor, read once from ``data/figures.toml`` and ``data/states.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent.parent / "data"


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _by_form(table: Mapping[str, str]) -> dict[str, str]:
    """Surface form to name, from name to forms."""
    return {form: name for name, forms in table.items() for form in forms.split()}


def _phrases(table: Mapping[str, list[str]]) -> dict[tuple[str, ...], str]:
    """Words of a phrase to what it means, from meaning to phrases."""
    return {tuple(phrase.split()): name for name, phrases in table.items() for phrase in phrases}


_F = _read("figures.toml")
_S = _read("states.toml")

ONES = {w: float(i) for i, w in enumerate(_F["numbers"]["ones"].split())}
TEENS = {w: float(i) for i, w in enumerate(_F["numbers"]["teens"].split(), 10)}
TENS = {w: 10.0 * i for i, w in enumerate(_F["numbers"]["tens"].split(), 2)}
CARDINALS = ONES | TEENS | TENS
SUFFIXES: dict[str, float] = _F["numbers"]["digit_suffixes"]
SCALES: dict[str, float] = {k: float(v) for k, v in _F["scales"].items()}
VAGUE: dict[str, tuple[float, float]] = {k: (float(a), float(b)) for k, (a, b) in _F["vague"].items()}
DENOMINATORS: dict[str, int] = _F["denominators"]

BOUNDS_BEFORE = _phrases(_F["bounds_before"])
BOUNDS_AFTER = _phrases(_F["bounds_after"])
OVER_NOUNS = _words(_F["over"]["nouns"])
UNITS = _by_form(_F["units"])
UNIT_PHRASES = _phrases(_F["unit_phrases"])
SIGNS: dict[str, str] = _F["currency_signs"]
SIGN_PREFIXES: dict[str, str] = _F["currency_prefixes"]
CODES: dict[str, str] = _F["currency_codes"]
CURRENCIES = _by_form(_F["currency_words"])
TIME_UNITS = _words(_F["time_units"]["words"])
BEFORE_TIME_UNIT = _words(_F["time_units"]["before"])
MONTHS = _words(_F["time_units"]["months"])
WEEKDAYS = _words(_F["time_units"]["weekdays"])
YEAR_BEFORE = _words(_F["time_units"]["year_before"])
DESIGNATORS = _words(_F["designators"]["words"])
STREETS = _words(_F["designators"]["streets"])
COMPOUND_STOP = _words(_F["compounds"]["stop"])
NOT_ONE_AFTER = _words(_F["pronouns_one"]["after"])
NOT_ONE_BEFORE = _words(_F["pronouns_one"]["before"])

STATES = ("killed", "wounded", "captured", "missing", "displaced", "deployed")
TRANSITIVE = {form: s for s in STATES for form in _S[s]["transitive"].split()}
TRANSITIVE |= dict.fromkeys(_S["hit"]["transitive"].split(), "hit")
HITS = frozenset(_S["hit"]["transitive"].split())
INTRANSITIVE = {form: s for s in STATES for form in _S[s]["intransitive"].split()}
ADJECTIVES = {form: s for s in STATES for form in _S[s]["adjectives"].split()}
STATE_NOUNS = {form: s for s in STATES for form in _S[s]["nouns"].split()}
"""Counted nouns that are a state: "12 deaths", "13,000 refugees"."""
STATE_PHRASES = _phrases(_S["phrases"])
PHRASE_STARTS = frozenset(p[0] for p in STATE_PHRASES)
LINKS = _words(_S["links"]["words"])
LEADS = _words(_S["links"]["before"])
MILITARY = _words(_S["military"]["words"])
FORCES = _words(_S["military"]["groups"])
HUMANS = _words(_S["humans"]["words"])
HUMAN_ENDINGS = tuple(_S["humans"]["endings"].split())
HUMANS_ALL = HUMANS | {w + "s" for w in HUMANS} | _words(_S["humans"]["plural"])
HUMAN_PLURALS = _words(_S["humans"]["plural"])
REFLEXIVES = _words(_S["victims"]["reflexives"])
PRONOUNS = _words(_S["victims"]["pronouns"]) | REFLEXIVES
ASSAILANTS = _words(_S["victims"]["assailants"])
UNREAL = _words(_S["victims"]["unreal"])
FATALLY = _words(_S["victims"]["fatally"])
LEAVE = _words(_S["victims"]["leave"])
STRUCK = _words(_S["victims"]["struck"])
SUFFERED = _words(_S["victims"]["suffered"])
TREATED = _words(_S["victims"]["treated"])
HARM = dict.fromkeys(_S["victims"]["harm"].split(), "wounded")
PLACE_PREPOSITIONS = _words(_S["places"]["prepositions"])
MOTION = _words(_S["places"]["motion"])
AREA_NOUNS = _words(_S["places"]["nouns"])
AREAS = AREA_NOUNS | _words(_S["places"]["parts"])
CLAIMED = _words(_S["victims"]["claimed"])
AGENT_ENDINGS = tuple(_S["humans"]["agent_endings"].split())
THINGS = _words(_S["humans"]["things"])
CONDITIONS = _words(_S["victims"]["conditions"])
NP_WORDS = _words(_F["phrases"]["determiners"])
PERSONS = _words(_F["phrases"]["persons"])
GENERIC = _words(_F["phrases"]["generic"])
NO_MEASURED = _words(_F["phrases"]["not_measured"])
EXTENSIONS = _words(_F["phrases"]["extensions"])
MEASURE_VERBS = _words(_F["phrases"]["measure_verbs"])
ABOUT_VERBS = _words(_F["over"]["about"])
AROUND_VERBS = _words(_F["over"]["around"])
SCORE_WORDS = _words(_F["designators"]["scores"])
CALIBRES = _words(_F["designators"]["calibres"])
DEATH_NOUNS = _words(_S["killed"]["of"])
LEAVES = _words(_S["victims"]["leave"])
NEGATIONS = _words(_S["links"]["negations"])
BE = _words(_S["links"]["be"])
HAVE = _words(_S["links"]["have"])
AMOUNTS = _words(_S["links"]["amounts"])
LOSE = _words(_S["victims"]["lose"])
TOLLS = _words(_S["killed"]["tolls"])
CASUALTY_NOUNS = _words(_S["killed"]["casualty"])
PRESENCE = _words(_S["military"]["consist"])
BODIES = _words(_S["military"]["bodies"])
OF_STATES = {noun: s for s in STATES for noun in _S[s].get("of", "").split() if s != "killed"}
DIVISIONS = _words(_S["places"]["divisions"])
STAY = _words(_S["military"]["stay"])
SOLDIERS = _words(_S["military"]["soldiers"])
LEVELS = _words(_F["phrases"]["levels"])
SHARE_VERBS = _words(_F["phrases"]["share_verbs"])
OE_NOUNS = _words(_F["phrases"]["oe"])
