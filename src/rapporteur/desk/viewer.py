"""Who asks: a name, a role, and which processes the person may see."""

from __future__ import annotations

from msgspec import Struct

from rapporteur.model.team import ROLES, Role


class Viewer(Struct, frozen=True):
    """``processes`` are the names of those the person may see; None: the whole record."""

    who: str
    role: Role
    processes: frozenset[str] | None = None

    def may(self, role: Role) -> bool:
        """Whether the person's role includes ``role``."""
        return ROLES.index(self.role) >= ROLES.index(role)
