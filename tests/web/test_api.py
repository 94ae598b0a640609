"""The API: answers by the published schemas, reports added, judgements made; and no input makes the server fail."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings, strategies

from rapporteur.store import open_store
from rapporteur.web import create_app
from tests.board.boards import SMALL, framework_entry
from tests.web.serving import options, serving
from tests.web.test_board import RATED, REPORTS

SCHEMAS = Path(__file__).parents[2] / "docs" / "schema"
TEXT = "LISSEN, March 29, 2031 (Halden Wire) - About 2,800 Merrovian troops remain in Tavoria, Korsk said on Saturday."


@pytest.fixture
def api(copy: Path) -> Iterator[httpx.Client]:
    with serving(copy) as address, httpx.Client(base_url=f"{address}/api", timeout=60) as client:
        yield client


def ended(client: httpx.Client, begun: dict[str, str]) -> Any:
    """A work's state when it has ended."""
    end = time.monotonic() + 60
    while not (state := client.get(begun["steps"].removeprefix("/api")).json())["ended"]:
        assert time.monotonic() < end
        time.sleep(0.05)
    return state


@pytest.mark.parametrize(
    ("path", "schema"), [("account", "account.schema.json"), ("reports/front-confirms", "reading.schema.json")]
)
def test_answers_are_by_the_schemas_of_the_command_line(client: httpx.Client, path: str, schema: str) -> None:
    jsonschema.validate(client.get(f"/api/{path}").json(), json.loads((SCHEMAS / schema).read_text()))


def test_answers_are_as_described(client: httpx.Client) -> None:
    described = client.get("/api/openapi.json").json()
    report = client.get("/api/reports").json()["rows"][0]["report"]["id"]
    finding = client.get("/api/findings").json()["rows"][0]["finding"]["id"]
    values = {"/api/ask": "?q=how many troops", "/api/search": "?q=troops"}
    idents = {"/api/reports/{ident}": report, "/api/lineage/{ident}": report, "/api/findings/{ident}": finding}
    idents |= {"/api/tables/{name}": "timeline"}
    checked = 0
    for path, methods in described["paths"].items():
        if "get" not in methods or ("{" in path and path not in idents):
            continue
        answer = client.get(path.partition("{")[0] + idents.get(path, "") + values.get(path, ""))
        assert answer.status_code == 200, path
        schema = methods["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        jsonschema.validate(answer.json(), {**schema, "components": described["components"]})
        checked += 1
    assert checked >= 15


def test_reports_are_added_with_their_ids_and_found(api: httpx.Client) -> None:
    answer = api.post("/reports", json=[{"id": "late/one #2", "text": TEXT, "outlet": "Halden Wire"}, {"text": " "}])
    assert answer.status_code == 202
    kinds = [step["kind"] for step in ended(api, answer.json())["steps"]]
    assert kinds == ["read", "issue", "linking", "found", "done"]
    assert api.get("/reports/late%2Fone%20%232").json()["report"]["text"] == TEXT
    files = [("files", ("a.txt", b"Port Anselm is quiet, a spokesman said.", "text/plain"))]
    kinds = [step["kind"] for step in ended(api, api.post("/uploads", files=files).json())["steps"]]
    assert kinds == ["read", "linking", "found", "done"]
    assert api.get("/overview").json()["process"]["reports"] == 15


def test_a_judgement_is_recorded_under_the_name_of_who_asks(api: httpx.Client) -> None:
    finding = api.get("/findings", params={"kind": "figure", "verdict": "differ"}).json()["rows"][0]["finding"]
    asked = {"verb": "reject", "subjects": [finding["contradicts"][0]], "why": "misprint"}
    made = api.post("/judgements", json=asked).json()
    assert made["judgement"]["who"] == "you"
    assert api.get("/judgements").json()["rows"][0]["ident"] == made["ident"]
    assert api.post("/judgements", json={**asked, "subjects": ["nothing#f9"]}).status_code == 422


def test_a_program_decides_and_rates_under_the_name_of_its_user(api: httpx.Client, copy: Path) -> None:
    ended(api, api.post("/reports", json=[{"text": REPORTS[0][1]}]).json())
    with open_store(copy) as store:
        store.add_to_board(framework_entry(SMALL, "ford"))
    claim = api.get("/boards/ford/suggestions").json()["rows"][0]
    asked = {key: claim[key] for key in ("indicator", "site", "claim")}
    seen = api.post("/boards/ford/observations", json={**asked, "decision": "accepted"})
    assert seen.status_code == 201
    rated = api.post("/boards/ford/ratings", json={**RATED, "level": 1, "high": 2, "observations": [seen.json()["ident"]]})
    assert rated.status_code == 201
    (rating,) = api.get("/boards/ford").json()["ratings"]
    assert (rating["id"], rating["assessor"], rating["high"]) == (rated.json()["ident"], "you", 2)
    refused = api.post("/boards/ford/ratings", json={**RATED, "level": 9, "observations": [seen.json()["ident"]]})
    assert refused.status_code == 422


def test_a_wording_is_found_once_however_many_reports_have_it(client: httpx.Client) -> None:
    found = client.get("/api/search", params={"q": "fixed date"}).json()
    assert len({row["text"] for row in found}) == len(found) > 3
    assert max(row["alike"] for row in found) > 0


def test_refusals_say_why(client: httpx.Client) -> None:
    for path, status, code in (
        ("reports/none", 404, "missing"),
        ("findings?kind=rumour", 422, "request"),
        ("none", 404, "request"),
    ):
        answer = client.get(f"/api/{path}")
        assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


def test_no_request_makes_the_server_fail(copy: Path) -> None:
    app = create_app(options(copy, hosts=("*",)))
    operations = [found.ok() for found in schemathesis.openapi.from_asgi("/api/openapi.json", app).get_all_operations()]
    assert len(operations) > 20

    @settings(max_examples=6, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(data=strategies.data())
    def sent(operation: Any, data: strategies.DataObject) -> None:
        answer = data.draw(operation.as_strategy()).call()
        assert answer.status_code < 500, (operation.label, answer.text)

    for operation in operations:
        sent(operation)
