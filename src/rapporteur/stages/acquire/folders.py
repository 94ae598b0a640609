"""Files and folders: which files are inputs, in which order, and what is read of them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from rapporteur.errors import InputError
from rapporteur.stages.acquire.base import AcquireOptions, Item

# A browser keeps the images and scripts of "page.html" in "page_files" (Firefox, Chrome) or "page-Dateien", "page.files"
# beside it.
COMPANIONS = ("_files", ".files", "-files")


def items(given: str, options: AcquireOptions) -> Iterator[Item | InputError]:
    """The file ``given``, or all files below the folder in the order of their names; an InputError for each that cannot
    be read.

    ``place`` is the name of a file, or the path below the folder with ``/``: it does not depend on where the folder lies.
    """
    root = Path(given)
    try:
        if root.is_dir():
            closed: list[OSError] = []
            for path in _walk(root, closed):
                yield _read(path, path.relative_to(root).as_posix(), options, named=False)
            for error in closed:
                yield InputError("unreadable", str(error.filename), _reason(error), "check its permissions")
        else:
            yield _read(root, root.name, options, named=True)
    except (OSError, ValueError) as problem:
        yield InputError("unreadable", given, _reason(problem), "check the path and its permissions")


def _walk(root: Path, closed: list[OSError]) -> Iterator[Path]:
    """Regular files below ``root``, sorted part by part; hidden ones and the companions of saved pages are passed over.

    Folders that cannot be listed are put into ``closed``.
    """
    for folder, subfolders, names in os.walk(root, onerror=closed.append):
        pages = {name.rpartition(".")[0] for name in names if name.lower().endswith((".html", ".htm", ".xhtml"))}
        subfolders[:] = sorted(name for name in subfolders if not name.startswith(".") and not _accompanies(name, pages))
        for name in sorted(names):
            if not name.startswith("."):
                yield Path(folder) / name


def _accompanies(folder: str, pages: set[str]) -> bool:
    return any(folder.endswith(end) and folder[: -len(end)] in pages for end in COMPANIONS)


def _read(path: Path, place: str, options: AcquireOptions, *, named: bool) -> Item | InputError:
    shown = place if not named else str(path)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # a pipe or a device would block for ever
            return InputError("not-a-file", shown, "is neither a file nor a folder", "give a file")
        if status.st_size > options.max_bytes:
            size = f"{status.st_size:,} bytes, the limit is {options.max_bytes:,}"
            return InputError("too-large", shown, size, "split it, or raise the limit")
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        return InputError("unreadable", shown, _reason(error), "check the path and its permissions")
    return Item(place=place, location=str(path.resolve()), data=data, path=place, named=named)


def _reason(error: Exception) -> str:
    return (error.strerror or str(error)).lower() if isinstance(error, OSError) else str(error)
