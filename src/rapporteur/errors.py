"""The tree of errors. A message names the input, the reason, and what to do."""

from __future__ import annotations


class RapporteurError(Exception):
    """Base of every error that this package raises on purpose; shown to the user as one line."""


class InputError(RapporteurError):
    """An input cannot be read at all: missing, refused, broken. ``code`` is stable and stands in the issue list."""

    def __init__(self, code: str, source: str, reason: str, advice: str = "") -> None:
        self.code, self.source, self.reason, self.advice = code, source, reason, advice
        super().__init__(f"{source}: {reason}" + (f"; {advice}" if advice else ""))


class MissingError(InputError):
    """What was asked for is not in the record, or whoever asks may not see it: the two look alike on purpose."""

    def __init__(self, source: str, reason: str, advice: str = "") -> None:
        super().__init__("missing", source, reason, advice)


class ConfigurationError(RapporteurError):
    """A setting, a process file or a model file is missing or wrong."""


class FileError(ConfigurationError):
    """A file that a person writes (a framework, a schedule, a process) is missing or wrong. ``line`` is 1-based; the message
    begins with ``file:line:``."""

    def __init__(self, name: str, line: int, reason: str, advice: str = "") -> None:
        self.name, self.line, self.reason, self.advice = name, line, reason, advice
        super().__init__(f"{name}:{line}: {reason}" + (f"; {advice}" if advice else ""))


class StoreError(RapporteurError):
    """The record cannot be opened, is of a newer version, or is damaged."""


class AccessError(RapporteurError):
    """Who asks is not known, or may not do this."""


class TooOftenError(AccessError):
    """Tried too often; ``seconds`` until it may be tried again."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"tried too often; try again in {seconds} second{'' if seconds == 1 else 's'}")


class UncitedLineError(RapporteurError):
    """A line of an account whose citation is not found at its place, or does not contain its figures, names, polarity."""


class DeliveryError(RapporteurError):
    """An alert did not reach its target; it is tried again later."""
