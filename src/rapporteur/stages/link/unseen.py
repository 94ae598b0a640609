"""Origins that are credited but are not in the record: the agency behind a repost, the outlet behind "as reported by"."""

from __future__ import annotations

from collections.abc import Iterable

from rapporteur.model.lineage import Derivation, Evidence, Relation
from rapporteur.model.report import Credit, Report
from rapporteur.stages.link.credits import is_agency, plain
from rapporteur.stages.link.profile import Profile

_RELATION: dict[str, Relation] = {
    "agency": "copy", "outlet": "copy", "canonical": "copy", "link": "rewrite", "media": "hop", "copyright": "copy",
}  # fmt: skip
_DEPTH = {"agency": 1, "outlet": 1, "copyright": 0, "canonical": 1, "link": 1, "media": 2}
"""How far back a credit leads: the agency tag of a page is who filed it; whom that agency cites is where it had the news from."""
_SURE = {"agency": 0.95, "outlet": 0.95, "canonical": 0.95, "copyright": 0.7, "link": 0.8, "media": 0.85}


def unseen_parents(report: Report, profile: Profile, known: Iterable[str]) -> list[Derivation]:
    """Derivations from carriers that ``report`` credits and that are none of ``known`` (labels of its parents in the record).

    A chain ("(ANI) ... as reported by CNN") yields one per link, the innermost last in the reason's order. The agency whose own
    copy this is, and the outlet itself, are not credits.
    """
    own = {plain(n) for n in (profile.outlet, *((profile.agency,) if profile.plain else ())) if n}
    seen = own | {plain(k) for k in known}
    found: dict[str, tuple[int, str, Credit]] = {}
    for credit in report.credits:
        if credit.kind not in _RELATION:
            continue
        for name in credit.names:
            key = plain(name)
            if key and key not in seen and (key not in found or _DEPTH[credit.kind] > found[key][0]):
                found[key] = (_DEPTH[credit.kind], name, credit)
    if profile.agency and plain(profile.agency) not in seen | set(found) and _filed_by_another(profile):
        where = report.dateline.span if report.dateline else None
        found[plain(profile.agency)] = (1, profile.agency, Credit((profile.agency,), "agency", where))
    ordered = sorted(found.values(), key=lambda f: (f[0], f[1]))
    return [_derivation(report.id, name, credit) for _, name, credit in ordered]


def _filed_by_another(profile: Profile) -> bool:
    """Whether the dateline's agency is not the publisher itself: another outlet is named, or a site stands around wire copy."""
    if profile.agency is None:
        return False
    agency = plain(profile.agency)
    if profile.outlet is not None:
        return agency not in plain(profile.outlet)
    return profile.stray >= _SITE and is_agency(profile.agency)


_SITE = 5
"""Stray lines from which a page is a site's and not agency copy: copy as filed has a headline, a dateline, sometimes a by-line."""


def innermost(derivations: Iterable[Derivation]) -> Derivation | None:
    """Of one report's unseen parents the one that the chain of credits ends at."""
    last = None
    for derivation in derivations:
        last = derivation
    return last


def _derivation(report: str, name: str, credit: Credit) -> Derivation:
    evidence = (Evidence("credit", credit.span, None, f"credited ({credit.kind})"),)
    relation = _RELATION[credit.kind]
    return Derivation(
        report, None, name, relation, _SURE[credit.kind], 1.0, evidence, f"credits {name}, which is not in the record"
    )
