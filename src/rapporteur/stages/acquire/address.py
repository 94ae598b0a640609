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
from urllib.parse import urlsplit

import httpx

from rapporteur import __version__
from rapporteur.errors import InputError
from rapporteur.stages.acquire.base import AcquireOptions, Item

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
REDIRECTS = (301, 302, 303, 307, 308)
NAT64 = ipaddress.ip_network("64:ff9b::/96")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.I)


def is_address(given: str) -> bool:
    """Whether an input is an address and not a path."""
    return _ADDRESS.match(given) is not None


def fetch(address: str, options: AcquireOptions) -> Item:
    """The page at ``address``. InputError: scheme, private target, no answer, refusal, too large, too slow, too many
    redirects.
    """
    deadline = time.monotonic() + options.timeout
    url = address
    # No environment proxies: a proxy would resolve the name a second time, out of our sight.
    with httpx.Client(trust_env=False, follow_redirects=False, timeout=options.timeout) as client:
        for _ in range(options.max_redirects + 1):
            answer = _get(client, address, url, options, deadline)
            if isinstance(answer, Item):
                return answer
            url = answer
    raise InputError("too-many-redirects", address, f"more than {options.max_redirects} redirects", "give the final address")


def _get(client: httpx.Client, address: str, url: str, options: AcquireOptions, deadline: float) -> Item | str:
    """One request: the page, or the address it redirects to."""
    try:
        target = httpx.URL(url)
        pinned, host = _pin(target, address, options)
        headers = {
            "Host": host,
            "User-Agent": f"rapporteur/{__version__}",
            "Accept": "text/html,application/pdf,text/plain,application/json;q=0.9,*/*;q=0.1",
            "Accept-Encoding": "identity",  # a compressed answer could swell beyond the limit before it is counted
        }
        extensions = {"sni_hostname": target.host}
        with client.stream("GET", pinned, headers=headers, extensions=extensions) as response:
            if response.status_code in REDIRECTS and "location" in response.headers:
                return str(target.join(response.headers["location"]))
            if response.status_code != 200:
                raise InputError(
                    "address-refused",
                    address,
                    f"answered with status {response.status_code}",
                    "open it in a browser and save the page",
                )
            data = _body(response, address, options, deadline)
            content_type = response.headers.get("content-type", "")
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        reason = str(error) or type(error).__name__
        raise InputError(
            "address-unreachable", address, f"does not answer ({reason})", "check it, or save the page to a file"
        ) from error
    charset = _CHARSET.search(content_type)
    return Item(
        place=address,
        location=address,
        data=data,
        url=str(target),
        media_type=content_type.partition(";")[0].strip().lower() or None,
        charset=charset[1] if charset else None,
    )


def _body(response: httpx.Response, address: str, options: AcquireOptions, deadline: float) -> bytes:
    parts, size = [], 0
    for chunk in response.iter_bytes(1 << 16):
        size += len(chunk)
        if size > options.max_bytes:
            raise InputError("too-large", address, f"more than {options.max_bytes:,} bytes", "save the part you need to a file")
        if time.monotonic() > deadline:
            raise InputError(
                "address-slow",
                address,
                f"not complete after {options.timeout:g} seconds",
                "try again, or save the page to a file",
            )
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
