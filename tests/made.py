"""Readings made from text by the real stages, for tests that look at what several reports say together."""

from __future__ import annotations

from functools import cache

from rapporteur.language import load
from rapporteur.model.reading import Reading
from rapporteur.model.report import Published, Report
from rapporteur.stages.extract import read


@cache
def reading(ident: str, text: str, published: str | None = "2031-05-12", outlet: str | None = None) -> Reading:
    """The reading of ``text`` as a report ``ident`` published on an ISO day."""
    report = Report(
        id=ident,
        path=f"{ident}.txt",
        url=None,
        title=None,
        outlet=outlet,
        byline=(),
        dateline=None,
        published=Published(published, "day", "given") if published else None,
        language="en",
        text=text,
        furniture=(),
        credits=(),
        issues=(),
    )
    return read(report, load())
