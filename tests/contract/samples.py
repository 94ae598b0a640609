"""Records for the contract suites, made without running any stage."""

from __future__ import annotations

from rapporteur.model.capture import Capture, make_capture
from rapporteur.model.claims import Figure, FigureClaim, Mention
from rapporteur.model.reading import SCHEMA, Reading
from rapporteur.model.report import Issue, Published, Report
from rapporteur.model.spans import Span
from rapporteur.store.base import Kept


def capture(name: str, text: str = "") -> Capture:
    return make_capture(f"{name}.txt", (text or f"Text of {name}.").encode(), "text/plain", path=f"{name}.txt")


def reading(made_from: Capture, ident: str | None = None, published: str | None = None) -> Reading:
    text = made_from.data.decode()
    ident = ident or made_from.id
    word = Span.of(text, 0, 4)
    figure = Figure(word, 12.0, None, None, "about", None, "truck", None, ("Ford Crossing",), None, None, None)
    report = Report(
        id=ident,
        path=made_from.path,
        url=None,
        title=None,
        outlet="The Harbour Bulletin",
        byline=("A. Writer",),
        dateline=None,
        published=Published(published, "day", "given") if published else None,
        language="en",
        text=text,
        furniture=(),
        credits=(),
        issues=(Issue("undated", "x", "x: no date", word),),
        sha256=made_from.sha256,
    )
    mention = Mention(f"{ident}#n1", "person", word, actor=f"{ident}#a1", name="Text")
    return Reading(SCHEMA, report, (mention,), (FigureClaim(f"{ident}#f1", word, figure),))


def kept(name: str, published: str | None = None, keys: tuple[int, ...] = (), text: str = "") -> Kept:
    made_from = capture(name, text)
    return Kept(made_from, reading(made_from, name, published), keys, "test")
