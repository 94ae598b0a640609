"""Reading frameworks: YAML to a checked ``Framework``, errors with file and line."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from rapporteur.board.framework import PROPOSED, Framework, ids
from rapporteur.errors import ConfigurationError
from rapporteur.yaml_lines import Place, Source, parse, validated

SHIPPED = ("hmc-three-factors", "transition")
"""Names of the frameworks that come with the program, in ``frameworks/``."""

BY_DESIGN = {
    **dict.fromkeys(
        ("weight", "weights", "mean", "average", "index", "score", "scores", "aggregate", "total"),
        "refused by design: conditions are not weighed into one number",
    ),
    **dict.fromkeys(
        ("colour", "color", "traffic_light", "rag", "status", "verdict", "go_no_go", "recommendation"),
        "refused by design: a board shows who rates what and why, and gives no signal",
    ),
    **dict.fromkeys(
        ("coordinates", "lat", "lon", "grid", "unit_location"), "refused by design: nothing below country or named base"
    ),
}
"""Keys that people expect on boards, and why there are none."""


def framework_text(name: str) -> tuple[str, str]:
    """Text and file name of a framework: the path of a file, or the name of a shipped one."""
    try:
        if name in SHIPPED:
            return (files("rapporteur.board") / "frameworks" / f"{name}.yaml").read_text("utf-8"), f"{name}.yaml"
        return Path(name).read_text("utf-8"), name
    except (OSError, UnicodeDecodeError) as error:
        shipped = ", ".join(SHIPPED)
        raise ConfigurationError(f"{name}: cannot be read ({error}); name a YAML file in UTF-8, or one of: {shipped}") from error


def load(name: str) -> Framework:
    """The framework in a file, or the shipped one of that name; ``ConfigurationError`` begins with ``file:line:``."""
    return loads(*framework_text(name))


def loads(text: str, name: str) -> Framework:
    """Like ``load``, of a text; ``name`` stands for the file in messages."""
    source = parse(text, name)
    framework = validated(source, Framework, _reason, "see docs/board.md")
    _check(framework, source)
    return framework


def _reason(kind: str, message: str, place: Place) -> str:
    if kind == "missing":
        return "is missing"
    if kind == "extra_forbidden":
        return BY_DESIGN.get(str(place[-1]), "is no key that is understood here")
    if place and place[-1] == "proposed_by":
        return f"is either absent or '{PROPOSED}'"
    return message


def _check(framework: Framework, source: Source) -> None:
    groups: dict[str, Sequence[str]] = {
        "scales": [s.id for s in framework.scales],
        "questions": [q.id for q in framework.questions],
        "sites": [s.id for s in framework.sites],
        "conditions": [c.id for c in framework.conditions],
    }
    for group, there in groups.items():
        _unique(source, [((group, n, "id"), ident) for n, ident in enumerate(there)])
    for n, question in enumerate(framework.questions):
        _known(source, ("questions", n, "scale"), question.scale, groups["scales"])
    indicators: list[tuple[Place, str]] = []
    for n, condition in enumerate(framework.conditions):
        for key in ("sites", "questions"):
            for m, name in enumerate(getattr(condition, key)):
                _known(source, ("conditions", n, key, m), name, groups[key])
            _unique(source, [(("conditions", n, key, m), name) for m, name in enumerate(getattr(condition, key))])
        indicators += [(("conditions", n, "indicators", m, "id"), i.id) for m, i in enumerate(condition.indicators)]
        highest = min(len(framework.scale_of(q).levels) for q in condition.questions) - 1
        for m, indicator in enumerate(condition.indicators):
            for k, threshold in enumerate(indicator.thresholds):
                if threshold.level > highest:
                    place: Place = ("conditions", n, "indicators", m, "thresholds", k, "level")
                    raise source.error(place, f"level {threshold.level} lies above the scale, which ends at {highest}")
    _unique(source, indicators)
    if all(c.kind == "contextual" for c in framework.conditions):
        raise source.error(("conditions",), "no condition is core", "the minimum is taken over core conditions")


def _unique(source: Source, named: Sequence[tuple[Place, str]]) -> None:
    there: set[str] = set()
    for place, ident in named:
        if ident in there:
            raise source.error(place, f"'{ident}' is used already", "give each its own id")
        there.add(ident)


def _known(source: Source, place: Place, name: str, there: Sequence[str]) -> None:
    if name not in there:
        raise source.error(place, f"no '{name}' among the {place[-1] if isinstance(place[-1], str) else place[-2]}",
                           f"there are: {', '.join(there)}")  # fmt: skip


__all__ = ["BY_DESIGN", "SHIPPED", "framework_text", "ids", "load", "loads"]
