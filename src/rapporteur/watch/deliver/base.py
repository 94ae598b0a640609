"""The contract of a carrier: a function that hands one alert to one target, or raises ``DeliveryError``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from rapporteur.model.claims import report_of
from rapporteur.model.watch import Alert
from rapporteur.stages.acquire.base import AcquireOptions


@dataclass(frozen=True, slots=True)
class Sending:
    """What carriers need to know. ``secret`` signs webhooks; ``smtp`` is ``smtp[s]://user:password@host:port``; ``sender`` the
    address that mails come from; ``desk`` the address of the desk's pages, if it has one, for links."""

    options: AcquireOptions = field(default_factory=AcquireOptions)
    secret: str | None = None
    smtp: str | None = None
    sender: str | None = None
    desk: str | None = None


def passage_path(claim: str) -> str:
    """Where the desk shows the passage of a claim."""
    return f"/report/{quote(report_of(claim), safe='')}?{urlencode({'claim': claim})}#cited"


Carrier = Callable[[str, Alert, Sending], None]
"""(target, alert, sending); ``DeliveryError`` when the target has not got it."""
