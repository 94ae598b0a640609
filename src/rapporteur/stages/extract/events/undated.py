"""Times that date nothing: what an amount is compared with, a name, a season of any year, a feast that is itself the matter."""

from __future__ import annotations

from rapporteur.language.base import Parsed
from rapporteur.stages.extract.times.classes import HOLIDAYS, SEASONS

_COMPARISONS = ("year earlier", "year ago", "month earlier", "quarter earlier", "week earlier")
_DAYS_NAMED = frozenset(("Today", "Tomorrow", "Tonight", "Yesterday"))
_OPENING = frozenset(('"', "“", "``", ":", "'", "‘"))
_LED_TO = frozenset("on in at by over during since until before after for from last this next of".split())
"""Words before a feast that make it a time."""


def no_date(parsed: Parsed, first: int, exact: str) -> bool:
    """Whether the time mention ``exact``, which begins at token ``first``, dates no event of its sentence."""
    return _compares(parsed, first, exact) or _names(parsed, first, exact) or _recurs(parsed, first, exact)


def _compares(parsed: Parsed, first: int, exact: str) -> bool:
    """Whether a time only says what an amount is compared with ("from 93 million a year earlier")."""
    if not exact.lower().endswith(_COMPARISONS):
        return False
    return any(parsed.tags[i] == "CD" for i in range(max(first - 3, 0), first))


def _names(parsed: Parsed, first: int, exact: str) -> bool:
    """Whether "Today" with its capital inside of a sentence is a name ("the daily Orsk Today")."""
    start = parsed.sentences[parsed.sentence_at[first]][0]
    return exact in _DAYS_NAMED and first > start and parsed.words[first - 1] not in _OPENING


def _recurs(parsed: Parsed, first: int, exact: str) -> bool:
    """Whether a season without an article is that of any year ("cannot be supplied in winter"), or a feast is no time ("let us
    celebrate Christmas")."""
    before = parsed.words[first - 1].lower() if first else ""
    season = exact.lower() in SEASONS and before in ("in", "during")
    return season or (exact.lower() in HOLIDAYS and before not in _LED_TO)
