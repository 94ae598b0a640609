"""Names of persons, organisations, places and groups by a linear-chain CRF (Lafferty et al. 2001; CRFsuite) over word features."""

from __future__ import annotations

from pathlib import Path

from rapporteur.language.base import NameSpan


class NameTagger:
    """Finds names in tokenised sentences."""

    def __init__(self, model: Path) -> None:
        self._model = model / "names.crfsuite"

    def tag(self, words: list[str], tags: list[str], sentences: list[tuple[int, int]]) -> list[NameSpan]:
        """Names in order, never overlapping; token ranges into ``words``."""
        return []
