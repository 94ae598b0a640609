"""Clean: from a capture to a report, its text fixed for good, with what page and text say about where it comes from.

The text of plain files and rows is kept as it is; pages, PDFs and mail are read by their ``readers``. Nothing is cut afterwards:
furniture, headline, dateline and credits are spans into the text. One module per matter.
"""

from __future__ import annotations

from rapporteur.errors import InputError
from rapporteur.model.capture import Capture
from rapporteur.model.report import Dateline, Issue, Report
from rapporteur.model.spans import Span
from rapporteur.stages.clean.byline import find_byline
from rapporteur.stages.clean.credits import find_credits
from rapporteur.stages.clean.dateline import Found as FoundDateline
from rapporteur.stages.clean.dateline import find_dateline
from rapporteur.stages.clean.english import looks_english
from rapporteur.stages.clean.furniture import Marks, mark
from rapporteur.stages.clean.headline import Headline, find_headline
from rapporteur.stages.clean.lines import Layout, Line, lay_out
from rapporteur.stages.clean.masthead import find_outlet
from rapporteur.stages.clean.outlets import host_of, outlet_of_host
from rapporteur.stages.clean.page import Page
from rapporteur.stages.clean.published import Dating, date_report
from rapporteur.stages.clean.readers import READERS

__all__ = ["clean"]


def clean(capture: Capture) -> Report:
    """The report in a capture. InputError when there is no text in it or its format is not read; lesser problems are its issues."""
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
    byline = find_byline(layout, marks.body)
    dating = date_report(page, layout, dateline, marks.body)
    headline = find_headline(layout, marks.body, _taken(marks, dateline, byline, dating))
    marks = _mark_above(layout, marks, headline, dateline, byline)
    outlet = page.outlet or _outlet(capture, page, layout, marks)
    return Report(
        id=capture.id,
        path=capture.path,
        url=page.url,
        title=_title(page, text, headline),
        outlet=outlet,
        byline=page.byline or (byline[0] if byline else ()) or (headline.byline if headline else ()),
        dateline=_dateline(dateline, dating),
        published=dating.published,
        language=page.language or ("en" if looks_english(text) else "und"),
        text=text,
        furniture=tuple(_spans(layout, marks)),
        credits=find_credits(page, layout, marks, outlet, dateline.dateline if dateline else None),
        issues=page.issues + _issues(capture, text, dateline, dating),
        sha256=capture.sha256,
        media_type=capture.media_type,
        title_span=_title_span(page, text, headline),
        slugs=headline.slugs if headline else (),
    )


def _taken(marks: Marks, dateline: FoundDateline | None, byline: tuple[object, Line] | None, dating: Dating) -> frozenset[int]:
    """Numbers of lines that cannot be the headline."""
    numbers = set(marks.furniture)
    numbers.update(
        part.number for part in (dateline.line if dateline else None, byline[1] if byline else None, dating.line) if part
    )
    return frozenset(numbers)


def _mark_above(
    layout: Layout, marks: Marks, headline: Headline | None, dateline: FoundDateline | None, byline: tuple[object, Line] | None
) -> Marks:
    """Lines above the headline are masthead and navigation: a report does not begin before it. The line of a byline or dateline stays."""
    if headline is None:
        return marks
    kept = {part.number for part in (dateline.line if dateline else None, byline[1] if byline else None) if part}
    above = {
        line.number
        for line in layout.lines[: marks.body]
        if line.end <= headline.start and not line.prose and line.number not in kept
    }
    return Marks(marks.furniture | above, marks.captions, marks.body, marks.end)


def _outlet(capture: Capture, page: Page, layout: Layout, marks: Marks) -> str | None:
    """The outlet by its address, by its masthead, or by the name on its last line."""
    host = host_of(page.url or "")
    if host is not None:
        return outlet_of_host(host)
    above = [line for line in layout.lines[: marks.body] if line.number not in marks.captions]
    below = [line for line in layout.lines[marks.end :] if line.number in marks.furniture or line.number == len(layout.lines) - 1]
    return find_outlet(layout, above, below)


def _title(page: Page, text: str, headline: Headline | None) -> str | None:
    if page.title is not None:
        return page.title
    return (text[headline.start : headline.end].strip() or None) if headline else None


def _title_span(page: Page, text: str, headline: Headline | None) -> Span | None:
    """Where the headline stands in the text: the metadata's title if it is found near the start, else the line found as headline."""
    if page.title is not None:
        at = text.find(page.title, 0, 2000 + len(page.title))
        if at >= 0:
            return Span.of(text, at, at + len(page.title))
    if headline is not None and headline.end > headline.start:
        return Span.of(text, headline.start, headline.end)
    return None


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
        message = f'{capture.place}: the dateline says "{span.exact}" without a year, and nothing near it tells the year; give "published"'
        issues.append(Issue("date-without-year", capture.place, message, span))
    if not looks_english(text):
        issues.append(Issue("not-english", capture.place, f"{capture.place}: hardly an English word in it; only English is read"))
    return tuple(issues)
