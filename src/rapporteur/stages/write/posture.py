"""Posture: stated force levels by country or publicly named base over time, each with who says it and as of when.

Never below that grain: a place that is neither a country nor named a base is left out, and so is what is no level: parts that
are sent or withdrawn, plans, questions, losses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapporteur.language.gazetteer import country_named, country_of
from rapporteur.model.account import Finding, PostureRow
from rapporteur.model.claims import FigureClaim
from rapporteur.model.lineage import Origin
from rapporteur.stages.link.origins import behind
from rapporteur.stages.reconcile.measures import thing
from rapporteur.stages.write.guard import negations, words
from rapporteur.stages.write.numbers import stated_between, stated_number
from rapporteur.stages.write.passages import Passage, Passages
from rapporteur.stages.write.wording import ROW, attributed, best_of, cites_of

BASE = re.compile(
    r"(?:Camp|Fort|Base|Naval Station|Air Station) (?:[A-Z][\w’'-]*|al-[A-Z]\w*)|"
    r"[^\n]{0,60}[A-Z][^\n]{0,60} (?:(?:[Aa]ir|[Nn]aval|[Aa]rmy|[Mm]ilitary|[Aa]ir [Ff]orce) [Bb]ase|"
    r"Base|Airbase|Air Station|Naval Station|Barracks|Garrison|Airfield|Camp|Cantonment)"
)
"""A name by which a base is publicly known: "Camp Lemonnier", "Ramstein Air Base"; "a base near the border" is none."""
CHANGE = frozenset(
    "additional extra another further fresh reinforcement reinforcements more withdraw withdraws withdrew withdrawn "
    "withdrawing withdrawal pull pulls pulled pulling remove removes removed removing send sends sent sending dispatch "
    "dispatches dispatched dispatching deploy deploys deploying contribute contributes contributed contributing add adds "
    "added adding cut cuts cutting reduce reduces reduced reducing reduction offer offers offered offering pledge pledges "
    "pledged pledging promise promises promised request requests requested ask asks asked need needs needed require "
    "requires required propose proposes proposed plan plans planned planning commit commits committed replace replaces "
    "replaced rotate rotates rotated arrive arrives arrived left leave leaves return returns returned surge joined join "
    "joins first train trains trained training recruit recruits".split()
)
"""Words before a figure that make it a part that moves, or a wish, and no level that holds."""
POSSIBLE = frozenset(
    "would could may might should can will shall if unless whether possible possibly perhaps potential potentially proposed "
    "planned expected authorized authorised ceiling maximum once formerly previously peak height".split()
)
BEFORE, WHOLE, AFTER = 8, 12, 4
"""Words before the figure, in its clause, in which a change, and in the sentence, in which a mere possibility is sought; words
after it in which it may be said to move ("a force being sent")."""
CLAUSE = re.compile(r"[;:—–]|, (?:and|but|while|where|which)\b")
WITHIN = r"\b(?:in|at|on|inside|within|across|throughout|around|(?:deployed|assigned|posted|attached) to)\b[^.;]{0,40}"
"""What must lead to the place: "Italy, the main contributor with 2,300 soldiers" does not say that they are in Italy."""
PART = re.compile(
    r",?\s+(?:force|troops|soldiers|personnel)?,?\s*(?:about |nearly |only |some )?"
    r"(?:half|a third|a quarter|part|most|some|many|none) of which"
)
"""What follows a strength of which only a part is there."""
AND = re.compile(r"\band (?:that )?(?:another )?(?:about |some |roughly |nearly )?$")
HAS = re.compile(
    r"\b([A-Z][\w.]*(?: [A-Z][\w.]*)*)(?:, which)? (?:currently |now |still |also )*(?:has|have|keeps|maintains|stations) $"
)
OWN_ARMY = re.compile(r"\bthe country[’']s $")
THE_COUNTRY = re.compile(r"\bin the (?:country|nation|region|area)\b")
NEAR = 300
"""Code points before a sentence in which "the country" must have been named; chosen, not measured."""
AIM = re.compile(r"\b(?:aimed at|to (?!the\b|north|south|east|west|central)[a-z]+)\b")
LEAST = 10.0
"""Soldiers below which a number is no level of forces."""
SURE = ("as-of", "published", "placed", "")
"""What a level's date is, the surest first."""
MOST_SPEAKERS = 4


@dataclass(frozen=True, slots=True)
class _Level:
    passage: Passage
    claim: FigureClaim
    place: str
    whose: str | None
    date: str
    dated: str


def public_place(name: str) -> str | None:
    """The country or publicly named base that ``name`` stands for; None for any other place."""
    country = country_named(name)
    if country:
        return country
    plain = " ".join(name.split())
    return plain if BASE.fullmatch(plain) else None


def posture_of(findings: Sequence[Finding], origins: Sequence[Origin], passages: Passages) -> list[PostureRow]:
    """Stated levels by place, owner and date. Levels of one place, owner and day make one row with their range."""
    groups: dict[tuple[str, str, str], list[_Level]] = {}
    for level in _levels(findings, passages):
        groups.setdefault((level.place, level.whose or "", level.date), []).append(level)
    rows = [_row(group, origins, passages) for group in _joined(groups)]
    return sorted(rows, key=lambda r: (r["place"].casefold(), (r["whose"] or "").casefold(), r["date"] or "", r["text"]))


def _levels(findings: Sequence[Finding], passages: Passages) -> Iterator[_Level]:
    for finding in findings:
        if finding.kind != "figure":
            continue
        known = passages.known(dict.fromkeys((*finding.supports, *finding.contradicts, *finding.parts)))
        figures = [p.claim.figure for p in known if isinstance(p.claim, FigureClaim)]
        owner = next((f.whose for f in figures if f.whose), None)
        for passage in known:
            claim = passage.claim
            place = _place(claim) if isinstance(claim, FigureClaim) else None
            if place is None or not isinstance(claim, FigureClaim) or not (_holds(passage, claim) and _within(passage, claim)):
                continue
            whose = claim.figure.whose or owner or _owner_before(passage, claim, place)
            dated = "as-of" if claim.figure.as_of else "published" if passage.date else "placed" if passage.placed else ""
            day = (claim.figure.as_of or passage.around)[:10]
            yield _Level(passage, claim, place, (country_of(whose) or whose) if whose else None, day, dated)


def _owner_before(passage: Passage, claim: FigureClaim, place: str) -> str | None:
    """Whose the forces are that the same sentence counted before: "2,500 U.S. troops remain in one and 900 in the other"."""
    left = passage.reading.report.text[passage.sentence[0] : claim.span.start]
    if OWN_ARMY.search(left):
        return place
    has = HAS.search(left)
    if has is not None and country_named(has[1]):
        return country_named(has[1])
    before = [
        c.figure.whose
        for c in passage.reading.claims
        if isinstance(c, FigureClaim) and c.figure.state == "deployed" and passage.sentence[0] <= c.span.start < claim.span.start
    ]
    return before[-1] if before and AND.search(left) and claim.figure.counted in (None, "troop", "soldier") else None


def _place(claim: FigureClaim) -> str | None:
    """The one public place of a figure: a base when it names one beside its country; None when it names several or another."""
    named = [public_place(p) for p in claim.figure.places]
    if not named or None in named:
        return None
    places = {p for p in named if p}
    bases = {p for p in places if not country_named(p)}
    chosen = bases or places
    return next(iter(chosen)) if len(chosen) == 1 else None


def _holds(passage: Passage, claim: FigureClaim) -> bool:
    """Whether the figure states a level of forces that the report says holds or held."""
    figure = claim.figure
    if figure.state not in (None, "deployed") or figure.window is not None or not passage.found:
        return False
    number = stated_number(figure)
    if number is None or number < LEAST or figure.unit in ("percent", "%") or figure.derived:
        return False
    if figure.state is None and thing(figure.counted, figure.unit) != "soldier":
        return False
    text = passage.reading.report.text
    low, high = passage.sentence
    before = words(text[low : claim.span.start])
    clause_words = words(CLAUSE.split(text[low : claim.span.start])[-1])[-BEFORE:]
    after = words(CLAUSE.split(text[claim.span.end : high])[0])
    near = frozenset((*clause_words, *words(claim.span.exact), *after[:AFTER]))
    if near & CHANGE - ({"more"} if figure.bound == "more-than" else set()):
        return False
    around = frozenset((*before[-WHOLE:], *after[:AFTER]))
    return not (
        around & POSSIBLE
        or PART.match(text[claim.span.end : high])
        or negations(clause_words)
        or text[low:high].rstrip(" ”\"')").endswith("?")
    )


def _within(passage: Passage, claim: FigureClaim) -> bool:
    """Whether the sentence says of a place of the figure that something is in it, or a neighbouring sentence names it. What
    stands after an aim ("to stop raids in Orsk") is not where the force is."""
    named = [p for p in claim.figure.places if p in passage.text]
    text, (low, high) = passage.reading.report.text, passage.sentence
    if not named and THE_COUNTRY.search(text, low, high):
        return any(p in text[max(0, low - NEAR) : low] for p in claim.figure.places)
    sides = text[low : claim.span.start], AIM.split(text[claim.span.start : high])[0]
    return not named or any(re.search(WITHIN + re.escape(p), side) for p in named for side in sides)


def _joined(groups: dict[tuple[str, str, str], list[_Level]]) -> list[list[_Level]]:
    """The groups, one of an undated report joined to a dated one of its month in which the same number stands: it adds a report,
    and no date."""
    out = dict(groups)
    for key in sorted(groups):
        group = groups[key]
        if any(level.dated != "placed" for level in group):
            continue
        numbers = {stated_number(level.claim.figure) for level in group}
        home = next(
            (
                k
                for k in sorted(out)
                if k != key
                and k[:2] == key[:2]
                and k[2].startswith(key[2])
                and numbers <= {stated_number(level.claim.figure) for level in out[k]}
            ),
            None,
        )
        if home is not None:
            out[home] = [*out[home], *out.pop(key)]
    return list(out.values())


def _row(group: Sequence[_Level], origins: Sequence[Origin], passages: Passages) -> PostureRow:
    best = best_of([level.passage for level in group], frozenset())
    first = next(level for level in group if level.passage is best)
    dated = min(group, key=lambda level: (SURE.index(level.dated), level.date))
    reports = {level.passage.reading.report.id for level in group}
    lowest, highest = stated_between([level.claim.figure for level in group])
    voices = [passages.speaker_of(level.passage) or level.passage.attribution for level in group]
    return {
        "place": first.place,
        "whose": first.whose,
        "date": dated.date or None,
        "dated": dated.dated or None,
        "level": f"from {lowest} to {highest}" if lowest != highest else lowest,
        "said_by": list(dict.fromkeys(voices))[:MOST_SPEAKERS],
        "reports": len(reports),
        "origins": behind(origins, reports),
        "text": attributed(best, passages, ROW),
        "cites": list(cites_of(best, [level.passage for level in group])),
    }
