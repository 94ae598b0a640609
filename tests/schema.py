"""Validates what the program writes against the published schemas: ``validate("account", json.loads(bytes))``."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "schema"


@lru_cache(maxsize=4)
def validator(kind: str) -> Draft202012Validator:
    """The validator of ``reading`` or ``account``; the schema itself is checked first."""
    schema = json.loads((FOLDER / f"{kind}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def validate(kind: str, output: Any) -> None:
    """Nothing when ``output`` is valid; AssertionError that lists the first failures when not."""
    failures = [f"{'/'.join(map(str, e.absolute_path))}: {e.message[:200]}" for e in validator(kind).iter_errors(output)]
    assert not failures, f"{len(failures)} failures against {kind}.schema.json: " + "; ".join(failures[:5])
