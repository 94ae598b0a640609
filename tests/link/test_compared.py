from __future__ import annotations

from rapporteur.stages.link.compared import ENOUGH, NEW, compared
from rapporteur.stages.link.derive import Pair
from rapporteur.stages.link.index import Candidate

FIRST, SECOND = 0xFFFF, 0xFFFF0000


def pair(other: str, direction: float = 0.9) -> Pair:
    return Pair("own", other, 0.9, direction, 3.0, 0.0, sure=True, owed=True, owed_back=True)


def asked(near: list[Candidate], related: dict[str, Pair]) -> list[str]:
    return [c.report for c, _ in compared(near, related.get)]


def test_of_many_that_carry_one_text_a_few_are_compared() -> None:
    near = [Candidate(900 - i, f"r{i:02}", FIRST) for i in range(16)]
    assert asked(near, {c.report: pair(c.report) for c in near}) == [c.report for c in near[:ENOUGH]]


def test_whoever_has_another_part_is_compared_whatever_came_before() -> None:
    near = [*(Candidate(900 - i, f"r{i:02}", FIRST) for i in range(9)), Candidate(300, "other", FIRST | SECOND)]
    assert asked(near, {c.report: pair(c.report) for c in near}) == ["r00", "r01", "r02", "other"]
    little = near[-1]._replace(held=FIRST | 1 << 20)
    assert NEW > 1
    assert "other" not in asked([*near[:-1], little], {c.report: pair(c.report) for c in near})


def test_unrelated_reports_and_those_that_come_after_take_no_place() -> None:
    near = [Candidate(900 - i, f"r{i:02}", FIRST) for i in range(9)]
    related = {c.report: pair(c.report, 0.9 if i % 3 == 2 else 0.2) for i, c in enumerate(near) if i % 3}
    assert asked(near, related) == [c.report for c in near], "three likely parents, of which the third is the last"


def test_an_alert_of_few_keys_is_compared_where_nobody_else_has_them() -> None:
    near = [*(Candidate(900 - i, f"r{i:02}", FIRST) for i in range(9)), Candidate(200, "alert", 0b11 << 40)]
    assert asked(near, {c.report: pair(c.report) for c in near})[-1] == "alert"
