"""Signing in and out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from rapporteur.errors import AccessError
from rapporteur.store.team_sql import folded
from rapporteur.team.access import Access
from rapporteur.web.rules import Anyone
from rapporteur.web.security import FormChecked
from rapporteur.web.show import page
from rapporteur.web.state import shared_of
from rapporteur.web.who import address_of, cookie, drop_session, keep_session

router = APIRouter(include_in_schema=False)


@router.get("/sign-in")
def form(request: Request, viewer: Anyone, to: Annotated[str, Query(max_length=2000)] = "/") -> Response:
    """The way in; who is in already is led on."""
    if viewer is not None:
        return RedirectResponse("/", 303)
    return _form(request, to, "")


@router.post("/sign-in", dependencies=[FormChecked])
def sign_in(
    request: Request,
    viewer: Anyone,
    name: Annotated[str, Form(max_length=200)] = "",
    password: Annotated[str, Form(max_length=1000)] = "",
    to: Annotated[str, Form(max_length=2000)] = "/",
) -> Response:
    """Opens a session, a new one each time, and ends the one before."""
    shared, address = shared_of(request), address_of(request)
    shared.limits.sign_in(folded(name), address)
    with shared.stores.lease() as store:
        access = Access(store.team())
        try:
            token = access.sign_in(name, password, address=address)
        except AccessError as error:
            return _form(request, to, str(error).partition(": ")[2], 401)
        access.sign_out(request.cookies.get(cookie(request), ""), address=address)
    shared.limits.signed_in(folded(name), address)
    response = RedirectResponse(local(to), 303)
    keep_session(request, response, token)
    return response


@router.post("/sign-out", dependencies=[FormChecked])
def sign_out(request: Request, viewer: Anyone) -> Response:
    """Ends the session."""
    with shared_of(request).stores.lease() as store:
        Access(store.team()).sign_out(request.cookies.get(cookie(request), ""), address=address_of(request))
    response = RedirectResponse("/sign-in", 303)
    drop_session(request, response)
    return response


def local(to: str) -> str:
    """``to`` when it is a page of this server, else the overview."""
    plain = to.isprintable() and to.startswith("/") and not to.startswith("//") and "\\" not in to
    return to if plain else "/"


def _form(request: Request, to: str, problem: str, status: int = 200) -> Response:
    provider = shared_of(request).options.openid
    return page(
        request,
        "sign_in.html.j2",
        None,
        status=status,
        title="Sign in",
        to=local(to),
        problem=problem,
        provider=provider.label if provider else None,
    )
