"""http and https addresses, fetched so that a page on the web cannot lead into the network of the person who reads it.

Every address that a host name resolves to must be public (RFC 6890 through ``ipaddress``), on every redirect anew; the
connection then goes to the address that was checked, not to the name, so that a second, different answer of the name
server (DNS rebinding) is never used. TLS certificates are still checked against the name. Time and size are limited over
the whole transfer.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Timer
from typing import Any, Self
from urllib.parse import urlsplit

import httpx

from rapporteur import __version__
from rapporteur.errors import InputError
from rapporteur.stages.acquire.base import AcquireOptions, Item

AGENT = f"rapporteur/{__version__}"
"""As whom requests come: the name that a site's robots.txt is asked about."""
IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
REDIRECTS = (301, 302, 303, 307, 308)
NAT64 = ipaddress.ip_network("64:ff9b::/96")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.I)


def is_address(given: str) -> bool:
    """Whether an input is an address and not a path."""
    return _ADDRESS.match(given) is not None


@dataclass(frozen=True, slots=True)
class Asking:
    """What a request sends beside the address; ``body`` makes it a POST. A POST follows no redirect."""

    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered at ``url`` (after redirects); names of ``headers`` are in lower case."""

    url: str
    status: int
    headers: Mapping[str, str]
    data: bytes


def fetch(address: str, options: AcquireOptions) -> Item:
    """The page at ``address``. InputError: scheme, private target, no answer, refusal, too large, too slow, too many
    redirects.
    """
    answer = request(address, options)
    if answer.status != 200:
        reason = f"answered with status {answer.status}"
        raise InputError("address-refused", address, reason, "open it in a browser and save the page")
    content_type = answer.headers.get("content-type", "")
    charset = _CHARSET.search(content_type)
    return Item(
        place=address,
        location=address,
        data=answer.data,
        url=answer.url,
        media_type=content_type.partition(";")[0].strip().lower() or None,
        charset=charset[1] if charset else None,
    )


def request(address: str, options: AcquireOptions, asking: Asking = Asking()) -> Answer:
    """What a guarded request is answered, whatever the status. InputError as for ``fetch``."""
    url = address
    # No environment proxies: a proxy would resolve the name a second time, out of our sight.
    with (
        _Patience(time.monotonic() + options.timeout) as patience,
        httpx.Client(trust_env=False, follow_redirects=False, timeout=options.timeout) as client,
    ):
        for _ in range(options.max_redirects + 1):
            answer = _ask(client, (address, url), options, asking, patience)
            onward = answer.headers.get("location")
            if answer.status not in REDIRECTS or onward is None or asking.body is not None:
                return answer
            url = str(httpx.URL(url).join(onward))
    raise InputError("too-many-redirects", address, f"more than {options.max_redirects} redirects", "give the final address")


def _ask(client: httpx.Client, where: tuple[str, str], options: AcquireOptions, asking: Asking, patience: _Patience) -> Answer:
    """One request to ``where[1]``, to which the address ``where[0]`` led."""
    address, url = where
    try:
        target = httpx.URL(url)
        pinned, host = _pin(target, address, options)
        headers = {
            "User-Agent": AGENT,
            "Accept": "text/html,application/pdf,text/plain,application/json;q=0.9,*/*;q=0.1",
            **asking.headers,
            "Host": host,
            "Accept-Encoding": "identity",  # a compressed answer could swell beyond the limit before it is counted
        }
        method, extensions = (
            "GET" if asking.body is None else "POST",
            {"sni_hostname": target.host, "trace": patience.trace},
        )
        with client.stream(method, pinned, headers=headers, content=asking.body, extensions=extensions) as response:
            redirected = response.status_code in REDIRECTS
            data = b"" if redirected else _body(response, address, options, patience.deadline)
            return Answer(str(target), response.status_code, {k.lower(): v for k, v in response.headers.items()}, data)
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        if time.monotonic() > patience.deadline:
            raise _slow(address, options) from error
        reason = str(error) or type(error).__name__
        raise InputError(
            "address-unreachable", address, f"does not answer ({reason})", "check it, or save the page to a file"
        ) from error


def _slow(address: str, options: AcquireOptions) -> InputError:
    reason = f"not complete after {options.timeout:g} seconds"
    return InputError("address-slow", address, reason, "try again, or save the page to a file")


class _Patience:
    """Hangs up when the time is over, also on a server that sends the head of its answer byte by byte: each byte is a sign of
    life to the client's own time limits, which are per read."""

    def __init__(self, deadline: float) -> None:
        self.deadline = deadline
        self._timers: list[Timer] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        for timer in self._timers:
            timer.cancel()

    def trace(self, event: str, told: Mapping[str, Any]) -> None:
        """Called by the client (httpcore's ``trace`` extension) with what it does; a connection that is made gets its end."""
        if event == "connection.connect_tcp.complete":
            timer = Timer(max(0.0, self.deadline - time.monotonic()), _hang_up, [told["return_value"].get_extra_info("socket")])
            timer.daemon = True
            timer.start()
            self._timers.append(timer)


def _hang_up(connection: socket.socket) -> None:
    with suppress(OSError):  # it was closed meanwhile
        connection.shutdown(socket.SHUT_RDWR)


def _body(response: httpx.Response, address: str, options: AcquireOptions, deadline: float) -> bytes:
    parts, size = [], 0
    for chunk in response.iter_bytes(1 << 16):
        size += len(chunk)
        if size > options.max_bytes:
            raise InputError("too-large", address, f"more than {options.max_bytes:,} bytes", "save the part you need to a file")
        if time.monotonic() > deadline:
            raise _slow(address, options)
        parts.append(chunk)
    return b"".join(parts)


def _pin(target: httpx.URL, address: str, options: AcquireOptions) -> tuple[httpx.URL, str]:
    """The same address with a checked number in place of the name, and the Host header that goes with it."""
    if target.scheme not in ("http", "https") or not target.host:
        raise InputError(
            "address-scheme", address, f"leads to {target.scheme or 'no'}:, only http and https are fetched", "save it to a file"
        )
    if target.userinfo:
        raise InputError("address-scheme", address, "carries a user name or password", "give it without them")
    port = target.port or (443 if target.scheme == "https" else 80)
    numbers = [
        ipaddress.ip_address(str(found[4][0]).partition("%")[0])
        for found in socket.getaddrinfo(target.host, port, type=socket.SOCK_STREAM)
    ]
    if not options.allow_private:
        for number in numbers:
            if not is_public(number):
                raise InputError(
                    "address-private",
                    address,
                    f"leads to the private address {number} ({target.host})",
                    "use --allow-private if that is meant",
                )
    return target.copy_with(host=str(numbers[0])), urlsplit(str(target)).netloc


def is_public(number: IPAddress) -> bool:
    """Whether an address is reachable for everyone. Addresses that carry an IPv4 address (mapped, 6to4, NAT64) are
    judged by it.
    """
    if isinstance(number, ipaddress.IPv6Address):
        inner = number.ipv4_mapped or number.sixtofour
        if inner is None and number in NAT64:
            inner = ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if number.teredo is not None:
            return False
    return number.is_global and not number.is_multicast and not number.is_reserved
