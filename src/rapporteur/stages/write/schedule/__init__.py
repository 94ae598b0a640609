"""A comparison or a backtest on paper: one page, a section of a page, Markdown, JSON."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

import msgspec

from rapporteur.model.comparison import Backtest, Comparison
from rapporteur.stages.write.schedule.markdown import backtest_markdown, markdown

__all__ = ["FORMATS", "render"]


def _json(result: Comparison | Backtest) -> bytes:
    return msgspec.json.format(msgspec.json.encode(result), indent=1) + b"\n"


def _html(result: Comparison | Backtest) -> bytes:
    # Loaded on demand: drawing charts costs half a second to load, which formats that draw none should not pay.
    pages = import_module("rapporteur.stages.write.schedule.page")
    text: str = pages.page(result) if isinstance(result, Comparison) else pages.backtest_page(result)
    return text.encode()


def _markdown(result: Comparison | Backtest) -> bytes:
    return (markdown(result) if isinstance(result, Comparison) else backtest_markdown(result)).encode()


FORMATS: dict[str, Callable[[Comparison | Backtest], bytes]] = {"html": _html, "json": _json, "md": _markdown}
"""Name of a format -> its writer. The same result gives the same bytes."""


def render(result: Comparison | Backtest, form: str) -> bytes:
    """``result`` in one of ``FORMATS``, as UTF-8 bytes."""
    return FORMATS[form](result)
