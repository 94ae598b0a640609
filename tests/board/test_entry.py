"""What people enter: taken with all that stands behind it, or refused with the reason."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from rapporteur.board.entry import Binding, check_rating, level_of, observation
from rapporteur.board.evidence import Evidence
from rapporteur.board.load import loads
from rapporteur.board.suggest import suggestions
from rapporteur.errors import InputError
from rapporteur.model.account import Finding
from rapporteur.model.claims import Claim, FigureClaim, StatementClaim
from rapporteur.model.judgement import Judgement
from rapporteur.model.lineage import Lineage
from rapporteur.model.reading import Reading
from rapporteur.stages.link import link
from rapporteur.stages.reconcile import reconcile
from rapporteur.stages.reconcile.judged import Decided
from tests.board.boards import MADE, SMALL, board, rating, seen
from tests.made import reading

FRAMEWORK = loads(SMALL, "ford.yaml")
WIRE = reading("wire", "Rebels carried out 14 attacks in Chad in April, the ministry said. “We keep the road open,” said Ana Sy.")
OTHER = reading("other", "Monitors counted 22 rebel attacks in Chad in April. They asked 30 villagers.", "2031-05-14")
ELSEWHERE = reading("elsewhere", "Rebels carried out 9 attacks in Niger in April. The dockers attacked a plan.")
UNION = reading("union", "Union rebels staged 5 attacks in Chad on a proposal.")


def evidence(*readings: Reading, decided: Decided | None = None) -> Evidence:
    lineage: Lineage = link(readings)
    return Evidence(readings, reconcile(readings, lineage, decided))


def figure(made: Reading, value: float) -> str:
    return next(c.id for c in made.claims if isinstance(c, FigureClaim) and c.figure.value == value)


def quotation(made: Reading, form: str) -> Claim:
    return next(c for c in made.claims if isinstance(c, StatementClaim) and c.form == form)


def binding(claim: str, **changes: Any) -> Binding:
    values = {"indicator": "attacks", "site": "chad", "decision": "accepted", "who": "M. Editor", "at": MADE, **changes}
    return Binding(claim=claim, **values)


def test_an_observation_keeps_quote_dates_speaker_and_standing() -> None:
    made = observation(FRAMEWORK, evidence(WIRE), binding(figure(WIRE, 14), admiralty="B2", suggested=True))
    assert made.quote.exact == "Rebels carried out 14 attacks in Chad in April, the ministry said."
    assert made.quote.stands_in(WIRE.report.text)
    assert (made.report, made.report_date, made.event_date) == ("wire", "2031-05-12", "2031-04-30")
    assert made.said_by is not None
    assert "ministry" in made.said_by
    assert (made.standing, made.origins, made.admiralty, made.suggested) == ("claimed", 1, "B2", True)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"indicator": "rain"}, "no such indicator; there are: attacks"),
        ({"site": "mars"}, "not rated there; it is at: chad, faya"),
        ({"claim": "wire#f99"}, "holds no claim with this id"),
        ({"who": " "}, "by a person"),
        ({"admiralty": "G2"}, "no Admiralty code"),
        ({"admiralty": "A7"}, "no Admiralty code"),
        ({"why": "It is likely."}, "without its numbers"),
    ],
)
def test_an_observation_that_makes_no_sense_is_refused(changes: dict[str, Any], reason: str) -> None:
    values = {"claim": figure(WIRE, 14), **changes}
    with pytest.raises(InputError) as error:
        observation(FRAMEWORK, evidence(WIRE), binding(**values))
    assert reason in str(error.value)


def finding(verdict: Any, **changes: Any) -> Finding:
    values: dict[str, Any] = {"kind": "figure", "supports": (), "contradicts": (), "origins": 1, **changes}
    return Finding(id="g1", label="x", verdict=verdict, speakers=0, **values)


@pytest.mark.parametrize(
    ("found", "standing"),
    [
        ([], "claimed"),
        ([finding("single", supports=("c",))], "claimed"),
        ([finding("agree", supports=("c", "d"), origins=2)], "corroborated"),
        ([finding("agree", supports=("c", "d"), origins=1)], "claimed"),
        ([finding("differ", supports=("d",), contradicts=("c",))], "disputed"),
        ([finding("differ", supports=("c",), contradicts=("d",), origins=3)], "disputed"),
        ([finding("single", rejected=("c",))], "retracted"),
        ([finding("superseded", kind="position", supports=("d",), parts=("c",))], "retracted"),
        ([finding("superseded", supports=("d",), parts=("c",))], "claimed"),
    ],
)
def test_standing_follows_the_findings(found: list[Finding], standing: str) -> None:
    assert Evidence((), found).standing("c")[0] == standing


def test_standing_over_real_readings() -> None:
    nine = figure(WIRE, 14)
    assert evidence(WIRE, OTHER).standing(nine)[0] == "disputed"
    struck = Decided.of([Judgement("reject", (nine,), "M. Editor", MADE, "a slip")])
    assert evidence(WIRE, OTHER, decided=struck).standing(nine)[0] == "retracted"


def test_suggestions_match_words_measure_and_place_once() -> None:
    found = suggestions(FRAMEWORK, evidence(WIRE, OTHER, ELSEWHERE, UNION))
    assert {(s.claim, s.site) for s in found} == {(figure(WIRE, 14), "chad"), (figure(OTHER, 22), "chad")}
    assert all("“Rebel" in s.why or "“rebel" in s.why for s in found)
    assert found[0].passage.reading.report.id == "other", "newest first"


def test_what_was_decided_is_not_suggested_again() -> None:
    known = evidence(WIRE, OTHER)
    first = suggestions(FRAMEWORK, known)
    left = suggestions(FRAMEWORK, known, {first[0].id})
    assert [s.id for s in left] == [first[1].id]


def test_a_copy_is_suggested_once_with_its_original() -> None:
    copy = reading("copy", WIRE.report.text, "2031-05-13", "Copy Post")
    found = suggestions(FRAMEWORK, evidence(WIRE, copy))
    assert [(s.claim, s.alike > 0) for s in found] == [(figure(WIRE, 14), True)]


def test_a_base_is_named_as_such() -> None:
    at_base = reading("base", "Rebels launched an attack on Faya Air Base on Monday. Rebels attacked a market in Faya.")
    found = [s.passage.text.strip() for s in suggestions(FRAMEWORK, evidence(at_base)) if s.site == "faya"]
    assert found == ["Rebels launched an attack on Faya Air Base on Monday."]


@pytest.mark.parametrize(
    ("text", "level"),
    [("2", 2), ("Not initiated", 0), ("not-initiated", 0), ("unknown", "unknown"), ("not-assessable", "not assessable")],
)
def test_levels_as_typed(text: str, level: Any) -> None:
    assert level_of(text, FRAMEWORK.scales[0]) == level


@pytest.mark.parametrize("text", ["4", "-1", "2.5", "", "green", "not met"])
def test_what_is_no_level_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="is no value of the scale levels@1; there are: 0 not initiated"):
        level_of(text, FRAMEWORK.scales[0])


SEEN, REFUSED = seen("wire#f1"), seen("wire#f2", decision="rejected")
ELSEWHERE_SEEN = seen("wire#f1", site="faya")


def ids_of(*entries: Any) -> tuple[str, ...]:
    from_entries = board(entries).observations
    return tuple(from_entries)


ON = ids_of(SEEN)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"condition": "weather"}, "no such condition; there are: security, neighbours"),
        ({"site": "mars"}, "is not rated there"),
        ({"condition": "neighbours", "question": "progress"}, "is not asked of 'neighbours'; asked are: met"),
        ({"scale": "levels@2"}, "answered on levels@1"),
        ({"low": 2, "high": 3}, "must hold the level 1"),
        ({"high": 7}, "stay on the scale (0 to 3)"),
        ({"low": None}, "must hold the level 1"),
        ({"level": "unknown"}, "has no range"),
        ({"as_of": "2031-05"}, "is no day"),
        ({"as_of": "2031-02-30"}, "is no day"),
        ({"as_of": "2031-06-02"}, "lies after the day on which the rating is made"),
        ({"assessor": ""}, "--assessor: is empty"),
        ({"rationale": " "}, "--rationale: is empty"),
        ({"change_my_mind": ""}, "--change-my-mind: is empty"),
        ({"rationale": "A return is likely."}, "without its numbers"),
        ({"observations": ()}, "a level rests on at least one observation"),
        ({"observations": ("o-none",)}, "no observation has this id"),
        ({"observations": ids_of(REFUSED)}, "this observation was rejected"),
        ({"observations": ids_of(ELSEWHERE_SEEN)}, "bears on security at faya"),
        ({"quotation": "wire#s1"}, "belongs to party-stated ratings"),
        ({"role": "party-stated"}, "needs the party's own words"),
        ({"supersedes": "r-none"}, "no rating has this id"),
    ],
)
def test_a_rating_that_may_not_stand_is_refused(changes: dict[str, Any], reason: str) -> None:
    made = replace(rating("A", 1, observations=ON), **changes)
    with pytest.raises(InputError) as error:
        check_rating(made, board([SEEN, REFUSED, ELSEWHERE_SEEN]), None)
    assert reason in str(error.value)


def test_ratings_that_may_stand() -> None:
    there = board([SEEN])
    check_rating(rating("A", 1, observations=ON, low=0, high=2), there, None)
    check_rating(rating("A", "unknown"), there, None)
    check_rating(rating("A", "not assessable"), there, None)


def test_a_party_speaks_in_quotation_marks_or_is_labelled() -> None:
    direct, indirect = quotation(WIRE, "direct"), quotation(WIRE, "indirect")
    there = board([SEEN])
    check_rating(rating("Ministry", 3, role="party-stated", quotation=direct.id), there, direct)
    with pytest.raises(InputError, match="is no quotation; name a statement that is quoted, or rate it as party-inferred"):
        check_rating(rating("Ministry", 3, role="party-stated", quotation=indirect.id), there, indirect)
    check_rating(rating("Ministry", 3, role="party-inferred", observations=ON), there, None)


def test_a_rating_supersedes_its_own_kind_once() -> None:
    first = rating("A", 1, observations=ON)
    (ident,) = board([SEEN, first]).ratings
    again = rating("A", 2, observations=ON, supersedes=ident)
    check_rating(again, board([SEEN, first]), None)
    with pytest.raises(InputError, match="superseded already"):
        check_rating(rating("A", 3, observations=ON, supersedes=ident), board([SEEN, first, again]), None)
    with pytest.raises(InputError, match="differs in assessor; a rating corrects its own kind"):
        check_rating(rating("B", 3, observations=ON, supersedes=ident), board([SEEN, first]), None)
