"""A comparison or a backtest on paper: one page, a section for the account, Markdown, JSON.

``render`` gives a whole page or file, ``section`` a fragment that another page can include with the JSON behind it.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from rapporteur.schedule.backtest import Backtest
from rapporteur.schedule.results import Comparison
from rapporteur.schedule.write.markdown import backtest_markdown, markdown
from rapporteur.schedule.write.page import Section, backtest_page, page, section

__all__ = ["FORMATS", "Section", "render", "section"]


def _json(result: Comparison | Backtest) -> bytes:
    return msgspec.json.format(msgspec.json.encode(result), indent=1) + b"\n"


def _html(result: Comparison | Backtest) -> bytes:
    return (page(result) if isinstance(result, Comparison) else backtest_page(result)).encode()


def _markdown(result: Comparison | Backtest) -> bytes:
    return (markdown(result) if isinstance(result, Comparison) else backtest_markdown(result)).encode()


FORMATS: dict[str, Callable[[Comparison | Backtest], bytes]] = {"html": _html, "json": _json, "md": _markdown}
"""Name of a format -> its writer. The same result gives the same bytes."""


def render(result: Comparison | Backtest, form: str) -> bytes:
    """``result`` in one of ``FORMATS``, as UTF-8 bytes."""
    return FORMATS[form](result)
