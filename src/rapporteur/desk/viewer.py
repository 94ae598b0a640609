"""Who asks: a name, a role, and which processes the person may see."""

from __future__ import annotations

from msgspec import Struct

from rapporteur.model.team import ROLES, Role


class Viewer(Struct, frozen=True):
    """``hidden`` are the private processes that the person may not see (``team.view``); None where nobody signs in."""

    who: str
    role: Role
    hidden: frozenset[str] | None = None

    def may(self, role: Role) -> bool:
        """Whether the person's role includes ``role``."""
        return ROLES.index(self.role) >= ROLES.index(role)
