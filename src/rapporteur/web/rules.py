"""Who may call a route. Every route has one of these as a parameter; a test finds those without.

``def page(viewer: Reading, ...)`` may be called by readers, ``Analysing``, ``Editing`` and ``Administering`` by higher roles, and
``Anyone`` by whoever asks (the way in, the style sheet); it gets the viewer, or None.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from rapporteur.desk import Viewer
from rapporteur.errors import AccessError
from rapporteur.model.team import Role
from rapporteur.web.state import viewer_of


class UnknownViewerError(AccessError):
    """Nobody that is known asks; pages lead to the way in."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path}: is only shown to those who have signed in; sign in first")


class Rule:
    """A dependency: lets those with ``role`` through, and everyone when there is none."""

    def __init__(self, role: Role | None) -> None:
        self.role = role

    def __call__(self, request: Request) -> Viewer | None:
        viewer = viewer_of(request)
        if self.role is None:
            return viewer
        if viewer is None:
            raise UnknownViewerError(request.url.path)
        if not viewer.may(self.role):
            raise AccessError(f"{request.url.path}: needs the role of {self.role}; {viewer.who} is {viewer.role}")
        return viewer


Anyone = Annotated[Viewer | None, Depends(Rule(None))]
Reading = Annotated[Viewer, Depends(Rule("reader"))]
Analysing = Annotated[Viewer, Depends(Rule("analyst"))]
Editing = Annotated[Viewer, Depends(Rule("editor"))]
Administering = Annotated[Viewer, Depends(Rule("admin"))]
