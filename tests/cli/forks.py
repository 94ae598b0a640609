"""A server that runs the command line in processes of their own, forked from one that has imported it: a tenth of a second each
instead of a second. One request a line (JSON), one exit code a line."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from select import select

ROOT = Path(__file__).parents[2]
SECONDS = 300


def run(words: list[str], folder: Path | None, out: Path, err: Path) -> int:
    """The exit code of one command; what it says goes to files."""
    server = _server()
    assert server.stdin is not None and server.stdout is not None
    asked = {"words": words, "folder": str(folder or Path.cwd()), "out": str(out), "err": str(err)}
    server.stdin.write(json.dumps(asked).encode() + b"\n")
    server.stdin.flush()
    if not select([server.stdout], [], [], SECONDS)[0]:
        server.kill()
        raise TimeoutError(f"rapporteur {' '.join(words)}: no end after {SECONDS} s")
    return int(server.stdout.readline())


@cache
def _server() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.cli.forks"]
    server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, cwd=ROOT)
    atexit.register(server.kill)
    return server


def _serve() -> None:
    cli = import_module("rapporteur.cli")
    for name in ("read", "account", "lineage", "judge", "ask", "changes", "board", "schedule"):
        import_module(cli.COMMANDS[name])
    for name in ("store.sqlite", "store.migrate", *(f"stages.write.formats.{name}" for name in ("html", "json", "markdown"))):
        import_module(f"rapporteur.{name}")
    import_module("rapporteur.language").load()
    for line in sys.stdin.buffer:
        child = os.fork()
        if not child:
            _become(**json.loads(line))
            try:
                code = cli.main()
            except SystemExit as end:
                code = end.code
            sys.stdout.flush()
            sys.stderr.flush()
            atexit._run_exitfuncs()
            os._exit(code or 0)  # taking apart what was imported takes longer than most commands
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _become(words: list[str], folder: str, out: str, err: str) -> None:
    os.chdir(folder)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, path in ((1, out), (2, err)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    sys.argv = ["rapporteur", *words]


if __name__ == "__main__":
    _serve()
