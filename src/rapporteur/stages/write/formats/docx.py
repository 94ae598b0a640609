"""The account as a word processor's document: lines with numbered citations, and the passages they lead to as endnotes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from docx import Document
from docx.document import Document as Doc
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from rapporteur.model.account import Account, CitedLine
from rapporteur.model.reading import Reading
from rapporteur.stages.write.dates import spoken
from rapporteur.stages.write.formats.archive import EPOCH, timeless
from rapporteur.stages.write.names import origins_counted
from rapporteur.stages.write.sheets import Cell, Sheet, printable, sheets_of

MOST_ROWS = 60
"""Rows of a table; the workbook and the JSON account have them all."""
LISTED = ("Brief", "Left open", "Passages", "Findings", "Reports", "Origins")
"""Sheets that are told as lines, or that a document of a few pages leaves to the workbook."""
LEFT_OUT = {"Posture": ("The date is", "Reports"), "Figures": ("The date is", "Low", "High"), "Lineage": ("Score", "Coverage")}
"""Columns that a page has no room for."""
HIDDEN = "SHA-256"


def render(account: Account, readings: Sequence[Reading]) -> bytes:
    """The document as bytes."""
    sheets = {s.name: s for s in sheets_of(account, readings)}
    document = Document()
    _set_up(document, account)
    process = account.process
    document.add_heading(printable(process.title), 0)
    made = f"Made {process.made_at} by" if process.made_at else "Made by"
    document.add_paragraph(
        printable(
            f"{process.reports} reports, {origins_counted(process)}, {process.speakers} speakers. As of {spoken(process.as_of)}. "
            f"{made} Rapporteur {process.version}. Numbers in brackets lead to the passages at the end."
        )
    )
    _lines(document, "In brief", account.brief, sheets.get("Brief"), "List Number")
    _lines(document, "Left open", account.questions, sheets.get("Left open"), "List Bullet")
    for name, sheet in sheets.items():
        if name not in LISTED:
            _table(document, sheet)
    if "Reports" in sheets:
        _table(document, _cut(sheets["Reports"], ("Outlet", "Title", "Published", "Undated, about", "File")))
    _endnotes(document, sheets.get("Passages"))
    out = BytesIO()
    document.save(out)
    return timeless(out.getvalue())


def _set_up(document: Doc, account: Account) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.comments = printable(account.process.title), "Rapporteur", ""
    properties.created = properties.modified = datetime(*EPOCH)
    properties.last_modified_by = "Rapporteur"
    for section in document.sections:
        section.left_margin = section.right_margin = Cm(2)
        section.top_margin = section.bottom_margin = Cm(1.8)
    document.styles["Normal"].font.size = Pt(10)


def _lines(document: Doc, heading: str, lines: Sequence[CitedLine], sheet: Sheet | None, style: str) -> None:
    if not lines or sheet is None:
        return
    document.add_heading(heading, 1)
    for line, row in zip(lines, sheet.rows, strict=True):
        paragraph = document.add_paragraph(printable(line.text) + " ", style=style)
        _cite(paragraph, row[-1])
        word = {"differ": "disputed", "drift": "drifted", "superseded": "superseded"}.get(line.verdict or "", "")
        counts = [word, _count(line.origins, "origin"), _count(line.speakers, "speaker") if line.speakers else ""]
        note = paragraph.add_run(f" ({', '.join(c for c in counts if c)})")
        note.italic, note.font.size = True, Pt(8.5)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def _cite(paragraph: Paragraph, numbers: Cell) -> None:
    """Adds "[1] [2]" in small print, each a link to its passage."""
    for number in str(numbers or "").split(", "):
        if number:
            link = OxmlElement("w:hyperlink")
            link.set(qn("w:anchor"), f"passage{number}")
            run = paragraph.add_run(f"[{number}]")
            run.font.size, run.font.superscript = Pt(9), True
            link.append(run._r)
            paragraph._p.append(link)


def _cut(sheet: Sheet, columns: Sequence[str]) -> Sheet:
    kept = [sheet.columns.index(c) for c in columns]
    return Sheet(sheet.name, tuple(columns), tuple(tuple(row[k] for k in kept) for row in sheet.rows))


def _table(document: Doc, sheet: Sheet) -> None:
    document.add_heading(sheet.name, 1)
    left_out = (*LEFT_OUT.get(sheet.name, ()), HIDDEN)
    sheet = _cut(sheet, [c for c in sheet.columns if c not in left_out])
    table = document.add_table(rows=1, cols=len(sheet.columns), style="Light List Accent 1")
    for cell, name in zip(table.rows[0].cells, sheet.columns, strict=True):
        _fill(cell, name)
    mark = OxmlElement("w:tblHeader")  # the first row stands again on every page
    table.rows[0]._tr.get_or_add_trPr().append(mark)
    for row in sheet.rows[:MOST_ROWS]:
        for cell, name, value in zip(table.add_row().cells, sheet.columns, row, strict=True):
            if name in ("Passages", "Against"):
                _cite(cell.paragraphs[0], value)
            else:
                _fill(cell, _words(value))
    if len(sheet.rows) > MOST_ROWS:
        document.add_paragraph(f"{len(sheet.rows) - MOST_ROWS} more in the workbook and the JSON account.")


def _fill(cell: _Cell, text: str) -> None:
    run = cell.paragraphs[0].add_run(text)
    run.font.size = Pt(8.5)


def _words(value: Cell) -> str:
    if value is None:
        return ""
    return f"{value:,.10g}" if isinstance(value, (int, float)) else value


def _endnotes(document: Doc, sheet: Sheet | None) -> None:
    if sheet is None:
        return
    document.add_heading("Passages", 1)
    # Only what the pages above cite: a large record has tens of thousands of passages, and each takes milliseconds.
    cited = {link.get(qn("w:anchor")) for link in document.element.body.iter(qn("w:hyperlink"))}
    for number, outlet, published, _, start, end, exact in sheet.rows:
        if f"passage{number}" not in cited:
            continue
        paragraph = document.add_paragraph()
        begin, close = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        begin.set(qn("w:id"), str(number))
        begin.set(qn("w:name"), f"passage{number}")
        close.set(qn("w:id"), str(number))
        paragraph._p.append(begin)
        paragraph.add_run(f"[{number}] ").bold = True
        paragraph._p.append(close)
        when = spoken(str(published)) if str(published)[:1].isdigit() else str(published)
        paragraph.add_run(f"{outlet}, {when}, characters {start} to {end}: “{exact}”").font.size = Pt(9)
        paragraph.paragraph_format.space_after = Pt(2)
