from __future__ import annotations

import msgspec
import pytest

from rapporteur.errors import ConfigurationError
from rapporteur.schedule import compare
from rapporteur.schedule.standing import Standing, with_standings
from tests.schedule import made as m

RATED = Standing("threat", "syria", 2.5, 3.0, 3.0, "2024-11", "Board of the example, rating 7, analyst A")


def test_a_boards_ratings_take_the_place_of_the_initial_levels() -> None:
    before = m.scenario(m.only(m.content(), "conditions"))
    after = with_standings(before, [RATED])
    row = next(row for row in compare(after, runs=200).sheet if row.id == "initial.threat.syria")
    assert (row.basis, row.number, row.note) == (RATED.reference, "triangular, 2.5, 3, 3", "as of 2024-11")
    assert len(after.initial) == len(before.initial)
    # Better standing at one site can only help a gate that asks for it, in the same worlds.
    assert m.run(after).met[0].sum() > m.run(before).met[0].sum()


@pytest.mark.parametrize(
    ("standings", "words"),
    [
        ([msgspec.structs.replace(RATED, site="moon")], "no such condition and site"),
        ([RATED, RATED], "given twice"),
        ([msgspec.structs.replace(RATED, low=3.0, high=2.0)], "low <= level <= high"),
        ([msgspec.structs.replace(RATED, high=4.0)], "less than or equal to 3"),
        ([msgspec.structs.replace(RATED, reference=" ")], "at least 1 character"),
    ],
)
def test_standings_that_do_not_fit_are_named(standings: list[Standing], words: str) -> None:
    with pytest.raises(ConfigurationError, match=f"standing of 'threat'.*{words}"):
        with_standings(m.scenario(m.content()), standings)
