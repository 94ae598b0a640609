"""Reports: one capture of one text at one place, with what its page or its own words say about where it comes from."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from rapporteur.model.spans import Span

Precision = Literal["minute", "hour", "day", "week", "month", "season", "quarter", "year", "decade", "vague"]
Basis = Literal["metadata", "dateline", "text", "given"]
ReportForm = Literal["prose", "list"]
CreditKind = Literal["agency", "outlet", "canonical", "link", "media", "contributor", "copyright"]


class Issue(Struct, frozen=True):
    """Something that was not understood or was refused: the input it concerns, the reason, what to do, and its place."""

    code: str
    input: str
    message: str
    span: Span | None = None


class Published(Struct, frozen=True):
    """Publication date: ISO 8601 ``value`` cut to its ``precision``; ``basis`` says where it was found."""

    value: str
    precision: Precision
    basis: Basis


class Dateline(Struct, frozen=True):
    """The line or lead-in that names place, date and agency: ``KINSHASA, April 9, 1997 (AFP) -``; ``date`` is ISO 8601."""

    place: str | None
    date: str | None
    agency: str | None
    span: Span | None = None


class Credit(Struct, frozen=True):
    """A name or address that the report itself credits.

    ``agency``: agency tag or slug ("(ANI)"); ``outlet``: "X via Y", "originally published in X"; ``canonical``: the page's
    canonical link at another host; ``link``: "Credit: 1: https://...", "Source link"; ``media``: an outlet cited as the
    carrier of the news ("as reported by CNN"); ``contributor``: persons who contributed; ``copyright``: the holder.
    """

    names: tuple[str, ...]
    kind: CreditKind
    span: Span | None
    url: str | None = None


class Report(Struct, frozen=True):
    """One capture of one text at one place. ``text`` is immutable: every span of this report points into it.

    ``title_span`` is where the headline stands in the text, if it does; ``slugs`` are an agency's words to its desks that stood
    around it ("1st Ld-Writethru", "Roundup"). ``form`` tells running text from a list (prices, results, an agenda, headlines), of
    which no claims are read.
    """

    id: str
    path: str | None
    url: str | None
    title: str | None
    outlet: str | None
    byline: tuple[str, ...]
    dateline: Dateline | None
    published: Published | None
    language: str
    text: str
    furniture: tuple[Span, ...]
    credits: tuple[Credit, ...]
    issues: tuple[Issue, ...]
    sha256: str = ""
    media_type: str = "text/plain"
    title_span: Span | None = None
    slugs: tuple[str, ...] = ()
    form: ReportForm = "prose"
