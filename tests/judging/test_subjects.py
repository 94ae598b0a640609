from __future__ import annotations

import pytest
from msgspec.structs import replace

from rapporteur.errors import InputError
from rapporteur.judging.files import from_lines, to_lines
from rapporteur.judging.subjects import Known, judgement_on
from rapporteur.model.judgement import Judgement, judgement_id
from rapporteur.stages.link import link
from rapporteur.stages.link.judged import derivation_id
from tests.write.builders import NO_LINEAGE
from tests.write.sample import findings, lineage, readings

KNOWN = Known({r.report.id: r for r in readings()}, findings(), NO_LINEAGE.actors, lineage().derivations)
RAW = Judgement("reject", (), "M. Editor", "2031-03-07T09:00:00Z", "seen the list")


def judged(verb: str, *subjects: str, value: str | None = None) -> Judgement:
    return judgement_on(replace(RAW, verb=verb, subjects=subjects, value=value), KNOWN)


def test_a_claim_stands_for_itself() -> None:
    assert judged("reject", "wire#f1") == replace(RAW, subjects=("wire#f1",))


def test_a_finding_stands_for_the_claims_it_had() -> None:
    assert judged("reject", "F2") == replace(RAW, subjects=("wire#f3", "copy#f3", "other#f1"), sides=(3,))


def test_two_findings_are_two_sides() -> None:
    made = judged("same", "F2", "F3")
    assert (made.subjects, made.sides) == (("wire#f3", "copy#f3", "other#f1", "wire#f2", "copy#f2"), (3, 2))


def test_a_claim_is_split_off_its_finding() -> None:
    made = judged("different", "F2", "other#f1")
    assert (made.subjects, made.sides) == (("wire#f3", "copy#f3", "other#f1"), (2, 1))


def test_a_derivation_is_named_by_its_reports_or_by_whom_it_credits() -> None:
    assert [derivation_id(d) for d in KNOWN.derivations] == ["angle@Seld Courier", "copy@wire"]
    assert judged("reject", "copy@wire").subjects == ("copy@wire",)
    with pytest.raises(InputError, match="is a derivation; a derivation can be rejected or corrected"):
        judged("same", "copy@wire", "angle@Seld Courier")


@pytest.mark.parametrize(
    ("verb", "subjects", "value", "reason"),
    [
        ("reject", ("wire#f99",), None, "wire#f99: nothing in the record has this id; take ids from the JSON account"),
        ("reject", ("wire#f1", "wire#f2"), None, "takes one of them, 2 given"),
        ("same", ("wire#f1",), None, "takes two or more of them, 1 given"),
        ("same", ("wire#f1", "wire#f1"), None, "takes two or more of them, 1 given"),
        ("same", ("wire#f1", "copy@wire"), None, "are of different kinds"),
        ("correct", ("wire#f1",), None, "a correction needs the right value; give it with --value"),
        ("correct", ("wire#f3",), "many", "'many' is no figure"),
        ("correct", ("wire#f3",), "8", "8 does not stand in “Seven soldiers were killed.*if the report itself is wrong, reject"),
    ],
)
def test_what_makes_no_sense_is_refused(verb: str, subjects: tuple[str, ...], value: str | None, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        judged(verb, *subjects, value=value)


def test_a_number_written_in_words_stands_in_the_passage() -> None:
    assert judged("correct", "wire#f3", value="at least 7").value == "at least 7"


def test_actors_across_reports_stand_for_their_members() -> None:
    (one, two) = readings()[:2]
    actors = link([one, two]).actors
    known = replace_actors(actors)
    for actor in actors:
        made = judgement_on(replace(RAW, subjects=(actor.id,)), known)
        assert made.subjects == actor.members


def replace_actors(actors: tuple[object, ...]) -> Known:
    return Known(KNOWN.readings, KNOWN.findings, actors, KNOWN.derivations)  # type: ignore[arg-type]


def test_judgements_as_a_file_come_back_with_their_ids() -> None:
    made = [judged("reject", "F2"), judged("correct", "wire#f3", value="at least 7")]
    undo = replace(RAW, verb="undo", subjects=(judgement_id(made[0]),))
    data = b"".join(to_lines([*made, undo]))
    assert list(from_lines(data, "j.jsonl")) == [*made, undo]
    assert list(from_lines(b"\n" + data + b"\n\n", "j.jsonl")) == [*made, undo]


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b"[]",
        b'{"verb":"like","subjects":["x"],"who":"a","at":"b"}',
        b'{"verb":"reject","subjects":[],"who":"a","at":"b"}',
        b"\xff",
    ],
)
def test_a_line_that_is_no_judgement_is_named(line: bytes) -> None:
    good = next(iter(to_lines([judged("reject", "F2")])))
    with pytest.raises(InputError, match=r"j\.jsonl, line 2"):
        list(from_lines(good + line + b"\n", "j.jsonl"))
