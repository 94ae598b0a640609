"""Reports added at the desk: read, linked and reconciled with the others, step by step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import as_file, files
from itertools import chain
from typing import Literal

import msgspec
from msgspec import Struct

from rapporteur.accounts import LARGE
from rapporteur.desk.news import news_of
from rapporteur.desk.record import Record
from rapporteur.desk.viewer import Viewer
from rapporteur.errors import AccessError, InputError
from rapporteur.model.capture import Capture, content_hash
from rapporteur.model.reading import Reading
from rapporteur.model.report import Issue
from rapporteur.pipeline import Reader, take
from rapporteur.stages.acquire import AcquireOptions, acquire, opened
from rapporteur.stages.write.names import name_of, opening
from rapporteur.stages.write.numbers import plural

EXAMPLE = "merrow-tavoria"
StepKind = Literal["read", "known", "issue", "linking", "found", "running", "done"]
FEW = 10
"""Reports of one addition of which each is told what it has brought."""


class Pasted(Struct, frozen=True, tag=True):
    """A text that somebody pasted, with what is known of it; dates are ISO 8601."""

    text: str
    title: str = ""
    outlet: str = ""
    published: str = ""
    url: str = ""


class Uploaded(Struct, frozen=True, tag=True):
    """A file: its ``name`` says the format."""

    name: str
    data: bytes


class Address(Struct, frozen=True, tag=True):
    """An http or https address."""

    url: str


class Example(Struct, frozen=True, tag=True):
    """The invented example that ships with the program."""


Addition = Pasted | Uploaded | Address | Example


class Step(Struct, frozen=True):
    """One thing that happened: a report was read (``report`` its id) or known already, an issue met, linking begun, what a report
    has brought was found, all done.

    ``words`` say it to a person; ``account`` is the number of the new account when ``done``.
    """

    kind: StepKind
    words: str
    report: str | None = None
    account: int | None = None


def captures(additions: Iterable[Addition], options: AcquireOptions) -> Iterator[Capture | Issue]:
    """The reports in ``additions``, and an issue for each that is refused."""
    return chain.from_iterable(_found(addition, options) for addition in additions)


def _found(addition: Addition, options: AcquireOptions) -> Iterator[Capture | Issue]:
    match addition:
        case Pasted():
            row = {k: v for k, v in msgspec.structs.asdict(addition).items() if v.strip()}
            data = msgspec.json.encode(row)
            for met in opened(f"pasted-{content_hash(data)[:12]}.jsonl", data, options):
                # Where it was found says nothing to a person; its first words do.
                yield met if isinstance(met, Issue) else msgspec.structs.replace(met, path=f"{opening(addition.text)} (pasted)")
        case Uploaded(name, data):
            yield from opened(_plain(name), data, options)
        case Address(url):
            if "://" not in url:  # else ``acquire`` would read a file of this machine
                yield Issue("address-scheme", url, f"{url}: is no address; write it with http:// or https://")
            else:
                yield from acquire([url], options)
        case Example():
            with as_file(files("rapporteur") / "examples" / EXAMPLE / "reports") as folder:
                yield from acquire([str(folder)], options)


def _plain(name: str) -> str:
    """A file's name without folders."""
    return name.replace("\\", "/").rsplit("/", 1)[-1].strip() or "unnamed"


def check(additions: Sequence[Addition]) -> None:
    """``InputError`` when there is nothing in ``additions`` to read."""
    if not additions:
        raise InputError("no-input", "form", "names no report", "paste a text, choose files, or give an address")
    for addition in additions:
        if isinstance(addition, Pasted) and not addition.text.strip():
            raise InputError("no-input", "text", "is empty", "paste the words of the report")


def add(
    record: Record, viewer: Viewer, additions: Sequence[Addition], reader: Reader, *, reconcile: bool = True
) -> Iterator[Step]:
    """Reads what ``additions`` hold into the record, then links and reconciles; yields each step when it has happened.

    Without ``reconcile`` that is left to a later call, for all that have come until then. In a record of more than ``LARGE``
    reports the account is left to the caller; what each report has brought is known before.

    A report is in the record before its step is yielded. ``AccessError`` for a viewer who may not add.
    """
    if not viewer.may("analyst"):
        raise AccessError("add: only analysts may add reports")
    read: list[str] = []
    for met in take(captures(additions, reader.acquire), record.store, reader):
        if isinstance(met, Issue):
            yield Step("issue", met.message)
        elif isinstance(met, Reading):
            read.append(met.report.id)
            yield Step("read", _told(met), met.report.id)
        else:
            yield Step("known", "is in the record already", met.report)
    done = f"{plural(len(read), 'report')} added"
    if not reconcile:
        yield Step("done", f"{done}; linked and reconciled together with those that wait")
        return
    yield Step("linking", "Linking and reconciling with the other reports")
    for report, words in news_of(record.store, read if len(read) <= FEW else ()):
        yield Step("found", words, report)
    if record.store.moment().report > LARGE:
        yield Step("done", f"{done}; the account follows")
        return
    standing = record.refreshed(viewer)
    yield Step("done", done, None, standing.number if standing else None)


def _told(reading: Reading) -> str:
    return f"{name_of(reading.report)}: {plural(len(reading.claims), 'claim')}"
