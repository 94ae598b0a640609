"""Where conditions stand, from elsewhere: a board's ratings put in place of the initial levels of a file."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from pydantic import ValidationError

from rapporteur.errors import ConfigurationError
from rapporteur.schedule.scenario import Initial, Scenario


class Standing(msgspec.Struct, frozen=True):
    """A condition at a site: level with its range, on the scale 0-3; ``level`` None: none in the range is likelier than another.
    Unknown or not assessable is low 0, high 3, never level 0.

    ``reference`` says where the rating stands (assessor, date, record); it becomes the basis in assumption sheets.
    """

    condition: str
    site: str
    low: float
    level: float | None
    high: float
    as_of: str
    reference: str
    note: str = ""


def with_standings(scenario: Scenario, standings: Iterable[Standing]) -> Scenario:
    """The scenario with these standings; conditions and sites that are not named keep what the file says.

    Raises ``ConfigurationError`` for a condition or site that the scenario does not have, one given twice, and a range that
    is none.
    """
    rows = {(row.condition, row.site): row for row in scenario.initial}
    given: set[tuple[str, str]] = set()
    for standing in standings:
        key = (standing.condition, standing.site)
        if key not in rows:
            raise ConfigurationError(f"standing of '{key[0]}' at '{key[1]}': the schedule file has no such condition and site")
        if key in given:
            raise ConfigurationError(f"standing of '{key[0]}' at '{key[1]}': given twice; keep one of the two")
        given.add(key)
        try:
            rows[key] = Initial(**msgspec.structs.asdict(standing))
        except ValidationError as error:
            reason = error.errors()[0]["msg"].removeprefix("Value error, ")
            raise ConfigurationError(f"standing of '{key[0]}' at '{key[1]}': {reason}") from error
    return scenario.model_copy(update={"initial": list(rows.values())})
