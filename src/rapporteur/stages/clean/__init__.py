"""Clean: from a capture to a report, its text fixed for good, with what page and text say about where it comes from.

The text of plain files and rows is kept as it is; pages, PDFs and mail are read by their ``readers``. Nothing is cut
afterwards: furniture, headline, dateline and credits are spans into the text. One module per matter.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from rapporteur.errors import InputError
from rapporteur.model.capture import Capture
from rapporteur.model.report import Credit, Dateline, Issue, Report
from rapporteur.model.spans import Span
from rapporteur.stages.clean.byline import find_byline
from rapporteur.stages.clean.credits import CREDIT_WORDS, LAST_LINES, find_credits, is_label_line
from rapporteur.stages.clean.dateline import Found as FoundDateline
from rapporteur.stages.clean.dateline import find_dateline
from rapporteur.stages.clean.english import looks_english
from rapporteur.stages.clean.form import form_of
from rapporteur.stages.clean.furniture import Marks, mark
from rapporteur.stages.clean.headline import HEAD_LINES, Headline, find_headline, split_slugs
from rapporteur.stages.clean.lines import Layout, Line, lay_out
from rapporteur.stages.clean.masthead import find_outlet
from rapporteur.stages.clean.outlets import host_of, known, outlet_of_host
from rapporteur.stages.clean.page import Page
from rapporteur.stages.clean.published import Dating, date_report
from rapporteur.stages.clean.readers import READERS

__all__ = ["clean"]

TITLE_WITHIN = 2000  # characters: further down a title is quoted, or it is a link


def clean(capture: Capture) -> Report:
    """The report in a capture. InputError when there is no text in it or its format is not read; lesser problems are its
    issues.
    """
    reader = READERS.get(capture.media_type)
    if reader is None:
        raise InputError("unknown-format", capture.place, f"{capture.media_type} is not read", "save it as text, HTML or PDF")
    page = reader(capture)
    if not page.text.strip():
        raise InputError("no-text", capture.place, "holds no text of a report", "open it and save the part that does")
    return _report(capture, page)


def _report(capture: Capture, page: Page) -> Report:
    text = page.text
    layout = lay_out(text)
    dateline = find_dateline(layout)
    marks = mark(layout, keep=() if dateline is None else (dateline.line.number,))
    form = form_of(layout, marks.furniture)
    if form == "list":  # which has no body below its head
        marks = Marks(marks.furniture, marks.captions, 1, marks.end)
    byline = find_byline(layout, marks.body)
    dating = date_report(page, layout, dateline, marks.body)
    headline = _headline(page, layout, marks, _taken(marks, dateline, byline, dating))
    marks = _mark_above(layout, marks, headline, dateline, byline, dating.line)
    outlet, marks = _outlet(page, layout, marks, headline)
    outlet = outlet or _own_agency(layout, dateline)
    credits = find_credits(page, layout, marks, outlet, dateline.dateline if dateline else None)
    marks = _mark_credits(layout, marks, credits)
    english = looks_english(text)
    return Report(
        id=capture.id,
        path=capture.path,
        url=page.url,
        title=_title(page, text, headline),
        outlet=outlet,
        byline=page.byline or (byline[0] if byline else ()) or (headline.byline if headline else ()),
        dateline=_dateline(dateline, dating),
        published=dating.published,
        language=page.language or ("en" if english else "und"),
        text=text,
        furniture=tuple(_spans(layout, marks)),
        credits=credits,
        issues=page.issues
        + _issues(capture, text, dateline, dating)
        + (() if english else (_not_english(capture),))
        + (() if form == "prose" else (_a_list(capture),)),
        sha256=capture.sha256,
        media_type=capture.media_type,
        title_span=Span.of(text, headline.start, headline.end) if headline and headline.end > headline.start else None,
        slugs=headline.slugs if headline else (),
        form=form,
    )


def _taken(marks: Marks, dateline: FoundDateline | None, byline: tuple[object, Line] | None, dating: Dating) -> frozenset[int]:
    """Numbers of lines that cannot be the headline."""
    numbers = set(marks.furniture)
    numbers.update(
        part.number for part in (dateline.line if dateline else None, byline[1] if byline else None, dating.line) if part
    )
    return frozenset(numbers)


def _mark_above(
    layout: Layout,
    marks: Marks,
    headline: Headline | None,
    dateline: FoundDateline | None,
    byline: tuple[object, Line] | None,
    posted: Line | None,
) -> Marks:
    """Lines above the headline are masthead and navigation: a report does not begin before it. The line of a byline or
    dateline stays.

    The line that tells the day of publication (``posted``) is furniture wherever it stands.
    """
    if headline is None or marks.body > HEAD_LINES:
        return marks  # a table of results has no body below its head
    kept = {part.number for part in (dateline.line if dateline else None, byline[1] if byline else None) if part}
    above = {
        line.number
        for line in layout.lines[: marks.body]
        if line.end <= headline.start and not line.prose and line.number not in kept
    }
    if posted is not None and posted.number not in kept and not posted.start <= headline.start < posted.end:
        above.add(posted.number)
    return Marks(marks.furniture | above, marks.captions, marks.body, marks.end)


def _outlet(page: Page, layout: Layout, marks: Marks, headline: Headline | None) -> tuple[str | None, Marks]:
    """The outlet by metadata, address, masthead, or the name on the last line; a line that says no more than it is
    furniture.
    """
    host = host_of(page.url or "")
    above = [
        line
        for line in layout.lines[: marks.body]
        if line.number not in marks.captions and (headline is None or not line.start <= headline.start < line.end)
    ]
    below = [line for line in layout.lines[marks.end :] if line.number in marks.furniture or line.number == len(layout.lines) - 1]
    found = find_outlet(layout, above, below)
    if found is not None:
        marks = Marks(marks.furniture | {found[1].number}, marks.captions, marks.body, marks.end)
    return page.outlet or (outlet_of_host(host) if host else None) or (found[0] if found else None), marks


def _own_agency(layout: Layout, dateline: FoundDateline | None) -> str | None:
    """The dateline's agency when it is none of the world's known ones: it is the sender itself, no credit to another.

    Its full name is taken from a closing line such as "QRS/ab - Quay and River Service".
    """
    agency = dateline.dateline.agency if dateline is not None else None
    if agency is None or known(agency) is not None:
        return None
    signature, dash, name = layout.lines[-1].text.partition(" - ")
    return name if dash and signature.startswith(agency) and len(signature.split()) == 1 else agency


def _mark_credits(layout: Layout, marks: Marks, credits: tuple[Credit, ...]) -> Marks:
    """Lines that are nothing but a credit are furniture: those below the body, and the sentence about contributors or
    copyright.
    """
    starts = [line.start for line in layout.lines]
    lines = set()
    for credit in credits:
        if credit.span is None or credit.kind in ("media", "canonical"):
            continue
        line = layout.lines[bisect_right(starts, credit.span.start) - 1]
        whole = line.start == credit.span.start and line.end == credit.span.end and line.number >= marks.end - LAST_LINES
        if line.number >= marks.end or ((whole or credit.kind in ("contributor", "copyright")) and line.words <= CREDIT_WORDS):
            lines.add(line.number)
            if line.number and is_label_line(layout.lines[line.number - 1].text):
                lines.add(line.number - 1)
    return Marks(marks.furniture | lines, marks.captions, marks.body, marks.end)


_ENDS_LINE = re.compile(r"[ \t]*(?:$|[\n\r|–—•·-])")
"""What follows a headline: a sentence that begins with the words of the title goes on."""


def _headline(page: Page, layout: Layout, marks: Marks, taken: frozenset[int]) -> Headline | None:
    """The headline in the text: where the metadata's title stands near its start, else the line that looks like one."""
    if page.title is None:
        return find_headline(layout, marks.body, taken)
    at = layout.text.find(page.title, 0, TITLE_WITHIN + len(page.title))
    if at < 0 or not page.title.strip() or not _ENDS_LINE.match(layout.text, at + len(page.title)):
        return None
    start, end, slugs = split_slugs(page.title)
    return Headline(at + start, at + end, slugs, ())


def _title(page: Page, text: str, headline: Headline | None) -> str | None:
    if page.title is not None:
        return page.title
    return (text[headline.start : headline.end].strip() or None) if headline else None


def _dateline(found: FoundDateline | None, dating: Dating) -> Dateline | None:
    if found is None:
        return None
    said = found.dateline
    return Dateline(said.place, dating.dateline or said.date, said.agency, said.span)


def _spans(layout: Layout, marks: Marks) -> list[Span]:
    """Furniture spans; lines that follow one another become one span."""
    spans: list[Span] = []
    previous = -2
    for number in sorted(marks.furniture):
        line = layout.lines[number]
        start = spans.pop().start if number == previous + 1 else line.start
        spans.append(Span.of(layout.text, start, line.end))
        previous = number
    return spans


def _issues(capture: Capture, text: str, dateline: FoundDateline | None, dating: Dating) -> tuple[Issue, ...]:
    issues = []
    if dating.misread is not None:
        message = f'{capture.place}: the date "{dating.misread[:60]}" is not understood; write it as 2024-01-25'
        issues.append(Issue("date-not-understood", capture.place, message))
    if dateline is not None and dateline.date is not None and dating.dateline is None:
        span = Span.of(text, dateline.date.start, dateline.date.end)
        message = f'{capture.place}: "{span.exact}" in the dateline has no year and nothing near it tells one; give "published"'
        issues.append(Issue("date-without-year", capture.place, message, span))
    return tuple(issues)


def _not_english(capture: Capture) -> Issue:
    return Issue("not-english", capture.place, f"{capture.place}: hardly an English sentence in it; only English is read")


def _a_list(capture: Capture) -> Issue:
    message = (
        f"{capture.place}: most of it is a list (prices, results, an agenda, headlines) and no running text; its names and times "
        "are found and it can be searched, claims are not read from it"
    )
    return Issue("list-not-read", capture.place, message)
