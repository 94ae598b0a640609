"""Where conditions stand, as ranges: what a simulation of schedules starts from."""

from __future__ import annotations

from dataclasses import dataclass

from rapporteur.board.state import Board
from rapporteur.board.views import NEAREST
from rapporteur.model.board import Rating


@dataclass(frozen=True)
class RatingRange:
    """A condition at a site: ``low``..``high`` holds the ranges of all who rated it; ``level`` is theirs, or the lower
    median of levels at most one apart. It is None where they dispute (more than one apart), and where nobody gave a level;
    then ``low``..``high`` is the whole scale, and ``note`` says why: "disputed: 1 v 3", "unknown", "not rated"."""

    condition: str
    site: str
    low: int
    level: int | None
    high: int
    ratings: tuple[Rating, ...]
    note: str


def rating_ranges(board: Board, question: str, *, role: str = "analyst", as_of: str | None = None) -> tuple[RatingRange, ...]:
    """One row per condition and site that ``question`` is asked of, in the order of the framework, from the ratings of one role.

    Never over several questions or roles: they do not speak of the same thing. ``KeyError`` for an unknown question.
    """
    top = len(board.framework.scale_of(question).levels) - 1
    standing = [r for r in board.standing(as_of) if (r.question, r.role) == (question, role)]
    out = []
    for condition, site in board.framework.cells:
        if question not in condition.questions:
            continue
        here = tuple(r for r in standing if (r.condition, r.site) == (condition.id, site.id))
        levels = sorted(r.level for r in here if isinstance(r.level, int))
        if not levels:
            words = sorted({str(r.level) for r in here})
            out.append(RatingRange(condition.id, site.id, 0, None, top, here, ", ".join(words) or "not rated"))
            continue
        low = min(r.low for r in here if r.low is not None)
        high = max(r.high for r in here if r.high is not None)
        if levels[-1] - levels[0] > NEAREST:
            note = "disputed: " + " v ".join(map(str, sorted(set(levels))))
            out.append(RatingRange(condition.id, site.id, low, None, high, here, note))
        else:
            out.append(RatingRange(condition.id, site.id, low, levels[(len(levels) - 1) // 2], high, here, ""))
    return tuple(out)
