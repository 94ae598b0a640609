"""Word processor, workbook, tables and paper: the same bytes each time, every line cited, nothing that runs."""

import csv
import re
import zipfile
from io import BytesIO, StringIO

import openpyxl
import pytest
from docx import Document

from rapporteur.errors import ConfigurationError
from rapporteur.model.lineage import Lineage
from rapporteur.stages.write import ComposeOptions, compose, render
from rapporteur.stages.write.formats import pdf
from tests.write import sample
from tests.write.builders import NO_LINEAGE, figure, finding, reading

FILES = ("docx", "xlsx", "csv")
EVIL = '=HYPERLINK("http://127.0.0.1/?"&A1) is what 17 soldiers were shown.'


def tables(content: bytes) -> dict[str, list[list[str]]]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {n: list(csv.reader(StringIO(archive.read(n).decode("utf-8-sig"), newline=""))) for n in archive.namelist()}


def evil(text: str = EVIL) -> dict[str, bytes]:
    read = reading(
        "=a", text, (figure(text, "a#f1", "17 soldiers", "17", 17.0, counted="soldier"),), outlet="+Outlet", title="@x"
    )
    account = compose((read,), NO_LINEAGE, [finding("f", ("a#f1",), weight=1.0, label="-label")], ComposeOptions(title="=1+1"))
    return {name: render(account, (read,), name) for name in FILES}


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_the_same_bytes_each_time_and_bears_no_time(name: str) -> None:
    account, readings = sample.account(), sample.readings()
    one = render(account, readings, name)
    assert one == render(account, readings, name)
    with zipfile.ZipFile(BytesIO(one)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None


def test_every_table_has_a_file_whose_rows_cite_passages_that_are_listed() -> None:
    account, readings = sample.account(), sample.readings()
    files = tables(render(account, readings, "csv"))
    assert {"brief.csv", "findings.csv", "figures.csv", "lineage.csv", "timeline.csv", "passages.csv", "reports.csv"} <= set(
        files
    )
    listed = {row[0] for row in files["passages.csv"][1:]}
    for name, rows in files.items():
        if rows[0][-1] == "Passages":
            for row in rows[1:]:
                assert row[-1], f"{name}: {row} cites nothing"
                assert set(row[-1].split(", ")) <= listed
    texts = {r.report.id: r.report.text for r in readings}
    for row in files["passages.csv"][1:]:
        assert " ".join(texts[row[3]][int(row[4]) : int(row[5])].split()) == row[6]


def test_no_cell_of_a_table_begins_a_formula() -> None:
    for name, rows in tables(evil()["csv"]).items():
        for row in rows:
            for cell in row:
                assert not cell.lstrip().startswith(("=", "+", "-", "@")), f"{name}: {cell}"


def test_no_cell_of_a_workbook_is_a_formula_or_a_link() -> None:
    book = openpyxl.load_workbook(BytesIO(evil()["xlsx"]))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells), "told as text"
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not any(cell.hyperlink for cell in cells)


def test_a_workbook_has_the_tables_with_numbers_as_numbers() -> None:
    account, readings = sample.account(), sample.readings()
    book = openpyxl.load_workbook(BytesIO(render(account, readings, "xlsx")))
    files = tables(render(account, readings, "csv"))
    assert [s.casefold().replace(" ", "-") + ".csv" for s in book.sheetnames] == list(files)
    header, first = list(book["Brief"].iter_rows(values_only=True))[:2]
    assert header[0] == "Line"
    assert isinstance(first[header.index("Origins")], int)


def test_each_citation_of_a_document_leads_to_a_passage_in_it() -> None:
    account, readings = sample.account(), sample.readings()
    content = render(account, readings, "docx")
    with zipfile.ZipFile(BytesIO(content)) as archive:
        inside = archive.read("word/document.xml").decode()
    anchors = set(re.findall(r'w:anchor="(passage\d+)"', inside))
    assert anchors
    assert anchors <= set(re.findall(r'w:bookmarkStart w:id="\d+" w:name="(passage\d+)"', inside))
    document = Document(BytesIO(content))
    words = "\n".join(p.text for p in document.paragraphs)
    for line in account.brief:
        at = next(p for p in document.paragraphs if p.text.startswith(" ".join(line.text.split())))
        assert re.search(r"\[\d+\]", at.text)
    assert "characters" in words.split("Passages")[-1]


@pytest.mark.parametrize(
    "text", ["\x00\x08 17 soldiers \x1b[0m were\ud800 there.", "17 soldiers \u202eereht erew\u202c \U0001f600."]
)
def test_characters_that_no_file_can_hold_are_no_fault(text: str) -> None:
    assert all(evil(text).values())


def test_an_account_of_nothing_makes_files() -> None:
    account = compose((), Lineage((), (), (), (), ()), [], ComposeOptions())
    assert all(render(account, (), name) for name in FILES)


def test_paper_needs_its_extra_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "weasyprint", None)
    account, readings = sample.account(), sample.readings()
    with pytest.raises(ConfigurationError, match=r"rapporteur\[pdf\]"):
        pdf.render(account, readings)


def test_the_page_prints_the_same_each_time() -> None:
    try:
        pytest.importorskip("weasyprint")
    except OSError as error:
        pytest.skip(f"a system library of WeasyPrint is missing: {error}")
    account, readings = sample.account(), sample.readings()
    one = render(account, readings, "pdf")
    assert one.startswith(b"%PDF-")
    assert one == render(account, readings, "pdf")


def test_pictures_on_paper_have_colours_of_their_own() -> None:
    assert {"ink", "faint", "accent", "paper", "figure"} <= set(pdf._paper())
