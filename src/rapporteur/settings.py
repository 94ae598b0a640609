"""Settings: what a user may fix once instead of saying it on every command line.

Taken, each over the one before, from the user's ``rapporteur.toml`` (in the configuration folder of the system), the one in the
working directory (or the file that ``RAPPORTEUR_CONFIG`` names), and environment variables: ``RAPPORTEUR_LANGUAGE``,
``RAPPORTEUR_WORKERS``, ``RAPPORTEUR_LIMITS_SECONDS_PER_REPORT`` and so on. Options of a command prevail over all.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from rapporteur.errors import ConfigurationError
from rapporteur.team.openid import OpenId

FILE = "rapporteur.toml"
_PREFIX = "RAPPORTEUR_"
_SECTIONS = ("limits", "alerts", "openid")


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one input may cost: bytes taken from it, bytes and members it may unpack to, seconds for one address to
    answer and for one report to be read."""

    bytes_per_input: int = 100_000_000
    bytes_unpacked: int = 1_000_000_000
    members: int = 20_000
    seconds_per_address: float = 30.0
    seconds_per_report: float = 300.0


class Alerts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who gets alerts and by which way: ``targets`` are ``https://...`` and ``mailto:name@host``; ``webhook_secret`` signs
    webhooks (``whsec_`` and base64); ``smtp`` is ``smtp[s]://user:password@host:port`` and ``mail_from`` the sender; ``desk`` the
    address of the desk's pages, for links; ``minutes`` the time between two requests to one feed."""

    targets: tuple[str, ...] = ()
    webhook_secret: str | None = None
    smtp: str | None = None
    mail_from: str | None = None
    desk: str | None = None
    minutes: float = 30.0


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``language``: name of an installed spaCy pipeline, None for the shipped one; ``workers``: worker processes, None
    to choose by the number of reports."""

    language: str | None = None
    workers: int | None = None
    limits: Limits = Limits()
    alerts: Alerts = Alerts()
    openid: OpenId | None = None


def load(environment: Mapping[str, str], user_folder: Path, folder: Path) -> Settings:
    """The settings in force in ``folder``; ``ConfigurationError`` names the file or variable that is wrong."""
    values: dict[str, Any] = {}
    named = environment.get(f"{_PREFIX}CONFIG")
    local = Path(named) if named else folder / FILE
    if named and not local.is_file():
        raise ConfigurationError(f"{named}: no such file; correct {_PREFIX}CONFIG")
    for path in (user_folder / FILE, local):
        if path.is_file():
            values = _merged(values, _checked(_read(path), str(path)))
    for name, text in sorted(environment.items()):
        if name.startswith(_PREFIX) and name != f"{_PREFIX}CONFIG" and text:
            values = _merged(values, _checked(_from_variable(name, text), name))
    return msgspec.convert(values, Settings, strict=False)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"{path}: {error}") from error


def _from_variable(name: str, text: str) -> dict[str, Any]:
    key = name.removeprefix(_PREFIX).lower()
    for section in _SECTIONS:
        if key.startswith(f"{section}_"):
            return {section: {key.removeprefix(f"{section}_"): text}}
    return {key: text}


def _checked(values: dict[str, Any], where: str) -> dict[str, Any]:
    try:
        msgspec.convert(values, Settings, strict=False)
    except msgspec.ValidationError as error:
        raise ConfigurationError(f"{where}: {error}; see docs/settings.md") from error
    return values


def _merged(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    sections = {name: {**under.get(name, {}), **over.get(name, {})} for name in _SECTIONS if name in under or name in over}
    return {**under, **over, **sections}
