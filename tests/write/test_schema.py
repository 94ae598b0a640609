import json

import msgspec
import pytest

from rapporteur.stages.write.schema import SCHEMAS, as_text
from tests.schema import FOLDER, validate
from tests.write import sample


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_published_schema_is_the_one_the_records_give(name: str) -> None:
    found = (FOLDER / name).read_text(encoding="utf-8")
    assert found == as_text(SCHEMAS[name]), "run: python -m rapporteur.stages.write.schema docs/schema"


def test_readings_are_valid() -> None:
    for reading in sample.readings():
        validate("reading", json.loads(msgspec.json.encode(reading)))


@pytest.mark.parametrize(
    ("path", "value"), [("schema", 2), ("brief", None), ("claims", [{"id": "x"}]), ("findings", [{"id": "F", "verdict": "true"}])]
)
def test_what_is_wrong_fails(path: str, value: object) -> None:
    account = json.loads(msgspec.json.encode(sample.account()))
    account[path] = value
    with pytest.raises(AssertionError, match=path):
        validate("account", account)
