"""Delivering alerts: each way out is one module; the table below is the registry, by the scheme of a target's address."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from rapporteur.errors import ConfigurationError, RapporteurError
from rapporteur.watch.base import WatchStore
from rapporteur.watch.deliver import mail, webhook
from rapporteur.watch.deliver.base import Carrier, Sending
from rapporteur.watch.poll import instant

__all__ = ["CARRIERS", "Sending", "check", "deliver"]

CARRIERS: Mapping[str, Carrier] = {"https": webhook.send, "http": webhook.send, "mailto": mail.send}
"""Scheme of a target -> what delivers to it. A target is ``https://...`` or ``mailto:name@host``."""

FIRST_RETRY = timedelta(minutes=5)
TRIES = 10
"""The time between two tries doubles from five minutes on: ten take about two days, which outlasts a weekend's failure."""


def check(target: str) -> None:
    """``ConfigurationError`` when nothing delivers to ``target``."""
    if urlsplit(target).scheme not in CARRIERS:
        raise ConfigurationError(f"{target}: alerts are not delivered there; give https://... or mailto:name@host")


def deliver(store: WatchStore, sending: Sending, now: datetime) -> tuple[int, int]:
    """Delivers what is due by ``now``; returns how many went and how many failed. A failed one is tried again later, and given
    up after ``TRIES``; one target that is down keeps no other waiting for more than its own time limit."""
    sent = failed = 0
    for one in store.deliveries(instant(now)):
        try:
            check(one.target)
            CARRIERS[urlsplit(one.target).scheme](one.target, one.alert, sending)
        except RapporteurError as error:
            failed += 1
            again = now + FIRST_RETRY * 2**one.failures
            store.put_off(one.number, one.target, instant(again) if one.failures + 1 < TRIES else None, str(error))
        else:
            sent += 1
            store.delivered(one.number, one.target)
    return sent, failed
