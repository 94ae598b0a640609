"""Labels of findings in plain words: what is counted, in which state, whose, where, since when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from rapporteur.stages.reconcile.measures import Measure

_IRREGULAR = {
    "person": "people",
    "man": "men",
    "woman": "women",
    "child": "children",
    "serviceman": "servicemen",
    "policeman": "policemen",
    "gunman": "gunmen",
    "life": "lives",
    "percent": "percent",
    "police": "police",
    "personnel": "personnel",
    "aircraft": "aircraft",
    "dead": "dead",
}
_STATE = {
    "killed": "killed",
    "wounded": "wounded",
    "captured": "held or captured",
    "missing": "missing",
    "displaced": "displaced",
    "deployed": "deployed",
}


def plural(noun: str) -> str:
    """Plural of the last word of an English noun phrase."""
    head, _, last = noun.rpartition(" ")
    low = last.casefold()
    if low in _IRREGULAR:
        made = _IRREGULAR[low]
    elif low.endswith(("s", "x", "ch", "sh")):
        made = last if low.endswith("s") and not low.endswith("ss") else last + "es"
    elif low.endswith("y") and low[-2:-1] not in "aeiou":
        made = last[:-1] + "ies"
    else:
        made = last + "s"
    return f"{head} {made}" if head else made


def most_common(values: Iterable[str | None]) -> str | None:
    """The most frequent of the values that are not empty; of equals the first in the alphabet."""
    counts = Counter(v for v in values if v)
    return min(counts, key=lambda v: (-counts[v], v)) if counts else None


def measure_label(members: Sequence[Measure]) -> str:
    """ "U.S. troops deployed in Iraq", "attacks in Iraq, Syria, since October"."""
    figures = [m.claim.figure for m in members]
    noun = most_common(f.counted for f in figures)
    unit = most_common(f.unit for f in figures)
    whose = most_common(f.whose for f in figures)
    state = _STATE.get(members[0].state or "")
    places = most_common("; ".join(sorted(set(f.places))) for f in figures)
    window = most_common(f.window.text if f.window else None for f in figures)
    what = plural(noun) if noun else (unit or "number")
    if noun and unit and unit != noun:
        what = f"{what} ({unit})"
    parts = [p for p in (whose, what, state) if p]
    label = " ".join(parts) + (f" in {places.replace('; ', ', ')}" if places else "")
    label = label + (f", {window}" if window else "")
    return label[:1].upper() + label[1:]
