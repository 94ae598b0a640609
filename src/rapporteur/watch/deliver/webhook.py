"""Webhooks, signed after Standard Webhooks 1.0 (https://www.standardwebhooks.com): any library of that standard checks them.

The headers are ``webhook-id`` (the alert's id: the same alert may come twice), ``webhook-timestamp`` (Unix seconds) and
``webhook-signature``: ``v1,`` and the base64 of HMAC-SHA256 over ``id.timestamp.body``.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import time

import msgspec

from rapporteur.errors import ConfigurationError, DeliveryError, InputError
from rapporteur.model.watch import Alert
from rapporteur.stages.acquire.address import Asking, request
from rapporteur.watch.deliver.base import Sending

PREFIX = "whsec_"
LEAST_SECRET = 16  # bytes; the standard asks for 24 to 64, shorter ones can be guessed


def send(target: str, alert: Alert, sending: Sending) -> None:
    """Posts the alert as JSON; anything but a 2xx answer is a failure. Private networks only with ``allow_private``."""
    body = msgspec.json.encode({"type": f"alert.{alert.kind}", "timestamp": alert.at, "data": alert})
    headers = {"Content-Type": "application/json", **signed(alert.id, int(time.time()), body, key_of(sending.secret))}
    try:
        answer = request(target, sending.options, Asking(headers, body))
    except InputError as error:
        raise DeliveryError(str(error)) from error
    if not 200 <= answer.status < 300:
        raise DeliveryError(f"{target}: answered with status {answer.status}; look at the receiver's log")


def key_of(secret: str | None) -> bytes:
    """The key of a secret as the standard writes it; ``ConfigurationError`` when there is none or it is too short."""
    if not secret:
        raise ConfigurationError("alerts.webhook_secret: is missing; webhooks are only sent signed")
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error as error:
        raise ConfigurationError(f"alerts.webhook_secret: is no base64 after {PREFIX}; make one of 32 random bytes") from error
    if len(key) < LEAST_SECRET:
        raise ConfigurationError(f"alerts.webhook_secret: is shorter than {LEAST_SECRET} bytes; make one of 32 random bytes")
    return key


def signed(ident: str, seconds: int, body: bytes, key: bytes) -> dict[str, str]:
    """The three headers of a message."""
    mac = hmac.new(key, f"{ident}.{seconds}.".encode() + body, hashlib.sha256).digest()
    return {
        "webhook-id": ident,
        "webhook-timestamp": str(seconds),
        "webhook-signature": f"v1,{base64.b64encode(mac).decode()}",
    }
