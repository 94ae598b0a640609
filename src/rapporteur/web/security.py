"""Headers, forms that cannot be sent from elsewhere, and how much one request may bring.

Content Security Policy Level 3 (https://www.w3.org/TR/CSP3/); cross-site request forgery after the OWASP cheat sheet: a token
that is signed and bound to a cookie, and the Origin header, which browsers set on every request that changes something.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Form, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rapporteur.errors import AccessError
from rapporteur.team.access import Access
from rapporteur.web.state import shared_of, viewer_of
from rapporteur.web.who import address_of

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
COOKIE = "rapporteur-form"
CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class Handed:
    """Middleware: whatever is handed out as a file to somebody who has signed in stands in the audit log before it is sent."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""

        async def noted(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                disposition = MutableHeaders(scope=message).get("content-disposition", "")
                if disposition.startswith("attachment"):
                    await run_in_threadpool(_note_export, Request(scope))
            await send(message)

        await self.app(scope, receive, noted)


def _note_export(request: Request) -> None:
    viewer = viewer_of(request)
    if viewer is not None and viewer.hidden is not None:
        with shared_of(request).stores.lease() as store:
            Access(store.team()).log(viewer.who, "export", request.url.path, address=address_of(request))


class Guard:
    """Middleware: security headers on every answer; refuses changes sent by pages of other origins, and too large bodies."""

    def __init__(self, app: ASGIApp, most_bytes: int) -> None:
        self.app = app
        self.most_bytes = most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if not scope["path"].startswith("/static/"):
                    headers.setdefault("cache-control", "no-store")
            await send(message)

        request = Request(scope)
        if scope["method"] in CHANGING and not _same_origin(request):
            await PlainTextResponse("refused: sent by a page of another site\n", 403)(scope, receive, guarded)
            return
        if "%00" in scope["query_string"].decode("latin-1") or "\x00" in scope["path"]:
            await PlainTextResponse("refused: no address here holds a NUL character\n", 400)(scope, receive, guarded)
            return
        length = request.headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self.most_bytes:
            await self._too_large(scope, receive, guarded)
            return
        body = _Counted(receive, self.most_bytes)
        begun = refused = False

        async def answered(message: Message) -> None:
            nonlocal begun, refused
            if begun or not body.too_large:
                begun = True
                await guarded(message)
            elif not refused:  # in place of what the application makes of half a body
                refused = True
                await self._too_large(scope, receive, guarded)

        await self.app(scope, body, answered)

    async def _too_large(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = PlainTextResponse(f"refused: more than {self.most_bytes:,} bytes; send fewer reports at once\n", 413)
        await answer(scope, receive, send)


def _same_origin(request: Request) -> bool:
    """Whether a browser says that the request comes from a page of this server; programs other than browsers say nothing."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host", "")


class _Counted:
    """The body of a request; one that is sent in chunks, without its length, ends when it grows beyond ``most`` bytes."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive, self._most, self._taken = receive, most, 0

    @property
    def too_large(self) -> bool:
        """Whether it has."""
        return self._taken > self._most

    async def __call__(self) -> Message:
        """The next part."""
        message = await self._receive()
        self._taken += len(message.get("body", b""))
        return {"type": "http.disconnect"} if self.too_large else message


def form_key(request: Request) -> str:
    """The random key of this browser, which its forms' tokens are made from; a new one for a browser that has none."""
    key = getattr(request.state, "form_key", None) or request.cookies.get(COOKIE) or secrets.token_urlsafe(24)
    request.state.form_key = key
    return key


def form_token(request: Request) -> str:
    """The token that a form of this browser carries in its field ``form_token``."""
    secret = shared_of(request).options.secret
    return hmac.new(secret, form_key(request).encode(), hashlib.sha256).hexdigest()


def _check(request: Request, form_token: Annotated[str, Form()] = "") -> None:
    secret = shared_of(request).options.secret
    expected = hmac.new(secret, request.cookies.get(COOKIE, "").encode(), hashlib.sha256).hexdigest()
    if COOKIE not in request.cookies or not hmac.compare_digest(expected, form_token):
        raise AccessError("form: comes from an earlier run of the server, or from elsewhere; go back, reload, send it again")


FormChecked = Depends(_check)
"""Dependency of every page route that changes something; a test finds those without."""
