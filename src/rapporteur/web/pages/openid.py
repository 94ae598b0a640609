"""Signing in at an OpenID Connect provider: authorization code flow with PKCE (RFC 7636), state and nonce, by Authlib.

What has to be remembered while the person is at the provider stands in a signed cookie of its own, for ten minutes.
"""

from __future__ import annotations

from typing import Annotated, Any

import httpx
from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from rapporteur.errors import AccessError, ConfigurationError, MissingError
from rapporteur.team.access import Access
from rapporteur.team.openid import OpenId, user_of
from rapporteur.web.pages.signing import local
from rapporteur.web.rules import Anyone
from rapporteur.web.state import shared_of
from rapporteur.web.who import address_of, cookie, keep_session

try:
    from authlib.common.errors import AuthlibBaseError
    from authlib.integrations.starlette_client import OAuth
    from joserfc.errors import JoseError
except ImportError:  # the extra is not installed
    OAuth = None

router = APIRouter(include_in_schema=False)

TO = "to"
WAIT_SECONDS = 10.0
"""For each answer of the provider."""


@router.get("/sign-in/openid")
async def leave(request: Request, viewer: Anyone, to: Annotated[str, Query(max_length=2000)] = "/") -> Response:
    """Sends the browser to the provider."""
    client, _ = _client(request)
    request.session.clear()
    request.session[TO] = local(to)
    try:
        answer: Response = await client.authorize_redirect(request, str(request.url_for("come_back")))
    except (httpx.HTTPError, KeyError, RuntimeError) as error:
        raise AccessError(f"sign-in: the provider does not answer as it should ({type(error).__name__}); try later") from error
    return answer


@router.get("/sign-in/openid/back")
async def come_back(request: Request, viewer: Anyone) -> Response:
    """Checks what the provider says, and opens a session for whom it names. ``AccessError`` when it does not hold."""
    client, options = _client(request)
    expected = {
        "iss": {"essential": True, "values": [options.issuer]},
        "aud": {"essential": True, "values": [options.client_id]},
        "sub": {"essential": True},
        "exp": {"essential": True},
    }
    to = local(str(request.session.get(TO, "/")))
    try:
        token = await client.authorize_access_token(request, claims_options=expected)
        claims: dict[str, Any] = dict(token["userinfo"])
    except (AuthlibBaseError, JoseError, httpx.HTTPError, KeyError, RuntimeError, TypeError, ValueError) as error:
        raise AccessError(f"sign-in: what the provider says does not hold ({type(error).__name__}); sign in again") from error
    finally:
        request.session.clear()
    session = await run_in_threadpool(_opened, request, claims)
    response = RedirectResponse(to, 303)
    keep_session(request, response, session)
    return response


def _opened(request: Request, claims: dict[str, Any]) -> str:
    address = address_of(request)
    with shared_of(request).stores.lease() as store:
        access = Access(store.team())
        user = user_of(claims, access, address=address)
        access.sign_out(request.cookies.get(cookie(request), ""), address=address)
        return access.open_session(user, "openid", address=address)


def _client(request: Request) -> tuple[Any, OpenId]:
    """Authlib's client of the provider, made once."""
    shared = shared_of(request)
    options = shared.options.openid
    if options is None:
        raise MissingError(request.url.path, "no provider is set up", "sign in with a password")
    if OAuth is None:
        raise ConfigurationError("OpenID Connect needs a package that is not installed; pip install 'rapporteur[team]'")
    if shared.provider is None:
        shared.provider = OAuth().register(
            "provider",
            client_id=options.client_id,
            client_secret=options.client_secret or None,
            server_metadata_url=f"{options.issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={"scope": "openid profile email", "code_challenge_method": "S256", "timeout": WAIT_SECONDS},
        )
    return shared.provider, options
