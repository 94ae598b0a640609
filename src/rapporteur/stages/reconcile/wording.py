"""Labels of findings in plain words: what is counted, in which state, whose, where, since when."""

from __future__ import annotations

from collections.abc import Sequence

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


def measure_label(members: Sequence[Measure]) -> str:
    """ "U.S. troops deployed in Iraq", "attacks in Iraq, Syria, since October"."""
    # Not the most frequent form: what a report says must not gain weight by being copied.
    figures = [m.claim.figure for m in members]
    noun = next((f.counted for f in figures if f.counted), None)
    unit = next((f.unit for f in figures if f.unit), None)
    whose = next((f.whose for f in figures if f.whose), None)
    state = _STATE.get(members[0].state or "")
    places = min({"; ".join(sorted(set(f.places))) for f in figures if f.places}, key=lambda p: (p.count(";"), p), default=None)
    window = next((f.window.text for f in figures if f.window), None)
    what = plural(noun) if noun else (unit or "number")
    if noun and unit and unit != noun:
        what = f"{what} ({unit})"
    parts = [p for p in (whose, what, state) if p]
    label = " ".join(parts) + (f" in {places.replace('; ', ', ')}" if places else "")
    label = label + (f", {window}" if window else "")
    return label[:1].upper() + label[1:]
