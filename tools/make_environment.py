"""Makes the virtual environment at the path given; the Makefile calls it with the system's Python and nothing installed.

Debian's python3 comes without ``ensurepip`` unless python3-venv is installed: pip itself is then fetched, pinned by its hash.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import urllib.request
import venv
from importlib.util import find_spec
from pathlib import Path

NEEDS = (3, 11)
PIP = (
    "https://files.pythonhosted.org/packages/07/25/ee8c38ae72d66b844ce8eb9711ba905dba21ca1a8a0c960057c41cd23337/"
    "pip-26.3-py3-none-any.whl"
)
PIP_SHA256 = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"


def main(folder: Path) -> None:
    """Makes the environment, with pip in it."""
    if sys.version_info < NEEDS:
        found = ".".join(map(str, sys.version_info[:2]))
        raise SystemExit(f"Python 3.11 or newer is needed, {sys.executable} is {found}; run: make PYTHON=/path/to/python3")
    with_pip = find_spec("ensurepip") is not None and os.environ.get("RAPPORTEUR_FETCH_PIP") != "1"
    venv.create(folder, clear=True, symlinks=True, with_pip=with_pip)
    if not with_pip:
        _fetch_pip(folder)


def _fetch_pip(folder: Path) -> None:
    print(f"fetching pip, which this Python comes without, from {PIP}")
    with urllib.request.urlopen(PIP, timeout=60) as answer:
        wheel = answer.read()
    if hashlib.sha256(wheel).hexdigest() != PIP_SHA256:
        raise SystemExit(f"{PIP}: is not the file that was expected; install python3-venv instead")
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / PIP.rsplit("/", 1)[1]
        path.write_bytes(wheel)
        install = ["install", "--quiet", "--no-index", str(path)]
        subprocess.run([str(folder / "bin" / "python"), f"{path}/pip", *install], check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
