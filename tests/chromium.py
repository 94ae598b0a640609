"""Debian's Chromium for browser tests; installed when it is missing and the tests run as root, as they do in CI."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")


@cache
def chromium() -> str | None:
    """Its path; None when there is none and it cannot be installed here."""
    if (found := _found()) or os.geteuid() != 0 or shutil.which("apt-get") is None:
        return found
    # Several test processes may find it missing at once.
    with (Path(tempfile.gettempdir()) / "rapporteur-chromium.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if _found() is None:
            environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            for words in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "chromium"]):
                ended = subprocess.run(["apt-get", *words], env=environment, capture_output=True, timeout=600)
                if ended.returncode:
                    break
    return _found()


def _found() -> str | None:
    return next((found for name in NAMES if (found := shutil.which(name))), None)
