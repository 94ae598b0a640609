"""The list of a model's files with their checksums, which the pipeline verifies before it loads them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

FILE = "manifest.json"


def checksums(model: Path) -> dict[str, str]:
    """SHA-256 of every file under ``model`` but the manifest and the model card, by relative path, sorted."""
    return {
        path.relative_to(model).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(model.rglob("*"))
        if path.is_file() and path.name != FILE and path.suffix != ".md"
    }


def write_manifest(model: Path) -> None:
    """Writes (or refreshes) ``manifest.json`` of the model folder ``model``; other entries of the manifest stay as they are."""
    path = model / FILE
    entries = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"version": model.name}
    entries["files"] = checksums(model)
    path.write_text(json.dumps(entries, indent=1, sort_keys=True) + "\n", encoding="utf-8")
