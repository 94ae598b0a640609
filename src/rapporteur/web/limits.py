"""How often somebody may try: at signing in, where waiting grows with every failure, and at the API.

Counted in this process (moving windows, package ``limits``): a restart forgets, which helps nobody who guesses, as a restart is
not theirs to have.
"""

from __future__ import annotations

import ipaddress
import math
import time

from rapporteur.errors import ConfigurationError, TooOftenError

try:
    from limits import RateLimitItem, parse_many
    from limits.storage import MemoryStorage
    from limits.strategies import MovingWindowRateLimiter
except ImportError as error:
    raise ConfigurationError("users need packages that are not installed; pip install 'rapporteur[team]'") from error

PER_USER_AND_ADDRESS = parse_many("5 per minute; 10 per 15 minutes; 20 per day")
"""Steps of a back-off: who fails goes on ever more slowly. Twenty guesses a day find no password of twelve characters."""
PER_USER = parse_many("60 per hour")
"""From all addresses together. High enough that nobody shuts a colleague out by accident."""
PER_ADDRESS = parse_many("30 per 15 minutes")
PER_TOKEN = parse_many("600 per minute")


class Limits:
    """The counters of one server."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def sign_in(self, name: str, address: str) -> None:
        """Counts an attempt to sign in. ``TooOftenError`` when there were too many."""
        place = network(address)
        self._count(PER_USER_AND_ADDRESS, "both", name, place)
        self._count(PER_USER, "user", name)
        self._count(PER_ADDRESS, "address", place)

    def signed_in(self, name: str, address: str) -> None:
        """Forgets the attempts of somebody who got in."""
        for item in PER_USER_AND_ADDRESS:
            self._limiter.clear(item, "both", name, network(address))

    def token(self, number: int) -> None:
        """Counts a request made with an API token. ``TooOftenError`` when there were too many."""
        self._count(PER_TOKEN, "token", str(number))

    def _count(self, items: list[RateLimitItem], *of: str) -> None:
        for item in items:
            if not self._limiter.hit(item, *of):
                wait = math.ceil(self._limiter.get_window_stats(item, *of).reset_time - time.time())
                raise TooOftenError(max(1, wait))


def network(address: str) -> str:
    """What counts as one address: of IPv6 the first 64 bits, which one customer has to himself (RFC 6177)."""
    try:
        number = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(number, ipaddress.IPv6Address):
        mapped = number.ipv4_mapped
        return str(mapped) if mapped else str(ipaddress.ip_network((number, 64), strict=False))
    return str(number)
