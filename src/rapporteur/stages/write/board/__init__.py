"""A board on paper: a page, a section of a page, Markdown, JSON; ratings as a table."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from rapporteur.model.board_view import BoardData
from rapporteur.stages.write.board.markdown import markdown
from rapporteur.stages.write.board.page import page

__all__ = ["FORMATS", "render"]


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
