"""Stable names for findings: made of what a finding is about, never of the order in which reports came."""

from __future__ import annotations

import hashlib


def named(kind: str, *key: object) -> str:
    """The name of a finding about ``key``. Findings with the same one are numbered in canonical order (``numbered``)."""
    return f"{kind}-{hashlib.sha256(chr(31).join(str(k) for k in key).encode()).hexdigest()[:10]}"


def name_of(ident: str) -> str:
    """The name that a finding's id was made of."""
    return "-".join(ident.split("-")[:2])


def numbered(name: str, number: int) -> str:
    """The id of the ``number``-th finding (from 1) with this name."""
    return name if number == 1 else f"{name}-{number}"
