"""Runs the command line as a process of its own, as a user does."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.cli import forks


@dataclass(frozen=True)
class Ran:
    code: int
    out: bytes
    err: str

    @property
    def lines(self) -> list[Any]:
        """Standard output as JSON Lines."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def arguments(*words: object) -> list[str]:
    return [sys.executable, "-m", "rapporteur", *map(str, words)]


def rapporteur(*words: object, folder: Path | None = None, environment: dict[str, str] | None = None) -> Ran:
    """With an ``environment`` in a new interpreter, else forked from one that has imported the program."""
    if environment is not None:
        ran = subprocess.run(arguments(*words), capture_output=True, cwd=folder, env=environment, timeout=forks.SECONDS)
        return Ran(ran.returncode, ran.stdout, ran.stderr.decode())
    with TemporaryDirectory() as place:
        out, err = Path(place) / "out", Path(place) / "err"
        code = forks.run([str(word) for word in words], folder, out, err)
        return Ran(code, out.read_bytes(), err.read_bytes().decode())


def rows(*reports: dict[str, str]) -> str:
    return "".join(json.dumps(report, ensure_ascii=False) + "\n" for report in reports)


def texts(folder: Path, reports: Sequence[tuple[str, str]]) -> Path:
    """A folder of plain text files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in reports:
        (folder / name).write_text(text, encoding="utf-8")
    return folder
