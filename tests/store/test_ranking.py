"""Which passages are the best: by the weight of their words and their length, and not all of them one sentence."""

from __future__ import annotations

import numpy as np

from rapporteur.store.ranking import LOOKED_AT, parsed, ranked, weightiest


def held(begin: int, end: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.arange(begin, end, dtype=np.int64)


def test_copies_of_one_sentence_leave_room_for_others() -> None:
    troops, remain = held(1, 5001), held(4001, 6001)
    found = weightiest([[troops, remain]], 9_000, 9)
    both, rarer, other = (
        sorted(number for number in found if number in some) for some in (range(4001, 5001), range(5001, 6001), range(1, 4001))
    )
    assert len(found) == LOOKED_AT
    assert (len(both), len(rarer), len(other)) == (LOOKED_AT // 2, LOOKED_AT // 4, LOOKED_AT // 4)
    assert other[0] < 100 and other[-1] > 3_900, "from the whole record"
    assert found[both[0]] > found[rarer[0]] > found[other[0]] > 0


def test_all_are_found_where_there_are_few_and_as_many_as_are_asked_for() -> None:
    assert set(weightiest([[held(3, 9)], [held(7, 20), held(1, 4)]], 30, 2)) == {3, 7, 8}
    assert len(weightiest([[held(1, 5001)]], 5_000, 3_000)) == 3_000
    assert weightiest([[held(1, 5)], [parsed(None)]], 9, 2) == {}
    assert parsed("7,12,3").tolist() == [7, 12, 3]


def test_the_shorter_comes_first_and_of_equals_the_earlier() -> None:
    best = ranked({1: 2.0, 2: 2.0, 3: 2.0, 4: 1.0}, {1: 300, 2: 60, 3: 60, 4: 60}, 3)
    assert [number for number, _ in best] == [2, 3, 1]
    assert best[0][1] == best[1][1] > best[2][1]
