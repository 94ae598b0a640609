"""Asking sites no more than they allow: robots.txt (RFC 9309; protego) and a pause between two requests to one host.

One ``Manners`` serves as long as a desk is open. Requests go through the guarded request of the acquire stage: no private
networks, bounded in size and time, every redirect checked. A redirect to another host is asked of by that host's own robots.txt
when the report is fetched from there next; within one request it is followed.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from protego import Protego

from rapporteur.errors import InputError
from rapporteur.stages.acquire.address import AGENT, Answer, Asking, request
from rapporteur.stages.acquire.base import AcquireOptions

PAUSE = 2.0
"""Seconds between two requests to one host where its robots.txt names none: what crawlers of archives keep to."""
LONGEST_PAUSE = 60.0
"""With a longer Crawl-delay a site is asked for one page in a run: waiting for hours would hold up all others."""
ROBOTS_SECONDS = 86_400.0
"""For how long a robots.txt that was read is kept: no longer than 24 hours (RFC 9309, 2.4)."""
TROUBLE_SECONDS = 1_800.0
"""After which a robots.txt that could not be had is asked for again: the usual time between two rounds."""
ROBOTS_BYTES = 512_000  # RFC 9309, 2.5: at least 500 kibibytes are to be read
_ALL = Protego.parse("")
_NONE = Protego.parse("User-agent: *\nDisallow: /")


@dataclass(slots=True)
class Manners:
    """``pause`` in seconds; ``sleep`` and ``clock`` (monotonic, seconds) are those of ``time`` but for tests of the order."""

    options: AcquireOptions
    pause: float = PAUSE
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _rules: dict[str, tuple[float, Protego]] = field(default_factory=dict)
    """Until when a site's robots.txt is kept (``clock``), and what it says."""
    _last: dict[str, float] = field(default_factory=dict)

    def allow(self, address: str) -> None:
        """Waits until ``address`` may be asked for; ``InputError`` when its site does not want that, or not so soon."""
        site = site_of(address)
        until, rules = self._rules.get(site, (float("-inf"), _NONE))
        if self.clock() >= until:
            rules = self._robots(site)
            self._rules[site] = (self.clock() + (TROUBLE_SECONDS if rules is _NONE else ROBOTS_SECONDS), rules)
        if not rules.can_fetch(address, AGENT):
            advice = "open it in a browser and save the page"
            raise InputError("robots", address, "its site asks programs not to fetch it (robots.txt)", advice)
        pause = max(float(rules.crawl_delay(AGENT) or 0.0), self.pause)
        if pause > LONGEST_PAUSE and site in self._last:
            raise InputError(
                "robots", address, f"its site asks for {pause:g} seconds between requests", "it comes with a later round"
            )
        self._wait(site, pause)

    def get(self, address: str, headers: dict[str, str]) -> Answer:
        """The answer of ``address``, politely; ``InputError`` as for ``allow`` and ``request``."""
        self.allow(address)
        return request(address, self.options, Asking(headers))

    def _robots(self, site: str) -> Protego:
        """RFC 9309, 2.3.1: a robots.txt that is refused (4xx) allows everything, a site in trouble nothing."""
        try:
            answer = request(f"{site}/robots.txt", self.options, Asking({"Accept": "text/plain"}))
        except InputError:
            return _NONE
        if answer.status == 200:
            return Protego.parse(answer.data[:ROBOTS_BYTES].decode("utf-8", "replace"))
        return _ALL if 400 <= answer.status < 500 else _NONE

    def _wait(self, site: str, pause: float) -> None:
        left = self._last.get(site, float("-inf")) + pause - self.clock()
        if left > 0:
            self.sleep(left)
        self._last[site] = self.clock()


def site_of(address: str) -> str:
    """Scheme, host and port of an address: what one robots.txt is for."""
    parts = urlsplit(address)
    return f"{parts.scheme.lower()}://{parts.netloc.lower()}"
