import re
from html.parser import HTMLParser

import pytest

from rapporteur.errors import ConfigurationError
from rapporteur.model.lineage import Derivation, Drift, Lineage, Origin
from rapporteur.stages.write import FORMATS, ComposeOptions, compose, render
from rapporteur.stages.write.page.lanes import layout_of
from tests.write import sample

VOID = {"meta", "link", "br", "img", "input", "hr"}


class Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings: list[int] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        if tag not in VOID:
            self.open.append(tag)
        if given.get("id"):
            self.ids.append(given["id"] or "")
        if tag == "a":
            self.links.append(given.get("href") or "")
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def html() -> str:
    return render(sample.account(), sample.readings(), "html").decode()


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return Page(html)


def test_every_citation_leads_to_a_marked_passage(page: Page) -> None:
    cites = [link[1:] for link in page.links if re.fullmatch(r"#c\d+", link)]
    assert len(cites) > 15
    assert set(cites) <= set(page.ids)
    assert all(link[1:] in page.ids for link in page.links)
    assert len(page.ids) == len(set(page.ids))


def test_the_page_needs_nothing_from_elsewhere(html: str, page: Page) -> None:
    assert "<script" not in html
    assert not re.search(r"@import|url\(\s*['\"]?(?!#)", html)
    assert not [tag for tag, attrs in page.tags if tag in ("link", "img", "iframe") or attrs.get("src")]


def test_elements_nest_and_headings_go_down_by_one(page: Page) -> None:
    assert page.open == []
    assert page.headings[0] == 1
    assert page.headings.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False))


def test_landmarks_and_table_headers_are_there(page: Page) -> None:
    tags = [tag for tag, _ in page.tags]
    assert {"header", "nav", "main", "footer"} <= set(tags)
    assert all(attrs.get("scope") == "col" for tag, attrs in page.tags if tag == "th")
    assert tags.count("table") == tags.count("caption")
    assert any(attrs.get("class") == "skip" for tag, attrs in page.tags if tag == "a")


def test_every_chart_has_a_name_and_a_table_beside_it(page: Page, html: str) -> None:
    charts = [attrs for tag, attrs in page.tags if tag == "svg"]
    assert len(charts) == 5, "the lineage, three measures, and the one that changed over time"
    assert all(attrs.get("role") == "img" and attrs.get("aria-labelledby") in page.ids for attrs in charts)
    assert html.count("<summary>As a table</summary>") == 3
    assert "var(--ink)" in html


def test_what_reports_bring_is_escaped(html: str) -> None:
    assert "alert(" in html
    assert "&lt;script&gt;" in html
    assert "<b>&amp;" not in html


def test_the_same_account_gives_the_same_bytes() -> None:
    for entry in (f for f in FORMATS if f.name != "pdf"):  # paper needs a system library, see test_files.py
        once, again = (render(sample.account(), sample.readings(), entry.name) for _ in range(2))
        assert once == again


def test_an_unknown_format_is_refused_by_name() -> None:
    with pytest.raises(ConfigurationError, match=r"'odt'; use one of html, md, json"):
        render(sample.account(), sample.readings(), "odt")


def test_markdown_escapes_and_numbers() -> None:
    text = render(sample.account(), sample.readings(), "md").decode()
    assert "<script>" not in text
    used = set(re.findall(r"\[\^(\d+)\](?!:)", text))
    assert used == set(re.findall(r"^\[\^(\d+)\]:", text, re.MULTILINE))


def branching() -> Lineage:
    def took(child: str, parent: str | None, credited: str | None = None) -> Derivation:
        return Derivation(child, parent, credited, "copy" if parent else "hop", 0.9, 0.5, ())

    derivations = (
        took("copy", "wire"),
        took("angle", "copy"),
        took("angle", None, "Seld Courier"),
        took("other", "wire"),
        took("old", None, "Seld Courier"),
    )
    return Lineage(derivations, (Origin("o", "Korrin Wire", True, ("wire",)),), (), (), ())


def test_each_node_has_its_row_and_no_line_crosses_a_node() -> None:
    account = compose(sample.readings(), branching(), sample.findings(), ComposeOptions())
    layout = layout_of(account, {r.report.id: r.report.id for r in sample.readings()})
    assert len({n.row for n in layout.nodes}) == len(layout.nodes) == 6
    assert len(layout.edges) == 5
    at = {(n.column, n.row) for n in layout.nodes}
    for edge in layout.edges:
        passed = {(edge.parent.column, row) for row in range(edge.parent.row + 1, edge.child.row + 1)}
        assert not passed & at


def test_a_circle_of_derivations_is_drawn_all_the_same() -> None:
    circle = Lineage(
        (Derivation("copy", "wire", None, "copy", 0.9, 1, ()), Derivation("wire", "copy", None, "copy", 0.9, 1, ())),
        (),
        (),
        (),
        (),
    )
    account = compose(sample.readings(), circle, sample.findings(), ComposeOptions())
    assert b"<svg" in render(account, sample.readings(), "html")


def test_a_change_between_the_same_words_is_not_shown() -> None:
    same = Drift("window", "wire#f3", "copy#f3", "since May becomes since May")
    lineage = Lineage(sample.lineage().derivations, sample.lineage().origins, (*sample.lineage().drifts, same), (), ())
    account = compose(sample.readings(), lineage, sample.findings(), ComposeOptions())
    html = render(account, sample.readings(), "html").decode()
    assert "at least became more than" in html
    assert "since May becomes" not in html
