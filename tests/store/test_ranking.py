"""Which passages are the best: by the weight of their words and their length, and not all of them one sentence."""

from __future__ import annotations

import numpy as np

from rapporteur.store.ranking import LOOKED_AT, HeldWords, parsed, ranked, weightiest


def held(begin: int, end: int) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    return np.arange(begin, end, dtype=np.int32)


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


def test_of_a_word_that_is_known_only_what_has_come_since_is_looked_up() -> None:
    index, looked = [2, 5, 9, 11], []

    def look(word: tuple[str, bool], after: int) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
        looked.append(after)
        return np.array([number for number in index if number > after], dtype=np.int32)

    words = HeldWords()
    assert words.of(("ferry", False), 9, look).tolist() == [2, 5, 9], "11 was not there when the search began"
    assert words.of(("ferry", False), 9, look).tolist() == [2, 5, 9]
    assert words.of(("ferry", False), 12, look).tolist() == [2, 5, 9, 11]
    assert words.of(("ferry", False), 5, look).tolist() == [2, 5], "a search that began earlier"
    assert looked == [0, 9]
