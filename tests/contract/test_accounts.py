"""Which account is the last one of a record, in every store: that of a process, or that of the whole record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from rapporteur.accounts import last_account
from rapporteur.model.process import FollowedProcess
from rapporteur.store.base import Store
from tests.contract.samples import kept
from tests.contract.stores import STORES

LESK, FORD = FollowedProcess("lesk", "The Lesk talks"), FollowedProcess("ford", "Ford Crossing", only=("b",))


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with STORES[request.param](tmp_path) as opened:
        opened.put(kept("a", "2031-03-01"))
        opened.put(kept("b", "2031-03-02"))
        yield opened


def test_the_account_of_the_whole_record_is_that_of_no_process(store: Store) -> None:
    lesk, ford, whole = last_account(store, LESK), last_account(store, FORD), last_account(store)
    assert [s.process for s in (lesk, ford, whole)] == [1, 2, None]
    assert [last_account(store, asked).number for asked in (LESK, FORD, None)] == [lesk.number, ford.number, whole.number]
    store.put(kept("c", "2031-03-03"))
    later = last_account(store)
    assert later.process is None and later.number > whole.number


def test_an_account_by_an_older_file_of_a_process_is_not_its_last(store: Store) -> None:
    old = last_account(store, LESK)
    renamed = replace(LESK, title="The Lesk accord")
    store.follow(renamed)
    new = last_account(store, renamed)
    assert new.number > old.number and new.moment == old.moment
    assert last_account(store, renamed).number == new.number
