"""What speaks for and against one report having taken from another, as numbers for two logistic models.

``relation`` looks at a pair without direction: is one from the other, or both from one text? ``direction`` is antisymmetric:
turning the pair round changes every sign, so the model cannot prefer a side by the order in which it is shown.
"""

from __future__ import annotations

import math

import numpy as np

from rapporteur.stages.link.align import Alignment, Side
from rapporteur.stages.link.credits import is_agency_plain
from rapporteur.stages.link.profile import Profile

RELATION = (
    "aligned", "aligned_other", "verbatim", "names", "figures_kept", "figures_changed", "told", "amount", "lead", "order",
    "rivals", "template", "apart",
)  # fmt: skip
QUOTING = 0.3
"""Share of a sentence's words inside quotation marks from which it counts as a quotation with its attribution."""
UPDATE = ("aligned", "verbatim", "opening", "lead", "names", "figures_kept", "figures_changed", "amount", "apart", "elsewhere")
DIRECTION = ("aligned", "quoting", "credit", "dateline", "lines", "detail", "update", "growth")


def relation_features(a: Profile, b: Profile, found: Alignment) -> tuple[float, ...]:
    """One value per name in ``RELATION``; seen from the report that is better accounted for, the likelier child.

    ``figures_kept``/``figures_changed``: of the numbers in aligned sentences, those the other has, and the logarithm of how many
    it has not: a market or weather report shares its frame with yesterday's, and no number. ``rivals``: both carry datelines of
    different agencies and neither names the other. ``template``: word for word, but with other numbers. ``apart``: logarithm
    of the
    days between them, at most a week.
    """
    near, far = _near(found)
    return (
        near.aligned,
        far.aligned,
        near.verbatim,
        near.names if near.names >= 0 else 0.8,
        _kept(near),
        _changed(near),
        near.told,
        _amount(found),
        near.lead,
        found.order,
        float(rivals(a, b)),
        near.verbatim * (1.0 - near.kept / near.figures) if near.figures else 0.0,
        math.log1p(min(_apart(a, b), 7)),
    )


def update_features(a: Profile, b: Profile, found: Alignment) -> tuple[float, ...]:
    """One value per name in ``UPDATE``, for two reports of one agency.

    An agency updates by adding and cutting, on the same day and from the same place, and keeps the beginning; what it reports
    tomorrow has yesterday's background word for word and another beginning. ``opening``: share of the beginning that stands at
    the
    other's beginning. ``apart``: days between the two, at most 3. ``elsewhere``: filed from two places.
    """
    near, far = _near(found)
    return (
        near.aligned,
        near.verbatim,
        min(max(near.opening, far.opening), 1.0),
        near.lead,
        near.names if near.names >= 0 else 0.8,
        _kept(near),
        _changed(near),
        _amount(found),
        float(min(_apart(a, b), 3)),
        float(a.place != b.place),
    )


def own_words(found: Alignment, a: Profile, b: Profile) -> float:
    """Aligned share (0 to 1) of the sentences that quote next to nothing, of the side that has more: two reporters of one press
    conference share its quotations, and each tells the rest in words of his own."""
    return max(_unquoted(found.first, a), _unquoted(found.second, b))


def _unquoted(side: Side, report: Profile) -> float:
    x = report.arrays
    tokens = np.bincount(x.sentence_at, minlength=len(x.sentences)).clip(1)
    quoted = np.bincount(x.sentence_at, x.quoted, len(x.sentences)) / tokens
    plain = (x.sentence_weights > 0) & (quoted < QUOTING)
    total = float(x.sentence_weights[plain].sum())
    return float((side.ratio * x.sentence_weights)[plain].sum()) / total if total else 0.0


def _near(found: Alignment) -> tuple[Side, Side]:
    """The side that is better accounted for, then the other."""
    return (found.first, found.second) if found.first.aligned >= found.second.aligned else (found.second, found.first)


def _kept(side: Side) -> float:
    return (side.kept + 1.0) / (side.figures + 1.5)


def _changed(side: Side) -> float:
    return math.log1p(max(side.figures - side.kept, 0))


def _amount(found: Alignment) -> float:
    """Logarithm of the shared weight against 100 nats; beyond 450 more says nothing more."""
    return min(math.log(max(found.shared, 1.0) / 100.0), 1.5)


def direction_features(child: Profile, parent: Profile, found: Alignment) -> tuple[float, ...]:
    """One value per name in ``DIRECTION``, positive where it speaks for ``child`` having taken from ``parent``.

    ``found`` is ``align(child, parent)``. ``aligned``: more of the child stands in the parent than the other way round.
    ``quoting``: a retelling turns direct speech into indirect. ``credit``: the child names what the parent goes by.
    ``dateline``: the parent bears an agency's dateline that the child lacks or leaves unsigned; a hop's own dateline over a
    credit does not count. ``lines``: the child stands among
    more stray lines (site furniture). ``detail``: the parent has names and numbers that the child leaves out.
    ``update``, ``growth``: between reports of one agency the later lead, and the fuller text, is the later one.
    """
    c, p = found.first, found.second
    same = same_agency(child, parent)
    forward, backward = credits(child, parent), credits(parent, child)
    return (
        0.0 if same else c.aligned - p.aligned,
        0.0 if same else max(-1.0, min(1.0, 4.0 * (p.quoting - c.quoting))),
        float(forward) - float(backward),
        0.0 if same else float(_files(parent, child) and not backward) - float(_files(child, parent) and not forward),
        0.0 if same else math.tanh((_lines(child) - _lines(parent)) / 3.0),
        0.0 if same else _specific(c) - _specific(p),
        max(-2.0, min(2.0, float(child.update - parent.update))) if same else 0.0,
        math.tanh(2.0 * math.log((c.size + 20.0) / (p.size + 20.0))) if same else 0.0,
    )


def _specific(side: Side) -> float:
    values = [v for v in (side.names, side.numbers) if v >= 0]
    return sum(values) / len(values) if values else 1.0


def _lines(profile: Profile) -> int:
    return min(profile.stray, 8)


def _files(one: Profile, other: Profile) -> bool:
    """Whether ``one`` is agency copy as filed, also beside ``other``: a dateline without an agency is that of a retelling where
    the other's names one and is not credited."""
    return original(one) and (one.signed or not other.signed or credits(other, one))


def original(profile: Profile) -> bool:
    """Whether the report is agency copy as filed: a dateline, no site around it, no other outlet's name."""
    return profile.plain and profile.outlet is None


def bare(profile: Profile) -> bool:
    """Whether it is running text alone with a date given beside it: no dateline, no outlet, no stray line. So look the rows of an
    archive that keeps title and text apart; a page that somebody saved or rewrote hardly does (none of the dev retellings)."""
    dated = profile.day is not None
    return dated and profile.place is None and profile.outlet is None and not profile.plain and not profile.stray


def same_agency(a: Profile, b: Profile) -> bool:
    """Whether both are copy as filed or rows of an archive, where series with one frame are many and retellings few, and nothing
    says that they are of two agencies: an agency that signs its datelines signs them all."""
    if not ((original(a) or bare(a)) and (original(b) or bare(b))):
        return False
    if a.agency is not None and b.agency is not None:
        return a.agency == b.agency
    return bare(a) or bare(b) or not (a.signed or b.signed)


def credits(child: Profile, parent: Profile) -> bool:
    """Whether ``child`` names, as a carrier of news, something that ``parent`` goes by and it does not go by itself; or an agency
    where ``parent`` is agency copy that does not say whose."""
    names = set(child.credited).intersection(parent.labels)
    return bool(names.difference(_own(child))) or _may_be_from(child, parent)


def _may_be_from(child: Profile, parent: Profile) -> bool:
    """Whether ``child``, which another agency or an outlet signs, names an agency, and ``parent`` is copy that nobody signs and
    that names none: "ISTANBUL (ANA) ..., AFP reported" beside a "MOSCOW, Dec 2 ..."."""
    unsigned = parent.agency is None and parent.outlet is None and parent.place is not None
    signed = child.agency is not None or child.outlet is not None
    return unsigned and signed and _agencies(child) and not _agencies(parent)


def _agencies(profile: Profile) -> bool:
    """Whether a report names an agency, other than its own, as a carrier of news."""
    return any(is_agency_plain(name) for name in set(profile.credited) - _own(profile))


def _own(profile: Profile) -> set[str]:
    return {n.lower() for n in (profile.agency, profile.outlet) if n}


def rivals(a: Profile, b: Profile) -> bool:
    """Whether both bear datelines of different agencies and neither names the other's."""
    return a.agency is not None and b.agency is not None and a.agency != b.agency and not credits(a, b) and not credits(b, a)


def _apart(a: Profile, b: Profile) -> int:
    """Days between the two at least; 0 when a date is not known."""
    if a.day is None or b.day is None or a.last_day is None or b.last_day is None:
        return 0
    return max(a.day - b.last_day, b.day - a.last_day, 0)
