"""JSON Schema (2020-12) of the two outputs, made from the records so that it cannot fall behind them.

``python -m rapporteur.stages.write.schema docs/schema`` writes ``reading.schema.json`` and ``account.schema.json``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import msgspec

from rapporteur.model.account import Account
from rapporteur.model.claims import Claim
from rapporteur.model.reading import SCHEMA, Reading

DIALECT = "https://json-schema.org/draft/2020-12/schema"
DESCRIPTIONS: dict[tuple[str, str], str] = {
    ("Account", "claims"): "Every claim of every report, as in its reading, with the id of its report.",
    ("Account", "findings"): "What the record holds across reports, heaviest first.",
    ("Account", "brief"): "Five to nine lines, most important first; every line cites at least one claim.",
    ("Account", "timeline"): "Dated events as reported, by date.",
    ("Account", "series"): "Each measure with all its readings, by date.",
    ("Account", "issues"): "What was not understood or was refused, with the input and the reason.",
    ("Report", "text"): "The text that every span of this report points into, in Unicode code points.",
    ("Report", "furniture"): "Site furniture in the text: marked, not removed.",
    ("Report", "sha256"): "Hash of the original bytes.",
    ("Finding", "supports"): "Ids of the claims that bear the finding out.",
    ("Finding", "contradicts"): "Ids of the claims that speak against it.",
    ("Finding", "origins"): "How many independent origins support it.",
    ("Finding", "speakers"): "How many different speakers support it.",
}


def schema_of(record: type[Reading] | type[Account], name: str, title: str) -> dict[str, Any]:
    """The schema of one output: ``name`` its file, ``title`` what a reader calls it."""
    (root, *_), components = msgspec.json.schema_components([record, Claim], ref_template="#/$defs/{name}")
    for (owner, key), words in DESCRIPTIONS.items():
        if owner in components:
            components[owner]["properties"][key]["description"] = words
    if record is Account:
        claim = [{"$ref": f"#/$defs/{n}"} for n in sorted(components) if n.endswith("Claim")]
        report = {"type": "object", "required": ["report"], "properties": {"report": {"type": "string"}}}
        components["Account"]["properties"]["claims"]["items"] = {"allOf": [{"anyOf": claim}, report]}
    for component in components.values():
        properties = component.get("properties", {})
        if "description" in component:
            component["description"] = " ".join(component["description"].split())
        if "schema" in properties:
            properties["schema"] = {"const": SCHEMA}
    return {"$schema": DIALECT, "$id": name, "title": title, **root, "$defs": dict(sorted(components.items()))}


SCHEMAS = {
    "reading.schema.json": schema_of(Reading, "reading.schema.json", "Rapporteur reading, schema 1"),
    "account.schema.json": schema_of(Account, "account.schema.json", "Rapporteur account, schema 1"),
}


def main(folder: str) -> None:
    """Writes every schema into ``folder``."""
    for name, schema in SCHEMAS.items():
        (Path(folder) / name).write_text(as_text(schema), encoding="utf-8")


def as_text(schema: dict[str, Any]) -> str:
    """A schema as it stands in its file."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    main(sys.argv[1])
