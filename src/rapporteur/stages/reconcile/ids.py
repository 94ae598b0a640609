"""Stable names for findings: made of what a finding is about, never of the order in which reports came."""

from __future__ import annotations

import hashlib


class Namer:
    """Ids of one kind of finding: a short hash of the key, with a counter where two findings have the same key."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._used: dict[str, int] = {}

    def __call__(self, *key: object) -> str:
        """The id for ``key``; call it in a stable order, so that the counter is stable too."""
        digest = hashlib.sha256("\x1f".join(str(k) for k in key).encode()).hexdigest()[:10]
        seen = self._used[digest] = self._used.get(digest, 0) + 1
        return f"{self._kind}-{digest}" + (f"-{seen}" if seen > 1 else "")
