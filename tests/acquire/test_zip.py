"""Archives: members are reports; bombs and climbing names are refused, each with one line."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path
from typing import Any

from rapporteur.model.capture import Capture
from rapporteur.model.report import Issue
from rapporteur.stages.acquire import AcquireOptions, acquire

TEXT = b"The delegations left the capital on Friday without a signed text, diplomats said.\n"


def packed(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def take(path: Path, data: bytes, **limits: Any) -> tuple[list[Capture], list[Issue]]:
    path.write_bytes(data)
    found = list(acquire([str(path)], AcquireOptions(**limits)))
    return [f for f in found if isinstance(f, Capture)], [f for f in found if isinstance(f, Issue)]


def test_members_are_reports(tmp_path: Path) -> None:
    inner = packed({"c.txt": TEXT + b"c"})
    data = packed(
        {
            "z.txt": TEXT,
            "a/b.txt": TEXT + b"b",
            "a/in.zip": inner,
            ".hidden.txt": TEXT,
            "__MACOSX/x.txt": TEXT,
            "p.png": b"\x89PNG\0",
        }
    )
    captures, issues = take(tmp_path / "x.zip", data)
    assert [c.place for c in captures] == ["x.zip/a/b.txt", "x.zip/a/in.zip/c.txt", "x.zip/z.txt"]
    assert captures[2].data == TEXT
    assert not issues


def test_climbing_names(tmp_path: Path) -> None:
    data = packed({"../up.txt": TEXT, "/root.txt": TEXT, "C:\\dos.txt": TEXT, "a\\..\\b.txt": TEXT, "good.txt": TEXT})
    captures, issues = take(tmp_path / "x.zip", data)
    assert [c.place for c in captures] == ["x.zip/good.txt"]
    assert {issue.code for issue in issues} == {"zip-climbs"}
    assert len(issues) == 4
    assert not (tmp_path.parent / "up.txt").exists()


def test_ten_gigabytes_are_refused_by_what_the_directory_says(tmp_path: Path) -> None:
    data = bytearray(packed({"bomb.txt": bytes(1000)}))
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 0xFFFFFFF0)  # declared size just under 4 GiB, the most a classic directory can say
    captures, issues = take(tmp_path / "x.zip", bytes(data))
    assert not captures
    assert [issue.code for issue in issues] == ["zip-bomb"]
    assert "x.zip" in issues[0].message


def test_a_real_bomb_is_refused_by_its_ratio(tmp_path: Path) -> None:
    captures, issues = take(tmp_path / "x.zip", packed({"bomb.txt": bytes(30_000_000), "good.txt": TEXT}))
    assert not captures
    assert [issue.code for issue in issues] == ["zip-bomb"]


def test_a_directory_that_understates_is_caught_while_unpacking(tmp_path: Path) -> None:
    data = bytearray(packed({"bomb.txt": bytes(30_000_000)}))
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        struct.pack_into("<I", data, data.rindex(mark) + offset, 100)
    captures, issues = take(tmp_path / "x.zip", bytes(data))
    assert all(len(c.data) <= 100 for c in captures)
    assert len(issues) == 1


def test_bombs_in_archives_in_archives(tmp_path: Path) -> None:
    level = packed({"bomb.txt": bytes(5_000_000)}, zipfile.ZIP_DEFLATED)
    for _ in range(4):
        level = packed({f"{n}.zip": level for n in range(4)}, zipfile.ZIP_STORED)
    captures, issues = take(tmp_path / "x.zip", level)
    assert not captures
    assert {issue.code for issue in issues} <= {"zip-depth", "zip-bomb"}
    assert issues


def test_count_total_and_member_size(tmp_path: Path) -> None:
    many = packed({f"{n}.txt": TEXT + str(n).encode() for n in range(30)})
    assert [i.code for i in take(tmp_path / "x.zip", many, max_members=20)[1]] == ["zip-bomb"]
    assert [i.code for i in take(tmp_path / "x.zip", many, max_unpacked=500)[1]] == ["zip-bomb"]
    captures, issues = take(tmp_path / "y.zip", packed({"a.txt": TEXT * 300, "b.txt": TEXT}), max_bytes=10_000)
    assert [c.place for c in captures] == ["y.zip/b.txt"]
    assert [i.code for i in issues] == ["too-large"]


def test_broken_archives(tmp_path: Path) -> None:
    whole = packed({"a.txt": TEXT * 100})
    for data in (whole[:-30], b"PK\x03\x04 nothing else", whole[:60] + bytes(40) + whole[100:]):
        captures, issues = take(tmp_path / "x.zip", data)
        assert not captures
        assert [i.code for i in issues] == ["zip-broken"], issues


def test_encrypted_member(tmp_path: Path) -> None:
    data = bytearray(packed({"a.txt": TEXT}, zipfile.ZIP_STORED))
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.rindex(mark) + offset] |= 1
    assert [i.code for i in take(tmp_path / "x.zip", bytes(data))[1]] == ["zip-encrypted"]
