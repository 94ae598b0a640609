"""The account's page on paper, by WeasyPrint: the optional extra ``rapporteur[pdf]``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.resources import files
from typing import Any, NoReturn

from rapporteur.errors import ConfigurationError
from rapporteur.model.account import Account
from rapporteur.model.reading import Reading
from rapporteur.stages.write.formats import html

PRINT = re.compile(r"@media print\{:root\{(.*?)\}", re.DOTALL)
COLOUR = re.compile(r"--(\w+):(#[0-9a-fA-F]+)")


def render(account: Account, readings: Sequence[Reading]) -> bytes:
    """The PDF as bytes; ConfigurationError when WeasyPrint, or the Pango library that it draws text with, is not installed."""
    page = html.render(account, readings).decode("utf-8")
    for name, colour in _paper().items():
        # Pictures inside a page do not see the page's colours there, so that those on paper are put in their place.
        page = page.replace(f'"var(--{name})"', f'"{colour}"')
    made: bytes = _printer()(string=page, url_fetcher=_refused).write_pdf()
    return made


def _paper() -> dict[str, str]:
    """The colours of the page on paper, by name, from the style sheet."""
    sheet = (files("rapporteur.stages.write") / "templates" / "style.css").read_text(encoding="utf-8")
    found = PRINT.search(sheet)
    return dict(COLOUR.findall(found[1])) if found else {}


def _printer() -> Any:
    try:
        from weasyprint import HTML  # noqa: PLC0415 - an optional extra that need not be there
    except ImportError as error:
        raise ConfigurationError("format pdf: WeasyPrint is not installed; run pip install 'rapporteur[pdf]'") from error
    except OSError as error:
        raise ConfigurationError(
            f"format pdf: a system library is missing ({error}); install Pango, on Debian with apt install libpango-1.0-0 "
            "libpangoft2-1.0-0, on macOS with brew install pango"
        ) from error
    return HTML


def _refused(url: str, **_: object) -> NoReturn:
    raise ValueError(f"{url}: an account fetches nothing")
