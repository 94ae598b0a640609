"""What a process file asks for, vanished facts, and what became of commitments."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from rapporteur.model.account import Account
from rapporteur.model.claims import CommitmentClaim, When
from rapporteur.model.reading import Reading
from rapporteur.process.file import loads
from rapporteur.stages.link import link
from rapporteur.stages.reconcile import reconcile
from rapporteur.stages.write import ComposeOptions, compose, render, with_later, with_process
from tests.made import reading
from tests.write.builders import span

TALKS = """ORSK, May 12, 2031 (Dalen Press) - Vessia demands a fixed date for the withdrawal, Foreign Minister Ada Moss said. \
Tarna rejects a timetable.

Forty soldiers were killed near Halm on Monday. About 2,500 Vessian troops are stationed in Tarna.

Vessia promised to hand over the airfield at Halm to Tarna by June 30, 2031.
"""
PROCESS = loads(
    "title: The Orsk talks\nparties: [{name: Republic of Vessia, aliases: [Vessia]}]\n"
    "issues: [{name: schedule, options: {timeline-based: [fixed date, timetable], conditions-based: [conditions]}}]\n"
    "measures: [{name: troops, counted: troop}, {name: ships, counted: ship}]\nwatch: [airfield, submarine]\n"
)


def account(*readings: Reading) -> Account:
    lineage = link(readings)
    return compose(readings, lineage, reconcile(readings, lineage), ComposeOptions(title="t"))


def test_positions_are_grouped_by_issue_and_party() -> None:
    read = (reading("a", TALKS),)
    made = with_process(account(*read), read, PROCESS)
    rows = [(r["issue"], r["party"], r["stance"], r["options"]) for r in made.grid]
    assert ("schedule", "Republic of Vessia", "demands", ["timeline-based"]) in rows
    assert all(r["cites"] and isinstance(r["stated"], bool) for r in made.grid)
    assert "Stands on the issues followed" in render(made, read, "md").decode()
    assert "Words to watch" in render(made, read, "html").decode()


def test_followed_measures_come_first_and_missing_ones_are_empty() -> None:
    read = (reading("a", TALKS),)
    made = with_process(account(*read), read, PROCESS)
    assert "2,500" in made.brief[0].text
    assert [(r["measure"], bool(r["findings"])) for r in made.followed] == [("troops", True), ("ships", False)]


def test_words_to_watch_are_flagged_with_their_passages() -> None:
    read = (reading("a", TALKS),)
    made = with_process(account(*read), read, PROCESS)
    assert {r["word"] for r in made.watch} == {"airfield"}
    assert with_process(account(*read), read, None).watch == ()


def test_what_an_update_dropped_has_vanished() -> None:
    earlier = reading("a", TALKS)
    later = reading("b", TALKS.replace("Forty soldiers were killed near Halm on Monday. ", ""))
    made = with_later(account(earlier, later), (earlier, later), [("a", "b")], {})
    gone = [r for r in made.changes if r["change"] == "vanished"]
    assert [("Forty soldiers" in r["text"], {c[0] for c in r["cites"]}) for r in gone] == [(True, {"a"})]
    assert with_later(account(earlier, later), (earlier, later), [("b", "a")], {}).changes == ()


def promising() -> Reading:
    """The report with its promise, entered by hand: what extracting finds is tested elsewhere."""
    made = reading("a", TALKS)
    words = span(TALKS, "Vessia promised to hand over the airfield at Halm to Tarna by June 30, 2031")
    act = "hand over the airfield at Halm to Tarna by June 30, 2031"
    promise = CommitmentClaim("a#c9", words, "Vessia", act, When("2031-06-30", "day"), None)
    kept = tuple(c for c in made.claims if not isinstance(c, CommitmentClaim))
    return replace(made, claims=(*kept, promise))


def status(text: str, published: str = "2031-07-02", judged: dict[str, str] | None = None) -> tuple[str, list[str]]:
    read = (promising(), reading("b", text, published))
    (row,) = [r for r in with_later(account(*read), read, [], judged or {}).commitments if "airfield" in r["action"]]
    return row["status"], row.get("later", [])


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("HALM, July 2, 2031 (Dalen Press) - Vessia handed over the airfield at Halm to Tarna on Tuesday.\n", "kept"),
        (
            "HALM, July 2, 2031 (Dalen Press) - Vessia failed to hand over the airfield at Halm to Tarna, officials said.\n",
            "broken",
        ),
        ("HALM, July 2, 2031 (Dalen Press) - Vessia did not hand over the airfield at Halm, officials said.\n", "broken"),
        ("HALM, July 2, 2031 (Dalen Press) - Vessia will hand over the airfield at Halm to Tarna, officials said.\n", "unknown"),
        ("HALM, July 2, 2031 (Dalen Press) - Ostria handed over the airfield at Halm to Tarna on Tuesday.\n", "unknown"),
        ("HALM, July 2, 2031 (Dalen Press) - Vessia opened an embassy in Tarna on Tuesday.\n", "unknown"),
    ],
)
def test_later_reports_tell_what_became_of_a_promise(text: str, outcome: str) -> None:
    found, later = status(text)
    assert (found, bool(later)) == (outcome, outcome != "unknown")


def test_a_promise_is_pending_until_it_is_due_and_earlier_reports_tell_nothing() -> None:
    told = "HALM, May 2, 2031 (Dalen Press) - Vessia handed over the airfield at Halm to Tarna on Tuesday.\n"
    assert status(told, "2031-05-02") == ("pending", [])


def test_a_person_may_say_what_became_of_it() -> None:
    read = (promising(),)
    made = account(*read)
    (claim,) = [r["cites"][0] for r in made.commitments if "airfield" in r["action"]]
    judged = with_later(replace(made), read, [], {claim: "broken"})
    assert [r["status"] for r in judged.commitments if claim in r["cites"]] == ["broken"]
