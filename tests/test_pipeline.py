from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from rapporteur.accounts import account_again, next_account
from rapporteur.engine import InProcess, Processes
from rapporteur.model.judgement import Judgement
from rapporteur.model.reading import Reading
from rapporteur.model.report import Issue
from rapporteur.pipeline import Known, Reader, gather, give_account, lineage_of, look_up_keys, read_all
from rapporteur.stages.write import ComposeOptions, render
from rapporteur.store import open_store
from rapporteur.store.base import Store

READER = Reader(InProcess())
WIRE = (
    "OSTREL, May 4, 2019 (North Sea Press) - Talks between the harbour union and the port of Ostrel will resume on Monday, "
    "mediator Ida Lund said. About 340 dockers have been on strike since April.\n"
)
LATER = "OSTREL, May 9, 2019 (Coast Wire) - The dockers' strike ended on Thursday, union leader Per Aas said.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "reports"
    path.mkdir()
    (path / "a.txt").write_text(WIRE)
    (path / "b.txt").touch()
    (path / "c.txt").write_text(LATER)
    (path / "d.txt").write_bytes(b"\x00\x01\x02" * 400)
    (path / "e.txt").write_text(WIRE)
    return path


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "r.rapporteur") as opened:
        yield opened


def named(met: Reading | Known | Issue) -> str:
    return f"{type(met).__name__} {met.report.path if isinstance(met, Reading) else getattr(met, 'input', '')}"


@pytest.mark.parametrize("engine", [InProcess(), Processes(2)])
def test_everything_comes_in_the_inputs_order(engine: InProcess | Processes, folder: Path, store: Store) -> None:
    met = list(gather([str(folder)], store, Reader(engine)))
    assert [named(one) for one in met] == ["Reading a.txt", "Issue b.txt", "Reading c.txt", "Issue d.txt", "Reading e.txt"]
    assert met == list(read_all([str(folder)], Reader(engine)))
    assert len(list(store.readings())) == 3
    assert [issue.input for issue in store.issues()] == ["b.txt", "d.txt"]


def test_what_is_known_keeps_its_place(folder: Path, store: Store) -> None:
    list(gather([str(folder / "c.txt")], store, READER))
    met = list(gather([str(folder)], store, READER))
    assert [type(one) for one in met] == [Reading, Issue, Known, Issue, Reading]
    again = list(gather([str(folder)], store, READER))
    assert [type(one) for one in again] == [Known, Issue, Known, Issue, Known]
    assert len(store.issues()) == 2


def test_each_reading_is_kept_before_it_is_given_out(folder: Path, store: Store) -> None:
    for met in gather([str(folder)], store, READER):
        if isinstance(met, Reading):
            assert store.reading(met.report.id) == met
            assert store.content(met.report.id) == (folder / str(met.report.path)).read_bytes()
        elif isinstance(met, Issue):
            assert met in store.issues()


def test_a_kept_report_is_found_by_its_look_up_keys(folder: Path, store: Store) -> None:
    first, _, last = (met for met in gather([str(folder)], store, READER) if isinstance(met, Reading))
    shared = {number for number, _ in store.postings(look_up_keys(first), 9)}
    assert {first.report.id, last.report.id} <= set(store.ids(sorted(shared)))


def test_a_report_that_takes_too_long_is_an_issue_and_the_others_are_read(tmp_path: Path, store: Store) -> None:
    (tmp_path / "a.txt").write_text(LATER)
    (tmp_path / "b.txt").write_text("No full stop and no end of it " * 60_000)
    (tmp_path / "c.txt").write_text(WIRE)
    inputs = [str(tmp_path / name) for name in ("a.txt", "b.txt", "c.txt")]
    met = list(gather(inputs, store, Reader(Processes(1, seconds=2.0))))
    assert [named(one) for one in met] == ["Reading a.txt", "Issue b.txt", "Reading c.txt"]
    issue = met[1]
    assert isinstance(issue, Issue)
    assert (issue.code, issue.message) == (
        "lost",
        "b.txt: took longer than 2 s; left out, read it alone or raise the limits",
    )
    assert store.issues() == (issue,)


def test_a_row_with_an_id_that_is_taken_is_an_issue(tmp_path: Path, store: Store) -> None:
    for number, text in enumerate((WIRE, LATER)):
        source = tmp_path / f"{number}.jsonl"
        source.write_text(json.dumps({"id": "x", "text": text}))
        met = list(gather([str(source)], store, READER))
    assert [(one.code, one.input) for one in met if isinstance(one, Issue)] == [("id-taken", "1.jsonl")] or (
        isinstance(met[0], Issue) and met[0].code == "id-taken" and "1.jsonl" in met[0].message
    )
    assert store.moment().report == 1


def test_any_unicode_text_is_read(tmp_path: Path) -> None:
    source = tmp_path / "rows.jsonl"
    odd = ["\ud800 lone", "\x00 nul", "\u202eRTL", "“" * 300, "9" * 100_000, " ", "\U0001f6a2" * 50]
    source.write_text("".join(json.dumps({"id": str(n), "text": text}) + "\n" for n, text in enumerate(odd)))
    met = list(read_all([str(source)], READER))
    assert len(met) == len(odd)
    assert not [one for one in met if isinstance(one, Issue) and one.code == "internal"]
    for one in met:
        msgspec.json.encode(one)


def test_an_account_again_is_the_same_bytes(folder: Path, store: Store) -> None:
    list(gather([str(folder / "a.txt"), str(folder / "b.txt")], store, READER))
    options = ComposeOptions(title="Ostrel", made_at="2019-06-01")
    first, number = next_account(store, options)
    kept = store.snapshot(number)
    assert kept is not None and kept.content == render(first.account, first.readings, "json")

    (folder / "b.txt").write_text("The port of Ostrel opened on May 12, 2019, mediator Ida Lund said.")
    list(gather([str(folder)], store, READER))
    actors = [actor.members[0] for actor in lineage_of(store)[1].actors][:2]
    if len(actors) == 2:
        store.judge(Judgement("different", (actors[0], actors[1]), "M. Editor", "2019-06-02T09:00:00Z"))
    second, later = next_account(store, replace_made_at(options, "2019-07-01"))
    assert (number, later) == (1, 2)
    assert second.account.process.reports == 4

    for again, told in ((1, first), (2, second)):
        made = account_again(store, again)
        assert render(made.account, made.readings, "json") == render(told.account, told.readings, "json")
        assert render(made.account, made.readings, "html") == render(told.account, told.readings, "html")


def replace_made_at(options: ComposeOptions, made_at: str) -> ComposeOptions:
    return ComposeOptions(title=options.title, made_at=made_at)


def test_nothing_new_keeps_no_second_account(folder: Path, store: Store) -> None:
    list(gather([str(folder)], store, READER))
    first, number = next_account(store, ComposeOptions(made_at="2019-06-01"))
    second, same = next_account(store, ComposeOptions(made_at="2019-06-01"))
    assert (number, same, len(store.snapshots())) == (1, 1, 1)
    assert first == second
    _, other = next_account(store, ComposeOptions(title="Another", made_at="2019-06-01"))
    assert other == 2


@pytest.mark.parametrize(
    ("as_of", "paths"),
    [
        ("2019-05-03", []),
        ("2019-05-04", ["a.txt", "e.txt"]),
        ("2019-05", ["a.txt", "c.txt", "e.txt"]),
        ("2018", []),
        (None, ["a.txt", "c.txt", "e.txt", "u.txt"]),
    ],
)
def test_as_of_takes_what_was_published_by_then(as_of: str | None, paths: list[str], folder: Path, store: Store) -> None:
    (folder / "u.txt").write_text("Somebody said something about the harbour, at some time.")
    list(gather([str(folder)], store, READER))
    account = give_account(store, ComposeOptions(as_of=as_of)).account
    assert sorted(str(report.path) for report in account.reports) == paths
    undated = [issue.input for issue in account.issues if issue.code == "undated"]
    assert undated == ([] if as_of is None else ["u.txt"])


def test_issues_given_come_after_those_of_the_record(folder: Path, store: Store) -> None:
    list(gather([str(folder)], store, READER))
    given = Issue("other", "x", "x: other")
    issues = give_account(store, ComposeOptions(issues=(given,))).account.issues
    assert [issue.input for issue in issues][:3] == ["b.txt", "d.txt", "x"]


def test_reading_one_report_does_not_depend_on_the_others(folder: Path) -> None:
    alone = [met for name in "ac" for met in read_all([str(folder / f"{name}.txt")], READER)]
    together = [met for met in read_all([str(folder)], READER) if isinstance(met, Reading)][:2]
    assert [replace(r, report=replace(r.report, path=None)) for r in together] == [
        replace(r, report=replace(r.report, path=None)) for r in alone if isinstance(r, Reading)
    ]
