import json
import random

from rapporteur.model.account import Account
from rapporteur.model.spans import Span
from rapporteur.stages.write import ComposeOptions, compose, render
from rapporteur.stages.write.guard import Guard
from rapporteur.stages.write.passages import Passages
from tests.schema import validate
from tests.write import sample
from tests.write.builders import NO_LINEAGE, commitment, event, figure, finding, reading


def test_every_line_and_row_passes_the_guard() -> None:
    account = sample.account()
    guard = Guard(Passages(sample.readings()))
    lines = [(x.text, x.cites) for x in (*account.brief, *account.questions)]
    lines += [(x.text, x.cites) for x in account.timeline]
    rows = [(r["text"], r["cites"]) for r in (*account.positions, *account.commitments, *account.incidents)]
    assert len(lines) > 10
    assert len(rows) >= 3
    for text, cites in (*lines, *rows):
        guard.check(text, cites)


def test_the_brief_says_how_each_line_stands() -> None:
    brief = {line.finding: line for line in sample.account().brief}
    assert 5 <= len(brief) <= 9
    assert "Earlier: “Some 4,000 Velmark soldiers” (Korrin Wire, 2 May 2029)" in brief["F1"].text
    assert brief["F2"].verdict == "differ"
    assert "Against: “Nine soldiers” (Ostria Daily, 1 March 2031)" in brief["F2"].text
    assert "Later given as: “More than 42 attacks” (Harbour Post, 5 March 2031)" in brief["F3"].text
    assert brief["F4"].text.startswith("Velmark and Ostria will open talks"), "the dateline is passed over"


def test_the_order_of_the_readings_does_not_matter() -> None:
    readings, expected = sample.readings(), render(sample.account(), sample.readings(), "json")
    options = ComposeOptions(
        title="Withdrawal from Ostria (invented)",
        as_of="2031-03-06",
        made_at="2031-03-06T12:00:00Z",
        issues=sample.account().issues,
    )
    for seed in range(5):
        random.Random(seed).shuffle(readings)
        account = compose(readings, sample.lineage(), sample.findings()[::-1], options)
        assert render(account, readings, "json") == expected


def test_a_claim_that_is_not_at_its_place_is_left_out_with_an_issue() -> None:
    text = "Ten men left Velm on Monday."
    good = figure(text, "r#f1", "Ten men", "Ten", 10)
    bad = type(good)("r#f2", Span(3, 9, "eleven"), good.figure)
    account = compose(
        [reading("r", text, (good, bad))], NO_LINEAGE, [finding("A", ("r#f2",)), finding("B", ("r#f1",))], ComposeOptions()
    )
    assert [c["id"] for c in account.claims] == ["r#f1"]
    assert [line.finding for line in account.brief] == ["B"]
    assert {i.code for i in account.issues} == {"misplaced-span", "refused-line"}


def test_without_anything_there_is_still_an_account() -> None:
    account = compose([], NO_LINEAGE, [], ComposeOptions())
    assert account.process.reports == 0
    assert account.brief == ()
    for name in ("html", "md", "json"):
        assert render(account, [], name)


def test_the_speaker_of_a_figure_stands_in_its_series() -> None:
    series = {s.finding: s for s in sample.account().series}
    points = {p.claim: p for p in series["F1"].points}
    assert points["wire#f1"].said_by == "Ilse Tarn"
    assert points["old#f1"].date == "2029-05-02"
    attack = {p.claim: p for p in series["F3"].points}["wire#f2"]
    assert (attack.low, attack.high, attack.bound) == (42.0, None, "at-least")


def test_a_promise_is_pending_until_its_day() -> None:
    (row,) = sample.account().commitments
    assert (row["party"], row["due"], row["status"]) == ("Velmark", "2031-06-30", "pending")


def changed_account() -> tuple[Account, Account]:
    before = compose(sample.readings()[:3], NO_LINEAGE, sample.findings()[1:3], ComposeOptions())
    findings = [f for f in sample.findings() if f.id != "F3"]
    after = compose(sample.readings(), sample.lineage(), findings, ComposeOptions(previous=before))
    return before, after


def test_changes_tell_facts_not_documents() -> None:
    _, after = changed_account()
    told = {row["finding"]: row["change"] for row in after.changes}
    assert told["F1"] == "new"
    assert told["F3"] == "dropped"
    assert "F2" not in told, "the finding stands as it stood"


def test_json_is_valid_and_the_same_twice() -> None:
    once, again = (render(sample.account(), sample.readings(), "json") for _ in range(2))
    assert once == again
    validate("account", json.loads(once))
    validate("account", json.loads(render(changed_account()[1], sample.readings(), "json")))


def test_harm_that_is_denied_or_only_counted_out_is_no_row() -> None:
    text = "No soldier was killed at Velm. Seven soldiers were killed at Sarn. Ilse Tarn and Davo Merin were killed at Tresk."
    claims = (
        figure(text, "r#f1", "No soldier", "No", 1, state="killed"),
        figure(text, "r#f2", "Seven soldiers", "Seven", 7, state="killed"),
        figure(text, "r#f3", "Ilse Tarn and Davo Merin", "Ilse", 2, state="killed", derived="persons"),
    )
    findings = [finding(f"F{i}", (f"r#f{i}",)) for i in (1, 2, 3)]
    account = compose([reading("r", text, claims)], NO_LINEAGE, findings, ComposeOptions())
    assert [row["finding"] for row in account.incidents] == ["F2"]


def test_harm_that_is_only_asked_about_is_no_row() -> None:
    text = '"Must seven soldiers be killed?" asked Ilse Tarn in the town hall of Velm.'
    claim = figure(text, "r#f1", "seven soldiers", "seven", 7, state="killed")
    account = compose([reading("r", text, (claim,))], NO_LINEAGE, [finding("F", ("r#f1",))], ComposeOptions())
    assert account.incidents == ()


def test_the_sentence_about_the_figure_itself_states_it() -> None:
    passing = "About 6,200 men are in Velm, which will fall to 3,500, Tarn said in the town hall."
    about = "Some 3,500 men are in the town of Velm, Tarn said on Monday in the town hall."
    readings = [
        reading("a", passing, (figure(passing, "a#f1", "3,500", "3,500", 3500),), published="2031-01-01"),
        reading("b", about, (figure(about, "b#f1", "Some 3,500 men", "3,500", 3500, bound="about"),)),
    ]
    account = compose(readings, NO_LINEAGE, [finding("F", ("a#f1", "b#f1"), verdict="agree", origins=2)], ComposeOptions())
    assert account.brief[0].text.startswith("Some 3,500 men")


def test_a_drift_that_no_finding_tells_is_told_by_the_one_that_holds_its_claims() -> None:
    bare = [finding(f.id, f.supports, kind=f.kind, weight=f.weight) for f in sample.findings()]
    account = compose(sample.readings(), sample.lineage(), bare, ComposeOptions())
    told = {d.type: f.id for f in account.findings for d in f.drifts}
    assert told == {"bound": "F3"}


def test_a_date_that_an_undated_report_only_implies_is_not_told() -> None:
    text = "The talks began in August. The treaty was signed on May 1, 2029. Velmark promised to leave by October."
    claims = (
        event(text, "r#e1", "talks began", "2021-08"),
        event(text, "r#e2", "treaty was signed", "2029-05-01"),
        commitment(text, "r#c1", "Velmark promised to leave", "Velmark", "2014-10"),
    )
    findings = [finding(f"E{i}", (f"r#e{i}",), kind="event") for i in (1, 2)]
    undated = compose([reading("r", text, claims, published=None)], NO_LINEAGE, findings, ComposeOptions())
    assert [e.date for e in undated.timeline] == ["2029-05-01"]
    assert [c["due"] for c in undated.commitments] == [None]
    dated = compose([reading("r", text, claims)], NO_LINEAGE, findings, ComposeOptions())
    assert [e.date for e in dated.timeline] == ["2021-08", "2029-05-01"]


def test_a_sum_names_its_parts() -> None:
    text = "Merrow was attacked 77 times. Its men were attacked 31 times in Velm and 46 times in Sarn, the ministry said."
    claims = (
        figure(text, "r#f1", "77 times", "77", 77),
        figure(text, "r#f2", "31 times in Velm", "31", 31),
        figure(text, "r#f3", "46 times in Sarn", "46", 46),
    )
    findings = [
        finding("T", ("r#f1",), verdict="sum", parts=("P1", "P2"), weight=9.0),
        finding("P1", ("r#f2",)),
        finding("P2", ("r#f3",)),
    ]
    account = compose([reading("r", text, claims)], NO_LINEAGE, findings, ComposeOptions())
    line = account.brief[0]
    assert "From parts: “31 times in Velm” (Outlet r, 4 March 2031); “46 times in Sarn”" in line.text
    assert line.cites == ("r#f1", "r#f2", "r#f3")
    assert account.findings[0].parts == ("P1", "P2")
