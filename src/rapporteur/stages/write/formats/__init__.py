"""Formats of an account. One file each; to add one, write its ``render(account, readings) -> bytes`` and list it here."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from rapporteur.errors import ConfigurationError
from rapporteur.model.account import Account
from rapporteur.model.reading import Reading

Render = Callable[[Account, Sequence[Reading]], bytes]


@dataclass(frozen=True, slots=True)
class Format:
    """One entry of the registry. The module is named, not imported: drawing charts costs half a second to load, which the
    commands that draw none should not pay."""

    name: str
    suffix: str
    media_type: str
    module: str

    def render(self, account: Account, readings: Sequence[Reading]) -> bytes:
        """The account in this format; the same account and readings give the same bytes."""
        return cast(Render, importlib.import_module(self.module).render)(account, readings)


OFFICE = "application/vnd.openxmlformats-officedocument"

FORMATS: tuple[Format, ...] = (
    Format("html", ".html", "text/html", "rapporteur.stages.write.formats.html"),
    Format("md", ".md", "text/markdown", "rapporteur.stages.write.formats.markdown"),
    Format("json", ".json", "application/json", "rapporteur.stages.write.formats.json"),
    Format("docx", ".docx", f"{OFFICE}.wordprocessingml.document", "rapporteur.stages.write.formats.docx"),
    Format("pdf", ".pdf", "application/pdf", "rapporteur.stages.write.formats.pdf"),
    Format("xlsx", ".xlsx", f"{OFFICE}.spreadsheetml.sheet", "rapporteur.stages.write.formats.xlsx"),
    Format("csv", ".zip", "application/zip", "rapporteur.stages.write.formats.csv"),
)


def render(account: Account, readings: Sequence[Reading], name: str = "html") -> bytes:
    """The account in the format called ``name``; ConfigurationError when there is none of that name."""
    for entry in FORMATS:
        if entry.name == name:
            return entry.render(account, readings)
    known = ", ".join(f.name for f in FORMATS)
    raise ConfigurationError(f"no account format {name!r}; use one of {known}")
