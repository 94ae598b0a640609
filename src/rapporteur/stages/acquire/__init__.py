"""Acquire: from inputs (files, folders, archives, addresses) to captures, the original bytes kept and hashed.

Add an input format: one module with an ``InputFormat`` (see ``base``) and one line in ``formats``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapporteur.errors import InputError
from rapporteur.model.capture import Capture
from rapporteur.model.report import Issue
from rapporteur.stages.acquire import folders
from rapporteur.stages.acquire.address import fetch, is_address
from rapporteur.stages.acquire.base import AcquireOptions, Budget, Found, Item, issue
from rapporteur.stages.acquire.formats import recognise, suffix
from rapporteur.stages.acquire.seen import Seen
from rapporteur.stages.acquire.text import looks_like_text

__all__ = ["AcquireOptions", "acquire", "opened"]

# Met in a folder, these are passed over without a word: a saved page brings them along and nobody means them as reports.
NOT_REPORTS = frozenset(
    ".css .js .mjs .map .svg .webmanifest .url .webloc .desktop .ini .cfg .toml .yaml .yml .log .py .sh .bat .sql".split()
)


def acquire(inputs: Sequence[str], options: AcquireOptions | None = None) -> Iterator[Capture | Issue]:
    """The reports found in ``inputs``, one at a time, and an issue for each input that is refused; never raises for bad input.

    Inputs are taken in the order given, folders in the order of their names. A report captured twice at one place comes
    once; of two rows with one id and different texts the second is refused.
    """
    seen = Seen()
    for given in inputs:
        opened = _Opened(options or AcquireOptions())
        for item in _items(given, opened.options):
            if isinstance(item, InputError):
                yield Issue(item.code, item.source, str(item))
                continue
            for found in opened.descend(item):
                kept = (
                    found if isinstance(found, Issue) else seen.once(found, item.location + found.place.removeprefix(item.place))
                )
                if kept is not None:
                    yield kept


def opened(name: str, data: bytes, options: AcquireOptions | None = None) -> Iterator[Capture | Issue]:
    """As ``acquire``, for bytes that came by another way (an upload, a pasted page) under ``name``, which says their format."""
    item = Item(place=name, location=name, data=data, path=name)
    return _Opened(options or AcquireOptions()).descend(item)


def _items(given: str, options: AcquireOptions) -> Iterator[Item | InputError]:
    if not is_address(given):
        yield from folders.items(given, options)
        return
    try:
        yield fetch(given, options)
    except InputError as error:
        yield error


class _Opened:
    """One input being opened: its limits and what it may still unpack (the ``Opening`` of the contract)."""

    def __init__(self, options: AcquireOptions) -> None:
        self.options = options
        self.budget = Budget(bytes_left=options.max_unpacked, members_left=options.max_members)

    def descend(self, item: Item) -> Found:
        """Recognise and open some bytes."""
        if not item.data.strip():
            yield issue("empty", item.place, "the file is empty", "save it again")
            return
        known = recognise(item)
        if known is not None:
            yield from known.open(item, self)
        elif item.named or (looks_like_text(item.data) and suffix(item.place) not in NOT_REPORTS):
            reason = f"the format {suffix(item.place) or '(no suffix)'} is not known"
            yield issue("unknown-format", item.place, reason, "save it as .txt, .html, .pdf, .eml, .jsonl or .zip")
