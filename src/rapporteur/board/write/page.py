"""A board as one self-contained page in the account's style, and as a section that the account can include."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import msgspec
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from rapporteur import __version__
from rapporteur.board.write import rows
from rapporteur.board.write.data import BoardData
from rapporteur.board.write.markdown import threshold_words


@dataclass(frozen=True)
class Section:
    """A part of another page: ``html`` is one <section> for the account's style sheet, ``data`` the board as JSON."""

    html: str
    data: bytes


@lru_cache(maxsize=1)
def _environment() -> Environment:
    own, account = PackageLoader("rapporteur.board.write", "templates"), PackageLoader("rapporteur.stages.write", "templates")
    environment = Environment(
        loader=ChoiceLoader([own, account]), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.update(rows=rows, threshold_words=threshold_words)
    return environment


def section(data: BoardData) -> Section:
    """The board as a section with id ``board-`` and the framework's id; its other ids begin with ``b-``."""
    html = _environment().get_template("board_section.html.j2").render(data=data)
    return Section(html, msgspec.json.encode(data))


def page(data: BoardData) -> str:
    """The whole page: no script, no font, no picture is fetched from anywhere."""
    return _environment().get_template("board_page.html.j2").render(data=data, version=__version__)
