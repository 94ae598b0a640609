"""Files, folders, rows: what is taken in, in which order, under which id, and what each bad input says."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from rapporteur.model.capture import Capture, capture_id, content_hash
from rapporteur.model.report import Issue
from rapporteur.stages.acquire import AcquireOptions, acquire

TEXT = "The two sides met on Monday in the capital and agreed to meet again, officials said.\n"


def take(*inputs: Path | str, options: AcquireOptions | None = None) -> tuple[list[Capture], list[Issue]]:
    found = list(acquire([str(given) for given in inputs], options))
    return [f for f in found if isinstance(f, Capture)], [f for f in found if isinstance(f, Issue)]


def rows(path: Path, *objects: object) -> Path:
    path.write_text("".join(json.dumps(o) + "\n" for o in objects), "utf-8")
    return path


def only(issues: list[Issue], code: str, names: str) -> Issue:
    """The one issue, whose message is one line that names the input and says what to do."""
    assert [issue.code for issue in issues] == [code]
    assert names in issues[0].message
    assert "\n" not in issues[0].message
    assert ";" in issues[0].message
    return issues[0]


def test_folder_is_read_in_order_of_names_and_below(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/c.html", "c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{name}: {TEXT}", "utf-8")
    captures, issues = take(tmp_path)
    assert [c.place for c in captures] == ["b.txt", "c.txt", "a/c.html", "a/z.txt"]
    assert not issues


def test_id_does_not_depend_on_where_the_folder_lies(tmp_path: Path) -> None:
    ids = []
    for home in ("one", "two/deeper"):
        folder = tmp_path / home
        folder.mkdir(parents=True)
        (folder / "report.txt").write_text(TEXT, "utf-8")
        ids.append(take(folder)[0][0].id)
        ids.append(take(folder / "report.txt")[0][0].id)
    assert set(ids) == {capture_id("report.txt", content_hash(TEXT.encode()))}
    assert len(ids[0]) == 12


def test_one_report_at_one_place_is_one_and_at_two_places_two(tmp_path: Path) -> None:
    for name in ("x/report.txt", "y/report.txt"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(TEXT, "utf-8")
    assert len(take(tmp_path / "x", tmp_path / "x", tmp_path / "x/report.txt")[0]) == 1
    captures, _ = take(tmp_path / "x/report.txt", tmp_path / "y/report.txt")
    assert [c.place for c in captures] == ["report.txt", "y/report.txt"]
    assert len({c.id for c in captures}) == 2
    assert len(take(tmp_path)[0]) == 2


def test_hidden_files_and_companions_of_saved_pages_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<html><body><p>Talks opened.</p></body></html>", "utf-8")
    (tmp_path / "page_files").mkdir()
    (tmp_path / "page_files" / "frame.html").write_text("<html><body>an advertisement</body></html>", "utf-8")
    (tmp_path / ".notes.txt").write_text(TEXT, "utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    captures, issues = take(tmp_path)
    assert [c.place for c in captures] == ["page.html"]
    assert not issues


def test_text_of_an_unknown_format_in_a_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "report.rtx").write_text(TEXT, "utf-8")
    only(take(tmp_path)[1], "unknown-format", "report.rtx")
    assert len(take(tmp_path / "report.rtx")[0]) == 1  # named by the user: it is text, so it is read


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("page.txt", b"<!DOCTYPE html>\n<html><body>x</body></html>", "text/html"),
        ("page.htm", b"Talks opened.", "text/html"),
        ("paper.txt", b"%PDF-1.4\n%%EOF", "application/pdf"),
        ("message.eml", b"Subject: Talks\n\nText.", "message/rfc822"),
        ("message.txt", b"From: a@b.example\nMIME-Version: 1.0\nSubject: Talks\n\nText.", "message/rfc822"),
        ("wide.txt", "Talks opened.".encode("utf-16"), "text/plain"),
        ("wide-le.txt", "Talks opened today.".encode("utf-16-le"), "text/plain"),
    ],
)
def test_format_by_content_then_by_name(tmp_path: Path, name: str, data: bytes, media_type: str) -> None:
    (tmp_path / name).write_bytes(data)
    captures, issues = take(tmp_path)
    assert [c.media_type for c in captures] == [media_type]
    assert captures[0].data == data
    assert not issues


def test_empty_file(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b" \n")
    (tmp_path / "good.txt").write_text(TEXT, "utf-8")
    captures, issues = take(tmp_path)
    only(issues, "empty", "empty.txt")
    assert [c.place for c in captures] == ["good.txt"]


@pytest.mark.parametrize("name", ["program.txt", "program.html", "program.eml", "program.pdf"])
def test_binary_under_the_name_of_a_text(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(bytes(range(256)) * 40)
    captures, issues = take(tmp_path)
    assert not captures
    only(issues, "binary", name)


def test_binary_that_is_named(tmp_path: Path) -> None:
    (tmp_path / "program").write_bytes(b"\x7fELF\2\1\1\0" + bytes(5000))
    only(take(tmp_path / "program")[1], "unknown-format", "program")


def test_file_of_200_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    (tmp_path / "small.txt").write_text(TEXT, "utf-8")
    captures, issues = take(tmp_path)
    assert "200,000,000" in only(issues, "too-large", "large.txt").message
    assert [c.place for c in captures] == ["small.txt"]


def test_limit_can_be_set(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    only(take(tmp_path, options=AcquireOptions(max_bytes=10))[1], "too-large", "a.txt")


def test_missing_path_and_pipe(tmp_path: Path) -> None:
    only(take(tmp_path / "nowhere.txt")[1], "unreadable", "nowhere.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    only(take(tmp_path)[1], "not-a-file", "pipe.txt")


def test_rows_keep_ids_and_text(tmp_path: Path) -> None:
    text = "  Line one\r\nLine two \u200f\n"
    path = rows(
        tmp_path / "r.jsonl",
        {"id": "n-1", "title": "T", "text": text, "published": "2024-01-25", "outlet": "O", "url": "https://e.example/1"},
    )
    (capture,), issues = take(path)
    assert not issues
    assert capture.given is not None
    assert (capture.id, capture.given.text, capture.given.title, capture.url) == ("n-1", text, "T", "https://e.example/1")
    assert json.loads(capture.data)["text"] == text


def test_rows_in_a_list_and_a_single_object(tmp_path: Path) -> None:
    (tmp_path / "list.json").write_text(json.dumps([{"id": 1, "text": "A."}, {"text": "B."}]), "utf-8")
    (tmp_path / "one.json").write_text(json.dumps({"id": "x", "text": "C."}), "utf-8")
    captures, issues = take(tmp_path)
    assert [c.given.text for c in captures if c.given] == ["A.", "B.", "C."]
    assert [captures[0].id, captures[2].id] == ["1", "x"]
    assert not issues


def test_row_without_text(tmp_path: Path) -> None:
    path = rows(tmp_path / "r.jsonl", {"id": "a", "text": "One."}, {"id": "b", "title": "no text"}, {"id": "c", "text": "Two."})
    captures, issues = take(path)
    assert [c.id for c in captures] == ["a", "c"]
    only(issues, "row-without-text", "r.jsonl, row 2")


@pytest.mark.parametrize("row", ["{broken", "[1, 2]", '"words"', '{"id": [1], "text": "x"}', "\xff"])
def test_broken_row(tmp_path: Path, row: str) -> None:
    path = tmp_path / "r.jsonl"
    path.write_bytes(b'{"text": "One."}\n' + row.encode("latin-1") + b'\n{"text": "Two."}')
    captures, issues = take(path)
    assert [c.given.text for c in captures if c.given] == ["One.", "Two."]
    assert len(issues) == 1
    assert "row 2" in issues[0].message


def test_two_rows_with_one_id(tmp_path: Path) -> None:
    path = rows(tmp_path / "r.jsonl", {"id": "a", "text": "One."}, {"id": "a", "text": "One."}, {"id": "a", "text": "Another."})
    captures, issues = take(path)
    assert [c.given.text for c in captures if c.given] == ["One."]
    assert '"a"' in only(issues, "duplicate-id", "r.jsonl").message


def test_two_runs_yield_the_same(tmp_path: Path) -> None:
    rows(tmp_path / "r.jsonl", {"text": "One."}, {"text": "Two."}, {"text": ""})
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    assert list(acquire([str(tmp_path)])) == list(acquire([str(tmp_path)]))


def test_captures_come_one_at_a_time(tmp_path: Path) -> None:
    path = rows(tmp_path / "r.jsonl", *({"text": f"Report {n}."} for n in range(50)))
    found = acquire([str(path), str(tmp_path / "nowhere")])
    first = next(found)
    assert isinstance(first, Capture)
    path.unlink()
    assert len(list(found)) == 50  # 49 rows and the issue
