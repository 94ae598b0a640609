"""Origins that are credited but are not in the record: the agency behind a repost, the outlet behind "as reported by"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from rapporteur.model.lineage import Derivation, Evidence, Relation
from rapporteur.model.report import Credit, CreditKind, Report
from rapporteur.model.spans import Span
from rapporteur.stages.link.background import weight
from rapporteur.stages.link.columns import BODY
from rapporteur.stages.link.credits import is_agency, plain
from rapporteur.stages.link.profile import Profile

_RELATION: dict[CreditKind, Relation] = {
    "agency": "copy", "outlet": "copy", "canonical": "copy", "copyright": "copy", "link": "rewrite", "media": "hop",
}  # fmt: skip
_DEPTH: dict[CreditKind, int] = {"copyright": 0, "agency": 1, "outlet": 1, "canonical": 1, "link": 1, "media": 2}
"""How far back a credit leads: an agency's tag says who filed the text; whom the text itself cites is where the news came
from."""
_SCORE: dict[CreditKind, float] = {
    "agency": 0.95,
    "outlet": 0.95,
    "canonical": 0.95,
    "link": 0.8,
    "media": 0.85,
    "copyright": 0.7,
}
"""Set, not fitted: a tag or canonical link states the source; a citation may concern a part; a copyright line may be the
site's."""
_LEAD = 2
"""Sentences at the beginning in which a citation speaks for the whole report ("..., CNN reported, citing sources")."""
_SHARE = 0.25
"""Share of sentences with the citation from which it speaks for the whole even when the lead does not name it."""
_SITE = 5
"""Stray lines from which a page is a site's and not agency copy: copy as filed has a headline, a dateline, sometimes a
by-line."""
_UNCOMMON = 6.0  # nats: in fewer than one stretch of reference text in 400
_TAIL = 3
"""A tag may be followed by so many characters of punctuation at the very end of the text and still be a tag: "... said.
(ANI)"."""


class _Found(NamedTuple):
    depth: int
    name: str
    kind: CreditKind
    spans: tuple[Span, ...]
    address: str | None


def unseen_parents(report: Report, profile: Profile, known: Iterable[str]) -> list[Derivation]:
    """Derivations from carriers that ``report`` as a whole is credited to and that are none of ``known`` (labels of its parents).

    A chain ("(ANI) ... as reported by CNN") gives one per link, the innermost last. The agency whose own copy this is, the outlet
    itself, and a carrier cited for single statements are no origins of the report.
    """
    own = {plain(n) for n in (profile.outlet, None if _filed_by_another(profile) else profile.agency) if n}
    passed = own | {plain(k) for k in known}
    groups: dict[tuple[str, bool], list[Credit]] = {}
    for credit in report.credits:
        if credit.kind in _RELATION:
            for name in filter(_names_a_carrier, credit.names):
                groups.setdefault((name, _in_text(credit, profile, len(report.text))), []).append(credit)
    found: dict[str, _Found] = {}
    if profile.agency and _filed_by_another(profile):
        span = report.dateline.span if report.dateline else None
        found[plain(profile.agency)] = _Found(1, profile.agency, "agency", (span,) if span else (), None)
    for (name, cited), credits in sorted(groups.items()):
        if cited and not _speaks_for_all(credits, profile):
            continue
        kind: CreditKind = "media" if cited and credits[0].kind == "agency" else credits[0].kind
        entry = _Found(
            _DEPTH[kind], name, kind, tuple(c.span for c in credits if c.span), next((c.url for c in credits if c.url), None)
        )
        if plain(name) not in found or found[plain(name)].depth < entry.depth:
            found[plain(name)] = entry
    ordered = sorted((f for key, f in found.items() if not _is_one_of(key, passed)), key=lambda f: (f.depth, f.name))
    return [_derivation(report.id, f) for f in ordered]


def _is_one_of(key: str, passed: Iterable[str]) -> bool:
    """Whether ``key`` names one of ``passed``, in full or by two of its words or more ("Green Ledger")."""
    words = set(key.split())
    return any(key == name or (len(words) > 1 and words < set(name.split())) for name in passed)


def _names_a_carrier(name: str) -> bool:
    """Whether ``name`` can be a carrier's: a single common word ("Russian", "Media") is what is left of a longer description."""
    return " " in name.strip() or name.isupper() or is_agency(name) or weight(name) >= _UNCOMMON


def _filed_by_another(profile: Profile) -> bool:
    """Whether the dateline's agency is not the publisher itself: another outlet is named, or a site stands around wire copy."""
    if profile.agency is None:
        return False
    agency = plain(profile.agency)
    if profile.outlet is not None:
        initials = "".join(w[0] for w in plain(profile.outlet).split())
        return agency not in plain(profile.outlet) and agency != initials
    return not profile.plain and profile.stray >= _SITE and is_agency(profile.agency)


def _in_text(credit: Credit, profile: Profile, length: int) -> bool:
    """Whether the credit stands inside a sentence of the running text, as a citation, and not as a tag, dateline or label."""
    if credit.kind in ("canonical", "link", "copyright") or credit.span is None:
        return False
    if credit.span.end >= length - _TAIL:
        return False
    row = _sentence(profile, credit.span)
    return row is not None and (credit.kind == "media" or not _opens(profile, credit.span))


def _sentence(profile: Profile, span: Span) -> int | None:
    """The body sentence that ``span`` stands in, counted among body sentences."""
    x = profile.arrays
    count = -1
    for first, last, role in x.sentences.tolist():
        if role != BODY:
            continue
        count += 1
        end = int(x.starts[last - 1]) + int(x.lengths[last - 1])
        if int(x.starts[first]) <= span.start < end:
            return count
    return None


def _opens(profile: Profile, span: Span) -> bool:
    """Whether ``span`` stands in the dateline that opens the first sentence: "LUSAKA, April 14 (SCNB) - The capture ..."."""
    return profile.agency is not None and plain(span.exact).find(plain(profile.agency)) >= 0 and _sentence(profile, span) == 0


def _speaks_for_all(credits: list[Credit], profile: Profile) -> bool:
    """Whether citations in the text cover the report: in its lead or headline, or spread over it."""
    rows = {_sentence(profile, c.span) for c in credits if c.span is not None}
    if any(row is None or row < _LEAD for row in rows):
        return True
    body = int((profile.arrays.sentence_weights > 0).sum())
    return len(rows) >= max(2.0, _SHARE * body)


def innermost(derivations: Iterable[Derivation]) -> Derivation | None:
    """Of one report's unseen parents the one that the chain of credits ends at."""
    last = None
    for derivation in derivations:
        last = derivation
    return last


def _derivation(report: str, found: _Found) -> Derivation:
    note = f"credited ({found.kind})" + (f": {found.address}" if found.address else "")
    evidence = tuple(Evidence("credit", span, None, note) for span in found.spans[:4]) or (Evidence("credit", None, None, note),)
    reason = f"credits {found.name}, which is not in the record"
    return Derivation(report, None, found.name, _RELATION[found.kind], _SCORE[found.kind], 1.0, evidence, reason)
