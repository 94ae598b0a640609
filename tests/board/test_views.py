"""Views: counts, minimum, matrix, kinds of disagreement, and what they refuse to say."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from rapporteur.board.initial import rating_ranges
from rapporteur.board.shown import board_data
from rapporteur.board.state import board_of
from rapporteur.board.views import summary_of, view
from rapporteur.errors import InputError
from rapporteur.model.board import BoardEntry, Rating, entry_id
from rapporteur.stages.write.board import render
from rapporteur.stages.write.board.page import section
from tests.board.boards import SMALL, benchmarks, board, framework_entry, rating, seen


def summary(*ratings: Rating) -> str:
    return next(c.summary for c in view(board(ratings)).cells if (c.condition, c.site) == ("security", "chad"))


def test_september_2007_two_questions_two_sets_of_counts() -> None:
    data, entries = benchmarks()
    made = view(board_of(entries))
    counts = {c.voice.assessor: dict(c.counts) for c in made.counts}
    totals = {d["by"]: d["totals"] for d in data["documents"].values()}
    gao, house = "US Government Accountability Office", "The White House"
    assert totals[gao] == {"met": 3, "partially met": 4, "not met": 11}
    assert totals[house] == {"satisfactory": 9, "not satisfactory": 7, "not assessable": 2}
    assert {k.lstrip("012 "): v for k, v in counts[gao].items() if v} == totals[gao]
    assert {k.lstrip("012 "): v for k, v in counts[house].items() if v} == totals[house]
    kinds = {k for c in made.cells for d in c.disagreements for k in d.kinds}
    assert kinds == {"question"}, "they judged the same things and answered different questions"
    assert not any("median" in c.summary for c in made.cells)
    assert next(c.summary for c in made.cells if c.condition == "b1") == "disputed: 0 not met v 1 satisfactory"


@pytest.mark.parametrize(
    ("levels", "told"),
    [
        ((2, 2), "2 intermediate"),
        ((1, 2), "median 1 to 2"),
        ((1, 2, 2), "median 2 (1 to 2)"),
        ((1, 1, 2, 2), "median 1 to 2"),
        ((1, 3), "disputed: 1 v 3"),
        ((0, 1, 2), "disputed: 0 v 1 v 2"),
        (("unknown",), "unknown"),
        (("unknown", "not assessable"), "unknown, not assessable"),
        ((2, "unknown"), "2 intermediate; 1 unknown"),
        ((0, "not assessable"), "0 not initiated; 1 not assessable"),
        ((), "not rated"),
    ],
)
def test_how_a_cell_stands(levels: tuple[Any, ...], told: str) -> None:
    assert summary(*(rating(f"A{n}", level) for n, level in enumerate(levels))) == told


def test_a_median_needs_one_question_and_one_role() -> None:
    assert summary(rating("A", 1), rating("B", 2, question="progress")) == "disputed: 1 v 2"
    assert summary(rating("A", 1), rating("B", 2, role="party-inferred")) == "disputed: 1 v 2"


def test_unknown_is_never_0() -> None:
    made = view(board([rating("A", "unknown"), rating("A", "not assessable", site="faya")]))
    assert dict(made.counts[0].counts) == {
        "0 not initiated": 0,
        "1 minimal": 0,
        "2 intermediate": 0,
        "3 full": 0,
        "unknown": 1,
        "not assessable": 1,
        "not rated": 1,
    }
    assert made.minima[0].level is None
    assert made.minima[0].hidden == ("Security, Chad", "Security, Faya Air Base")


def test_the_minimum_is_over_core_conditions_and_tells_what_it_cannot_see() -> None:
    made = view(board([rating("A", 2), rating("A", 0, condition="neighbours")])).minima[0]
    assert (made.level, made.where, made.hidden) == ("2 intermediate", ("Security, Chad",), ("Security, Faya Air Base",))


OLD, NEW = seen("r1#f1", event="2031-05-01"), seen("r2#f1", event="2031-05-25")


@pytest.mark.parametrize(
    ("one", "other", "kinds"),
    [
        ({}, {"question": "progress", "as_of": "2031-01-01"}, ("question",)),
        ({}, {"as_of": "2031-01-01"}, ("date",)),
        ({}, {"as_of": "2031-05-15"}, ("reading",)),
        ({}, {"observations": (entry_id(OLD),)}, ("evidence",)),
        ({"observations": (entry_id(OLD),)}, {"observations": (entry_id(OLD),)}, ("reading",)),
        ({"observations": (entry_id(OLD),)}, {"observations": (entry_id(NEW),), "as_of": "2031-05-26"}, ("date", "evidence")),
    ],
)
def test_kinds_of_disagreement(one: dict[str, Any], other: dict[str, Any], kinds: tuple[str, ...]) -> None:
    made = view(board([OLD, NEW, rating("A", 1, **one), rating("B", 3, **other)]))
    assert [d.kinds for c in made.cells for d in c.disagreements] == [kinds]


def test_ranges_that_meet_are_told_from_ranges_that_do_not() -> None:
    apart = view(board([rating("A", 1), rating("B", 3)])).cells[0].disagreements[0]
    meet = view(board([rating("A", 1, high=2), rating("B", 3, low=2)])).cells[0].disagreements[0]
    assert (apart.gap, meet.gap) == (True, False)


def test_as_of_and_made_are_kept_apart() -> None:
    early = rating("A", 1, as_of="2031-04-01", made="2031-04-02T00:00:00Z")
    late = rating("A", 2, as_of="2031-05-01", made="2031-05-02T00:00:00Z")
    backdated = rating("A", 3, as_of="2031-04-15", made="2031-06-10T00:00:00Z")
    made = board([early, late, backdated])
    assert [r.level for r in made.standing()] == [2]
    assert [r.level for r in made.standing(as_of="2031-04-20")] == [3]
    assert [r.level for r in made.standing(as_of="2031-04-20", known="2031-05-31")] == [1]
    assert [r.level for _, r in view(made).history] == [1, 3, 2], "the matrix over time keeps all of them"


def test_what_is_superseded_stays_and_does_not_hold() -> None:
    wrong = rating("A", 0)
    right = rating("A", 2, supersedes=entry_id(wrong), made="2031-06-02T00:00:00Z")
    made = board([wrong, right])
    assert [r.level for r in made.standing()] == [2]
    assert [r.level for r in made.standing(known="2031-06-01")] == [0]
    assert [(r.level, r.holds) for r in board_data(made).ratings] == [(0, False), (2, True)]


def test_ratings_on_another_scale_version_are_left_out_and_counted() -> None:
    text = SMALL.replace("id: levels, version: 1", "id: levels, version: 2").replace("version: 1\ntitle", "version: 2\ntitle")
    entries: list[BoardEntry] = [
        framework_entry(),
        rating("A", 1),
        framework_entry(text, version=2),
        rating("A", 3, scale="levels@2"),
    ]
    made = view(board_of(entries))
    assert (made.cells[0].summary, made.outdated) == ("3 full", 1)


def test_several_frameworks_are_told_apart() -> None:
    _, entries = benchmarks()
    both = [*entries, framework_entry(), rating("A", 1)]
    with pytest.raises(InputError, match="several frameworks are in the record; name one of: benchmarks, ford"):
        board_of(both)
    assert len(board_of(both, "ford").ratings) == 1
    assert len(board_of(both, "benchmarks").ratings) == 36
    with pytest.raises(InputError, match="holds no framework"):
        board_of([])


def test_ranges_for_a_simulation_fill_nothing_in() -> None:
    made = board([rating("A", 1, low=0), rating("B", 2, high=3), rating("A", 0, site="faya"), rating("B", 3, site="faya"),
                  rating("A", "unknown", condition="neighbours"), rating("C", 3, question="progress")])  # fmt: skip
    rows = {(r.condition, r.site): r for r in rating_ranges(made, "met")}
    assert [(r.low, r.level, r.high, r.note) for r in rows.values()] == [
        (0, 1, 3, ""),
        (0, None, 3, "disputed: 0 v 3"),
        (0, None, 3, "unknown"),
    ]
    assert {r.assessor for r in rows["security", "chad"].ratings} == {"A", "B"}, "who answered another question is not among them"
    assert [r.note for r in rating_ranges(board([]), "met")] == ["not rated"] * 3


def full() -> Any:
    told = [rating(f"A{n}", n, observations=(entry_id(OLD),), rationale="<b>It</b> is unlikely (20-45 %).") for n in (1, 3)]
    return board_data(board([OLD, *told, rating("P", 2, role="party-inferred"), rating("A1", "unknown", site="faya")]))


def test_no_mean_no_index_no_signal_in_any_format() -> None:
    data = full()
    seen_keys: set[str] = set()

    def walk(item: Any) -> None:
        if isinstance(item, dict):
            seen_keys.update(item)
        for child in item.values() if isinstance(item, dict) else item if isinstance(item, list) else ():
            walk(child)

    walk(json.loads(render(data, "json")))
    assert not seen_keys & {"mean", "average", "index", "score", "total", "color", "colour", "status", "weight", "recommendation"}
    for form in ("html", "md"):
        text = re.sub(r"<style>.*?</style>", "", render(data, form).decode(), flags=re.DOTALL)
        assert not re.search(r"\baverage|\bscore|readiness|go/no-go|\bgreen\b|\bamber\b|\bred\b", text, re.IGNORECASE)
        assert (
            not re.search(r"\d\.\d{1,2}(?! assessors)", re.sub(r"v?\d+\.\d+\.\d+", "", text).replace("0.", "", 0))
            or form == "html"
        )
        assert not re.search(r'style="[^"]*(?:color|background)', text)
        assert "party-inferred" in text, "whose view it is always stands beside it"
        assert "analyst-proposed" in text
        assert not re.search(r"(?:level|median|disputed)[^.\n]*\d\.\d", text), "no level between two levels"


def test_likelihood_and_confidence_are_never_in_one_sentence() -> None:
    for form in ("html", "md"):
        text = re.sub(r"<[^>]+>", "\n", render(full(), form).decode())
        for sentence in re.split(r"(?<=[.!?])\s+|\n+", text):
            assert not ("likely" in sentence and "onfidence" in sentence), sentence


def test_the_section_escapes_and_links_and_is_the_same_each_time() -> None:
    one, again = section(full()), section(full())
    assert one == again
    assert "<b>It</b>" not in one
    assert "&lt;b&gt;It" in one
    anchors = set(re.findall(r' id="(b-[^"]+)"', one))
    assert set(re.findall(r'href="#(b-[^"]+)"', one)) <= anchors
    assert json.loads(render(full(), "json"))["cells"][0]["summary"] == "disputed: 1 v 2 v 3"
    assert "<b>" not in render(full(), "md").decode()


def test_a_summary_never_compares_levels_of_two_scales() -> None:
    _, entries = benchmarks()
    made = board_of(entries)
    four = [r for r in made.standing() if r.condition == "b8"]
    assert summary_of(made.framework, four) == "disputed: 1 satisfactory v 2 met"
