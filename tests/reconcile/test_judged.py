"""What people decide is applied on every run, shown with their names, and undone by one more judgement."""

from __future__ import annotations

import itertools

import pytest

from rapporteur.model.account import Account, Finding
from rapporteur.model.claims import CommitmentClaim, EventClaim, FigureClaim, PositionClaim, StatementClaim
from rapporteur.model.judgement import Judgement, in_force, judgement_id
from rapporteur.model.reading import Reading
from rapporteur.stages.link import link
from rapporteur.stages.link.judged import derivation_id
from rapporteur.stages.reconcile import reconcile
from rapporteur.stages.reconcile.corrections import corrected
from rapporteur.stages.reconcile.judged import Decided
from rapporteur.stages.write import ComposeOptions, compose, with_judgements
from tests.made import reading
from tests.reconcile.test_findings import OTHER, SECOND, WIRE
from tests.write.builders import NO_LINEAGE

AT = "2031-05-20T09:00:00Z"


def judged(*judgements: Judgement) -> tuple[tuple[Finding, ...], Account]:
    decided = Decided.of(judgements)
    read = (reading("a", WIRE), reading("b", SECOND), reading("c", OTHER))
    corrected_readings, issues = decided.read(read)
    assert issues == ()
    lineage = decided.lineage(NO_LINEAGE)
    findings = reconcile(corrected_readings, lineage, decided)
    account = compose(decided.without_rejected(corrected_readings), lineage, findings, ComposeOptions())
    return findings, with_judgements(account, decided.judgements, read)


def on(verb: str, *subjects: str, value: str | None = None, sides: tuple[int, ...] = (), why: str = "") -> Judgement:
    return Judgement(verb, subjects, "M. Editor", AT, why, value, sides)  # type: ignore[arg-type]


def claims(report: Reading, value: float) -> list[str]:
    return [c.id for c in report.claims if isinstance(c, FigureClaim) and c.figure.value == value]


TWELVE = claims(reading("c", OTHER), 12)[0]
FORTY = claims(reading("a", WIRE), 40)[0]
FORTY_THREE = claims(reading("b", SECOND), 43)[0]


def holding(findings: tuple[Finding, ...], claim: str) -> list[Finding]:
    return [f for f in findings if claim in (*f.supports, *f.contradicts)]


def test_without_judgements_twelve_speaks_against_forty() -> None:
    findings, account = judged()
    (finding,) = holding(findings, TWELVE)
    assert (finding.verdict, FORTY in finding.supports, TWELVE in finding.contradicts) == ("differ", True, True)
    assert account.judgements == ()


def test_a_rejected_claim_supports_nothing_and_stays_listed() -> None:
    findings, account = judged(on("reject", TWELVE, why="counts one lorry only"))
    assert holding(findings, TWELVE) == []
    (finding,) = holding(findings, FORTY)
    assert (finding.verdict, finding.origins, finding.rejected) == ("agree", 2, (TWELVE,))
    assert finding.label.endswith("(rejected by M. Editor: counts one lorry only)")
    row = next(c for c in account.claims if c["id"] == TWELVE)
    assert (row["judged"]["verb"], row["judged"]["who"], row["report"]) == ("reject", "M. Editor", "c")
    assert TWELVE not in [c for line in account.brief for c in line.cites]
    assert account.judgements[0]["text"] == "Twelve soldiers"


def test_a_finding_rejected_as_a_whole_stays_listed_without_support() -> None:
    before, _ = judged()
    (troops,) = holding(before, claims(reading("a", WIRE), 2500)[0])
    findings, account = judged(on("reject", *troops.supports, sides=(len(troops.supports),), why="not about Tarna"))
    (finding,) = [f for f in findings if set(f.rejected) == set(troops.supports)]
    assert (finding.id, finding.supports, finding.origins, finding.low) == (troops.id, (), 0, None)
    assert not any(finding.id == line.finding for line in account.brief)


def test_a_correction_is_read_and_named_and_keeps_what_was_read() -> None:
    findings, account = judged(on("correct", TWELVE, value="about 42"))
    (finding,) = holding(findings, TWELVE)
    assert finding.verdict == "agree", "about 42 allows 43"
    assert "corrected by M. Editor: about 42" in finding.label
    row = next(c for c in account.claims if c["id"] == TWELVE)
    assert (row["figure"]["bound"], row["judged"]["was"]["figure"]["bound"]) == ("about", "exact")


def test_a_correction_of_a_whole_finding_is_a_note() -> None:
    findings, _ = judged(on("correct", FORTY, FORTY_THREE, value="41 by the ministry's list", sides=(2,)))
    (finding,) = holding(findings, FORTY)
    assert (finding.verdict, finding.low, finding.high) == ("differ", 12, 43)
    assert finding.label.endswith("(corrected by M. Editor: 41 by the ministry's list)")


def test_findings_are_split_and_merged() -> None:
    findings, _ = judged(on("different", FORTY, FORTY_THREE, TWELVE, sides=(2, 1)))
    (one,), (other,) = holding(findings, FORTY), holding(findings, TWELVE)
    assert one.id != other.id
    assert (one.verdict, other.verdict) == ("agree", "single")
    findings, _ = judged(on("different", FORTY, TWELVE), on("same", FORTY_THREE, TWELVE))
    assert holding(findings, TWELVE) == holding(findings, FORTY_THREE)


def test_statements_are_split_and_merged() -> None:
    said = [c.id for r in (reading("a", WIRE), reading("c", OTHER)) for c in r.claims if isinstance(c, StatementClaim)]
    findings, _ = judged(on("same", said[0], said[-1]))
    assert len(holding(findings, said[0])) == 1
    assert set(said[:1] + said[-1:]) <= set(holding(findings, said[0])[0].supports)
    findings, _ = judged(on("same", said[0], said[-1]), on("different", said[0], said[-1]))
    assert said[-1] not in holding(findings, said[0])[0].supports


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_judged_findings_do_not_depend_on_the_order_of_reports(order: tuple[int, ...]) -> None:
    decided = Decided.of([on("different", FORTY, TWELVE), on("reject", FORTY_THREE)])
    read = [reading("a", WIRE), reading("b", SECOND), reading("c", OTHER)]
    shuffled = [read[i] for i in order]
    assert reconcile(shuffled, link(shuffled), decided) == reconcile(read, link(read), decided)


def test_actors_are_merged_split_named_and_left_out() -> None:
    read = (
        reading(
            "a", "ORSK, May 12, 2031 - Defence Minister Ada Moss told reporters on Monday that the army would stay in Vessia."
        ),
        reading("b", "ORSK, May 12, 2031 - Foreign Minister Karla Weiss said on Monday that talks would go on until Friday."),
    )
    ada, adelaide = (next(m.actor for m in r.mentions if m.kind == "person") for r in read)
    assert ada and adelaide

    def actors(*judgements: Judgement) -> dict[tuple[str, ...], str]:
        decided = Decided.of(judgements)
        lineage = decided.lineage(link(read, (*decided.judgements, *decided.pairs)))
        return {a.members: a.name for a in lineage.actors if a.kind == "person"}

    assert set(actors()) == {(ada,), (adelaide,)}
    assert set(actors(on("same", ada, adelaide))) == {(ada, adelaide)}
    assert set(actors(on("same", ada, adelaide), on("different", ada, adelaide))) == {(ada,), (adelaide,)}
    assert actors(on("correct", ada, value="Ada Moss (minister)"))[(ada,)] == "Ada Moss (minister)"
    assert (ada,) not in actors(on("reject", ada))


def test_a_rejected_derivation_is_none_and_its_report_an_origin_again() -> None:
    read = (reading("a", WIRE), reading("d", WIRE.replace("The", "And the"), "2031-05-13"))
    (found,) = link(read).derivations
    assert len(link(read).origins) == 1
    rejected = link(read, [on("reject", derivation_id(found))])
    assert (rejected.derivations, len(rejected.origins)) == ((), 2)
    (called,) = link(read, [on("correct", derivation_id(found), value="rewrite")]).derivations
    assert (called.relation, "corrected by M. Editor" in called.reason) == ("rewrite", True)


def test_undo_and_later_judgements_prevail() -> None:
    first = on("reject", "r#f1")
    undone = on("undo", judgement_id(first))
    assert in_force([first, undone]) == ()
    assert in_force([first, undone, on("undo", judgement_id(undone))]) == (first,)
    later = on("correct", "r#f1", value="3")
    assert in_force([first, later]) == (later,)
    pair = (on("same", "r#a1", "s#a1"), on("unsure", "s#a1", "r#a1"))
    assert in_force(pair) == pair[1:]
    assert in_force([on("reject", "r#f1"), on("reject", "r#f2")]) == (on("reject", "r#f1"), on("reject", "r#f2"))


def test_a_correction_that_does_not_fit_is_an_issue_and_changes_nothing() -> None:
    read = (reading("c", OTHER),)
    same, issues = Decided.of([on("correct", TWELVE, value="a dozen or so")]).read(read)
    assert same == read
    assert [(i.code, "a dozen or so" in i.message) for i in issues] == [("judgement", True)]


TOLD = """ORSK, May 12, 2031 (Dalen Press) - The delegations met in Orsk on Friday. Vessia demands a date for the withdrawal. \
Vessia promised to leave the valley by June 30, 2031, Defence Minister Ada Moss said.
"""


def test_each_kind_of_claim_has_its_corrections() -> None:
    by_kind = {type(c): c for c in reversed(reading("t", TOLD).claims)}
    statement = corrected(by_kind[StatementClaim], "Davo Merin")
    assert isinstance(statement, StatementClaim) and statement.speaker and statement.speaker.resolved == "Davo Merin"
    event = corrected(by_kind[EventClaim], "2031-05-09")
    assert isinstance(event, EventClaim) and event.when and (event.when.value, event.when.precision) == ("2031-05-09", "day")
    denied = corrected(event, "denied")
    assert isinstance(denied, EventClaim) and denied.status == "denied"
    position = corrected(by_kind[PositionClaim], "rejects")
    assert isinstance(position, PositionClaim) and position.stance == "rejects"
    commitment = by_kind[CommitmentClaim]
    assert corrected(commitment, "kept") == commitment
    due = corrected(commitment, "2031-07")
    assert isinstance(due, CommitmentClaim) and due.due and due.due.precision == "month"
    for claim, wrong in ((event, "soon"), (position, "wants"), (commitment, "2031-13"), (statement, " ")):
        with pytest.raises(ValueError):
            corrected(claim, wrong)


@pytest.mark.parametrize(
    ("value", "bound", "numbers"),
    [
        ("31", "exact", (31.0, None, None)),
        ("more than 1,200", "more-than", (1200.0, None, None)),
        ("10 to 12", "range", (None, 10.0, 12.0)),
        ("Exactly 7", "exact", (7.0, None, None)),
    ],
)
def test_figures_are_corrected_with_bounds(value: str, bound: str, numbers: tuple[float | None, ...]) -> None:
    claim = next(c for c in reading("c", OTHER).claims if c.id == TWELVE)
    read = corrected(claim, value)
    assert isinstance(read, FigureClaim)
    assert (read.figure.bound, (read.figure.value, read.figure.low, read.figure.high)) == (bound, numbers)
