"""The record's terms in words: none is left out, and no probability is told as certain."""

from __future__ import annotations

from typing import get_args

import pytest

from rapporteur.model.account import Verdict
from rapporteur.model.lineage import DriftType, Relation
from rapporteur.stages.write.drifted import CHANGED
from rapporteur.web.queries import JudgementForm
from rapporteur.web.terms import STANDS, TOOK, likely


def test_every_term_of_the_record_has_words() -> None:
    for terms, kind in ((STANDS, Verdict), (TOOK, Relation), (CHANGED, DriftType)):
        assert set(terms) == set(get_args(kind))


@pytest.mark.parametrize(
    ("score", "words"),
    [(1.0, "over 99 % likely"), (0.9949, "over 99 % likely"), (0.91, "91 % likely"), (0.004, "under 1 % likely")],
)
def test_nothing_is_certain(score: float, words: str) -> None:
    assert likely(score) == words


@pytest.mark.parametrize(
    ("given", "subject"),
    [
        ("figure-1a2b3c4d5e", "figure-1a2b3c4d5e"),
        ("http://127.0.0.1:8765/finding?id=figure-1a2b3c4d5e", "figure-1a2b3c4d5e"),
        ("https://desk.test/report/wire?claim=wire%23f3#cited", "wire#f3"),
        ("wire@Norda credited", "wire@Norda credited"),
    ],
)
def test_a_judgement_takes_the_address_of_a_page_for_what_it_shows(given: str, subject: str) -> None:
    assert JudgementForm(verb="same", subjects=[given, " "]).asked.subjects == (subject,)
