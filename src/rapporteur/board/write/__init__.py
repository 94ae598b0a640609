"""A board on paper: a page, a section for the account, Markdown, JSON, and entries as lines.

``section`` gives a fragment that the account's page can include, with the data behind it; ``render`` a whole file.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from rapporteur.board.write.data import BoardData
from rapporteur.board.write.markdown import markdown
from rapporteur.board.write.page import Section, page, section

__all__ = ["FORMATS", "BoardData", "Section", "render", "section"]


def _json(data: BoardData) -> bytes:
    return msgspec.json.format(msgspec.json.encode(data), indent=1) + b"\n"


FORMATS: dict[str, Callable[[BoardData], bytes]] = {
    "html": lambda data: page(data).encode(),
    "json": _json,
    "md": lambda data: markdown(data).encode(),
}
"""Name of a format -> its writer. The same board gives the same bytes."""


def render(data: BoardData, form: str) -> bytes:
    """``data`` in one of ``FORMATS``, as UTF-8 bytes."""
    return FORMATS[form](data)
