"""The gazetteer of news agencies and outlets: names, abbreviations and hosts, and which of them a text names.

``data/outlets.tsv`` holds the larger ones of the world. What is not in it is recognised by shape (``looks_like_outlet``).
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

Kind = Literal["agency", "outlet"]

MEDIA_NOUNS = frozenset(
    """agency bulletin broadcaster broadcasting bureau channel chronicle courier daily dispatch examiner express gazette globe
    guardian herald independent inquirer journal leader ledger magazine mail messenger mercury mirror monitor network
    networks news newsletter newspaper newswatch newswire observer online outlook post press radio record recorder
    register report reporter review sentinel service standard star sun telegram telegraph television times today tribune
    tv voice wire weekly world""".split()
)
_PUBLIC_SECOND = frozenset("ac co com edu go gob gov ne net or org".split())


class Outlet(NamedTuple):
    """One entry: its usual name, whether it is an agency, and whether the form it was found under is also an everyday word."""

    name: str
    kind: Kind
    ambiguous: bool = False


class Match(NamedTuple):
    """A known name in a text, at code points [start, end)."""

    start: int
    end: int
    outlet: Outlet


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, list[tuple[str, Outlet]]], dict[str, Outlet], dict[str, str]]:
    """Names by their first word (longest first), names whole in lower case, and names by host."""
    by_first: dict[str, list[tuple[str, Outlet]]] = {}
    whole: dict[str, Outlet] = {}
    hosts: dict[str, str] = {}
    lines = resources.files(__package__).joinpath("data", "outlets.tsv").read_text("utf-8").splitlines()
    for line in lines:
        if not line or line.startswith("#"):
            continue
        kind, name, aliases, addresses = line.split("\t")
        usual = name.removeprefix("~")
        for form in [name, *filter(None, aliases.split("|"))]:
            entry = Outlet(usual, "agency" if kind == "agency" else "outlet", form.startswith("~"))
            form = form.removeprefix("~")
            whole.setdefault(form.lower(), entry)
            by_first.setdefault(_first(form), []).append((form, entry))
        for host in filter(None, addresses.split("|")):
            hosts.setdefault(host, usual)
    for forms in by_first.values():
        forms.sort(key=lambda pair: -len(pair[0]))
    return by_first, whole, hosts


_WORD = re.compile(r"[^\W_]+")
_CAPITALISED = re.compile(r"(?<![\w@/.])[A-ZÀ-Þ+ČŠŽ\d][^\W_]*")


def _first(form: str) -> str:
    found = _WORD.search(form)
    return found[0] if found else form


def known(name: str) -> Outlet | None:
    """The entry of a name, whatever its case and with or without the article."""
    key = " ".join(name.lower().split())
    whole = _tables()[1]
    return whole.get(key) or whole.get(key.removeprefix("the "))


def find_known(text: str, start: int = 0, end: int | None = None) -> list[Match]:
    """Known names in the text, left to right, longest first; a name inside a longer capitalised word does not count."""
    by_first = _tables()[0]
    matches: list[Match] = []
    stop = len(text) if end is None else end
    after = start
    for word in _CAPITALISED.finditer(text, start, stop):
        forms = by_first.get(word[0])
        if forms is None or word.start() < after:
            continue
        for form, entry in forms:
            begin = word.start()
            if text.startswith(form, begin) and not text[begin + len(form) : begin + len(form) + 1].isalnum():
                after = begin + len(form)
                matches.append(Match(begin, after, entry))
                break
    return matches


def host_of(address: str) -> str | None:
    """The host of an address without ``www.`` and port, in lower case; None when it has none."""
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname
    except ValueError:
        return None
    return host.lower().removeprefix("www.").removeprefix("m.") if host else None


def outlet_of_host(host: str) -> str:
    """The outlet at a host, or the host itself when it is not known; ``edition.example.com`` is looked up as
    ``example.com`` too.
    """
    hosts = _tables()[2]
    parts = host.split(".")
    for i in range(len(parts) - 1):
        if (name := hosts.get(".".join(parts[i:]))) is not None:
            return name
    return host


def site(host: str) -> str:
    """The part of a host that one owner holds: ``news.example.co.uk`` -> ``example.co.uk`` (rule of thumb, no public
    suffix list).
    """
    parts = host.split(".")
    keep = 3 if len(parts) > 2 and len(parts[-1]) == 2 and parts[-2] in _PUBLIC_SECOND else 2
    return ".".join(parts[-keep:])


def looks_like_outlet(name: str) -> bool:
    """Whether a capitalised name is one of an outlet: known, a host, or with a word that newspapers and stations are
    called by.
    """
    if known(name) is not None:
        return True
    words = [word.lower() for word in _WORD.findall(name)]
    return 1 < len(words) <= 6 and any(word in MEDIA_NOUNS for word in words)
