"""Contrast of the page's colours after WCAG 2.2 (1.4.3: text at least 4.5 to 1; 1.4.11: graphics at least 3 to 1)."""

import re
from importlib.resources import files

import pytest

CSS = (files("rapporteur.stages.write") / "templates" / "style.css").read_text(encoding="utf-8")
LIGHT, DARK, PAPER = (dict(re.findall(r"--(\w+):(#[0-9a-f]{3,6})", block)) for block in re.findall(r":root\{([^}]*)\}", CSS)[:3])
TEXT = ("ink", "soft", "accent")
KINDS = ("figure", "statement", "event", "position", "commitment")


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK, PAPER], ids=["light", "dark", "paper"])
def test_text_and_marks_can_be_read(theme: dict[str, str]) -> None:
    for ground in ("paper", "panel"):
        for name in TEXT:
            assert contrast(theme[name], theme[ground]) >= 4.5, (name, ground)
        for name in KINDS:
            assert contrast(theme[name], theme[ground]) >= 3, (name, ground)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_a_lit_passage_can_be_read(theme: dict[str, str]) -> None:
    assert contrast(theme["litink"], theme["lit"]) >= 4.5
