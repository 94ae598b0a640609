"""Who asks: a name, a role, and which processes the person may see."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Role = Literal["reader", "analyst", "editor", "admin"]

ROLES: tuple[Role, ...] = ("reader", "analyst", "editor", "admin")
"""Each may do what those before it may. A reader reads; an analyst adds reports, judges and rates; an editor changes what is
followed (processes, frameworks, alerts); an admin says who is who."""


class Viewer(Struct, frozen=True):
    """``processes`` are the names of those the person may see; None: the whole record."""

    who: str
    role: Role
    processes: frozenset[str] | None = None

    def may(self, role: Role) -> bool:
        """Whether the person's role includes ``role``."""
        return ROLES.index(self.role) >= ROLES.index(role)
