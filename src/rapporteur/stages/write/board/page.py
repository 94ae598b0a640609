"""A board as one self-contained page in the account's style, and as a section of a page."""

from __future__ import annotations

from rapporteur.model.board_view import BoardData
from rapporteur.stages.write.board import rows
from rapporteur.stages.write.templating import environment


def section(data: BoardData) -> str:
    """The board as one <section> with id ``board-`` and the framework's id, for the account's style sheet; its other ids begin
    with ``b-``."""
    return environment().get_template("board_section.html.j2").render(data=data, rows=rows, cited={})


def page(data: BoardData) -> str:
    """The whole page: no script, no font, no picture is fetched from anywhere."""
    return environment().get_template("board_page.html.j2").render(data=data, rows=rows, cited={})
