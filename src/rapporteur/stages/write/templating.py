"""The template engine of every page: accounts, boards, schedules. Everything that comes from a report or a file is escaped."""

from __future__ import annotations

from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from rapporteur import __version__


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates of ``templates/``."""
    made = Environment(
        loader=PackageLoader("rapporteur.stages.write", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["version"] = __version__
    return made
