"""Names a report goes by, and names it credits, as far as linking needs them: to see that one report names another.

The clean stage finds credits that stand for themselves (``Report.credits``). Here every name that stands where a carrier of
news stands ("X reported", "according to X") is kept as well: most are speakers, but when such a name is the label of another
report in the record, that is a credit.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from rapporteur.model.report import Report

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]{0,6}"
_AGENCY = r"([A-Z][\w&.’'-]{1,24}(?: [A-Z][\w&.’'-]{1,24}){0,3})"
_DATELINE = re.compile(
    rf"^[^\n()]{{0,60}}\b{_MONTH}\.?[^\n()]{{0,20}}\({_AGENCY}\)"  # KINSHASA, April 9, 1997 (AFP)
    rf"|^[A-Z][A-Z .,’'-]{{2,40}}[^\n()]{{0,24}}\({_AGENCY}\)"  # ACCRA (WACN) --
    rf"|^(?:\d{{1,2}} )?{_MONTH}\.?[^\n()]{{0,12}}\({_AGENCY}\)",  # Jan. 25 (UPI) --
    re.MULTILINE,
)
_PLACE_LINE = re.compile(rf"^[A-Z][A-Z .’'-]{{2,40}}[^\n]{{0,40}}\b{_MONTH}\b", re.MULTILINE)  # COLOMBO, Dec 6, 2005
_HEAD = 1200  # characters in which a dateline stands; farther down it belongs to something quoted or related
_SEGMENT = re.compile(r"\s*(?:[|/»>;·•~*\[\](),]|\s[-–—]+\s|::?\s|\bby\b)\s*")
_UPDATE = re.compile(
    r"\b(?:(\d)(?:st|nd|rd|th) (?:ld|lead)|(?:ld|lead)\b|write-?thr[ou]u?g?h?|"
    r"(?:update|updates|updated|adds|recasts|refiles?|corrects?|changes)\b)",
    re.IGNORECASE,
)
_AGENCIES = (
    "AFP|Agence France-Presse|Xinhua|Reuters|AP|Associated Press|UPI|United Press International|dpa|DPA|EFE|ANSA|"
    "Kyodo|Jiji|Yonhap|KCNA|ITAR-TASS|Itar-Tass|TASS|Tass|Interfax|RIA Novosti|PTI|ANI|IANS|APP|UNB|IRNA|ISNA|Fars|"
    "Tasnim|Mehr|SANA|NNA|MENA|WAM|SPA|KUNA|QNA|BNA|Petra|Anadolu|WAFA|APA|ATS|Belga|ANP|TT|NTB|Ritzau|STT|PAP|CTK|"
    "MTI|Agerpres|BTA|Tanjug|HINA|Hina|MIA|ATA|Lusa|Ukrinform|BelTA|Trend|Antara|Bernama|VNA|TNA|PNA|CNA|Notimex|"
    "Telam|ABr|MAP|TAP|APS|NAN|GNA|SUNA|ENA|PANA|SAPA|AAP|CP|PA|Bloomberg"
)
"""News agencies that file in English, by the name their copy uses for itself (world list, national agencies included)."""
_AGENCY_NAMES = frozenset(_AGENCIES.split("|"))
_PLAIN_NAMES = frozenset(name.lower() for name in _AGENCY_NAMES)
_MOST = 60  # names kept of a report: a page of links would otherwise fill the profile


def is_agency(name: str) -> bool:
    """Whether ``name`` is that of a news agency known to file in English."""
    return name in _AGENCY_NAMES


def is_agency_plain(name: str) -> bool:
    """The same for a name as ``plain`` gives it."""
    return name in _PLAIN_NAMES


class Found(NamedTuple):
    """``update``: 0 for a report that does not call itself an update, else the number of its lead (1 when it gives none).
    ``signed``: its dateline names the agency."""

    agency: str | None
    outlet: str | None
    place: str | None
    labels: tuple[str, ...]
    credited: tuple[str, ...]
    update: int
    signed: bool
    dateline_at: int | None


def plain(name: str) -> str:
    """``name`` as labels are compared: lower case, no article, single spaces."""
    words = re.findall(r"\w+(?:[.’'&-]\w+)*", name.lower().replace("’", "'"))
    return " ".join(words[1:] if words[:1] == ["the"] else words)


def labels_and_credits(report: Report, lines: list[tuple[int, int]]) -> Found:
    """What ``report`` goes by and credits; ``lines`` are the code point ranges of its stray lines (no running text)."""
    agency, place, dateline_at = _dateline(report)
    text, signed = report.text, agency is not None
    outlet = _outlet(report, dateline_at)
    if agency is None and outlet is None:
        agency = _speaks_as(text)
    labels = {plain(n) for n in (agency, outlet) if n}
    rest = _without(text, lines)
    for start, end in lines[:5] + lines[-3:]:
        parts = {p for p in map(plain, _SEGMENT.split(text[start:end])) if 1 <= len(p.split()) <= 6 and len(p) > 2}
        # A line that names what the report is about ("Gaza Strip") names no outlet: its words stand in the running text too.
        labels.update(p for p in parts if p not in rest)
    credited = sorted({plain(name) for credit in report.credits for name in credit.names} - {""})[:_MOST]
    first = text.lstrip()[:200].split("\n", 1)[0]
    update = _update(report.title or first)
    return Found(agency, outlet, place, tuple(sorted(labels - {""})), tuple(credited), update, signed, dateline_at)


def _without(text: str, lines: list[tuple[int, int]]) -> str:
    """``text`` outside ``lines``, as ``plain`` writes it."""
    out, at = [], 0
    for start, end in lines:
        out.append(text[at:start])
        at = end
    return plain(" ".join([*out, text[at:]])[:100_000])


_AS_ITSELF = re.compile(
    rf"\b(?:told|[Aa]n?|asked by) ({_AGENCIES})(?= (?:correspondents?|reporters?|journalists?|photographers?)\b|\W)"
)
_AS_OTHER = re.compile(rf"\b({_AGENCIES})(?: news agency)? (?:reported|reports|said|says|wrote|quoted|cited|noted|added)\b")


def _speaks_as(text: str) -> str | None:
    """The agency whose own copy this is: people "told AFP" and nobody says that "AFP reported". None unless just one."""
    own = {m.group(1) for m in _AS_ITSELF.finditer(text)}
    return own.pop() if len(own) == 1 and not _AS_OTHER.search(text) else None


def _outlet(report: Report, dateline_at: int | None) -> str | None:
    """The outlet, unless what was taken for one is the headline over an agency's dateline, or a piece of its slug line."""
    if report.outlet is None:
        return None
    name = plain(report.outlet)
    head = {plain(report.title or "")} | {w for slug in report.slugs for w in plain(slug).split()}
    above = report.text[:dateline_at].strip() if dateline_at is not None else ""
    return None if name in head or plain(above) == name else report.outlet


def _dateline(report: Report) -> tuple[str | None, str | None, int | None]:
    """Agency and place of the dateline, and the code point where it begins; None for what is not there."""
    if report.dateline is not None:
        said = report.dateline
        return said.agency, _place(said.place or ""), said.span.start if said.span else 0
    head = report.text[:_HEAD]
    found = _DATELINE.search(head)
    name = next((g for g in found.groups() if g), "") if found else ""
    # "... Party (Indian People's Party) -" is an explanation: without a day only a known agency makes a dateline.
    if found and (is_agency(name) or any(c.isdigit() for c in found.group())):
        return name, _place(found.group()), found.start()
    bare = _PLACE_LINE.search(head)
    return (None, _place(bare.group()), bare.start()) if bare else (None, None, None)


def _place(line: str) -> str | None:
    """The first name of a dateline, lower case: "kabul" of "KABUL, Nov. 26, 2006 (Xinhua)"."""
    return plain(re.split(r"[,(\d–—-]", line, maxsplit=1)[0]) or None


def _update(title: str) -> int:
    marks = [int(m.group(1) or 1) for m in _UPDATE.finditer(title)]
    return max(marks, default=0)
