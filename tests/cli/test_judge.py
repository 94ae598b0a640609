"""``rapporteur judge`` from the first judgement to the account that shows it, undone and in another record."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import Ran, rapporteur, texts

REPORTS = (
    ("a.txt", "ORSK, May 12, 2031 (Northern Wire) - Forty soldiers were killed near Halm on Monday, the ministry said.\n"),
    (
        "b.txt",
        "HALM, May 13, 2031 (Dalen Press) - A nurse counted bodies all night. Nine soldiers were killed near Halm on Monday.\n",
    ),
)
WHO = ("--who", "M. Editor", "--at", "2031-05-14T08:00:00Z")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return texts(tmp_path / "reports", REPORTS)


@pytest.fixture(scope="module")
def unjudged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record in which nothing was judged, nor will be."""
    place = tmp_path_factory.mktemp("unjudged")
    account(texts(place / "reports", REPORTS), place / "r.rapporteur")
    return place / "r.rapporteur"


def account(folder: Path, record: Path) -> Any:
    return rapporteur("account", folder, "--record", record, "--format", "json", "--made-at", "2031-05-15").json


def figure(made: Any, value: float) -> str:
    return next(str(c["id"]) for c in made["claims"] if c["kind"] == "figure" and c["figure"]["value"] == value)


def judge(record: Path, *words: str) -> Ran:
    return rapporteur("judge", *words, "--record", record)


def test_a_judgement_is_made_shown_listed_undone_and_carried_over(folder: Path, tmp_path: Path) -> None:
    record, other, file = tmp_path / "r.rapporteur", tmp_path / "s.rapporteur", tmp_path / "judgements.jsonl"
    nine = figure(account(folder, record), 9)
    assert judge(record, "reject", nine, *WHO, "--why", "hearsay").err.startswith("judgement 1 (j-")
    judged = account(folder, record)
    assert [f["rejected"] for f in judged["findings"] if f["rejected"]] == [[nine]]
    assert [(j["verb"], j["who"], j["why"], j["text"]) for j in judged["judgements"]] == [
        ("reject", "M. Editor", "hearsay", "Nine soldiers")
    ]
    shown = rapporteur("account", "--record", record, "--format", "md").out.decode()
    assert "rejected by M. Editor" in shown or "## Judgements" in shown
    assert "M. Editor" in rapporteur("account", "--record", record, "--format", "html").out.decode()

    assert judge(record, "undo", "1", *WHO).code == 0
    assert not account(folder, record)["judgements"]
    assert [line["verb"] for line in judge(record, "list", "--format", "jsonl").lines] == ["reject", "undo"]
    assert (
        rapporteur("account", "--record", record, "--as-of", "@2", "--format", "json").json["judgements"] == judged["judgements"]
    )

    assert judge(record, "export", "-o", str(file)).code == 0
    account(folder, other)
    assert judge(other, "import", str(file)).err == "2 judgements taken in\n"
    assert judge(other, "import", str(file)).err == "0 judgements taken in\n"
    assert judge(other, "list").out == judge(record, "list").out


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("reject", "x#f1"), "--who: a judgement is signed"),
        (("reject", *WHO), "nothing to judge was named"),
        (("reject", "x#f1", *WHO), "x#f1: nothing in the record has this id"),
        (("undo", "7", *WHO), "7: no judgement has this number or id"),
        (("import", "nowhere.jsonl"), "nowhere.jsonl: cannot be read"),
        (("reject", "x", "--who", "M", "--at", "noon"), "--at noon: is no time"),
    ],
)
def test_a_wrong_judgement_is_one_line(words: tuple[str, ...], reason: str, unjudged: Path) -> None:
    ran = judge(unjudged, *words)
    assert (ran.code, reason in ran.err, ran.err.count("\n")) == (2, True, 1)
    assert judge(unjudged, "list", "--format", "jsonl").out == b""
