"""Statements across reports: one finding per utterance, and the utterances that deny each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from rapporteur.model.account import Finding, Verdict
from rapporteur.model.claims import StatementClaim
from rapporteur.model.lineage import Drift, Lineage, Utterance
from rapporteur.stages.reconcile.context import FUNCTION_WORDS, ReportContext, overlap, stem
from rapporteur.stages.reconcile.counting import Standing
from rapporteur.stages.reconcile.ids import Namer

_DENIALS = frozenset(
    "deny denied denies denying refute refuted refutes reject rejected rejects dismiss dismissed dismisses".split()
)
_NEGATIONS = frozenset("not n't n’t no never none nobody nothing neither nor without".split())

SAME_CONTENT = 0.5
"""Least word overlap of two contents of which one denies what the other says: high, because a false contradiction is worse than
a missed one."""
MIN_WORDS = 5
"""Content words of each side: shorter phrases share most of their words by chance."""
MAX_POSTINGS = 50
"""Utterances looked at per word: words that more than this many share say nothing about a contradiction."""


def reconcile_statements(contexts: Sequence[ReportContext], standing: Standing, lineage: Lineage) -> list[Finding]:
    """One finding per utterance (or per statement that belongs to none). ``contexts`` in canonical order."""
    by_id = {c.id: (c, context) for context in contexts for c in context.reading.claims if isinstance(c, StatementClaim)}
    taken = {c for u in lineage.utterances for c in u.claims}
    alone = [
        Utterance(i, c.speaker.resolved if c.speaker else "unnamed speaker", (i,))
        for i, (c, _) in by_id.items()
        if i not in taken
    ]
    utterances = [
        u
        for u in (Utterance(u.id, u.speaker, tuple(c for c in u.claims if c in by_id)) for u in [*lineage.utterances, *alone])
        if u.claims
    ]
    utterances.sort(key=lambda u: min(u.claims))
    settled = standing.decided.settle([c for u in utterances for c in u.claims], [u.claims for u in utterances], str)
    if standing.decided.judgements:
        named = {u.claims[0]: u for u in utterances}
        utterances = [_renamed(tuple(g), named, by_id) for g in settled.groups]
    against = _contradictions(utterances, by_id)
    drifts: dict[str, list[Drift]] = defaultdict(list)
    for d in lineage.drifts:
        drifts[d.target].append(d)
    namer = Namer("statement")
    made = (_finding(u, against.get(i, ()), by_id, standing, (drifts, namer)) for i, u in enumerate(utterances))
    return standing.decided.noted(made, settled.aside)


def _renamed(claims: tuple[str, ...], named: Mapping[str, Utterance], by_id: _ById) -> Utterance:
    """The utterance of ``claims``: the one that began with the first of them, else under that claim's own speaker."""
    before = named.get(claims[0])
    speaker = by_id[claims[0]][0].speaker
    return Utterance(
        before.id if before else claims[0],
        before.speaker if before else speaker.resolved if speaker else "unnamed speaker",
        claims,
    )


_ById = Mapping[str, tuple[StatementClaim, ReportContext]]


def _finding(
    utterance: Utterance,
    against: Sequence[str],
    by_id: _ById,
    standing: Standing,
    shared: tuple[Mapping[str, list[Drift]], Namer],
) -> Finding:
    drifts, namer = shared
    claims = [by_id[c] for c in utterance.claims]
    drifted = tuple(sorted((d for c in utterance.claims for d in drifts.get(c, ())), key=lambda d: (d.target, d.source, d.type)))
    origins = standing.origins(utterance.claims)
    verdict: Verdict = "differ" if against else "drift" if drifted else "agree" if origins > 1 else "single"
    lead = {o: context.lead(c.span.start) for c, context in claims for o in standing.origins_of(c.id)}
    content = " ".join(s.exact for s in claims[0][0].content)
    return Finding(
        id=namer(utterance.speaker, content),
        kind="statement",
        label=f"{utterance.speaker}: {content}",
        verdict=verdict,
        supports=tuple(sorted(utterance.claims)),
        contradicts=tuple(against),
        origins=origins,
        speakers=max(1, standing.speakers(utterance.claims)),
        drifts=drifted,
        as_of=max((p for _, c in claims if (p := c.published)), default=None),
        weight=round(sum(lead.values()) * (1.2 if any(c.terms == "on-record" for c, _ in claims) else 0.8), 6),
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


def _contradictions(utterances: Sequence[Utterance], by_id: _ById) -> dict[int, tuple[str, ...]]:
    """Utterance number to the claims that say the opposite of it: nearly the same content, opposite polarity."""
    contents = [_content(by_id[u.claims[0]][0]) for u in utterances]
    postings: dict[str, list[int]] = defaultdict(list)
    for number, (words, _) in enumerate(contents):
        for word in words:
            postings[word].append(number)
    out: dict[int, set[str]] = defaultdict(set)
    for number, (words, negative) in enumerate(contents):
        if not negative or len(words) < MIN_WORDS:
            continue
        near = {n for w in words if len(postings[w]) <= MAX_POSTINGS for n in postings[w]}
        for other in near:
            other_words, other_negative = contents[other]
            if other_negative or len(other_words) < MIN_WORDS or overlap(words, other_words) < SAME_CONTENT:
                continue
            out[number].update(utterances[other].claims)
            out[other].update(utterances[number].claims)
    return {number: tuple(sorted(claims)) for number, claims in out.items()}
