"""What reports and origins are called: by their words, not by their ids."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from rapporteur.model.lineage import Origin
from rapporteur.model.report import Report
from rapporteur.stages.write.names import name_of, opening, origin_called, publisher_of

BARE = Report(
    id="1a2b", path="x.txt", url=None, title=None, outlet=None, byline=(), dateline=None, published=None, language="en", text="",
    furniture=(), credits=(), issues=(), sha256="0",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Troops leave.\n\nMore.", "“Troops leave. More.”"),
        ("and/or\\so", "“and or so”"),
        ("word " * 40, "“word word word word word word word word word word word word…”"),
    ],
)
def test_a_text_is_called_by_its_first_words(text: str, words: str) -> None:
    assert opening(text) == words


def test_a_report_is_called_by_what_is_known_of_it() -> None:
    titled = replace(BARE, title="Talks open")
    both = replace(titled, outlet="Halden Wire")
    assert [name_of(r) for r in (BARE, titled, both)] == ["x.txt", "Talks open", "Halden Wire: Talks open"]
    assert [publisher_of(r) for r in (BARE, titled, both)] == ["x.txt", "“Talks open”", "Halden Wire"]


def test_an_origin_is_called_by_its_report_or_by_who_is_credited() -> None:
    reports = {"1a2b": replace(BARE, outlet="Halden Wire", title="Talks open")}
    assert origin_called(Origin("o-1", "Halden Wire: 1a2b", True, ("1a2b", "3c4d")), reports) == "Halden Wire: Talks open"
    assert origin_called(Origin("o-2", "Norda", False, ("1a2b",)), reports) == "Norda"
    assert origin_called(Origin("o-3", "gone", True, ("gone",)), reports) == "gone"
