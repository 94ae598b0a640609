"""YAML files that people write, with the line of every value, so that an error can name file and line.

PyYAML's composer keeps a mark on every node; this module turns the nodes into plain values and remembers the marks. What the
values must be, a pydantic model says (``validated``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from rapporteur.errors import FileError

MOST_VALUES = 100_000
DEEPEST = 50
Place = tuple[str | int, ...]
"""Keys and indices from the top of the file down to a value."""
Reason = Callable[[str, str, Place], str]
"""Words for what pydantic found wrong, from its type of error, its message without "Value error", and the place."""
Checked = TypeVar("Checked", bound=BaseModel)


@dataclass(frozen=True)
class Source:
    """What a file says (``content``) and where (``lines``: place -> 1-based line)."""

    name: str
    content: Any
    lines: dict[Place, int] = field(default_factory=dict)

    def line(self, place: Place) -> int:
        """The line of a place, or of the nearest thing around it when the place itself is missing."""
        for end in range(len(place), -1, -1):
            if place[:end] in self.lines:
                return self.lines[place[:end]]
        return 1

    def error(self, place: Place, reason: str, advice: str = "") -> FileError:
        """An error that points at ``place``."""
        return FileError(self.name, self.line(place), reason, advice)


def read(path: Path) -> Source:
    """Reads a YAML file; raises ``FileError`` when it is missing, is no UTF-8 or no YAML, or says a key twice."""
    return parse(text_of(path), str(path))


def text_of(path: Path) -> str:
    """The text of a file; ``FileError`` when it is missing or no UTF-8."""
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(str(path), 1, f"cannot be read: {error}", "give a YAML file in UTF-8") from error


def parse(text: str, name: str) -> Source:
    """Like ``read``, of a text; ``name`` stands for the file in messages. A file that says nothing has the content None."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or " ".join(str(error).split())
        raise FileError(name, mark.line + 1 if mark else 1, f"not YAML: {reason}") from error
    except RecursionError as error:
        raise FileError(name, 1, "is nested too deeply to be understood") from error
    if node is None:
        return Source(name, None)
    source = Source(name, None)
    return Source(name, _value(node, (), source, frozenset()), source.lines)


def validated(source: Source, model: type[Checked], reason: Reason, advice: str) -> Checked:
    """What ``source`` says as a ``model``; ``FileError`` at the first thing that is wrong. ``advice`` names the page that says
    what such a file holds."""
    if source.content is None:
        raise source.error((), "the file is empty", advice)
    if not isinstance(source.content, dict):
        keys = ", ".join(list(model.model_fields)[:3])
        raise source.error((), f"the file must be a mapping of {keys} ...", advice)
    try:
        return model.model_validate(source.content)
    except ValidationError as error:
        first, more = error.errors()[0], error.error_count() - 1
        # A mapping with a wrong key is reported at "[key]", which is no place of the file.
        place: Place = tuple(step for step in first["loc"] if step != "[key]")
        what = " > ".join(str(step + 1 if isinstance(step, int) else step) for step in place)
        told = f"{what}: {reason(first['type'], first['msg'].removeprefix('Value error, '), place)}".removeprefix(": ")
        raise source.error(place, told, f"{advice}; {more} more after this one" if more else advice) from error


def _value(node: yaml.Node, place: Place, source: Source, above: frozenset[int]) -> Any:
    """The plain value of ``node``; ``above`` are the nodes it lies in, since an alias may lead back to one of them."""
    source.lines.setdefault(place, node.start_mark.line + 1)
    if len(source.lines) > MOST_VALUES:  # a few aliases of aliases can stand for more values than any machine holds
        raise source.error(place, f"says more than {MOST_VALUES:,} values", "write less into one file")
    if len(place) > DEEPEST:
        raise source.error(place, "is nested too deeply to be understood")
    if id(node) in above:
        raise source.error(place, "refers to itself", "write the value out instead of *alias")
    inside = above | {id(node)}
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, place, source, inside)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*place, index), source, inside) for index, item in enumerate(node.value)]
    return _scalar(node, place, source)


def _mapping(node: yaml.MappingNode, place: Place, source: Source, inside: frozenset[int]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(_scalar(key_node, place, source))
        line = key_node.start_mark.line + 1
        if key in values:
            raise FileError(source.name, line, f"'{key}' is said twice", "keep one of the two")
        source.lines[(*place, key)] = line
        values[key] = _value(value_node, (*place, key), source, inside)
    return values


def _scalar(node: yaml.Node, place: Place, source: Source) -> Any:
    """The value of a leaf. Dates stay text: what a date means is the scenario's business, not YAML's."""
    if not isinstance(node, yaml.ScalarNode):
        raise source.error(place, "a key must be a plain word")
    if node.tag == "tag:yaml.org,2002:timestamp":
        return node.value
    try:
        return yaml.SafeLoader("").construct_object(node)
    except (yaml.YAMLError, ValueError) as error:
        raise FileError(source.name, node.start_mark.line + 1, f"'{node.value}' is not understood here") from error
