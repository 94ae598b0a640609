"""What stands in inputs of each format, and what is said of damaged ones; the rest of a file goes on."""

from __future__ import annotations

import gzip
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

pytest.importorskip("pyarrow", reason="needs the extra bulk")

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from rapporteur.bulk.base import Limits, Listed, PassedOver, Stretch
from rapporteur.bulk.files import listed
from rapporteur.bulk.reading import ReadPlan, ReadTask, prepare
from rapporteur.bulk.sources import SUFFIXES, source_of, stretches_of
from rapporteur.model.capture import Capture
from rapporteur.model.report import Issue

LIMITS = Limits(rows=2, bytes=20_000, answer=5.0)


def met(path: Path, limits: Limits = LIMITS) -> tuple[list[str], list[str], list[str]]:
    """Of a file the ids or addresses of the reports, the issues, and what was passed over."""
    source = source_of(str(path))
    assert source is not None
    reports: list[str] = []
    issues: list[str] = []
    passed: list[str] = []
    for found in source.split(Listed(str(path), path.name, path.stat().st_size), limits):
        for one in [found] if isinstance(found, Issue) else source.open(found, limits):
            if isinstance(one, Issue):
                issues.append(one.message)
            elif isinstance(one, PassedOver):
                passed.append(one.why)
            else:
                reports.append(one.given.id if one.given and one.given.id else one.place)
    return reports, issues, passed


def rows(*numbers: int) -> bytes:
    return b"".join(msgspec.json.encode({"id": f"r{n}", "text": f"The envoy left town {n}."}) + b"\n" for n in numbers)


def record(number: int, body: bytes = b"", lie: int = 0, kind: bytes = b"text/html; charset=utf-8", status: int = 200) -> bytes:
    """A WARC record of an HTTP response; its length is what it should be plus ``lie``."""
    page = body or b"<html><body><p>The envoy left town %d.</p></body></html>" % number
    http = b"HTTP/1.1 %d X\r\nContent-Type: %s\r\n\r\n" % (status, kind) + page
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://press.example/%d\r\n" % number
    head += b"WARC-Date: 2031-01-01T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:%d>\r\n" % number
    head += b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n" % (len(http) + lie)
    return head + http + b"\r\n\r\n"


def pages(*numbers: int) -> list[str]:
    return [f"http://press.example/{n}" for n in numbers]


def packed(*records: bytes) -> bytes:
    return b"".join(map(gzip.compress, records))


@pytest.mark.parametrize("ending", [b"\n", b""])
def test_rows_are_read_stretch_by_stretch(tmp_path: Path, ending: bytes) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(rows(1, 2, 3, 4, 5).rstrip(b"\n") + ending)
    assert met(path) == (["r1", "r2", "r3", "r4", "r5"], [], [])
    source = source_of(path.name)
    assert source is not None
    stretches = [s for s in source.split(Listed(str(path), "a.jsonl"), LIMITS) if isinstance(s, Stretch)]
    assert [(s.first, s.rows) for s in stretches] == [(1, 2), (3, 2), (5, 1)]


def test_packed_rows_are_read_like_others(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(rows(1, 2, 3)))
    assert met(path) == (["r1", "r2", "r3"], [], [])


def test_a_row_that_is_too_long_is_named_and_the_next_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(rows(1) + b'{"text": "' + b"x" * 50_000 + b'"}\n' + rows(3))
    assert met(path) == (["r1", "r3"], ["a.jsonl, row 2: more than 20,000 bytes; split it, or raise the limit"], [])


def test_a_packed_file_that_is_cut_off_gives_its_whole_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    whole = gzip.compress(b"".join(rows(n) for n in range(2_000)))
    path.write_bytes(whole[: len(whole) // 2])
    reports, issues, _ = met(path, Limits(rows=100))
    assert len(issues) == 1
    assert issues[0].startswith("a.jsonl.gz: cannot be read beyond row ")
    assert reports[:3] == ["r0", "r1", "r2"]
    assert reports == [f"r{n}" for n in range(len(reports))]


def table(path: Path, columns: dict[str, list[Any]], group: int = 3) -> Path:
    pq.write_table(pa.table(columns), path, row_group_size=group)
    return path


def test_parquet_rows_are_those_of_json_lines(tmp_path: Path) -> None:
    numbers = list(range(7))
    path = table(tmp_path / "a.parquet", {"id": [f"r{n}" for n in numbers], "text": ["Talks began."] * 7, "size": numbers})
    assert met(path) == ([f"r{n}" for n in numbers], [], [])


def test_parquet_without_the_column_is_one_line(tmp_path: Path) -> None:
    path = table(tmp_path / "a.parquet", {"body": ["Talks began."], "lang": ["en"]})
    assert met(path) == ([], ["a.parquet: has no column text, only body, lang; give the words a column named text"], [])


def test_parquet_that_is_none_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1 and then something else")
    reports, issues, _ = met(path)
    assert reports == []
    assert len(issues) == 1
    assert issues[0].startswith("a.parquet: not a readable Parquet file")


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_pages_of_a_crawl_are_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    others = [record(4, kind=b"image/png"), record(5, status=404)]
    records = [record(1), record(2), record(3), *others, record(6)]
    path.write_bytes(packed(*records) if name.endswith(".gz") else b"".join(records))
    assert met(path) == (pages(1, 2, 3, 6), [], ["neither page nor text", "no page was found there"])


@pytest.mark.parametrize("lie", [100, 10**9, -20])
@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_a_record_that_lies_about_its_length_is_named_and_the_rest_is_read(tmp_path: Path, name: str, lie: int) -> None:
    path = tmp_path / name
    records = [record(1), record(2, lie=lie), record(3), record(4)]
    path.write_bytes(packed(*records) if name.endswith(".gz") else b"".join(records))
    reports, issues, _ = met(path, Limits(rows=2))
    assert reports == pages(1, 3, 4)
    assert issues == ["http://press.example/2: its length does not fit what follows; download the file again"]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_a_crawl_that_is_cut_off_is_read_up_to_there(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    records = [record(1), record(2), record(3)]
    path.write_bytes((packed(*records) if name.endswith(".gz") else b"".join(records))[:-40])
    reports, issues, _ = met(path)
    assert reports == pages(1, 2)
    assert issues == ["http://press.example/3: its length does not fit what follows; download the file again"]


def test_a_large_record_is_passed_by_without_being_held(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(packed(record(1), record(2, body=b"<html>" + b" " * 50_000), record(3)))
    reports, issues, _ = met(path)
    assert reports == pages(1, 3)
    assert issues == ["http://press.example/2: 50,064 bytes, the limit is 20,000; raise the limit, or leave it"]


def test_only_english_pages_of_a_crawl_are_kept(tmp_path: Path) -> None:
    english = "The envoy said on Monday that the two delegations had agreed on a timetable for the withdrawal of all troops."
    german = "Der Gesandte sagte am Montag, dass sich die beiden Delegationen auf einen Zeitplan für den Abzug geeinigt haben."
    path = tmp_path / "a.warc.gz"
    bodies = [f"<html><body><article><p>{text} </p></article></body></html>".encode() for text in (english, german)]
    path.write_bytes(packed(*(record(n, body) for n, body in enumerate(bodies, 1))))
    source = source_of(path.name)
    assert source is not None
    limits = Limits()
    stretch = next(s for s in source.split(Listed(str(path), path.name), limits) if isinstance(s, Stretch))
    done = prepare(ReadPlan(str(tmp_path), limits, claims=False))(ReadTask(0, stretch))
    assert (done.reports, done.issues, done.passed_over) == (1, 0, {"in another language (de)": 1})


def test_a_file_that_is_no_crawl_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(b"nothing of the kind\r\n" * 50)
    reports, issues, _ = met(path)
    assert reports == []
    assert issues == ["a.warc: not a readable WARC file (Invalid WARC header); download it again"]


def test_folders_and_patterns_are_listed_in_order(tmp_path: Path) -> None:
    for name in ("b.jsonl", "a.jsonl", "c.txt", ".hidden.jsonl", "deep/d.parquet"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(rows(1))

    def places(given: str) -> list[str]:
        return [f.place if isinstance(f, Listed) else f.message for f in listed(given, SUFFIXES, LIMITS)]

    assert places(str(tmp_path)) == ["a.jsonl", "b.jsonl", "deep/d.parquet"]
    assert places(f"{tmp_path}/*.jsonl") == ["a.jsonl", "b.jsonl"]
    assert places(f"{tmp_path}/b.jsonl") == ["b.jsonl"]
    assert places(f"{tmp_path}/x.jsonl") == [f"{tmp_path}/x.jsonl: no such file; check the path and its permissions"]


@pytest.fixture
def silent() -> Iterator[str]:
    """An address at which connections are accepted and nothing is ever said."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield f"127.0.0.1:{server.getsockname()[1]}"


@pytest.mark.parametrize("scheme", ["http", "s3"])
def test_a_store_that_does_not_answer_is_one_line(silent: str, scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{silent}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "x")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")
    given = f"http://{silent}/a.jsonl" if scheme == "http" else "s3://archive/a.jsonl"
    found = list(listed(given, SUFFIXES, Limits(answer=1.0)))
    assert [type(f) for f in found] == [Issue]
    assert isinstance(found[0], Issue)
    assert found[0].message.startswith(f"{given}: ")
    assert "\n" not in found[0].message


@pytest.fixture
def stalling() -> Iterator[str]:
    """An address at which a file of 5,000 bytes is promised, and 100 of them are sent."""

    def serve() -> None:
        with suppress(OSError):
            while True:
                connection = server.accept()[0]
                asked = connection.recv(10_000)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\nConnection: close\r\n\r\n")
                if asked.startswith(b"HEAD"):
                    connection.close()
                else:
                    connection.sendall(b"x" * 100)
                    held.append(connection)

    held: list[socket.socket] = []
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/a.jsonl"
        server.shutdown(socket.SHUT_RDWR)


def test_a_store_that_stops_in_the_middle_of_a_file_is_one_line(stalling: str) -> None:
    limits = Limits(answer=1.0)
    found = [one for file in listed(stalling, SUFFIXES, limits) if isinstance(file, Listed) for one in stretches_of(file, limits)]
    assert [type(f) for f in found] == [Issue]
    assert isinstance(found[0], Issue)
    assert found[0].message.startswith(f"{stalling}: cannot be read")


def test_a_file_that_has_changed_since_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(rows(1, 2))
    source = source_of(path.name)
    assert source is not None
    stretch = next(s for s in source.split(Listed(str(path), "a.jsonl", path.stat().st_size), LIMITS) if isinstance(s, Stretch))
    path.write_bytes(rows(1, 2, 3))
    found = list(source.open(stretch, LIMITS))
    assert not any(isinstance(f, Capture) for f in found)
    assert [f.code for f in found if isinstance(f, Issue)] == ["changed"]
