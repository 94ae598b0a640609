"""Reports without a date: placed in time by what they share, and never given a date of publication."""

from rapporteur.model.account import Account
from rapporteur.model.lineage import Derivation, Lineage, Placement
from rapporteur.stages.write import ComposeOptions, compose, render
from rapporteur.stages.write.page.lanes import layout_of
from tests.write.builders import figure, finding, reading

TEXT = "About 800 soldiers are stationed at Port Seld, the ministry said."
DATED = reading("a", TEXT, (figure(TEXT, "a#f1", "About 800 soldiers", "800", 800.0, bound="about"),), published="2031-03-04")
UNDATED = reading(
    "b", TEXT, (figure(TEXT, "b#f1", "About 800 soldiers", "800", 800.0, bound="about"),), published=None, outlet=None
)
LONE = reading("c", "Nothing is known of when this was written.", published=None)
TOOK = Derivation("b", "a", None, "copy", 0.9, 1.0, ())
PLACED = Placement("b", "2031-03", "month", "lineage", "a")
FOUND = finding("f", ("a#f1", "b#f1"), weight=1.0)


def made(placement: Placement = PLACED) -> Account:
    return compose((DATED, UNDATED, LONE), Lineage((TOOK,), (), (), (), (), (placement,)), [FOUND], ComposeOptions())


def test_a_placed_report_stays_without_a_date_of_publication() -> None:
    listed = {r.id: r for r in made().reports}
    assert listed["b"].published is None
    assert listed["b"].placed == PLACED
    assert listed["a"].placed is None
    assert listed["c"].placed is None


def test_the_picture_sets_it_at_its_time_and_not_before_its_parent() -> None:
    layout = layout_of(made(), {"a": "A", "b": "B", "c": "C"})
    nodes = {n.key: n for n in layout.nodes}
    assert nodes["b"].about == "2031-03"
    assert nodes["a"].about is None
    assert nodes["a"].column < nodes["b"].column < nodes["c"].column
    assert layout.columns == ("4 Mar 2031", "", "undated")


def test_a_time_without_a_dated_report_is_an_about_time() -> None:
    layout = layout_of(made(Placement("b", "2031-06", "month", "utterance", "a")), {"a": "A", "b": "B", "c": "C"})
    assert layout.columns == ("4 Mar 2031", "about Jun 2031", "undated")


def test_its_readings_say_that_their_date_is_only_about() -> None:
    (series,) = made().series
    assert [(p.date, p.dated) for p in series.points] == [("2031-03", "placed"), ("2031-03-04", "published")]


def test_the_page_says_on_what_the_time_rests() -> None:
    page = render(made(), (DATED, UNDATED, LONE)).decode()
    assert "about March 2031, from what it shares with Outlet a, 4 March 2031" in page
    assert "undated, about Mar 2031" in page
