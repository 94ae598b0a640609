"""Passwords: hashed with Argon2id (RFC 9106) by argon2-cffi, with its recommended parameters (64 MiB, three passes)."""

from __future__ import annotations

import unicodedata
from base64 import b64encode
from functools import cache
from secrets import token_bytes

from rapporteur.errors import ConfigurationError, InputError

try:
    import argon2
except ImportError:  # the extra is not installed
    argon2 = None  # type: ignore[assignment] # the name stands for "not there"

ARGON2_VERSION = 19
"""The version that RFC 9106 describes, as hashes write it."""

LEAST, MOST = 12, 256
"""Code points. NIST SP 800-63B asks for at least 8 and for no rules on their kinds; 12 leaves a margin, as nothing else is asked
when signing in. The upper bound keeps hashing cheap."""


@cache
def _hasher() -> argon2.PasswordHasher:
    if argon2 is None:
        raise ConfigurationError("users need a package that is not installed; install it: pip install 'rapporteur[team]'")
    return argon2.PasswordHasher()


@cache
def _nobody() -> str:
    """A hash that no password fits: checked for unknown users, so that they take as long as known ones.

    Random bytes in the hash's own notation: hashing a password for it would make the first unknown user take twice as long.
    """
    made = _hasher()
    salt, code = (b64encode(token_bytes(size)).decode().rstrip("=") for size in (made.salt_len, made.hash_len))
    return f"$argon2id$v={ARGON2_VERSION}$m={made.memory_cost},t={made.time_cost},p={made.parallelism}${salt}${code}"


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)  # one password on every keyboard (SP 800-63B 3.1.1.2)


def hashed(password: str, name: str = "") -> str:
    """The hash of a new password. ``InputError`` when it is too short, too long, or the user's name."""
    normal = _normal(password)
    if not LEAST <= len(normal) <= MOST:
        raise InputError(
            "password", "password", f"has {len(normal)} characters", f"choose {LEAST} to {MOST}; several words do well"
        )
    if name and normal.casefold() in (name.casefold(), name.casefold() * 2):
        raise InputError("password", "password", "is the user's name", "choose another")
    return _hasher().hash(normal)


def fits(password: str, kept: str | None) -> bool:
    """Whether a password fits a hash; None (no such user, or one without a password) takes as long and fits nothing."""
    hasher = _hasher()
    try:
        hasher.verify(kept or _nobody(), _normal(password[: MOST + 1]))
    except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
        return False
    return kept is not None


def outdated(kept: str) -> bool:
    """Whether a hash was made with other parameters than new ones are."""
    return _hasher().check_needs_rehash(kept)
