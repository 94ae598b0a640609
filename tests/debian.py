"""Programs that tests need and Debian has: found on this machine, or installed where the tests run as root, as they do in CI."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

SECONDS = 600


@cache
def program(names: tuple[str, ...], package: str, folders: str = "") -> str | None:
    """Path of the first of ``names`` that is there, after installing ``package`` if need be; None when that cannot be done here.

    ``folders``: a pattern of folders, from the root, to look in besides the search path.
    """
    if (found := _found(names, folders)) or os.geteuid() != 0 or shutil.which("apt-get") is None:
        return found
    # Several test processes may find it missing at once.
    with (Path(tempfile.gettempdir()) / "rapporteur-apt.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if _found(names, folders) is None:
            environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            for words in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", package]):
                if subprocess.run(["apt-get", *words], env=environment, capture_output=True, timeout=SECONDS).returncode:
                    break
    return _found(names, folders)


def _found(names: tuple[str, ...], folders: str) -> str | None:
    on_path = (shutil.which(name) for name in names)
    beside = [path for name in names if folders for path in Path("/").glob(f"{folders}/{name}")]
    return next((path for path in (*on_path, *map(str, sorted(beside, reverse=True))) if path), None)
