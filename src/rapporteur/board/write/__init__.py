"""A board on paper: a page, a section for the account, Markdown, JSON, and entries as lines.

``sections`` gives fragments that the account's page can include, with the data behind them; ``render`` a whole file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from rapporteur.board.evidence import Evidence
from rapporteur.board.state import board_of, frameworks
from rapporteur.board.write.data import BoardData, board_data
from rapporteur.board.write.markdown import markdown
from rapporteur.board.write.page import Section, page, section
from rapporteur.model.board import BoardEntry

__all__ = ["FORMATS", "BoardData", "Section", "render", "section", "sections"]


def _json(data: BoardData) -> bytes:
    return msgspec.json.format(msgspec.json.encode(data), indent=1) + b"\n"


FORMATS: dict[str, Callable[[BoardData], bytes]] = {
    "html": lambda data: page(data).encode(),
    "json": _json,
    "md": lambda data: markdown(data).encode(),
}
"""Name of a format -> its writer. The same board gives the same bytes."""


def sections(entries: Sequence[BoardEntry], evidence: Evidence, as_of: str | None = None) -> tuple[Section, ...]:
    """One section per framework of a record, for its account as of ``as_of``; none when the record has no board."""
    return tuple(section(board_data(board_of(entries, name), evidence, as_of=as_of)) for name in frameworks(entries))


def render(data: BoardData, form: str) -> bytes:
    """``data`` in one of ``FORMATS``, as UTF-8 bytes."""
    return FORMATS[form](data)
