"""Credits: whom a report itself names as where it, or a part of it, comes from.

Lines of their own, above and below the body, are read here: "Source: X", "X contributed to this report", "X, via http://...",
"Copyright X", "(X)" at the end. The carriers of news in running text ("as reported by X") stand in ``carriers``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapporteur.model.report import Credit, CreditKind, Dateline
from rapporteur.model.spans import Span
from rapporteur.stages.clean.carriers import carriers
from rapporteur.stages.clean.furniture import Marks
from rapporteur.stages.clean.lines import Layout, Line
from rapporteur.stages.clean.outlets import find_known, host_of, known, looks_like_outlet, outlet_of_host, site
from rapporteur.stages.clean.page import Page

ADDRESS = re.compile(r"https?://[^\s<>\"'()]{3,500}")
_LABEL = re.compile(
    r"(?:\d{1,2}[.:)]\s*)?(?:news |original |full |read |article |story )?(?:credits?|sources?|via|text|copy"
    r"|courtesy(?: of)?|from|originally (?:published|posted|appeared|printed)"
    r"(?: (?:in|on|at|by))?|first (?:published|appeared|posted)(?: (?:in|on|at|by))?|re(?:published|printed"
    r"|posted)(?: with permission)?(?: (?:from|by|courtesy of|with permission of))?"
    r"|dispatch(?: of| from)?|reference|references|agenc(?:y|ies)|wire|with (?:inputs?|files|reporting|material"
    r"|information|agency inputs)(?: (?:from|by))?)(?: link| article| story| here)?\b\s*:?",
    re.I,
)
_FIRST_APPEARED = re.compile(
    r"\b(?:(?:article|story|report|post|piece|version|text) (?:of this (?:article|story|report) )?(?:was "
    r"|has been )?(?:originally |first )?(?:published|appeared|posted|printed|produced|written|provided"
    r"|republished|reprinted)"
    r"(?: with permission| here)?|originally (?:published|appeared|posted)|first (?:published|appeared)"
    r"|re(?:published|printed) with permission|re(?:published|printed|posted) from)"
    r"\s+(?:in|on|at|by|from|of)\s+(?:the\s+website\s+of\s+)?"
)
_CONTRIBUTED = re.compile(
    r"\bcontributed (?:to (?:this|the) (?:report|story|article|piece|post|file|dispatch)|reporting\b|from [A-Z])"
    r"|\bcontributed\.?$"
    r"|^(?:additional |with )?reporting (?:for this (?:story|report|article) )?(?:was )?(?:contributed )?by\b"
    r"|^with (?:files|reporting|inputs?) (?:from|by)\b|\bassisted (?:in|with) (?:this|the) report",
    re.I,
)
_EDITED = re.compile(r"[;.(]|\b(?:editing|edited|writing|written|graphics?|additional)\b", re.I)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright(?:ed)?)(?:\s*(?:©|\(c\)|copyright))?[\s,:]*(?:(?:19|20)\d\d(?:\s*[-–,]\s*(?:19"
    r"|20)?\d\d)*)?[\s,]*(?:by\s+)?",
    re.I,
)
_RIGHTS = re.compile(
    r"[.,;|·]|\s[-–—]\s|\s+all rights|\s+(?:may|this|no part|inc\b|llc\b|ltd\b)|\s*(?:19|20)\d\d|$",
    re.I,
)
_PERSON = r"[A-ZÀ-Þ][\w'’-]+(?:\s(?:(?:al|bin|de|van|von|el)[\s-])?[A-ZÀ-Þ][\w.'’-]*){1,3}"
_PERSONS = re.compile(rf"{_PERSON}(?:(?:,\s(?:and\s)?|\sand\s|\s&\s){_PERSON})*")
_OWN_ADDRESS = re.compile(
    r"\b(?:permanent (?:address|link)|permalink|short link|url|as filed at|read the (?:original|full))\b", re.I
)
CREDIT_WORDS = 40  # words; longer lines tell something besides
LAST_LINES = 3  # lines at the body's end that may be credits: "X contributed to this report." is a sentence
_TAG = re.compile(r"\(([A-Za-z][\w .,&/+'’-]{1,50})\)\s*$")
_CLOSING = re.compile(r"(?:^|\s)[-–—]{1,2}\s*((?:The\s)?[A-Z][\w .&/'’-]{1,50}?)\.?$")
_MARKS_OFF = re.compile(r"\s*[,;|/]\s*|\s+(?:via|and|with|at)\s+|\.\s")
_CAPITAL_NAME = re.compile(
    r"(?:[Tt]he\s)?[A-ZÀ-Þ][\w'’&.-]*(?:\s(?:(?:of|de|del|della|al|el|the|and|&|in)\s)?[A-ZÀ-Þ][\w'’&-]*){0,5}"
)
_REPORTS_END = re.compile(
    r"(?:[.…]{1,4}|[-–—,])\s*(?:reports|writes)\s+((?:[A-Z][\w'’&.-]*)(?:\s[A-Z][\w'’&.-]*){0,5})\s*$",
)


def find_credits(page: Page, layout: Layout, marks: Marks, own: str | None, dateline: Dateline | None) -> tuple[Credit, ...]:
    """All credits in text order, those without a place first. ``own`` is the outlet itself: its own name is no"
    " credit."""
    running = list(carriers(layout, marks, dateline.span if dateline else None))
    found = [*_of_page(page, layout.text), *running, *_echoes(layout, marks, running)]
    if dateline is not None and dateline.agency is not None:
        found.append(Credit((dateline.agency,), "agency", dateline.span))
    for line in layout.lines:
        if line.number in marks.captions or (dateline is not None and dateline.span == _span(line, 0, len(line.text))):
            continue
        outside = line.number in marks.furniture or not marks.body <= line.number < marks.end
        if outside or line.number >= marks.end - LAST_LINES:
            found.extend(_of_line(layout, line, outside=outside, last=line.number >= marks.end - 1))
    return _unique(found, own)


def _echoes(layout: Layout, marks: Marks, running: list[Credit]) -> Iterator[Credit]:
    """Short lines after the body that name a carrier of the running text again: "XYZ desk, with Monrovia Green"
    " Ledger"."""
    names = sorted({name for credit in running for name in credit.names}, key=len, reverse=True)
    for line in layout.lines[marks.end :]:
        if line.words <= 12 and not line.sentence:
            name = next((name for name in names if name in line.text), None)
            if name is not None:
                yield Credit((name,), "outlet", _span(line, 0, len(line.text)))


def _unique(found: list[Credit], own: str | None) -> tuple[Credit, ...]:
    """Without repeats of one place and name, and without the outlet crediting itself."""
    kept: dict[tuple[object, ...], Credit] = {}
    mine = own.lower().removeprefix("the ") if own else None
    for credit in found:
        names = tuple(n for n in credit.names if n.lower().removeprefix("the ") != mine or credit.kind in ("agency", "copyright"))
        if names or credit.url or credit.kind == "link":
            place = (credit.span.start, credit.span.end) if credit.span else None
            kept.setdefault(
                (place, credit.kind if place is None else None, names), Credit(names, credit.kind, credit.span, credit.url)
            )
    return tuple(sorted(kept.values(), key=lambda c: (c.span.start, c.span.end) if c.span else (-1, -1)))


def _of_page(page: Page, text: str) -> Iterator[Credit]:
    """The canonical link at another host, and links whose words say that they lead to where the text is from."""
    here = host_of(page.url or "")
    there = host_of(page.canonical or "")
    if page.canonical and there and here and not _same_owner(here, there):
        yield Credit((outlet_of_host(there),), "canonical", None, page.canonical)
    for link in page.links:
        host = host_of(link.address)
        if host is None or (here and _same_owner(here, host)) or len(link.words) > 120:
            continue
        at = text.find(link.words)
        label = text[max(0, at - 30) : at] if at >= 0 else ""
        if _LABEL.fullmatch(link.words.strip(" .:")) or _LABEL.fullmatch(label.rpartition("\n")[2].strip()):
            span = Span.of(text, at, at + len(link.words)) if at >= 0 else None
            yield Credit((outlet_of_host(host),), "link", span, link.address)


def _same_owner(one: str, other: str) -> bool:
    return site(one) == site(other)


def _of_line(layout: Layout, line: Line, *, outside: bool, last: bool) -> Iterator[Credit]:
    """Credits that make up a line, or end the body's last lines."""
    words = line.text
    if len(words) <= 400:
        yield from _contributors(line)
        yield from _copyright(line)
        appeared = _FIRST_APPEARED.search(words)
        if appeared is not None:
            yield from _named(line, appeared.end(), "outlet")
    if outside and len(words) <= 300:
        yield from _labelled(layout, line)
    tag = _TAG.search(words, max(0, len(words) - 60))
    if tag is not None and _is_agency_tag(tag[1], alone=len(words) == len(tag[0].strip())):
        names = tuple(_usual(part) for part in re.split(r"\s*[/,+]\s*|\s+and\s+", tag[1]) if part.strip())
        yield Credit(names, "agency", _span(line, tag.start(), tag.end(1) + 1))
    ending = _REPORTS_END.search(words, max(0, len(words) - 90))
    if ending is not None:
        yield Credit((_usual(ending[1]),), "outlet", _span(line, ending.start(1), ending.end(1)))
    if outside or last:
        closing = _CLOSING.search(words, max(0, len(words) - 60))
        if closing is not None and known(closing[1]) is not None:
            yield Credit((_usual(closing[1]),), "agency", _span(line, closing.start(1), closing.end(1)))


def _labelled(layout: Layout, line: Line) -> Iterator[Credit]:
    """A line outside the body that is a credit: label and name, label and address, a known name, an address after a
    label above.
    """
    words = line.text
    addresses = list(ADDRESS.finditer(words))
    label = _LABEL.match(words)
    above = layout.lines[line.number - 1].text if line.number else ""
    url = addresses[0][0].rstrip(".,;)") if addresses else None
    names = list(dict.fromkeys(match.outlet.name for match in find_known(words) if not _inside(match.start, addresses)))
    if label is not None and (label[0].strip().endswith(":") or url or names or len(label[0].strip()) == len(words)):
        rest = ADDRESS.sub("", words[label.end() :]).strip(" :,-–—|/.")
        if not names and known(rest) is not None:
            names = [_usual(rest)]
        if not names and rest and len(rest.split()) <= 8 and rest[:1].isupper():
            names = [_MARKS_OFF.split(rest)[0].strip()]
        if not names and url:
            names = [outlet_of_host(host_of(url) or url)]
        kind: CreditKind = "link" if url or not names else ("agency" if _all_agencies(names) else "outlet")
        below = layout.lines[line.number + 1].text if line.number + 1 < len(layout.lines) else ""
        if names or ("link" in label[0].lower() and not ADDRESS.search(below)):
            yield Credit(tuple(names), kind, _span(line, 0, len(words)), url)
    elif url and is_label_line(above):
        yield Credit((outlet_of_host(host_of(url) or url),), "link", _span(line, 0, len(words)), url)
    elif names and (url or line.words <= 8) and not line.sentence and line.number > 0 and _mostly_name(words):
        yield Credit(tuple(names), "agency" if _all_agencies(names) else "outlet", _span(line, 0, len(words)), url)


def _mostly_name(words: str) -> bool:
    """Whether a line is a credit by an agency's name alone, at its beginning or end: "Xinhua, via ...", "XYZ desk, with
    AFP".
    """
    matches = find_known(words)
    at_edge = bool(matches) and (matches[0].start <= 4 or matches[-1].end >= len(words) - 2)
    return at_edge and any(match.outlet.kind == "agency" for match in matches)


def is_label_line(words: str) -> bool:
    """Whether a line only says that a credit follows ("Credit:", "Source")."""
    label = _LABEL.match(words)
    return label is not None and len(words) - label.end() <= 2


def credited_addresses(layout: Layout) -> Iterator[str]:
    """Addresses that a line says the text is from or stands at: behind a credit's label, below one, behind "permanent
    address".
    """
    for line in layout.lines:
        if "://" not in line.text or line.words > CREDIT_WORDS:
            continue
        above = layout.lines[line.number - 1].text if line.number else ""
        if _LABEL.match(line.text) or is_label_line(above) or _OWN_ADDRESS.search(line.text):
            yield from ADDRESS.findall(line.text)


def _inside(at: int, addresses: list[re.Match[str]]) -> bool:
    return any(address.start() <= at < address.end() for address in addresses)


def _all_agencies(names: list[str]) -> bool:
    entries = [known(name) for name in names]
    return all(entry is not None and entry.kind == "agency" for entry in entries)


def _contributors(line: Line) -> Iterator[Credit]:
    found = _CONTRIBUTED.search(line.text)
    if found is None or len(line.text) > 300:
        return
    before, after = line.text[: found.start()], line.text[found.end() :]
    by = re.search(r"\b(?:by|from)\b", found[0], re.I)
    words, offset = (after, found.end()) if by else (before, 0)
    outlets = find_known(words)
    if outlets:
        yield Credit(tuple(dict.fromkeys(m.outlet.name for m in outlets)), "contributor", _span(line, 0, len(line.text)))
        return
    end = _EDITED.search(words)
    persons = _PERSONS.search(words, 0, end.start() if end and by else len(words))
    names = tuple(name.strip() for name in re.split(r",\s(?:and\s)?|\sand\s|\s&\s", persons[0])) if persons else ()
    if names:
        start = offset + persons.start() if persons else 0
        yield Credit(
            names,
            "contributor",
            _span(line, min(start, found.start()), max(found.end(), start + len(persons[0]) if persons else 0)),
        )


def _copyright(line: Line) -> Iterator[Credit]:
    found = _COPYRIGHT.search(line.text)
    if found is None or line.words > 60 or (found[0][0] in "cC(" and not re.search(r"\d|©|by\s", found[0], re.I)):
        return
    end = _RIGHTS.search(line.text, found.end())
    holder = line.text[found.end() : end.start() if end else len(line.text)].strip(" ,.")
    if holder.endswith(")") and "(" not in holder:
        holder = holder[:-1]
    if 2 <= len(holder) <= 80 and holder[0].isupper() | holder[0].isdigit():
        yield Credit((_usual(holder),), "copyright", _span(line, found.start(), found.end() + len(holder)))


def _named(line: Line, at: int, kind: CreditKind) -> Iterator[Credit]:
    """The name that follows a place in a line: a known one, an address, or capitalised words."""
    address = ADDRESS.search(line.text, at)
    matches = find_known(line.text, at, min(len(line.text), at + 60))
    if matches:
        yield Credit((matches[0].outlet.name,), kind, _span(line, 0, len(line.text)), address[0] if address else None)
        return
    name = _CAPITAL_NAME.match(line.text, at)
    if name is not None and looks_like_outlet(name[0]):
        yield Credit((name[0],), kind, _span(line, 0, len(line.text)), address[0] if address else None)
    elif address is not None:
        yield Credit((outlet_of_host(host_of(address[0]) or address[0]),), "link", _span(line, 0, len(line.text)), address[0])


def _is_agency_tag(words: str, *, alone: bool) -> bool:
    """Whether brackets at a line's end hold an agency: "(ANI)", "(PTI/IANS)", "(With inputs from AFP)", "(XYZ)" on a
    line of its own.
    """
    inner = re.sub(r"^(?:with )?(?:agency )?inputs? from\s+", "", words, flags=re.I)
    parts = [part for part in re.split(r"\s*[/,+]\s*|\s+and\s+", inner) if part]
    if not parts or any(len(part) > 40 for part in parts):
        return False
    entries = [known(part) for part in parts]
    return any(entry is not None and entry.kind == "agency" and (not entry.ambiguous or alone) for entry in entries)


def _usual(name: str) -> str:
    name = re.sub(r"^(?:with )?(?:agency )?inputs? from\s+", "", name.strip(), flags=re.I)
    entry = known(name)
    return entry.name if entry is not None else name


def _span(line: Line, start: int, end: int) -> Span:
    words = line.text[start:end]
    start += len(words) - len(words.lstrip())
    return Span(line.start + start, line.start + start + len(words.strip()), words.strip())
