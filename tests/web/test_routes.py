"""One test per route, made from the router: each has a rule, and each that changes something checks its form."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import APIRouter
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from rapporteur.web import create_app
from rapporteur.web.routers import ROUTERS
from rapporteur.web.rules import Reading, Rule
from rapporteur.web.security import CHANGING, FormChecked
from tests.web.serving import options

ROUTES = [route for router in ROUTERS for route in router.routes]


def calls(dependant: Dependant) -> Iterator[object]:
    yield dependant.call
    for needed in dependant.dependencies:
        yield from calls(needed)


def faults(route: object) -> list[str]:
    """What a route lacks."""
    if not isinstance(route, APIRoute):
        return ["is no route with rules"]
    needed = list(calls(route.dependant))
    found = [] if any(isinstance(call, Rule) for call in needed) else ["has no rule"]
    if route.methods & CHANGING and not route.path.startswith("/api/") and FormChecked.dependency not in needed:
        found.append("does not check its form")
    if route.methods & CHANGING and any(isinstance(call, Rule) and call.role is None for call in needed):
        found += [] if route.path.startswith("/sign-") else ["lets anyone change something"]
    return found


@pytest.mark.parametrize("route", ROUTES, ids=lambda r: f"{','.join(sorted(getattr(r, 'methods', None) or []))} {r.path}")
def test_a_route_has_its_rule(route: object) -> None:
    assert faults(route) == []


def test_a_route_without_a_rule_would_be_found() -> None:
    router = APIRouter()

    @router.get("/open")
    def without() -> str:
        return ""

    @router.post("/unchecked")
    def unchecked(viewer: Reading) -> str:
        return viewer.who

    assert [faults(route) for route in router.routes] == [["has no rule"], ["does not check its form"]]


def test_the_application_has_no_other_routes(example: Path) -> None:
    added = [getattr(route, "original_router", None) for route in create_app(options(example)).routes]
    assert added == list(ROUTERS)
