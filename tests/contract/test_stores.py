"""What every store must do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from rapporteur.errors import StoreError
from rapporteur.model.board import BoardEntry, FrameworkText, Observation, Rating
from rapporteur.model.judgement import Judgement
from rapporteur.model.process import FollowedProcess, Named
from rapporteur.model.report import Issue
from rapporteur.model.spans import Span
from rapporteur.store import open_store
from rapporteur.store.base import IdTakenError, Moment, Snapshot, Store
from tests.contract.samples import kept
from tests.contract.stores import LASTING, STORES


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with STORES[request.param](tmp_path) as opened:
        yield opened


def judgement(number: int) -> Judgement:
    return Judgement("same", (f"r{number}#a1", "r9#a1"), "M. Editor", "2024-02-01T10:00:00Z", "one person")


def test_a_report_comes_back_as_it_was_put(store: Store) -> None:
    one = kept("r1", "2024-01-25", text="“Zwölf” \U0001f69a trucks\x00 crossed.\r\n")
    assert store.put(one)
    assert store.reading("r1") == one.reading
    assert store.content("r1") == one.capture.data
    assert store.find("r1.txt", one.capture.sha256) == "r1"


def test_what_is_not_held_is_none(store: Store) -> None:
    store.put(kept("r1"))
    assert store.find("r1.txt", "0" * 64) is None
    assert store.find("elsewhere.txt", kept("r1").capture.sha256) is None
    assert store.reading("r2") is None
    assert store.content("r2") is None
    assert store.snapshot(1) is None


def test_the_same_bytes_at_the_same_place_are_one_report(store: Store) -> None:
    assert store.put(kept("r1"))
    assert not store.put(kept("r1"))
    assert not store.put(replace(kept("r1"), reading=kept("r2").reading))
    assert [r.report.id for r in store.readings()] == ["r1"]


def test_the_same_bytes_at_two_places_are_two_reports(store: Store) -> None:
    store.put(kept("r1", text="One text."))
    assert store.put(kept("r2", text="One text."))
    assert store.content("r1") == store.content("r2") == b"One text."


def test_an_id_stands_for_one_report(store: Store) -> None:
    store.put(kept("r1"))
    other = replace(kept("r2"), reading=kept("r1").reading)
    with pytest.raises(IdTakenError, match=r"r2\.txt: .*id r1; give it a new id"):
        store.put(other)
    assert store.find("r2.txt", other.capture.sha256) is None
    assert store.moment().report == 1


def test_many_are_put_as_one_by_one(store: Store) -> None:
    store.put(kept("r1"))
    other = replace(kept("r3"), reading=kept("r1").reading)
    assert store.put_all([kept("r1"), kept("r2", keys=(5,)), other, kept("r2"), kept("r4")]) == [other]
    assert [r.report.id for r in store.readings()] == ["r1", "r2", "r4"]
    assert store.postings([5], 9) == [(2, 0)]
    assert store.moment().report == 3


def test_readings_come_by_date_then_id_undated_last(store: Store) -> None:
    for name, published in (("b", "2024-01-25"), ("z", "2023-12"), ("c", None), ("a", "2024-01-25"), ("B", None)):
        store.put(kept(name, published))
    assert [r.report.id for r in store.readings()] == ["z", "a", "b", "B", "c"]


def test_readings_can_be_read_while_reports_are_added(store: Store) -> None:
    for number in range(250):
        store.put(kept(f"r{number:03}"))
    for number, reading in enumerate(store.readings()):
        assert reading.report.id == f"r{number:03}"
        if number < 3:
            store.put(kept(f"x{number}"))
    assert store.moment().report == 253


def test_postings_name_reports_by_shared_keys(store: Store) -> None:
    least, most = -(2**63), 2**63 - 1
    store.put(kept("r1", keys=(least, most, 7, 7)))
    store.put(kept("r2", keys=(most, 7)))
    store.put(kept("r3", keys=(7,)))
    store.put(kept("r4"))
    asked = [7, least, most, 8]
    assert store.postings(asked, 3) == [(1, 0), (1, 1), (1, 2), (2, 0), (2, 2), (3, 0)]
    assert store.postings(asked, 2) == [(1, 1), (1, 2), (2, 2)]
    assert store.postings([], 9) == []
    assert store.ids([3, 1, 3]) == ["r3", "r1", "r3"]
    assert store.ids([]) == []


def test_search_finds_passages_by_stem_best_first(store: Store) -> None:
    text = "Ferries left Ostrel. The ferry of Ostrel sank, and a ferry pilot wept. Talks on fares go on."
    for name in ("r1", "r2"):
        store.put(
            replace(
                kept(name, text=text if name == "r1" else "No boat left."),
                passages=((0, 20), (21, 70), (71, 92))[: 3 if name == "r1" else 1],
            )
        )
    found = store.search(["ferry", "pilot"], 9)
    assert [(h.report, h.start, h.end) for h in found] == [("r1", 21, 70), ("r1", 0, 20)]
    assert found[0].score > found[1].score > 0
    assert [h.start for h in store.search(["talk"], 9)] == [71]
    assert {h.start for h in store.search(["ostr*"], 9)} == {0, 21}
    assert len(store.search(["ostr*"], 1)) == 1
    assert store.search(["submarine"], 9) == []
    assert [h.start for h in store.search(["ferry"], 9, ["wept", "sank"], ["ostr*"])] == [21]
    assert store.search(["ferry"], 9, ["submarine"]) == []
    assert set(store.some_readings(["r2", "none", "r1"])) == {"r1", "r2"}
    store.put(replace(kept("r3", text="A third ferry."), passages=((0, 14),)))
    assert {h.report for h in store.search(["FERRIES"], 9)} == {"r1", "r3"}


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("general", [0]), ("GÉNÉRAL", [0]), ("cease-fire", [22]), ("fire cease", []), ("2,500", [50]), ("2", [50]),
        ("ceas*", [22]), ("the", [0, 22]), ("Österr*", [22]), ("u.s.", [50]),
    ],
)  # fmt: skip
def test_search_cuts_words_alike_in_every_store(word: str, found: list[int], store: Store) -> None:
    text = "The général spoke it. Osterreich: the cease-fire. 2,500 U.S. men."
    store.put(replace(kept("r1", text=text), passages=((0, 21), (22, 49), (50, 65))))
    assert sorted(hit.start for hit in store.search([word], 9)) == found


@pytest.mark.parametrize(
    "words", [[], [""], ['"'], ["*"], ["AND", "NOT", "NEAR("], ['a" OR "b'], ["\x00", "ﷺ", "\ud800"[:0]], ["-", "^x", "x:y"]]
)
def test_search_takes_any_words(words: list[str], store: Store) -> None:
    store.put(replace(kept("r1", text="No boat left, and none came."), passages=((0, 29),)))
    assert isinstance(store.search(words, 9), list)


def test_captures_come_in_the_order_of_putting(store: Store) -> None:
    store.put(kept("b"))
    moment = store.moment()
    store.put(kept("a"))
    assert [(c.place, c.report) for c in store.captures()] == [("b.txt", "b"), ("a.txt", "a")]
    assert [c.report for c in store.captures(moment)] == ["b"]


def test_process_files_are_kept_and_the_same_one_once(store: Store) -> None:
    one, other = FollowedProcess("ford", "Ford talks"), FollowedProcess("fares", "Fares", parties=(Named("Union", ("dockers",)),))
    changed = replace(one, watch=("strike",))
    assert [store.follow(p) for p in (one, other, one, changed, one)] == [1, 2, 1, 3, 4]
    assert store.processes() == (one, other, changed, one)


def board_entries() -> tuple[BoardEntry, ...]:
    framework = FrameworkText("ford", 1, "ford.yaml", "framework: ford\n", "2024-02-01T10:00:00Z")
    seen = Observation(
        "ford", "crossings", "tavoria", "r1#f1", "r1", Span(0, 4, "Text"), None, "2024-01-25", "A. Writer", "claimed", 1,
        "accepted", "M. Editor", "2024-02-01T10:00:00Z", admiralty="B2",
    )  # fmt: skip
    rating = Rating(
        "ford", "levels@1", "safe", "tavoria", "met", "M. Editor", "analyst", "2024-01-31", "2024-02-01T10:00:00Z",
        "M. Editor", 0, 0, 1, "low", "one crossing", "a second crossing", ("o-0123456789",),
    )  # fmt: skip
    return framework, seen, rating, replace(rating, level="unknown", low=None, high=None)


def test_the_board_only_grows(store: Store) -> None:
    entries = board_entries()
    assert [store.add_to_board(e) for e in (*entries, entries[2])] == [1, 2, 3, 4, 5]
    assert store.board() == (*entries, entries[2])
    assert store.moment() == Moment(0, 0, 0, 5)
    assert store.board(Moment(0, 0, 0, 2)) == entries[:2]
    assert store.board(Moment(9, 9, 9)) == ()
    assert [getattr(e, "level", None) for e in store.board()[2:4]] == [0, "unknown"], "unknown is not 0"


def test_an_open_issue_is_kept_once_in_the_order_met(store: Store) -> None:
    first = Issue("empty", "a.txt", "a.txt: the file is empty", Span(0, 1, "x"))
    second = Issue("no-text", "b.pdf", "b.pdf: has no text")
    for issue in (first, second, first):
        store.note(issue)
    assert store.issues() == (first, second)


def test_reading_a_place_closes_its_issues(store: Store) -> None:
    issue, other = Issue("empty", "r1.txt", "r1.txt: empty"), Issue("empty", "r2.txt", "r2.txt: empty")
    store.note(issue)
    store.note(other)
    before = store.moment()
    store.put(kept("r1"))
    assert store.issues() == (other,)
    assert store.issues(before) == (issue, other)
    store.note(issue)
    assert store.issues() == (other, issue)


def test_judgements_are_appended(store: Store) -> None:
    assert [store.judge(judgement(n)) for n in (1, 2, 1)] == [1, 2, 3]
    assert store.judgements() == (judgement(1), judgement(2), judgement(1))


def test_a_moment_shows_the_record_as_it_stood(store: Store) -> None:
    assert store.moment() == Moment(0, 0, 0)
    store.put(kept("r2"))
    store.judge(judgement(1))
    moment = store.moment()
    store.put(kept("r1"))
    store.judge(judgement(2))
    store.note(Issue("empty", "x", "x: empty"))
    assert [r.report.id for r in store.readings(moment)] == ["r2"]
    assert store.judgements(moment) == (judgement(1),)
    assert store.issues(moment) == ()
    assert store.moment() == Moment(2, 2, 1)


def test_accounts_are_kept(store: Store) -> None:
    one = Snapshot("Ford talks", None, "2024-02-01", Moment(3, 0, 1), b'{"schema":1}' * 100)
    two = Snapshot("", "2024-01", None, Moment(4, 1, 1, 7), b"\x00\xff", process=2)
    assert (store.keep(one), store.keep(two)) == (1, 2)
    assert store.snapshot(1) == replace(one, number=1)
    assert store.snapshot(2) == replace(two, number=2)
    assert store.snapshots() == (replace(one, number=1, content=b""), replace(two, number=2, content=b""))


def test_accounts_of_different_audiences_are_kept_apart(store: Store) -> None:
    for audience in ("", "quiet", ""):
        store.keep(Snapshot("t", None, None, Moment(1, 0, 0), b"{}", audience=audience))
    assert [s.number for s in store.snapshots()] == [1, 3]
    assert [(s.number, s.audience) for s in store.snapshots("quiet")] == [(2, "quiet")]
    assert store.snapshots("other") == ()


def test_closing_twice_is_allowed(store: Store) -> None:
    store.put(kept("r1"))
    store.close()
    store.close()


@pytest.mark.parametrize("name", LASTING)
def test_a_record_lasts(name: str, tmp_path: Path) -> None:
    with LASTING[name](tmp_path) as store:
        store.put(kept("r1", "2024-01-25", keys=(5,)))
        store.note(Issue("empty", "x", "x: empty"))
        store.judge(judgement(1))
        store.keep(Snapshot("t", None, None, store.moment(), b"{}"))
    with LASTING[name](tmp_path) as store:
        assert store.reading("r1") == kept("r1", "2024-01-25").reading
        assert store.postings([5], 1) == [(1, 0)]
        assert store.moment() == Moment(1, 1, 1)
        assert len(store.snapshots()) == len(store.issues()) == len(store.judgements()) == 1
        assert not store.put(kept("r1"))


def test_an_unknown_scheme_is_refused() -> None:
    with pytest.raises(StoreError, match=r"stone://tablet: no store for stone://; known: memory, postgresql, sqlite"):
        open_store("stone://tablet")
