"""Altair specifications to SVG that follows the page's colours, by vl-convert and without a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import altair as alt
import vl_convert as vlc
from altair.utils.schemapi import debug_mode
from markupsafe import Markup, escape

# Stand-ins for the page's colours: charts are drawn with these, which the SVG then carries as CSS variables.
INK, FAINT, ACCENT, PAPER, FIGURE = "#010101", "#020202", "#030303", "#040404", "#050505"

AXIS: dict[str, Any] = {
    "titleFontWeight": "normal",
    "titleFontSize": 11,
    "titleColor": INK,
    "labelColor": INK,
    "labelFontSize": 10,
    "domainColor": FAINT,
    "tickColor": FAINT,
}
"""How every axis with a title looks, in accounts and in schedule comparisons."""
VARIABLES = {INK: "--ink", FAINT: "--faint", ACCENT: "--accent", PAPER: "--paper", FIGURE: "--figure"}
FONT = "sans-serif"
LEFT = alt.XValue(0)  # type: ignore[no-untyped-call]  # Altair gives classes of fixed values no types
"""The left edge of a chart. Channels are given as objects: for a string or ``alt.value`` Altair searches all its classes."""
SIZE = re.compile(r'^<svg ([^>]*?)width="([\d.]+)" height="([\d.]+)"')


@contextmanager
def unchecked() -> Iterator[None]:
    """Charts made without Altair's check of every part against its schema, which takes half as long as drawing them: the parts
    are always the same, and the tests of charts make each of them with the check."""
    with debug_mode(arg=False):
        yield


def svg_of(chart: alt.LayerChart, title: str, ident: str) -> Markup:
    """``chart`` as inline SVG with ``title`` as its accessible name; ``ident`` keeps its inner ids apart from other charts'."""
    # Unchecked: every layer was checked when it was made, and checking the whole again takes as long as drawing it.
    spec: dict[str, Any] = chart.to_dict(validate=False)
    drawn = vlc.vegalite_to_svg(spec)
    for stand_in, variable in VARIABLES.items():
        drawn = drawn.replace(f'"{stand_in}"', f'"var({variable})"')
    drawn = re.sub(r'\bid="', f'id="{ident}-', drawn)
    drawn = re.sub(r"url\(#", f"url(#{ident}-", drawn)
    # Vega describes every mark to a screen reader; the page says it once and in words, in the chart's text alternative.
    drawn = re.sub(r' (?:role|aria-roledescription|aria-label|aria-hidden)="[^"]*"', "", drawn)
    name = escape(title)
    drawn = SIZE.sub(rf'<svg \1width="\2" height="\3" role="img" aria-labelledby="{ident}-title"', drawn)
    return Markup(drawn.replace(">", f'><title id="{ident}-title">{name}</title>', 1))


def layer(values: list[dict[str, Any]]) -> alt.Chart:
    """A layer over ``values``, given in the specification itself; as a tuple, which Altair does not copy with every step."""
    return alt.Chart({"values": tuple(values)})


def plain(layers: Sequence[alt.Chart], width: float, height: float) -> alt.LayerChart:
    """``layers`` over each other without frame, on transparent ground, ``width`` by ``height`` CSS pixels."""
    config = alt.Config(font=FONT, view=alt.ViewConfig(stroke=None))
    return alt.LayerChart(layer=list(layers), width=width, height=height, background="transparent", padding=2, config=config)
