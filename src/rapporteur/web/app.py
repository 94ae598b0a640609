"""Puts the application together: routes, middleware, and what is shown when something is wrong."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware

from rapporteur import __version__
from rapporteur.errors import AccessError, InputError, MissingError, RapporteurError, StoreError, TooOftenError
from rapporteur.web.api.answer import Problem, Refused, answer, described
from rapporteur.web.routers import ROUTERS
from rapporteur.web.rules import UnknownViewerError
from rapporteur.web.security import Guard, Handed
from rapporteur.web.show import page
from rapporteur.web.state import Shared, WebOptions

WAY_IN = "/sign-in"
_LOG = logging.getLogger("rapporteur.web")
_STATUS: tuple[tuple[type[RapporteurError], int], ...] = (
    (UnknownViewerError, 401),
    (TooOftenError, 429),
    (AccessError, 403),
    (MissingError, 404),
    (InputError, 422),
    (StoreError, 503),
)


def create_app(options: WebOptions) -> FastAPI:
    """The application over the record that ``options`` name. ``StoreError`` when the record cannot be opened."""
    shared = Shared(options)
    with shared.record(None):
        pass  # a record that cannot be opened is told to whoever starts the server, not to the first visitor

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        shared.begin()
        yield
        shared.close()

    app = FastAPI(
        title="Rapporteur",
        version=__version__,
        lifespan=lifespan,
        openapi_url=None,  # served by ``api/description.py``, where it has a rule
        docs_url=None,
        redoc_url=None,
    )
    app.state.shared = shared
    app.openapi = lambda: described(app)  # type: ignore[method-assign] # the documented way to add to the description
    for router in ROUTERS:
        app.include_router(router)
    app.add_exception_handler(RapporteurError, _refused)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(HTTPException, _plain)
    app.add_exception_handler(Exception, _fault)
    if options.openid is not None:
        # Looked up where it is needed, because it needs a package of the extra.
        sessions = import_module("starlette.middleware.sessions").SessionMiddleware
        app.add_middleware(sessions, secret_key=options.secret.hex(), session_cookie="rapporteur-openid", max_age=600)
    app.add_middleware(Handed)
    app.add_middleware(Guard, most_bytes=options.most_bytes)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(options.hosts))
    return app


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, RapporteurError)
    status = next((code for kind, code in _STATUS if isinstance(error, kind)), 500)
    if isinstance(error, UnknownViewerError) and not _is_api(request) and request.method == "GET":
        return RedirectResponse(f"{WAY_IN}?{urlencode({'to': request.url.path})}", 303)
    code = error.code if isinstance(error, InputError) else "access" if status < 500 else "record"
    answer = _answer(request, status, code, str(error))
    if isinstance(error, TooOftenError):
        answer.headers["retry-after"] = str(error.seconds)
    return answer


async def _not_understood(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    told = "; ".join(f"{'.'.join(str(p) for p in e['loc'][1:])}: {e['msg']}" for e in error.errors()[:5])
    return _answer(request, 422, "request", f"the request could not be understood: {told}")


async def _plain(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    words = {404: "there is no such page", 405: "this page cannot be called in this way"}.get(error.status_code, error.detail)
    return _answer(request, error.status_code, "request", f"{request.url.path}: {words}")


async def _fault(request: Request, error: Exception) -> Response:
    _LOG.error("%s %s", request.method, request.url.path, exc_info=error)
    return _answer(request, 500, "fault", "a fault of the program; it is in the server's log, please report it")


def _is_api(request: Request) -> bool:
    return request.url.path.startswith("/api/")


def _answer(request: Request, status: int, code: str, message: str) -> Response:
    """The error as JSON under /api, else as a page."""
    if _is_api(request):
        return answer(Refused(Problem(code, message)), status)
    return page(request, "error.html.j2", None, status=status, title="Not possible", message=message, code=status)
