"""Statements across reports: one finding per utterance, and the utterances that deny each other."""

from __future__ import annotations

from collections.abc import Sequence

from rapporteur.model.account import Finding, Verdict
from rapporteur.model.claims import StatementClaim
from rapporteur.stages.link.items import key_of, longest
from rapporteur.stages.link.utterances import Said, said, utterance
from rapporteur.stages.reconcile.context import FUNCTION_WORDS, ReportContext, overlap, stem
from rapporteur.stages.reconcile.counting import Standing
from rapporteur.stages.reconcile.ids import named

_DENIALS = frozenset(
    "deny denied denies denying refute refuted refutes reject rejected rejects dismiss dismissed dismisses".split()
)
_NEGATIONS = frozenset("not n't n’t no never none nobody nothing neither nor without".split())

SAME_CONTENT = 0.5
"""Least word overlap of two contents of which one denies what the other says: high, because a false contradiction is worse than
a missed one."""
MIN_WORDS = 5
"""Content words of each side: shorter phrases share most of their words by chance."""


def statement(claim: StatementClaim, context: ReportContext, index: int) -> Said:
    """A statement, the ``index``-th claim of its report, with its words and whether it says no."""
    about, denies = _content(claim)
    return said(claim, context.base(claim, index), about, denies=denies)


def denial_keys(item: Said) -> tuple[list[int], list[int]]:
    """Under what a statement is kept for those that may contradict it, and under what it looks for them: one of its longest
    words, and whether they say no. None for one that is too short."""
    if len(item.about) < MIN_WORDS:
        return [], []
    words = longest(item.about, 4)
    return [key_of("says", item.denies, w) for w in words], [key_of("says", not item.denies, w) for w in words]


def contradict(a: Said, b: Said) -> bool:
    """Whether one statement denies what the other says: nearly the same content, one with a no."""
    return a.denies != b.denies and min(len(a.about), len(b.about)) >= MIN_WORDS and overlap(a.about, b.about) >= SAME_CONTENT


def statement_finding(members: Sequence[Said], against: Sequence[str], standing: Standing) -> Finding:
    """What the record has of one utterance. ``members`` in canonical order; ``against``: ids of the claims that say the
    opposite."""
    drifted = standing.drifts_to(members)
    origins = standing.origins(members)
    verdict: Verdict = "differ" if against else "drift" if drifted else "agree" if origins > 1 else "single"
    lead = {o: m.lead for m in members for o in standing.origins_of(m)}
    speaker, first = utterance(members).speaker, min(members, key=lambda m: m.claim.id)
    content = " ".join(s.exact for s in first.claim.content)
    return Finding(
        id=named("statement", speaker, content),
        kind="statement",
        label=f"{speaker}: {content}",
        verdict=verdict,
        supports=tuple(sorted(m.claim.id for m in members)),
        contradicts=tuple(against),
        origins=origins,
        speakers=max(1, standing.speakers(members)),
        drifts=drifted,
        as_of=max((m.published for m in members if m.published), default=None),
        weight=round(sum(lead.values()) * (1.2 if any(m.claim.terms == "on-record" for m in members) else 0.8), 6),
    )


def _content(claim: StatementClaim) -> tuple[frozenset[str], bool]:
    """Stems of the content words, and whether the statement as a whole says no (a denial, or one negation, but not both)."""
    words = " ".join(s.exact for s in claim.content).casefold().replace("n’t", " n't").replace("n't", " n't").split()
    clean = [w.strip(".,;:!?\"'“”‘’()[]") if w != "n't" else w for w in words]
    negations = sum(w in _NEGATIONS for w in clean)
    cue = claim.cue.exact.casefold().split() if claim.cue else []
    denied = any(w in _DENIALS for w in cue)
    return frozenset(stem(w) for w in clean if len(w) > 2 and w not in FUNCTION_WORDS and w not in _NEGATIONS), denied != bool(
        negations % 2
    )
